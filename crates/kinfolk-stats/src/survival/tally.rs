//! How many are at risk, and how many leave, at each time.

use super::FollowUp;

/// What happens at one time at which somebody leaves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tally {
    pub(super) time: f64,
    pub(super) at_risk: u64,
    pub(super) events: u64,
    pub(super) censored: u64,
}

/// One entry for each distinct time of leaving, ascending.
pub(super) fn tally(follow_up: &FollowUp) -> Vec<Tally> {
    let n_times = follow_up.times().len();
    let (mut events, mut censored) = (vec![0_u64; n_times], vec![0_u64; n_times]);
    for (&exit, &event) in follow_up.exits().iter().zip(follow_up.events()) {
        let counted = if event { &mut events } else { &mut censored };
        counted[exit as usize] += 1;
    }
    let entered = entered_at(follow_up);
    let mut at_risk = 0;
    let mut found = Vec::new();
    for (position, &time) in follow_up.times().iter().enumerate() {
        if position == 0 && follow_up.entries().is_none() {
            at_risk = follow_up.len() as u64;
        }
        if events[position] + censored[position] > 0 {
            found.push(Tally {
                time,
                at_risk,
                events: events[position],
                censored: censored[position],
            });
        }
        // Whoever enters at a time is at risk only after it.
        at_risk += entered[position];
        at_risk -= events[position] + censored[position];
    }
    found
}

fn entered_at(follow_up: &FollowUp) -> Vec<u64> {
    let mut entered = vec![0; follow_up.times().len()];
    for &entry in follow_up.entries().unwrap_or_default() {
        entered[entry as usize] += 1;
    }
    entered
}
