//! Successes out of trials.

use crate::StatsError;

/// Successes out of trials; never more of the first than of the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proportion {
    successes: u64,
    trials: u64,
}

impl Proportion {
    /// Checks the two counts.
    ///
    /// # Errors
    ///
    /// [`StatsError::MoreSuccessesThanTrials`].
    pub fn new(successes: u64, trials: u64) -> Result<Self, StatsError> {
        if successes > trials {
            return Err(StatsError::MoreSuccessesThanTrials { successes, trials });
        }
        Ok(Self { successes, trials })
    }

    /// The successes.
    pub fn successes(self) -> u64 {
        self.successes
    }

    /// The trials.
    pub fn trials(self) -> u64 {
        self.trials
    }

    /// The share, in 0..=1; `None` without trials.
    pub fn share(self) -> Option<f64> {
        (self.trials > 0).then(|| self.successes as f64 / self.trials as f64)
    }
}
