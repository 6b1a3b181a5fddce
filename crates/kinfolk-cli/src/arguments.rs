//! The grammar of the command line.

mod comparison;
mod placements;
mod published;
mod survival;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use kinfolk::Format;
use kinfolk::model::{Informant, SdqBaseline, SdqForm};
use kinfolk::prelude::{Country, Date};

pub(crate) use comparison::{EffectArguments, MatchArguments};
pub(crate) use placements::PlacementsArguments;
pub(crate) use published::PublishedArguments;
pub(crate) use survival::SurvivalArguments;

const EXAMPLES: &str = "\
Examples:
  kinfolk init hartwell                     start a study folder
  kinfolk check hartwell                    find what is wrong with its files
  kinfolk report hartwell --out report      make the report, as PDF, web page and workbook
  kinfolk report --each nation --out out    a report for every study below a folder, and one for all
  kinfolk verify report/manifest.json       run again and compare
  kinfolk explain objectives.met            what a figure, a rule or a column means
  kinfolk sdq score answers.csv -o out.csv  score SDQ answers in a plain table
  kinfolk value costs.toml                  what a pound returns, and how sure that is";

const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  failed
  2  wrong usage, or the folder holds no study
  3  the data have errors; outputs are written all the same, and say so
  4  the data have warnings, under --strict
  5  refused by the rules for small numbers
  6  verify found a difference";

/// Records of Lifelong Links services to evidence: checked data, estimates, a report.
#[derive(Debug, Parser)]
#[command(
    name = "kinfolk",
    version,
    before_help = EXAMPLES,
    after_help = EXIT_CODES,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Say nothing but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// How many threads to use; all cores by default
    #[arg(long, short, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start a study folder: study.toml, a blank workbook, a README
    Init(InitArguments),
    /// Find what is wrong or doubtful in the files of a study
    Check(CheckArguments),
    /// Compute every estimate, with nothing hidden, for use inside the building
    Analyse(AnalyseArguments),
    /// Make the report of a study, or of every study below a folder
    Report(ReportArguments),
    /// Score the Strengths and Difficulties Questionnaire in plain tables, without a study
    #[command(before_help = SDQ_EXAMPLES)]
    Sdq {
        #[command(subcommand)]
        command: SdqCommand,
    },
    /// Measure the stability of placements from statutory returns, without a study
    Placements(PlacementsArguments),
    /// Find comparators for a programme's children in a plain table, and see whether the arms are alike
    Match(MatchArguments),
    /// Compare an outcome between the arms of a plain table, as they are and adjusted
    Effect(EffectArguments),
    /// Say how long it takes until an event, in a plain table of times
    Survival(SurvivalArguments),
    /// Work out what a table that others published comes to, and whether it can be right
    Published(PublishedArguments),
    /// Make up a study of any size
    Synth(SynthArguments),
    /// Appraise what the programme costs and what it is worth, from a cost file
    Value(ValueArguments),
    /// Run again what a manifest describes, and compare
    Verify(VerifyArguments),
    /// Say what a measure, a rule, a disclosure profile, a table or a column means
    Explain(ExplainArguments),
    /// Write completions for a shell
    Completions(CompletionsArguments),
}

#[derive(Debug, Args)]
#[command(before_help = "Example:\n  kinfolk init hartwell")]
pub(crate) struct InitArguments {
    /// The folder to make; it must be empty or missing
    pub(crate) folder: PathBuf,
    /// The authority; by default the name of the folder
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: Option<String>,
    /// England, Scotland or Wales; England by default
    #[arg(long, value_name = "NATION")]
    pub(crate) country: Option<Country>,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
}

/// The day that counts as today.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct AsOf {
    /// The day that counts as today, YYYY-MM-DD; by default from SOURCE_DATE_EPOCH or the clock
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FindingsFormat {
    /// For people, grouped by rule
    Text,
    /// For programs
    Json,
    /// A work-list as a spreadsheet
    Xlsx,
}

#[derive(Debug, Args)]
#[command(before_help = "Examples:\n  kinfolk check hartwell\n  \
    kinfolk check hartwell --format xlsx --out to-mend.xlsx")]
pub(crate) struct CheckArguments {
    /// The study folder
    pub(crate) study: PathBuf,
    /// How to show the findings
    #[arg(long, value_enum, default_value_t = FindingsFormat::Text)]
    pub(crate) format: FindingsFormat,
    /// The file to write; the screen by default
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Treat warnings as a failure (exit code 4)
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
}

#[derive(Debug, Args)]
#[command(before_help = "Example:\n  kinfolk analyse hartwell --out figures")]
pub(crate) struct AnalyseArguments {
    /// The study folder
    pub(crate) study: PathBuf,
    /// The folder for estimates.json, .csv and .parquet
    #[arg(long, short, value_name = "DIR")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
}

#[derive(Debug, Args)]
#[command(before_help = "Examples:\n  kinfolk report hartwell --out report\n  \
    kinfolk report --each nation --out reports --jobs 4")]
