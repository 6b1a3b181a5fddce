//! Who was watched, until when, and which of several endings came.

use super::FollowUp;
use crate::StatsError;
use crate::columns::check_length;

/// Checked follow-up in which one of several endings may come, such as moving placement, going home
/// and turning 18; each rules the others out.
#[derive(Debug, Clone, PartialEq)]
pub struct Endings {
    follow_up: FollowUp,
    causes: Vec<u32>,
}

/// What happens at one time at which somebody leaves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct EndingTally {
    pub(super) time: f64,
    pub(super) at_risk: u64,
    /// Endings of the kind in question.
    pub(super) events: u64,
    /// Endings of other kinds.
    pub(super) competing: u64,
}

impl Endings {
    /// Subjects watched from time 0. `causes` numbers each subject's ending from 1; 0 says that
    /// watching ended without any.
    ///
    /// # Errors
    ///
    /// As for [`FollowUp::new`].
    pub fn new(exits: &[f64], causes: &[u32]) -> Result<Self, StatsError> {
        check_length("causes", causes.len(), exits.len())?;
        let ended: Vec<bool> = causes.iter().map(|&cause| cause > 0).collect();
        Ok(Self {
            follow_up: FollowUp::new(exits, &ended)?,
            causes: causes.to_vec(),
        })
    }

    /// How many subjects there are.
    pub fn len(&self) -> usize {
        self.causes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.causes.is_empty()
    }

    /// The same subjects with any ending as the event.
    pub fn any(&self) -> &FollowUp {
        &self.follow_up
    }

    /// Those for whom `keep` is true of their position.
    pub fn subset(&self, keep: impl Fn(usize) -> bool) -> Self {
        let rows = (0..self.len()).filter(|&row| keep(row));
        Self {
            causes: rows.map(|row| self.causes[row]).collect(),
            follow_up: self.follow_up.subset(keep),
        }
    }

    /// One entry for each distinct time of leaving, ascending, for those in `rows`.
    pub(super) fn tally(&self, cause: u32, rows: &[usize]) -> Vec<EndingTally> {
        let times = self.follow_up.times();
        let mut counts = vec![[0_u64; 3]; times.len()];
        for &row in rows {
            let kind = match self.causes[row] {
                0 => 0,
                own if own == cause => 1,
                _ => 2,
            };
            counts[self.follow_up.exits()[row] as usize][kind] += 1;
        }
        let mut at_risk = rows.len() as u64;
        let mut found = Vec::new();
        for (&time, [censored, events, competing]) in times.iter().zip(counts) {
            let leaving = censored + events + competing;
            if leaving > 0 {
                found.push(EndingTally {
                    time,
                    at_risk,
                    events,
                    competing,
                });
            }
            at_risk -= leaving;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_counted_by_kind() {
        let endings = Endings::new(&[1.0, 1.0, 2.0, 2.0, 2.0], &[1, 2, 0, 1, 3]).unwrap();
        let found = endings.tally(1, &[0, 1, 2, 3, 4]);
        let counts: Vec<_> = found
            .iter()
            .map(|at| (at.time, at.at_risk, at.events, at.competing))
            .collect();
        assert_eq!(counts, [(1.0, 5, 1, 1), (2.0, 3, 1, 1)]);
        assert_eq!(endings.any().n_events(), 4);
        assert_eq!(endings.subset(|row| row < 2).len(), 2);
        assert!(Endings::new(&[1.0], &[]).is_err());
    }
}
