//! The grammar of `kinfolk survival`.

use std::path::PathBuf;

use clap::Args;
use kinfolk::stages::SurvivalOptions;

const EXAMPLES: &str = "\
Examples:
  kinfolk survival homes.csv --time days --event moved --arm arm > survival.json
  kinfolk survival homes.csv --time days --event moved --arm arm --covariates age,moves --cluster authority
  kinfolk survival homes.csv --time days --event moved --at 90,180,365 --horizon 365";

const NOTES: &str = "\
The time is in days. The event says yes or no, or 1 or 0; 2 and more say that something else ended the
time and rules the event out, such as adoption or turning 18: the share with each ending is then given
as well. What cannot be computed has no value, and the reason. Nothing was checked for disclosure.";

#[derive(Debug, Args)]
#[command(before_help = EXAMPLES, after_help = NOTES)]
pub(crate) struct SurvivalArguments {
    /// The table of times and events: CSV, or Parquet by its extension
    #[arg(value_name = "FILE")]
    pub(crate) input: PathBuf,
    /// The column of the days watched
    #[arg(long, value_name = "COLUMN")]
    time: String,
    /// The column of what ended them
    #[arg(long, value_name = "COLUMN")]
    event: String,
    /// The column of the arm, programme or comparator, or 1 or 0
    #[arg(long, value_name = "COLUMN")]
    arm: Option<String>,
    /// Covariates of the regression, with commas between them
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    covariates: Vec<String>,
    /// The column of groups with hazards of their own
    #[arg(long, value_name = "COLUMN")]
    strata: Option<String>,
    /// The column of who belongs together, for robust errors
    #[arg(long, value_name = "COLUMN")]
    cluster: Option<String>,
    /// The column of how much each child counts, for curves and mean times beside the plain ones
    #[arg(long, value_name = "COLUMN")]
    weights: Option<String>,
    /// Days at which shares are given; quarters of the horizon by default
    #[arg(long, value_name = "DAYS", value_delimiter = ',')]
    at: Vec<f64>,
    /// The horizon of mean times, in days; 365, or as far as both arms were watched, by default
    #[arg(long, value_name = "DAYS")]
    horizon: Option<f64>,
    /// The level of intervals
    #[arg(long, value_name = "LEVEL", default_value_t = 0.95)]
    confidence: f64,
}

impl SurvivalArguments {
    pub(crate) fn options(&self) -> SurvivalOptions {
        SurvivalOptions {
            time: self.time.clone(),
            event: self.event.clone(),
            arm: self.arm.clone(),
            covariates: self.covariates.clone(),
            strata: self.strata.clone(),
            cluster: self.cluster.clone(),
            weights: self.weights.clone(),
            at: self.at.clone(),
            horizon: self.horizon,
            confidence: self.confidence,
        }
    }
}
