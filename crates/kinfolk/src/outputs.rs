//! Files that a run has made, and how they reach the disk.

use std::fs;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::manifest::{MANIFEST, Manifest, sha256};

/// Who a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The report, to be read and published.
    Report,
    /// Released figures, for those who compute further.
    Data,
    /// A chart.
    Figure,
    /// For those who hold the data; not for publication.
    Internal,
    /// What the run was made from and what it made.
    Manifest,
}

/// One file, still in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Its path below the folder of outputs, with `/` between its parts.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Who it is for.
    pub role: Role,
}

impl Output {
    /// A file in memory.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>, role: Role) -> Self {
        Self {
            path: path.into(),
            bytes: bytes.into(),
            role,
        }
    }
}

/// Writes all files below a folder, which is made where it is missing. Each file appears whole or
/// not at all, the manifest last. Files that the manifest of an earlier run lists, that nobody has
/// changed since, and that this run does not make are removed, so that no figure outlives the
/// report that explained it.
///
/// # Errors
///
/// [`Error::Write`] when a file cannot be written, [`Error::OutputPath`] when a path leads out of
/// the folder.
pub fn write_outputs(outputs: &[Output], folder: &Path) -> Result<(), Error> {
    outputs
        .iter()
        .try_for_each(|output| check_path(&output.path))?;
    retire(outputs, folder);
    let (manifests, others): (Vec<&Output>, Vec<&Output>) = outputs
        .iter()
        .partition(|output| output.role == Role::Manifest);
    others
        .into_iter()
        .chain(manifests)
        .try_for_each(|output| write_whole(&folder.join(&output.path), &output.bytes))
}

/// Refuses a folder for outputs that is the study itself, or one of the folders in it that a run
/// must never touch.
///
/// # Errors
///
/// [`Error::OutputIsInput`] when it is one of those, [`Error::OutputIsFile`] when it, or a part of its path, is a file.
pub fn guard(out: &Path, study: &Path) -> Result<(), Error> {
    if let Some(file) = out.ancestors().find(|path| path.is_file()) {
        return Err(Error::OutputIsFile(file.to_owned()));
    }
    let full = |path: &Path| fs::canonicalize(path).or_else(|_| std::path::absolute(path));
    let (Ok(out), Ok(study)) = (full(out), full(study)) else {
        return Ok(());
    };
    if out == study || out.starts_with(study.join("words")) {
        Err(Error::OutputIsInput(study))
    } else {
        Ok(())
    }
}

/// Writes one file under a passing name and renames it, so that no one sees half of it.
///
/// # Errors
///
/// [`Error::Write`] with the path and the reason.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |source| Error::Write {
        path: path.to_owned(),
        source,
    };
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    let mut passing = path.as_os_str().to_owned();
    passing.push(".partial");
    fs::write(&passing, bytes)
        .and_then(|()| fs::rename(&passing, path))
        .map_err(|source| {
            // The half-written file is worth nothing; that it cannot be removed adds nothing either.
            fs::remove_file(&passing).ok();
            failed(source)
        })
}

fn check_path(path: &str) -> Result<(), Error> {
    let stays_below = Path::new(path)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if stays_below && !path.is_empty() {
        Ok(())
    } else {
        Err(Error::OutputPath(path.to_owned()))
    }
}

/// Removes what an earlier run made and this one does not. Anything in doubt stays.
fn retire(outputs: &[Output], folder: &Path) {
    let Some(earlier) = fs::read(folder.join(MANIFEST))
        .ok()
        .and_then(|bytes| Manifest::from_json(&bytes).ok())
    else {
        return;
    };
    for old in &earlier.outputs {
        let is_made_again = outputs.iter().any(|output| output.path == old.path);
        let path = folder.join(&old.path);
        let is_untouched = || fs::read(&path).is_ok_and(|bytes| sha256(&bytes) == old.sha256);
        if !is_made_again && check_path(&old.path).is_ok() && is_untouched() {
            fs::remove_file(&path).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_folder() {
        let check = |path: &str, expected: bool| {
            assert_eq!(check_path(path).is_ok(), expected, "{path}");
        };
        check("report.pdf", true);
        check("figures/flow.svg", true);
        check("../study.toml", false);
        check("/etc/passwd", false);
        check("", false);
    }

    #[test]
    fn files_are_written_whole_and_nothing_else_remains() {
        let folder = tempfile::tempdir().unwrap();
        let outputs = [
            Output::new("a.txt", "first", Role::Data),
            Output::new("deep/b.txt", "second", Role::Figure),
        ];
        write_outputs(&outputs, folder.path()).unwrap();
        write_outputs(&outputs[..1], folder.path()).unwrap();
        let mut names: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["a.txt", "deep"]);
        assert_eq!(
            fs::read(folder.path().join("deep/b.txt")).unwrap(),
            b"second"
        );
    }

    #[test]
    fn a_folder_that_is_a_file_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("taken");
        fs::write(&taken, "here").unwrap();
        let outcome = write_outputs(&[Output::new("a.txt", "x", Role::Data)], &taken);
        assert!(matches!(outcome, Err(Error::Write { .. })), "{outcome:?}");
        assert_eq!(fs::read(&taken).unwrap(), b"here");
    }
}
