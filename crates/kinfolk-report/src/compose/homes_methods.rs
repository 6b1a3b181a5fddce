//! How the figures of placements were made: rules, days, releases.

use kinfolk_model::{Code, Settings, format};

use super::context::{Context, heading};
use crate::document::Block;
use crate::sentences::homes;

/// What `study.toml` says of placements, as rows of the table of options; nothing where the study
/// holds no returns.
pub(super) fn options(context: &Context<'_>) -> Vec<(&'static str, String)> {
    if !homes::is_measured(context.figures) {
        return Vec::new();
    }
    let settings = context.settings;
    let care = &settings.care;
    let coded = |label: &str, code: &str| format!("{label} ({code})");
    vec![
        (
            "What counts as a move (placement_moves)",
            coded(care.moves.label(), care.moves.code()),
        ),
        (
            "Short stays elsewhere (temporary_placements)",
            coded(care.temporary.label(), care.temporary.code()),
        ),
        (
            "Care that began with short breaks (short_break_starts)",
            coded(
                care.short_break_starts.label(),
                care.short_break_starts.code(),
            ),
        ),
        (
            "Day on which children are counted (placements_on)",
            format::day(care.on.unwrap_or(settings.period.end)),
        ),
        ("Files of official statistics", release(settings)),
    ]
}

fn release(settings: &Settings) -> String {
    match &settings.care.published {
        Some(published) => published.release.clone(),
        None => "none: England is in the program".to_owned(),
    }
}

/// A term that is explained only where there is one.
const FUNNEL: &str = "Limits in the funnel";

/// The rules in words; nothing where the study holds no returns.
pub(super) fn blocks(context: &Context<'_>) -> Vec<Block> {
    if !homes::is_measured(context.figures) {
        return Vec::new();
    }
    let terms = [
        (
            "History",
            "The rows of all years about a child are put together. A row of a later return stands for \
             the same row of an earlier one. Every repair is counted.",
        ),
        (
            "Placement",
            "An unbroken run of rows without a move. Missing and away are a table of their own and \
             never end a placement. Placement for adoption with the present carers is no move.",
        ),
        (
            "Three or more",
            "Placements that were open on any day of the year, the first among them, of children in \
             care on the day.",
        ),
        (
            "The same home",
            "In the same placement so many days later. Who moved and who left care are counted apart, \
             since who has left can no longer move.",
        ),
        (
            "Planned",
            "What the code of the return says. It is no judgement whether a move was well prepared.",
        ),
        (
            FUNNEL,
            "Between which shares chance alone would keep nearly all authorities of a size. They take \
             no account of how children differ between authorities.",
        ),
    ];
    let has_funnel = context.release.of("stability.funnel").next().is_some();
    let terms = terms
        .into_iter()
        .filter(|(term, _)| has_funnel || *term != FUNNEL)
        .map(|(term, meaning)| (term.to_owned(), meaning.to_owned()));
    vec![
        heading("How placements were counted"),
        Block::Definitions(terms.collect()),
    ]
}
