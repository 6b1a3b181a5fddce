//! Two proportions in small groups, with only the sizes of the groups held.

use crate::Proportion;
use crate::tail::binomial_chances;
use crate::worst_share::chance_at_worst;

/// Statistics within this of the observed one count as just as far out.
const AS_FAR: f64 = 1e-9;

/// Do two small groups differ? Barnard's test: the two-sided chance of a difference at least as far
/// out as this by the pooled z statistic, for the common share of success that makes it largest.
///
/// Only the sizes of the groups are held, as in most studies, so it finds more than
/// [`fisher_exact`](crate::fisher_exact), which also holds the total of successes. `None` when a
/// group is empty. Work grows with the sum of the sizes; it is meant for groups up to some thousands.
///
/// See `docs/methods/fisher.md`.
pub fn barnard_exact(first: Proportion, second: Proportion) -> Option<f64> {
    let groups = Groups {
        first: first.trials(),
        second: second.trials(),
    };
    let observed = groups.statistic(first.successes(), second.successes());
    (first.trials() > 0 && second.trials() > 0).then(|| groups.worst_chance(observed * observed))
}

struct Groups {
    first: u64,
    second: u64,
}

impl Groups {
    /// The difference in pooled standard errors; 0 when none or all succeed.
    fn statistic(&self, first: u64, second: u64) -> f64 {
        let (n, m) = (self.first as f64, self.second as f64);
        let pooled = (first + second) as f64 / (n + m);
        let variance = pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m);
        if variance > 0.0 {
            (first as f64 / n - second as f64 / m) / variance.sqrt()
        } else {
            0.0
        }
    }

    fn worst_chance(&self, observed_square: f64) -> f64 {
        let near = self.near(observed_square * (1.0 - AS_FAR));
        let far = |share: f64| self.chance_outside(&near, share);
        chance_at_worst(far)
    }

    /// For each number of successes in the first group, those of the second (from, and up to but not
    /// including) that are less far out. The statistic falls along them, so they are one run.
    fn near(&self, square: f64) -> Vec<(u64, u64)> {
        let (mut from, mut to) = (0, 0);
        let far = |x, y| self.statistic(x, y).powi(2) >= square;
        let run = |x| {
            while from <= self.second && self.statistic(x, from) > 0.0 && far(x, from) {
                from += 1;
            }
            to = to.max(from);
            while to <= self.second && !(self.statistic(x, to) < 0.0 && far(x, to)) {
                to += 1;
            }
            (from, to)
        };
        if square <= 0.0 {
            return vec![(0, 0); self.first as usize + 1];
        }
        (0..=self.first).map(run).collect()
    }

    fn chance_outside(&self, near: &[(u64, u64)], share: f64) -> f64 {
        let (first, second) = (
            binomial_chances(self.first, share),
            binomial_chances(self.second, share),
        );
        let mut below = vec![0.0];
        let mut above = vec![0.0];
        for (low, high) in second.iter().zip(second.iter().rev()) {
            below.push(below.last().unwrap_or(&0.0) + low);
            above.push(above.last().unwrap_or(&0.0) + high);
        }
        let outside = |&(from, to): &(u64, u64)| {
            below[from as usize] + above[(self.second + 1 - to) as usize]
        };
        first
            .iter()
            .zip(near)
            .map(|(chance, run)| chance * outside(run))
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(first: (u64, u64), second: (u64, u64)) -> Option<f64> {
        let [a, b] = [first, second].map(|(s, n)| Proportion::new(s, n).unwrap());
        barnard_exact(a, b)
    }

    #[test]
    fn a_published_case() {
        // SciPy has 0.068153: rounding drops two of the 130 tables that are exactly as far out.
        let found = test((7, 15), (12, 15)).unwrap();
        assert!((found - 0.068_218_309_3).abs() < 5e-10, "{found}");
    }

    #[test]
    fn one_against_one_by_hand() {
        // Only (1, 0) and (0, 1) are as far out; their chance 2p(1 − p) is largest at a half.
        let found = test((1, 1), (0, 1)).unwrap();
        assert!((found - 0.5).abs() < 1e-12, "{found}");
    }

    #[test]
    fn no_difference_and_no_people() {
        assert_eq!(test((3, 6), (4, 8)), Some(1.0));
        assert_eq!(test((0, 6), (0, 8)), Some(1.0));
        assert_eq!(test((0, 0), (4, 8)), None);
    }

    #[test]
    fn the_run_of_near_tables_is_what_counting_finds() {
        let groups = Groups {
            first: 9,
            second: 13,
        };
        for square in [0.3, 1.0, 3.84, 8.0, 100.0] {
            for (x, run) in groups.near(square).into_iter().enumerate() {
                for y in 0..=13 {
                    let near = groups.statistic(x as u64, y).powi(2) < square;
                    assert_eq!((run.0..run.1).contains(&y), near, "{square} {x} {y}");
                }
            }
        }
    }
}
