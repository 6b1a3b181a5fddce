//! Why an appraisal cannot be made.

use kinfolk_model::PriceYear;
use kinfolk_stats::StatsError;

/// Why an appraisal cannot be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EconomicsError {
    /// An index does not reach a year, or only as a forecast.
    #[error("the price index has no outturn for {0}")]
    PriceYear(PriceYear),
    /// An estimate of the study that the appraisal rests on is not there, or has no value.
    #[error("\u{2018}{input}\u{2019} should come from `{key}` of this study, which {reason}")]
    NoEstimate {
        /// The words for the input.
        input: String,
        /// The estimate.
        key: String,
        /// What is the matter with it.
        reason: String,
    },
    /// An input whose distribution cannot be.
    #[error("the input `{input}` cannot have that spread: {source}")]
    Spread {
        /// The input.
        input: String,
        /// Why.
        source: StatsError,
    },
    /// A correlation names an input that does not exist, or one that is held fixed.
    #[error("a correlation names `{0}`, which is no uncertain input")]
    UnknownInput(String),
    /// Correlations that cannot be together.
    #[error(transparent)]
    Correlations(#[from] StatsError),
    /// Lists that should be of one length.
    #[error("{found} {what} where {expected} belong")]
    Lengths {
        /// What is listed.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
    /// Thresholds that do not rise.
    #[error("thresholds must rise, and {0} does not")]
    Thresholds(f64),
}
