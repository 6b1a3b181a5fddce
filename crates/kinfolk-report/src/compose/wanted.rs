//! What children asked for.

use kinfolk_model::{SectionName, Statistic};

use super::context::{Context, Numbering, opening, small_numbers, with_note};
use crate::document::{Block, Section};
use crate::sentences::{objectives, paragraph, phrase};

/// Objectives by what the child wanted, and what became of them.
pub(crate) fn section(context: &Context<'_>, numbering: &mut Numbering) -> Option<Section> {
    let figures = context.figures;
    let figure = numbering.figure(kinfolk_charts::draw_objectives(context.release));
    let blocks = opening(objectives::set(figures), text(context), figure);
    context.close(SectionName::Wanted, blocks)
}

fn text(context: &Context<'_>) -> Option<Block> {
    let figures = context.figures;
    let paragraphs = [
        paragraph([objectives::met(figures), objectives::partly(figures)]),
        paragraph([
            objectives::commonest(figures),
            objectives::least_met(figures),
            objectives::least_met_care(figures),
        ]),
        is_small(context).then(small_numbers),
    ];
    let note = "The child and the coordinator agree that it happened.";
    with_note(paragraphs, "Met", note)
}

fn is_small(context: &Context<'_>) -> bool {
    context
        .figures
        .all("objectives.met", Statistic::Proportion)
        .is_some_and(phrase::is_small)
}
