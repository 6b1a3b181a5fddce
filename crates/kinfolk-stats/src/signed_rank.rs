//! Wilcoxon's signed rank test.

use crate::paired::differences;
use crate::ranks::{doubled_ranks, sign_distribution, two_sided};
use crate::tail::normal_beyond;
use crate::{Sample, StatsError};

/// The greatest number of ranked pairs for which chance is counted out and not approximated.
const COUNTED_OUT_UP_TO: usize = 200;

/// What becomes of pairs that did not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZeroRule {
    /// They leave before ranking (Wilcoxon).
    Drop,
    /// They take the lowest ranks, and leave after (Pratt).
    Pratt,
}

/// The signed ranks of changes, and how unusual they are by three reckonings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignedRank {
    /// Pairs that changed.
    pub changed: usize,
    /// Pairs that did not.
    pub unchanged: usize,
    /// The sum of the ranks of rises (W+).
    pub rises: f64,
    /// The sum of the ranks of falls (W−).
    pub falls: f64,
    /// (W+ − W−) / (W+ + W−), in −1..=1: 1 when every change is a rise.
    pub rank_biserial: f64,
    /// Two-sided, over all ways to give the changes signs, ties and all; `None` above 200 pairs.
    pub exact: Option<f64>,
    /// Two-sided, normal with the variance corrected for ties.
    pub normal: f64,
    /// The same with half a rank of continuity correction.
    pub normal_corrected: f64,
}

impl SignedRank {
    /// The probability to report: exact where it was counted out, else normal with continuity
    /// correction.
    pub fn p_value(&self) -> f64 {
        self.exact.unwrap_or(self.normal_corrected)
    }
}

/// Do changes lean one way? Wilcoxon's signed rank test of after less before.
///
/// `None` when nobody changed. Changes are compared as they stand: values with decimals should be
/// rounded first, so that equal changes are equal.
///
/// See `docs/methods/signed-rank.md`.
///
/// ```
/// use kinfolk_stats::{ZeroRule, wilcoxon_signed_rank};
/// let found = wilcoxon_signed_rank(&[9.0, 8.0, 7.0], &[8.0, 6.0, 4.0], ZeroRule::Drop)?;
/// let found = found.ok_or("no change")?;
/// assert_eq!((found.rank_biserial, found.p_value()), (-1.0, 0.25));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`StatsError::NotPairs`] when the lists differ in length, [`StatsError::NotFinite`] when a
/// difference is not finite.
pub fn wilcoxon_signed_rank(
    before: &[f64],
    after: &[f64],
    zeros: ZeroRule,
) -> Result<Option<SignedRank>, StatsError> {
    Ok(signed_rank(&differences(before, after)?, zeros))
}

fn signed_rank(changes: &Sample, zeros: ZeroRule) -> Option<SignedRank> {
    let ranked = ranked_changes(changes, zeros);
    let sum = |rise: bool| -> u64 {
        let same = ranked.iter().filter(|(change, _)| (*change > 0.0) == rise);
        same.map(|(_, rank)| rank).sum()
    };
    let (rises, falls) = (sum(true), sum(false));
    let ranks: Vec<u64> = ranked.iter().map(|(_, rank)| *rank).collect();
    let n_ranked = match zeros {
        ZeroRule::Drop => ranks.len(),
        ZeroRule::Pratt => changes.len(),
    };
    (rises + falls > 0).then(|| SignedRank {
        changed: ranks.len(),
        unchanged: changes.len() - ranks.len(),
        rises: rises as f64 / 2.0,
        falls: falls as f64 / 2.0,
        rank_biserial: (rises as f64 - falls as f64) / (rises + falls) as f64,
        exact: (n_ranked <= COUNTED_OUT_UP_TO)
            .then(|| two_sided(&sign_distribution(&ranks), rises.min(falls))),
        normal: normal(&ranks, rises, 0.0),
        normal_corrected: normal(&ranks, rises, 0.5),
    })
}

/// Each change that is not 0, with the doubled rank of its size.
fn ranked_changes(changes: &Sample, zeros: ZeroRule) -> Vec<(f64, u64)> {
    let mut by_size: Vec<f64> = changes.sorted().to_vec();
    by_size.retain(|change| zeros == ZeroRule::Pratt || *change != 0.0);
    by_size.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
    let sizes: Vec<f64> = by_size.iter().map(|change| change.abs()).collect();
    let ranked = by_size.into_iter().zip(doubled_ranks(&sizes));
    ranked.filter(|(change, _)| *change != 0.0).collect()
}

