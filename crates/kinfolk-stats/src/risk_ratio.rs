//! Ratios of two proportions.

use crate::{Confidence, Estimated, Interval, Proportion};

/// A ratio with its interval, and whether half a person had to be added to every cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// The ratio and its interval, both above 0.
    pub estimate: Estimated,
    /// Whether a cell of the table was 0 and each of the four got another half.
    pub adjusted: bool,
}

/// How many times the share of the second group is that of the first? With the log interval.
///
/// When any of the four counts is 0, a half is added to each ([`Ratio::adjusted`]). `None` when a
/// group is empty, and when nobody succeeds in either, which says nothing of the ratio.
///
/// See `docs/methods/ratios.md`.
pub fn risk_ratio(first: Proportion, second: Proportion, confidence: Confidence) -> Option<Ratio> {
    let (cells, adjusted) = cells(first, second)?;
    let [a, b, c, d] = cells;
    let (first_trials, second_trials) = (a + b, c + d);
    let variance = 1.0 / a - 1.0 / first_trials + 1.0 / c - 1.0 / second_trials;
    let log = (a / first_trials / (c / second_trials)).ln();
    (first.successes() + second.successes() > 0).then(|| ratio(log, variance, adjusted, confidence))
}

/// How many times the odds of the second group are those of the first? With the log interval
/// (Woolf's).
///
/// Zeros and empty groups as for [`risk_ratio`]; `None` also when everybody succeeds in both. For
/// small groups see [`fisher_exact`](crate::fisher_exact).
///
/// See `docs/methods/ratios.md`.
pub fn odds_ratio(first: Proportion, second: Proportion, confidence: Confidence) -> Option<Ratio> {
    let (cells, adjusted) = cells(first, second)?;
    let [a, b, c, d] = cells;
    let successes = first.successes() + second.successes();
    let trials = first.trials() + second.trials();
    let variance = cells.iter().map(|cell| 1.0 / cell).sum();
    let log = (a * d / (b * c)).ln();
    (0 < successes && successes < trials).then(|| ratio(log, variance, adjusted, confidence))
}

/// Successes and failures of the first group, then of the second, none of them 0.
fn cells(first: Proportion, second: Proportion) -> Option<([f64; 4], bool)> {
    let failures = |group: Proportion| group.trials() - group.successes();
    let counts = [
        first.successes(),
        failures(first),
        second.successes(),
        failures(second),
    ];
    let adjusted = counts.contains(&0);
    let added = if adjusted { 0.5 } else { 0.0 };
    (first.trials() > 0 && second.trials() > 0)
        .then(|| (counts.map(|count| count as f64 + added), adjusted))
}

fn ratio(log: f64, variance: f64, adjusted: bool, confidence: Confidence) -> Ratio {
    let limits = Interval::around(log, confidence.normal_quantile() * variance.sqrt());
    Ratio {
        estimate: Estimated {
            value: log.exp(),
            interval: Some(Interval {
                lower: limits.lower.exp(),
                upper: limits.upper.exp(),
            }),
        },
        adjusted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(first: (u64, u64), second: (u64, u64)) -> [Option<Ratio>; 2] {
        let [a, b] = [first, second].map(|(s, n)| Proportion::new(s, n).unwrap());
        let confidence = Confidence::default();
        [risk_ratio(a, b, confidence), odds_ratio(a, b, confidence)]
    }

    #[test]
    fn by_hand() {
        let [risk, odds] = both((20, 40), (10, 40)).map(|found| found.unwrap().estimate);
        assert!((risk.value - 2.0).abs() < 1e-12);
        assert!((odds.value - 3.0).abs() < 1e-12);
        let margin = 1.959_963_984_540_054 * (1.0 / 20.0 - 2.0 / 40.0 + 1.0 / 10.0_f64).sqrt();
        assert!((risk.interval.unwrap().upper - 2.0 * margin.exp()).abs() < 1e-9);
    }

    #[test]
    fn zeros_get_a_half_each_and_say_so() {
        let [risk, odds] = both((0, 10), (5, 10)).map(Option::unwrap);
        assert!(risk.adjusted && odds.adjusted);
        assert!((risk.estimate.value - (0.5 / 11.0) / (5.5 / 11.0)).abs() < 1e-12);
        assert!((odds.estimate.value - (0.5 * 5.5) / (10.5 * 5.5)).abs() < 1e-12);
        assert!(!both((1, 10), (5, 10))[0].unwrap().adjusted);
    }

    #[test]
    fn tables_that_say_nothing() {
        assert_eq!(both((0, 0), (5, 10)), [None, None]);
        assert_eq!(both((0, 10), (0, 10)), [None, None]);
        let [risk, odds] = both((10, 10), (10, 10));
        assert!((risk.unwrap().estimate.value - 1.0).abs() < 1e-12);
        assert_eq!(odds, None);
    }
}
