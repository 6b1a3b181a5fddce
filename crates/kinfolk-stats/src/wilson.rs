//! The interval of a proportion.

use crate::{Confidence, Estimated, Interval, Proportion};

/// Which shares agree with s of n? The share, with Wilson's score interval.
///
/// Shares lie in 0..=1, and so does the interval. `None` without trials.
///
/// See `docs/methods/wilson.md`.
///
/// ```
/// use kinfolk_stats::{Confidence, Proportion, wilson};
/// let interval = wilson(Proportion::new(0, 20)?, Confidence::default())
///     .and_then(|result| result.interval)
///     .ok_or("no trials")?;
/// assert_eq!((interval.lower, (interval.upper * 1e4).round()), (0.0, 1611.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn wilson(proportion: Proportion, confidence: Confidence) -> Option<Estimated> {
    let share = proportion.share()?;
    Some(Estimated {
        value: share,
        interval: Some(score_interval(
            share,
            proportion.trials() as f64,
            confidence,
        )),
    })
}

/// Wilson's interval for a share of any positive number of trials, whole or not.
pub(crate) fn score_interval(share: f64, trials: f64, confidence: Confidence) -> Interval {
    let z = confidence.normal_quantile();
    let spread = z * z / trials;
    let centre = (share + spread / 2.0) / (1.0 + spread);
    let margin =
        z / (1.0 + spread) * (share * (1.0 - share) / trials + spread / (4.0 * trials)).sqrt();
    // The ends are 0 and 1 exactly where none or all succeed; rounding must not push them past the share.
    Interval {
        lower: if share <= 0.0 {
            0.0
        } else {
            (centre - margin).clamp(0.0, share)
        },
        upper: if share >= 1.0 {
            1.0
        } else {
            (centre + margin).clamp(share, 1.0)
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn interval(successes: u64, trials: u64) -> Interval {
        wilson(
            Proportion::new(successes, trials).unwrap(),
            Confidence::default(),
        )
        .unwrap()
        .interval
        .unwrap()
    }

    #[test]
    fn newcombes_examples() {
        let check = |successes, trials, lower: f64, upper: f64| {
            let found = interval(successes, trials);
            assert!((found.lower - lower).abs() < 5e-5, "{found:?}");
            assert!((found.upper - upper).abs() < 5e-5, "{found:?}");
        };
        check(81, 263, 0.2553, 0.3662);
        check(15, 148, 0.0624, 0.1605);
        check(0, 20, 0.0, 0.1611);
        check(1, 29, 0.0061, 0.1718);
    }

    #[test]
    fn impossible_and_empty() {
        assert!(Proportion::new(3, 2).is_err());
        let nothing = Proportion::new(0, 0).unwrap();
        assert_eq!(wilson(nothing, Confidence::default()), None);
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_share_and_mirrors(trials in 1u64..5000, part in 0.0f64..=1.0) {
            let successes = (part * trials as f64).round() as u64;
            let found = interval(successes, trials);
            let share = successes as f64 / trials as f64;
            prop_assert!(0.0 <= found.lower && found.lower <= share);
            prop_assert!(share <= found.upper && found.upper <= 1.0);
            let mirrored = interval(trials - successes, trials);
            prop_assert!((mirrored.lower - (1.0 - found.upper)).abs() < 1e-12);
        }
    }
}
