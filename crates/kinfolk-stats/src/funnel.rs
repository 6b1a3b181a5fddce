//! Limits of a funnel plot of shares.

use statrs::function::beta::beta_reg;

use crate::{Confidence, Interval, Proportion};

/// Between which shares would a group of n lie, with at least the level of confidence, if every one
/// of its n had the same chance as all? The limits are shares that n can have; each tail beyond them
/// has at most half of what the level leaves. `None` without trials or for a chance outside 0..=1.
///
/// See `docs/methods/funnel.md`.
pub fn funnel_limits(chance: f64, trials: u64, confidence: Confidence) -> Option<Interval> {
    if trials == 0 || !(0.0..=1.0).contains(&chance) {
        return None;
    }
    let (tail, n) = (confidence.tail(), trials as f64);
    // The smallest number whose chance of that or fewer is above the tail, from either end.
    let lower = first(trials, |k| at_most(k, trials, chance) > tail);
    let upper = trials - first(trials, |k| at_most(k, trials, 1.0 - chance) > tail);
    Some(Interval {
        lower: lower as f64 / n,
        upper: upper as f64 / n,
    })
}

/// How many times as far as chance alone would have it groups lie from a common share: the mean of
/// squared standard scores. About 1 without overdispersion. `None` for fewer than two groups with
/// trials, or a share of 0 or 1.
pub fn overdispersion(groups: &[Proportion]) -> Option<f64> {
    let with_trials = || groups.iter().copied().filter(|group| group.trials() > 0);
    let sum = |of: fn(Proportion) -> u64| with_trials().map(of).sum::<u64>() as f64;
    let common = sum(Proportion::successes) / sum(Proportion::trials);
    let n_groups = with_trials().count();
    if n_groups < 2 || common <= 0.0 || common >= 1.0 {
        return None;
    }
    let squares = with_trials().map(|group| {
        let n = group.trials() as f64;
        let expected = n * common;
        (group.successes() as f64 - expected).powi(2) / (expected * (1.0 - common))
    });
    Some(squares.sum::<f64>() / n_groups as f64)
}

/// The first number from 0 to `last` of which a question says yes that keeps its answer.
fn first(last: u64, is_so: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, last);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_so(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// The chance of at most so many of all trials.
fn at_most(successes: u64, trials: u64, chance: f64) -> f64 {
    if successes >= trials || chance <= 0.0 {
        return 1.0;
    }
    if chance >= 1.0 {
        return 0.0;
    }
    beta_reg(
        (trials - successes) as f64,
        successes as f64 + 1.0,
        1.0 - chance,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(chance: f64, trials: u64, expected: (u64, u64)) {
        let limits = funnel_limits(chance, trials, Confidence::new(0.95).unwrap()).unwrap();
        let counts = [limits.lower, limits.upper].map(|share| (share * trials as f64).round());
        assert_eq!(
            counts,
            [expected.0 as f64, expected.1 as f64],
            "{chance} {trials}"
        );
    }

    #[test]
    fn limits_are_the_quantiles_of_the_binomial_distribution() {
        // R: qbinom(c(0.025, 0.975), n, p)
        check(0.5, 10, (2, 8));
        check(0.1, 100, (5, 16));
        check(0.104, 332, (24, 46));
        check(0.5, 1, (0, 1));
        check(0.0, 20, (0, 0));
        check(1.0, 20, (20, 20));
    }

    #[test]
    fn no_limits_without_trials_or_chance() {
        let level = Confidence::default();
        assert_eq!(funnel_limits(0.5, 0, level), None);
        assert_eq!(funnel_limits(1.5, 10, level), None);
        assert_eq!(funnel_limits(f64::NAN, 10, level), None);
    }

    #[test]
    fn groups_alike_have_no_dispersion_and_groups_apart_have_much() {
        let group = |s, n| Proportion::new(s, n).unwrap();
        let none = overdispersion(&[group(5, 50), group(10, 100)]).unwrap();
        assert!(none.abs() < 1e-12);
        // Common share 0.5: (0 - 5)^2 / 2.5 twice over two groups.
        let much = overdispersion(&[group(0, 10), group(10, 10)]).unwrap();
        assert!((much - 10.0).abs() < 1e-12);
        assert_eq!(overdispersion(&[group(1, 10)]), None);
        assert_eq!(overdispersion(&[group(0, 10), group(0, 5)]), None);
    }
}
