//! The difference of two means.

use crate::sample::Moments;
use crate::{Confidence, Estimated, Interval, Sample, TTest};

/// The difference of two means, with Welch's interval and test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WelchDifference {
    /// The first mean less the second.
    pub difference: Estimated,
    /// `None` where there is no interval either.
    pub test: Option<TTest>,
}

/// By how much do two means differ? The first less the second, with Welch's t interval and test,
/// which allow each group its own spread.
///
/// Units are those of the values. `None` when either sample is empty. Without an interval when either
/// has one value, or when neither varies.
///
/// See `docs/methods/welch.md`.
pub fn welch_difference(
    first: &Sample,
    second: &Sample,
    confidence: Confidence,
) -> Option<WelchDifference> {
    Some(welch(first.moments()?, second.moments()?, confidence))
}

pub(crate) fn welch(first: Moments, second: Moments, confidence: Confidence) -> WelchDifference {
    let value = first.mean - second.mean;
    let spread = standard_error(first, second);
    let margin = |(error, degrees): (f64, f64)| confidence.student_quantile(degrees) * error;
    WelchDifference {
        difference: Estimated {
            value,
            interval: spread.map(|spread| Interval::around(value, margin(spread))),
        },
        test: spread.map(|(error, degrees)| TTest::new(value, error, degrees)),
    }
}

/// The standard error of the difference, and Satterthwaite's degrees of freedom.
fn standard_error(first: Moments, second: Moments) -> Option<(f64, f64)> {
    let part = |group: Moments| {
        let share = group.variance? / group.n;
        Some((share, share.powi(2) / (group.n - 1.0)))
    };
    let (a, b) = (part(first)?, part(second)?);
    (a.0 + b.0 > 0.0).then(|| ((a.0 + b.0).sqrt(), (a.0 + b.0).powi(2) / (a.1 + b.1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn welch(first: &[f64], second: &[f64]) -> Option<WelchDifference> {
        let [a, b] = [first, second].map(|values| Sample::new(values.to_vec()).unwrap());
        welch_difference(&a, &b, Confidence::default())
    }

    #[test]
    fn extra_sleep_under_two_drugs() {
        // Student's sleep data, as if of twenty people.
        let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        let test = welch(&first, &second).unwrap().test.unwrap();
        let close = |found: f64, expected: f64| assert!((found - expected).abs() < 5e-7, "{found}");
        close(test.t, -1.860_813);
        close(test.degrees_of_freedom, 17.776_474);
        close(test.p_value, 0.079_394);
        let paired = crate::paired_t_test(&second, &first).unwrap().unwrap();
        close(paired.t, -4.062_128);
        close(paired.p_value, 0.002_833);
    }

    #[test]
    fn too_small_or_too_even() {
        assert_eq!(welch(&[], &[1.0]), None);
        let check = |first: &[f64], second: &[f64]| {
            let found = welch(first, second).unwrap();
            assert_eq!((found.difference.interval, found.test), (None, None));
        };
        check(&[1.0], &[2.0, 3.0]);
        check(&[1.0, 1.0], &[2.0, 2.0]);
        // One group without spread is allowed: all the uncertainty is the other's.
        let half = welch(&[1.0, 1.0], &[2.0, 4.0]).unwrap().test.unwrap();
        assert_eq!(half.degrees_of_freedom, 1.0);
    }
}
