//! Two means of which only n, mean and standard deviation are known.

use crate::hedges_g::{pooled_variance, standardised};
use crate::sample::Moments;
use crate::welch::welch;
use crate::{Confidence, EffectSize, StatsError, TTest, WelchDifference};

/// A group as a table prints it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    n: u64,
    mean: f64,
    sd: f64,
}

impl Summary {
    /// Checks the three numbers; `sd` is the standard deviation of the values, not of their mean.
    ///
    /// # Errors
    ///
    /// [`StatsError::NotFinite`] for a mean that is no number, at place 0 without values;
    /// [`StatsError::StandardDeviation`] for one below 0.
    pub fn new(n: u64, mean: f64, sd: f64) -> Result<Self, StatsError> {
        if n == 0 || !mean.is_finite() {
            return Err(StatsError::NotFinite { at: 0, value: mean });
        }
        if !(sd >= 0.0 && sd.is_finite()) {
            return Err(StatsError::StandardDeviation(sd));
        }
        Ok(Self { n, mean, sd })
    }

    fn moments(self) -> Moments {
        Moments {
            n: self.n as f64,
            mean: self.mean,
            variance: (self.n > 1).then_some(self.sd * self.sd),
        }
    }
}

/// How two means differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeansCompared {
    /// With each group's own spread: the one to report.
    pub welch: WelchDifference,
    /// With one spread for both, as many tables print it. `None` without spread.
    pub pooled: Option<TTest>,
    /// In standard deviations; `None` where [`hedges_g`](crate::hedges_g) has none.
    pub size: Option<EffectSize>,
}

/// By how much do two printed means differ? The first less the second.
///
/// It is the unadjusted difference: where a paper adjusts for the start, its own figure will differ.
///
/// See `docs/methods/published.md`.
pub fn compare_means(first: Summary, second: Summary, confidence: Confidence) -> MeansCompared {
    let (a, b) = (first.moments(), second.moments());
    let degrees = a.n + b.n - 2.0;
    let pooled = pooled_variance(a, b).filter(|_| degrees >= 1.0);
    MeansCompared {
        welch: welch(a, b, confidence),
        pooled: pooled.map(|variance| {
            let error = (variance * (1.0 / a.n + 1.0 / b.n)).sqrt();
            TTest::new(a.mean - b.mean, error, degrees)
        }),
        size: standardised(a, b, confidence),
    }
}
