//! How far scores fall by themselves.

use statrs::distribution::{Continuous, Normal};

use crate::StatsError;
use crate::reliable_change::check_spread;
use crate::tail::normal_above;

/// How far would the scores of those picked for a high first score fall with no real change? The
/// mean fall, in points, of people whose first whole-number score is at or above `cut`.
///
/// Scores are taken as normal with the same mean and standard deviation both times and the
/// correlation `reliability` between them; the cut is put half a point lower, because scores are
/// whole. Never below 0.
///
/// See `docs/methods/regression-to-the-mean.md`.
///
/// ```
/// use kinfolk_stats::expected_regression;
/// assert_eq!((expected_regression(14.7, 7.0, 0.62, 17.0)? * 10.0).round(), 26.0);
/// # Ok::<(), kinfolk_stats::StatsError>(())
/// ```
///
/// # Errors
///
/// [`StatsError::StandardDeviation`], [`StatsError::Reliability`], and [`StatsError::NotFinite`] for
/// a mean or a cut that is not finite.
pub fn expected_regression(
    mean: f64,
    standard_deviation: f64,
    reliability: f64,
    cut: f64,
) -> Result<f64, StatsError> {
    check_spread(standard_deviation, reliability)?;
    check_finite(&[mean, cut])?;
    let k = (cut - 0.5 - mean) / standard_deviation;
    Ok(standard_deviation * (1.0 - reliability) * mean_above(k))
}

/// What second score should be expected of somebody with this first score, with no real change?
///
/// See `docs/methods/regression-to-the-mean.md`.
///
/// # Errors
///
/// [`StatsError::Reliability`], and [`StatsError::NotFinite`] for a mean or a score that is not
/// finite.
pub fn expected_second_score(mean: f64, reliability: f64, first: f64) -> Result<f64, StatsError> {
    check_spread(1.0, reliability)?;
    check_finite(&[mean, first])?;
    Ok(mean + reliability * (first - mean))
}

fn check_finite(values: &[f64]) -> Result<(), StatsError> {
    match values.iter().enumerate().find(|(_, v)| !v.is_finite()) {
        Some((at, &value)) => Err(StatsError::NotFinite { at, value }),
        None => Ok(()),
    }
}

/// The mean of the part of a standard normal distribution above `k`.
fn mean_above(k: f64) -> f64 {
    // Further out both terms of the ratio vanish; the next term of the expansion is below 1e-8.
    if k > 30.0 {
        return k + 1.0 / k - 2.0 / k.powi(3) + 10.0 / k.powi(5);
    }
    Normal::standard().pdf(k) / normal_above(k)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(reliability: f64, cut: f64, expected: f64, bound: f64) {
        let found = expected_regression(14.7, 7.0, reliability, cut).unwrap();
        assert!((found - expected).abs() < bound, "{found}");
    }

    #[test]
    fn an_illustration() {
        check(0.62, 17.0, 2.6, 0.05);
        check(0.72, 17.0, 1.9, 0.05);
    }

    #[test]
    fn at_the_mean_by_hand() {
        // Half a normal distribution has mean √(2/π).
        let half = (2.0 / std::f64::consts::PI).sqrt();
        check(0.5, 15.2, 7.0 * 0.5 * half, 1e-9);
        // Everybody is picked: no selection, no fall.
        check(0.5, -1000.0, 0.0, 1e-12);
    }

    #[test]
    fn far_out_the_two_forms_meet() {
        let (near, far) = (mean_above(30.0), mean_above(30.000_001));
        assert!((far - near - 1e-6).abs() < 1e-7, "{near} {far}");
        assert!(mean_above(1e6).is_finite());
    }

    #[test]
    fn a_single_score() {
        assert_eq!(expected_second_score(14.0, 0.5, 20.0), Ok(17.0));
        assert_eq!(expected_second_score(14.0, 0.5, 8.0), Ok(11.0));
        assert!(expected_second_score(14.0, 1.5, 8.0).is_err());
        assert!(expected_second_score(f64::NAN, 0.5, 8.0).is_err());
        assert!(expected_regression(14.0, 0.0, 0.5, 17.0).is_err());
    }
}
