//! Every rule has a folder under `tests/rules` that breaks exactly that rule.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use common::{copy_folder, places, read};
use kinfolk_ingest::{LARGEST_FILE_BYTES, RULES, Reading};
use kinfolk_model::Table;

/// A rule, where its folder breaks it, and how many rows are set aside.
const CASES: &[(&str, &[&str], usize)] = &[
    ("file-unreadable", &["tracker.xlsx"], 0),
    ("file-not-what-it-says", &["tracker.xlsx"], 0),
    ("file-missing", &["study.toml row 16"], 0),
    ("file-skipped", &["minutes.docx"], 0),
    ("encoding-guessed", &["children.csv"], 0),
    ("quote-not-closed", &["children.csv row 3"], 0),
    ("no-tables", &["."], 0),
    ("table-not-recognised", &["rota.csv"], 0),
    ("table-empty", &["objectives.csv row 1"], 0),
    ("missing-required-column", &["objectives.csv row 1"], 0),
    ("duplicate-column", &["children.csv D1"], 0),
    ("mapped-column-missing", &["study.toml row 16"], 0),
    ("steps-missing", &["children.csv row 1"], 0),
    ("extra-columns", &["children.csv row 1"], 0),
    ("table-copied", &["copy of children.csv row 1"], 2),
    ("row-without-record", &["children.csv row 3"], 0),
    ("row-too-long", &["children.csv row 3"], 1),
    ("row-nearly-empty", &["children.csv A3"], 0),
    ("missing-required-value", &["children.csv A3"], 1),
    ("date-unreadable", &["children.csv D3"], 0),
    ("date-in-future", &["children.csv E3"], 0),
    ("date-order", &["children.csv E3"], 1),
    ("date-outside-period", &["children.csv E3"], 0),
    ("date-two-digit-year", &["children.csv C3"], 0),
    ("date-as-number", &["children.csv D3"], 0),
    ("unknown-code", &["children.csv B3"], 0),
    ("rating-outside-range", &["questionnaires.csv D3"], 1),
    ("count-negative", &["connection_counts.csv B3"], 1),
    ("count-absurd", &["connection_counts.csv C3"], 1),
    ("number-not-whole", &["connection_counts.csv B3"], 1),
    ("mixed-text-and-number", &["connection_counts.csv B3"], 1),
    ("age-outside-range", &["children.csv C3"], 0),
    ("number-as-text", &["counts.xlsx#Counts B3"], 0),
    ("error-cell", &["children.csv B3"], 0),
    ("excel-mangled-id", &["children.csv A3"], 1),
    ("id-reformatted", &["children.csv A3"], 0),
    ("sdq-informant-from-headers", &["sdq.csv row 1"], 0),
    ("sdq-coded-from-one", &["sdq.csv row 1"], 2),
    ("sdq-outside-range", &["sdq.csv E2"], 0),
    ("sdq-missing-code", &["sdq.csv E2"], 0),
    ("sdq-nothing-answered", &["sdq.csv A2"], 0),
    ("sdq-teacher-home", &["sdq.csv E2"], 0),
    ("sdq-form-as-date", &["sdq.csv D2"], 0),
    (
        "sdq-form-and-age",
        &["sdq.csv B2", "sdq.csv B4", "sdq.csv D5"],
        0,
    ),
    ("sdq-scores-disagree", &["sdq.csv H2"], 0),
    ("sdq-no-baseline", &["sdq.csv row 1"], 0),
    ("sdq-same-day", &["sdq.csv A3"], 1),
    ("oc2-year-taken", &["return 2024-25.csv row 1"], 0),
    ("oc2-placeholder-date", &["scores 2025.csv C2"], 0),
    ("oc2-only-zeros", &["oc2.csv row 1"], 0),
    ("oc2-other-children", &["oc2.csv A2"], 0),
    ("oc2-157", &["oc2.csv E2"], 0),
    ("oc2-180", &["oc2.csv D2"], 0),
    ("oc2-185", &["oc2.csv D2", "oc2.csv E3"], 0),
    ("oc2-186", &["oc2.csv D2"], 0),
    ("oc2-188", &["oc2.csv D2"], 0),
    ("oc2-189", &["oc2.csv D2"], 0),
    ("oc2-196", &["oc2.csv E2"], 0),
    ("oc2-196-spelling", &["oc2.csv E2"], 0),
    ("oc2-197a", &["oc2.csv E2"], 0),
    ("oc2-197b", &["oc2.csv D2"], 0),
    ("returns-children", &["returns/2022-23"], 0),
    ("returns-no-children", &["returns/2022-23"], 0),
    ("returns-day", &["returns/2022-23"], 0),
    ("returns-not-of-day", &["returns/2022-23"], 0),
    ("returns-short", &["returns/2024-25"], 0),
    ("duplicate-id", &["children.csv A3"], 1),
    ("duplicate-row", &["children.csv A4"], 1),
    ("orphan-id", &["objectives.csv A3"], 0),
    ("monitoring-disagrees", &["monitoring.csv C1"], 0),
    ("comparison-without-cohort", &["study.toml"], 0),
    ("cohort-without-comparison", &["cohort.csv"], 0),
    ("comparison-column-missing", &["study.toml"], 0),
    ("caliper-of-words", &["cohort.csv D2"], 0),
    ("outcome-unreadable", &["cohort.csv D3"], 0),
    ("voices-unreadable", &["voices.toml A1"], 0),
    ("consent-missing", &["voices.toml row 5"], 0),
    ("names-not-changed", &["voices.toml row 14"], 0),
    ("words-unknown-section", &["words/sumary.md"], 0),
    ("costs-unreadable", &["costs.toml A3"], 0),
    ("deadweight-with-comparator", &["costs.toml row 28"], 0),
    ("effect-without-comparison", &["costs.toml row 26"], 0),
    ("effect-without-source", &["costs.toml row 23"], 0),
    ("unit-cost-unknown", &["costs.toml row 28"], 0),
    ("unit-cost-and-part", &["costs.toml row 36"], 0),
    ("lifetime-social-cost", &["costs.toml row 28"], 0),
    ("time-basis-mixed", &["costs.toml row 23"], 0),
    ("price-year-missing", &["costs.toml row 23"], 0),
    (
        "price-year-outside-index",
        &["costs.toml row 1", "costs.toml row 13"],
        0,
    ),
    ("price-years-mixed", &["costs.toml row 1"], 0),
    ("price-year-blended", &["costs.toml row 13"], 0),
    ("nominal-with-real", &["costs.toml row 19"], 0),
    ("shares-do-not-sum", &["costs.toml row 20"], 0),
    ("perspectives-mixed", &["costs.toml row 23"], 0),
    ("spread-impossible", &["costs.toml row 7"], 0),
    ("unit-cost-old", &["costs.toml row 23"], 0),
    ("unit-cost-single-council", &["costs.toml row 23"], 0),
    ("unit-cost-unchecked", &["costs.toml row 23"], 0),
    ("option-defaulted", &["study.toml row 7"], 0),
    ("country-unknown", &["study.toml"], 0),
];

