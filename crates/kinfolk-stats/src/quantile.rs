//! Quantiles of a sample.

use crate::{Sample, StatsError};

/// Below which value lies this share of the sample? Linear between neighbouring values (type 7 of
/// Hyndman and Fan, the default of R and NumPy).
///
/// `probability` lies in 0..=1; units are those of the values. `None` of an empty sample.
///
/// See `docs/methods/quantile.md`.
///
/// # Errors
///
/// [`StatsError::Probability`] outside 0..=1.
pub fn quantile(sample: &Sample, probability: f64) -> Result<Option<f64>, StatsError> {
    if !(0.0..=1.0).contains(&probability) {
        return Err(StatsError::Probability(probability));
    }
    Ok(quantile_of_sorted(sample.sorted(), probability))
}

pub(crate) fn quantile_of_sorted(values: &[f64], probability: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let position = last as f64 * probability;
    let below = position.floor();
    let (low, high) = (
        values[below as usize],
        values[(below as usize + 1).min(last)],
    );
    Some(low + (position - below) * (high - low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let check = |counts: &[u32], probability, expected| {
            let sample = Sample::from_counts(counts.iter().copied());
            assert_eq!(quantile(&sample, probability), Ok(expected));
        };
        check(&[], 0.5, None);
        check(&[7], 0.9, Some(7.0));
        check(&[4, 1, 3, 2], 0.5, Some(2.5));
        check(&[4, 1, 3, 2], 0.0, Some(1.0));
        check(&[4, 1, 3, 2], 1.0, Some(4.0));
        check(&[10, 20, 30, 40, 50], 0.25, Some(20.0));
        assert!(quantile(&Sample::default(), 1.5).is_err());
        assert!(quantile(&Sample::default(), f64::NAN).is_err());
    }
}
