//! What several tests need.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each test file uses its own part of this"
)]

use std::fs;
use std::path::Path;

use jiff::civil::date;
use kinfolk_ingest::{ReadOptions, Reading, read_study};
use kinfolk_model::Finding;

/// A study of the year to March 2025 that leaves no option to its default.
pub(crate) const STUDY: &str = "\
[study]
title = \"A study with returns\"
authority = \"Hartwell\"
country = \"England\"
period = { start = 2024-04-01, end = 2025-03-31 }

[analysis]
confidence = 0.95
seed = 1
follow_up_days = 365
disclosure = \"dfe-csc\"
sdq_baseline = \"last-before-start\"
sdq_mmrm_df = \"satterthwaite\"
";

/// Reads a folder on the last day of April 2025.
pub(crate) fn read(folder: &Path) -> Reading {
    let options = ReadOptions {
        today: date(2025, 4, 30),
    };
    read_study(folder, &options).unwrap()
}

/// Where each finding stands: `file`, `file#sheet`, with the cell or the row behind it.
pub(crate) fn places(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(place).collect()
}

fn place(finding: &Finding) -> String {
    let place = &finding.place;
    let sheet = place.sheet.as_ref().map(|sheet| format!("#{sheet}"));
    let within = place
        .cell()
        .or_else(|| place.row.map(|row| format!("row {row}")))
        .map(|within| format!(" {within}"));
    [Some(place.file.clone()), sheet, within]
        .into_iter()
        .flatten()
        .collect()
}

/// Copies a folder with everything in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
