//! The example programs run, and say what they are there to say.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Examples stand beside the folder of the tests. `cargo test` builds them unless it is told to build one
/// test alone.
fn program(name: &str) -> PathBuf {
    let test = env::current_exe().unwrap();
    let profile = test.parent().and_then(Path::parent).unwrap();
    profile
        .join("examples")
        .join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// Runs an example at the root of the repository and looks for words in what it prints.
fn check(name: &str, arguments: &[&str], expected: &[&str]) {
    let program = program(name);
    assert!(
        program.is_file(),
        "{name} is not built; `cargo test -p kinfolk` builds it"
    );
    let run = Command::new(program)
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .output()
        .unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    let complaint = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{name}: {complaint}");
    for words in expected {
        assert!(
            said.contains(words),
            "{name} does not say `{words}`:\n{said}"
        );
    }
}

#[test]
fn an_authoritys_year() {
    check(
        "authoritys_year",
        &["data/demo"],
        &[
            "Lifelong Links in Hartwell, 2024-25",
            "objectives met [all]: 115 of 142",
        ],
    );
}

#[test]
fn the_sdq_with_attrition() {
    check("sdq_with_attrition", &[], &["wave  forms", "   3  "]);
}

#[test]
fn stability_against_a_comparator() {
    check(
        "stability_comparator",
        &[],
        &["true difference: 0.100", "matched: ", "aipw: ", "E-value"],
    );
}

#[test]
fn value_for_money() {
    check(
        "value_for_money",
        &["data/demo"],
        &[
            "fiscal: a pound returns £1.66",
            "input=outcome.weeks_in_homes.difference;end=low",
        ],
    );
}

#[test]
fn how_often_methods_find_an_effect() {
    check(
        "method_power",
        &["5"],
        &["true difference 0.15", "matched", "of 5"],
    );
}
