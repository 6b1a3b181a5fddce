//! Does it hold everywhere? The effect within each authority, the average over them and how far they
//! differ, and the effect without each. Authorities stand in the order of their names, never by result.
//!
//! An authority with too few children has no effect, stands in no average and is never the one left out, so
//! that nothing of it can be worked out from what is shown; and where there is one, no figure of the others
//! tells how many they are.

use kinfolk_model::{Arm, Code, ComparisonMethod, Group, Statistic};
use kinfolk_stats::PooledEffect;
use kinfolk_stats::effect::Effect;

use super::design::Design;
use super::hazards;
use super::numbers::estimated;
use super::outcome::Outcome;
use super::refusal::{reason, refused};
use crate::ComparedFacts;
use crate::comparison::{
    AUTHORITIES, FEWEST_CHILDREN, POOLED, TOO_FEW_AUTHORITIES, TOO_FEW_CHILDREN, Which, names_of,
    of_whom, pool_authorities, pooled_numbers,
};
use crate::estimate::entry::{Behind, Computed, Detail, Subject, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

/// The effect on each outcome by authority, where the study says which column tells them apart and the
/// arms are made alike.
pub(super) fn write_authorities(ledger: &mut Ledger, whole: &Design<'_>, cohort: &[ComparedFacts]) {
    let names = names_of(cohort.iter().map(|child| child.authority.as_deref()));
    if names.len() < 2 || whole.asked.method == ComparisonMethod::Unadjusted {
        return;
    }
    let parts = |which| -> Vec<Part<'_>> {
        let names = names.iter();
        names
            .map(|name| Part::of(which, name, whole, cohort))
            .collect()
    };
    let (within, without) = (parts(Which::Within), parts(Which::Without));
    for (at, name) in whole.asked.outcomes.iter().enumerate() {
        let all = Outcome::of(whole, at, name);
        let sizes = Sizes::of(&within, at);
        let own: Vec<Own> = within
            .iter()
            .filter_map(|part| part.write(ledger, at, sizes))
            .collect();
        write_pooled(ledger, &all, &own);
        let mut pairs = within.iter().zip(&without);
        let left_out = pairs.by_ref().filter(|(part, _)| !part.has_few(at));
        for (_, rest) in left_out {
            rest.write(ledger, at, sizes);
        }
        hazards::write_hazards(ledger, &all, [&within, &without], at);
        if sizes == Sizes::Told {
            state_parts(ledger, &all, [&within, &without], at);
        }
    }
}

/// Whether figures of authorities tell how many children they rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sizes {
    Told,
    /// An authority has so few that the others, taken from all, would tell how many.
    Untold,
}

impl Sizes {
    fn of(within: &[Part<'_>], at: usize) -> Self {
        let is_small = |part: &Part<'_>| part.has_few(at) && part.sizes(at).iter().any(|n| *n > 0);
        match within.iter().any(is_small) {
            true => Self::Untold,
            false => Self::Told,
        }
    }
}

/// The effect of an authority, and the sizes of its arms.
struct Own {
    effect: Effect,
    arms: Vec<Tally>,
}

/// A part of the cohort with a design of its own.
pub(super) struct Part<'a> {
    pub(super) which: Which,
    pub(super) name: &'a str,
    pub(super) design: Design<'a>,
}

impl<'a> Part<'a> {
    fn of(which: Which, name: &'a str, whole: &Design<'a>, cohort: &'a [ComparedFacts]) -> Self {
        let members = cohort
            .iter()
            .filter(|child| which.holds(child.authority.as_deref(), name));
        let part = format!("{}={name}/", which.key());
        Self {
            which,
            name,
            design: Design::of_part(part, members.collect(), whole.asked),
        }
    }

    pub(super) fn outcome(&self, at: usize) -> Outcome<'_, 'a> {
        Outcome::of(&self.design, at, &self.design.asked.outcomes[at])
    }

    /// How many count in either arm.
    fn sizes(&self, at: usize) -> Vec<usize> {
        let outcome = self.outcome(at);
        let arms = Arm::ALL.iter();
        arms.map(|arm| outcome.counting_in(*arm).len()).collect()
    }

    pub(super) fn has_few(&self, at: usize) -> bool {
        self.sizes(at).iter().any(|n| *n < FEWEST_CHILDREN)
    }

