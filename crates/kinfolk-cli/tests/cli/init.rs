//! `kinfolk init`.

use std::fs;

use crate::support::{TODAY, kinfolk, names};

#[test]
fn a_new_study_has_all_that_a_person_needs() {
    let folder = tempfile::tempdir().unwrap();
    let run = kinfolk(&["init", "west-moor", "--as-of", TODAY], folder.path()).ends(0);
    assert_eq!(run.stdout, "");
    let study = folder.path().join("west-moor");
    for name in [
        "README.md",
        "records.xlsx",
        "study.toml",
        "voices.toml",
        "words/summary.md",
    ] {
        assert!(names(&study).iter().any(|made| made == name), "{name}");
    }
    let settings = fs::read_to_string(study.join("study.toml")).unwrap();
    assert!(settings.contains("authority = \"West moor\""), "{settings}");
    assert!(
        settings.contains("start = 2024-04-01, end = 2025-03-31"),
        "{settings}"
    );
    let check = kinfolk(&["check", "west-moor", "--as-of", TODAY], folder.path()).ends(0);
    assert!(check.stdout.contains("table-empty"), "{}", check.stdout);
}

#[test]
fn the_authority_and_the_nation_can_be_given() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [
        "init",
        "x",
        "--authority",
        "Kirkmuir",
        "--country",
        "Scotland",
    ];
    kinfolk(&arguments, folder.path()).ends(0);
    let settings = fs::read_to_string(folder.path().join("x/study.toml")).unwrap();
    assert!(settings.contains("\"Kirkmuir\"") && settings.contains("\"Scotland\""));
}

#[test]
fn a_folder_that_holds_something_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine/notes.txt"), "mine").unwrap();
    kinfolk(&["init", "mine"], folder.path())
        .ends(2)
        .complains("is not empty");
    assert_eq!(names(&folder.path().join("mine")), ["notes.txt"]);
}
