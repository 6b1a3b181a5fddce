//! The workbook with planted faults: each is found at its cell, nothing else is, and the good rows
//! are there.

mod common;
#[path = "common/workbooks.rs"]
mod workbooks;

use std::path::{Path, PathBuf};

use common::{places, read};
use jiff::civil::date;
use kinfolk_model::{Answer, Child, EndReason, Outcome, Relationship, Severity, Sex, Table};

/// Where a fault was planted, the rule that it breaks, and whether its row is set aside.
const PLANTED: &[(&str, &str, bool)] = &[
    ("#Connection counts row 1", "table-empty", false),
    ("#Feedback E3", "rating-outside-range", false),
    ("#Feedback F4", "unknown-code", false),
    ("#Feedback B5", "missing-required-value", true),
    ("#Objectives B4", "duplicate-id", true),
    ("#Objectives C5", "unknown-code", true),
    ("#Objectives D6", "missing-required-value", true),
    ("#Objectives D7", "error-cell", true),
    ("#Objectives A8", "orphan-id", false),
    ("#Objectives B11", "duplicate-row", true),
    ("#Practice Summaries row 3", "extra-columns", false),
    ("#Practice Summaries H5", "date-order", true),
    ("#Practice Summaries D6", "date-unreadable", false),
    ("#Practice Summaries H7", "date-in-future", false),
    ("#Practice Summaries D8", "age-outside-range", false),
    ("#Practice Summaries C9", "unknown-code", false),
    ("#Practice Summaries A10", "duplicate-id", true),
    ("#Practice Summaries A11", "missing-required-value", true),
    ("#Practice Summaries G12", "date-outside-period", false),
    ("#Practice Summaries E13", "date-as-number", false),
    ("#Practice Summaries D14", "date-two-digit-year", false),
    ("#Practice Summaries A15", "excel-mangled-id", true),
    ("#Practice Summaries D16", "date-order", true),
    ("#Practice Summaries A19", "row-nearly-empty", false),
    ("#Returns B3", "date-unreadable", true),
    ("#Returns C4", "count-negative", false),
    ("#Returns C5", "count-absurd", false),
    ("#Returns B6", "date-outside-period", false),
    ("#Rota", "table-not-recognised", false),
    ("#Tracker D3", "mixed-text-and-number", false),
    ("#Tracker D4", "age-outside-range", false),
    ("#Tracker D5", "number-as-text", false),
    ("#Tracker D6", "number-not-whole", false),
    ("#Tracker E7", "unknown-code", true),
    ("#Tracker D8", "age-outside-range", false),
];

#[test]
fn each_planted_fault_is_found_at_its_cell_and_nothing_else_is() {
    let findings = read(&planted()).findings;
    let found: Vec<(String, &str, bool)> = places(&findings)
        .into_iter()
        .zip(&findings)
        .map(|(place, finding)| (place, finding.rule.as_ref(), finding.row_set_aside))
        .collect();
    let expected: Vec<(String, &str, bool)> = PLANTED
        .iter()
        .map(|(place, rule, set_aside)| (format!("planted.xlsx{place}"), *rule, *set_aside))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_row_is_set_aside_only_by_an_error() {
    for finding in read(&planted()).findings {
        assert!(!finding.row_set_aside || finding.severity == Severity::Error);
    }
}

#[test]
fn the_good_rows_are_there() {
    let study = read(&planted()).study;
    check_counts(&study.children, 15, 5);
    check_counts(&study.objectives, 10, 5);
    check_counts(&study.connections, 7, 1);
    check_counts(&study.connection_counts, 0, 0);
    check_counts(&study.questionnaires, 11, 5);
    check_counts(&study.monitoring, 5, 1);
}

fn check_counts<R>(table: &Table<R>, n_read: usize, n_set_aside: usize) {
    assert_eq!((table.n_read, table.n_set_aside), (n_read, n_set_aside));
    assert_eq!(table.rows.len(), n_read - n_set_aside);
}

#[test]
fn what_the_good_rows_say_is_read() {
    let study = read(&planted()).study;
    let first = Child {
        authority: Some("Hartwell".to_owned()),
        sex: Some(Sex::Female),
        date_of_birth: Some(date(2011, 5, 15)),
        care_start: Some(date(2023, 10, 15)),
        referral_date: Some(date(2024, 4, 13)),
        start_date: Some(date(2024, 5, 1)),
        conference_date: Some(date(2024, 7, 19)),
        plan_date: Some(date(2024, 7, 26)),
        review_date: Some(date(2024, 12, 30)),
        end_date: Some(date(2025, 1, 16)),
        end_reason: Some(EndReason::Completed),
        identity_belonging: Some(Outcome::Yes),
        ..Child::new(kinfolk_model::ChildId::new("H-01"))
    };
    assert_eq!(study.children.rows[0], first);
    let third = &study.children.rows[1];
    assert_eq!(third.date_of_birth, None, "an unreadable date is missing");
    assert_eq!(third.referral_date, Some(date(2024, 4, 12)));
    assert_eq!(third.start_date, Some(date(2024, 5, 13)));
    assert_eq!(
        study.connections.rows[1].relationship,
        Relationship::AuntUncle
    );
    assert_eq!(study.connections.rows[1].age, None);
    assert_eq!(study.questionnaires.rows[0].statement, "kept_informed");
    assert_eq!(study.questionnaires.rows[0].answer, Answer::Rating(5));
    assert_eq!(study.questionnaires.rows[2].answer, Answer::Yes);
    assert_eq!(study.monitoring.rows[1].referrals, None);
}

#[test]
fn the_kept_workbooks_are_what_their_makers_make() {
    for kept in workbooks::KEPT {
        let made = tempfile::tempdir().unwrap();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(kept.path);
        let study = planted().join("study.toml");
        std::fs::copy(study, made.path().join("study.toml")).unwrap();
        let copied = made.path().join(path.file_name().unwrap());
        std::fs::copy(&path, &copied).unwrap();
        let as_kept = read(made.path());
        (kept.make)().unwrap().save(&copied).unwrap();
        let as_made = read(made.path());
        assert_eq!(as_kept.study, as_made.study, "{}", kept.path);
        assert_eq!(as_kept.findings, as_made.findings, "{}", kept.path);
    }
}

fn planted() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bad-input/planted")
}
