//! Does it hold in every authority? The average over authorities, how far they differ, and the effect within
//! each and without each.

use kinfolk_model::ComparisonSettings;

use crate::compose::context::{Context, Numbering, care, heading};
use crate::document::{Block, Text};
use crate::sentences::{comparison, hazards};

/// The charts and their words, where the comparison is of several authorities.
pub(super) fn blocks(
    context: &Context<'_>,
    numbering: &mut Numbering,
    asked: &ComparisonSettings,
) -> Vec<Block> {
    let differences = numbering.figure(kinfolk_charts::draw_authorities(context.release));
    let hazards = numbering.figure(kinfolk_charts::draw_hazards(context.release));
    let told = asked.outcomes.iter();
    let told: Vec<Block> = told
        .flat_map(|outcome| {
            [comparison::over_authorities, hazards::over_authorities]
                .map(|told| told(context.figures, outcome))
        })
        .flatten()
        .map(Block::Paragraph)
        .collect();
    let charts: Vec<Block> = differences.into_iter().chain(hazards).collect();
    if charts.is_empty() && told.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![heading("Does it hold in every authority?")];
    blocks.extend(told);
    blocks.extend(charts);
    blocks
}

/// What the authorities' own comparisons come to, in the report of all; nothing where there are none.
pub(super) fn of_studies(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let outcomes = comparison::compared_by_authorities(context.figures);
    let told = |outcome: &String| comparison::over_authorities(context.figures, outcome);
    let mut told = outcomes.iter().filter_map(told);
    let Some(lead) = told.next() else {
        return Vec::new();
    };
    let about = "Some authorities compare their children with others who were like them. Each made its own \
        arms alike, in its own way, and its report says how. The averages rest on the effects and intervals \
        that those reports print.";
    let caution = "A difference is the effect of the programme only if the arms differ in nothing else that \
        matters. Authorities stand in the order of the alphabet and are not ranked.";
    let mut blocks = vec![Block::Lead(lead), Block::Paragraph(Text::plain(about))];
    blocks.extend(told.map(Block::Paragraph));
    blocks.push(care("Read with care.", Text::plain(caution)));
    blocks.extend(numbering.figure(kinfolk_charts::draw_authorities(context.release)));
    blocks
}
