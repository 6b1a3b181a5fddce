//! Two groups by rank.

use crate::ranks::{doubled_ranks, rank_sum_distribution};
use crate::tail::normal_beyond;
use crate::{Confidence, Estimated, Interval, Sample};

/// The greatest number of values for which chance is counted out and not approximated.
const COUNTED_OUT_UP_TO: usize = 100;

/// Two groups compared by rank.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannWhitney {
    /// The pairs, one from each group, in which the first is higher; equal pairs count a half (U).
    pub u: f64,
    /// The same as a share of all pairs: the chance that one of the first group is higher.
    pub superiority: f64,
    /// Two-sided, over all ways to part the values into two such groups, ties and all; `None` above
    /// 100 values.
    pub exact: Option<f64>,
    /// Two-sided, normal with the variance corrected for ties.
    pub normal: f64,
    /// The same with half a pair of continuity correction.
    pub normal_corrected: f64,
    /// By how much the first group lies higher: the median of all differences (Hodges and Lehmann),
    /// with the interval between two of them.
    pub shift: Estimated,
}

impl MannWhitney {
    /// The probability to report: exact where it was counted out, else normal with continuity
    /// correction.
    pub fn p_value(&self) -> f64 {
        self.exact.unwrap_or(self.normal_corrected)
    }
}

/// Do the values of one group tend to lie higher? The Mann-Whitney test (Wilcoxon's rank sum), with
/// the Hodges-Lehmann shift of the first group over the second and its interval.
///
/// The shift has the units of the values. `None` when either sample is empty. Without an interval of
/// the shift when the samples are too small for the level. With ties that interval covers at least
/// the level.
///
/// See `docs/methods/mann-whitney.md`.
///
/// ```
/// use kinfolk_stats::{Confidence, Sample, mann_whitney};
/// let [first, second] = [Sample::from_counts([4, 5, 6]), Sample::from_counts([1, 2, 3])];
/// let found = mann_whitney(&first, &second, Confidence::default()).ok_or("empty")?;
/// assert_eq!((found.superiority, found.p_value(), found.shift.value), (1.0, 0.1, 3.0));
/// # Ok::<(), &str>(())
/// ```
pub fn mann_whitney(
    first: &Sample,
    second: &Sample,
    confidence: Confidence,
) -> Option<MannWhitney> {
    let pooled = Pooled::new(first, second)?;
    let pairs = (first.len() * second.len()) as f64;
    let u = pooled.rank_sum as f64 / 2.0 - pooled.least_rank_sum();
    Some(MannWhitney {
        u,
        superiority: u / pairs,
        exact: (pooled.ranks.len() <= COUNTED_OUT_UP_TO).then(|| pooled.exact()),
        normal: pooled.normal(0.0),
        normal_corrected: pooled.normal(0.5),
        shift: shift(first.sorted(), second.sorted(), confidence),
    })
}

/// The doubled ranks of both samples together, and the sum of those of the first.
struct Pooled {
    ranks: Vec<u64>,
    n_first: usize,
    rank_sum: u64,
}

impl Pooled {
    fn new(first: &Sample, second: &Sample) -> Option<Self> {
        let label = |sample: &Sample, is_first: bool| {
            sample
                .sorted()
                .iter()
                .map(move |&value| (value, is_first))
                .collect::<Vec<_>>()
        };
        let mut values = [label(first, true), label(second, false)].concat();
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        let sorted: Vec<f64> = values.iter().map(|(value, _)| *value).collect();
        let ranks = doubled_ranks(&sorted);
        let of_first = values
            .iter()
            .zip(&ranks)
            .filter(|((_, is_first), _)| *is_first);
        let rank_sum = of_first.map(|(_, rank)| rank).sum();
        (!first.is_empty() && !second.is_empty()).then_some(Self {
            ranks,
            n_first: first.len(),
            rank_sum,
        })
    }

    /// The sum of ranks of the first group when it holds all the lowest values.
    fn least_rank_sum(&self) -> f64 {
        self.n_first as f64 * (self.n_first as f64 + 1.0) / 2.0
    }

    /// How far a doubled sum of ranks is from its mean.
    fn distance(&self, rank_sum: u64) -> u64 {
        let mean = self.n_first as u64 * (self.ranks.len() as u64 + 1);
        rank_sum.abs_diff(mean)
    }

