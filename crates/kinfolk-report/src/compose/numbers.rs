//! About the numbers: completeness, what is hidden, data quality, methods, definitions, limits.

use kinfolk_disclosure::{Action, profile};
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

/// What was done so that the rest could be shown.
fn decisions(context: &Context<'_>) -> Vec<Block> {
    let terms: Vec<(String, String)> = [
        (Action::Joined, "Shown together"),
        (Action::LeftOut, "Left out"),
        (Action::Withheld, "Withheld [c]"),
    ]
    .into_iter()
    .filter_map(|(action, term)| Some((term.to_owned(), done(context, action)?)))
    .collect();
    if terms.is_empty() {
        return Vec::new();
    }
    vec![
        heading("What was joined, left out or withheld"),
        Block::Paragraph(Text::plain(
            "Too few children stand behind at least one part of each, or behind a number that it would give away.",
        )),
        Block::Definitions(terms),
    ]
}

/// Everything to which that was done, as one list.
fn done(context: &Context<'_>, action: Action) -> Option<String> {
    let decisions = context.release.decisions().iter();
    let what: Vec<&str> = decisions
        .filter(|decision| decision.action == action)
        .map(|decision| decision.what.as_str())
        .collect();
    (!what.is_empty()).then(|| format!("{}.", what.join("; ")))
}
