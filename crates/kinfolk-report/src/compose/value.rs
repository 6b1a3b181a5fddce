//! What the programme costs and what it is worth: three returns side by side, who pays and who gains,
//! how sure the answer is, what would turn it, what is not counted, where the prices come from.

mod authorities;
mod checklist;
mod steps;
mod tables;

use kinfolk_model::SectionName;

use super::context::{Context, Numbering, care, heading, opening, with_note};
use super::printed::{elsewhere, first_rows, in_part, without};
use crate::document::{Block, Section, Text};
use crate::sentences::{knowing, paragraph, value};

/// The column that names a row of `costs.toml`, for those who look it up there.
const ROW: &str = "Row";
/// The most inputs that are printed of those that the answer hangs on.
const MOST_INPUTS: usize = 10;

/// The section; nothing where the study has no costs.
pub(crate) fn section(context: &Context<'_>, numbering: &mut Numbering) -> Option<Section> {
    let figures = context.figures;
    if !value::is_appraised(figures) {
        return context.close(SectionName::Value, Vec::new());
    }
    if value::is_side_by_side(figures) {
        let blocks = authorities::blocks(context, numbering);
        return context.close(SectionName::Value, blocks);
    }
    if let Some(reason) = value::not_appraised(figures) {
        return context.close(SectionName::Value, vec![Block::Lead(reason)]);
    }
    if value::is_withheld(figures) {
        let mut blocks = vec![Block::Lead(value::withheld())];
        blocks.extend(not_counted(context));
        return context.close(SectionName::Value, blocks);
    }
    let mut blocks = opening(value::returns(figures), about(context), None);
    blocks.extend(tables::returns(context, numbering));
    blocks.push(care("What this does not show.", value::not_shown(figures)));
    blocks.extend(value::near_one(figures).map(|text| care("Read with care.", text)));
    blocks.extend(in_plain_words(context));
    blocks.extend(counted(context, numbering));
    blocks.extend(ledger(context, numbering));
    blocks.extend(yearly(context, numbering));
    blocks.extend(how_sure(context, numbering));
    blocks.extend(break_even(context, numbering));
    blocks.extend(not_counted(context));
    blocks.extend(sources(context));
    context.close(SectionName::Value, blocks)
}

/// The prices, the inputs and the checklist, for the annex; nothing where the study has no costs.
pub(crate) fn annex(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let sources = tables::sources(context, numbering);
    let Some(inputs) = tables::inputs(context, numbering) else {
        return Vec::new();
    };
    let Block::Table(table) = &inputs else {
        return Vec::new();
    };
    let checklist = checklist::table(context, numbering, table.number);
    let sources = sources.map(|table| in_part(table, |table| without(table, &[ROW])));
    std::iter::once(heading("What the appraisal rests on"))
        .chain(sources)
        .chain([elsewhere(inputs), elsewhere(checklist)])
        .collect()
}

fn about(context: &Context<'_>) -> Option<Block> {
    let figures = context.figures;
    let text = paragraph([value::cost(figures), value::cost_of_a_child(figures)]);
    let paid = value::payback(figures);
    let note = "The part of public savings that a budget can release.";
    with_note([text, paid], "Cash", note)
}

fn in_plain_words(context: &Context<'_>) -> Vec<Block> {
    let text = value::in_plain_words(context.figures);
    text.map_or_else(Vec::new, |text| {
        vec![heading("In plain words"), Block::Paragraph(text)]
    })
}

fn counted(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let Some(table) = steps::counted(context, numbering) else {
        return Vec::new();
    };
    vec![heading("What is counted"), table]
}

fn yearly(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let Some(table) = steps::yearly(context, numbering) else {
        return Vec::new();
    };
    vec![heading("Year by year"), table]
}

fn ledger(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let figure = kinfolk_charts::draw_value_ledger(context.release);
    let Some(figure) = numbering.figure(figure) else {
        return Vec::new();
    };
    let figure = in_part(figure, |table| without(table, &[ROW]));
    let mut blocks = vec![heading("Who pays and who gains"), figure];
    blocks.extend(tables::payers(context, numbering));
    blocks
}

fn how_sure(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let release = context.release;
    let probability = numbering
        .figure(kinfolk_charts::draw_value_probability(release))
        .map(elsewhere);
    let tornado = numbering
        .figure(kinfolk_charts::draw_value_tornado(release))
        .map(|figure| {
            in_part(figure, |table| {
                first_rows(&without(table, &[ROW]), MOST_INPUTS)
            })
        });
    if probability.is_none() && tornado.is_none() {
        return Vec::new();
    }
    let told = |text: Option<Text>| text.map(Block::Paragraph);
    let blocks = [
        Some(heading("How sure the answer is")),
        told(value::probability(context.figures)),
        probability,
        told(value::switching(context.figures)),
        tornado,
        told(paragraph([
            knowing::worth_of_knowing(context.figures),
            knowing::larger_study(context.figures),
        ])),
    ];
    blocks.into_iter().flatten().collect()
}

fn break_even(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let figure = kinfolk_charts::draw_value_break_even(context.release);
    let Some(figure) = numbering.figure(figure) else {
        return Vec::new();
    };
    let text = value::break_even(context.figures).map(Block::Paragraph);
    let mut blocks = vec![heading("What it would take to pay")];
    blocks.extend(text);
    blocks.push(elsewhere(figure));
    blocks
}

fn not_counted(context: &Context<'_>) -> Vec<Block> {
    let items = value::not_counted(context.figures);
    if items.is_empty() {
        return Vec::new();
    }
    let about = "These matter too. No money is put to them, so they are in none of the returns.";
    vec![
        heading("What is not counted"),
        Block::Paragraph(Text::plain(about)),
        Block::List(items),
    ]
}

fn sources(context: &Context<'_>) -> Vec<Block> {
    let listed = Text::plain("The annex lists each price with its year and its source.");
    let old = value::old_prices(context.figures);
    let texts = [Some(listed), old].into_iter().flatten();
    std::iter::once(heading("Where the prices come from"))
        .chain(texts.map(Block::Paragraph))
        .collect()
}
