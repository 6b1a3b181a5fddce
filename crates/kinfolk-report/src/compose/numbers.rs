//! About the numbers: completeness, what is hidden, limits, data quality.

use kinfolk_disclosure::profile;
use kinfolk_model::{Code, SectionName};

use super::context::{Context, Numbering, heading};
use super::printed::elsewhere;
use super::{limits, quality};
use crate::document::{Block, Section, Text};
use crate::sentences::numbers;

/// The last section that is for reading; it always stands.
pub(crate) fn section(context: &Context<'_>, numbering: &mut Numbering) -> Section {
    let mut blocks = vec![Block::Lead(numbers::lead(context.figures))];
    let completeness = numbering.figure(kinfolk_charts::draw_completeness(context.release));
    blocks.extend(completeness.map(elsewhere));
    blocks.extend(hidden(context));
    blocks.extend(limits::blocks(context));
    blocks.extend(quality::blocks(context, numbering));
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
