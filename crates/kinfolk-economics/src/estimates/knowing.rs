//! What it would be worth to know more, and whether a larger study is worth its cost.

use kinfolk_model::Group;

use super::records::{Writer, pounds};
use super::robustness::{ALL_FIXED, CASES};
use crate::EconomicsError;
use crate::discount::Timing;
use crate::information::{PlannedStudy, population_value, sample_information};
use crate::input::{Origin, Theme};
use crate::plan::PlannedResearch;
use crate::totals::{Case, totals};

const INFORMATION: &str = "value-information/1";
/// How many times as many children a larger study might have.
const TIMES: [u64; 3] = [1, 2, 4];

pub(super) fn write_information(writer: &mut Writer<'_>) -> Result<(), EconomicsError> {
    let appraisal = writer.appraisal;
    for case in CASES {
        let group = || Group::of("case", case.code());
        let all = pounds("value.perfect_information", group());
        if !appraisal.simulation.is_uncertain() {
            writer.plain(all, None).note = ALL_FIXED.to_owned();
            continue;
        }
        let at = appraisal.simulation.paying(&appraisal.plan, case, &[1.0])?;
        let value = at.first().map(|at| at.perfect_information);
        INFORMATION.clone_into(&mut writer.plain(all, value).method);
        for input in &appraisal.simulation.uncertain {
            write_input(writer, case, *input)?;
        }
        for theme in Theme::ALL {
            write_theme(writer, case, theme)?;
        }
    }
    Ok(())
}

/// Several inputs about one thing, known together; one alone has its own record.
fn write_theme(writer: &mut Writer<'_>, case: Case, theme: Theme) -> Result<(), EconomicsError> {
    let (simulation, plan) = (&writer.appraisal.simulation, &writer.appraisal.plan);
    let uncertain = simulation.uncertain.iter().copied();
    let inputs: Vec<usize> = uncertain
        .filter(|at| plan.inputs[*at].theme() == theme)
        .collect();
    if inputs.len() < 2 {
        return Ok(());
    }
    let value = simulation.worth_of_knowing_all(plan, case, &inputs)?;
    let group = Group::of("case", case.code()).and("inputs", theme.code());
    let record = writer.plain(pounds("value.partial_information", group), Some(value));
    INFORMATION.clone_into(&mut record.method);
    theme.label().clone_into(&mut record.note);
    Ok(())
}

fn write_input(writer: &mut Writer<'_>, case: Case, at: usize) -> Result<(), EconomicsError> {
    let (appraisal, plan) = (writer.appraisal, &writer.appraisal.plan);
    let input = &plan.inputs[at];
    let group = Group::of("case", case.code()).and("input", &input.id);
    let value = appraisal.simulation.worth_of_knowing(plan, case, at)?;
    let record = writer.plain(pounds("value.partial_information", group), Some(value));
    INFORMATION.clone_into(&mut record.method);
    record.note.clone_from(&input.label);
    if let Origin::Study {
        children: Some(known @ 1..),
    } = input.origin
    {
        write_studies(writer, case, at, known);
    }
    Ok(())
}

/// Studies of several sizes, and each less its cost where that is known.
fn write_studies(writer: &mut Writer<'_>, case: Case, at: usize, known: u64) {
    let plan = &writer.appraisal.plan;
    let input = &plan.inputs[at];
    for times in TIMES {
        let study = study(writer, case, at, known, known * times);
        let group = || {
            let group = Group::of("case", case.code()).and("input", &input.id);
            group.and("times", &times.to_string())
        };
        let worth = sample_information(&study);
        let record = writer.plain(pounds("value.larger_study", group()), Some(worth));
        INFORMATION.clone_into(&mut record.method);
        record.note = format!("{}: {}", input.label, size(times));
        let Some(research) = plan.research else {
            continue;
        };
        let net = served(writer, &research, worth) - research.cost(study.more);
        let record = writer.plain(pounds("value.larger_study_net", group()), Some(net));
        INFORMATION.clone_into(&mut record.method);
        record.note = format!(
            "{}: {}, for decisions of {} years",
            input.label,
            size(times),
            research.years
        );
    }
}

fn size(times: u64) -> String {
    match times {
        1 => "as many more children studied".to_owned(),
        _ => format!("{times} times as many more children studied"),
    }
}

/// What a study is worth to all decisions that it serves: one a year, the first a year after its
/// start, each about as many children as this one.
fn served(writer: &Writer<'_>, research: &PlannedResearch, worth: f64) -> f64 {
    let schedule = &writer.appraisal.plan.schedule;
    population_value(worth, 1.0, schedule, research.years, Timing::EndOfYear)
}

/// What a study of one input would move: the net benefit rises by a straight line with an effect, at
/// the slope that it has where all other inputs are central.
fn study(writer: &Writer<'_>, case: Case, at: usize, known: u64, more: u64) -> PlannedStudy {
    let plan = &writer.appraisal.plan;
    let net = |moved: f64| {
        let mut values = plan.central();
        values[at] += moved;
        totals(plan, &values).net(plan, case)
    };
    let one_sd = plan.inputs[at].distribution.at(1.0) - plan.inputs[at].distribution.at(0.0);
    PlannedStudy {
        mean: net(0.0),
        sd: (net(one_sd) - net(0.0)).abs(),
        known: known as f64,
        more: more as f64,
    }
}
