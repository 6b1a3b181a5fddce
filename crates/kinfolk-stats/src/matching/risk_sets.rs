//! Comparators who were in the same position at the same time.

use std::collections::BTreeMap;

use super::greedy::WithinCalipers;
use super::matches::Matches;
use super::{CovariateCaliper, Pair};
use crate::StatsError;
use crate::columns::{check_column, check_length};

/// Subjects who come under watch at a time of 0 each, and of whom some are treated later.
#[derive(Debug, Clone, Copy)]
pub struct RiskSets<'a> {
    /// How long after its own start each subject was treated; `None` for one who never was.
    pub treated_at: &'a [Option<f64>],
    /// How long after its own start each subject's watching ended, by an event or otherwise.
    pub left_at: &'a [f64],
    /// Where each subject lies on the line, e.g. the logit of its chance of being treated.
    pub distance: &'a [f64],
    /// A number of each subject's own, which decides between equally near ones: the smaller wins.
    pub keys: &'a [u64],
    /// Cells within which to match.
    pub exact: Option<&'a [u32]>,
    /// How far apart a pair may lie, in the units of the line.
    pub caliper: Option<f64>,
    /// Further limits, in covariates.
    pub covariate_calipers: &'a [CovariateCaliper<'a>],
}

/// Who was not yet treated, and still watched, when each treated subject was treated? Each in turn, the
/// earliest first, takes the nearest.
///
/// Both are then followed from that time since their own start, so that no comparator is credited with
/// time it had to survive to be one. A comparator may be treated later: its follow-up as a comparator
/// then ends, which is what [`risk_set_follow_up`] gives. Each subject is a comparator at most once.
/// Times no earlier than 0. See `docs/methods/risk-sets.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`]; [`StatsError::OneArm`] when nobody, or
/// everybody from the start, is treated; [`StatsError::KeyTwice`]; [`StatsError::Caliper`].
pub fn match_risk_sets(sets: &RiskSets) -> Result<Matches, StatsError> {
    sets.check()?;
    let within = WithinCalipers::new(sets.covariate_calipers, sets.keys.len())?;
    let mut waiting: Vec<usize> = (0..sets.keys.len())
        .filter(|&row| sets.treated_at[row].is_some())
        .collect();
    waiting.sort_by(|&a, &b| {
        let time = |row: usize| sets.treated_at[row].unwrap_or(f64::INFINITY);
        time(a)
            .total_cmp(&time(b))
            .then(sets.keys[a].cmp(&sets.keys[b]))
    });
    let mut cells = sets.cells();
    let (mut pairs, mut n_unmatched) = (Vec::new(), 0);
    for row in waiting {
        let free = cells.entry(sets.cell(row)).or_default();
        match sets.nearest(row, free, &within) {
            Some(place) => {
                let control = free.remove(place);
                pairs.push(Pair {
                    treated: row,
                    control,
                    distance: sets.apart(row, control),
                });
            }
            None => n_unmatched += 1,
        }
    }
    pairs.sort_by_key(|pair| sets.keys[pair.treated]);
    Ok(Matches {
        pairs,
        caliper: sets.caliper,
        n_unmatched,
    })
}

/// How long each of a pair is followed from the time at which the treated one was treated: to the end
/// of its own watching, a comparator to its own treatment if that comes first.
pub fn risk_set_follow_up(sets: &RiskSets, pair: &Pair) -> Option<[f64; 2]> {
    let start = (*sets.treated_at.get(pair.treated)?)?;
    let treated = sets.left_at.get(pair.treated)? - start;
    let left = *sets.left_at.get(pair.control)?;
    let end = sets.treated_at[pair.control].map_or(left, |own| own.min(left));
    Some([treated, end - start])
}

