//! Input that no data can give.

/// Why a method refuses its input.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum StatsError {
    /// A level of confidence out of range.
    #[error("confidence {0} is not between 0.5 and 0.999")]
    Confidence(f64),
    /// More successes than trials.
    #[error("{successes} successes in {trials} trials")]
    MoreSuccessesThanTrials {
        /// The successes.
        successes: u64,
        /// The trials.
        trials: u64,
    },
    /// A value that is infinite or not a number.
    #[error("value {value} at position {at} is not finite")]
    NotFinite {
        /// Its position, from 0.
        at: usize,
        /// The value.
        value: f64,
    },
    /// Two lists that should be pairs.
    #[error("{before} values before and {after} after are not pairs")]
    NotPairs {
        /// The length of the first list.
        before: usize,
        /// The length of the second.
        after: usize,
    },
    /// A probability out of range.
    #[error("probability {0} is not between 0 and 1")]
    Probability(f64),
}
