//! One outcome in both arms: as they are, and made comparable; always both.

use kinfolk_model::{Arm, Code, ComparisonMethod, Group, Key, Statistic, Unit};
use kinfolk_stats::effect::{Effect, OutcomeKind};
use kinfolk_stats::matching::Matches;
use kinfolk_stats::{Estimated, Interval, StatsError, holm};

use super::design::{Design, pairs_among};
use super::refusal::reason;
use super::sensitivity;
use super::survival;
use super::tallies::{Members, both};
use crate::EventTime;
use crate::comparison::{ArmsOutcome, ComparedArms, MethodEffects, effects_by, effects_of_pairs};
use crate::derive::comparison::SAME_HOME;
use crate::estimate::entry::{Behind, Computed, Detail, Share, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

/// The measure of which staying in the same home is.
const STABILITY: &str = "stability.same_home";
/// The same, as a difference between the arms.
const STABILITY_DIFFERENCE: &str = "stability.same_home.difference";
/// Whom the arms as they are hold.
const AS_THEY_ARE: &str = "children who are compared and whose outcome is known";
/// The caution beside the arms as they are.
const NOT_ALIKE: &str = "the arms may differ in more than the programme";

/// Every outcome, in the order of the study; p-values of the chosen method are one family.
pub(super) fn write_outcomes(ledger: &mut Ledger, design: &Design<'_>) {
    let names = design.asked.outcomes.iter().enumerate();
    let outcomes: Vec<Outcome<'_, '_>> = names
        .map(|(at, name)| Outcome::of(design, at, name))
        .collect();
    for outcome in &outcomes {
        outcome.write(ledger);
    }
    write_family(ledger, &outcomes);
}

/// Holm's p-values over the family of outcomes.
fn write_family(ledger: &mut Ledger, outcomes: &[Outcome<'_, '_>]) {
    let tested: Vec<(&Outcome<'_, '_>, f64)> = outcomes
        .iter()
        .filter_map(|outcome| {
            let found = outcome.adjusted(ledger).ok()?;
            Some((outcome, found.effects.difference.p_value?))
        })
        .collect();
    let p_values: Vec<f64> = tested.iter().map(|(_, p_value)| *p_value).collect();
    let Ok(adjusted) = holm(&p_values) else {
        return;
    };
    for ((outcome, _), p_value) in tested.iter().zip(adjusted) {
        let method = outcome.design.asked.method;
        let group = Outcome::group(method).and("family", "holm");
        let detail = Detail::of(format!(
            "{};family={}",
            outcome.options(method),
            tested.len()
        ));
        let number = plain((Statistic::PValue, Unit::None), "holm/1", p_value);
        outcome.write_adjusted(ledger, (group, number), detail);
    }
}

/// One outcome of those who are compared.
pub(super) struct Outcome<'d, 'a> {
    pub(super) design: &'d Design<'a>,
    pub(super) name: &'d str,
    /// For each child compared, whether the outcome is known.
    pub(super) known: Vec<bool>,
    /// Its place among the outcomes of the study.
    at: usize,
    /// The outcome of those of whom it is known.
    pub(super) values: Vec<f64>,
    pub(super) arms: ComparedArms,
}

impl<'d, 'a> Outcome<'d, 'a> {
    fn of(design: &'d Design<'a>, at: usize, name: &'d str) -> Self {
        let value = |row: usize| design.rows[row].outcomes.get(at)?.value;
        let values: Vec<Option<f64>> = (0..design.rows.len()).map(value).collect();
        let known: Vec<bool> = values.iter().map(Option::is_some).collect();
        Self {
            arms: design.arms.subset(&known),
            values: values.into_iter().flatten().collect(),
            design,
            name,
            known,
            at,
        }
    }

    pub(super) fn data(&self) -> ArmsOutcome<'_> {
        ArmsOutcome {
            arms: &self.arms,
            outcome: &self.values,
        }
    }

    pub(super) fn measure(&self) -> String {
        format!("effect.{}", self.name)
    }

    pub(super) fn is_yes_or_no(&self) -> bool {
        self.data().kind() == OutcomeKind::YesOrNo
    }

    /// What a difference is counted in.
    pub(super) fn unit(&self) -> Unit {
        match self.is_yes_or_no() {
            true => Unit::Proportion,
            false => Unit::None,
        }
    }

    pub(super) fn group(method: ComparisonMethod) -> Group {
        Group::of("method", method.code())
    }

    /// The outcome of each child compared, 0 where it is not known.
    fn spread(&self) -> Vec<f64> {
        let mut values = self.values.iter().copied();
        let spread = self.known.iter().map(|&known| match known {
            true => values.next().unwrap_or_default(),
            false => 0.0,
        });
        spread.collect()
    }

    /// Those of an arm whose outcome is known.
    fn known_in(&self, arm: Arm) -> Members {
        let compared = self.design.compared(arm);
        compared.narrowed(&format!("{} known", self.name), |at| self.known[at])
    }

    /// Those of an arm who count once the arms are made comparable.
    fn counting_in(&self, arm: Arm) -> Members {
        match &self.design.paired {
            Ok(paired) if self.design.is_matched() => {
                let counts = self.in_pairs(&pairs_among(&paired.matches, &self.known));
                let known = self.known_in(arm);
                known.narrowed("in pairs", |at| counts[at])
            }
            _ => self.known_in(arm),
        }
    }

    fn write(&self, ledger: &mut Ledger) {
        self.write_unadjusted(ledger);
        survival::write_survival(ledger, self);
        if self.design.asked.method != ComparisonMethod::Unadjusted {
            self.write_comparable(ledger);
        }
    }

    /// The arms as they are, each with its count, and their difference.
    fn write_unadjusted(&self, ledger: &mut Ledger) {
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
        let Ok(sample) = kinfolk_stats::Sample::new(own) else {
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

    /// The effect by the method that the study names.
    fn adjusted(&self, ledger: &Ledger) -> Result<MethodEffects, StatsError> {
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

    fn write_comparable(&self, ledger: &mut Ledger) {
        let method = self.design.asked.method;
        let found = match self.adjusted(ledger) {
            Ok(found) => found,
            Err(error) => {
                let subject = about(&self.measure(), Self::group(method), of_whom(method));
                let note = reason(&self.arms, &error);
                let kind = (Statistic::Difference, self.unit());
                ledger.nothing(subject, kind, method_id(method), &note);
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
                let number = estimated((statistic, unit), method_id(method), effect);
                let detail = Detail::of(self.options(method)).caution(left_out(found));
                self.write_adjusted(ledger, (Self::group(method), number), detail);
            }
        }
        if let Some(p_value) = effects.difference.p_value {
            let number = plain((Statistic::PValue, Unit::None), method_id(method), p_value);
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
            let number = plain(kind, method_id(method), level);
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

    /// For each child compared, whether it is in a pair of those whose outcome is known.
    fn in_pairs(&self, matches: &Matches) -> Vec<bool> {
        let mut rows = vec![false; self.values.len()];
        for pair in &matches.pairs {
            rows[pair.treated] = true;
            rows[pair.control] = true;
        }
        let mut rows = rows.into_iter();
        let known = self.known.iter();
        known
            .map(|&known| known && rows.next().unwrap_or_default())
            .collect()
    }

    /// Who counts, of those whose outcome is known.
    pub(super) fn counting_rows(&self, found: &MethodEffects) -> Vec<bool> {
        let Some(matches) = &found.matches else {
            return vec![true; self.values.len()];
        };
        let counts = self.in_pairs(matches);
        crate::comparison::kept(&counts, &self.known)
    }

    pub(super) fn options(&self, method: ComparisonMethod) -> String {
        let cluster = match method {
            ComparisonMethod::Matched => "pair",
            _ => "child",
        };
        let references = self.arms.covariates.references();
        let mut words = vec![
            self.follow_up(),
            self.design.options(),
            format!("cluster={cluster}"),
        ];
        if !references.is_empty() {
            words.push(format!("reference={}", references.join(",")));
        }
        words.retain(|part| !part.is_empty());
        words.join(";")
    }

    /// For each child compared, how long it was watched for events; `None` for an outcome of a column.
    pub(super) fn times(&self) -> Vec<Option<EventTime>> {
        let rows = self.design.rows.iter();
        rows.map(|child| child.outcomes.get(self.at)?.follow_up)
            .collect()
    }

    /// The days of follow-up and what rules the outcome out, where it comes from events.
    pub(super) fn follow_up(&self) -> String {
        let asked = self.design.asked;
        let ends: Vec<&str> = asked.competing.iter().map(|end| end.code()).collect();
        format!("days={};competing={}", asked.follow_up_days, ends.join(","))
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
        let id = match self.outcome.is_yes_or_no() {
            true => "newcombe/1",
            false => "welch/1",
        };
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

/// A number with its interval; an interval that is not finite says nothing.
pub(super) fn estimated(kind: (Statistic, Unit), method: &'static str, effect: Effect) -> Computed {
    let is_finite = |interval: &Interval| interval.lower.is_finite() && interval.upper.is_finite();
    let result = effect.value.is_finite().then(|| Estimated {
        value: effect.value,
        interval: effect.interval.filter(is_finite),
    });
    Computed::of(kind, method, result)
}

/// A number without an interval.
pub(super) fn plain(kind: (Statistic, Unit), method: &'static str, value: f64) -> Computed {
    let result = Estimated {
        value,
        interval: None,
    };
    Computed::of(kind, method, Some(result))
}

/// Whom a method speaks of.
pub(super) fn of_whom(method: ComparisonMethod) -> &'static str {
    match method {
        ComparisonMethod::Unadjusted => AS_THEY_ARE,
        ComparisonMethod::Matched => {
            "children of the programme with a comparator, and their comparators"
        }
        ComparisonMethod::AttWeights | ComparisonMethod::Entropy | ComparisonMethod::Aipw => {
            "children of the programme, and comparators made like them"
        }
        ComparisonMethod::Overlap => "children who might have been in either arm",
    }
}

/// The id of a method.
pub(super) fn method_id(method: ComparisonMethod) -> &'static str {
    match method {
        ComparisonMethod::Unadjusted => "unadjusted/1",
        ComparisonMethod::Matched => "g-computation-cr2/1",
        ComparisonMethod::AttWeights => "att-weights-sandwich/1",
        ComparisonMethod::Overlap => "overlap-weights-sandwich/1",
        ComparisonMethod::Entropy => "entropy-balancing-sandwich/1",
        ComparisonMethod::Aipw => "aipw-att/1",
    }
}

fn left_out(found: &MethodEffects) -> &'static str {
    match found.effects.n_left_out {
        0 => "",
        _ => {
            "covariates that say nothing new in an arm, or decide the outcome there, were left out of \
             the regression"
        }
    }
}
