//! What children asked for.

use kinfolk_model::{SectionName, Statistic};

use super::context::{Context, Numbering, small_numbers};
use crate::document::{Block, Section, Text};
use crate::sentences::{objectives, paragraph, phrase};

/// Objectives by what the child wanted, and what became of them.
pub(crate) fn section(context: &Context<'_>, numbering: &mut Numbering) -> Option<Section> {
    let figures = context.figures;
    let mut blocks: Vec<Block> = objectives::set(figures)
        .map(Block::Lead)
        .into_iter()
        .collect();
    blocks.extend(text(context));
    blocks.extend(numbering.figure(kinfolk_charts::draw_objectives(context.release)));
    context.close(SectionName::Wanted, blocks)
}

fn text(context: &Context<'_>) -> Option<Block> {
    let figures = context.figures;
    let paragraphs: Vec<Text> = [
        paragraph([objectives::met(figures), objectives::partly(figures)]),
        paragraph([
            objectives::commonest(figures),
            objectives::least_met(figures),
            objectives::least_met_care(figures),
        ]),
        is_small(context).then(small_numbers),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!paragraphs.is_empty()).then(|| Block::WithNote {
        paragraphs,
        term: "Met".to_owned(),
        note: "The child and the coordinator agree that it happened.".to_owned(),
    })
}

fn is_small(context: &Context<'_>) -> bool {
    context
        .figures
        .all("objectives.met", Statistic::Proportion)
        .is_some_and(phrase::is_small)
}
