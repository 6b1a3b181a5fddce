//! Two proportions in small groups, with both margins held.

use crate::root::crossing_point;
use crate::tail::no_likelier;
use crate::{Confidence, Proportion};

/// The exponential of anything lower is 0.
const LOWEST_EXPONENT: f64 = -746.0;

/// The logarithms of odds ratios between which limits are sought: every ratio a float can hold.
const LOG_RANGE: f64 = 700.0;

/// A ratio with exact limits. An end that no data of this kind can bound is left open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExactRatio {
    /// The ratio; `None` when it is beyond all bounds.
    pub value: Option<f64>,
    /// The lower limit, at least 0.
    pub lower: f64,
    /// The upper limit; `None` when there is none.
    pub upper: Option<f64>,
}

/// Fisher's test and the odds ratio that goes with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FisherExact {
    /// The chance of a table no more likely than this one.
    pub two_sided: f64,
    /// The same, counting tables just as likely by half.
    pub mid_p: f64,
    /// The chance of at most as many successes in the first group.
    pub less: f64,
    /// The chance of at least as many.
    pub greater: f64,
    /// The conditional odds ratio: the one that makes this table the likeliest given its margins.
    pub odds_ratio: ExactRatio,
}

/// Do two small groups differ? Fisher's exact test, with the conditional odds ratio of the first
/// group over the second and its exact interval.
///
/// `None` when a group is empty, or when all succeed or none do: one table only is then possible.
///
/// See `docs/methods/fisher.md`.
///
/// ```
/// use kinfolk_stats::{Confidence, Proportion, fisher_exact};
/// let tea = (Proportion::new(3, 4)?, Proportion::new(1, 4)?);
/// let found = fisher_exact(tea.0, tea.1, Confidence::default()).ok_or("one table")?;
/// assert_eq!((found.two_sided * 1e6).round(), 485714.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn fisher_exact(
    first: Proportion,
    second: Proportion,
    confidence: Confidence,
) -> Option<FisherExact> {
    let tables = Tables::new(first, second)?;
    let chances = tables.chances(0.0);
    let (two_sided, as_likely) = no_likelier(&chances, tables.observed);
    Some(FisherExact {
        two_sided,
        mid_p: two_sided - as_likely / 2.0,
        less: tables.at_most(0.0).min(1.0),
        greater: tables.at_least(0.0).min(1.0),
        odds_ratio: tables.odds_ratio(confidence),
    })
}

/// The chance of a table no more likely than this one, without the odds ratio, which in large groups
/// takes far longer to find.
pub(crate) fn fisher_two_sided(first: Proportion, second: Proportion) -> Option<f64> {
    let tables = Tables::new(first, second)?;
    let (two_sided, _) = no_likelier(&tables.chances(0.0), tables.observed);
    Some(two_sided)
}

/// Every table with the margins of the one observed, by the successes of its first group.
struct Tables {
    /// The logarithm of the number of ways to each table, up to a constant.
    log_ways: Vec<f64>,
    /// Which table was observed.
    observed: usize,
}

impl Tables {
    /// `None` when the margins allow one table only.
    fn new(first: Proportion, second: Proportion) -> Option<Self> {
        let successes = first.successes() + second.successes();
        let least = successes.saturating_sub(second.trials());
        let most = successes.min(first.trials());
        let mut log_ways = vec![0.0];
        let mut sum = 0.0;
        for x in least..most {
            let gained = (first.trials() - x) as f64 * (successes - x) as f64;
            let lost = (x + 1) as f64 * (second.trials() + x + 1 - successes) as f64;
            sum += (gained / lost).ln();
            log_ways.push(sum);
        }
        (least < most).then(|| Self {
            log_ways,
            observed: (first.successes() - least) as usize,
        })
    }

    /// The chance of each table under an odds ratio, given by its logarithm.
    fn chances(&self, log_odds: f64) -> Vec<f64> {
        let logs = self.log_ways.iter().enumerate();
        let logs: Vec<f64> = logs.map(|(x, ways)| ways + x as f64 * log_odds).collect();
        let greatest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        // Most of a large table's are too small for any number, which takes long to find out.
        let weight = |log: &f64| match log - greatest {
            lower if lower < LOWEST_EXPONENT => 0.0,
            within => within.exp(),
        };
        let weights: Vec<f64> = logs.iter().map(weight).collect();
        let total: f64 = weights.iter().sum();
        weights.into_iter().map(|weight| weight / total).collect()
    }

