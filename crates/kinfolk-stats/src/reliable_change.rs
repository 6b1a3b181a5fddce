//! Whether one person's change is more than the instrument's own unsteadiness.

use crate::StatsError;

/// The size beyond which 5 per cent of changes lie when nothing has changed, in standard errors; the
/// rounded figure that the method's authors use.
const CRITICAL: f64 = 1.96;

/// The yardstick of Jacobson and Truax for one instrument in one population.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReliableChangeIndex {
    standard_deviation: f64,
    reliability: f64,
}

/// What happened to one person, by change alone. High scores are the worse ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReliableClass {
    /// Fell by more than the instrument's unsteadiness.
    Improved,
    /// Within it.
    Unchanged,
    /// Rose by more.
    Deteriorated,
}

/// Sets up the index of reliable change from the standard deviation of scores before and the
/// reliability of the instrument.
///
/// Both decide the answer, so both belong beside every result, with their source.
///
/// See `docs/methods/reliable-change.md`.
///
/// ```
/// use kinfolk_stats::{ReliableClass, reliable_change};
/// let index = reliable_change(7.5, 0.80)?;
/// assert_eq!((index.index(32.5 - 47.5) * 1e4).round(), -31623.0);
/// assert_eq!(index.class(32.5 - 47.5), ReliableClass::Improved);
/// # Ok::<(), kinfolk_stats::StatsError>(())
/// ```
///
/// # Errors
///
/// [`StatsError::StandardDeviation`] unless above 0 and finite, [`StatsError::Reliability`] unless
/// at least 0 and below 1.
pub fn reliable_change(
    standard_deviation: f64,
    reliability: f64,
) -> Result<ReliableChangeIndex, StatsError> {
    check_spread(standard_deviation, reliability)?;
    Ok(ReliableChangeIndex {
        standard_deviation,
        reliability,
    })
}

/// Refuses a standard deviation or a reliability out of range.
pub(crate) fn check_spread(standard_deviation: f64, reliability: f64) -> Result<(), StatsError> {
    if !(standard_deviation > 0.0 && standard_deviation.is_finite()) {
        return Err(StatsError::StandardDeviation(standard_deviation));
    }
    if !(0.0..1.0).contains(&reliability) {
        return Err(StatsError::Reliability(reliability));
    }
    Ok(())
}

impl ReliableChangeIndex {
    /// The standard error of one score, in points: SD·√(1 − r).
    pub fn standard_error_of_measurement(self) -> f64 {
        self.standard_deviation * (1.0 - self.reliability).sqrt()
    }

    /// The standard error of the difference of two scores, in points.
    pub fn standard_error_of_difference(self) -> f64 {
        self.standard_error_of_measurement() * std::f64::consts::SQRT_2
    }

    /// A change (after less before) in standard errors of a difference.
    pub fn index(self, change: f64) -> f64 {
        change / self.standard_error_of_difference()
    }

    /// The change that a reliable one must exceed, in points. A change of exactly this is not enough.
    pub fn threshold(self) -> f64 {
        CRITICAL * self.standard_error_of_difference()
    }

    /// The smallest whole number of points that is a reliable change.
    pub fn smallest_whole_change(self) -> u32 {
        self.threshold().floor() as u32 + 1
    }

    /// The class of a change (after less before) on a scale where high is worse. On a scale where
    /// high is better, pass before less after.
    pub fn class(self, change: f64) -> ReliableClass {
        if change < -self.threshold() {
            ReliableClass::Improved
        } else if change > self.threshold() {
            ReliableClass::Deteriorated
        } else {
            ReliableClass::Unchanged
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_textbook_case() {
        let index = reliable_change(7.5, 0.80).unwrap();
        assert!((index.standard_error_of_difference() - 4.743_416_490_252_569).abs() < 1e-12);
        assert!((index.index(32.5 - 47.5) + 3.162_277_660_168_379).abs() < 1e-12);
    }

    #[test]
    fn the_reliability_moves_the_threshold() {
        let check = |deviation, reliability, measurement: f64, threshold: f64, smallest| {
            let index = reliable_change(deviation, reliability).unwrap();
            let found = (index.standard_error_of_measurement(), index.threshold());
            assert!((found.0 - measurement).abs() < 5e-4, "{found:?}");
            assert!((found.1 - threshold).abs() < 5e-3, "{found:?}");
            assert_eq!(index.smallest_whole_change(), smallest);
        };
        check(5.8, 0.82, 2.461, 6.82, 7);
        check(5.8, 0.72, 3.069, 8.51, 9);
        check(6.0, 0.87, 2.163, 5.996, 6);
        check(6.0, 0.80, 2.683, 7.44, 8);
        check(5.2, 0.80, 2.326, 6.45, 7);
        check(5.2, 0.62, 3.205, 8.89, 9);
    }

    #[test]
    fn a_change_of_exactly_the_threshold_is_not_enough() {
        // SD 5 and r 0.5 make the standard error of a difference 5 and the threshold 9.8.
        let index = reliable_change(5.0, 0.5).unwrap();
        assert_eq!(index.class(index.threshold()), ReliableClass::Unchanged);
        assert_eq!(index.class(-index.threshold()), ReliableClass::Unchanged);
        assert_eq!(index.class(9.81), ReliableClass::Deteriorated);
        assert_eq!(index.class(-9.81), ReliableClass::Improved);
        assert_eq!(index.class(0.0), ReliableClass::Unchanged);
    }

    #[test]
    fn what_no_instrument_has_is_refused() {
        for (deviation, reliability) in [(0.0, 0.5), (-1.0, 0.5), (f64::INFINITY, 0.5)] {
            let error = reliable_change(deviation, reliability).unwrap_err();
            assert_eq!(error, StatsError::StandardDeviation(deviation));
        }
        for reliability in [-0.1, 1.0, 1.2, f64::NAN] {
            assert!(matches!(
                reliable_change(5.0, reliability),
                Err(StatsError::Reliability(_))
            ));
        }
    }

    proptest! {
        #[test]
        fn the_smallest_whole_change_is_reliable_and_one_less_is_not(
            deviation in 0.1f64..20.0, reliability in 0.0f64..0.99,
        ) {
            let index = reliable_change(deviation, reliability).unwrap();
            let smallest = f64::from(index.smallest_whole_change());
            prop_assert_eq!(index.class(-smallest), ReliableClass::Improved);
            prop_assert_eq!(index.class(1.0 - smallest), ReliableClass::Unchanged);
        }
    }
}
