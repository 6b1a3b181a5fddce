//! Marks, words and contents, once, before the story.

use kinfolk_charts::{mark_before, mark_benchmark, mark_programme, mark_withheld};
use kinfolk_model::format;

use super::context::{Context, heading};
use crate::document::{Block, Section, Text};
use crate::sentences::phrase::capital;

/// The second page.
pub(crate) fn section(context: &Context<'_>) -> Section {
    let mut blocks = vec![Block::Paragraph(opening())];
    blocks.extend(marks(context));
    blocks.push(heading("Words used in figures"));
    blocks.push(Block::Definitions(words(context)));
    blocks.push(heading("Contents"));
    blocks.push(Block::Contents);
    Section {
        id: "how-to-read".to_owned(),
        heading: "How to read this report".to_owned(),
        blocks,
    }
}

fn opening() -> Text {
    Text::plain(
        "Each figure says how many children, objectives or answers stand behind it. The charts and \
         the text show the same figures. The table of each chart gives them all.",
    )
}

/// Each mark once. All authorities are named only where the report compares with them.
fn marks(context: &Context<'_>) -> [Block; 2] {
    let level = format::level(context.settings.confidence);
    let place = &context.place;
    let programme = Text::default().then_strong(capital(place)).then(format!(
        ", or after. The line is the {level} interval: the range in which the true figure \
             probably lies."
    ));
    let before = Text::default()
        .then_strong("Before")
        .then(": at the start.");
    let withheld = Text::default()
        .then_strong("[c]")
        .then(" or hatching: not shown, so that no child can be recognised.");
    let mut marks = vec![(mark_programme(), programme), (mark_before(), before)];
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
            "The number counted, and the number it could have been. \u{2018}58 of 78\u{2019} means \
             that 78 children could have had the result and 58 had it.",
        ),
        (
            interval.as_str(),
            "The range in which the true figure probably lies. Fewer children make it wider.",
        ),
        (
            "Change",
            "The count after less the count before, child by child. If its interval includes 0, \
             there may be no change.",
        ),
        (
            "Fewer than 20",
            "With fewer than 20, counts are given and no percentages. One child more or less would \
             move a percentage by over five points.",
        ),
        (
            "[c]",
            "Not shown, so that no child can be recognised. In charts it is hatched.",
        ),
        ("[x]", "Not available: the records do not hold it."),
    ]
    .into_iter()
    .map(|(term, meaning)| (term.to_owned(), meaning.to_owned()))
    .collect()
}
