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
        let interval = format!("{} interval", format::level(context.settings.confidence));
        let heads = [
            "What came first",
            "Programme",
            &interval,
            "Comparators",
            &interval,
            "p",
        ];
        let table = cells::table_of_numbers(&heads, rows);
        let note = "Shares by the end of follow-up where several endings compete (Aalen\u{2013}Johansen), p by Gray\u{2019}s test.";
        let base = base(context, asked).unwrap_or_default();
        let source = context.source("cohort and events", &base, note);
        numbering.table("comparison-endings", "What came first", table, source)
    })
}

fn row(context: &Context<'_>, outcome: &str, ending: &str) -> Option<DataRow> {
    let release = context.release;
    let group = Group::of("outcome", outcome).and("ending", ending);
    let of = |arm| release.in_arm(MEASURE, arm, &group, Statistic::Proportion);
    of(Arm::Programme)?;
    let shares = Arm::ALL.iter().flat_map(|arm| {
        let share = of(*arm);
        [
            cells::value(share, format::share),
            cells::interval(share, format::share),
        ]
    });
    let test = release.get(MEASURE, &group, Statistic::PValue);
    let test = cells::value(test, format::p_value);
    Some(cells::row(&label(outcome, ending), shares.chain([test])))
}

/// How many of either arm were followed for the first outcome that is an event.
fn base(context: &Context<'_>, asked: &ComparisonSettings) -> Option<String> {
    let mut outcomes = asked.outcomes.iter();
    outcomes.find_map(|outcome| {
        let group = Group::of("outcome", outcome).and("ending", "event");
        let of = |arm| {
            let share = context
                .release
                .in_arm(MEASURE, arm, &group, Statistic::Proportion)?;
            share.denominator().figure()
        };
        let (programme, comparators) = (of(Arm::Programme)?, of(Arm::Comparator)?);
        let (programme, comparators) = (format::count(programme), format::count(comparators));
        Some(format!(
            "{programme} children of the programme and {comparators} comparators"
        ))
    })
}

fn label(outcome: &str, ending: &str) -> String {
    let event = event_label(outcome);
    match ending {
        "other" => format!("{event}: ruled out first"),
        _ => event,
    }
}