    /// Writes the difference by the method of the study, or why there is none.
    fn write(&self, ledger: &mut Ledger, at: usize, sizes: Sizes) -> Option<Own> {
        let outcome = self.outcome(at);
        let method = self.design.asked.method;
        let group = Group::of(self.which.key(), self.name).and("method", method.code());
        let kind = (Statistic::Difference, outcome.unit());
        let id = outcome.method_id(method);
        let subject = about(&outcome.measure(), group.clone(), of_whom(method));
        if self.has_few(at) {
            ledger.nothing(subject, kind, id, &refused(TOO_FEW_CHILDREN));
            return None;
        }
        let found = match outcome.adjusted(ledger) {
            Ok(found) => found,
            Err(error) => {
                ledger.nothing(subject, kind, id, &reason(&outcome.arms, &error));
                return None;
            }
        };
        let number = estimated(kind, id, found.effects.difference);
        let detail = Detail::of(outcome.options(method));
        let arms = Arm::ALL.iter().map(|arm| outcome.counting_in(*arm).n());
        let arms: Vec<Tally> = match sizes {
            Sizes::Told => {
                outcome.write_adjusted(ledger, (group, number), detail);
                arms.collect()
            }
            Sizes::Untold => {
                let alone: Vec<Tally> = arms.map(|arm| arm.alone()).collect();
                ledger.without_count(subject, number, &alone, detail);
                alone
            }
        };
        Some(Own {
            effect: found.effects.difference,
            arms,
        })
    }
}

/// Without pairs each figure counts all whose outcome is known, so that one authority could be told from
/// the others and from all.
fn state_parts(
    ledger: &mut Ledger,
    all: &Outcome<'_, '_>,
    [within, without]: [&[Part<'_>]; 2],
    at: usize,
) {
    if all.design.is_matched() {
        return;
    }
    for arm in Arm::ALL {
        let known = |part: &Part<'_>| part.outcome(at).known_in(*arm).n();
        let whole = all.known_in(*arm);
        let nowhere = whole.narrowed("of no authority", |row| {
            all.design.rows[row].authority.is_none()
        });
        let parts: Vec<Tally> = within.iter().map(known).chain([nowhere.n()]).collect();
        ledger.sum(&whole.n(), &parts);
        for (own, others) in within.iter().zip(without) {
            ledger.sum(&whole.n(), &[known(own), known(others)]);
        }
    }
}

/// The average over authorities, how far they differ, and what another might see.
fn write_pooled(ledger: &mut Ledger, outcome: &Outcome<'_, '_>, own: &[Own]) {
    let effects = own
        .iter()
        .filter_map(|own| Some((own.effect.value, own.effect.standard_error?)));
    let effects: Vec<(f64, f64)> = effects.collect();
    let arms = own.iter().flat_map(|own| own.arms.clone()).collect();
    let why = match pool_authorities(&effects, ledger.confidence()) {
        Ok(Some(found)) => {
            let pool = Pool {
                outcome,
                found,
                arms,
            };
            return pool.write(ledger);
        }
        Ok(None) => refused(TOO_FEW_AUTHORITIES),
        Err(error) => reason(&outcome.arms, &error),
    };
    let kind = (Statistic::Difference, outcome.unit());
    ledger.nothing(subject(outcome, "average"), kind, POOLED, &why);
}

fn subject(outcome: &Outcome<'_, '_>, of: &str) -> Subject {
    about(&outcome.measure(), Group::of("pooled", of), AUTHORITIES)
}

/// Effects of an outcome, pooled.
struct Pool<'o, 'd, 'a> {
    outcome: &'o Outcome<'d, 'a>,
    found: PooledEffect,
    /// The sizes of the arms behind it: an average is hidden with any effect in it.
    arms: Vec<Tally>,
}

impl Pool<'_, '_, '_> {
    fn write(&self, ledger: &mut Ledger) {
        for number in pooled_numbers(&self.found, self.outcome.unit()) {
            let kind = (number.statistic, number.unit);
            let computed = Computed::of(kind, POOLED, Some(number.found));
            self.number(ledger, number.part, computed);
        }
    }

    fn number(&self, ledger: &mut Ledger, of: &str, number: Computed) {
        let n = self.found.n_effects as u64;
        let behind = Behind {
            denominator: &Tally::of_things(format!("authorities/{}", self.outcome.name), n),
            missing: None,
            rests_on: self.arms.iter().collect(),
            mean_of: Vec::new(),
        };
        let options = self.outcome.options(self.outcome.design.asked.method);
        let detail = Detail::of(format!("rule=never-narrower;{options}"));
        ledger.detailed(subject(self.outcome, of), number, &behind, detail);
    }
}