pub(crate) struct ReportArguments {
    /// The study folder
    #[arg(required_unless_present = "each")]
    pub(crate) study: Option<PathBuf>,
    /// Report on every study below this folder, and on all of them together
    #[arg(long, value_name = "PARENT", conflicts_with = "study")]
    pub(crate) each: Option<PathBuf>,
    /// The folder for the outputs
    #[arg(long, short, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The kinds of file to make, of pdf, html, xlsx, data, figures, findings; all by default
    #[arg(long, value_name = "KINDS", value_delimiter = ',', value_parser = parse_format)]
    pub(crate) formats: Vec<Format>,
    /// Treat warnings as a failure (exit code 4)
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
}

fn parse_format(text: &str) -> Result<Format, kinfolk::Error> {
    text.parse()
}

const SDQ_EXAMPLES: &str = "\
Examples:
  kinfolk sdq score answers.csv --informant parent_carer -o scores.csv
  kinfolk sdq change scores.csv --sd 5.8 --reliability 0.72 -o change.csv";

#[derive(Debug, Subcommand)]
pub(crate) enum SdqCommand {
    /// Score items: scales, total, impact, and a band for each
    Score(SdqScoreArguments),
    /// Find each child's change between two totals, and whether it is reliable
    Change(SdqChangeArguments),
}

const SCORE_EXAMPLES: &str = "\
Examples:
  kinfolk sdq score answers.csv --informant parent_carer -o scores.csv
  kinfolk sdq score answers.csv -o scores.parquet     who answered is in a column informant
  kinfolk sdq score answers.csv --prefix sdq_ | head  to the screen, as sdq_total and so on";

const SCORE_NOTES: &str = "\
Columns that are read: item_1 to item_25 as on the form, 0, 1 or 2, not reversed (or the official
short names, consid to attends, with or without p, t or s in front); difficulties, distress,
impact_home, impact_friends, impact_classroom, impact_leisure, 0 to 3, where there are any;
informant; form. Blank, NA, NaN, a single point and the codes 8, 9, 88, 99, -8 and -9 are missing.

The table that is written has every column that came in, then the scores. A cell that cannot be used
is named with its row and column, and nothing is written to the file (exit code 3).

The SDQ is \u{a9} Robert Goodman and Youthinmind. Whoever administers it electronically needs
Youthinmind's permission.";

#[derive(Debug, Args)]
#[command(before_help = SCORE_EXAMPLES, after_help = SCORE_NOTES)]
pub(crate) struct SdqScoreArguments {
    /// The table of answers: CSV, or Parquet by its extension
    #[arg(value_name = "IN")]
    pub(crate) input: PathBuf,
    /// The table to write: CSV, or Parquet by its extension; standard output by default
    #[arg(long, short, value_name = "OUT")]
    pub(crate) out: Option<PathBuf>,
    /// Who answered, where no column says so: parent_carer, teacher or self
    #[arg(long, value_name = "WHO")]
    pub(crate) informant: Option<Informant>,
    /// For which ages the form is, where no column says so: 2-4 or 4-17; by default 4-17
    #[arg(long, value_name = "AGES")]
    pub(crate) form: Option<SdqForm>,
    /// What the names of the new columns begin with
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub(crate) prefix: String,
    /// Give the scores alone, without their bands
    #[arg(long)]
    pub(crate) no_bands: bool,
}

const CHANGE_EXAMPLES: &str = "\
Examples:
  kinfolk sdq change scores.csv --sd 5.8 --reliability 0.72 -o change.csv
  kinfolk sdq change scores.csv --sd 5.8 --reliability 0.72 --baseline last-before-start > summary.json";

const CHANGE_NOTES: &str = "\
Columns that are read: child_id, date, informant, total; form and version, where there are any; and
start_date for a baseline that depends on it. Several rows a child; those of different informants or
forms are never compared.

The table has a row for each child and informant; the summary of all of them is written to standard
output as JSON, in the form of estimates. Negative change means fewer difficulties. Neither shows
what would have happened otherwise.";

#[derive(Debug, Args)]
#[command(before_help = CHANGE_EXAMPLES, after_help = CHANGE_NOTES)]
pub(crate) struct SdqChangeArguments {
    /// The table of totals: CSV, or Parquet by its extension
    #[arg(value_name = "IN")]
    pub(crate) input: PathBuf,
    /// The table of changes to write: CSV, or Parquet by its extension
    #[arg(long, short, value_name = "OUT")]
    pub(crate) out: Option<PathBuf>,
    /// The standard deviation of totals by which change is judged, in points
    #[arg(long, value_name = "POINTS")]
    pub(crate) sd: f64,
    /// The reliability of the total by which change is judged, from 0 to below 1
    #[arg(long, value_name = "R")]
    pub(crate) reliability: f64,
    /// Which one is a child's first: first, last-before-start or nearest-start
    #[arg(long, value_name = "RULE", default_value_t = SdqBaseline::First)]
    pub(crate) baseline: SdqBaseline,
    /// Who answered, where no column says so: parent_carer, teacher or self
    #[arg(long, value_name = "WHO")]
    pub(crate) informant: Option<Informant>,
    /// The column of the child, if not child_id
    #[arg(long, value_name = "COLUMN")]
    pub(crate) id: Option<String>,
    /// The column of the day, if not date
    #[arg(long, value_name = "COLUMN")]
    pub(crate) date: Option<String>,
    /// The column of the total, if not total
    #[arg(long, value_name = "COLUMN")]
    pub(crate) total: Option<String>,
    /// The column of the day on which work started, if not start_date
    #[arg(long, value_name = "COLUMN")]
    pub(crate) start: Option<String>,
}

