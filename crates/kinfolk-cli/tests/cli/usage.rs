//! The command line itself.

use crate::support::{kinfolk, program};

fn run(arguments: &[&str]) -> crate::support::Run {
    kinfolk(arguments, tempfile::tempdir().unwrap().path())
}

#[test]
fn help_begins_with_examples_and_goes_to_standard_output() {
    for arguments in [
        &["--help"][..],
        &["init", "--help"],
        &["check", "--help"],
        &["analyse", "--help"],
        &["report", "--help"],
        &["sdq", "--help"],
        &["sdq", "score", "--help"],
        &["sdq", "change", "--help"],
        &["synth", "--help"],
        &["value", "--help"],
        &["verify", "--help"],
        &["explain", "--help"],
        &["completions", "--help"],
    ] {
        let help = run(arguments).ends(0);
        assert!(
            help.stdout.starts_with("Example"),
            "{arguments:?}: {}",
            help.stdout
        );
        assert_eq!(help.stderr, "", "{arguments:?}");
    }
    let help = run(&["--help"]);
    assert!(
        help.stdout
            .contains("5  refused by the rules for small numbers")
    );
}

#[test]
fn wrong_usage_ends_with_two_and_says_nothing_on_standard_output() {
    let cases: [(&[&str], &str); 7] = [
        (&[], "Usage"),
        (&["reprot"], "report"),
        (&["report"], "required"),
        (
            &["report", "a", "--each", "b", "--out", "c"],
            "cannot be used",
        ),
        (&["report", "a", "--out", "b", "--formats", "docx"], "docx"),
        (
            &["report", "a", "--out", "b", "--as-of", "01/06/2025"],
            "as-of",
        ),
        (&["check", "a", "--jobs", "0"], "jobs"),
    ];
    for (arguments, words) in cases {
        let run = run(arguments).ends(2).complains(words);
        assert_eq!(run.stdout, "", "{arguments:?}");
    }
}

#[test]
fn the_version_is_told() {
    let told = run(&["--version"]).ends(0);
    assert_eq!(
        told.stdout,
        format!("kinfolk {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell]).ends(0).stdout;
        assert!(script.contains("verify"), "{shell}");
    }
    run(&["completions", "tcsh"]).ends(2);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    use std::process::Stdio;
    let folder = tempfile::tempdir().unwrap();
    let mut child = program(&["explain"], folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let run = crate::support::Run::from(child.wait_with_output().unwrap()).ends(0);
    assert_eq!(run.stderr, "");
}
