//! One function a kind of block.

use kinfolk_charts::{mark_benchmark, mark_programme};
use maud::{Markup, html};

use super::{picture, table};
use crate::document::{
    Block, Document, FigureBlock, KeyFigure, OwnWord, Printed, Span, StoryBlock, TableBlock, Text,
};

/// How deep the next subordinate heading stands, so that no level is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// No heading of the third level has come yet.
    Three,
    /// One has.
    Four,
}

/// Any block.
pub(crate) fn block(document: &Document, block: &Block, level: &mut Level) -> Markup {
    match block {
        Block::Lead(text) => html! { p.lead { (spans(text)) } },
        Block::Paragraph(text) => html! { p { (spans(text)) } },
        Block::WithNote {
            paragraphs,
            term,
            note,
        } => with_note(paragraphs, term, note),
        Block::Heading { text, .. } => {
            *level = Level::Four;
            html! { h3 { (text) } }
        }
        Block::List(items) => list(items),
        Block::KeyFigures {
            place,
            figures,
            benchmark,
            source,
        } => key_figures(place, figures, benchmark.as_deref(), source),
        Block::Sure(lines) => {
            *level = Level::Four;
            sure(lines)
        }
        Block::Figure(figure) => chart(figure),
        Block::Table(table) => numbered_table(table),
        Block::Quote { text, who } => quote(text, who),
        Block::Story(story_block) => story(story_block, *level),
        Block::Care { opening, text } => care(opening, text),
        Block::OwnWords { who, words } => own_words(who, words, *level),
        Block::Definitions(terms) => definitions(terms),
        Block::Marks(marks) => html! {
            dl.marks { @for (mark, text) in marks {
                dt { (picture::decoration(mark)) }
                dd { (spans(text)) }
            } }
        },
        Block::Contents => contents(document),
    }
}

/// Words; those that hold a figure name its estimate.
fn spans(text: &Text) -> Markup {
    html! { @for span in &text.0 { (span_of(span)) } }
}

fn span_of(span: &Span) -> Markup {
    match (&span.key, span.strong) {
        (Some(key), _) => html! { span data-estimate=(key) { (span.text) } },
        (None, true) => html! { strong { (span.text) } },
        (None, false) => html! { (span.text) },
    }
}

fn with_note(paragraphs: &[Text], term: &str, note: &str) -> Markup {
    html! {
        div.noted {
            div { @for paragraph in paragraphs { p { (spans(paragraph)) } } }
            p.note { strong { (term) } " " (note) }
        }
    }
}

fn list(items: &[Text]) -> Markup {
    html! { ul { @for item in items { li { (spans(item)) } } } }
}

fn key_figures(
    place: &str,
    figures: &[KeyFigure],
    benchmark: Option<&str>,
    source: &str,
) -> Markup {
    let has_plots = figures.iter().any(|figure| figure.plot.is_some());
    html! {
        table.key-figures {
            caption.unseen { "Key figures" }
            thead { tr {
                th scope="col" { "Measure, n of N" }
                th scope="col" { (place) }
                @if has_plots { th scope="col" { (picture::decoration(&mark_programme())) "Interval" } }
                @if let Some(benchmark) = benchmark { th.number scope="col" { (picture::decoration(&mark_benchmark())) (benchmark) } }
            } }
            tbody { @for figure in figures {
                (key_figure(figure, has_plots, benchmark))
            } }
        }
        p.source { (source) }
    }
}

fn key_figure(figure: &KeyFigure, has_plots: bool, benchmark: Option<&str>) -> Markup {
    html! {
        tr {
            th scope="row" { strong { (figure.label) } span data-estimate=(figure.key) { (figure.base) } }
            td data-estimate=(figure.key) {
                span.value { (figure.value) } span.interval { (figure.interval) }
            }
            @if has_plots {
                td.plot { @if let Some(plot) = &figure.plot { (picture::decoration(plot)) } }
            }
            @if let Some(benchmark) = benchmark {
                td.number.benchmark data-label=(benchmark) { (figure.benchmark) }
            }
        }
    }
}

