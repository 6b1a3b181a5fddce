//! Student's t for paired values.

use crate::paired::differences;
use crate::tail::student_beyond;
use crate::{Sample, StatsError};

/// A test of a mean, or of the difference of two, against 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TTest {
    /// The estimate over its standard error.
    pub t: f64,
    /// Whole for one sample, fractional for Welch's test.
    pub degrees_of_freedom: f64,
    /// Two-sided.
    pub p_value: f64,
}

impl TTest {
    pub(crate) fn new(estimate: f64, standard_error: f64, degrees_of_freedom: f64) -> Self {
        let t = estimate / standard_error;
        Self {
            t,
            degrees_of_freedom,
            p_value: student_beyond(t, degrees_of_freedom),
        }
    }
}

/// Could a mean change of this size be chance? The paired t test of after less before.
///
/// A rise has a positive t. `None` with fewer than two pairs or when every difference is the same.
/// Report it beside [`paired_difference`](crate::paired_difference), which has the change and its
/// interval.
///
/// See `docs/methods/paired-t.md`.
///
/// ```
/// use kinfolk_stats::paired_t_test;
/// let test = paired_t_test(&[20.0, 17.0, 25.0], &[17.0, 18.0, 19.0])?.ok_or("no spread")?;
/// assert_eq!(test.degrees_of_freedom, 2.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`StatsError::NotPairs`] when the lists differ in length, [`StatsError::NotFinite`] when a
/// difference is not finite.
pub fn paired_t_test(before: &[f64], after: &[f64]) -> Result<Option<TTest>, StatsError> {
    Ok(one_sample(&differences(before, after)?))
}

fn one_sample(sample: &Sample) -> Option<TTest> {
    let variance = sample.variance().filter(|_| !sample.is_constant())?;
    let n = sample.len() as f64;
    Some(TTest::new(
        sample.average()?,
        (variance / n).sqrt(),
        n - 1.0,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_pairs_by_hand() {
        // Differences 1 and 3: mean 2, standard error 1; with one degree of freedom t is Cauchy.
        let test = paired_t_test(&[0.0, 0.0], &[1.0, 3.0]).unwrap().unwrap();
        assert_eq!((test.t, test.degrees_of_freedom), (2.0, 1.0));
        let expected = 1.0 - 2.0 / std::f64::consts::PI * 2.0_f64.atan();
        assert!((test.p_value - expected).abs() < 1e-12, "{test:?}");
    }

    #[test]
    fn without_spread_there_is_no_test() {
        let check = |before: &[f64], after: &[f64]| {
            assert_eq!(paired_t_test(before, after), Ok(None));
        };
        check(&[], &[]);
        check(&[3.0], &[5.0]);
        check(&[3.0, 4.0], &[5.0, 6.0]);
    }
}
