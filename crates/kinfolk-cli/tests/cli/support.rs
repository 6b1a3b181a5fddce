//! Running the program, and study folders to run it on.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// The day that counts as today in every test.
pub(crate) const TODAY: &str = "2025-06-01";

/// What a run said and how it ended.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Holds the exit code, and shows what was said if it is another.
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "stdout: {}\nstderr: {}",
            self.stdout, self.stderr
        );
        self
    }

    /// Holds that standard error says this.
    #[track_caller]
    pub(crate) fn complains(self, words: &str) -> Self {
        assert!(
            self.stderr.contains(words),
            "no `{words}` in: {}",
            self.stderr
        );
        self
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The program with arguments, in a folder.
pub(crate) fn program(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kinfolk"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("SOURCE_DATE_EPOCH");
    command
}

/// Runs the program in a folder.
pub(crate) fn kinfolk(arguments: &[&str], folder: &Path) -> Run {
    program(arguments, folder).output().unwrap().into()
}

/// A folder that holds the made-up study `study`.
pub(crate) fn with_study() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["synth", "--children", "24", "--seed", "7", "--out", "study"];
    kinfolk(&arguments, folder.path()).ends(0);
    folder
}

/// A folder that holds a parent `nation` of so many made-up studies.
pub(crate) fn with_nation(n: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [
        "synth",
        "--authorities",
        n,
        "--children",
        "12",
        "--seed",
        "7",
        "--out",
        "nation",
    ];
    kinfolk(&arguments, folder.path()).ends(0);
    folder
}

/// Adds a line to a file.
pub(crate) fn append(path: &Path, line: &str) {
    let text = fs::read_to_string(path).unwrap();
    fs::write(path, format!("{text}{line}\n")).unwrap();
}

/// Every file below a folder, by its path.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            for (inner, bytes) in files(&entry.path()) {
                found.insert(format!("{name}/{inner}"), bytes);
            }
        } else {
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    found
}

/// The names of files below a folder.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    files(folder).into_keys().collect()
}
