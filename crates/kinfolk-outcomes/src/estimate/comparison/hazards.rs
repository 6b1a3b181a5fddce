//! The hazard ratio of the arm within each authority, over all but each, and averaged on the logarithm. How
//! many children each rests on stands beside the difference only, so that one count is told once.

use kinfolk_model::{Group, Statistic, Unit};
use kinfolk_stats::survival::CoxFit;
use kinfolk_stats::{Estimated, Interval};

use super::authorities::Part;
use super::outcome::Outcome;
use super::refusal::{reason, refused};
use super::survival::{WATCHED, Watched, hazard_ratio, watched};
use crate::Ending;
use crate::comparison::{
    AUTHORITIES, POOLED, PooledNumber, TOO_FEW_AUTHORITIES, TOO_FEW_CHILDREN, Which,
    pool_authorities, pooled_numbers,
};
use crate::estimate::entry::{Computed, Detail, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

const MEASURE: &str = "survival.hazard_ratio";
const COX: &str = "cox/1";
const KIND: (Statistic, Unit) = (Statistic::HazardRatio, Unit::None);
/// The fewest events of an arm that a hazard ratio of an authority's own rests on.
const FEWEST_EVENTS: usize = 5;
const TOO_FEW_EVENTS: &str = "fewer than five events came about in an arm of this authority";

/// The hazard ratios of an outcome of events, authority by authority; nothing for one that is a column.
pub(super) fn write_hazards(
    ledger: &mut Ledger,
    all: &Outcome<'_, '_>,
    [within, without]: [&[Part<'_>]; 2],
    at: usize,
) {
    if all.times().iter().all(Option::is_none) {
        return;
    }
    let own: Vec<Hazard> = within
        .iter()
        .filter_map(|part| write_part(ledger, part, at))
        .collect();
    write_pooled(ledger, all, &own);
    let pairs = within.iter().zip(without);
    for (_, rest) in pairs.filter(|(part, _)| !part.has_few(at)) {
        write_part(ledger, rest, at);
    }
}

/// The logarithm of a hazard ratio, its error, and the sizes of the arms.
struct Hazard {
    log: f64,
    standard_error: f64,
    arms: Vec<Tally>,
}

fn group(outcome: &Outcome<'_, '_>) -> Group {
    Group::of("outcome", outcome.name)
}

fn write_part(ledger: &mut Ledger, part: &Part<'_>, at: usize) -> Option<Hazard> {
    let outcome = part.outcome(at);
    let times = outcome.times();
    let arms = watched(&outcome, &times);
    let subject = about(
        MEASURE,
        group(&outcome).and(part.which.key(), part.name),
        WATCHED,
    );
    let fit = match fit(part, at, &arms) {
        Ok(fit) => fit,
        Err(why) => {
            ledger.nothing(subject, KIND, COX, &why);
            return None;
        }
    };
    let sizes = arms.iter().map(|arm| arm.members.n().alone()).collect();
    let found = Estimated {
        value: fit.hazard_ratio(0),
        interval: Some(fit.hazard_ratio_interval(0, ledger.confidence())),
    };
    let number = Computed::of(KIND, COX, Some(found));
    let detail = Detail::of(outcome.options(part.design.asked.method));
    let hazard = Hazard {
        log: fit.coefficients[0],
        standard_error: fit.standard_error(0),
        arms: sizes,
    };
    ledger.without_count(subject, number, &hazard.arms, detail);
    Some(hazard)
}

/// The regression, or why there is none.
fn fit(part: &Part<'_>, at: usize, arms: &[Watched<'_>; 2]) -> Result<CoxFit, String> {
    let n_events = |arm: &Watched<'_>| {
        let times = arm.own_times();
        times.filter(|time| time.ending == Ending::Event).count()
    };
    if part.has_few(at) {
        return Err(refused(TOO_FEW_CHILDREN));
    }
    if part.which == Which::Within && arms.iter().any(|arm| n_events(arm) < FEWEST_EVENTS) {
        return Err(refused(TOO_FEW_EVENTS));
    }
    hazard_ratio(arms).map_err(|error| reason(&part.design.arms, &error))
}

fn write_pooled(ledger: &mut Ledger, outcome: &Outcome<'_, '_>, own: &[Hazard]) {
    let effects = own.iter().map(|own| (own.log, own.standard_error));
    let effects: Vec<(f64, f64)> = effects.collect();
    let subject = |part| about(MEASURE, group(outcome).and("pooled", part), AUTHORITIES);
    let why = match pool_authorities(&effects, ledger.confidence()) {
        Ok(Some(pool)) => {
            let arms: Vec<Tally> = own.iter().flat_map(|own| own.arms.clone()).collect();
            for number in pooled_numbers(&pool, Unit::None) {
                let (kind, found) = as_ratio(&number);
                let options = outcome.options(outcome.design.asked.method);
                let detail = Detail::of(format!("rule=never-narrower;{options}"));
                let computed = Computed::of(kind, POOLED, Some(found));
                ledger.without_count(subject(number.part), computed, &arms, detail);
            }
            return;
        }
        Ok(None) => refused(TOO_FEW_AUTHORITIES),
        Err(error) => reason(&outcome.arms, &error),
    };
    ledger.nothing(subject("average"), KIND, POOLED, &why);
}

/// A difference of logarithms as a ratio; everything else as it is.
fn as_ratio(number: &PooledNumber) -> ((Statistic, Unit), Estimated) {
    if number.statistic != Statistic::Difference {
        return ((number.statistic, number.unit), number.found);
    }
    let interval = number.found.interval.map(|interval| Interval {
        lower: interval.lower.exp(),
        upper: interval.upper.exp(),
    });
    let value = number.found.value.exp();
    (KIND, Estimated { value, interval })
}
