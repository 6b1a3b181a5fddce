//! `kinfolk report` for one study.

use std::fs;
use std::path::Path;

use crate::support::{Run, TODAY, append, files, kinfolk, names, program, with_study};

fn report(folder: &Path, out: &str, more: &[&str]) -> Run {
    let arguments = [
        &["report", "study", "--out", out, "--as-of", TODAY][..],
        more,
    ]
    .concat();
    kinfolk(&arguments, folder)
}

/// The kinds of file that are made quickly.
const QUICK: [&str; 2] = ["--formats", "html,data,findings"];

#[test]
fn a_report_has_every_file_and_is_the_same_on_one_thread_and_on_two() {
    let folder = with_study();
    let run = report(folder.path(), "one", &["--jobs", "1"]).ends(0);
    assert_eq!(run.stdout, "");
    report(folder.path(), "two", &["--jobs", "2", "--quiet"]).ends(0);
    let (one, two) = (
        files(&folder.path().join("one")),
        files(&folder.path().join("two")),
    );
    for name in [
        "estimates.csv",
        "estimates.json",
        "estimates.parquet",
        "internal/findings.json",
        "internal/findings.xlsx",
        "manifest.json",
        "report.html",
        "report.pdf",
        "tables.xlsx",
    ] {
        assert!(
            one.get(name).is_some_and(|bytes| !bytes.is_empty()),
            "{name}"
        );
    }
    let charts = |ending: &str| {
        let figures = one.keys().filter(|name| name.starts_with("figures/"));
        figures.filter(|name| name.ends_with(ending)).count()
    };
    assert!(charts(".svg") >= 4, "{:?}", one.keys());
    assert_eq!(charts(".svg"), charts(".png"));
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        two.keys().collect::<Vec<_>>()
    );
    for (name, bytes) in &one {
        assert!(
            two[name] == *bytes,
            "{name} differs between one thread and two"
        );
    }
}

#[test]
fn progress_is_talk_and_quiet_ends_it() {
    let folder = with_study();
    let run = report(folder.path(), "out", &QUICK)
        .ends(0)
        .complains("making the web page");
    assert_eq!(run.stdout, "");
    assert!(!run.stderr.contains('\u{1b}'), "{}", run.stderr);
    let run = report(folder.path(), "out", &[&QUICK[..], &["--quiet"]].concat()).ends(0);
    assert_eq!(run.stderr, "");
}

#[test]
fn a_study_with_errors_is_reported_all_the_same_and_says_so() {
    let folder = with_study();
    append(
        &folder.path().join("study/objectives.csv"),
        "HAR-005,X-9,dragons,met",
    );
    report(folder.path(), "out", &QUICK)
        .ends(3)
        .complains("The data have errors");
    let page = fs::read_to_string(folder.path().join("out/report.html")).unwrap();
    assert!(page.contains("Some records could not be used"));
    let manifest = fs::read_to_string(folder.path().join("out/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!(manifest["findings"]["errors"], 1);
    assert!(names(&folder.path().join("out")).contains(&"internal/findings.json".to_owned()));
}

#[test]
fn warnings_fail_under_strict_after_the_report_is_made() {
    let folder = with_study();
    append(
        &folder.path().join("study/objectives.csv"),
        "NOBODY-1,X-9,father,met",
    );
    report(folder.path(), "out", &[&QUICK[..], &["--strict"]].concat()).ends(4);
    assert!(folder.path().join("out/report.html").is_file());
}

#[test]
fn what_is_no_study_makes_no_outputs() {
    let folder = tempfile::tempdir().unwrap();
    report(folder.path(), "out", &QUICK)
        .ends(2)
        .complains("There is no folder");
    fs::create_dir(folder.path().join("study")).unwrap();
    report(folder.path(), "out", &QUICK)
        .ends(2)
        .complains("no study.toml");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn outputs_never_fall_among_inputs() {
    let folder = with_study();
    let before = files(&folder.path().join("study"));
    for out in ["study", "study/words", "./study/words/deep"] {
        report(folder.path(), out, &QUICK)
            .ends(2)
            .complains("choose another folder");
    }
    assert!(files(&folder.path().join("study")) == before);
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = with_study();
    fs::write(folder.path().join("taken"), "here").unwrap();
    report(folder.path(), "taken", &QUICK)
        .ends(2)
        .complains("`taken` is a file");
    assert_eq!(fs::read(folder.path().join("taken")).unwrap(), b"here");
}

#[test]
fn a_second_run_leaves_nothing_of_the_first_behind() {
    let folder = with_study();
    report(folder.path(), "out", &["--formats", "html,figures"]).ends(0);
    fs::write(folder.path().join("out/mine.txt"), "mine").unwrap();
    report(folder.path(), "out", &["--formats", "html"]).ends(0);
    assert_eq!(
        names(&folder.path().join("out")),
        ["manifest.json", "mine.txt", "report.html"]
    );
}

#[test]
fn the_environment_can_say_which_day_it_is() {
    let folder = with_study();
    let arguments = ["report", "study", "--out", "out", "--formats", "data"];
    let output = program(&arguments, folder.path())
        .env("SOURCE_DATE_EPOCH", "1748736000")
        .output()
        .unwrap();
    Run::from(output).ends(0);
    let manifest = fs::read_to_string(folder.path().join("out/manifest.json")).unwrap();
    assert!(manifest.contains("\"as_of\": \"2025-06-01\""), "{manifest}");
}

#[test]
fn an_internal_report_marks_its_estimates() {
    let folder = with_study();
    let path = folder.path().join("study/study.toml");
    let settings = fs::read_to_string(&path).unwrap();
    fs::write(&path, settings.replace("dfe-csc", "internal")).unwrap();
    report(folder.path(), "out", &["--formats", "data"]).ends(0);
    let text = fs::read_to_string(folder.path().join("out/estimates.json")).unwrap();
    assert!(text.contains("\"disclosure\": \"internal, not for publication\""));
}

#[test]
fn a_study_of_which_nothing_can_be_shown_is_refused() {
    let folder = with_study();
    let study = folder.path().join("study");
    for entry in fs::read_dir(&study).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && !path.ends_with("study.toml") {
            fs::remove_file(path).unwrap();
        }
    }
    let three = "child_id,sex\nA1,female\nA2,male\nA3,male\n";
    fs::write(study.join("children.csv"), three).unwrap();
    report(folder.path(), "out", &QUICK)
        .ends(5)
        .complains("refuse this report");
    assert!(!folder.path().join("out").exists());
}
