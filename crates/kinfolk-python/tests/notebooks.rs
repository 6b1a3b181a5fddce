//! Runs the notebooks on the library that was just built. Says what it skips where the packages that they
//! are drawn and run with are not there.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod support;

use std::process::Command;

use support::{INTERPRETER, crate_folder, interpreter, package};

const PACKAGES: &str = "import ipykernel, matplotlib, nbclient, numpy, pandas, polars";
/// Made-up cohorts in the notebook that simulates; two hundred when a person runs it.
const N_COHORTS: &str = "30";

/// Whether the interpreter has what the notebooks need.
fn has_packages(python: &str) -> bool {
    let tried = Command::new(python).args(["-c", PACKAGES]).output();
    tried.is_ok_and(|tried| tried.status.success())
}

#[test]
fn the_notebooks_run_to_their_end() {
    let Some(python) = interpreter().filter(|python| has_packages(python)) else {
        println!(
            "skipped: no Python with the packages of notebooks/requirements.txt; name one in {INTERPRETER}"
        );
        return;
    };
    let package = package();
    let run = Command::new(python)
        .arg(crate_folder().join("../../notebooks/run.py"))
        .env("PYTHONPATH", package.path())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("KINFOLK_COHORTS", N_COHORTS)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    let complaint = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{complaint}");
    assert_eq!(said.lines().count(), 5, "{said}");
}
