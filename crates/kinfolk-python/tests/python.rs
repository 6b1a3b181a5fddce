//! Runs the module's own tests, in Python, on the library that was just built. Says what it skips
//! where there is no Python.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Names another interpreter, such as that of a virtual environment with polars and pandas.
const INTERPRETER: &str = "KINFOLK_PYTHON";

fn crate_folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn interpreter() -> Option<String> {
    let name = env::var(INTERPRETER).unwrap_or_else(|_| "python3".to_owned());
    let version = Command::new(&name)
        .args(["-c", "import sys; sys.exit(sys.version_info < (3, 10))"])
        .status();
    version.is_ok_and(|found| found.success()).then_some(name)
}

/// The built library; it stands beside this test.
fn library() -> PathBuf {
    let test = env::current_exe().unwrap();
    let name = format!(
        "{}_kinfolk{}",
        env::consts::DLL_PREFIX,
        env::consts::DLL_SUFFIX
    );
    test.with_file_name(name)
}

/// A folder from which `import kinfolk` works.
fn package() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let package = folder.path().join("kinfolk");
    fs::create_dir(&package).unwrap();
    for entry in fs::read_dir(crate_folder().join("python/kinfolk")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, package.join(path.file_name().unwrap())).unwrap();
        }
    }
    fs::copy(library(), package.join("_kinfolk.abi3.so")).unwrap();
    folder
}

/// The estimates of the demonstration as the façade gives them.
fn estimates_of_the_facade(folder: &Path) -> PathBuf {
    let options = kinfolk::prelude::ReadOptions {
        today: "2025-06-01".parse().unwrap(),
    };
    let study = crate_folder().join("../../data/demo");
    let opened = kinfolk::open(&study, &options).unwrap();
    let records = kinfolk::analyse(&opened).records;
    let settings = &opened.study.settings;
    let json = kinfolk::frames::estimates_to_json(&records, settings, "internal").unwrap();
    let path = folder.join("estimates.json");
    fs::write(&path, json).unwrap();
    path
}

#[test]
fn the_module_does_what_its_own_tests_say() {
    let Some(python) = interpreter() else {
        println!("skipped: no Python from 3.10 on; name one in {INTERPRETER}");
        return;
    };
    let package = package();
    let run = Command::new(python)
        .args(["-m", "unittest", "discover", "--start-directory"])
        .arg(crate_folder().join("tests"))
        .env("PYTHONPATH", package.path())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("KINFOLK_STUDY", crate_folder().join("../../data/demo"))
        .env("KINFOLK_ESTIMATES", estimates_of_the_facade(package.path()))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    println!("{said}");
    assert!(run.status.success(), "{said}");
    assert!(!said.contains("Ran 0 tests"), "{said}");
}
