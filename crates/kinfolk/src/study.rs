//! The first stages: a folder to a study, a study to estimates, estimates to figures that may leave
//! the building.

use std::fs;
use std::path::Path;

use jiff::civil::Date;
use kinfolk_disclosure::{Release, benchmark_from_records};
use kinfolk_ingest::{ReadOptions, read_study};
use kinfolk_model::{Estimates, Finding, Severity, Study};

use crate::Error;
use crate::frames::{EstimatesFile, estimates_from_json};
use crate::manifest::FileHash;

/// What the figures of all authorities are called.
pub const ALL_AUTHORITIES: &str = "All authorities";

/// A study with what was found in its files.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The name of its folder.
    pub name: String,
    /// The tables, settings and words.
    pub study: Study,
    /// What is wrong or doubtful in the files.
    pub findings: Vec<Finding>,
    /// The files, in the order of their paths.
    pub inputs: Vec<FileHash>,
    /// Figures of all authorities, when the study names a file of them.
    pub benchmark: Option<EstimatesFile>,
    /// The day that counted as today.
    pub as_of: Date,
}

impl Opened {
    /// How many findings there are of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }
}

/// Reads and checks a study folder.
///
/// # Errors
///
/// [`Error::Ingest`] when the folder cannot be read as a study, [`Error::Read`], [`Error::Json`] or
/// [`Error::Schema`] when the file of figures that it names for comparison cannot be read. Bad data
/// is no error: it comes back as findings.
///
/// ```no_run
/// use kinfolk::prelude::*;
/// let options = ReadOptions { today: "2025-06-01".parse()? };
/// let opened = kinfolk::open("data/demo".as_ref(), &options)?;
/// println!("{} children", opened.study.children.rows.len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn open(folder: &Path, options: &ReadOptions) -> Result<Opened, Error> {
    let reading = read_study(folder, options)?;
    let paths = reading.inputs.iter().map(|input| input.path.clone());
    let mut inputs = paths
        .map(|path| hash(folder, &path))
        .collect::<Result<Vec<_>, _>>()?;
    let named = reading.study.settings.benchmark.as_deref();
    let benchmark = named.map(|path| read_benchmark(folder, path)).transpose()?;
    if let Some((file, _)) = &benchmark {
        inputs.push(file.clone());
    }
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Opened {
        name: folder_name(folder),
        study: reading.study,
        findings: reading.findings,
        inputs,
        benchmark: benchmark.map(|(_, file)| file),
        as_of: options.today,
    })
}

/// The last part of a path, also of `.`.
pub(crate) fn folder_name(folder: &Path) -> String {
    let full = fs::canonicalize(folder);
    full.as_deref()
        .unwrap_or(folder)
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })
}

fn hash(folder: &Path, path: &str) -> Result<FileHash, Error> {
    Ok(FileHash::of(path, &read_bytes(&folder.join(path))?))
}

/// Reads released figures of all authorities, with the hash of their file.
pub(crate) fn read_benchmark(
    folder: &Path,
    path: &str,
) -> Result<(FileHash, EstimatesFile), Error> {
    let bytes = read_bytes(&folder.join(path))?;
    Ok((FileHash::of(path, &bytes), estimates_from_json(&bytes)?))
}

/// Every estimate of a study, those about the quality of its data included. Nothing is hidden.
pub fn analyse(opened: &Opened) -> Estimates {
    let mut estimates = kinfolk_outcomes::analyse(&opened.study);
    estimates.extend(kinfolk_outcomes::assess_quality(
        &opened.study,
        &opened.findings,
    ));
    estimates
}

/// What of the estimates may leave the building, by the profile that the study names.
///
/// # Errors
///
/// [`Error::Disclosure`] when what would be printed would give away what is withheld.
pub fn release(estimates: &Estimates, study: &Study) -> Result<Release, Error> {
    Ok(kinfolk_disclosure::release(estimates, &study.settings)?)
}

/// The release with figures of all authorities beside its own.
pub(crate) fn compared(release: Release, benchmark: Option<&EstimatesFile>) -> Release {
    match benchmark {
        Some(file) => release.with_benchmark(benchmark_from_records(
            ALL_AUTHORITIES,
            file.estimates.clone(),
        )),
        None => release,
    }
}
