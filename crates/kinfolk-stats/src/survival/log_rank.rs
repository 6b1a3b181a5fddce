//! Do groups differ over the whole of the follow-up?

use super::FollowUp;
use super::risk_sets::RiskSets;
use crate::StatsError;
use crate::columns::{check_length, n_groups};
use crate::matrix::{Cholesky, Matrix, dot};
use crate::tail::chi_square_above;

/// What was seen in a group, and what would be expected were all groups alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupCount {
    /// Subjects.
    pub n: u64,
    /// Events, weighted as the test weights them.
    pub observed: f64,
    /// The events expected of the group from the risk sets, weighted alike.
    pub expected: f64,
}

/// The test and its parts.
#[derive(Debug, Clone, PartialEq)]
pub struct LogRank {
    /// One entry for each group number from 0 to the largest.
    pub groups: Vec<GroupCount>,
    /// The test statistic.
    pub chi_square: f64,
    /// Its degrees of freedom: groups that were ever at risk of an event, less one.
    pub degrees: usize,
    /// The chance of a statistic at least as large were the groups alike.
    pub p_value: f64,
}

/// Could the groups' curves differ as much by chance? The log-rank test over any number of groups,
/// within strata where there are any.
///
/// `groups` and `strata` number the group and stratum of each subject from 0. `rho` weights each
/// event by S^rho, S being the share of its stratum still without the event just before it: 0 for the
/// log-rank test, 1 for the Peto-Peto form of Wilcoxon's, which weights early events more.
///
/// See `docs/methods/log-rank.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`] for rho, and
/// [`StatsError::NothingToCompare`] where fewer than two groups were at risk of an event, or groups
/// were never at risk together.
pub fn log_rank(
    follow_up: &FollowUp,
    groups: &[u32],
    strata: Option<&[u32]>,
    rho: f64,
) -> Result<LogRank, StatsError> {
    check_length("groups", groups.len(), follow_up.len())?;
    if !rho.is_finite() {
        return Err(StatsError::NotFinite { at: 0, value: rho });
    }
    let n_groups = n_groups(groups);
    let tables = event_tables(follow_up, groups, n_groups, strata)?;
    let mut sums = Sums::new(n_groups);
    for (table, weight) in tables.iter().zip(weights(&tables, rho)) {
        sums.add(table, weight);
    }
    sums.test(groups)
}

/// Those at risk and those with events, by group, at one time of one stratum.
struct EventTable {
    stratum: u32,
    at_risk: Vec<u64>,
    events: Vec<u64>,
}

impl EventTable {
    fn n(&self) -> f64 {
        self.at_risk.iter().sum::<u64>() as f64
    }

    fn n_events(&self) -> f64 {
        self.events.iter().sum::<u64>() as f64
    }
}

/// The tables of all times with events, each stratum's from last to first.
fn event_tables(
    follow_up: &FollowUp,
    groups: &[u32],
    n_groups: usize,
    strata: Option<&[u32]>,
) -> Result<Vec<EventTable>, StatsError> {
    let sets = RiskSets::new(follow_up, strata)?;
    let mut tables = Vec::new();
    let mut at_risk = vec![0; n_groups];
    let mut stratum = None;
    for step in sets.steps() {
        if stratum.replace(step.stratum) != Some(step.stratum) {
            at_risk.fill(0);
        } else {
            sets.rows_leaving(step)
                .for_each(|row| at_risk[groups[row] as usize] -= 1);
        }
        let mut events = vec![0; n_groups];
        for row in sets.rows_joining(step) {
            let group = groups[row] as usize;
            at_risk[group] += 1;
            events[group] += u64::from(follow_up.events()[row]);
        }
        if events.iter().any(|&count| count > 0) {
            tables.push(EventTable {
                stratum: step.stratum,
                at_risk: at_risk.clone(),
                events,
            });
        }
    }
    Ok(tables)
}

/// S^rho just before each table's time, S being its stratum's own curve.
fn weights(tables: &[EventTable], rho: f64) -> Vec<f64> {
    let mut weights = vec![1.0; tables.len()];
    let mut survival = 1.0_f64;
    let mut stratum = None;
    for (table, weight) in tables.iter().zip(&mut weights).rev() {
        if stratum.replace(table.stratum) != Some(table.stratum) {
            survival = 1.0;
        }
        *weight = survival.powf(rho);
        survival *= 1.0 - table.n_events() / table.n();
    }
    weights
}

struct Sums {
    observed: Vec<f64>,
    expected: Vec<f64>,
    variance: Matrix,
}

impl Sums {
    fn new(n_groups: usize) -> Self {
        Self {
            observed: vec![0.0; n_groups],
            expected: vec![0.0; n_groups],
            variance: Matrix::zeros(n_groups, n_groups),
        }
    }

