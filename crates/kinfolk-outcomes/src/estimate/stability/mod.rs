//! Stability of placements, from returns.

mod absences;
mod by_reason;
mod endings;
mod leavers;
mod measures;
mod path;
mod peers;
mod published;
mod question;
mod reach;
mod refusal;
mod rows;
mod same_home;
mod service;
mod yearly;

pub use published::{PublishedOptions, estimate_published};
pub(super) use refusal::Refusals;
pub use refusal::refused_measure;

use kinfolk_model::Code;

use super::alike::Alike;
use super::ledger::Ledger;
use super::tally::Tally;
use crate::Facts;
use crate::care::{CareFacts, MoveRule};

/// Whom rates and absences are about.
const IN_YEAR: &str = "children looked after at any time in the year";

/// Every measure of returns.
pub(super) fn estimate_stability(ledger: &mut Ledger, care: &CareFacts) {
    ledger.refuse(Some(Refusals::of(care)));
    measures::write_measures(ledger, care);
    same_home::write_same_home(ledger, &same_home::FirstDay::of_everyone(care));
    endings::write_endings(ledger, care);
    absences::write_absences(ledger, care);
    path::write_paths(ledger, care);
    leavers::write_leavers(ledger, care);
    yearly::write_yearly(ledger, care);
    rows::write_rows(ledger, care);
    ledger.refuse(None);
}

/// Every measure of a study's returns: of all children in them, and of the children of the service.
pub(super) fn estimate_study_care(ledger: &mut Ledger, facts: &Facts) {
    if let Some(care) = &facts.care {
        estimate_stability(ledger, &care.everyone);
        ledger.refuse(Some(Refusals::of(&care.everyone)));
        service::write_service(ledger, facts, care);
        ledger.refuse(None);
    }
}

/// Children who were looked after on any day of the year, which is the same under every rule.
fn looked_after_in_year(care: &CareFacts) -> Tally {
    Tally::where_("care/in the year", &care.children, |child| {
        child.under(care.options.rule).days_in_year > 0
    })
}

/// The definition in words, printed beside every figure.
fn words(rule: MoveRule) -> String {
    format!(
        "moves={};temporary={}",
        rule.counted.code(),
        rule.temporary.code()
    )
}

/// A measure under a rule, as the list of what was left out names it.
fn under(title: &str, rule: MoveRule) -> String {
    let (counted, temporary) = (rule.counted.code(), rule.temporary.code());
    format!("{title} by the rule moves={counted}, temporary={temporary}")
}

/// The rules of the table of definitions: the chosen rule, then every other. An arm has none: its
/// numbers are small, and what a definition does is seen on everyone.
fn rules(ledger: &Ledger, chosen: MoveRule) -> Vec<MoveRule> {
    if ledger.is_within_arm() {
        return Vec::new();
    }
    let others = MoveRule::ALL.into_iter().filter(|rule| *rule != chosen);
    std::iter::once(chosen).chain(others).collect()
}

/// Counts of the same people under two rules hang together: who counts under both, and who under one
/// only. `by_rule` says how often a row counts under each of the two.
fn tie<K>(
    ledger: &mut Ledger,
    rows: &Alike<K>,
    (one, other): (&Tally, &Tally),
    by_rule: impl Fn(&K) -> (u32, u32),
) {
    if one.name == other.name {
        return;
    }
    let names = [
        format!("{} and {}", one.name, other.name),
        format!("{} not {}", one.name, other.name),
        format!("{} not {}", other.name, one.name),
    ];
    let [both, only_one, only_other] = rows.tallies(names, |row| {
        let (one, other) = by_rule(row);
        [
            one.min(other),
            one.saturating_sub(other),
            other.saturating_sub(one),
        ]
    });
    ledger.sum(one, &[both.clone(), only_one]);
    ledger.sum(other, &[both, only_other]);
}
