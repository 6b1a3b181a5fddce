//! Change from before to after, pair by pair.

use crate::{Confidence, Estimated, Sample, StatsError, mean, median};

/// How large is the mean change? The mean of after less before, with Student's t interval of the
/// differences.
///
/// Units are those of the values; a rise is positive. `None` without pairs. Without an interval when
/// there is one pair or every difference is the same.
///
/// See `docs/methods/paired-t.md`.
///
/// # Errors
///
/// [`StatsError::NotPairs`] when the lists differ in length, [`StatsError::NotFinite`] when a
/// difference is not finite.
pub fn paired_difference(
    before: &[f64],
    after: &[f64],
    confidence: Confidence,
) -> Result<Option<Estimated>, StatsError> {
    Ok(mean(&differences(before, after)?, confidence))
}

/// How large is the typical change? The median of after less before, with the interval between two
/// order statistics of the differences (the interval that inverts the sign test).
///
/// Units are those of the values; a rise is positive. `None` without pairs. Without an interval when
/// there are too few pairs for the level.
///
/// See `docs/methods/median.md`.
///
/// # Errors
///
/// As for [`paired_difference`].
pub fn paired_median_difference(
    before: &[f64],
    after: &[f64],
    confidence: Confidence,
) -> Result<Option<Estimated>, StatsError> {
    Ok(median(&differences(before, after)?, confidence))
}

/// After less before, checked; sorted, so that no result depends on the order of the pairs.
pub(crate) fn differences(before: &[f64], after: &[f64]) -> Result<Sample, StatsError> {
    if before.len() != after.len() {
        return Err(StatsError::NotPairs {
            before: before.len(),
            after: after.len(),
        });
    }
    Sample::new(after.iter().zip(before).map(|(a, b)| a - b).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_different_length_are_refused() {
        let confidence = Confidence::default();
        let error = paired_difference(&[1.0], &[1.0, 2.0], confidence).unwrap_err();
        assert_eq!(
            error.to_string(),
            "1 values before and 2 after are not pairs"
        );
        assert!(paired_median_difference(&[1.0], &[], confidence).is_err());
        assert!(paired_difference(&[f64::MAX], &[-f64::MAX], confidence).is_err());
    }

    #[test]
    fn without_pairs_there_is_no_result() {
        let confidence = Confidence::default();
        assert_eq!(paired_difference(&[], &[], confidence), Ok(None));
        assert_eq!(paired_median_difference(&[], &[], confidence), Ok(None));
    }
}