    fn exact(&self) -> f64 {
        let observed = self.distance(self.rank_sum);
        let chance = rank_sum_distribution(&self.ranks, self.n_first);
        let far = chance.iter().enumerate();
        let far = far.filter(|(sum, _)| self.distance(*sum as u64) >= observed);
        far.map(|(_, chance)| chance).sum::<f64>().min(1.0)
    }

    fn normal(&self, continuity: f64) -> f64 {
        let (n, first) = (self.ranks.len() as f64, self.n_first as f64);
        let mean = (n + 1.0) / 2.0;
        let squares: f64 = self
            .ranks
            .iter()
            .map(|r| (*r as f64 / 2.0 - mean).powi(2))
            .sum();
        let variance = first * (n - first) / (n * (n - 1.0)) * squares;
        let distance = (self.distance(self.rank_sum) as f64 / 2.0 - continuity).max(0.0);
        if variance > 0.0 {
            normal_beyond(distance / variance.sqrt())
        } else {
            1.0
        }
    }
}

/// The median of all differences, and the two between which the shift lies.
fn shift(first: &[f64], second: &[f64], confidence: Confidence) -> Estimated {
    let pairs = first.len() as u64 * second.len() as u64;
    let nth = |rank: u64| nth_difference(first, second, rank);
    let rank = outer_rank(first.len(), second.len(), confidence);
    Estimated {
        value: f64::midpoint(nth(pairs.div_ceil(2)), nth(pairs / 2 + 1)),
        interval: (rank > 0).then(|| Interval {
            lower: nth(rank),
            upper: nth(pairs + 1 - rank),
        }),
    }
}

/// The greatest rank r (from 1) such that U falls below r with a probability of at most the tail
/// when the groups do not differ and no values are equal; 0 when there is none.
fn outer_rank(n: usize, m: usize, confidence: Confidence) -> u64 {
    if n + m > COUNTED_OUT_UP_TO {
        let (n, m) = (n as f64, m as f64);
        let deviation = (n * m * (n + m + 1.0) / 12.0).sqrt();
        let rank = n * m / 2.0 + 0.5 - confidence.normal_quantile() * deviation;
        return rank.max(0.0) as u64;
    }
    // Without ties ranks are whole and need no doubling.
    let ranks: Vec<u64> = (1..=(n + m) as u64).collect();
    let chance = rank_sum_distribution(&ranks, n);
    let least = n * (n + 1) / 2;
    let mut below = 0.0;
    let further = chance[least..].iter().take_while(|chance| {
        below += **chance;
        below <= confidence.tail()
    });
    further.count() as u64
}

