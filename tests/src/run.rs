//! Runs of the whole way, in memory.

use std::path::{Path, PathBuf};
use std::process::Command;

use kinfolk::outputs::Output;
use kinfolk::prelude::*;
use kinfolk::{Error, Opened};

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Opens a study below the repository, on a fixed day.
///
/// # Errors
///
/// As [`kinfolk::open`].
pub fn open_study(path: &str) -> Result<Opened, Error> {
    let today = jiff::civil::date(2026, 1, 1);
    kinfolk::open(&root().join(path), &ReadOptions { today })
}

/// Every file of the report of an opened study.
///
/// # Errors
///
/// As [`kinfolk::report`].
pub fn report_of(opened: &Opened) -> Result<Vec<Output>, Error> {
    kinfolk::report(opened, &ReportOptions::all_formats("study"))
}

/// Every file of the demonstration report.
///
/// # Errors
///
/// As [`kinfolk::open`] and [`kinfolk::report`].
pub fn demo() -> Result<Vec<Output>, Error> {
    report_of(&open_study("data/demo")?)
}

/// The bytes of one file; none when it was not made.
pub fn output<'a>(outputs: &'a [Output], path: &str) -> &'a [u8] {
    outputs
        .iter()
        .find(|output| output.path == path)
        .map_or(&[], |output| output.bytes.as_slice())
}

/// The text of a PDF, page by page, by `pdftotext`; `None` where that program is not installed.
pub fn pdf_text(pdf: &[u8]) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().ok()?;
    let path = folder.path().join("report.pdf");
    std::fs::write(&path, pdf).ok()?;
    let output = Command::new("pdftotext")
        .arg("-layout")
        .arg(&path)
        .arg("-")
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Some(
        text.trim_end_matches('\u{c}')
            .split('\u{c}')
            .map(str::to_owned)
            .collect(),
    )
}