/// The rule whose file is too large to keep; the test below makes it.
const TOO_LARGE: &str = "file-too-large";
/// Rules that only a run of the appraisal, or one of many studies, can break.
const OF_RUNS: [&str; 3] = ["estimate-missing", "ratio-near-one", "returns-differ"];

/// Rules about the day of the count, and what is told of every study that has returns and names no day.
const OF_THE_DAY: [&str; 3] = ["returns-day", "returns-not-of-day", "returns-short"];
const TOLD_ANYWAY: [&str; 2] = ["returns-children", "option-defaulted"];

#[test]
fn each_folder_breaks_exactly_its_rule() {
    for (rule, expected, n_set_aside) in CASES {
        let mut reading = read_case(rule);
        if OF_THE_DAY.contains(rule) {
            let findings = &mut reading.findings;
            findings.retain(|finding| !TOLD_ANYWAY.contains(&finding.rule.as_ref()));
        }
        let broken: BTreeSet<&str> = reading.findings.iter().map(|f| f.rule.as_ref()).collect();
        assert_eq!(broken, BTreeSet::from([*rule]), "{:#?}", reading.findings);
        assert_eq!(places(&reading.findings), *expected, "{rule}");
        assert_eq!(n_set_aside_in(&reading), *n_set_aside, "{rule}");
    }
}

#[test]
fn each_rule_has_its_case_and_each_folder_its_rule() {
    let rules: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    let cases: BTreeSet<&str> = CASES.iter().map(|case| case.0).collect();
    assert_eq!(rules.len(), RULES.len(), "an id stands twice");
    assert_eq!(
        &rules - &cases,
        BTreeSet::from([TOO_LARGE, OF_RUNS[0], OF_RUNS[1], OF_RUNS[2]])
    );
    let folders: BTreeSet<String> = fs::read_dir(cases_folder())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    let folders: BTreeSet<&str> = folders.iter().map(String::as_str).collect();
    assert_eq!(folders, cases);
}

#[test]
fn a_file_beyond_the_limit_is_passed_over() {
    let study = study_folder("table-empty");
    let file = fs::File::create(study.path().join("huge.xlsx")).unwrap();
    file.set_len(LARGEST_FILE_BYTES + 1).unwrap();
    let reading = read(study.path());
    assert_eq!(
        places(&reading.findings),
        ["huge.xlsx", "objectives.csv row 1"]
    );
    assert_eq!(reading.findings[0].rule, TOO_LARGE);
    assert!(reading.inputs.iter().all(|input| input.path != "huge.xlsx"));
}

#[test]
fn each_rule_is_told_in_whole_sentences() {
    for rule in RULES {
        assert!(rule.why.ends_with('.'), "{}", rule.id);
        assert!(rule.help.ends_with('.'), "{}", rule.id);
        assert!(!rule.title.ends_with('.'), "{}", rule.id);
        assert_eq!(kinfolk_ingest::rule(rule.id), Some(rule));
    }
    assert_eq!(kinfolk_ingest::rule("no-such-rule"), None);
}

fn cases_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

/// The folder of a case, with the common `study.toml` where it has none of its own.
fn study_folder(rule: &str) -> tempfile::TempDir {
    let study = tempfile::tempdir().unwrap();
    fs::copy(
        cases_folder().join("study.toml"),
        study.path().join("study.toml"),
    )
    .unwrap();
    copy_folder(&cases_folder().join(rule), study.path());
    study
}

fn read_case(rule: &str) -> Reading {
    read(study_folder(rule).path())
}

fn n_set_aside_in(reading: &Reading) -> usize {
    let study = &reading.study;
    n_set_aside(&study.children)
        + n_set_aside(&study.objectives)
        + n_set_aside(&study.connection_counts)
        + n_set_aside(&study.questionnaires)
        + n_set_aside(&study.monitoring)
        + n_set_aside(&study.sdq)
        + n_set_aside(&study.oc2)
}

fn n_set_aside<R>(table: &Table<R>) -> usize {
    assert_eq!(table.n_read, table.rows.len() + table.n_set_aside);
    table.n_set_aside
}