/// The `rank`-th smallest (from 1) of all differences of a value of the first list and one of the
/// second, both ascending.
///
/// Halves the range of floats, counting differences below by walking both lists at once, so that the
/// n·m differences are never written out.
fn nth_difference(first: &[f64], second: &[f64], rank: u64) -> f64 {
    let (mut low, mut high) = (order_key(f64::MIN), order_key(f64::MAX));
    while low < high {
        let middle = low + (high - low) / 2;
        if n_differences_up_to(first, second, from_order_key(middle)) >= rank {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    from_order_key(low)
}

fn n_differences_up_to(first: &[f64], second: &[f64], most: f64) -> u64 {
    let mut start = 0;
    let mut count = 0;
    for value in first {
        while start < second.len() && value - second[start] > most {
            start += 1;
        }
        count += (second.len() - start) as u64;
    }
    count
}

/// A whole number that orders as the float does.
fn order_key(value: f64) -> u64 {
    let bits = value.to_bits();
    if value.is_sign_negative() {
        !bits
    } else {
        bits | 1 << 63
    }
}

fn from_order_key(key: u64) -> f64 {
    f64::from_bits(if key >> 63 == 1 {
        key & !(1 << 63)
    } else {
        !key
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn test(first: &[f64], second: &[f64]) -> Option<MannWhitney> {
        let [a, b] = [first, second].map(|values| Sample::new(values.to_vec()).unwrap());
        mann_whitney(&a, &b, Confidence::default())
    }

    #[test]
    fn permeability_of_membranes() {
        // Hollander and Wolfe: at term, and at 12 to 26 weeks.
        let term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
        let early = [1.15, 0.88, 0.90, 0.74, 1.21];
        let found = test(&term, &early).unwrap();
        assert_eq!(found.u, 35.0);
        // No ties and so symmetric: half the two-sided chance is the one-sided one.
        assert!(
            (found.exact.unwrap() / 2.0 - 0.127_206).abs() < 5e-7,
            "{found:?}"
        );
    }

    #[test]
    fn ends_and_ties_by_hand() {
        let apart = test(&[4.0, 5.0], &[1.0, 2.0, 3.0]).unwrap();
        assert!((apart.exact.unwrap() - 0.2).abs() < 1e-15);
        assert_eq!((apart.u, apart.shift.interval), (6.0, None));
        let equal = test(&[3.0, 3.0], &[3.0, 3.0]).unwrap();
        assert_eq!((equal.superiority, equal.p_value()), (0.5, 1.0));
        assert_eq!((equal.normal, equal.shift.value), (1.0, 0.0));
        assert_eq!(test(&[], &[1.0]), None);
        assert_eq!(test(&[1.0], &[]), None);
        assert_eq!(test(&[1.0], &[2.0]).unwrap().p_value(), 1.0);
    }

    #[test]
    fn printed_critical_ranks() {
        let check = |n, m, expected| {
            assert_eq!(outer_rank(n, m, Confidence::default()), expected, "{n} {m}");
        };
        // One more than the greatest U that is significant at 5 per cent.
        check(3, 4, 0);
        check(4, 4, 1);
        check(5, 5, 3);
        check(8, 10, 18);
        check(20, 20, 128);
    }

    #[test]
    fn large_samples_take_the_normal_rank_nearby() {
        // One more value moves the middle up by 25 ranks and the deviation by 4.3.
        let exact = outer_rank(50, 50, Confidence::default());
        let approximate = outer_rank(50, 51, Confidence::default());
        assert_eq!((exact, approximate), (966, 986));
    }

    #[test]
    fn keys_order_as_floats_do() {
        let values = [f64::MIN, -2.5, -1e-300, -0.0, 0.0, 1e-300, 2.5, f64::MAX];
        for pair in values.windows(2) {
            assert!(order_key(pair[0]) < order_key(pair[1]), "{pair:?}");
        }
        for value in values {
            assert_eq!(from_order_key(order_key(value)).to_bits(), value.to_bits());
        }
    }

    proptest! {
        #[test]
        fn each_rank_is_what_sorting_finds(
            first in prop::collection::vec(-50i32..50, 1..15),
            second in prop::collection::vec(-50i32..50, 1..15),
        ) {
            let list = |values: &[i32]| -> Vec<f64> {
                let mut list: Vec<f64> = values.iter().map(|v| f64::from(*v) / 7.0).collect();
                list.sort_by(f64::total_cmp);
                list
            };
            let (first, second) = (list(&first), list(&second));
            let mut all: Vec<f64> =
                first.iter().flat_map(|a| second.iter().map(move |b| a - b)).collect();
            all.sort_by(f64::total_cmp);
            for (at, expected) in all.iter().enumerate() {
                prop_assert_eq!(nth_difference(&first, &second, at as u64 + 1), *expected);
            }
        }

        #[test]
        fn swapping_the_groups_turns_everything_over(
            first in prop::collection::vec(0u32..20, 1..12),
            second in prop::collection::vec(0u32..20, 1..12),
        ) {
            let [a, b] = [first, second].map(Sample::from_counts);
            let confidence = Confidence::default();
            let there = mann_whitney(&a, &b, confidence).unwrap();
            let back = mann_whitney(&b, &a, confidence).unwrap();
            prop_assert!((there.p_value() - back.p_value()).abs() < 1e-12);
            prop_assert!((there.superiority + back.superiority - 1.0).abs() < 1e-12);
            prop_assert_eq!(there.shift.value, -back.shift.value);
            prop_assert_eq!(
                there.shift.interval.map(|i| (i.lower, i.upper)),
                back.shift.interval.map(|i| (-i.upper, -i.lower))
            );
        }
    }
}
