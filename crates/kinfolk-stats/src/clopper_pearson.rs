//! The exact interval of a proportion.

use statrs::function::beta::beta_reg;

use crate::root::crossing_point;
use crate::{Confidence, Estimated, Interval, Proportion};

/// Which shares agree with s of n, with never less than the level of confidence? The share, with
/// Clopper and Pearson's interval.
///
/// Shares lie in 0..=1, and so does the interval. `None` without trials. It is wider than
/// [`wilson`](crate::wilson), which is right on average and is the one to print.
///
/// See `docs/methods/clopper-pearson.md`.
pub fn clopper_pearson(proportion: Proportion, confidence: Confidence) -> Option<Estimated> {
    let share = proportion.share()?;
    Some(Estimated {
        value: share,
        interval: Some(exact_interval(proportion, confidence)),
    })
}

/// The interval of a proportion with trials.
pub(crate) fn exact_interval(proportion: Proportion, confidence: Confidence) -> Interval {
    let (s, n) = (proportion.successes() as f64, proportion.trials() as f64);
    let tail = confidence.tail();
    // The chance of s or more at share p is beta_reg(s, n − s + 1, p); of s or fewer, its mirror.
    Interval {
        lower: if s > 0.0 {
            crossing_point(0.0, s / n, |p| beta_reg(s, n - s + 1.0, p) - tail)
        } else {
            0.0
        },
        upper: if s < n {
            crossing_point(s / n, 1.0, |p| tail - beta_reg(n - s, s + 1.0, 1.0 - p))
        } else {
            1.0
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn interval(successes: u64, trials: u64) -> Interval {
        let proportion = Proportion::new(successes, trials).unwrap();
        exact_interval(proportion, Confidence::default())
    }

    #[test]
    fn published_examples() {
        let check = |successes, trials, lower: f64, upper: f64| {
            let found = interval(successes, trials);
            assert!((found.lower - lower).abs() < 5e-5, "{found:?}");
            assert!((found.upper - upper).abs() < 5e-5, "{found:?}");
        };
        check(81, 263, 0.2527, 0.3676);
        check(0, 20, 0.0, 0.1684);
    }

    #[test]
    fn the_ends_in_closed_form() {
        // All or none of n: the other end is the n-th root of the tail.
        let found = interval(20, 20);
        assert!(
            (found.lower - 0.025_f64.powf(0.05)).abs() < 1e-11,
            "{found:?}"
        );
        assert_eq!(found.upper, 1.0);
        let nothing = Proportion::new(0, 0).unwrap();
        assert_eq!(clopper_pearson(nothing, Confidence::default()), None);
    }

    proptest! {
        #[test]
        fn it_holds_the_share_and_mirrors(trials in 1u64..2000, part in 0.0f64..=1.0) {
            let successes = (part * trials as f64).round() as u64;
            let found = interval(successes, trials);
            let share = successes as f64 / trials as f64;
            prop_assert!(0.0 <= found.lower && found.lower <= share);
            prop_assert!(share <= found.upper && found.upper <= 1.0);
            let mirrored = interval(trials - successes, trials);
            prop_assert!((mirrored.lower - (1.0 - found.upper)).abs() < 1e-9);
        }
    }
}
