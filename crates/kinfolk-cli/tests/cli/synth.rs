//! `kinfolk synth`.

use std::fs;

use tempfile::TempDir;

use crate::support::{files, kinfolk};

/// A folder that holds what the arguments make in `out`.
fn made(arguments: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let all = [&["synth", "--seed", "5", "--out", "out"], arguments].concat();
    kinfolk(&all, folder.path()).ends(0);
    folder
}

#[test]
fn the_same_seed_makes_the_same_bytes() {
    for arguments in [
        &["--children", "20"][..],
        &["--returns", "--children", "60", "--years", "2"],
        &["--returns", "--dense", "--children", "60", "--dirty"],
        &["--returns", "--children", "40", "--authorities", "2"],
        &["--children", "20", "--others", "60", "--years", "2"],
        &["--cohort", "--children", "60", "--authorities", "3"],
    ] {
        let (one, other) = (made(arguments), made(arguments));
        assert_eq!(files(one.path()), files(other.path()), "{arguments:?}");
    }
}

#[test]
fn made_up_returns_are_read_without_a_finding() {
    let folder = made(&["--returns", "--children", "300", "--years", "3"]);
    let arguments = ["placements", "out", "--on", "2025-03-31"];
    kinfolk(&arguments, folder.path()).ends(0);
}

#[test]
fn a_study_comes_with_the_returns_of_its_authority() {
    let folder = made(&["--children", "30", "--others", "200", "--years", "3"]);
    let out = folder.path().join("out");
    for file in ["children.csv", "oc2.csv", "returns/2024-25/oc3.csv"] {
        assert!(out.join(file).is_file(), "{file}");
    }
    kinfolk(&["check", "out", "--as-of", "2025-06-01"], folder.path()).ends(0);
}

#[test]
fn every_planted_fault_is_found_at_its_row() {
    let folder = made(&["--returns", "--children", "300", "--years", "1", "--dirty"]);
    let list = fs::read_to_string(folder.path().join("out/README-faults.md")).unwrap();
    let arguments = [
        "placements",
        "out",
        "--on",
        "2025-03-31",
        "--findings",
        "found.json",
    ];
    kinfolk(&arguments, folder.path());
    let found = fs::read_to_string(folder.path().join("found.json")).unwrap();
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    let places: Vec<String> = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            format!(
                "{}, row {}",
                finding["place"]["file"].as_str().unwrap(),
                finding["place"]["row"]
            )
        })
        .collect();
    let planted: Vec<Vec<&str>> = list
        .lines()
        .filter(|line| line.starts_with("| 2025"))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    assert_eq!(planted.len(), 12);
    for fault in planted {
        let (file, row, what) = (fault[1], fault[2], fault[3]);
        let place = format!("{file}, row {row}");
        assert!(
            places.iter().any(|found| found.ends_with(&place)),
            "{place} {what}"
        );
    }
}

#[test]
fn a_cohort_goes_into_a_comparison() {
    let folder = made(&["--cohort", "--children", "400"]);
    let truth = fs::read_to_string(folder.path().join("out/README.md")).unwrap();
    assert!(truth.contains("made up"), "{truth}");
    let covariates = "age,sdq,placements_before,years_in_care";
    let arguments = [
        "match",
        "out/cohort.csv",
        "--id",
        "child_id",
        "--arm",
        "arm",
        "--covariates",
        covariates,
        "-o",
        "pairs.csv",
    ];
    kinfolk(&arguments, folder.path()).ends(0);
    assert!(folder.path().join("pairs.csv").is_file());
}
