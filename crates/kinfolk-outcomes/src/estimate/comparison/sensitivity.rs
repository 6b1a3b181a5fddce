//! How wrong could it be? What somebody unmeasured would have to do, and what other choices give.

use kinfolk_model::{
    Code, ComparatorPool, ComparisonMethod, Group, MatchRule, Statistic, Unit, format,
};
use kinfolk_stats::sensitivity::tipping_gamma;
use kinfolk_stats::{EValue, Sample, StatsError, e_value, risk_ratio_of_standardised_difference};

use super::numbers::{estimated, plain};
use super::omitted;
use super::outcome::Outcome;
use super::refusal::reason;
use crate::comparison::{
    MethodEffects, effects_by, effects_of_pairs, find_pairs, of_whom, pairs_among,
};
use crate::estimate::entry::{Computed, Detail, about};
use crate::estimate::ledger::Ledger;

/// Calipers beside the study's own, in standard deviations.
const CALIPERS: [Option<f64>; 4] = [Some(0.05), Some(0.1), Some(0.2), None];
/// The level at which hidden bias is asked about, one-sided.
const ONE_SIDED: f64 = 0.025;

/// What an effect would stand up to, and what other choices give.
pub(super) fn write_sensitivity(
    ledger: &mut Ledger,
    outcome: &Outcome<'_, '_>,
    found: &MethodEffects,
) {
    write_e_value(ledger, outcome, found);
    write_hidden_bias(ledger, outcome, found);
    omitted::write_robustness(ledger, outcome, found);
    write_alternatives(ledger, outcome);
}

fn write_e_value(ledger: &mut Ledger, outcome: &Outcome<'_, '_>, found: &MethodEffects) {
    let Some(EValue { estimate, limit }) = e_value_of(outcome, found) else {
        return;
    };
    let numbers = [("e_value", Some(estimate)), ("e_value_of_interval", limit)];
    for (code, value) in numbers {
        if let Some(value) = value {
            let group = Group::of("sensitivity", code);
            let number = plain((Statistic::Ratio, Unit::None), "e-value/1", value);
            let detail = Detail::of(outcome.options(outcome.design.asked.method));
            outcome.write_adjusted(ledger, (group, number), detail);
        }
    }
}

/// From the risk ratio; of a measured outcome from the difference in standard deviations.
fn e_value_of(outcome: &Outcome<'_, '_>, found: &MethodEffects) -> Option<EValue> {
    if let Some(ratio) = found.effects.ratio {
        return e_value(ratio.value, ratio.interval).ok();
    }
    let spread = Sample::new(outcome.values.clone()).ok()?.variance()?.sqrt();
    let ratio = |difference: f64| risk_ratio_of_standardised_difference(difference / spread);
    let difference = found.effects.difference;
    let interval = difference.interval.map(|interval| kinfolk_stats::Interval {
        lower: ratio(interval.lower),
        upper: ratio(interval.upper),
    });
    e_value(ratio(difference.value), interval).ok()
}

/// How much likelier one of a pair may have been to be in the programme before chance explains it.
fn write_hidden_bias(ledger: &mut Ledger, outcome: &Outcome<'_, '_>, found: &MethodEffects) {
    let Some(matches) = &found.matches else {
        return;
    };
    if outcome.design.asked.rule.ratio != 1 {
        return;
    }
    let sign = found.effects.difference.value.signum();
    let differences: Vec<f64> = matches
        .pairs
        .iter()
        .map(|pair| sign * (outcome.values[pair.treated] - outcome.values[pair.control]))
        .collect();
    let gamma = tipping_gamma(&differences, ONE_SIDED).ok().flatten();
    let group = Group::of("sensitivity", "hidden_bias");
    let kind = (Statistic::Amount, Unit::None);
    let detail = Detail::of(outcome.options(ComparisonMethod::Matched))
        .reason("the pairs do not differ by more than chance, even without hidden bias");
    let number = match gamma {
        Some(gamma) => plain(kind, "rosenbaum/1", gamma),
        None => Computed::of(kind, "rosenbaum/1", None),
    };
    outcome.write_adjusted(ledger, (group, number), detail);
}

/// The same outcome by every other method, and within other calipers.
fn write_alternatives(ledger: &mut Ledger, outcome: &Outcome<'_, '_>) {
    let asked = outcome.design.asked;
    let methods = ComparisonMethod::ALL
        .iter()
        .copied()
        .filter(|method| *method != asked.method && *method != ComparisonMethod::Unadjusted);
    for method in methods {
        let group = Group::of("alternative", method.code());
        let confidence = ledger.confidence();
        let found = effects_by(method, outcome.data(), &asked.rule, confidence);
        write_alternative(ledger, outcome, (method, group), found);
    }
    if !outcome.design.is_matched() || asked.rule.pool == ComparatorPool::RiskSet {
        // In risk sets another caliper follows other comparators from other days.
        return;
    }
    for caliper in CALIPERS
        .into_iter()
        .filter(|caliper| *caliper != asked.rule.caliper)
    {
        let words = caliper.map_or("none".to_owned(), format::exact);
        let method = ComparisonMethod::Matched;
        let group = Group::of("alternative", method.code()).and("caliper", &words);
        let found = within_caliper(ledger, outcome, caliper);
        write_alternative(ledger, outcome, (method, group), found);
    }
}

/// Pairs are found before the outcome is looked at here too.
fn within_caliper(
    ledger: &Ledger,
    outcome: &Outcome<'_, '_>,
    caliper: Option<f64>,
) -> Result<MethodEffects, StatsError> {
    let design = outcome.design;
    let paired = design.paired.as_ref().map_err(Clone::clone)?;
    let rule = MatchRule {
        caliper,
        ..design.asked.rule
    };
    let matches = find_pairs(&design.arms, &paired.scores, &rule)?;
    let matches = pairs_among(&matches, &outcome.known);
    effects_of_pairs(outcome.data(), &matches, ledger.confidence())
}

fn write_alternative(
    ledger: &mut Ledger,
    outcome: &Outcome<'_, '_>,
    (method, group): (ComparisonMethod, Group),
    found: Result<MethodEffects, StatsError>,
) {
    let kind = (Statistic::Difference, outcome.unit());
    let id = outcome.method_id(method);
    match found {
        Ok(found) => {
            let number = estimated(kind, id, found.effects.difference);
            outcome.write_alternative(ledger, (method, &found), (group, number));
        }
        Err(error) => {
            let subject = about(&outcome.measure(), group, of_whom(method));
            ledger.nothing(subject, kind, id, &reason(&outcome.arms, &error));
        }
    }
}
