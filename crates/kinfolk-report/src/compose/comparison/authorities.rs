//! Does it hold in every authority? The average over authorities, how far they differ, and the effect within
//! each and without each.

use kinfolk_model::ComparisonSettings;

use crate::compose::context::{Context, Numbering, heading};
use crate::document::Block;
use crate::sentences::comparison;

/// The chart and its words, where the comparison is of several authorities.
pub(super) fn blocks(
    context: &Context<'_>,
    numbering: &mut Numbering,
    asked: &ComparisonSettings,
) -> Vec<Block> {
    let chart = numbering.figure(kinfolk_charts::draw_authorities(context.release));
    let told = asked.outcomes.iter();
    let told: Vec<Block> = told
        .filter_map(|outcome| comparison::over_authorities(context.figures, outcome))
        .map(Block::Paragraph)
        .collect();
    if chart.is_none() && told.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![heading("Does it hold in every authority?")];
    blocks.extend(told);
    blocks.extend(chart);
    blocks
}
