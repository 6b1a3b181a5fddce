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
    /// A row of a table with more or fewer values than the table has columns.
    #[error("{found} values where {expected} belong")]
    RowLength {
        /// How many values there should be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// More visits than a repeated-measures model takes.
    #[error("{0} visits are more than 64")]
    TooManyVisits(usize),
    /// A slope for each visit in a model whose visits share one mean.
    #[error("a slope for each visit needs a mean for each visit")]
    SlopesWithoutMeans,
    /// A weight that is not above 0.
    #[error("weight {value} at position {at} is not above 0")]
    Weight {
        /// Its position, from 0.
        at: usize,
        /// The weight.
        value: f64,
    },
    /// A model of events without an event, or without a covariate.
    #[error("there are no events, or no covariates, to fit a model to")]
    NoEvents,
    /// A covariate that follows from those before it, or is the same for all.
    #[error("covariate {covariate} says nothing that those before it do not say")]
    Collinear {
        /// Its position, from 0.
        covariate: usize,
    },
    /// A covariate that tells events from the rest so well that its coefficient has no end.
    #[error("the coefficient of covariate {covariate} grows without end")]
    Separated {
        /// Its position, from 0.
        covariate: usize,
    },
    /// Means of covariates that no weights above 0 can give the comparators.
    #[error("no weights bring the comparators to the mean of the treated in covariate {covariate}")]
    OutOfReach {
        /// The covariate that keeps them furthest apart; its position, from 0.
        covariate: usize,
    },
    /// Steps that came to no end.
    #[error("no convergence in {iterations} steps")]
    NotConverged {
        /// How many steps were taken.
        iterations: usize,
    },
    /// Fewer clusters than coefficients.
    #[error("there are too few clusters for robust standard errors")]
    TooFewClusters,
    /// A ratio, or a limit of one, that is not above 0.
    #[error("ratio {0} is not above 0 and finite")]
    Ratio(f64),
    /// A time at risk that is not above 0.
    #[error("exposure {0} is not above 0 and finite")]
    Exposure(f64),
    /// A horizon that is not above 0, or lies beyond what was seen.
    #[error("horizon {horizon} is not between 0 and the last time seen, {last}")]
    Horizon {
        /// The horizon.
        horizon: f64,
        /// The last time seen.
        last: f64,
    },
    /// Subjects all in one arm, or an arm in which nobody counts.
    #[error("one arm has nobody in it")]
    OneArm,
    /// Two subjects with one key.
    #[error("key {0} belongs to two subjects")]
    KeyTwice(u64),
    /// A caliper that is not above 0.
    #[error("caliper {0} is not above 0 and finite")]
    Caliper(f64),
    /// Bins that cannot be.
    #[error("there are no bins, or their cut points do not ascend")]
    Bins,
    /// A propensity score that is not a chance.
    #[error("score {value} at position {at} is not above 0 and below 1")]
    Score {
        /// Its position, from 0.
        at: usize,
        /// The score.
        value: f64,
    },
    /// A regression with no more rows than coefficients.
    #[error("{n_rows} rows are too few for {n_coefficients} coefficients")]
    TooFewRows {
        /// The rows.
        n_rows: usize,
        /// The coefficients, with the intercept.
        n_coefficients: usize,
    },
    /// A hidden bias below 1.
    #[error("hidden bias {0} is not at least 1 and finite")]
    Gamma(f64),
    /// A standard error or variance that no estimate has.
    #[error("standard error {0} is not above 0 and finite, or there are no degrees of freedom")]
    StandardError(f64),
    /// Too few degrees of freedom for an interval that ends anywhere.
    #[error("{0} degrees of freedom are too few for an interval")]
    DegreesOfFreedom(f64),
    /// An arm too small to compare.
    #[error("an arm of {0} is not at least 2")]
    ArmSize(f64),
    /// An arm with too few subjects to say anything of its effect.
    #[error("too few in the {arm} arm: {n}, where {least} are needed")]
    ArmTooSmall {
        /// Treated or comparator.
        arm: &'static str,
        /// Its subjects.
        n: usize,
        /// How many there must be.
        least: usize,
    },
    /// Too few in an arm with the outcome, or without it.
    #[error("{n} of the {arm} arm are {which} the outcome where {least} are needed")]
    CellTooSmall {
        /// Treated or comparator.
        arm: &'static str,
        /// With or without.
        which: &'static str,
        /// How many there are.
        n: usize,
        /// How many there must be.
        least: usize,
    },
    /// Arms of which no subject is like any of the other.
    #[error("the arms do not overlap: no subject of one is like any of the other")]
    NoOverlap,
    /// Too many bootstrap draws without an effect.
    #[error("{failed} of {draws} bootstrap draws gave no effect")]
    DrawsFailed {
        /// How many gave none.
        failed: usize,
        /// How many were drawn.
        draws: usize,
    },
    /// Someone asked the work to stop.
    #[error("the work was asked to stop")]
    Stopped,
}

impl StatsError {
    /// Whether the data cannot carry an effect, rather than being no data at all.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::OneArm
                | Self::ArmTooSmall { .. }
                | Self::CellTooSmall { .. }
                | Self::NoOverlap
                | Self::Separated { .. }
                | Self::OutOfReach { .. }
                | Self::TooFewRows { .. }
                | Self::TooFewClusters
                | Self::NotConverged { .. }
                | Self::DrawsFailed { .. }
        )
    }
}
