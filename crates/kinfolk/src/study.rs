//! The first stages: a folder to a study, a study to estimates, estimates to figures that may leave
//! the building.

use std::fs;
use std::path::Path;

use jiff::civil::Date;
use kinfolk_disclosure::{Release, benchmark_from_records};
use kinfolk_ingest::{ReadOptions, read_study_watched};
use kinfolk_model::care::return_year;
use kinfolk_model::{
    Country, Estimate, Estimates, Finding, Place, PublishedStatistics, Settings, Severity, Study,
};
use kinfolk_outcomes::{PublishedOptions, estimate_published};
use rayon::prelude::*;

use crate::Error;
use crate::frames::{EstimatesFile, estimates_from_json};
use crate::manifest::FileHash;
use crate::value::value_of_study;
use crate::watch::{Step, Watch};

/// What the figures of all authorities are called.
pub const ALL_AUTHORITIES: &str = "All authorities";

/// The rule that a file of figures breaks when it holds none.
const NOT_WHAT_IT_SAYS: &str = "file-not-what-it-says";
/// What the first page says when the data have errors.
const PARTLY_USED: &str = "Some records could not be used as they stand, so this report rests on \
    part of the data; the section about the numbers says how much.";

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
/// [`Error::Ingest`] when the folder cannot be read as a study, [`Error::Read`] when a file goes away
/// while it is read. Bad data is no error: it comes back as findings.
///
/// ```no_run
/// use kinfolk::prelude::*;
/// let options = ReadOptions { today: "2025-06-01".parse()? };
/// let opened = kinfolk::open("data/demo".as_ref(), &options)?;
/// println!("{} children", opened.study.children.rows.len());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn open(folder: &Path, options: &ReadOptions) -> Result<Opened, Error> {
    open_watched(folder, options, &())
}

/// As [`open`], telling that files are read and checked, which of a nation's returns takes a while,
/// and how far that is.
///
/// # Errors
///
/// Those of [`open`].
pub fn open_watched(
    folder: &Path,
    options: &ReadOptions,
    watch: &dyn Watch,
) -> Result<Opened, Error> {
    let name = folder_name(folder);
    watch.step(&name, Step::Read);
    let on_read = |n_bytes, of| watch.read(&name, n_bytes, of);
    let reading = read_study_watched(folder, options, &on_read)?;
    let inputs = reading
        .inputs
        .par_iter()
        .map(|input| FileHash::of_file(folder, &input.path))
        .collect::<Result<Vec<_>, _>>()?;
    let mut findings = reading.findings;
    let benchmark = named_benchmark(folder, &reading.study.settings, &inputs);
    let benchmark = benchmark.unwrap_or_else(|finding| {
        findings.push(*finding);
        None
    });
    Ok(Opened {
        name,
        study: reading.study,
        findings,
        inputs,
        benchmark,
        as_of: options.today,
    })
}

/// The figures of all authorities that the study names, if their file is there; a finding when it
/// holds no such figures.
fn named_benchmark(
    folder: &Path,
    settings: &Settings,
    inputs: &[FileHash],
) -> Result<Option<EstimatesFile>, Box<Finding>> {
    let named = settings.benchmark.as_ref();
    let Some(path) = named.filter(|path| inputs.iter().any(|input| input.path == **path)) else {
        return Ok(None);
    };
    let read = read_benchmark(folder, path);
    read.map(|(_, file)| Some(file))
        .map_err(|error| Box::new(no_benchmark(path, &error)))
}

fn no_benchmark(path: &str, error: &Error) -> Finding {
    Finding {
        rule: NOT_WHAT_IT_SAYS.into(),
        severity: Severity::Error,
        place: Place {
            file: path.to_owned(),
            ..Place::default()
        },
        child_id: None,
        value: None,
        message: error.to_string(),
        why: "The report stands without figures of all authorities beside its own.".to_owned(),
        help: "Name the estimates.json of a report on all authorities in study.toml.".to_owned(),
        row_set_aside: false,
    }
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
    if let Some(costs) = &opened.study.costs {
        let value = value_of_study(costs, &estimates, opened.study.settings.disclosure);
        estimates.extend(value);
    }
    estimates.records.extend(published_beside(&opened.study));
    estimates.extend(kinfolk_outcomes::assess_quality(
        &opened.study,
        &opened.findings,
    ));
    estimates
}

/// What official statistics publish of the measures of returns: for the authority and areas beside
/// it where the study names them, else for England. Everything in them is public already.
fn published_beside(study: &Study) -> Vec<Estimate> {
    let settings = &study.settings;
    if !study.care.is_present() || settings.country != Country::England {
        return Vec::new();
    }
    let named = settings.care.published.as_ref();
    let options = PublishedOptions {
        authority: named
            .and_then(|named| named.authority.clone())
            .unwrap_or_else(|| settings.place()),
        year: return_year(settings.care_day()),
        release: named.map(|named| named.release.clone()).unwrap_or_default(),
    };
    let nothing = PublishedStatistics::default();
    let published = study.published.as_ref().unwrap_or(&nothing);
    estimate_published(&published.shares, &published.neighbours, &options)
}

/// What of the estimates may leave the building, by the profile that the study names.
///
/// # Errors
///
/// [`Error::Disclosure`] when what would be printed would give away what is withheld.
pub fn release(estimates: &Estimates, study: &Study) -> Result<Release, Error> {
    Ok(kinfolk_disclosure::release(estimates, &study.settings)?)
}

/// What of a study's estimates may leave the building. When the data have errors, the first page
/// will say so.
pub(crate) fn release_opened(estimates: &Estimates, opened: &Opened) -> Result<Release, Error> {
    Ok(kinfolk_disclosure::release(estimates, &marked(opened))?)
}

/// The settings, with a notice when values, rows or files were left out.
pub(crate) fn marked(opened: &Opened) -> Settings {
    let settings = opened.study.settings.clone();
    if opened.count(Severity::Error) == 0 {
        return settings;
    }
    Settings {
        notice: format!("{} {PARTLY_USED}", settings.notice)
            .trim()
            .to_owned(),
        ..settings
    }
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