/// Each rank counts or not with equal chance, so the mean is half their sum and the variance a
/// quarter of the sum of their squares, whatever the ties and zeros.
fn normal(doubled_ranks: &[u64], rises: u64, continuity: f64) -> f64 {
    let mean = doubled_ranks.iter().sum::<u64>() as f64 / 4.0;
    let squares: f64 = doubled_ranks
        .iter()
        .map(|r| (*r as f64 / 2.0).powi(2))
        .sum();
    let distance = ((rises as f64 / 2.0 - mean).abs() - continuity).max(0.0);
    normal_beyond(distance / (squares / 4.0).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BEFORE: [f64; 8] = [20.0, 17.0, 25.0, 14.0, 9.0, 30.0, 16.0, 22.0];
    const AFTER: [f64; 8] = [17.0, 18.0, 19.0, 14.0, 11.0, 24.0, 12.0, 21.0];

    fn test(before: &[f64], after: &[f64], zeros: ZeroRule) -> Option<SignedRank> {
        wilcoxon_signed_rank(before, after, zeros).unwrap()
    }

    fn close(value: f64, expected: f64) {
        assert!((value - expected).abs() < 5e-7, "{value} is not {expected}");
    }

    #[test]
    fn a_worked_set_of_eight() {
        let dropped = test(&BEFORE, &AFTER, ZeroRule::Drop).unwrap();
        assert_eq!((dropped.rises, dropped.falls), (4.5, 23.5));
        assert_eq!((dropped.changed, dropped.unchanged), (7, 1));
        assert_eq!(dropped.exact, Some(0.125));
        close(dropped.normal, 0.107_058);
        close(dropped.normal_corrected, 0.126_826);
        close(dropped.rank_biserial, -0.678_571);
        let kept = test(&BEFORE, &AFTER, ZeroRule::Pratt).unwrap();
        close(kept.normal, 0.121_643);
        close(kept.normal_corrected, 0.139_527);
    }

    #[test]
    fn depression_scores_of_nine_patients() {
        // Hollander and Wolfe's first and second visits; in hundredths.
        let first = [183.0, 50.0, 162.0, 248.0, 168.0, 188.0, 155.0, 306.0, 130.0];
        let second = [87.8, 64.7, 59.8, 205.0, 106.0, 129.0, 106.0, 314.0, 129.0];
        let found = test(&second, &first, ZeroRule::Drop).unwrap();
        assert_eq!(found.rises, 40.0);
        close(found.exact.unwrap() / 2.0, 0.019_531_25);
    }

    #[test]
    fn without_change_there_is_no_test() {
        for zeros in [ZeroRule::Drop, ZeroRule::Pratt] {
            assert_eq!(test(&[], &[], zeros), None);
            assert_eq!(test(&[3.0, 4.0], &[3.0, 4.0], zeros), None);
        }
        assert!(wilcoxon_signed_rank(&[1.0], &[], ZeroRule::Drop).is_err());
    }

    #[test]
    fn one_pair_and_even_halves_say_nothing() {
        assert_eq!(test(&[1.0], &[2.0], ZeroRule::Drop).unwrap().p_value(), 1.0);
        let even = test(&[1.0, 1.0], &[2.0, 0.0], ZeroRule::Drop).unwrap();
        assert_eq!((even.rank_biserial, even.p_value()), (0.0, 1.0));
        assert_eq!((even.normal, even.normal_corrected), (1.0, 1.0));
    }

    #[test]
    fn many_pairs_are_approximated() {
        let before: Vec<f64> = (0..300).map(f64::from).collect();
        let after: Vec<f64> = before.iter().map(|x| (x * 7.0) % 300.0).collect();
        let found = test(&before, &after, ZeroRule::Drop).unwrap();
        assert_eq!(found.exact, None);
        assert_eq!(found.p_value(), found.normal_corrected);
    }

    proptest! {
        #[test]
        fn swapping_the_occasions_swaps_the_signs(
            pairs in prop::collection::vec((0u8..12, 0u8..12), 1..40),
        ) {
            let (before, after): (Vec<f64>, Vec<f64>) =
                pairs.iter().map(|p| (f64::from(p.0), f64::from(p.1))).unzip();
            for zeros in [ZeroRule::Drop, ZeroRule::Pratt] {
                let there = test(&before, &after, zeros);
                let back = test(&after, &before, zeros);
                prop_assert_eq!(there.map(|t| t.rank_biserial), back.map(|t| -t.rank_biserial));
                prop_assert_eq!(there.map(|t| t.p_value()), back.map(|t| t.p_value()));
                prop_assert!(there.is_none_or(|t| (0.0..=1.0).contains(&t.p_value())));
            }
        }
    }
}
