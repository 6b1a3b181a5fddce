//! The report of every authority below a folder, and one of all of them together.
//!
//! Studies are read and analysed side by side. The report of all authorities comes from the joined
//! tables, and its released figures stand beside those of each authority. Files are written as soon
//! as a report is made, so that only a few reports are in memory at any time. One authority that
//! fails does not stop the others.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use kinfolk_disclosure::{Release, Released, release_roll_up};
use kinfolk_ingest::ReadOptions;
use kinfolk_model::Severity;

use crate::folders::{StudyFolder, study_folders};
use crate::frames::{EstimatesFile, estimates_from_json};
use crate::join::join;
use crate::manifest::{FileHash, Run, relative};
use crate::outputs::{Output, guard, write_outputs};
use crate::pooled::{is_effect, pooled_effects};
use crate::report::{ReportOptions, render};
use crate::side_by_side::side_by_side;
use crate::study::{ALL_AUTHORITIES, Opened, analyse, marked, open, release_opened};
use crate::value::{beside, is_headline};
use crate::watch::{Step, Watch};
use crate::{Error, Format};

/// The folder, below that of all outputs, for the report of all authorities.
pub const ALL_FOLDER: &str = "all-authorities";
/// Where the figures of all authorities are, seen from that folder.
const ALL_ESTIMATES: &str = "estimates.json";

/// What a caller chooses about the reports of many authorities.
#[derive(Debug, Clone, PartialEq)]
pub struct RollUpOptions {
    /// The folder below which the studies lie.
    pub parent: PathBuf,
    /// The folder for all outputs.
    pub out: PathBuf,
    /// The kinds of file to make. The data files of all authorities are always made, because the
    /// other reports are compared with them.
    pub formats: Vec<Format>,
    /// How files are read.
    pub reading: ReadOptions,
}

/// What became of one study.
#[derive(Debug)]
pub struct Outcome {
    /// Its folder below the parent; [`ALL_FOLDER`] for all authorities.
    pub folder: String,
    /// The authority; empty when the study could not be read.
    pub authority: String,
    /// What was made, or why nothing was.
    pub result: Result<Done, Error>,
}

/// What was made of one study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Findings that left something out.
    pub errors: usize,
    /// Findings about what is doubtful.
    pub warnings: usize,
    /// Files written.
    pub files: usize,
}

/// Reports on every study below a folder, and on all of them together. The outcome of all
/// authorities comes first, then the studies in the order of their folders.
///
/// # Errors
///
/// [`Error::Read`] or [`Error::NoStudies`] when there is nothing to report on, and
/// [`Error::OutputIsInput`] when outputs would be written among the studies. Whatever goes wrong with
/// one study is an outcome of that study.
pub fn roll_up(options: &RollUpOptions, watch: &dyn Watch) -> Result<Vec<Outcome>, Error> {
    let folders = study_folders(&options.parent)?;
    check_names(&folders, &options.out)?;
    watch.begin(folders.len() + 1);
    let studies = side_by_side(folders, |folder| Part::prepare(folder, options, watch));
    let (all, benchmark) = all_authorities(&studies, options, watch);
    let mut outcomes = side_by_side(studies, |part| {
        part.finish(benchmark.as_ref(), options, watch)
    });
    outcomes.insert(0, all);
    Ok(outcomes)
}

fn check_names(folders: &[StudyFolder], out: &Path) -> Result<(), Error> {
    for folder in folders {
        guard(&out.join(&folder.name), &folder.path)?;
        if folder.name == ALL_FOLDER {
            return Err(Error::NameTaken(folder.name.clone()));
        }
    }
    Ok(())
}

/// One study, read and released.
pub(crate) struct Prepared {
    pub(crate) opened: Opened,
    pub(crate) release: Release,
}

impl Prepared {
    /// Reads a study, under the name that it has below the parent, and releases its figures.
    pub(crate) fn new(
        folder: &StudyFolder,
        options: &ReadOptions,
        watch: &dyn Watch,
    ) -> Result<Self, Error> {
        watch.step(&folder.name, Step::Read);
        let opened = Opened {
            name: folder.name.clone(),
            ..open(&folder.path, options)?
        };
        watch.step(&folder.name, Step::Analyse);
        let release = release_opened(&analyse(&opened), &opened)?;
        watch.rest(&folder.name);
        Ok(Self { opened, release })
    }
}

/// One study on its way to an outcome.
struct Part {
    folder: StudyFolder,
    result: Result<Prepared, Error>,
}

impl Part {
    fn prepare(folder: StudyFolder, options: &RollUpOptions, watch: &dyn Watch) -> Self {
        Self {
            result: contained(|| Prepared::new(&folder, &options.reading, watch)),
            folder,
        }
    }

    fn finish(
        self,
        benchmark: Option<&Benchmark>,
        options: &RollUpOptions,
        watch: &dyn Watch,
    ) -> Outcome {
        let out = options.out.join(&self.folder.name);
        let choice = ReportOptions {
            formats: options.formats.clone(),
            run: Run::Report {
                study: relative(&self.folder.path, &out),
                benchmark: benchmark.map(|benchmark| benchmark.seen_from(&options.out, &out)),
            },
            benchmark: benchmark.map(|benchmark| benchmark.figures.clone()),
        };
        let authority = match &self.result {
            Ok(prepared) => prepared.opened.study.settings.place(),
            Err(_) => String::new(),
        };
        let result = self.result.and_then(|Prepared { opened, release }| {
            contained(|| {
                write(
                    &opened,
                    &render(&opened, release, &choice, watch)?,
                    &out,
                    watch,
                )
            })
        });
        watch.finished(&self.folder.name);
        Outcome {
            folder: self.folder.name,
            authority,
            result,
        }
    }
}

