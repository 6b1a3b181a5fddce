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
    /// Correlations that no numbers can have together.
    #[error("no {0} numbers can have these correlations together")]
    Correlations(usize),
    /// No distribution of that form has these moments.
    #[error("no {form} distribution has centre {mean} and spread {sd}")]
    NoSuchDistribution {
        /// The form.
        form: &'static str,
        /// The mean, or the likeliest value.
        mean: f64,
        /// The standard deviation, or the width.
        sd: f64,
    },
    /// A probability out of range.
    #[error("probability {0} is not between 0 and 1")]
    Probability(f64),
    /// A standard deviation that is not above 0.
    #[error("standard deviation {0} is not above 0")]
    StandardDeviation(f64),
    /// A reliability, or a correlation between two occasions, out of range.
    #[error("reliability {0} is not at least 0 and below 1")]
    Reliability(f64),
    /// A table that should have as many columns as rows.
    #[error("row {row} has {columns} columns in a table of {rows} rows")]
    NotSquare {
        /// The row, from 0.
        row: usize,
        /// Its columns.
        columns: usize,
        /// The rows of the table.
        rows: usize,
    },
    /// Lists that should have one value a subject.
    #[error("{found} values of {what} where there should be {expected}")]
    UnequalLengths {
        /// What the values are.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many subjects.
        expected: usize,
    },
    /// A value that cannot be below 0.
    #[error("value {value} at position {at} is below 0")]
    BelowZero {
        /// Its position, from 0.
        at: usize,
        /// The value.
        value: f64,
    },
    /// A subject that leaves before it enters.
    #[error("entry {entry} at position {at} is not before exit {exit}")]
    EntryNotBeforeExit {
        /// Its position, from 0.
        at: usize,
        /// When it enters.
        entry: f64,
        /// When it leaves.
        exit: f64,
    },
    /// Fewer than two groups in which the event could have been seen.
    #[error("there are not two groups to compare")]
    NothingToCompare,
}
