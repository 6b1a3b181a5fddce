//! Who is still in the same home some time after a day.

use std::collections::BTreeSet;

use kinfolk_model::care::ShortCode;
use kinfolk_model::{Group, Key, Unit, format};

use super::measures::group_of;
use super::{rules, tie, under, words};
use crate::care::{CareFacts, MoveRule, SameHome};
use crate::estimate::alike::Alike;
use crate::estimate::entry::{Share, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

const MEASURE: &str = "stability.same_home";

/// Children looked after on a first day, which may be another for each.
pub(super) struct FirstDay {
    /// What the names of counts begin with.
    pub(super) cells: &'static str,
    /// Who they are, in words.
    pub(super) population: String,
    /// Where each of them is so many days later, under each rule.
    pub(super) homes: Alike<[SameHome; MoveRule::ALL.len()]>,
    /// The first day, or in a word which day it is.
    pub(super) from: String,
    /// How many days later.
    pub(super) days: u16,
    /// The rule chosen.
    pub(super) rule: MoveRule,
}

pub(super) fn write_same_home(ledger: &mut Ledger, at_start: &FirstDay) {
    at_start.write_share(ledger, at_start.rule, Group::all());
    at_start.write_outcomes(ledger);
    let rules = rules(ledger, at_start.rule);
    for (at, rule) in rules.iter().copied().enumerate() {
        let key = at_start.write_share(ledger, rule, group_of(rule));
        ledger.droppable(under("Still in the same home", rule), [key]);
        at_start.tie_to_others(ledger, rule, &rules[..at]);
    }
}

impl FirstDay {
    /// Every child looked after on the day that the options name.
    pub(super) fn of_everyone(care: &CareFacts) -> Self {
        let options = care.options.same_home;
        let homes = care.children.iter().map(|child| child.same_homes());
        let homes: Vec<[SameHome; MoveRule::ALL.len()]> = homes
            .filter(|homes| homes[0] != SameHome::NotInCare)
            .collect();
        Self {
            cells: MEASURE,
            population: format!("children looked after on {}", format::day(options.from)),
            homes: Alike::of(&homes, |homes| *homes),
            from: options.from.to_string(),
            days: options.days,
            rule: care.options.rule,
        }
    }

    /// Those in the same home under the rule chosen, and those of whom it is known.
    pub(super) fn counts(&self) -> (Tally, Tally) {
        (self.same(self.rule), self.known().within(&self.everyone()))
    }

    fn tally(&self, name: &str, is_so: impl Fn(SameHome) -> bool, rule: MoveRule) -> Tally {
        let name = format!("{}/{name}", self.cells);
        self.homes.where_(name, |homes| is_so(homes[rule.place()]))
    }

    fn everyone(&self) -> Tally {
        self.tally("everyone", |_| true, self.rule)
    }

    fn same(&self, rule: MoveRule) -> Tally {
        self.tally(&words(rule), |home| home == SameHome::Same, rule)
    }

    /// Of whom it is known. That does not depend on the rule.
    fn known(&self) -> Tally {
        self.tally("known", |home| home != SameHome::NotKnown, self.rule)
    }

    fn not_known(&self) -> Tally {
        self.tally("not known", |home| home == SameHome::NotKnown, self.rule)
    }

    fn options(&self, rule: MoveRule) -> String {
        format!("from={};days={};{}", self.from, self.days, words(rule))
    }

    fn write_share(&self, ledger: &mut Ledger, rule: MoveRule, group: Group) -> Key {
        let everyone = self.everyone();
        let (known, missing) = (self.known(), self.not_known());
        ledger.sum(&everyone, &[known.clone(), missing.clone()]);
        let known = known.within(&everyone);
        let same = self.same(rule);
        let share = Share::of(&same, &known).missing(&missing);
        let subject = about(MEASURE, group, &self.population);
        ledger.share(subject, &share, &self.options(rule))
    }

    fn tie_to_others(&self, ledger: &mut Ledger, rule: MoveRule, before: &[MoveRule]) {
        for other in before.iter().copied() {
            let pair = (&self.same(other), &self.same(rule));
            let is_same = |homes: &[SameHome; MoveRule::ALL.len()], rule: MoveRule| {
                u32::from(homes[rule.place()] == SameHome::Same)
            };
            tie(ledger, &self.homes, pair, |homes| {
                (is_same(homes, other), is_same(homes, rule))
            });
        }
    }

    /// Where the others are. Moving and leaving care compete: who left can no longer move.
    fn write_outcomes(&self, ledger: &mut Ledger) {
        let rule = self.rule;
        let left = self.tally(
            "left care",
            |home| matches!(home, SameHome::LeftCare(_)),
            rule,
        );
        let outcomes = [
            ("same", self.same(rule)),
            (
                "moved",
                self.tally("moved", |home| home == SameHome::Moved, rule),
            ),
            ("left_care", left.clone()),
            ("not_known", self.not_known()),
        ];
        let tallies: Vec<Tally> = outcomes.iter().map(|(_, tally)| tally.clone()).collect();
        ledger.sum(&self.everyone(), &tallies);
        ledger.sum(&self.known(), &tallies[..3]);
        let mut keys = Vec::new();
        for (outcome, tally) in outcomes {
            let subject = about(MEASURE, Group::of("outcome", outcome), &self.population);
            keys.push(ledger.count(subject, Unit::Children, &tally));
        }
        self.write_reasons(ledger, &left);
        ledger.droppable(
            "Where children are who are no longer in the same home",
            keys,
        );
    }

    fn write_reasons(&self, ledger: &mut Ledger, left: &Tally) {
        let rule = self.rule;
        let homes = self.homes.kinds();
        let reasons: BTreeSet<ShortCode> = homes
            .filter_map(|homes| match homes[rule.place()] {
                SameHome::LeftCare(reason) => Some(reason),
                _ => None,
            })
            .collect();
        let (mut tallies, mut keys) = (Vec::new(), Vec::new());
        for reason in reasons {
            let name = super::endings::reason_code(reason);
            let is_so = |home| home == SameHome::LeftCare(reason);
            let tally = self.tally(&format!("left care/{name}"), is_so, rule);
            let group = Group::of("outcome", "left_care").and("reason", &name);
            let subject = about(MEASURE, group, &self.population);
            keys.push(ledger.count(subject, Unit::Children, &tally));
            tallies.push(tally);
        }
        ledger.sum(left, &tallies);
        ledger.droppable("Why children left care before", keys);
    }
}
