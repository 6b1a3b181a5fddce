//! The way through: folders and files in, records and findings out.

use std::fs;
use std::path::{Path, PathBuf};

use kinfolk_model::Finding;
use kinfolk_model::care::CareRecords;

use super::intake::Intake;
use super::kind::ReturnTable;
use super::names::ReturnNames;
use crate::error::IngestError;
use crate::folder::unreadable;
use crate::meter::{Meter, OnRead};
use crate::read::ReadOptions;

/// Returns as read, with everything that is wrong or doubtful in them.
#[derive(Debug, Clone, PartialEq)]
pub struct ReturnsReading {
    /// The rows that can be used.
    pub records: CareRecords,
    /// All findings, by file, sheet, row and rule.
    pub findings: Vec<Finding>,
    /// Every table that was read, by path and sheet.
    pub files: Vec<ReturnFile>,
}

/// A table that was read: `n_rows` is what was used and what was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnFile {
    /// The file as it was named.
    pub path: String,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// What it holds.
    pub table: ReturnTable,
    /// Rows below the header, blank ones not counted.
    pub n_rows: u64,
    /// Rows set aside, each with a finding.
    pub n_set_aside: u64,
}

/// Reads returns: folders, with every folder below them, or single files; of one year or of several.
///
/// # Errors
///
/// [`IngestError`] when a path does not exist or cannot be listed. Everything else that is wrong is
/// a finding.
pub fn read_returns(
    paths: &[PathBuf],
    options: &ReadOptions,
) -> Result<ReturnsReading, IngestError> {
    read_returns_watched(paths, options, &|_, _| {})
}

/// As [`read_returns`], telling how much of the files has been read.
///
/// # Errors
///
/// Those of [`read_returns`].
pub fn read_returns_watched(
    paths: &[PathBuf],
    options: &ReadOptions,
    on_read: &OnRead<'_>,
) -> Result<ReturnsReading, IngestError> {
    let mut files = Vec::new();
    for path in paths {
        list(path, &mut files)?;
    }
    files.sort();
    files.dedup();
    let names = ReturnNames::default();
    let sizes = files.iter().filter_map(|file| fs::metadata(file).ok());
    let meter = Meter::new(sizes.map(|about| about.len()).sum(), on_read);
    let mut intake = Intake::new(options.today, &names, &meter);
    intake.read(&files);
    Ok(intake.finish())
}

/// Every file below a path, those that hold no tables apart.
fn list(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), IngestError> {
    let about = fs::metadata(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => IngestError::FolderMissing(path.to_owned()),
        _ => unreadable(path, source),
    })?;
    if about.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries = fs::read_dir(path).map_err(|source| unreadable(path, source))?;
    for entry in entries {
        let below = entry.map_err(|source| unreadable(path, source))?.path();
        let is_hidden = below
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with(['.', '~']));
        if !is_hidden && (below.is_dir() || form(&below).is_some()) {
            list(&below, files)?;
        }
    }
    Ok(())
}

/// How a file is read.
pub(super) enum Form {
    Delimited,
    Workbook,
    Xml,
}

pub(super) fn form(path: &Path) -> Option<Form> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    match ending.as_str() {
        "csv" | "tsv" | "txt" => Some(Form::Delimited),
        "xlsx" | "xlsm" => Some(Form::Workbook),
        "xml" => Some(Form::Xml),
        _ => None,
    }
}
