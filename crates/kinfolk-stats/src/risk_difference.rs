//! The difference of two proportions.

use crate::wilson::wilson;
use crate::{Confidence, Estimated, Interval, Proportion};

/// People counted by yes or no at two occasions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PairedProportions {
    /// Yes at both.
    pub both: u64,
    /// Yes at the first occasion only.
    pub first_only: u64,
    /// Yes at the second occasion only.
    pub second_only: u64,
    /// Yes at neither.
    pub neither: u64,
}

/// By how much do two groups differ? The first share less the second, with Newcombe's interval from
/// two Wilson intervals (his method 10).
///
/// Differences lie in −1..=1, and so does the interval. `None` when either group is empty.
///
/// See `docs/methods/risk-difference.md`.
///
/// ```
/// use kinfolk_stats::{Confidence, Proportion, risk_difference};
/// let (first, second) = (Proportion::new(56, 70)?, Proportion::new(48, 80)?);
/// let interval = risk_difference(first, second, Confidence::default())
///     .and_then(|result| result.interval)
///     .ok_or("an empty group")?;
/// assert_eq!((interval.upper * 1e4).round(), 3339.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn risk_difference(
    first: Proportion,
    second: Proportion,
    confidence: Confidence,
) -> Option<Estimated> {
    square_and_add(wilson(first, confidence)?, wilson(second, confidence)?, 0.0)
}

/// By how much did a share change, person by person? The second share less the first, with
/// Newcombe's interval for pairs (his method 10 for those: Wilson intervals, and a correlation
/// corrected for continuity).
///
/// Differences lie in −1..=1, and so does the interval. `None` without people.
///
/// See `docs/methods/risk-difference.md`.
pub fn paired_risk_difference(
    pairs: PairedProportions,
    confidence: Confidence,
) -> Option<Estimated> {
    let people = pairs.both + pairs.first_only + pairs.second_only + pairs.neither;
    let share = |yes: u64| wilson(Proportion::new(yes, people).ok()?, confidence);
    square_and_add(
        share(pairs.both + pairs.second_only)?,
        share(pairs.both + pairs.first_only)?,
        corrected_correlation(pairs),
    )
}

/// The distances from either share to its limits, added as correlated errors are.
fn square_and_add(first: Estimated, second: Estimated, correlation: f64) -> Option<Estimated> {
    let value = first.value - second.value;
    let (a, b) = (first.interval?, second.interval?);
    let margin = |x: f64, y: f64| (x * x - 2.0 * correlation * x * y + y * y).max(0.0).sqrt();
    Some(Estimated {
        value,
        interval: Some(Interval {
            lower: (value - margin(first.value - a.lower, b.upper - second.value)).max(-1.0),
            upper: (value + margin(a.upper - first.value, second.value - b.lower)).min(1.0),
        }),
    })
}

/// The phi coefficient, with a positive association lessened by half the people, down to none.
fn corrected_correlation(pairs: PairedProportions) -> f64 {
    let cells = [
        pairs.both,
        pairs.first_only,
        pairs.second_only,
        pairs.neither,
    ];
    let [a, b, c, d] = cells.map(|count| count as f64);
    let association = a * d - b * c;
    let lessened = if association > 0.0 {
        (association - (a + b + c + d) / 2.0).max(0.0)
    } else {
        association
    };
    let scale = ((a + b) * (c + d) * (a + c) * (b + d)).sqrt();
    if scale > 0.0 { lessened / scale } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn proportion(successes: u64, trials: u64) -> Proportion {
        Proportion::new(successes, trials).unwrap()
    }

    #[track_caller]
    fn close(found: Option<Estimated>, value: f64, lower: f64, upper: f64, bound: f64) {
        let found = found.unwrap();
        let interval = found.interval.unwrap();
        assert!((found.value - value).abs() < bound, "{found:?}");
        assert!((interval.lower - lower).abs() < bound, "{found:?}");
        assert!((interval.upper - upper).abs() < bound, "{found:?}");
    }

    #[test]
    fn newcombes_examples() {
        let check = |first: (u64, u64), second: (u64, u64), lower, upper| {
            let (first, second) = (proportion(first.0, first.1), proportion(second.0, second.1));
            let value = first.share().unwrap() - second.share().unwrap();
            let found = risk_difference(first, second, Confidence::default());
            close(found, value, lower, upper, 5.5e-5);
        };
        check((56, 70), (48, 80), 0.0524, 0.3339);
        check((9, 10), (3, 10), 0.1705, 0.8090);
        check((6, 7), (2, 7), 0.0582, 0.8062);
        check((5, 56), (0, 29), -0.0381, 0.1926);
        check((0, 10), (0, 20), -0.1611, 0.2775);
        check((10, 10), (0, 20), 0.6791, 1.0);
    }

    fn paired(both: u64, first_only: u64, second_only: u64, neither: u64) -> Option<Estimated> {
        let pairs = PairedProportions {
            both,
            first_only,
            second_only,
            neither,
        };
        paired_risk_difference(pairs, Confidence::default())
    }

    #[test]
    fn a_published_paired_example() {
        // Fagerland, Lydersen and Laake: airways of 21 children before and after a transplant.
        close(paired(1, 1, 7, 12), 6.0 / 21.0, 0.026, 0.507, 5.5e-4);
    }

    #[test]
    fn empty_groups_and_people_who_all_agree() {
        let none = risk_difference(proportion(0, 0), proportion(1, 2), Confidence::default());
        assert_eq!(none, None);
        assert_eq!(paired(0, 0, 0, 0), None);
        assert_eq!(paired(9, 0, 0, 11).unwrap().value, 0.0);
        let all = paired(9, 0, 0, 0).unwrap().interval.unwrap();
        assert!(all.lower < 0.0 && all.upper > 0.0);
    }

    proptest! {
        #[test]
        fn swapping_turns_the_interval_over(cells in prop::array::uniform4(0u64..60)) {
            let [a, b, c, d] = cells;
            let (there, back) = (paired(a, b, c, d), paired(a, c, b, d));
            let flat = |found: Option<Estimated>| found.and_then(|f| f.interval);
            if let (Some(there), Some(back)) = (flat(there), flat(back)) {
                prop_assert!((there.lower + back.upper).abs() < 1e-12);
                prop_assert!((there.upper + back.lower).abs() < 1e-12);
            }
            let holds = flat(there).is_none_or(|i| {
                (-1.0..=1.0).contains(&i.lower) && i.lower <= i.upper && i.upper <= 1.0
            });
            prop_assert!(holds);
        }
    }
}