#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  kinfolk synth --children 60 --seed 1 --out made-up\n  \
    kinfolk synth --authorities 41 --seed 1 --out nation\n  \
    kinfolk synth --returns --children 5000 --years 5 --seed 1 --out returns\n  \
    kinfolk synth --cohort --children 2000 --seed 1 --out cohort"
)]
pub(crate) struct SynthArguments {
    /// How many children, in each authority; with --authorities, different numbers by default
    #[arg(long, value_name = "N", required_unless_present = "authorities",
        value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) children: Option<u32>,
    /// The seed; the same seed makes the same study
    #[arg(long, value_name = "S")]
    pub(crate) seed: u64,
    /// The folder to make; it must be empty or missing
    #[arg(long, short, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// How many authorities, each in a folder of its own; in a cohort, in a column
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u16).range(1..=41))]
    pub(crate) authorities: Option<u16>,
    /// Make up statutory returns instead of a study: a folder for each year
    #[arg(
        long,
        group = "with_returns",
        requires = "children",
        conflicts_with = "cohort"
    )]
    pub(crate) returns: bool,
    /// Add the authority's statutory returns to the study, with so many other children in care
    #[arg(long, value_name = "N", group = "with_returns", conflicts_with = "cohort",
        value_parser = clap::value_parser!(u32).range(0..=10_000_000))]
    pub(crate) others: Option<u32>,
    /// How many returns, the last of which ends in 2025
    #[arg(long, value_name = "N", default_value_t = 5, requires = "with_returns",
        value_parser = clap::value_parser!(i16).range(1..=10))]
    pub(crate) years: i16,
    /// Returns with many short episodes, for measuring speed, rather than with shares near England's
    #[arg(long, requires = "with_returns")]
    pub(crate) dense: bool,
    /// Make up a table of two arms instead of a study, with the truth written beside it
    #[arg(long, requires = "children")]
    pub(crate) cohort: bool,
    /// What the programme adds to the chance of the same home in a cohort, -0.15 to 0.15
    #[arg(
        long,
        value_name = "SHARE",
        default_value_t = 0.1,
        requires = "cohort",
        allow_negative_numbers = true
    )]
    pub(crate) risk_difference: f64,
    /// The hazard of a move in a cohort's programme over that of a comparator, 0 to 2
    #[arg(
        long,
        value_name = "RATIO",
        default_value_t = 0.7,
        requires = "cohort",
        allow_negative_numbers = true
    )]
    pub(crate) hazard_ratio: f64,
    /// Plant faults in the tables and list them in README-faults.md
    #[arg(long)]
    pub(crate) dirty: bool,
}

#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  kinfolk value costs.toml\n  \
    kinfolk value costs.toml --estimates figures/estimates.json > value.json",
    after_help = "The appraisal goes to standard output as JSON, findings to standard error. Nothing in it was \
    checked for disclosure. A file with errors is not appraised: the list of estimates is then empty, and \
    the exit code 3."
)]
pub(crate) struct ValueArguments {
    /// The cost file; a file unit-costs.csv beside it is read with it
    pub(crate) costs: PathBuf,
    /// Estimates of a study that the cost file names, as `kinfolk analyse` writes them
    #[arg(long, value_name = "FILE")]
    pub(crate) estimates: Option<PathBuf>,
    /// Treat warnings as a failure (exit code 4)
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Debug, Args)]
#[command(before_help = "Example:\n  kinfolk verify report/manifest.json")]
pub(crate) struct VerifyArguments {
    /// The manifest, or the folder that holds it
    pub(crate) manifest: PathBuf,
    /// Where the study is now, if not where the manifest says
    #[arg(long, value_name = "DIR")]
    pub(crate) study: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  kinfolk explain objectives.met\n  kinfolk explain date-order\n  \
    kinfolk explain dfe-csc\n  kinfolk explain            lists every word"
)]
pub(crate) struct ExplainArguments {
    /// A measure, a rule, a disclosure profile, a table or a column; everything by default
    pub(crate) topic: Option<String>,
}

#[derive(Debug, Args)]
#[command(
    before_help = "Example:\n  kinfolk completions bash > ~/.local/share/bash-completion/completions/kinfolk"
)]
pub(crate) struct CompletionsArguments {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}