impl RiskSets<'_> {
    fn check(&self) -> Result<(), StatsError> {
        let n = self.keys.len();
        check_length("times of treatment", self.treated_at.len(), n)?;
        check_column("times of leaving", self.left_at, n)?;
        check_column("distance", self.distance, n)?;
        check_length("exact cells", self.exact.map_or(n, <[u32]>::len), n)?;
        let times: Vec<f64> = self.treated_at.iter().flatten().copied().collect();
        check_column("times of treatment", &times, times.len())?;
        if times.is_empty() || (times.len() == n && times.iter().all(|&time| time <= 0.0)) {
            return Err(StatsError::OneArm);
        }
        if let Some(width) = self
            .caliper
            .filter(|&width| !(width > 0.0 && width.is_finite()))
        {
            return Err(StatsError::Caliper(width));
        }
        let mut keys = self.keys.to_vec();
        keys.sort_unstable();
        match keys.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(StatsError::KeyTwice(pair[0])),
            None => Ok(()),
        }
    }

    fn cell(&self, row: usize) -> u32 {
        self.exact.map_or(0, |cells| cells[row])
    }

    /// Everybody, by cell, along the line and then by key.
    fn cells(&self) -> BTreeMap<u32, Vec<usize>> {
        let mut cells: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for row in 0..self.keys.len() {
            cells.entry(self.cell(row)).or_default().push(row);
        }
        for rows in cells.values_mut() {
            rows.sort_by(|&a, &b| {
                let by_place = self.distance[a].total_cmp(&self.distance[b]);
                by_place.then(self.keys[a].cmp(&self.keys[b]))
            });
        }
        cells
    }

    fn apart(&self, one: usize, other: usize) -> f64 {
        (self.distance[one] - self.distance[other]).abs()
    }

    /// Whether a subject could still have been treated at the time.
    fn is_at_risk(&self, row: usize, time: f64) -> bool {
        self.left_at[row] > time && self.treated_at[row].is_none_or(|own| own > time)
    }

    /// The place of the nearest subject at risk among `free`, which are in the order of the line.
    /// Walks away from the treated one to both sides, and stops where neither side can be nearer.
    fn nearest(&self, row: usize, free: &[usize], within: &WithinCalipers) -> Option<usize> {
        let time = self.treated_at[row]?;
        let here = free.partition_point(|&other| self.distance[other] < self.distance[row]);
        let most = self.caliper.unwrap_or(f64::INFINITY);
        let mut best: Option<usize> = None;
        let mut consider = |place: usize| {
            let other = free[place];
            let apart = self.apart(row, other);
            let bound = best.map_or(most, |best| self.apart(row, free[best]));
            if apart > bound {
                return false;
            }
            let wins =
                best.is_none_or(|best| apart < bound || self.keys[other] < self.keys[free[best]]);
            let may = other != row && within.holds(row, other) && self.is_at_risk(other, time);
            if wins && may {
                best = Some(place);
            }
            true
        };
        for place in here..free.len() {
            if !consider(place) {
                break;
            }
        }
        for place in (0..here).rev() {
            if !consider(place) {
                break;
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::matching::Caliper;

    const KEYS: [u64; 6] = [0, 1, 2, 3, 4, 5];

    fn sets<'a>(
        treated_at: &'a [Option<f64>],
        left_at: &'a [f64],
        distance: &'a [f64],
    ) -> RiskSets<'a> {
        RiskSets {
            treated_at,
            left_at,
            distance,
            keys: &KEYS[..left_at.len()],
            exact: None,
            caliper: None,
            covariate_calipers: &[],
        }
    }

    fn pairs(sets: &RiskSets) -> Vec<(usize, usize)> {
        let matches = match_risk_sets(sets).unwrap();
        let pairs = matches.pairs.iter();
        pairs.map(|pair| (pair.treated, pair.control)).collect()
    }

    #[test]
    fn who_has_left_or_was_treated_is_no_comparator() {
        // The nearest has left by day 10, the next was treated on it; the third is treated later.
        let treated_at = [Some(10.0), None, Some(10.0), Some(20.0), None];
        let left_at = [50.0, 9.0, 50.0, 50.0, 50.0];
        let found = sets(&treated_at, &left_at, &[0.0, 0.1, 0.2, 0.3, 0.9]);
        assert_eq!(pairs(&found), [(0, 3), (2, 4)]);
        let matches = match_risk_sets(&found).unwrap();
        assert_eq!(
            risk_set_follow_up(&found, &matches.pairs[0]),
            Some([40.0, 10.0])
        );
        assert_eq!(
            risk_set_follow_up(&found, &matches.pairs[1]),
            Some([40.0, 40.0])
        );
        // Whoever served as a comparator may be treated all the same, but finds nobody left.
        assert_eq!(matches.n_unmatched, 1);
    }

    #[test]
    fn a_covariate_caliper_passes_over_the_nearest() {
        let treated_at = [Some(1.0), None, None];
        let found = sets(&treated_at, &[9.0; 3], &[0.0, 0.1, 0.6]);
        let check = |width: f64, expected: &[(usize, usize)]| {
            let caliper = CovariateCaliper {
                values: &[10.0, 12.5, 11.5],
                caliper: Caliper::Units(width),
            };
            let near = RiskSets {
                covariate_calipers: &[caliper],
                ..found
            };
            assert_eq!(pairs(&near), expected, "within {width}");
        };
        check(2.5, &[(0, 1)]);
        check(1.5, &[(0, 2)]);
        check(1.0, &[]);
    }

    proptest! {
        #[test]
        fn pairs_are_those_of_the_same_time_within_every_caliper(
            rows in prop::collection::vec(
                (prop::option::of(0u32..9), 0u32..12, 0.0f64..1.0, 0.0f64..9.0), 2..40),
        ) {
            let treated_at: Vec<Option<f64>> = rows.iter().map(|row| row.0.map(f64::from)).collect();
            let left_at: Vec<f64> = rows.iter().map(|row| f64::from(row.1)).collect();
            let distance: Vec<f64> = rows.iter().map(|row| row.2).collect();
            let values: Vec<f64> = rows.iter().map(|row| row.3).collect();
            let keys: Vec<u64> = (0..rows.len() as u64).collect();
            prop_assume!(treated_at.iter().any(Option::is_some));
            prop_assume!(treated_at.iter().any(|time| time.is_none_or(|time| time > 0.0)));
            let caliper = CovariateCaliper { values: &values, caliper: Caliper::Units(1.5) };
            let near = RiskSets {
                treated_at: &treated_at,
                left_at: &left_at,
                distance: &distance,
                keys: &keys,
                exact: None,
                caliper: Some(0.3),
                covariate_calipers: &[caliper],
            };
            for pair in &match_risk_sets(&near).unwrap().pairs {
                let (own, other) = (pair.treated, pair.control);
                prop_assert!((values[own] - values[other]).abs() <= 1.5);
                prop_assert!((distance[own] - distance[other]).abs() <= 0.3);
                prop_assert!(near.is_at_risk(other, treated_at[own].unwrap()));
            }
        }
    }

    #[test]
    fn calipers_and_cells_are_kept() {
        let treated_at = [Some(1.0), None, None];
        let found = sets(&treated_at, &[9.0; 3], &[0.0, 0.5, 0.6]);
        let cells = [1, 0, 1];
        let within = RiskSets {
            exact: Some(&cells),
            ..found
        };
        assert_eq!(pairs(&found), [(0, 1)]);
        assert_eq!(pairs(&within), [(0, 2)]);
        let tight = RiskSets {
            caliper: Some(0.4),
            ..found
        };
        assert_eq!(pairs(&tight), []);
    }

    #[test]
    fn of_equally_near_ones_the_smaller_key_wins() {
        let treated_at = [Some(1.0), None, None, None];
        let found = sets(&treated_at, &[9.0; 4], &[0.0, 0.5, -0.5, 0.5]);
        let keys = [0, 7, 5, 6];
        assert_eq!(
            pairs(&RiskSets {
                keys: &keys,
                ..found
            }),
            [(0, 2)]
        );
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let check = |found: RiskSets, expected: StatsError| {
            assert_eq!(match_risk_sets(&found), Err(expected));
        };
        let nobody = [None, None];
        check(sets(&nobody, &[1.0; 2], &[0.0; 2]), StatsError::OneArm);
        let one = [Some(1.0), None];
        let found = sets(&one, &[2.0; 2], &[0.0; 2]);
        check(
            RiskSets {
                keys: &[3, 3],
                ..found
            },
            StatsError::KeyTwice(3),
        );
        check(
            RiskSets {
                caliper: Some(0.0),
                ..found
            },
            StatsError::Caliper(0.0),
        );
    }
}