/// The released figures of all authorities, with the file that holds them.
struct Benchmark {
    figures: EstimatesFile,
    file: FileHash,
}

impl Benchmark {
    /// From the outputs of the report of all authorities. The figures are read back from the bytes
    /// of the file, so that a later run that starts from the file sees the same ones.
    fn of(outputs: &[Output]) -> Option<Self> {
        let output = outputs.iter().find(|output| output.path == ALL_ESTIMATES)?;
        Some(Self {
            figures: estimates_from_json(&output.bytes).ok()?,
            file: FileHash::of(ALL_ESTIMATES, &output.bytes),
        })
    }

    fn seen_from(&self, out: &Path, folder: &Path) -> FileHash {
        FileHash {
            path: relative(&out.join(ALL_FOLDER).join(ALL_ESTIMATES), folder),
            ..self.file.clone()
        }
    }
}

/// The report of all authorities, from every study that could be released.
fn all_authorities(
    parts: &[Part],
    options: &RollUpOptions,
    watch: &dyn Watch,
) -> (Outcome, Option<Benchmark>) {
    let prepared: Vec<&Prepared> = parts
        .iter()
        .filter_map(|part| part.result.as_ref().ok())
        .collect();
    let made = contained(|| {
        let (joined, outputs) = report_all(&prepared, &choice_for_all(options, &prepared), watch)?;
        let done = write(&joined, &outputs, &options.out.join(ALL_FOLDER), watch)?;
        Ok((done, Benchmark::of(&outputs)))
    });
    watch.finished(ALL_AUTHORITIES);
    let (result, benchmark) = match made {
        Ok((done, benchmark)) => (Ok(done), benchmark),
        Err(error) => (Err(error), None),
    };
    let outcome = Outcome {
        folder: ALL_FOLDER.to_owned(),
        authority: ALL_AUTHORITIES.to_owned(),
        result,
    };
    (outcome, benchmark)
}

fn choice_for_all(options: &RollUpOptions, prepared: &[&Prepared]) -> ReportOptions {
    let mut formats = options.formats.clone();
    formats.push(Format::Data);
    let names = prepared.iter().map(|part| part.opened.name.clone());
    ReportOptions {
        formats,
        run: Run::RollUp {
            parent: relative(&options.parent, &options.out.join(ALL_FOLDER)),
            folders: names.collect(),
        },
        benchmark: None,
    }
}

/// Every file of the report of all authorities, with the joined study that it is about. Its figures
/// must not give away, less those of the others, what one authority withholds.
pub(crate) fn report_all(
    prepared: &[&Prepared],
    options: &ReportOptions,
    watch: &dyn Watch,
) -> Result<(Opened, Vec<Output>), Error> {
    let opened: Vec<&Opened> = prepared.iter().map(|part| &part.opened).collect();
    let joined = join(&opened).ok_or(Error::NothingToJoin)?;
    watch.step(&joined.name, Step::Analyse);
    let mut estimates = analyse(&joined);
    let named = named(prepared);
    estimates.records.extend(pooled_effects(&named));
    watch.step(&joined.name, Step::Release);
    let others: Vec<&Release> = prepared.iter().map(|part| &part.release).collect();
    let release = release_roll_up(&estimates, &marked(&joined), &others)?;
    let release = with_own_figures(release, &named);
    let outputs = render(&joined, release, options, watch)?;
    Ok((joined, outputs))
}

/// The release with the returns of each authority that has appraised its work, and the effect of each that
/// has compared it.
fn with_own_figures(release: Release, named: &[(String, &Prepared)]) -> Release {
    let with = |release, is_wanted: fn(&Released) -> bool| {
        let parts = named.iter();
        parts.fold(release, |release, (name, part)| {
            beside(release, (name, &part.release), is_wanted)
        })
    };
    with(with(release, is_headline), is_effect)
}

/// The studies in the order of the names of their authorities, each under a name of its own.
fn named<'a>(prepared: &[&'a Prepared]) -> Vec<(String, &'a Prepared)> {
    let place = |part: &Prepared| part.opened.study.settings.place();
    let mut parts: Vec<&Prepared> = prepared.to_vec();
    parts.sort_by_key(|part| (place(part), part.opened.name.clone()));
    let name = |part: &Prepared| {
        let is_alone = prepared
            .iter()
            .filter(|other| place(other) == place(part))
            .count()
            == 1;
        match is_alone {
            true => place(part),
            false => format!("{} ({})", place(part), part.opened.name),
        }
    };
    parts.into_iter().map(|part| (name(part), part)).collect()
}

fn write(
    opened: &Opened,
    outputs: &[Output],
    out: &Path,
    watch: &dyn Watch,
) -> Result<Done, Error> {
    watch.step(&opened.name, Step::Write);
    write_outputs(outputs, out)?;
    Ok(Done {
        errors: opened.count(Severity::Error),
        warnings: opened.count(Severity::Warning),
        files: outputs.len(),
    })
}

/// Runs a piece of work so that a fault of the program in it stays with the study that met it.
fn contained<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    // Nothing that the work could leave half done is seen again: its results are dropped with it.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Error::Fault))
}