    fn add(&mut self, table: &EventTable, weight: f64) {
        let (n, events) = (table.n(), table.n_events());
        let share = |group: usize| table.at_risk[group] as f64 / n;
        let spread = if n > 1.0 {
            weight * weight * events * (n - events) / (n - 1.0)
        } else {
            0.0
        };
        for group in 0..self.observed.len() {
            self.observed[group] += weight * table.events[group] as f64;
            self.expected[group] += weight * events * share(group);
            self.variance[(group, group)] += spread * share(group);
            for other in 0..self.observed.len() {
                self.variance[(group, other)] -= spread * share(group) * share(other);
            }
        }
    }

    fn test(self, groups: &[u32]) -> Result<LogRank, StatsError> {
        let at_risk: Vec<usize> = (0..self.expected.len())
            .filter(|&group| self.expected[group] > 0.0)
            .collect();
        // The differences sum to 0, so one group follows from the others.
        let [_, kept @ ..] = at_risk.as_slice() else {
            return Err(StatsError::NothingToCompare);
        };
        let variance = Matrix::from_fn(kept.len(), kept.len(), |row, column| {
            self.variance[(kept[row], kept[column])]
        });
        let difference: Vec<f64> = kept
            .iter()
            .map(|&group| self.observed[group] - self.expected[group])
            .collect();
        let cholesky = Cholesky::of(&variance)
            .filter(|_| !kept.is_empty())
            .ok_or(StatsError::NothingToCompare)?;
        let chi_square = dot(&cholesky.solve(&difference), &difference);
        Ok(LogRank {
            groups: self.counts(groups),
            chi_square,
            degrees: kept.len(),
            p_value: chi_square_above(chi_square, kept.len()),
        })
    }

    fn counts(&self, groups: &[u32]) -> Vec<GroupCount> {
        let mut n = vec![0; self.observed.len()];
        groups.iter().for_each(|&group| n[group as usize] += 1);
        let count = |group: usize| GroupCount {
            n: n[group],
            observed: self.observed[group],
            expected: self.expected[group],
        };
        (0..n.len()).map(count).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn test(times: &[f64], events: &[bool], groups: &[u32]) -> Result<LogRank, StatsError> {
        log_rank(&FollowUp::new(times, events).unwrap(), groups, None, 0.0)
    }

    #[test]
    fn by_hand() {
        // Two events: one of four at risk (two in each group), then one of two (one in each).
        let found = test(
            &[1.0, 1.5, 2.0, 3.0],
            &[true, false, true, false],
            &[0, 1, 0, 1],
        )
        .unwrap();
        assert_eq!(
            (found.groups[0].observed, found.groups[0].expected),
            (2.0, 1.0)
        );
        assert!((found.chi_square - 1.0 / 0.5).abs() < 1e-12);
        assert_eq!((found.degrees, found.groups[1].n), (1, 2));
    }

    #[test]
    fn without_two_groups_at_risk_there_is_nothing_to_compare() {
        let nothing = Err(StatsError::NothingToCompare);
        assert_eq!(test(&[], &[], &[]), nothing);
        assert_eq!(test(&[1.0, 2.0], &[true, true], &[0, 0]), nothing);
        assert_eq!(test(&[1.0, 2.0], &[false, false], &[0, 1]), nothing);
        assert_eq!(test(&[1.0, 2.0], &[false, true], &[0, 1]), nothing);
        assert!(test(&[1.0], &[true], &[0, 1]).is_err());
    }

    proptest! {
        #[test]
        fn names_of_groups_and_order_of_rows_do_not_matter(
            rows in prop::collection::vec((1u32..9, any::<bool>(), 0u32..3, 0u32..2), 8..40)
        ) {
            let run = |rows: &[(u32, bool, u32, u32)], rename: fn(u32) -> u32| {
                let times: Vec<f64> = rows.iter().map(|row| f64::from(row.0)).collect();
                let events: Vec<bool> = rows.iter().map(|row| row.1).collect();
                let groups: Vec<u32> = rows.iter().map(|row| rename(row.2)).collect();
                let strata: Vec<u32> = rows.iter().map(|row| row.3).collect();
                log_rank(&FollowUp::new(&times, &events).unwrap(), &groups, Some(&strata), 0.5)
            };
            let found = run(&rows, |group| group);
            let mut reversed = rows.clone();
            reversed.reverse();
            prop_assert_eq!(&found, &run(&reversed, |group| group));
            if let (Ok(found), Ok(renamed)) = (&found, run(&rows, |group| 2 - group)) {
                prop_assert!((found.chi_square - renamed.chi_square).abs() < 1e-9 * (1.0 + found.chi_square));
                let sum = |pick: fn(&GroupCount) -> f64| found.groups.iter().map(pick).sum::<f64>();
                prop_assert!((sum(|g| g.observed) - sum(|g| g.expected)).abs() < 1e-9);
            }
        }
    }
}
