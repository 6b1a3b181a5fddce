//! What changed in practice, in the authority's own words, and lines to quote.

use kinfolk_model::SectionName;

use super::context::{Context, heading};
use crate::document::{Block, Section, Text};
use crate::sentences::lines;

/// The authority's words where there are any, then lines to quote.
pub(crate) fn section(context: &Context<'_>) -> Option<Section> {
    let quotable = quotable(context);
    match context.close(SectionName::Practice, Vec::new()) {
        Some(mut section) => {
            if !quotable.is_empty() {
                section.blocks.push(heading(HEADING));
                section.blocks.extend(quotable);
            }
            Some(section)
        }
        None => (!quotable.is_empty()).then(|| Section {
            id: "quote".to_owned(),
            heading: HEADING.to_owned(),
            blocks: quotable,
        }),
    }
}

const HEADING: &str = "Lines to quote";

fn quotable(context: &Context<'_>) -> Vec<Block> {
    let lines = lines::to_quote(context.figures);
    if lines.is_empty() {
        return Vec::new();
    }
    let opening =
        Text::plain("These sentences may be copied as they stand. Please keep the caveats.");
    let lines = lines.into_iter().map(|line| Block::Care {
        opening: String::new(),
        text: line,
    });
    std::iter::once(Block::Paragraph(opening))
        .chain(lines)
        .collect()
}
