//! The median of a sample.

use statrs::distribution::{Binomial, DiscreteCDF};

use crate::quantile::quantile_of_sorted;
use crate::{Confidence, Estimated, Interval, Sample};

/// Where does the middle of the distribution lie? The median, with the interval between two order
/// statistics that covers it with at least the level asked for, whatever the distribution.
///
/// Units are those of the values. `None` of an empty sample. Without an interval when the sample is
/// too small for the level (fewer than six values at 95 per cent).
///
/// See `docs/methods/median.md`.
pub fn median(sample: &Sample, confidence: Confidence) -> Option<Estimated> {
    let values = sample.sorted();
    Some(Estimated {
        value: quantile_of_sorted(values, 0.5)?,
        interval: rank_below(values.len(), confidence).map(|rank| Interval {
            lower: values[rank - 1],
            upper: values[values.len() - rank],
        }),
    })
}

/// The greatest rank r (from 1) such that fewer than r values fall below the median with a
/// probability of at most the tail; `None` when even the extremes are too close.
fn rank_below(n: usize, confidence: Confidence) -> Option<usize> {
    let fair = Binomial::new(0.5, n as u64).ok()?;
    let fits = |rank: usize| fair.cdf(rank as u64 - 1) <= confidence.tail();
    let (mut low, mut high) = (0, n / 2 + 1);
    while high - low > 1 {
        let middle = usize::midpoint(low, high);
        if fits(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low > 0).then_some(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_those_of_printed_tables() {
        let check = |n, expected| assert_eq!(rank_below(n, Confidence::default()), expected, "{n}");
        check(0, None);
        check(5, None);
        check(6, Some(1));
        check(8, Some(1));
        check(9, Some(2));
        check(20, Some(6));
        check(25, Some(8));
        check(100, Some(40));
    }

    #[test]
    fn small_samples_have_a_median_without_an_interval() {
        let check = |counts: &[u32], expected: Option<f64>| {
            let result = median(
                &Sample::from_counts(counts.iter().copied()),
                Confidence::default(),
            );
            assert_eq!(result.map(|r| r.value), expected);
            assert_eq!(result.and_then(|r| r.interval), None);
        };
        check(&[], None);
        check(&[3], Some(3.0));
        check(&[1, 2, 3, 10], Some(2.5));
    }

    #[test]
    fn equal_values_give_an_interval_of_no_width() {
        let result = median(&Sample::from_counts([4; 10]), Confidence::default()).unwrap();
        let interval = result.interval.unwrap();
        assert_eq!(
            (result.value, interval.lower, interval.upper),
            (4.0, 4.0, 4.0)
        );
    }
}
