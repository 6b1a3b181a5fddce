//! An outcome of the arms as they are: each with its count, and their difference.

use kinfolk_model::{Arm, Code, ComparisonMethod, Group, Statistic, Unit};
use kinfolk_stats::{Sample, StatsError};

use super::numbers::{estimated, plain};
use super::outcome::Outcome;
use super::refusal::reason;
use super::tallies::{Members, both};
use crate::comparison::{AS_THEY_ARE, MethodEffects, NOT_ALIKE, effects_by, method_id};
use crate::derive::comparison::SAME_HOME;
use crate::estimate::entry::{Behind, Computed, Detail, Share, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

/// The measure of which staying in the same home is.
const STABILITY: &str = "stability.same_home";
/// The same, as a difference between the arms.
const STABILITY_DIFFERENCE: &str = "stability.same_home.difference";

impl Outcome<'_, '_> {
    /// The arms as they are, each with its count, and their difference.
    pub(super) fn write_unadjusted(&self, ledger: &mut Ledger) {
        let mut given_away = Vec::new();
        let mut sizes = Vec::new();
        for arm in Arm::ALL {
            let known = self.known_in(*arm);
            let n = known.n();
            let missing = self.state_missing(ledger, *arm, &n);
            let sum = known.sum("sum", &self.spread());
            match self.is_yes_or_no() {
                true => self.write_share(ledger, *arm, (&sum, &n, &missing)),
                false => self.write_mean(ledger, *arm, &known, &missing),
            }
            given_away.extend(sum);
            sizes.push(n);
        }
        let confidence = ledger.confidence();
        let rule = &self.design.asked.rule;
        let found = effects_by(ComparisonMethod::Unadjusted, self.data(), rule, confidence);
        let unadjusted = Unadjusted {
            outcome: self,
            both: both(ledger, &sizes),
            rests_on: sizes.iter().chain(&given_away).collect(),
        };
        unadjusted.write(ledger, found.as_ref());
    }

    /// Whose outcome is not known says nothing of a child.
    fn state_missing(&self, ledger: &mut Ledger, arm: Arm, known: &Tally) -> Tally {
        let compared = self.design.compared(arm);
        let name = format!("{} not known", self.name);
        let missing = compared.narrowed(&name, |at| !self.known[at]).n_of_nobody();
        ledger.sum(&compared.n(), &[known.clone(), missing.clone()]);
        missing
    }

    fn write_share(
        &self,
        ledger: &mut Ledger,
        arm: Arm,
        (sum, n, missing): (&Option<Tally>, &Tally, &Tally),
    ) {
        let Some(yes) = sum else {
            return;
        };
        let share = Share::of(yes, n).missing(missing);
        let group = Self::group(ComparisonMethod::Unadjusted);
        let subject = about(&self.measure(), group, AS_THEY_ARE).in_arm(arm);
        ledger.share(subject, &share, &self.follow_up());
        if self.name == SAME_HOME {
            let subject = about(STABILITY, Group::all(), AS_THEY_ARE).in_arm(arm);
            ledger.share(subject, &share, &self.follow_up());
        }
    }

    fn write_mean(&self, ledger: &mut Ledger, arm: Arm, known: &Members, missing: &Tally) {
        let values = self.spread();
        let own = known.is_in.iter().zip(&values);
        let own = own
            .filter_map(|(is_in, value)| is_in.then_some(*value))
            .collect();
        let Ok(sample) = Sample::new(own) else {
            return;
        };
        let sum = known.sum("sum", &values);
        let behind = Behind {
            denominator: &known.n(),
            missing: Some(missing),
            rests_on: Vec::new(),
            mean_of: sum.iter().collect(),
        };
        let group = Self::group(ComparisonMethod::Unadjusted);
        let subject = about(&self.measure(), group, AS_THEY_ARE).in_arm(arm);
        ledger.mean(subject, Unit::None, &sample, &behind);
    }
}

/// The difference of the arms as they are.
struct Unadjusted<'o, 'd, 'a> {
    outcome: &'o Outcome<'d, 'a>,
    both: Tally,
    rests_on: Vec<&'o Tally>,
}

impl Unadjusted<'_, '_, '_> {
    fn write(&self, ledger: &mut Ledger, found: Result<&MethodEffects, &StatsError>) {
        let method = ComparisonMethod::Unadjusted;
        let id = method_id(method, self.outcome.kind());
        let kind = (Statistic::Difference, self.outcome.unit());
        let effects = match found {
            Ok(found) => &found.effects,
            Err(error) => {
                let group = Outcome::group(method);
                let subject = about(&self.outcome.measure(), group, AS_THEY_ARE);
                let note = reason(&self.outcome.arms, error);
                ledger.nothing(subject, kind, id, &note);
                return;
            }
        };
        let numbers = [
            (kind, Some(effects.difference)),
            ((Statistic::RiskRatio, Unit::None), effects.ratio),
            ((Statistic::OddsRatio, Unit::None), effects.odds_ratio),
        ];
        let measure = self.outcome.measure();
        for (kind, effect) in numbers {
            if let Some(effect) = effect {
                let number = estimated(kind, id, effect);
                self.write_number(ledger, &measure, Outcome::group(method), number);
            }
        }
        if let Some(p_value) = effects.difference.p_value {
            let number = plain((Statistic::PValue, Unit::None), id, p_value);
            self.write_number(ledger, &measure, Outcome::group(method), number);
        }
        if self.outcome.name == SAME_HOME {
            let number = estimated(kind, id, effects.difference);
            self.write_number(ledger, STABILITY_DIFFERENCE, Group::all(), number);
        }
    }

    fn write_number(&self, ledger: &mut Ledger, measure: &str, group: Group, number: Computed) {
        let behind = Behind {
            denominator: &self.both,
            missing: None,
            rests_on: self.rests_on.clone(),
            mean_of: Vec::new(),
        };
        let detail = Detail::of(self.outcome.follow_up()).caution(NOT_ALIKE);
        ledger.detailed(about(measure, group, AS_THEY_ARE), number, &behind, detail);
    }
}
