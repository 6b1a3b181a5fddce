//! The mean of a sample.

use crate::{Confidence, Estimated, Interval, Sample};

/// Which means agree with this sample? The mean with Student's t interval.
///
/// Units are those of the values. `None` of an empty sample. Without an interval when the sample has
/// one value or all its values are equal: it then says nothing of the spread.
///
/// See `docs/methods/mean-t.md`.
///
/// ```
/// use kinfolk_stats::{Confidence, Sample, mean};
/// let sample = Sample::from_counts([4, 6, 8]);
/// let result = mean(&sample, Confidence::default()).ok_or("empty")?;
/// assert_eq!(result.value, 6.0);
/// # Ok::<(), &str>(())
/// ```
pub fn mean(sample: &Sample, confidence: Confidence) -> Option<Estimated> {
    let value = sample.average()?;
    Some(Estimated {
        value,
        interval: margin(sample, confidence).map(|margin| Interval::around(value, margin)),
    })
}

fn margin(sample: &Sample, confidence: Confidence) -> Option<f64> {
    let variance = sample.variance().filter(|_| !sample.is_constant())?;
    let n = sample.len() as f64;
    Some(confidence.student_quantile(n - 1.0) * (variance / n).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_small_or_too_even_a_sample_has_no_interval() {
        let check = |counts: &[u32], expected: Option<f64>| {
            let result = mean(
                &Sample::from_counts(counts.iter().copied()),
                Confidence::default(),
            );
            assert_eq!(result.map(|r| r.value), expected);
            assert_eq!(result.and_then(|r| r.interval), None);
        };
        check(&[], None);
        check(&[9], Some(9.0));
        check(&[5, 5, 5, 5], Some(5.0));
    }

    #[test]
    fn two_values_by_hand() {
        // Mean 5, standard error 2, t with one degree of freedom 12.7062.
        let result = mean(&Sample::from_counts([3, 7]), Confidence::default()).unwrap();
        let interval = result.interval.unwrap();
        assert!((interval.upper - (5.0 + 2.0 * 12.706_204_736_174_698)).abs() < 1e-9);
        assert!((interval.lower - (5.0 - 2.0 * 12.706_204_736_174_698)).abs() < 1e-9);
    }
}
