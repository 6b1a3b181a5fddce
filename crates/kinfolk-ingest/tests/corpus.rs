//! Files that are hard on a reader. None may make it stop, and none may lose a row silently.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::read;
use kinfolk_ingest::Reading;
use kinfolk_model::Table;

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn read_alone(file: &Path) -> Reading {
    let study = tempfile::tempdir().unwrap();
    fs::copy(
        here().join("rules/study.toml"),
        study.path().join("study.toml"),
    )
    .unwrap();
    fs::copy(file, study.path().join(file.file_name().unwrap())).unwrap();
    read(study.path())
}

fn read_named(name: &str) -> Reading {
    read_alone(&here().join("corpus").join(name))
}

#[test]
fn every_file_is_read_or_told_about() {
    for entry in fs::read_dir(here().join("corpus")).unwrap() {
        let path = entry.unwrap().path();
        let reading = read_alone(&path);
        let study = &reading.study;
        let is_whole = is_whole(&study.children)
            && is_whole(&study.connection_counts)
            && is_whole(&study.questionnaires);
        assert!(is_whole, "{}", path.display());
        let n_read = study.children.n_read + study.connection_counts.n_read;
        assert!(
            n_read > 0 || !reading.findings.is_empty(),
            "{}",
            path.display()
        );
    }
}

fn is_whole<R>(table: &Table<R>) -> bool {
    table.n_read == table.rows.len() + table.n_set_aside
}

#[test]
fn a_cell_in_the_last_corner_costs_nothing() {
    let reading = read_named("cell-in-the-last-corner.xlsx");
    assert_eq!(reading.study.children.rows.len(), 1);
    assert_eq!(reading.findings[0].rule, "row-without-record");
    assert_eq!(reading.findings[0].place.row, Some(1_048_576));
}

#[test]
fn a_cell_beyond_the_sheet_is_damage() {
    for name in [
        "cell-beyond-the-last-column.xlsx",
        "reference-beyond-the-sheet.xlsx",
    ] {
        let reading = read_named(name);
        assert_eq!(reading.study.children.n_read, 0, "{name}");
        let told = reading
            .findings
            .iter()
            .any(|finding| finding.rule == "file-unreadable");
        assert!(told, "{name}: {:?}", reading.findings);
    }
}

#[test]
fn rows_of_a_workbook_may_be_stored_in_any_order() {
    let ids: Vec<String> = read_named("rows-out-of-order.xlsx")
        .study
        .children
        .rows
        .iter()
        .map(|row| row.child_id.to_string())
        .collect();
    assert_eq!(ids, ["H-01", "H-02"]);
}

#[test]
fn marks_without_width_are_no_part_of_a_value() {
    let reading = read_named("no-break-spaces.csv");
    assert_eq!(reading.findings, []);
    assert_eq!(reading.study.children.rows[0].child_id.as_str(), "H-01");
}

#[test]
fn a_line_that_looks_like_the_end_ends_nothing() {
    assert_eq!(read_named("end-mark.csv").study.children.rows.len(), 1);
}
