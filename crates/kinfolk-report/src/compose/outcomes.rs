//! What changed for children, as their coordinators recorded it.

use kinfolk_charts::{DataCell, DataRow};
use kinfolk_disclosure::Released;
use kinfolk_model::{Code, Group, OutcomeName, SectionName, Statistic};

use super::cells;
use super::context::{Context, Numbering, care, opening, small_numbers, with_note};
use super::printed::{in_part, without};
use crate::document::{Block, Section, Text};
use crate::sentences::{outcomes, paragraph, phrase};

/// The five outcomes of a Practice Summary, with all that was not recorded as yes or no.
pub(crate) fn section(context: &Context<'_>, numbering: &mut Numbering) -> Option<Section> {
    let figures = context.figures;
    let figure = numbering
        .figure(kinfolk_charts::draw_outcomes(context.release))
        .map(|figure| in_part(figure, |table| without(table, &NOT_ANSWERED)));
    let mut blocks = opening(outcomes::lead(figures), text(context), figure);
    if !answers(context).is_empty() {
        blocks.push(caution());
    }
    context.close(SectionName::Outcomes, blocks)
}

fn text(context: &Context<'_>) -> Option<Block> {
    let figures = context.figures;
    let others = [outcomes::most(figures), outcomes::least(figures)];
    let is_small = outcomes::shown(figures).any(|(_, share)| phrase::is_small(share));
    let paragraphs = [paragraph(others), is_small.then(small_numbers)];
    let note = "Children recorded yes, of all recorded yes or no.";
    with_note(paragraphs, "Share", note)
}

/// Every answer that a Practice Summary may hold.
const ANSWERS: [(&str, &str); 5] = [
    ("yes", "Yes"),
    ("no", "No"),
    ("too_soon", "Too soon to say"),
    ("not_known", "Not known"),
    ("not_recorded", "Not recorded"),
];

/// The columns of the chart's table that another table of the annex holds.
const NOT_ANSWERED: [&str; 3] = ["Too soon to say", "Not known", "Not recorded"];

/// The answers that were given at all.
fn answers(context: &Context<'_>) -> Vec<(&'static str, &'static str)> {
    let is_given = |(answer, _): &(&str, &str)| {
        let mut names = OutcomeName::ALL.iter();
        names.any(|name| recorded_as(context, *name, answer).is_some())
    };
    ANSWERS.into_iter().filter(is_given).collect()
}

/// What coordinators recorded, for the annex; nothing where they recorded nothing.
pub(crate) fn recorded(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let answers = answers(context);
    if answers.is_empty() {
        return None;
    }
    let has_all = answers.len() == ANSWERS.len();
    let heads: Vec<&str> = std::iter::once("Outcome")
        .chain(answers.iter().map(|(_, label)| *label))
        .chain((!has_all).then_some("Neither yes nor no"))
        .collect();
    let rows: Vec<DataRow> = OutcomeName::ALL
        .iter()
        .map(|name| {
            let counts = answers
                .iter()
                .map(|(answer, _)| cells::count_or_withheld(recorded_as(context, *name, answer)));
            let rest = (!has_all).then(|| neither(context, *name));
            cells::row(name.label(), counts.chain(rest))
        })
        .collect();
    let table = cells::table_of_numbers(&heads, rows);
    let note = "Children counted under yes and no make up each share.";
    let source = context.source("Practice Summaries", "", note);
    Some(numbering.table(
        "outcomes-recorded",
        "What coordinators recorded",
        table,
        source,
    ))
}

fn recorded_as<'a>(context: &Context<'a>, name: OutcomeName, answer: &str) -> Option<&'a Released> {
    let group = Group::of("answer", answer);
    context
        .release
        .get(&outcomes::measure(name), &group, Statistic::Count)
}

/// Too soon, not known and not recorded together, where they are too few to tell apart.
fn neither(context: &Context<'_>, name: OutcomeName) -> DataCell {
    let measure = outcomes::measure(name);
    let share = context
        .release
        .get(&measure, &Group::all(), Statistic::Proportion);
    cells::missing(share)
}

fn caution() -> Block {
    care(
        "Read with care.",
        Text::plain(
            "Coordinators recorded these outcomes, and they know the work from inside. There is no \
             comparison group. The same may have happened without Lifelong Links.",
        ),
    )
}
