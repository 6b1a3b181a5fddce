//! The grammar of `kinfolk match` and `kinfolk effect`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use kinfolk::stages::{
    CohortColumns, ComparisonMethod, CovariateCaliper, DatedOutcome, DrawIntervals, MatchRule,
    RiskSetColumns, ScoreScale, TimeColumns,
};

const MATCH_EXAMPLES: &str = "\
Examples:
  kinfolk match cohort.csv --covariates age,legal_status,moves -o pairs.csv > balance.json
  kinfolk match cohort.csv --covariates age,moves --exact authority,sex --caliper none --ratio 2
  kinfolk match cohort.csv --covariates age,moves --caliper-of age=1 --caliper-of moves=2
  kinfolk match cohort.csv --covariates age,moves --protocol protocol.md
  kinfolk match care.csv --covariates age,moves --risk-set --joined joined_day --left left_day -o pairs.csv";

const MATCH_NOTES: &str = "\
The arm says programme or comparator, or 1 or 0. A column of words becomes a column of 1 and 0 for each
of its values but the first in the alphabet. A blank covariate is refused, with its row.

The table has a row for each pair; the balance of the arms before and after is written to standard
output as JSON, in the form of estimates. With --risk-set each child of the programme is paired with one
who had been in care as long and had not joined yet, near in the log hazard of joining; the table then says
from which day in care, and for how many days, both are followed. The outcome is not needed here, and better not looked at.
Nothing in either was checked for disclosure.";

const EFFECT_EXAMPLES: &str = "\
Examples:
  kinfolk effect cohort.csv --outcome same_home --covariates age,legal_status,moves > effect.json
  kinfolk effect cohort.csv --outcome sdq --covariates age,sdq_before --method entropy
  kinfolk effect cohort.csv --outcome sdq --covariates age,sdq_before --bootstrap 2000 --seed 20250331
  kinfolk effect cohort.csv --outcome sdq --covariates age,sdq_before --method aipw --authority authority
  kinfolk effect care.csv --outcome missing_days --covariates age,moves --risk-set --joined joined_day --left left_day --follow-up 365
  kinfolk effect care.csv --outcome sdq --covariates age,moves --risk-set --joined joined_day --left left_day --cluster home --bootstrap 2000 --seed 20250331";

const EFFECT_NOTES: &str = "\
The arms are compared as they are and, beside that, by the method asked for. An outcome of yes and no
gives the difference of shares, their ratio and the odds ratio, a number the difference of means.
Children without the outcome are left out and counted.

Matched effects rest on pairs as `kinfolk match` finds them and a regression within each arm; their
errors count each pair, or each --cluster, as one. With --authority the arms are made alike anew in each
authority and over all but each; three authorities with an effect of their own have an average (random
effects, Hartung and Knapp) and a prediction for another. With --risk-set pairs are found as `kinfolk match` finds them at
the same time in care, before any outcome is looked at; with --follow-up the outcome is the days in care on
which it came about (31;150, blank for never), and both of a pair are followed from their time in care. Draws take
children (or clusters), each with all it could be, and find and follow pairs anew. Only pairs of one and one go
with --risk-set: without a pair, one who never joined has no day to be followed from. What the data cannot carry has no value, and the reason. Nothing was checked for disclosure.";

/// The columns of a cohort.
#[derive(Debug, Args)]
pub(crate) struct CohortArguments {
    /// The column of the child
    #[arg(long, value_name = "COLUMN", default_value = "child_id")]
    id: String,
    /// The column of the arm
    #[arg(long, value_name = "COLUMN", default_value = "arm")]
    arm: String,
    /// Columns in which the arms may differ, with commas between them
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    covariates: Vec<String>,
    /// Columns in which pairs must be the same, with commas between them
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    exact: Vec<String>,
    /// A covariate of numbers in which a pair may lie no further apart than so much, in its own unit; again
    /// for another
    #[arg(long, value_name = "COLUMN=WIDTH", value_parser = covariate_caliper)]
    caliper_of: Vec<CovariateCaliper>,
}

