//! Runs the module's own tests, in Python, on the library that was just built. Says what it skips
//! where there is no Python.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{INTERPRETER, crate_folder, interpreter, package};

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
