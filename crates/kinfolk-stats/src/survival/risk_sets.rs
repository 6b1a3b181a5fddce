//! Who is at risk when, as a walk through time.

use std::cmp::Reverse;
use std::ops::Range;

use super::FollowUp;
use crate::StatsError;
use crate::columns::check_length;

/// The risk sets of each stratum, from the last time to the first. One sort serves every sum: a
/// subject joins at its exit and leaves at its entry.
pub(super) struct RiskSets {
    /// Rows in the order in which they join.
    joining: Vec<u32>,
    /// Rows in the order in which they leave; empty where everybody is watched from the start.
    leaving: Vec<u32>,
    steps: Vec<Step>,
}

/// One distinct time of one stratum.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    pub(super) stratum: u32,
    /// The position of the time in the follow-up's list.
    pub(super) time: u32,
    /// Whose watching ends at this time: places in [`RiskSets::joining`].
    pub(super) joining: Range<usize>,
    /// Who had not yet entered: places in [`RiskSets::leaving`].
    pub(super) leaving: Range<usize>,
}

impl RiskSets {
    /// # Errors
    ///
    /// [`StatsError::UnequalLengths`] when the strata are not one a subject.
    pub(super) fn new(follow_up: &FollowUp, strata: Option<&[u32]>) -> Result<Self, StatsError> {
        if let Some(strata) = strata {
            check_length("strata", strata.len(), follow_up.len())?;
        }
        let stratum = |row: u32| strata.map_or(0, |strata| strata[row as usize]);
        let joining = ordered(follow_up.exits(), stratum);
        let leaving = follow_up
            .entries()
            .map_or_else(Vec::new, |entries| ordered(entries, stratum));
        let steps = steps(follow_up, &joining, &leaving, stratum);
        Ok(Self {
            joining,
            leaving,
            steps,
        })
    }

    pub(super) fn joining(&self) -> &[u32] {
        &self.joining
    }

    pub(super) fn leaving(&self) -> &[u32] {
        &self.leaving
    }

    /// Stratum by stratum, each from its last time to its first.
    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }

    pub(super) fn rows_joining(&self, step: &Step) -> impl Iterator<Item = usize> {
        self.joining[step.joining.clone()]
            .iter()
            .map(|&row| row as usize)
    }

    pub(super) fn rows_leaving(&self, step: &Step) -> impl Iterator<Item = usize> {
        self.leaving[step.leaving.clone()]
            .iter()
            .map(|&row| row as usize)
    }
}

/// Rows by stratum, then from the last time to the first, then as they came.
fn ordered(times: &[u32], stratum: impl Fn(u32) -> u32) -> Vec<u32> {
    let key = |row: u32| (u64::from(stratum(row)) << 32) | u64::from(!times[row as usize]);
    let mut rows: Vec<(u64, u32)> = (0..times.len() as u32).map(|row| (key(row), row)).collect();
    rows.sort_unstable();
    rows.into_iter().map(|(_, row)| row).collect()
}

fn steps(
    follow_up: &FollowUp,
    joining: &[u32],
    leaving: &[u32],
    stratum: impl Fn(u32) -> u32,
) -> Vec<Step> {
    let place = |row: u32| (stratum(row), Reverse(follow_up.exits()[row as usize]));
    let gone = |row: u32, at: (u32, Reverse<u32>)| {
        let entries = follow_up.entries().unwrap_or_default();
        (stratum(row), Reverse(entries[row as usize])) <= at
    };
    let mut left = 0;
    let mut begin = 0;
    let mut steps = Vec::new();
    for rows in joining.chunk_by(|&a, &b| place(a) == place(b)) {
        let at = place(rows[0]);
        let leave_from = left;
        // Leavers of earlier strata, whose last times nobody needed, are passed over with these.
        left += leaving[left..]
            .iter()
            .take_while(|&&row| gone(row, at))
            .count();
        steps.push(Step {
            stratum: at.0,
            time: at.1.0,
            joining: begin..begin + rows.len(),
            leaving: leave_from..left,
        });
        begin += rows.len();
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_join_at_their_exit_and_leave_at_their_entry() {
        let follow_up =
            FollowUp::with_entries(&[0.0, 1.0, 0.0], &[1.0, 3.0, 3.0], &[true; 3]).unwrap();
        let sets = RiskSets::new(&follow_up, None).unwrap();
        let rows: Vec<(Vec<usize>, Vec<usize>)> = sets
            .steps()
            .iter()
            .map(|step| {
                (
                    sets.rows_joining(step).collect(),
                    sets.rows_leaving(step).collect(),
                )
            })
            .collect();
        assert_eq!(rows, [(vec![1, 2], vec![]), (vec![0], vec![1])]);
    }

    #[test]
    fn strata_are_walked_one_after_the_other() {
        let follow_up = FollowUp::new(&[1.0, 2.0, 1.0, 2.0], &[true; 4]).unwrap();
        let sets = RiskSets::new(&follow_up, Some(&[7, 3, 3, 7])).unwrap();
        let met: Vec<(u32, u32)> = sets
            .steps()
            .iter()
            .map(|step| (step.stratum, step.time))
            .collect();
        assert_eq!(met, [(3, 1), (3, 0), (7, 1), (7, 0)]);
        assert_eq!(sets.joining(), [1, 2, 3, 0]);
        assert!(RiskSets::new(&follow_up, Some(&[1])).is_err());
    }
}