impl CohortArguments {
    pub(crate) fn columns(&self) -> CohortColumns {
        CohortColumns {
            child_id: self.id.clone(),
            arm: self.arm.clone(),
            covariates: self.covariates.clone(),
            exact: self.exact.clone(),
            calipers: self.caliper_of.clone(),
        }
    }
}

/// How comparators are found.
#[derive(Debug, Args)]
pub(crate) struct RuleArguments {
    /// How far apart a pair may lie, in standard deviations of the scale, or none
    #[arg(long, value_name = "SD", default_value = "0.2", value_parser = caliper)]
    caliper: CaliperArgument,
    /// On which scale of the propensity score
    #[arg(long, value_enum, default_value_t = ScaleArgument::Logit)]
    scale: ScaleArgument,
    /// Comparators for each child of the programme
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    ratio: u16,
}

impl RuleArguments {
    pub(crate) fn rule(&self) -> MatchRule {
        MatchRule {
            caliper: self.caliper.0,
            scale: match self.scale {
                ScaleArgument::Logit => ScoreScale::Logit,
                ScaleArgument::Probability => ScoreScale::Probability,
            },
            ratio: usize::from(self.ratio),
            ..MatchRule::default()
        }
    }
}

/// `None` for no caliper. A type of its own, because the program reads an option of a number as one
/// that may be left out.
#[derive(Debug, Clone, Copy)]
pub(super) struct CaliperArgument(pub(super) Option<f64>);

pub(super) fn caliper(text: &str) -> Result<CaliperArgument, String> {
    if text == "none" {
        return Ok(CaliperArgument(None));
    }
    match text.parse::<f64>() {
        Ok(width) if width > 0.0 && width.is_finite() => Ok(CaliperArgument(Some(width))),
        _ => Err("a number above 0, or none".to_owned()),
    }
}

