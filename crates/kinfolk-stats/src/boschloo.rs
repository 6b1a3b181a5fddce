//! Two proportions in small groups, by Fisher's chance with only the sizes of the groups held.

use crate::Proportion;
use crate::tail::binomial_chances;
use crate::worst_share::chance_at_worst;

/// Chances within this of the observed one, relatively, count as just as small (as in SciPy).
const AS_SMALL: f64 = 1e-13;

/// What Boschloo's test says of a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoschlooExact {
    /// The chance of so low a share in the first group, or a lower one.
    pub less: f64,
    /// The chance of so high a share in the first group, or a higher one.
    pub greater: f64,
    /// Twice the smaller of the two, 1 at most.
    pub two_sided: f64,
}

/// Do two small groups differ? Boschloo's test: how likely is a one-sided chance by Fisher as small as
/// the one seen, for the common share of success that makes it likeliest?
///
/// Never finds less than [`fisher_exact`](crate::fisher_exact) on one side, since only the sizes of the
/// groups are held. `None` when a group is empty. Work grows with the product of the sizes; it is meant
/// for groups up to some thousands.
///
/// See `docs/methods/fisher.md`.
pub fn boschloo_exact(first: Proportion, second: Proportion) -> Option<BoschlooExact> {
    if first.trials() == 0 || second.trials() == 0 {
        return None;
    }
    let less = one_sided(first, second);
    let greater = one_sided(second, first);
    Some(BoschlooExact {
        less,
        greater,
        two_sided: (2.0 * less.min(greater)).min(1.0),
    })
}

/// The chance of a table whose share in the first group is, by Fisher, as surprisingly low.
fn one_sided(low: Proportion, high: Proportion) -> f64 {
    let (n, m) = (low.trials() as usize, high.trials() as usize);
    let fisher = AtMost::new(n, m);
    let seen = fisher.chance(low.successes() as usize, high.successes() as usize);
    let limit = seen * (1.0 + AS_SMALL);
    // For each number in the first group, the fewest in the second that surprise as much: more there
    // surprise more.
    let from: Vec<usize> = (0..=n)
        .map(|x| {
            (0..=m)
                .collect::<Vec<_>>()
                .partition_point(|&y| fisher.chance(x, y) > limit)
        })
        .collect();
    chance_at_worst(|share| {
        let firsts = binomial_chances(n as u64, share);
        let mut above = vec![0.0; m + 2];
        for (y, chance) in binomial_chances(m as u64, share).iter().enumerate().rev() {
            above[y] = above[y + 1] + chance;
        }
        firsts
            .iter()
            .zip(&from)
            .map(|(chance, &y)| chance * above[y])
            .sum()
    })
}

/// For each total of successes, the chances of at most so many of them in the first group.
struct AtMost(Vec<Vec<f64>>);

impl AtMost {
    fn new(n: usize, m: usize) -> Self {
        let logs = log_factorials(n + m);
        let choose = |of: usize, k: usize| logs[of] - logs[k] - logs[of - k];
        let of_total = |total: usize| {
            let least = total.saturating_sub(m);
            let most = total.min(n);
            let log: Vec<f64> = (least..=most)
                .map(|x| choose(n, x) + choose(m, total - x))
                .collect();
            let top = log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let chances: Vec<f64> = log.iter().map(|log| (log - top).exp()).collect();
            let whole: f64 = chances.iter().sum();
            let mut so_far = 0.0;
            let within = chances.iter().map(|chance| {
                so_far += chance / whole;
                so_far
            });
            std::iter::repeat_n(0.0, least).chain(within).collect()
        };
        Self((0..=n + m).map(of_total).collect())
    }

    fn chance(&self, first: usize, second: usize) -> f64 {
        self.0[first + second][first]
    }
}

fn log_factorials(most: usize) -> Vec<f64> {
    let steps = (1..=most).scan(0.0, |log, k| {
        *log += (k as f64).ln();
        Some(*log)
    });
    std::iter::once(0.0).chain(steps).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fisher_exact;

    fn test(first: (u64, u64), second: (u64, u64)) -> Option<BoschlooExact> {
        let [a, b] = [first, second].map(|(s, n)| Proportion::new(s, n).unwrap());
        boschloo_exact(a, b)
    }

    #[test]
    fn one_against_one_by_hand() {
        // By Fisher (0, 1) has the chance 1/2 from below and every other table 1, so the region is
        // that table alone: (1 - p)p, at most a quarter.
        let found = test((0, 1), (1, 1)).unwrap();
        assert!((found.less - 0.25).abs() < 1e-12, "{found:?}");
        assert!((found.two_sided - 0.5).abs() < 1e-12);
        assert!((found.greater - 1.0).abs() < 1e-12);
    }

    #[test]
    fn no_difference_and_no_people() {
        assert_eq!(test((0, 6), (0, 8)).unwrap().two_sided, 1.0);
        assert_eq!(test((0, 0), (4, 8)), None);
    }

    proptest! {
        #[test]
        fn it_finds_at_least_what_fisher_finds(
            (n, x) in (1u64..12).prop_flat_map(|n| (Just(n), 0..=n)),
            (m, y) in (1u64..12).prop_flat_map(|m| (Just(m), 0..=m)),
        ) {
            let found = test((x, n), (y, m)).unwrap();
            let swapped = test((y, m), (x, n)).unwrap();
            prop_assert_eq!((found.less, found.greater), (swapped.greater, swapped.less));
            let [a, b] = [(x, n), (y, m)].map(|(s, n)| Proportion::new(s, n).unwrap());
            if let Some(fisher) = fisher_exact(a, b, crate::Confidence::default()) {
                prop_assert!(found.less <= fisher.less * (1.0 + 1e-9) + 1e-12);
                prop_assert!(found.greater <= fisher.greater * (1.0 + 1e-9) + 1e-12);
            }
        }
    }
}
