//! `kinfolk verify`.

use std::fs;
use std::path::Path;

use crate::support::{TODAY, append, kinfolk, with_study};

fn with_report() -> tempfile::TempDir {
    let folder = with_study();
    let arguments = [
        "report",
        "study",
        "--out",
        "out",
        "--as-of",
        TODAY,
        "--formats",
        "html,data",
    ];
    kinfolk(&arguments, folder.path()).ends(0);
    folder
}

fn flip_a_byte(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_run_that_is_made_again_agrees() {
    let folder = with_report();
    let run = kinfolk(&["verify", "out/manifest.json"], folder.path()).ends(0);
    assert!(run.stdout.starts_with("The same"), "{}", run.stdout);
    kinfolk(&["verify", "out"], folder.path()).ends(0);
}

#[test]
fn a_changed_output_is_found() {
    let folder = with_report();
    flip_a_byte(&folder.path().join("out/report.html"));
    let run = kinfolk(&["verify", "out"], folder.path()).ends(6);
    assert!(
        run.stdout.contains("`report.html` has changed on the disk"),
        "{}",
        run.stdout
    );
    fs::remove_file(folder.path().join("out/report.html")).unwrap();
    let run = kinfolk(&["verify", "out"], folder.path()).ends(6);
    assert!(
        run.stdout.contains("`report.html` is missing"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_changed_input_is_found_with_what_follows_from_it() {
    let folder = with_report();
    append(
        &folder.path().join("study/objectives.csv"),
        "HAR-005,X-9,father,met",
    );
    fs::write(
        folder.path().join("study/more.csv"),
        "child_id,before,after\nHAR-001,1,2\n",
    )
    .unwrap();
    let run = kinfolk(&["verify", "out"], folder.path()).ends(6);
    for words in [
        "input `objectives.csv` has changed",
        "input `more.csv` is new",
        "output `estimates.json` comes out differently",
    ] {
        assert!(
            run.stdout.contains(words),
            "no `{words}` in: {}",
            run.stdout
        );
    }
}

#[test]
fn a_changed_return_is_found_by_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let made = "synth --children 12 --others 40 --years 2 --seed 7 --out study";
    let reported = format!("report study --out out --as-of {TODAY} --formats data");
    for command in [made, &reported, "verify out"] {
        let arguments: Vec<&str> = command.split(' ').collect();
        kinfolk(&arguments, folder.path()).ends(0);
    }
    append(
        &folder.path().join("study/returns/2024-25/episodes.csv"),
        "9999,01/06/2024,S,C2,N1,U6,PR1,,,,,,",
    );
    let run = kinfolk(&["verify", "out"], folder.path()).ends(6);
    for words in [
        "input `returns/2024-25/episodes.csv` has changed",
        "output `estimates.json` comes out differently",
    ] {
        assert!(
            run.stdout.contains(words),
            "no `{words}` in: {}",
            run.stdout
        );
    }
}

#[test]
fn a_changed_manifest_is_found() {
    let folder = with_report();
    let path = folder.path().join("out/manifest.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        text.replace("\"audit\": \"passed\"", "\"audit\": \"superb\""),
    )
    .unwrap();
    let run = kinfolk(&["verify", "out"], folder.path()).ends(6);
    assert!(run.stdout.contains("the manifest itself"), "{}", run.stdout);
    fs::write(&path, "{}").unwrap();
    kinfolk(&["verify", "out"], folder.path())
        .ends(1)
        .complains("manifest.json");
}

#[test]
fn a_study_that_has_moved_can_be_shown() {
    let folder = with_report();
    fs::rename(folder.path().join("study"), folder.path().join("moved")).unwrap();
    kinfolk(&["verify", "out"], folder.path())
        .ends(2)
        .complains("--study");
    kinfolk(&["verify", "out", "--study", "moved"], folder.path()).ends(0);
    kinfolk(&["verify", "nowhere"], folder.path())
        .ends(1)
        .complains("cannot be read");
}

#[test]
fn a_report_inside_its_study_can_be_verified() {
    let folder = with_study();
    let arguments = [
        "report",
        ".",
        "--out",
        "report",
        "--as-of",
        TODAY,
        "--formats",
        "data",
    ];
    let study = folder.path().join("study");
    kinfolk(&arguments, &study).ends(0);
    kinfolk(&["verify", "report"], &study).ends(0);
}
