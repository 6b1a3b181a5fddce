//! Intervals from draws, corrected for bias and for an error that changes with the value.

use crate::distribution::{normal_below, normal_score};
use crate::{Confidence, Interval, StatsError};

/// Between which values does a statistic lie, judging by draws of it? The bias-corrected and accelerated
/// interval (Efron): percentiles of the draws, moved by how many draws lie below the value and by how
/// skewed the influence of the subjects is.
///
/// `influence` says by how much each subject (or cluster) moves the statistic, up to a common factor:
/// the value less that without the subject, or the empirical influence. Between two draws the
/// percentile is read on the normal scale, as R's `boot.ci` does.
///
/// `None` when all draws lie on one side of the value, or when the percentile asked for lies beyond the
/// draws: then there are too few of them. See `docs/methods/bca.md`.
///
/// # Errors
///
/// [`StatsError::NotFinite`] for a draw or an influence that is no number.
pub fn bca_interval(
    value: f64,
    draws: &[f64],
    influence: &[f64],
    confidence: Confidence,
) -> Result<Option<Interval>, StatsError> {
    for list in [draws, influence, &[value]] {
        if let Some(at) = list.iter().position(|x| !x.is_finite()) {
            return Err(StatsError::NotFinite {
                at,
                value: list[at],
            });
        }
    }
    let mut sorted = draws.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let below = sorted.partition_point(|draw| *draw < value) as f64 / sorted.len().max(1) as f64;
    let Ok(bias) = normal_score(below) else {
        return Ok(None);
    };
    let acceleration = acceleration(influence);
    let tail = (1.0 - confidence.level()) / 2.0;
    let end = |share: f64| {
        let moved = bias + normal_score(share).ok()?;
        let share = normal_below(bias + moved / (1.0 - acceleration * moved));
        read(&sorted, share)
    };
    Ok(end(tail)
        .zip(end(1.0 - tail))
        .map(|(lower, upper)| Interval { lower, upper }))
}

/// A sixth of the skewness of the influence, over the root of its sum of squares.
fn acceleration(influence: &[f64]) -> f64 {
    let power = |n: i32| influence.iter().map(|l| l.powi(n)).sum::<f64>();
    let squares = power(2);
    match squares > 0.0 {
        true => power(3) / (6.0 * squares.powf(1.5)),
        false => 0.0,
    }
}

/// The value at a share of the sorted draws, of which the k-th stands at k / (n + 1).
fn read(sorted: &[f64], share: f64) -> Option<f64> {
    let n = sorted.len();
    let place = share * (n + 1) as f64;
    let below = place.floor() as usize;
    if below == 0 || below > n {
        return None;
    }
    let lower = sorted[below - 1];
    if place == place.floor() {
        return Some(lower);
    }
    let upper = *sorted.get(below)?;
    let score = |k: f64| normal_score(k / (n + 1) as f64).ok();
    let (from, to) = (score(below as f64)?, score(below as f64 + 1.0)?);
    Some(lower + (score(place)? - from) / (to - from) * (upper - lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 to 99, so that the k-th stands at k hundredths.
    fn draws() -> Vec<f64> {
        (1..100).map(f64::from).collect()
    }

    fn at(value: f64, influence: &[f64]) -> Option<Interval> {
        let confidence = Confidence::new(0.9).unwrap();
        bca_interval(value, &draws(), influence, confidence).unwrap()
    }

    #[test]
    fn without_bias_and_skew_percentiles_stay() {
        // 49 and a half draws below would be no bias; with an even number of draws it can be had.
        let even: Vec<f64> = (1..100).filter(|k| *k != 50).map(f64::from).collect();
        let confidence = Confidence::new(0.9).unwrap();
        let found = bca_interval(50.0, &even, &[1.0, -1.0], confidence)
            .unwrap()
            .unwrap();
        assert!(
            (found.lower - 5.0).abs() < 0.1 && (found.upper - 95.0).abs() < 0.1,
            "{found:?}"
        );
    }

    #[test]
    fn more_draws_below_move_it_up() {
        let (low, high) = (at(40.0, &[]).unwrap(), at(60.0, &[]).unwrap());
        assert!(low.lower < high.lower && low.upper < high.upper);
    }

    #[test]
    fn edges() {
        assert_eq!(at(0.5, &[]), None);
        assert_eq!(at(99.5, &[]), None);
        let confidence = Confidence::default();
        assert_eq!(bca_interval(1.0, &[], &[], confidence), Ok(None));
        assert!(bca_interval(1.0, &[f64::NAN], &[], confidence).is_err());
        // 99 draws hold no share of one in a thousand.
        let sure = Confidence::new(0.998).unwrap();
        assert_eq!(bca_interval(50.0, &draws(), &[], sure), Ok(None));
    }
}
