//! The grammar of `kinfolk placements`.

use std::path::PathBuf;

use clap::Args;
use kinfolk::model::Country;
use kinfolk::model::care::{CountedReasons, ShortBreakStarts, TemporaryPlacements};
use kinfolk::prelude::Date;

use super::AsOf;

const EXAMPLES: &str = "\
Examples:
  kinfolk placements returns --on 2025-03-31 -o placements.csv > summary.json
  kinfolk placements returns/2024 returns/2025 --on 2025-03-31 --moves spbtu
  kinfolk placements returns --on 2025-03-31 --home-from 2023-04-01 --home-days 730";

const NOTES: &str = "\
Tables of the return (SSDA903) are recognised by their headers, in CSV files and workbooks, of one
year or several. Name every year that there is: a placement that began before the first return is
known only from it.

The table has a row for each child with an episode; the summary of all of them, under every rule for
moves, is written to standard output as JSON, in the form of estimates. Nothing in either was checked
for disclosure.";

#[derive(Debug, Args)]
#[command(before_help = EXAMPLES, after_help = NOTES)]
pub(crate) struct PlacementsArguments {
    /// Folders or files of returns
    #[arg(required = true, value_name = "RETURNS")]
    pub(crate) returns: Vec<PathBuf>,
    /// The day on which children are counted, YYYY-MM-DD; the year is the one that ends with it
    #[arg(long, value_name = "DATE")]
    pub(crate) on: Date,
    /// The table to write: CSV, or Parquet by its extension
    #[arg(long, short, value_name = "OUT")]
    pub(crate) out: Option<PathBuf>,
    /// The file for all findings: JSON by its extension, else a work-list as a spreadsheet; the screen shows the
    /// first of each kind
    #[arg(long, value_name = "FILE")]
    pub(crate) findings: Option<PathBuf>,
    /// Which reasons for a new episode count as a move: spb, spbtu or all
    #[arg(long, value_name = "RULE", default_value_t = CountedReasons::Spb)]
    pub(crate) moves: CountedReasons,
    /// Whether time in hospital or on holiday (T0 to T4) is passed over: bridge or count
    #[arg(long, value_name = "RULE", default_value_t = TemporaryPlacements::Bridge)]
    pub(crate) temporary: TemporaryPlacements,
    /// Children whose care began with short breaks: left_out or counted
    #[arg(long, value_name = "RULE", default_value_t = ShortBreakStarts::LeftOut)]
    pub(crate) short_break_starts: ShortBreakStarts,
    /// The day from which children should still be in the same home; else so many days before ON
    #[arg(long, value_name = "DATE")]
    pub(crate) home_from: Option<Date>,
    /// How many days later
    #[arg(long, value_name = "DAYS", default_value_t = 365)]
    pub(crate) home_days: u16,
    /// Official statistics by area, as downloaded, to stand beside: placement stability, or the
    /// suitability of care leavers' accommodation; may be given for each
    #[arg(long, value_name = "CSV", requires = "authority")]
    pub(crate) published: Vec<PathBuf>,
    /// The authority, as those statistics name it
    #[arg(long, value_name = "NAME", requires = "published")]
    pub(crate) authority: Option<String>,
    /// A list of statistical neighbours by code, as downloaded
    #[arg(long, value_name = "CSV", requires = "published")]
    pub(crate) neighbours: Option<PathBuf>,
    /// Which release the statistics are; else the name of their file
    #[arg(long, value_name = "NAME", requires = "published")]
    pub(crate) release: Option<String>,
    /// England, Scotland or Wales; what a nation has no measure or codes for is refused
    #[arg(long, value_name = "NATION", default_value_t = Country::England)]
    pub(crate) country: Country,
    /// The level of intervals
    #[arg(long, value_name = "LEVEL", default_value_t = 0.95)]
    pub(crate) confidence: f64,
    #[command(flatten)]
    pub(crate) as_of: AsOf,
}
