//! Who is still in the same home some time after a day.

use std::collections::BTreeSet;

use kinfolk_model::care::ShortCode;
use kinfolk_model::{Group, Unit, format};

use super::measures::group_of;
use super::{rules, tie, under, words};
use crate::care::{CareChildFacts, CareFacts, MoveRule, SameHome};
use crate::estimate::entry::{Share, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

const MEASURE: &str = "stability.same_home";

pub(super) fn write_same_home(ledger: &mut Ledger, care: &CareFacts) {
    let at_start = AtStart {
        care,
        population: format!(
            "children looked after on {}",
            format::day(care.options.same_home.from)
        ),
        children: care
            .children
            .iter()
            .filter(|child| child.same_home(care.options.rule) != SameHome::NotInCare)
            .collect(),
    };
    at_start.write_share(ledger, care.options.rule, Group::all());
    at_start.write_outcomes(ledger);
    for rule in rules(care) {
        let key = at_start.write_share(ledger, rule, group_of(rule));
        ledger.droppable(under("Still in the same home", rule), [key]);
        at_start.tie_to_others(ledger, rule);
    }
}

/// Children looked after on the first day.
struct AtStart<'c> {
    care: &'c CareFacts,
    population: String,
    children: Vec<&'c CareChildFacts>,
}

impl AtStart<'_> {
    fn tally(&self, name: &str, is_so: impl Fn(SameHome) -> bool + Sync, rule: MoveRule) -> Tally {
        Tally::where_(format!("{MEASURE}/{name}"), &self.children, |child| {
            is_so(child.same_home(rule))
        })
    }

    fn everyone(&self) -> Tally {
        self.tally("everyone", |_| true, self.care.options.rule)
    }

    fn same(&self, rule: MoveRule) -> Tally {
        self.tally(&words(rule), |home| home == SameHome::Same, rule)
    }

    /// Of whom it is known. That does not depend on the rule.
    fn known(&self) -> Tally {
        let rule = self.care.options.rule;
        self.tally("known", |home| home != SameHome::NotKnown, rule)
    }

    fn not_known(&self) -> Tally {
        let rule = self.care.options.rule;
        self.tally("not known", |home| home == SameHome::NotKnown, rule)
    }

    fn options(&self, rule: MoveRule) -> String {
        let options = self.care.options.same_home;
        format!(
            "from={};days={};{}",
            options.from,
            options.days,
            words(rule)
        )
    }

    fn write_share(&self, ledger: &mut Ledger, rule: MoveRule, group: Group) -> kinfolk_model::Key {
        let everyone = self.everyone();
        let (known, missing) = (self.known(), self.not_known());
        ledger.sum(&everyone, &[known.clone(), missing.clone()]);
        let known = known.within(&everyone);
        let same = self.same(rule);
        let share = Share::of(&same, &known).missing(&missing);
        let subject = about(MEASURE, group, &self.population);
        ledger.share(subject, &share, &self.options(rule))
    }

    fn tie_to_others(&self, ledger: &mut Ledger, rule: MoveRule) {
        for other in rules(self.care).take_while(|other| *other != rule) {
            let pair = (&self.same(other), &self.same(rule));
            let is_same =
                |child: &CareChildFacts, rule| u32::from(child.same_home(rule) == SameHome::Same);
            tie(ledger, &self.children, pair, |child| {
                (is_same(child, other), is_same(child, rule))
            });
        }
    }

    /// Where the others are. Moving and leaving care compete: who left can no longer move.
    fn write_outcomes(&self, ledger: &mut Ledger) {
        let rule = self.care.options.rule;
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
        let rule = self.care.options.rule;
        let reasons: BTreeSet<ShortCode> = self
            .children
            .iter()
            .filter_map(|child| match child.same_home(rule) {
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
