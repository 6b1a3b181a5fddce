//! What happens in each year, when the money is back, and how many of an outcome that takes.

use kinfolk_model::{BenefitClass, Code, Estimate, Group, PlacementType, Unit};
use rayon::prelude::*;

use super::records::{Figure, Writer, pounds, with_option};
use super::rows::amount;
use crate::flows::{Flows, flows, payback};
use crate::plan::Plan;
use crate::totals::Case;

/// A number of one year.
#[derive(Debug, Clone, Copy)]
enum OfYear {
    /// What is spent in it.
    Cost,
    /// What public budgets are spared in it.
    Averted,
    /// The same, of one placement.
    AvertedIn(PlacementType),
    /// Weeks of children in one placement avoided in it.
    Weeks(PlacementType),
    /// What public budgets have been spared up to its end, less costs, worth today.
    Balance,
}

impl OfYear {
    /// All of them, year by year.
    fn all(plan: &Plan, flows: &Flows, values: &[f64]) -> Vec<(Self, usize)> {
        let is_about =
            |placement: &PlacementType| flows.averted_weeks(plan, values, *placement, 0).is_some();
        let placements: Vec<PlacementType> = PlacementType::ALL
            .iter()
            .copied()
            .filter(is_about)
            .collect();
        let of = |what: Self| (0..plan.years as usize).map(move |year| (what, year));
        let of_placement =
            |placement| of(Self::Weeks(placement)).chain(of(Self::AvertedIn(placement)));
        of(Self::Cost)
            .chain(of(Self::Averted))
            .chain(of(Self::Balance))
            .chain(placements.into_iter().flat_map(of_placement))
            .collect()
    }

    fn figure(self, year: usize) -> Figure<'static> {
        let year = year.to_string();
        let group = Group::of("year", &year);
        let spared = "value.averted_per_year";
        let of =
            |placement: PlacementType| Group::of("placement", placement.code()).and("year", &year);
        match self {
            Self::Cost => pounds("value.cost", group),
            Self::Averted => pounds(spared, group),
            Self::AvertedIn(placement) => pounds(spared, of(placement)),
            Self::Weeks(placement) => amount(spared, of(placement), Unit::ChildWeeks),
            Self::Balance => {
                let group = Group::of("case", Case::Fiscal.code()).and("year", &year);
                pounds("value.net_present_value", group)
            }
        }
    }

    fn number(self, year: usize, flows: &Flows, plan: &Plan, values: &[f64]) -> f64 {
        let of = |placement| flows.averted_weeks(plan, values, placement, year);
        match self {
            Self::Cost => flows.costs.iter().map(|cost| cost[year]).sum(),
            Self::Averted => flows.averted(plan, values, year),
            Self::AvertedIn(placement) => of(placement).map_or(0.0, |(_, pounds)| pounds),
            Self::Weeks(placement) => of(placement).map_or(0.0, |(weeks, _)| weeks),
            Self::Balance => flows.cumulative_net(plan, Case::Fiscal, values)[year],
        }
    }
}

pub(super) fn write_years(writer: &mut Writer<'_>) {
    let (plan, flows) = (&writer.appraisal.plan, &writer.appraisal.flows);
    let values = plan.central();
    let numbers = OfYear::all(plan, flows, &values);
    let draws = drawn(writer, &numbers);
    for (at, (what, year)) in numbers.into_iter().enumerate() {
        let number = what.number(year, flows, plan, &values);
        let drawn: Vec<f64> = draws.iter().map(|draw| draw[at]).collect();
        writer.drawn(what.figure(year), number, drawn);
    }
    write_payback(writer, &values);
    for at in 0..plan.outcomes.len() {
        write_outcome(writer, at);
    }
}

/// The numbers of the years in each draw; none where nothing is uncertain.
fn drawn(writer: &Writer<'_>, numbers: &[(OfYear, usize)]) -> Vec<Vec<f64>> {
    let (plan, simulation) = (&writer.appraisal.plan, &writer.appraisal.simulation);
    if !simulation.is_uncertain() {
        return Vec::new();
    }
    let draws = simulation.draws.par_iter().map(|draw| {
        let flows = flows(plan, &draw.values);
        let number =
            |(what, year): &(OfYear, usize)| what.number(*year, &flows, plan, &draw.values);
        numbers.iter().map(number).collect()
    });
    draws.collect()
}

fn write_payback(writer: &mut Writer<'_>, values: &[f64]) {
    let (plan, flows) = (&writer.appraisal.plan, &writer.appraisal.flows);
    for case in [Case::Fiscal, Case::Public] {
        let years = payback(&flows.cumulative_net(plan, case, values));
        let group = Group::of("case", case.code());
        let record = writer.plain(amount("value.payback_years", group, Unit::Years), years);
        if years.is_none() {
            record.note = format!("not within {} years", plan.years);
        }
    }
}

/// How many of an outcome there are in its first year, and how many it takes.
fn write_outcome(writer: &mut Writer<'_>, at: usize) {
    let (plan, flows) = (&writer.appraisal.plan, &writer.appraisal.flows);
    let outcome = &plan.outcomes[at];
    let lag = outcome.lag as usize;
    let first = flows.numbers[at].get(lag).copied();
    let draws = &writer.appraisal.simulation.draws;
    let drawn = |values: &[f64]| crate::factor::product(&outcome.number, values);
    let drawn: Vec<f64> = match writer.appraisal.simulation.is_uncertain() {
        true => draws.iter().map(|draw| drawn(&draw.values)).collect(),
        false => Vec::new(),
    };
    let figure = amount(
        "value.outcomes",
        Group::of("outcome", &outcome.id),
        Unit::None,
    );
    let record: &mut Estimate = match first {
        Some(first) => writer.drawn(figure, first, drawn),
        None => writer.plain(figure, None),
    };
    record.note.clone_from(&outcome.label);
    write_break_even(writer, at, first.unwrap_or(0.0));
}

/// How many of an outcome make fiscal benefits equal costs, all other outcomes as assumed; for a
/// placement also how many child-weeks over all years, the allowance for optimism taken off as it is in the years.
fn write_break_even(writer: &mut Writer<'_>, at: usize, first: f64) {
    let (plan, totals) = (&writer.appraisal.plan, &writer.appraisal.central);
    let outcome = &plan.outcomes[at];
    if outcome.class != BenefitClass::Fiscal || totals.outcomes[at] <= 0.0 {
        return;
    }
    let needed = 1.0 - totals.net(plan, Case::Fiscal) / totals.outcomes[at];
    let needed = needed.max(0.0);
    let group = || Group::of("outcome", &outcome.id);
    let figure = amount("value.break_even", group(), Unit::None);
    writer.plain(figure, Some(needed * first));
    if let Some((weeks, placement)) = outcome.weeks.zip(outcome.placement) {
        let (numbers, values) = (&writer.appraisal.flows.numbers[at], plan.central());
        let kept = 1.0 - outcome.bias.of(&values);
        let assumed = numbers.iter().sum::<f64>() * weeks.of(&values) * kept;
        for (measure, weeks) in [
            ("value.outcomes", assumed),
            ("value.break_even", assumed * needed),
        ] {
            let group = group().and("counted", "child_weeks");
            let record = writer.plain(amount(measure, group, Unit::ChildWeeks), Some(weeks));
            record.note.clone_from(&outcome.label);
            with_option(record, "placement", placement.code());
        }
    }
}
