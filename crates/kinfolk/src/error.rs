//! Why a run did not end with outputs.

use std::path::PathBuf;

use jiff::civil::Date;
use kinfolk_charts::ChartError;
use kinfolk_disclosure::DisclosureError;
use kinfolk_ingest::IngestError;
use kinfolk_ingest::plain::PlainError;
use kinfolk_model::{Informant, SdqForm, format};
use kinfolk_report::ReportError;
use kinfolk_stats::StatsError;
use kinfolk_synth::SynthError;

/// Why a run did not end with outputs. Bad data is never one of these: it is a
/// [`Finding`](kinfolk_model::Finding).
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder cannot be read as a study.
    #[error(transparent)]
    Ingest(#[from] IngestError),
    /// A plain table cannot be used.
    #[error(transparent)]
    Plain(#[from] PlainError),
    /// A method cannot work with an option that it was given.
    #[error(transparent)]
    Stats(#[from] StatsError),
    /// Two arms of a plain table cannot be compared.
    #[error("`{file}`: {reason}")]
    Comparison {
        /// The file.
        file: String,
        /// Why, with the names of the file.
        reason: String,
    },
    /// What was named to make two arms alike in cannot be: it is the outcome, or nothing was named.
    #[error("`{file}`: {reason}")]
    Alike {
        /// The file.
        file: String,
        /// Why, with the names of the file.
        reason: String,
    },
    /// Comparators at the same time in care were asked for with an option that does not go with them.
    #[error("comparators at the same time in care do not go with {0}")]
    RiskSets(&'static str),
    /// There is no table of a return from which children can be counted.
    #[error(
        "no table of a return from which children can be counted in {}; tables are known by the headers in their first row, such as CHILD, DECOM, RNE \
         and LS",
        .0.join(", ")
    )]
    NoReturns(Vec<String>),
    /// No return holds the day on which children are to be counted.
    #[error(
        "no return here covers {}: they tell of {} to {}",
        format::day(*on), format::day(*first), format::day(*last)
    )]
    DayNotCovered {
        /// The day.
        on: Date,
        /// The first day of the latest returns that follow each other without a gap.
        first: Date,
        /// Their last.
        last: Date,
    },
    /// What would be printed would give away what is withheld.
    #[error("the rules for small numbers refuse this report")]
    Disclosure(#[from] DisclosureError),
    /// A document cannot be rendered.
    #[error("the report cannot be made")]
    Report(#[from] ReportError),
    /// A study cannot be made up.
    #[error("the study cannot be made up")]
    Synth(#[from] SynthError),
    /// A chart cannot be turned into a picture.
    #[error("the charts cannot be drawn")]
    Chart(#[from] ChartError),
    /// The program itself failed.
    #[error("a fault in the program itself")]
    Fault,
    /// A file or folder cannot be read.
    #[error("`{}` cannot be read", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// A file cannot be written.
    #[error("`{}` cannot be written", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// A path of an output leads out of the folder of outputs.
    #[error("`{0}` is no path below the folder of outputs")]
    OutputPath(String),
    /// The folder for outputs is a file.
    #[error("`{}` is a file; outputs need a folder", .0.display())]
    OutputIsFile(PathBuf),
    /// The folder for outputs is the study itself, or holds it.
    #[error("the outputs would be written into the study `{}`; choose another folder", .0.display())]
    OutputIsInput(PathBuf),
    /// The table of results would be written over the table that is read.
    #[error("the results would be written over `{}`; choose another file", .0.display())]
    OutputIsTable(PathBuf),
    /// A table has columns with the names of the new ones.
    #[error(
        "`{file}` already has what new columns are to be called: {}",
        columns.join(", ")
    )]
    ColumnsTaken {
        /// The file.
        file: String,
        /// The names.
        columns: Vec<String>,
    },
    /// There is no form of the SDQ for those ages that the informant fills in.
    #[error(
        "there is no SDQ for ages {form} that {informant} fills in; children answer for themselves from 11 on"
    )]
    NoSuchForm {
        /// The ages.
        form: SdqForm,
        /// Who was said to have answered.
        informant: Informant,
    },
    /// A Parquet file cannot be read.
    #[error("`{}` cannot be read as Parquet", path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: polars::error::PolarsError,
    },
    /// A Parquet file has a column of a kind that is not read.
    #[error(
        "column {column} of `{}` is of the kind {kind}; store it as text (days as 2025-03-31), \
         as whole numbers of 32 or 64 bits, or as numbers",
        path.display()
    )]
    ParquetKind {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
        /// Its kind, as Parquet names it.
        kind: String,
    },
    /// The folder that should be new holds something.
    #[error("`{}` is not empty; choose a new folder", .0.display())]
    NotEmpty(PathBuf),
    /// No study lies below a folder.
    #[error("no folder below `{}` holds a study.toml", .0.display())]
    NoStudies(PathBuf),
    /// A study folder has the name that the report of all authorities needs.
    #[error("a study folder is called `{0}`, the name kept for the report of all authorities")]
    NameTaken(String),
    /// None of the studies could be released, so there is nothing about all of them.
    #[error("no study could be read, so there is no report of all authorities")]
    NothingToJoin,
    /// Bytes are not the JSON that they should be.
    #[error("this is no readable {what}")]
    Json {
        /// What they should be.
        what: &'static str,
        /// The reason.
        source: serde_json::Error,
    },
    /// A file has another layout.
    #[error("the file has the layout `{found}`; this version reads `{expected}`")]
    Schema {
        /// The layout that is read.
        expected: &'static str,
        /// The layout that the file names.
        found: String,
    },
    /// Official statistics have no row of an authority.
    #[error(
        "no authority in the statistics is called `{0}`; give the name as they write it, or its three-digit code"
    )]
    NoSuchAuthority(String),
    /// A data frame cannot be built or written.
    #[error("the estimates do not fit into a data frame")]
    Frame(#[from] polars::error::PolarsError),
    /// CSV cannot be written.
    #[error("the estimates cannot be written as CSV")]
    Csv(#[from] csv::Error),
    /// A kind of output that there is not.
    #[error("`{0}` is no kind of output; there are pdf, html, xlsx, data, figures, findings")]
    UnknownFormat(String),
    /// A word that has no explanation.
    #[error("`{topic}` is no measure, rule, disclosure profile, table or column")]
    UnknownTopic {
        /// The word.
        topic: String,
        /// The words nearest to it, best first.
        suggestions: Vec<String>,
    },
}

impl Error {
    /// Whether the rules for small numbers refused.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Disclosure(error) if error.is_refusal())
    }

    /// Whether the data of a single table cannot be used as they are.
    pub fn is_data(&self) -> bool {
        match self {
            Self::Plain(error) => error.is_data(),
            Self::Comparison { .. } => true,
            _ => false,
        }
    }

    /// Whether the caller asked for something that cannot be: the folder is no study, a name is
    /// unknown, outputs would fall among inputs.
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Ingest(error) => !matches!(error, IngestError::Unreadable { .. }),
            Self::Plain(error) => {
                !error.is_data() && !matches!(error, PlainError::Unreadable { .. })
            }
            Self::Stats(_)
            | Self::RiskSets(_)
            | Self::Alike { .. }
            | Self::DayNotCovered { .. }
            | Self::NoReturns(_)
            | Self::NoSuchAuthority(_)
            | Self::Synth(SynthError::Truth { .. })
            | Self::OutputIsTable(_)
            | Self::ColumnsTaken { .. }
            | Self::NoSuchForm { .. }
            | Self::ParquetKind { .. }
            | Self::OutputIsInput(_)
            | Self::OutputIsFile(_)
            | Self::NotEmpty(_)
            | Self::NoStudies(_)
            | Self::NameTaken(_)
            | Self::UnknownFormat(_)
            | Self::UnknownTopic { .. } => true,
            _ => false,
        }
    }
}
