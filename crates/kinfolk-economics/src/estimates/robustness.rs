//! How far the answer hangs on its inputs.

use kinfolk_model::{Estimate, Group, Statistic, Unit};

use super::records::{Figure, Writer, ratio, text, with_option};
use super::rows::{amount, unit_of};
use crate::input::Origin;
use crate::sensitivity::tornado;
use crate::totals::Case;
use crate::{EconomicsError, switching_value};

pub(super) const CASES: [Case; 2] = [Case::Fiscal, Case::Public];
const SIMULATION: &str = "value-simulation/1";
/// Why nothing was drawn.
pub(super) const ALL_FIXED: &str = "no input has a spread, so there is nothing to draw";

pub(super) fn write_switching(writer: &mut Writer<'_>) {
    let plan = &writer.appraisal.plan;
    for case in CASES {
        for (at, input) in plan.inputs.iter().enumerate() {
            let found = switching_value(plan, case, at);
            let group = Group::of("case", case.code()).and("input", &input.id);
            let figure = amount("value.switching", group.clone(), unit_of(input.kind));
            note(writer.plain(figure, found), found, &input.label);
            let change = found
                .filter(|_| input.value != 0.0)
                .map(|x| x / input.value - 1.0);
            let figure = Figure {
                unit: Unit::Proportion,
                statistic: Statistic::Difference,
                ..amount("value.switching", group, Unit::Proportion)
            };
            note(writer.plain(figure, change), found, &input.label);
        }
    }
}

fn note(record: &mut Estimate, found: Option<f64>, label: &str) {
    "value-switching/1".clone_into(&mut record.method);
    record.note = match found {
        Some(_) => label.to_owned(),
        None => format!("{label}: no possible value changes the answer"),
    };
}

/// Inputs that a case does not hang on have no bar.
pub(super) fn write_tornado(writer: &mut Writer<'_>) {
    let plan = &writer.appraisal.plan;
    for case in CASES {
        let bars = tornado(plan, case);
        for bar in bars.into_iter().filter(|bar| bar.swing() > 0.0) {
            let input = &plan.inputs[bar.input];
            let ends = [
                ("low", bar.low, bar.at_low),
                ("high", bar.high, bar.at_high),
            ];
            for (end, at, value) in ends {
                let group = Group::of("case", case.code()).and("input", &input.id);
                let record = writer.plain(ratio("value.sensitivity", group.and("end", end)), value);
                "value-tornado/1".clone_into(&mut record.method);
                // Options are never withheld, so they hold no number of the study.
                if input.origin == Origin::Stated {
                    with_option(record, "at", &text(at));
                }
                record.note = match value {
                    Some(value) if value >= 1.0 => format!("{}: pays", input.label),
                    Some(_) => format!("{}: does not pay", input.label),
                    None => input.label.clone(),
                };
            }
        }
    }
}

pub(super) fn write_probabilities(writer: &mut Writer<'_>) -> Result<(), EconomicsError> {
    let (appraisal, costs) = (writer.appraisal, writer.costs);
    for case in Case::ALL {
        let figure = |group| Figure {
            statistic: Statistic::Proportion,
            ..amount("value.probability_pays", group, Unit::Proportion)
        };
        let group = || Group::of("case", case.code());
        if !appraisal.simulation.is_uncertain() {
            writer.plain(figure(group()), None).note = ALL_FIXED.to_owned();
            continue;
        }
        let once = appraisal.simulation.paying(&appraisal.plan, case, &[1.0])?;
        let at_least = appraisal
            .simulation
            .paying(&appraisal.plan, case, &costs.thresholds)?;
        let once = once.iter().map(|at| (group(), at));
        let named = at_least.iter();
        let named = named.map(|at| (group().and("return", &text(at.threshold)), at));
        for (group, at) in once.chain(named) {
            let record = writer.plain(figure(group), at.probability_best.get(1).copied());
            SIMULATION.clone_into(&mut record.method);
        }
    }
    Ok(())
}
