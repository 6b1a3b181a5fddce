//! What changed for children, as their coordinators recorded it.

use kinfolk_charts::DataRow;
use kinfolk_model::{Code, Group, OutcomeName, SectionName, Statistic};

use super::cells;
use super::context::{Context, Numbering, care, small_numbers};
use crate::document::{Block, Section, Text};
use crate::sentences::{outcomes, paragraph, phrase};

/// The five outcomes of a Practice Summary, with all that was not recorded as yes or no.
pub(crate) fn section(context: &Context<'_>, numbering: &mut Numbering) -> Option<Section> {
    let figures = context.figures;
    let mut blocks: Vec<Block> = outcomes::lead(figures)
        .map(Block::Lead)
        .into_iter()
        .collect();
    blocks.extend(text(context));
    blocks.extend(numbering.figure(kinfolk_charts::draw_outcomes(context.release)));
    if let Some(table) = recorded(context, numbering) {
        blocks.push(table);
        blocks.push(caution());
    }
    context.close(SectionName::Outcomes, blocks)
}

fn text(context: &Context<'_>) -> Option<Block> {
    let figures = context.figures;
    let others = [outcomes::most(figures), outcomes::least(figures)];
    let is_small = outcomes::shown(figures).any(|(_, share)| phrase::is_small(share));
    let paragraphs: Vec<Text> = [paragraph(others), is_small.then(small_numbers)]
        .into_iter()
        .flatten()
        .collect();
    (!paragraphs.is_empty()).then(|| Block::WithNote {
        paragraphs,
        term: "Share".to_owned(),
        note: "Children recorded yes, of all recorded yes or no.".to_owned(),
    })
}

/// Every answer that a Practice Summary may hold.
const ANSWERS: [(&str, &str); 5] = [
    ("yes", "Yes"),
    ("no", "No"),
    ("too_soon", "Too soon to say"),
    ("not_known", "Not known"),
    ("not_recorded", "Not recorded"),
];

fn recorded(context: &Context<'_>, numbering: &mut Numbering) -> Option<Block> {
    let rows: Vec<DataRow> = OutcomeName::ALL
        .iter()
        .filter_map(|name| recorded_row(context, *name))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let heads: Vec<&str> = std::iter::once("Outcome")
        .chain(ANSWERS.iter().map(|(_, label)| *label))
        .collect();
    let table = cells::table_of_numbers(&heads, rows);
    let source = format!(
        "{} Children counted under yes and no make up each share.",
        context.source("Practice Summaries", "")
    );
    Some(numbering.table(
        "outcomes-recorded",
        "What coordinators recorded",
        table,
        source,
    ))
}

fn recorded_row(context: &Context<'_>, name: OutcomeName) -> Option<DataRow> {
    let measure = outcomes::measure(name);
    let get = |answer: &str| {
        let group = Group::of("answer", answer);
        context.release.get(&measure, &group, Statistic::Count)
    };
    ANSWERS.iter().find_map(|(answer, _)| get(answer))?;
    let counts = ANSWERS.iter().map(|(answer, _)| cells::count(get(answer)));
    Some(cells::row(name.label(), counts))
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
