//! What must come out of made-up returns.

use jiff::civil::{Date, date};

use super::ReturnsPlan;
use super::child::{Made, Reason, Spell};

/// What must come out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReturnsAnswers {
    /// Rows of episodes in all files.
    pub n_rows: u64,
    /// Episodes; the other rows report one of them again.
    pub n_episodes: u64,
    /// Children in care on the last day.
    pub n_in_care: u64,
    /// Those of them with three or more placements in the last year: counting new carers, counting
    /// moves with the same carer too, counting every episode.
    pub n_three_or_more: [u64; 3],
}

impl ReturnsAnswers {
    pub(super) fn add(&mut self, child: &Made, plan: &ReturnsPlan) {
        let first_day = plan.first_day();
        let on = plan.last_day();
        let reported = |spell: &&Spell| spell.ended >= first_day && spell.started <= on;
        let reported: Vec<&Spell> = child.spells.iter().filter(reported).collect();
        self.n_episodes += reported.len() as u64;
        if reported.last().is_none_or(|last| last.ended <= on) {
            return;
        }
        self.n_in_care += 1;
        let rules: [fn(Reason) -> bool; 3] =
            [is_new_carer, |reason| reason != Reason::Legal, |_| true];
        for (sum, counts) in self.n_three_or_more.iter_mut().zip(rules) {
            *sum += u64::from(n_in_year(&reported, on, counts) >= 3);
        }
    }
}

fn is_new_carer(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::Start | Reason::Placement | Reason::LegalAndPlacement
    )
}

/// Placements in the year up to the day: the one in which the child was at the end of its first day,
/// and every one that began later.
fn n_in_year(spells: &[&Spell], on: Date, counts: fn(Reason) -> bool) -> usize {
    let first_day = date(on.year() - 1, 4, 1);
    let began_later = |spell: &&&Spell| spell.started > first_day && spell.started <= on;
    let later: Vec<_> = spells.iter().filter(began_later).collect();
    let was_there = spells
        .iter()
        .any(|spell| spell.started <= first_day && spell.ended > first_day);
    let moves = later
        .iter()
        .filter(|spell| spell.reason == Reason::Start || counts(spell.reason))
        .count();
    moves + usize::from(was_there)
}
