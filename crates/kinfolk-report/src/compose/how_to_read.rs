//! How the report is built up, contents, marks and words, once, before the story.

use kinfolk_charts::{mark_before, mark_benchmark, mark_comparator, mark_programme, mark_withheld};
use kinfolk_model::format;

use super::context::{Context, heading};
use crate::document::{Block, Section, Text};
use crate::sentences::phrase::capital;

/// The second page.
pub(crate) fn section(context: &Context<'_>) -> Section {
    let mut blocks = vec![
        Block::Paragraph(Text::plain("You may stop at any of these places.")),
        Block::List(stages()),
        heading("Contents"),
        Block::Contents,
    ];
    blocks.extend(marks(context));
    blocks.push(heading("Words used in figures"));
    blocks.push(Block::Definitions(words(context)));
    Section {
        id: "how-to-read".to_owned(),
        heading: "How to read this report".to_owned(),
        blocks,
    }
}

/// How the report is built up, for readers who have little time.
fn stages() -> Vec<Text> {
    [
        (
            "The first page",
            ": the main figures, and how sure they are.",
        ),
        (
            "The numbered sections",
            ": the story. Each begins with its finding.",
        ),
        (
            "About the numbers",
            ": what is missing, hidden or beyond these figures.",
        ),
        (
            "The annex",
            ": for reference. Methods, definitions, tables of charts.",
        ),
    ]
    .into_iter()
    .map(|(place, holds)| Text::default().then_strong(place).then(holds))
    .collect()
}

/// Each mark once. All authorities are named only where the report compares with them.
fn marks(context: &Context<'_>) -> [Block; 2] {
    let level = format::level(context.settings.confidence);
    let place = &context.place;
    let is_compared = context.settings.comparison.is_some();
    let programme = Text::default()
        .then_strong(capital(place))
        .then(format!(", or after. The line is the {level} interval."));
    let before = Text::default()
        .then_strong("Before")
        .then(match is_compared {
            true => ": at the start, or before the arms were made alike.",
            false => ": at the start.",
        });
    let withheld = Text::default()
        .then_strong("[c]")
        .then(" or hatching: not shown, so that no child can be recognised.");
    let mut marks = vec![(mark_programme(), programme), (mark_before(), before)];
    if is_compared {
        let meaning = Text::default()
            .then_strong("Comparators")
            .then(": children like them who were not in the programme.");
        marks.push((mark_comparator(), meaning));
    }
    if let Some(benchmark) = context.release.benchmark() {
        let meaning = Text::default()
            .then_strong(benchmark.label.as_str())
            .then(" that run Lifelong Links, together.");
        marks.push((mark_benchmark(), meaning));
    }
    marks.push((mark_withheld(), withheld));
    [heading("One mark, one meaning"), Block::Marks(marks)]
}

fn words(context: &Context<'_>) -> Vec<(String, String)> {
    let level = format::level(context.settings.confidence);
    let interval = format!("{level} interval");
    [
        (
            "n of N",
            "The number counted, and the number it could have been: those of whom the records tell, which \
             differs between figures.",
        ),
        (
            interval.as_str(),
            "Where the true figure probably lies. Fewer children make it wider.",
        ),
        (
            "Change",
            "The count after less the count before, child by child.",
        ),
        (
            "Fewer than 20",
            "Counts and no percentages. One child would move one by over five points.",
        ),
        ("[x]", "Not available: the records do not hold it."),
    ]
    .into_iter()
    .map(|(term, meaning)| (term.to_owned(), meaning.to_owned()))
    .collect()
}