    fn at_most(&self, log_odds: f64) -> f64 {
        self.chances(log_odds)[..=self.observed].iter().sum()
    }

    fn at_least(&self, log_odds: f64) -> f64 {
        self.chances(log_odds)[self.observed..].iter().sum()
    }

    fn mean(&self, log_odds: f64) -> f64 {
        let chances = self.chances(log_odds);
        chances.iter().enumerate().map(|(x, c)| x as f64 * c).sum()
    }

    fn odds_ratio(&self, confidence: Confidence) -> ExactRatio {
        let tail = confidence.tail();
        let ratio =
            |rising: &dyn Fn(f64) -> f64| crossing_point(-LOG_RANGE, LOG_RANGE, rising).exp();
        let (lowest, highest) = (self.observed == 0, self.observed + 1 == self.log_ways.len());
        let likeliest = || ratio(&|log| self.mean(log) - self.observed as f64);
        ExactRatio {
            value: (!highest).then(|| if lowest { 0.0 } else { likeliest() }),
            lower: if lowest {
                0.0
            } else {
                ratio(&|log| self.at_least(log) - tail)
            },
            upper: (!highest).then(|| ratio(&|log| tail - self.at_most(log))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn test(first: (u64, u64), second: (u64, u64)) -> Option<FisherExact> {
        let [a, b] = [first, second].map(|(s, n)| Proportion::new(s, n).unwrap());
        fisher_exact(a, b, Confidence::default())
    }

    fn close(found: f64, expected: f64, bound: f64) {
        assert!(
            (found - expected).abs() < bound,
            "{found} is not {expected}"
        );
    }

    #[test]
    fn a_lady_tasting_tea() {
        let found = test((3, 4), (1, 4)).unwrap();
        // 34 of the 70 ways to choose four cups are no likelier; 16 of each side are as likely.
        close(found.two_sided, 34.0 / 70.0, 1e-14);
        close(found.mid_p, 18.0 / 70.0, 1e-14);
        close(found.greater, 17.0 / 70.0, 1e-14);
        close(found.less, 69.0 / 70.0, 1e-14);
        close(found.odds_ratio.value.unwrap(), 6.408_319_658, 5e-10);
    }

    #[test]
    fn convictions_of_twins() {
        let found = test((2, 17), (10, 13)).unwrap();
        close(found.less, 0.000_465_181, 5e-10);
        close(found.two_sided, 0.000_536_724, 5e-10);
    }

    #[test]
    fn ends_without_a_bound() {
        let none = test((0, 4), (4, 4)).unwrap().odds_ratio;
        assert_eq!((none.value, none.lower), (Some(0.0), 0.0));
        let all = test((4, 4), (0, 4)).unwrap().odds_ratio;
        assert_eq!((all.value, all.upper), (None, None));
        // The one table of 70 under even odds: the limit solves for a chance of the tail.
        assert!(all.lower > 1.0 && none.upper.is_some_and(|upper| upper < 1.0));
        close(all.lower * none.upper.unwrap(), 1.0, 1e-9);
    }

    #[test]
    fn margins_that_allow_one_table_say_nothing() {
        assert_eq!(test((0, 4), (0, 9)), None);
        assert_eq!(test((4, 4), (9, 9)), None);
        assert_eq!(test((0, 0), (3, 9)), None);
    }

    proptest! {
        #[test]
        fn swapping_the_groups_inverts_the_ratio(
            a in 0u64..30, b in 0u64..30, c in 0u64..30, d in 0u64..30,
        ) {
            let (there, back) = (test((a, a + b), (c, c + d)), test((c, c + d), (a, a + b)));
            prop_assert_eq!(there.is_some(), back.is_some());
            if let (Some(there), Some(back)) = (there, back) {
                prop_assert!((there.two_sided - back.two_sided).abs() < 1e-12);
                prop_assert!((there.less - back.greater).abs() < 1e-12);
                prop_assert!(there.mid_p <= there.two_sided && there.mid_p >= 0.0);
                if let (Some(x), Some(y)) = (there.odds_ratio.value, back.odds_ratio.value) {
                    prop_assert!((x * y - 1.0).abs() < 1e-9);
                    prop_assert!(there.odds_ratio.lower <= x);
                    prop_assert!(there.odds_ratio.upper.is_none_or(|upper| x <= upper));
                }
            }
        }
    }
}
