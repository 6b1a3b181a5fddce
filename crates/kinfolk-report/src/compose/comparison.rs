//! Against a comparator: who is compared, whether the arms are alike, what differs, how wrong that could
//! be, and how much it proves.

mod authorities;
mod endings;
mod protocol;
mod standard;
mod tables;

pub(crate) use protocol::options;

use kinfolk_model::{ComparisonSettings, SectionName};

use super::context::{Context, Numbering, care, heading, opening, with_note};
use crate::document::{Block, Section, Text};
use crate::sentences::{comparison, paragraph};

/// The section; nothing where the study compares nobody.
pub(crate) fn section(context: &Context<'_>, numbering: &mut Numbering) -> Option<Section> {
    let asked = context.settings.comparison.as_ref();
    let Some(asked) = asked.filter(|_| context.figures.has("matching.flow")) else {
        let blocks = authorities::of_studies(context, numbering);
        return context.close(SectionName::Comparison, blocks);
    };
    let mut blocks = opening(
        comparison::lead(context.figures, asked),
        who(context, asked),
        None,
    );
    blocks.extend(protocol::blocks(asked));
    blocks.extend(tables::flow(context, numbering));
    blocks.extend(alike(context, numbering));
    blocks.extend(effects(context, numbering, asked));
    blocks.extend(authorities::blocks(context, numbering, asked));
    blocks.extend(how_wrong(context, numbering, asked));
    blocks.extend(standard::blocks(context, asked));
    context.close(SectionName::Comparison, blocks)
}

fn who(context: &Context<'_>, asked: &ComparisonSettings) -> Option<Block> {
    let figures = context.figures;
    let note = "Children of the same kind who were not in the programme.";
    let text = paragraph([
        Some(comparison::how(asked)),
        comparison::detectable(figures, asked),
    ]);
    with_note([text], "Comparators", note)
}

fn alike(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let Some(table) = tables::balance(context, numbering) else {
        return Vec::new();
    };
    let told = comparison::alike(context.figures).map(Block::Paragraph);
    let mut blocks = vec![heading("Are the arms alike?")];
    blocks.extend(told);
    blocks.extend(numbering.figure(kinfolk_charts::draw_love_plot(context.release)));
    blocks.push(table);
    blocks.extend(numbering.figure(kinfolk_charts::draw_overlap(context.release)));
    blocks
}

fn effects(
    context: &Context<'_>,
    numbering: &mut Numbering,
    asked: &ComparisonSettings,
) -> Vec<Block> {
    let Some(table) = tables::effects(context, numbering, asked) else {
        return Vec::new();
    };
    let first = asked.outcomes.first();
    let told = first.and_then(|outcome| comparison::as_they_are(context.figures, outcome));
    let mut blocks = vec![heading("What differs")];
    blocks.extend(told.map(Block::Paragraph));
    blocks.push(table);
    let refusals = asked
        .outcomes
        .iter()
        .filter_map(|outcome| comparison::refusal(context.figures, outcome, asked.method));
    blocks.extend(refusals.map(Block::Paragraph));
    let conclusion = conclusion(comparison::is_made_alike(context.figures, asked));
    blocks.push(care("Read with care.", conclusion));
    blocks.extend(numbering.figure(kinfolk_charts::draw_survival(context.release)));
    // Between the two charts, neither of which leaves room for the other on a page.
    blocks.extend(endings::table(context, numbering, asked));
    blocks.extend(numbering.figure(kinfolk_charts::draw_endings(context.release)));
    blocks
}

/// What may be concluded.
fn conclusion(is_made_alike: bool) -> Text {
    Text::plain(match is_made_alike {
        false => {
            "The arms were not made alike. The difference is no measure of what the programme did."
        }
        true => {
            "The difference is the effect of the programme only if the arms differ in nothing else that \
             matters. Children were not drawn by lot, and what nobody recorded could not be made alike."
        }
    })
}

fn how_wrong(
    context: &Context<'_>,
    numbering: &mut Numbering,
    asked: &ComparisonSettings,
) -> Vec<Block> {
    let sensitivity = tables::sensitivity(context, numbering, asked);
    // Where the chart of choices cannot be drawn, their table says why.
    let choices = numbering
        .figure(kinfolk_charts::draw_choices(context.release))
        .or_else(|| tables::alternatives(context, numbering, asked));
    let tables: Vec<Block> = [sensitivity, choices].into_iter().flatten().collect();
    if tables.is_empty() {
        return Vec::new();
    }
    let about = "Two things can turn such a finding: something that nobody recorded, and a choice of \
                 method. Both are looked at here.";
    let mut blocks = vec![
        heading("How wrong could it be?"),
        Block::Paragraph(Text::plain(about)),
    ];
    blocks.extend(tables);
    blocks
}