fn sure(lines: &[(String, String)]) -> Markup {
    html! {
        div.sure {
            h3 { "How sure are we?" }
            @for (what, why) in lines { p { strong { (what) } " " (why) } }
        }
    }
}

fn chart(block: &FigureBlock) -> Markup {
    let figure = &block.figure;
    let name = format!("Figure {}", block.number);
    html! {
        figure id={ "figure-" (block.number) } {
            figcaption {
                span.count { (name) }
                span.title { (figure.title) }
                span.subtitle { (figure.subtitle) }
            }
            div.scroll.chart tabindex="0" role="group" aria-label={ (name) ", chart" } {
                (picture::chart(figure))
            }
            p.source { (figure.source) }
            details {
                summary { (name) " as a table" }
                (table::table(&figure.table, None, &format!("{name} as a table")))
            }
        }
    }
}

fn numbered_table(block: &TableBlock) -> Markup {
    let name = format!("Table {}. {}", block.number, block.caption);
    html! {
        div.tabled id=(block.id) {
            @match &block.printed {
                Printed::Whole => (table::table(&block.table, Some(html! { (name) }), &name)),
                Printed::Part { table: part, .. } => (table::table(part, Some(html! { (name) }), &name)),
                Printed::Elsewhere(_) => p.source { strong { (name) } },
            }
            @if !block.source.is_empty() { p.source { (block.source) } }
            (whole(block))
        }
    }
}

/// The whole table, closed, where not all of it is printed.
fn whole(block: &TableBlock) -> Markup {
    let (Printed::Part { whole, .. } | Printed::Elsewhere(whole)) = &block.printed else {
        return Markup::default();
    };
    let name = format!("Table {} as a whole", block.number);
    html! {
        p.source.whole { (whole) }
        details {
            summary { (name) }
            (table::table(&block.table, None, &name))
        }
    }
}

fn quote(text: &str, who: &str) -> Markup {
    html! {
        figure.quote {
            blockquote { p { "\u{2018}" (text) "\u{2019}" } }
            figcaption { (who) }
        }
    }
}

fn story(story: &StoryBlock, level: Level) -> Markup {
    let last = story.parts.len().saturating_sub(1);
    html! {
        article.story {
            (heading(&story.title, level))
            dl { @for (at, (head, text)) in story.parts.iter().enumerate() {
                dt { (head) }
                dd { @if at == last { strong { (text) } } @else { (text) } }
            } }
            p { (story.footer) }
        }
    }
}

fn care(opening: &str, text: &Text) -> Markup {
    html! {
        div.care { p {
            @if !opening.is_empty() { strong { (opening) } " " }
            (spans(text))
        } }
    }
}

fn own_words(who: &str, words: &[OwnWord], level: Level) -> Markup {
    html! {
        div.own {
            p { strong { (who) } }
            @for word in words { (own_word(word, level)) }
        }
    }
}

fn own_word(word: &OwnWord, level: Level) -> Markup {
    match word {
        OwnWord::Paragraph(text) => html! { p { (text) } },
        OwnWord::List(items) => html! { ul { @for item in items { li { (item) } } } },
        OwnWord::Heading(text) => heading(text, level),
    }
}

fn heading(text: &str, level: Level) -> Markup {
    match level {
        Level::Three => html! { h3 { (text) } },
        Level::Four => html! { h4 { (text) } },
    }
}

fn definitions(terms: &[(String, String)]) -> Markup {
    html! {
        dl.terms { @for (term, meaning) in terms { dt { (term) } dd { (meaning) } } }
    }
}

fn contents(document: &Document) -> Markup {
    html! {
        nav aria-label="Contents" { ol { @for section in &document.sections {
            li { a href={ "#" (section.id) } { (section.heading) } }
        } } }
    }
}
