//! The grammar of `kinfolk survival`.

use std::path::PathBuf;

use clap::Args;
use kinfolk::stages::{CovariateCaliper, Draws, MatchRule, MatchedTimes, SurvivalOptions};

use super::comparison::{CaliperArgument, DrawIntervalsArgument, caliper, covariate_caliper};

const EXAMPLES: &str = "\
Examples:
  kinfolk survival homes.csv --time days --event moved --arm arm > survival.json
  kinfolk survival homes.csv --time days --event moved --arm arm --covariates age,moves --cluster authority
  kinfolk survival homes.csv --time days --event moved --at 90,180,365 --horizon 365
  kinfolk survival homes.csv --time days --event moved --arm arm --covariates age,moves --matched --bootstrap 2000 --seed 7";

const NOTES: &str = "\
The time is in days. The event says yes or no, or 1 or 0; 2 and more say that something else ended the
time and rules the event out, such as adoption or turning 18: the share with each ending is then given
as well. With --matched pairs are found by propensity score on the covariates, as
`kinfolk match` finds them, and mean times are given of those matched as well. What cannot be computed has no
value, and the reason. Nothing was checked for disclosure.";

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
    #[command(flatten)]
    matched: MatchedArguments,
}

/// Mean times once pairs are found.
#[derive(Debug, Args)]
struct MatchedArguments {
    /// Give mean times in pairs by propensity score as well
    #[arg(long, requires_all = ["arm", "covariates"])]
    matched: bool,
    /// The column of the child, which decides between equally near comparators
    #[arg(
        long,
        value_name = "COLUMN",
        default_value = "child_id",
        requires = "matched"
    )]
    id: String,
    /// Columns in which pairs must be the same, with commas between them
    #[arg(
        long,
        value_name = "COLUMNS",
        value_delimiter = ',',
        requires = "matched"
    )]
    exact: Vec<String>,
    /// How far apart a pair may lie, in standard deviations of the log odds, or none
    #[arg(long, value_name = "SD", default_value = "0.2", value_parser = caliper, requires = "matched")]
    caliper: CaliperArgument,
    /// A covariate of numbers in which a pair may lie no further apart than so much, in its own unit
    #[arg(long, value_name = "COLUMN=WIDTH", value_parser = covariate_caliper, requires = "matched")]
    caliper_of: Vec<CovariateCaliper>,
    /// Comparators for each child of the programme
    #[arg(long, value_name = "N", default_value_t = 1, requires = "matched",
        value_parser = clap::value_parser!(u16).range(1..))]
    ratio: u16,
    /// Draw the children anew so often, for intervals of the difference in pairs
    #[arg(long, value_name = "DRAWS", requires_all = ["matched", "seed"],
        value_parser = clap::value_parser!(u32).range(100..=100_000))]
    bootstrap: Option<u32>,
    /// What draws are counted from; the same seed makes the same draws
    #[arg(long, value_name = "S", requires = "bootstrap")]
    seed: Option<u64>,
    /// Which intervals the draws are read for
    #[arg(long, value_enum, value_name = "WHICH", default_value_t = DrawIntervalsArgument::Both,
        requires = "bootstrap")]
    draw_intervals: DrawIntervalsArgument,
}

impl MatchedArguments {
    fn times(&self) -> Option<MatchedTimes> {
        let draws = self.bootstrap.zip(self.seed);
        self.matched.then(|| MatchedTimes {
            child_id: self.id.clone(),
            exact: self.exact.clone(),
            calipers: self.caliper_of.clone(),
            rule: MatchRule {
                caliper: self.caliper.0,
                ratio: usize::from(self.ratio),
                ..MatchRule::default()
            },
            draws: draws.map(|(n, seed)| Draws {
                n: n as usize,
                seed,
                intervals: self.draw_intervals.into(),
            }),
        })
    }
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
            matched: self.matched.times(),
            at: self.at.clone(),
            horizon: self.horizon,
            confidence: self.confidence,
        }
    }
}
