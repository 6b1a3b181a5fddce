//! Who was watched, from when, until when, and whether the event ended it.

use crate::StatsError;
use crate::columns::check_length;

/// Times closer than this, absolutely or against the mean time, are one time (R's `timefix`).
const SAME_TIME: f64 = 1.490_116_119_384_765_6e-8;

/// Checked follow-up of n subjects.
///
/// Days computed in different ways can differ in their last digit and would then count as different
/// times. So times are first joined as R does: in the sorted list of distinct times, neighbours closer
/// than 1.5e-8, or 1.5e-8 of the mean of the list, become the smaller of them.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUp {
    /// Distinct times, ascending. Entries and exits are positions in it.
    times: Vec<f64>,
    entries: Option<Vec<u32>>,
    exits: Vec<u32>,
    events: Vec<bool>,
}

impl FollowUp {
    /// Subjects watched from time 0. `events` says whether the event (true) or the end of watching
    /// (false) came at the time.
    ///
    /// # Errors
    ///
    /// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`], or [`StatsError::BelowZero`] for a
    /// time before 0.
    pub fn new(exits: &[f64], events: &[bool]) -> Result<Self, StatsError> {
        check_length("events", events.len(), exits.len())?;
        check_times(exits)?;
        let times = distinct_times(exits.to_vec());
        Ok(Self {
            exits: positions(exits, &times),
            entries: None,
            events: events.to_vec(),
            times,
        })
    }

    /// Subjects watched from a time of their own, for delayed entry or for covariates that change: a
    /// subject is at risk at times after `entries` up to and with `exits`.
    ///
    /// # Errors
    ///
    /// As for [`new`](Self::new), and [`StatsError::EntryNotBeforeExit`].
    pub fn with_entries(
        entries: &[f64],
        exits: &[f64],
        events: &[bool],
    ) -> Result<Self, StatsError> {
        check_length("events", events.len(), exits.len())?;
        check_length("entries", entries.len(), exits.len())?;
        check_times(entries)?;
        check_times(exits)?;
        let times = distinct_times(entries.iter().chain(exits).copied().collect());
        let (entered, left) = (positions(entries, &times), positions(exits, &times));
        match (0..exits.len()).find(|&row| entered[row] >= left[row]) {
            Some(at) => Err(StatsError::EntryNotBeforeExit {
                at,
                entry: entries[at],
                exit: exits[at],
            }),
            None => Ok(Self {
                times,
                entries: Some(entered),
                exits: left,
                events: events.to_vec(),
            }),
        }
    }

    /// How many subjects (or stretches of a subject's time) there are.
    pub fn len(&self) -> usize {
        self.exits.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.exits.is_empty()
    }

    /// How many events were seen.
    pub fn n_events(&self) -> usize {
        self.events.iter().filter(|&&event| event).count()
    }

    /// The number at risk at each of the times: entered before it, and not gone before it.
    pub fn numbers_at_risk(&self, times: &[f64]) -> Vec<u64> {
        times
            .iter()
            .map(|&time| self.number_at_risk(time))
            .collect()
    }

    /// Those for whom `keep` is true of their position.
    pub fn subset(&self, keep: impl Fn(usize) -> bool) -> Self {
        let rows: Vec<usize> = (0..self.len()).filter(|&row| keep(row)).collect();
        let pick = |all: &Vec<u32>| rows.iter().map(|&row| all[row]).collect();
        Self {
            times: self.times.clone(),
            entries: self.entries.as_ref().map(pick),
            exits: pick(&self.exits),
            events: rows.iter().map(|&row| self.events[row]).collect(),
        }
    }

    fn number_at_risk(&self, time: f64) -> u64 {
        let before = |position: u32| self.times[position as usize] < time;
        let at_risk = |row: &usize| {
            !before(self.exits[*row]) && self.entries.as_ref().is_none_or(|all| before(all[*row]))
        };
        (0..self.len()).filter(at_risk).count() as u64
    }

    pub(super) fn times(&self) -> &[f64] {
        &self.times
    }

    pub(super) fn exits(&self) -> &[u32] {
        &self.exits
    }

    pub(super) fn entries(&self) -> Option<&[u32]> {
        self.entries.as_deref()
    }

    pub(super) fn events(&self) -> &[bool] {
        &self.events
    }
}

fn check_times(times: &[f64]) -> Result<(), StatsError> {
    for (at, &value) in times.iter().enumerate() {
        if !value.is_finite() {
            return Err(StatsError::NotFinite { at, value });
        }
        if value < 0.0 {
            return Err(StatsError::BelowZero { at, value });
        }
    }
    Ok(())
}

/// The first of each run of times that count as one.
fn distinct_times(mut times: Vec<f64>) -> Vec<f64> {
    times.sort_unstable_by(f64::total_cmp);
    times.dedup();
    let mean = times.iter().sum::<f64>() / times.len() as f64;
    let mut last = f64::NEG_INFINITY;
    times.retain(|&time| {
        let step = time - std::mem::replace(&mut last, time);
        step > SAME_TIME && step / mean > SAME_TIME
    });
    times
}

fn positions(values: &[f64], times: &[f64]) -> Vec<u32> {
    let position = |value: &f64| times.partition_point(|time| time <= value) as u32 - 1;
    values.iter().map(position).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_that_differ_by_rounding_are_one_time() {
        let check = |times: &[f64], expected: &[f64]| {
            assert_eq!(distinct_times(times.to_vec()), expected, "{times:?}");
        };
        check(&[], &[]);
        check(&[0.0, 0.0], &[0.0]);
        check(&[0.3, 0.1 + 0.2], &[0.3]);
        check(&[3.0, 1.0, 2.0, 2.0 + 1e-9], &[1.0, 2.0, 3.0]);
        check(&[1e9, 1e9 + 1.0, 1e9 + 100.0], &[1e9, 1e9 + 100.0]);
    }

    #[test]
    fn what_cannot_be_a_follow_up_is_refused() {
        let check = |found: Result<FollowUp, StatsError>, expected: &str| {
            assert_eq!(found.unwrap_err().to_string(), expected);
        };
        check(
            FollowUp::new(&[1.0], &[]),
            "0 values of events where there should be 1",
        );
        check(
            FollowUp::new(&[1.0, f64::NAN], &[true, true]),
            "value NaN at position 1 is not finite",
        );
        check(
            FollowUp::new(&[-1.0], &[true]),
            "value -1 at position 0 is below 0",
        );
        check(
            FollowUp::with_entries(&[0.0, 2.0], &[1.0, 2.0], &[true, true]),
            "entry 2 at position 1 is not before exit 2",
        );
    }

    #[test]
    fn those_who_have_not_entered_or_are_gone_are_not_at_risk() {
        let from_zero = FollowUp::new(&[1.0, 2.0, 3.0], &[true, false, true]).unwrap();
        assert_eq!(
            from_zero.numbers_at_risk(&[0.0, 1.0, 1.5, 3.0, 4.0]),
            [3, 3, 2, 1, 0]
        );
        let late = FollowUp::with_entries(&[0.0, 1.0], &[2.0, 3.0], &[true, true]).unwrap();
        assert_eq!(
            late.numbers_at_risk(&[0.5, 1.0, 1.5, 2.0, 2.5]),
            [1, 1, 2, 2, 1]
        );
    }
}