pub(super) fn covariate_caliper(text: &str) -> Result<CovariateCaliper, String> {
    let (covariate, width) = text.rsplit_once('=').unwrap_or_default();
    match width.parse::<f64>() {
        Ok(width) if width > 0.0 && width.is_finite() && !covariate.is_empty() => {
            Ok(CovariateCaliper {
                covariate: covariate.to_owned(),
                width,
            })
        }
        _ => Err("a column, an equals sign and a number above 0, as in age=1".to_owned()),
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ScaleArgument {
    /// Log odds
    Logit,
    /// The probability itself
    Probability,
}

#[derive(Debug, Args)]
#[command(before_help = MATCH_EXAMPLES, after_help = MATCH_NOTES)]
pub(crate) struct MatchArguments {
    /// The table of both arms: CSV, or Parquet by its extension
    #[arg(value_name = "COHORT")]
    pub(crate) input: PathBuf,
    /// The table of pairs to write: CSV, or Parquet by its extension
    #[arg(long, short, value_name = "PAIRS")]
    pub(crate) out: Option<PathBuf>,
    /// A page to write that says, before any outcome is read, who is compared and how (Markdown)
    #[arg(long, value_name = "PAGE")]
    pub(crate) protocol: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) in_care: RiskSetArguments,
    #[command(flatten)]
    pub(crate) cohort: CohortArguments,
    #[command(flatten)]
    pub(crate) rule: RuleArguments,
}

/// Comparators at the same time in care.
#[derive(Debug, Args)]
pub(crate) struct RiskSetArguments {
    /// Take comparators only from those in care as long and not yet in the programme
    #[arg(long, requires_all = ["joined", "left"], conflicts_with_all = ["scale", "arm"])]
    risk_set: bool,
    /// The column of the days in care at which a child joined; blank for never
    #[arg(long, value_name = "COLUMN", requires = "risk_set")]
    joined: Option<String>,
    /// The column of the days in care at which a child was last seen there
    #[arg(long, value_name = "COLUMN", requires = "risk_set")]
    left: Option<String>,
}

impl RiskSetArguments {
    /// The columns of times in care, where comparators are found at the same time in care.
    pub(crate) fn times(&self) -> Option<TimeColumns> {
        Some(TimeColumns {
            joined: self.joined.clone()?,
            left: self.left.clone()?,
        })
    }
}

#[derive(Debug, Args)]
#[command(before_help = EFFECT_EXAMPLES, after_help = EFFECT_NOTES)]
pub(crate) struct EffectArguments {
    /// The table of both arms: CSV, or Parquet by its extension
    #[arg(value_name = "COHORT")]
    pub(crate) input: PathBuf,
    /// The column of the outcome
    #[arg(long, value_name = "COLUMN")]
    pub(crate) outcome: String,
    /// How the arms are made comparable
    #[arg(long, value_enum, default_value_t = MethodArgument::Matched)]
    pub(crate) method: MethodArgument,
    /// The column of who belongs together, such as an authority
    #[arg(long, value_name = "COLUMN")]
    pub(crate) cluster: Option<String>,
    /// The column of the authority: the effect within each as well, over all but each, and their average
    #[arg(long, value_name = "COLUMN")]
    pub(crate) authority: Option<String>,
    /// The level of intervals
    #[arg(long, value_name = "LEVEL", default_value_t = 0.95)]
    pub(crate) confidence: f64,
    /// Draw the sample anew so often, for a second interval of the effect by pairs or weights
    #[arg(long, value_name = "DRAWS", requires = "seed", value_parser = clap::value_parser!(u32).range(100..=100_000))]
    pub(crate) bootstrap: Option<u32>,
    /// What draws are counted from; the same seed makes the same draws
    #[arg(long, value_name = "S")]
    pub(crate) seed: Option<u64>,
    /// Which intervals the draws are read for
    #[arg(long, value_enum, value_name = "WHICH", default_value_t = DrawIntervalsArgument::Both)]
    pub(crate) draw_intervals: DrawIntervalsArgument,
    #[command(flatten)]
    in_care: RiskSetArguments,
    /// The outcome is days in care on which it came about; count so many days from that of the pair
    #[arg(long, value_name = "DAYS", requires = "risk_set", value_parser = clap::value_parser!(u16).range(1..=7305))]
    follow_up: Option<u16>,
    /// The column of the days in care up to which events were recorded, where that is later than a child left
    #[arg(long, value_name = "COLUMN", requires = "follow_up")]
    watched: Option<String>,
    #[command(flatten)]
    pub(crate) cohort: CohortArguments,
    #[command(flatten)]
    pub(crate) rule: RuleArguments,
}

impl EffectArguments {
    /// Where the table says how long each child had been in care when.
    pub(crate) fn risk_sets(&self) -> Option<RiskSetColumns> {
        Some(RiskSetColumns {
            times: self.in_care.times()?,
            dated: self.follow_up.map(|days| DatedOutcome {
                days,
                watched: self.watched.clone(),
            }),
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DrawIntervalsArgument {
    /// Between percentiles
    Percentile,
    /// Between percentiles corrected for bias and skew
    Bca,
    /// Both, beside each other
    Both,
}

impl From<DrawIntervalsArgument> for DrawIntervals {
    fn from(which: DrawIntervalsArgument) -> Self {
        match which {
            DrawIntervalsArgument::Percentile => Self::Percentile,
            DrawIntervalsArgument::Bca => Self::BiasCorrected,
            DrawIntervalsArgument::Both => Self::Both,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MethodArgument {
    /// Not at all
    Unadjusted,
    /// Pairs by propensity score, then a regression within each arm
    Matched,
    /// Comparators weighted to be like the programme's children
    AttWeights,
    /// Both arms weighted to those who might have been in either
    Overlap,
    /// Comparators weighted so that the means of all covariates agree
    Entropy,
    /// Outcome regression and propensity score together
    Aipw,
}

impl From<MethodArgument> for ComparisonMethod {
    fn from(method: MethodArgument) -> Self {
        match method {
            MethodArgument::Unadjusted => Self::Unadjusted,
            MethodArgument::Matched => Self::Matched,
            MethodArgument::AttWeights => Self::AttWeights,
            MethodArgument::Overlap => Self::Overlap,
            MethodArgument::Entropy => Self::Entropy,
            MethodArgument::Aipw => Self::Aipw,
        }
    }
}
