//! An outcome once the arms are made comparable, by the study's method.

use kinfolk_model::{Arm, Code, ComparisonMethod, Group, Key, Statistic, Unit};
use kinfolk_stats::StatsError;

use super::numbers::{estimated, plain};
use super::outcome::Outcome;
use super::refusal::reason;
use super::sensitivity;
use super::tallies::both;
use crate::comparison::{
    LEFT_OUT, MethodEffects, effects_by, effects_of_pairs, of_whom, pairs_among,
};
use crate::estimate::entry::{Behind, Computed, Detail, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

impl Outcome<'_, '_> {
    /// The effect by the method that the study names.
    pub(super) fn adjusted(&self, ledger: &Ledger) -> Result<MethodEffects, StatsError> {
        let asked = self.design.asked;
        let confidence = ledger.confidence();
        match (asked.method, &self.design.paired) {
            (ComparisonMethod::Matched, Ok(paired)) => {
                let matches = pairs_among(&paired.matches, &self.known);
                effects_of_pairs(self.data(), &matches, confidence)
            }
            (ComparisonMethod::Matched, Err(error)) => Err(error.clone()),
            (method, _) => effects_by(method, self.data(), &asked.rule, confidence),
        }
    }

    pub(super) fn write_comparable(&self, ledger: &mut Ledger) {
        let method = self.design.asked.method;
        let found = match self.adjusted(ledger) {
            Ok(found) => found,
            Err(error) => {
                let subject = about(&self.measure(), Self::group(method), of_whom(method));
                let note = reason(&self.arms, &error);
                let kind = (Statistic::Difference, self.unit());
                ledger.nothing(subject, kind, self.method_id(method), &note);
                return;
            }
        };
        self.write_levels(ledger, &found);
        self.write_effects(ledger, &found);
        sensitivity::write_sensitivity(ledger, self, &found);
    }

    fn write_effects(&self, ledger: &mut Ledger, found: &MethodEffects) {
        let method = self.design.asked.method;
        let effects = &found.effects;
        let numbers = [
            (Statistic::Difference, self.unit(), Some(effects.difference)),
            (Statistic::RiskRatio, Unit::None, effects.ratio),
            (Statistic::OddsRatio, Unit::None, effects.odds_ratio),
        ];
        for (statistic, unit, effect) in numbers {
            if let Some(effect) = effect {
                let number = estimated((statistic, unit), self.method_id(method), effect);
                let detail = Detail::of(self.options(method)).caution(left_out(found));
                self.write_adjusted(ledger, (Self::group(method), number), detail);
            }
        }
        if let Some(p_value) = effects.difference.p_value {
            let number = plain(
                (Statistic::PValue, Unit::None),
                self.method_id(method),
                p_value,
            );
            let detail = Detail::of(self.options(method));
            self.write_adjusted(ledger, (Self::group(method), number), detail);
        }
    }

    /// The adjusted level of either arm. That of the programme is the share of those who count, so it
    /// gives their number away; that of comparators comes from a model.
    fn write_levels(&self, ledger: &mut Ledger, found: &MethodEffects) {
        let method = self.design.asked.method;
        let levels = [found.effects.mean_treated, found.effects.mean_control];
        let mut keys = Vec::new();
        for (arm, level) in Arm::ALL.iter().zip(levels) {
            let counting = self.counting_in(*arm);
            let sum = counting.sum("sum", &self.spread());
            let own = sum.filter(|_| *arm == Arm::Programme && method != ComparisonMethod::Overlap);
            self.state_parts(ledger, *arm, own.as_ref());
            let n = counting.n();
            let behind = Behind {
                denominator: &n,
                missing: None,
                rests_on: own.iter().collect(),
                mean_of: Vec::new(),
            };
            let kind = match self.is_yes_or_no() {
                true => (Statistic::Proportion, Unit::Proportion),
                false => (Statistic::Mean, Unit::None),
            };
            let group = Self::group(method);
            let subject = about(&self.measure(), group, of_whom(method)).in_arm(*arm);
            let number = plain(kind, self.method_id(method), level);
            let detail = Detail::of(self.options(method)).caution("adjusted for the covariates");
            keys.push(ledger.detailed(subject, number, &behind, detail));
        }
        ledger.droppable(
            format!("Levels behind the difference in {}", self.name),
            keys,
        );
    }

    /// How those who count lie within those whose outcome is known: in number and in the outcome.
    fn state_parts(&self, ledger: &mut Ledger, arm: Arm, sum: Option<&Tally>) {
        if !self.design.is_matched() {
            return;
        }
        let (known, counting) = (self.known_in(arm), self.counting_in(arm));
        let rest = known.narrowed("not in pairs", |at| !counting.is_in[at]);
        ledger.sum(&known.n(), &[counting.n(), rest.n_of_nobody()]);
        let values = self.spread();
        if let (Some(whole), Some(own), Some(others)) =
            (known.sum("sum", &values), sum, rest.sum("sum", &values))
        {
            ledger.sum(&whole, &[own.clone(), others]);
        }
    }

    /// A number that a model of both arms gives: what lies between them gives no count away.
    pub(super) fn write_adjusted(
        &self,
        ledger: &mut Ledger,
        (group, number): (Group, Computed),
        detail: Detail,
    ) -> Key {
        let sizes: Vec<Tally> = Arm::ALL
            .iter()
            .map(|arm| self.counting_in(*arm).n())
            .collect();
        let both = both(ledger, &sizes);
        let behind = Behind {
            denominator: &both,
            missing: None,
            rests_on: sizes.iter().collect(),
            mean_of: Vec::new(),
        };
        let method = self.design.asked.method;
        let subject = about(&self.measure(), group, of_whom(method));
        ledger.detailed(subject, number, &behind, detail)
    }

    /// The same of another choice of method or limits, with as many children as that choice counts.
    pub(super) fn write_alternative(
        &self,
        ledger: &mut Ledger,
        (method, found): (ComparisonMethod, &MethodEffects),
        (group, number): (Group, Computed),
    ) -> Key {
        let mut sizes = Vec::new();
        for arm in Arm::ALL {
            let known = self.known_in(*arm);
            let Some(matches) = &found.matches else {
                sizes.push(known.n());
                continue;
            };
            let counts = self.in_pairs(matches);
            let counting = known.narrowed(&group.to_string(), |at| counts[at]);
            let rest = known.narrowed(&format!("not {group}"), |at| !counts[at]);
            ledger.sum(&known.n(), &[counting.n(), rest.n_of_nobody()]);
            sizes.push(counting.n());
        }
        let behind = Behind {
            denominator: &both(ledger, &sizes),
            missing: None,
            rests_on: sizes.iter().collect(),
            mean_of: Vec::new(),
        };
        let subject = about(&self.measure(), group, of_whom(method));
        ledger.detailed(subject, number, &behind, Detail::of(self.options(method)))
    }
}

fn left_out(found: &MethodEffects) -> &'static str {
    match found.effects.n_left_out {
        0 => "",
        _ => LEFT_OUT,
    }
}
