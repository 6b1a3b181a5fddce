//! How long, on average, within a fixed time.

use super::kaplan_meier::greenwood;
use super::tally::tally;
use super::{Band, FollowUp, kaplan_meier};
use crate::tail::normal_beyond;
use crate::{Confidence, Estimated, Interval, StatsError};

/// The mean time without the event up to a horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RestrictedMean {
    /// The horizon, in the unit of the follow-up.
    pub horizon: f64,
    /// The mean time: the area under the curve up to the horizon.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Its interval, within 0 and the horizon.
    pub interval: Interval,
}

impl From<RestrictedMean> for Estimated {
    fn from(mean: RestrictedMean) -> Self {
        Self {
            value: mean.value,
            interval: Some(mean.interval),
        }
    }
}

/// Two groups' mean times beside each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RestrictedMeanContrast {
    /// The first group.
    pub first: RestrictedMean,
    /// The second.
    pub second: RestrictedMean,
    /// First less second.
    pub difference: f64,
    /// The interval of the difference.
    pub difference_interval: Interval,
    /// The two-sided chance of a difference at least as large; `None` when neither mean has spread.
    pub p_value: Option<f64>,
    /// First over second; `None` when the second is 0.
    pub ratio: Option<f64>,
    /// The interval of the ratio, symmetric in its logarithm; `None` when a mean is 0.
    pub ratio_interval: Option<Interval>,
}

/// How long does a subject stay without the event, on average, within the horizon? Needs no
/// assumption on hazards. The standard error is Greenwood's.
///
/// See `docs/methods/restricted-mean.md`.
///
/// # Errors
///
/// [`StatsError::Horizon`] when the horizon is not above 0, or lies beyond the last time seen while
/// some are still without the event.
pub fn restricted_mean(
    follow_up: &FollowUp,
    horizon: f64,
    confidence: Confidence,
) -> Result<RestrictedMean, StatsError> {
    let curve = kaplan_meier(follow_up, Band::Plain, confidence);
    let last = curve.as_ref().map_or(0.0, |curve| curve.last_time());
    let seen = curve
        .as_ref()
        .is_some_and(|curve| curve.at(horizon).is_some());
    if !(horizon > 0.0 && seen) {
        return Err(StatsError::Horizon { horizon, last });
    }
    let (value, variance) = area_and_variance(follow_up, horizon);
    let standard_error = variance.sqrt();
    let margin = confidence.normal_quantile() * standard_error;
    Ok(RestrictedMean {
        horizon,
        value,
        standard_error,
        interval: Interval {
            lower: (value - margin).max(0.0),
            upper: (value + margin).min(horizon),
        },
    })
}

/// How much longer does a subject of the first group stay without the event than one of the second?
///
/// # Errors
///
/// As for [`restricted_mean`], for either group.
pub fn compare_restricted_means(
    first: &FollowUp,
    second: &FollowUp,
    horizon: f64,
    confidence: Confidence,
) -> Result<RestrictedMeanContrast, StatsError> {
    let first = restricted_mean(first, horizon, confidence)?;
    let second = restricted_mean(second, horizon, confidence)?;
    Ok(RestrictedMeanContrast::of(first, second, confidence))
}

impl RestrictedMeanContrast {
    /// Of two means that stand alone.
    pub fn of(first: RestrictedMean, second: RestrictedMean, confidence: Confidence) -> Self {
        let z = confidence.normal_quantile();
        let difference = first.value - second.value;
        let error = first.standard_error.hypot(second.standard_error);
        let both_above_zero = first.value > 0.0 && second.value > 0.0;
        Self {
            first,
            second,
            difference,
            difference_interval: Interval::around(difference, z * error),
            p_value: (error > 0.0).then(|| normal_beyond(difference / error)),
            ratio: (second.value > 0.0).then(|| first.value / second.value),
            ratio_interval: both_above_zero.then(|| ratio_interval(&first, &second, z)),
        }
    }
}

fn ratio_interval(first: &RestrictedMean, second: &RestrictedMean, z: f64) -> Interval {
    let relative = |mean: &RestrictedMean| mean.standard_error / mean.value;
    let margin = (z * relative(first).hypot(relative(second))).exp();
    let ratio = first.value / second.value;
    Interval {
        lower: ratio / margin,
        upper: ratio * margin,
    }
}

/// Walks back from the horizon: an event moves the whole area to its right.
fn area_and_variance(follow_up: &FollowUp, horizon: f64) -> (f64, f64) {
    let mut survival = 1.0;
    let mut steps = Vec::new();
    for at in tally(follow_up).iter().take_while(|at| at.time < horizon) {
        survival *= 1.0 - at.events as f64 / at.at_risk as f64;
        steps.push((at.time, survival, greenwood(at)));
    }
    let (mut area, mut variance, mut right) = (0.0_f64, 0.0, horizon);
    for &(time, survival, relative_variance) in steps.iter().rev() {
        area += survival * (right - time);
        if area > 0.0 {
            variance += area * area * relative_variance;
        }
        right = time;
    }
    (area + right, variance)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follow_up(times: &[f64], events: &[bool]) -> FollowUp {
        FollowUp::new(times, events).unwrap()
    }

    fn mean(times: &[f64], events: &[bool], horizon: f64) -> Result<f64, StatsError> {
        restricted_mean(&follow_up(times, events), horizon, Confidence::default())
            .map(|found| found.value)
    }

    #[test]
    fn without_censoring_it_is_the_mean_of_times_cut_at_the_horizon() {
        let times = [2.0, 4.0, 6.0, 8.0];
        let check = |horizon: f64, expected: f64| {
            let found = mean(&times, &[true; 4], horizon).unwrap();
            assert!((found - expected).abs() < 1e-12, "{horizon}");
        };
        check(1.0, 1.0);
        check(5.0, (2.0 + 4.0 + 5.0 + 5.0) / 4.0);
        check(8.0, 5.0);
        check(100.0, 5.0);
        // The variance is that of the cut times over n.
        let found = restricted_mean(&follow_up(&times, &[true; 4]), 5.0, Confidence::default());
        let variance = (4.0 + 0.0 + 1.0 + 1.0) / 4.0 / 4.0;
        assert!((found.unwrap().standard_error.powi(2) - variance).abs() < 1e-12);
    }

    #[test]
    fn a_horizon_beyond_what_was_seen_is_refused() {
        let beyond = |horizon| Err(StatsError::Horizon { horizon, last: 3.0 });
        assert_eq!(mean(&[1.0, 3.0], &[true, false], 4.0), beyond(4.0));
        assert_eq!(mean(&[1.0, 3.0], &[true, false], 0.0), beyond(0.0));
        assert!(mean(&[1.0, 3.0], &[true, false], f64::NAN).is_err());
        assert!(mean(&[], &[], 1.0).is_err());
        assert_eq!(mean(&[1.0, 3.0], &[true, false], 3.0), Ok(2.0));
    }

    #[test]
    fn groups_alike_do_not_differ() {
        let group = follow_up(&[1.0, 2.0, 3.0], &[true, false, true]);
        let found = compare_restricted_means(&group, &group, 2.0, Confidence::default()).unwrap();
        assert_eq!(
            (found.difference, found.ratio, found.p_value),
            (0.0, Some(1.0), Some(1.0))
        );
        let still = follow_up(&[5.0, 5.0], &[false, false]);
        let found = compare_restricted_means(&still, &still, 2.0, Confidence::default()).unwrap();
        assert_eq!(found.p_value, None);
    }
}
