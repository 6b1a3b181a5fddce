//! `kinfolk check`, and what the program makes of folders and files that are not as they should be.

use std::fs;
use std::path::Path;

use crate::support::{Run, TODAY, append, kinfolk, with_study};

fn check(folder: &Path, more: &[&str]) -> Run {
    let arguments = [&["check", "study", "--as-of", TODAY][..], more].concat();
    kinfolk(&arguments, folder)
}

#[test]
fn a_clean_study_ends_with_nothing() {
    let folder = with_study();
    let run = check(folder.path(), &["--strict"]).ends(0);
    assert_eq!(run.stdout, "Nothing found.\n");
    assert_eq!(run.stderr, "");
}

#[test]
fn an_error_is_shown_with_its_cell_and_ends_with_three() {
    let folder = with_study();
    append(
        &folder.path().join("study/objectives.csv"),
        "HAR-005,X-9,dragons,met",
    );
    let run = check(folder.path(), &[]).ends(3);
    for words in [
        "unknown-code",
        "objectives.csv",
        "cell C",
        "dragons",
        "help:",
    ] {
        assert!(
            run.stdout.contains(words),
            "no `{words}` in: {}",
            run.stdout
        );
    }
    assert!(
        !run.stdout.contains('\u{1b}'),
        "colour in a pipe: {}",
        run.stdout
    );
    assert_eq!(run.stderr, "");
}

#[test]
fn a_warning_ends_with_four_under_strict_only() {
    let folder = with_study();
    append(
        &folder.path().join("study/objectives.csv"),
        "NOBODY-1,X-9,father,met",
    );
    let run = check(folder.path(), &[]).ends(0);
    assert!(run.stdout.contains("orphan-id"), "{}", run.stdout);
    check(folder.path(), &["--strict"]).ends(4);
}

#[test]
fn findings_come_as_json_and_as_a_workbook() {
    let folder = with_study();
    append(
        &folder.path().join("study/objectives.csv"),
        "HAR-005,X-9,dragons,met",
    );
    let run = check(folder.path(), &["--format", "json"]).ends(3);
    let document: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(document["schema"], "kinfolk.findings/1");
    assert_eq!(document["findings"][0]["rule"], "unknown-code");
    let run = check(folder.path(), &["--format", "xlsx", "--out", "list.xlsx"]).ends(3);
    assert_eq!(run.stdout, "");
    assert!(
        fs::read(folder.path().join("list.xlsx"))
            .unwrap()
            .starts_with(b"PK")
    );
}

#[test]
fn what_is_no_study_ends_with_two() {
    let folder = tempfile::tempdir().unwrap();
    check(folder.path(), &[])
        .ends(2)
        .complains("There is no folder");
    fs::create_dir(folder.path().join("study")).unwrap();
    check(folder.path(), &[]).ends(2).complains("no study.toml");
    fs::write(folder.path().join("study/study.toml"), "[study\n").unwrap();
    check(folder.path(), &[])
        .ends(2)
        .complains("cannot be used");
    fs::write(folder.path().join("file"), "").unwrap();
    kinfolk(&["check", "file"], folder.path())
        .ends(2)
        .complains("is a file");
}

#[test]
fn a_file_that_is_not_what_its_name_says_is_a_finding() {
    let folder = with_study();
    fs::write(folder.path().join("study/tracker.xlsx"), "not a workbook").unwrap();
    let run = check(folder.path(), &[]).ends(3);
    assert!(
        run.stdout.contains("file-not-what-it-says"),
        "{}",
        run.stdout
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_a_finding() {
    let folder = with_study();
    // A link to nowhere cannot be read by anyone, whatever their rights.
    std::os::unix::fs::symlink("nowhere.csv", folder.path().join("study/more.csv")).unwrap();
    let run = check(folder.path(), &[]).ends(3);
    assert!(run.stdout.contains("file-unreadable"), "{}", run.stdout);
}

#[test]
fn quiet_leaves_out_the_talk_and_keeps_the_data() {
    let folder = with_study();
    let run = check(folder.path(), &["--quiet", "--out", "list.txt"]).ends(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    assert_eq!(
        fs::read_to_string(folder.path().join("list.txt")).unwrap(),
        "Nothing found.\n"
    );
}
