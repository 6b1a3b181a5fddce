//! Which files of a study folder are read, and as what.

use std::fs;
use std::path::{Path, PathBuf};

use kinfolk_model::{Finding, Place};

use crate::costs::UNIT_COSTS_FILE;
use crate::error::IngestError;
use crate::rules;

/// The largest workbook, page of words or file of settings that is read, in bytes. Delimited tables
/// and the return on children looked after may be larger: nothing in them unfolds, and they are read
/// in parts.
pub const LARGEST_FILE_BYTES: u64 = 100_000_000;

/// How deep sub-folders are followed.
const DEEPEST: usize = 8;
const STUDY_FILE: &str = "study.toml";
const VOICES_FILE: &str = "voices.toml";
const COSTS_FILE: &str = "costs.toml";
const WORDS_FOLDER: &str = "words";
/// What a run of kinfolk leaves in its output folder.
const MANIFEST_FILE: &str = "manifest.json";

/// What a file is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Study,
    Voices,
    Costs,
    /// Unit costs of the authority, read with its costs.
    UnitCosts,
    Words,
    Delimited,
    Workbook,
    /// A table of the return on children looked after, or an XML file that may hold all of them.
    Return,
    /// The estimates that `[benchmark]` names.
    Benchmark,
    /// Official statistics that `[published]` names.
    Published,
}

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedFile {
    /// Relative to the study folder, with `/` between its parts.
    pub(crate) path: String,
    pub(crate) full: PathBuf,
    pub(crate) kind: Kind,
    pub(crate) bytes: u64,
}

/// The files of a study folder, in the order of their paths.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    pub(crate) files: Vec<ListedFile>,
    /// Files of kinds that hold no tables.
    pub(crate) others: Vec<ListedFile>,
    pub(crate) findings: Vec<Finding>,
}

/// Lists what a study folder holds.
///
/// # Errors
///
/// [`IngestError`] when there is no such folder, it cannot be listed, or it has no `study.toml`.
pub(crate) fn list(folder: &Path) -> Result<Listing, IngestError> {
    let about = fs::metadata(folder).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => IngestError::FolderMissing(folder.to_owned()),
        _ => unreadable(folder, source),
    })?;
    if !about.is_dir() {
        return Err(IngestError::NotAFolder(folder.to_owned()));
    }
    let entries = fs::read_dir(folder).map_err(|source| unreadable(folder, source))?;
    let mut listing = Listing::default();
    list_entries(entries, "", 0, &mut listing);
    listing.files.sort_by(|a, b| a.path.cmp(&b.path));
    if listing.files.iter().any(|file| file.kind == Kind::Study) {
        Ok(listing)
    } else {
        Err(IngestError::NoStudyFile(folder.to_owned()))
    }
}

pub(crate) fn unreadable(path: &Path, source: std::io::Error) -> IngestError {
    IngestError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

fn list_entries(entries: fs::ReadDir, within: &str, depth: usize, listing: &mut Listing) {
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_hidden(&name) {
            continue;
        }
        let path = if within.is_empty() {
            name.clone()
        } else {
            format!("{within}/{name}")
        };
        match fs::metadata(entry.path()) {
            Ok(about) if about.is_dir() => list_folder(&entry.path(), path, depth, listing),
            Ok(about) => list_file(entry.path(), path, &name, about.len(), listing),
            Err(error) => listing
                .findings
                .push(rules::FILE_UNREADABLE.at(file_place(&path), error.to_string())),
        }
    }
}

/// Files that no person made: hidden ones, and the locks of open documents.
fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$")
}

fn list_folder(full: &Path, path: String, depth: usize, listing: &mut Listing) {
    if full.join(MANIFEST_FILE).is_file() {
        // Without a finding, so that a report inside its study comes out the same a second time.
        return;
    }
    let reason = if full.join(STUDY_FILE).is_file() {
        Some("it is a study of its own")
    } else if depth == DEEPEST {
        Some("it lies too deep")
    } else if full.is_symlink() {
        Some("it is a link to another folder")
    } else {
        None
    };
    if let Some(reason) = reason {
        listing.findings.push(rules::FILE_SKIPPED.at(
            file_place(&path),
            format!("the folder is not read: {reason}"),
        ));
        return;
    }
    match fs::read_dir(full) {
        Ok(entries) => list_entries(entries, &path, depth + 1, listing),
        Err(error) => listing
            .findings
            .push(rules::FILE_UNREADABLE.at(file_place(&path), error.to_string())),
    }
}

fn list_file(full: PathBuf, path: String, name: &str, bytes: u64, listing: &mut Listing) {
    if name.to_lowercase().starts_with("readme") {
        return;
    }
    let kind = kind(&path);
    if bytes > LARGEST_FILE_BYTES && !is_read_in_parts(kind) {
        let message = format!(
            "the file holds {} MB; the largest that is read is {} MB",
            bytes / 1_000_000,
            LARGEST_FILE_BYTES / 1_000_000
        );
        listing
            .findings
            .push(rules::FILE_TOO_LARGE.at(file_place(&path), message));
        return;
    }
    let file = ListedFile {
        path,
        full,
        kind: kind.unwrap_or(Kind::Benchmark),
        bytes,
    };
    match kind {
        Some(_) => listing.files.push(file),
        None => listing.others.push(file),
    }
}

/// Whether a file is read in parts, however large it is.
fn is_read_in_parts(kind: Option<Kind>) -> bool {
    matches!(kind, Some(Kind::Return | Kind::Delimited))
}

fn kind(path: &str) -> Option<Kind> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match (folder, name, ending.to_lowercase().as_str()) {
        ("", STUDY_FILE, _) => Some(Kind::Study),
        ("", VOICES_FILE, _) => Some(Kind::Voices),
        ("", COSTS_FILE, _) => Some(Kind::Costs),
        ("", UNIT_COSTS_FILE, _) => Some(Kind::UnitCosts),
        (WORDS_FOLDER, _, "md") => Some(Kind::Words),
        (WORDS_FOLDER, ..) => None,
        (_, _, "csv" | "tsv" | "txt") => Some(Kind::Delimited),
        (_, _, "xml") => Some(Kind::Return),
        (_, _, "xlsx" | "xlsm" | "xlsb" | "xls" | "ods") => Some(Kind::Workbook),
        _ => None,
    }
}

/// A file as a whole.
pub(crate) fn file_place(path: &str) -> Place {
    Place {
        file: path.to_owned(),
        ..Place::default()
    }
}
