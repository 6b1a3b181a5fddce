//! About the numbers: completeness, what is hidden, data quality, methods, definitions, limits.

use kinfolk_disclosure::profile;
use kinfolk_model::{Code, SectionName};

use super::context::{Context, Numbering, heading};
use super::{limits, methods, quality};
use crate::document::{Block, Section, Text};
use crate::sentences::numbers;

/// The last section; it always stands.
pub(crate) fn section(context: &Context<'_>, numbering: &mut Numbering) -> Section {
    let mut blocks = vec![Block::Lead(numbers::lead(context.figures))];
    blocks.extend(numbering.figure(kinfolk_charts::draw_completeness(context.release)));
    blocks.extend(hidden(context));
    blocks.extend(limits::blocks(context));
    blocks.extend(quality::blocks(context, numbering));
    blocks.extend(methods::blocks(context, numbering));
    blocks.extend(decisions(context));
    blocks.extend(context.quotes(SectionName::Numbers));
    blocks.extend(context.own_words(SectionName::Numbers));
    Section {
        id: SectionName::Numbers.code().to_owned(),
        heading: SectionName::Numbers.label().to_owned(),
        blocks,
    }
}

/// The rules for small numbers, and how often they hid a figure.
fn hidden(context: &Context<'_>) -> [Block; 2] {
    let rules = format!(
        "{} {}",
        profile(context.release.profile()).sentence,
        numbers::withheld(context.figures).words()
    );
    [
        heading("Figures that are not shown"),
        Block::Paragraph(Text::plain(rules)),
    ]
}

/// What was done so that the rest could be shown: a long list, so it comes last.
fn decisions(context: &Context<'_>) -> Vec<Block> {
    let decisions: Vec<Text> = context
        .release
        .decisions()
        .iter()
        .map(|decision| Text::plain(decision.sentence.as_str()))
        .collect();
    if decisions.is_empty() {
        return Vec::new();
    }
    vec![
        heading("What was joined, left out or withheld"),
        Block::List(decisions),
    ]
}
