//! What came first: the event, or something that rules it out.

use kinfolk_charts::DataRow;
use kinfolk_model::{Arm, Code, ComparisonSettings, Group, Statistic, event_label, format};

use crate::compose::cells;
use crate::compose::context::{Context, Numbering};
use crate::document::Block;

const MEASURE: &str = "survival.incidence";

/// The share of either arm to which each came first, and whether the arms differ in it.
pub(super) fn table(
    context: &Context<'_>,
    numbering: &mut Numbering,
    asked: &ComparisonSettings,
) -> Option<Block> {
    let outcomes = asked.outcomes.iter();
    let rows: Vec<DataRow> = outcomes
        .flat_map(|outcome| ["event", "other"].map(|ending| (outcome, ending)))
        .filter_map(|(outcome, ending)| row(context, outcome, ending))
        .collect();
    (!rows.is_empty()).then(|| {
        let heads = ["What came first", "Programme", "Comparators", "p"];
        let table = cells::table_of_numbers(&heads, rows);
        let note = "Shares by the end of follow-up where several endings compete (Aalen\u{2013}Johansen), p by Gray\u{2019}s test.";
        let source = context.source("cohort and events", "", note);
        numbering.table("comparison-endings", "What came first", table, source)
    })
}

fn row(context: &Context<'_>, outcome: &str, ending: &str) -> Option<DataRow> {
    let release = context.release;
    let group = Group::of("outcome", outcome).and("ending", ending);
    let of = |arm| release.in_arm(MEASURE, arm, &group, Statistic::Proportion);
    of(Arm::Programme)?;
    let shares = Arm::ALL
        .iter()
        .map(|arm| cells::value(of(*arm), format::share));
    let test = release.get(MEASURE, &group, Statistic::PValue);
    let test = cells::value(test, format::p_value);
    Some(cells::row(&label(outcome, ending), shares.chain([test])))
}

fn label(outcome: &str, ending: &str) -> String {
    let event = event_label(outcome);
    match ending {
        "other" => format!("{event}: ruled out first"),
        _ => event,
    }
}
