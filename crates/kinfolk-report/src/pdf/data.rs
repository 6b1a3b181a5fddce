//! The document as the template sees it: dictionaries, arrays, strings and bytes.

use kinfolk_charts::{DataTable, RowRole, Svg};
use typst::foundations::{Array, Bytes, Dict, IntoValue, Value, dict};
use typst::layout::Abs;

use super::Attachment;
use super::columns::{parts, widths};
use super::halves::halves;
use super::measure::{EASE, TEXT_SIZE, balanced, ems, lines};
use super::printable::{printable, printable_elements, running};
use crate::document::{
    ANNEX, Block, Document, FigureBlock, KeyFigure, OwnWord, Printed, Section, StoryBlock,
    TableBlock, Text,
};

/// The width of the text area in points: 170 mm.
const TEXT_WIDTH: f64 = 170.0 / 25.4 * 72.0;
/// The most that a standfirst is wide, in points: 154 mm.
const LEAD_WIDTH: f64 = 154.0 / 25.4 * 72.0;
/// The size of standfirsts and quotations, in points.
const LEAD_SIZE: f64 = 15.0;
/// The most that a quotation is wide, in points: 133 mm.
const QUOTE_WIDTH: f64 = 133.0 / 25.4 * 72.0;
/// The width of the first column of the key figures, in points.
const LABEL_WIDTH: f64 = 204.0 * PIXEL;
/// Three, four and five columns of the page's twelve, in points.
const TERM_WIDTHS: [f64; 3] = [39.5 / 25.4 * 72.0, 54.0 / 25.4 * 72.0, 68.5 / 25.4 * 72.0];
/// Between two columns of the page, in points: 4 mm.
const GUTTER: f64 = 4.0 / 25.4 * 72.0;
/// Half the text area less half of what stands between two halves of a table (24 points).
const HALF_WIDTH: f64 = TEXT_WIDTH / 2.0 - 12.0;
/// Points to a pixel of a chart.
const PIXEL: f64 = 0.75;
/// What a report without a title is called, since every accessible document has one.
const UNTITLED: &str = "Report";

/// What the template reads as `sys.inputs`.
pub(super) fn inputs(document: &Document, attachments: &[Attachment]) -> Dict {
    dict! {
        "title" => title(&document.title),
        "subtitle" => printable(&document.subtitle),
        "strapline" => running(&document.strapline),
        "marking" => document.marking.as_deref().map(printable),
        "footer" => printable(&document.footer),
        "author" => printable(&document.author),
        "cover" => document.cover.as_ref().map(picture),
        "sections" => list(&document.sections, section),
        "annex" => annex(document),
        "attachments" => list(attachments, attachment),
    }
}

fn title(title: &str) -> String {
    if title.trim().is_empty() {
        UNTITLED.to_owned()
    } else {
        printable(title)
    }
}

fn section(section: &Section) -> Dict {
    dict! {
        "heading" => heading(&section.heading),
        "is-annex" => section.id == ANNEX,
        "blocks" => list(&section.blocks, block),
    }
}

/// A heading; `None` where there are no words, since a reader could not reach it.
fn heading(text: &str) -> Option<String> {
    let text = running(text);
    (!text.trim().is_empty()).then_some(text)
}

fn block(block: &Block) -> Dict {
    match block {
        Block::Lead(text) => lead(text),
        Block::Paragraph(text) => dict! { "kind" => "paragraph", "text" => runs(text) },
        Block::WithNote {
            paragraphs,
            term,
            note,
        } => dict! {
            "kind" => "with-note",
            "paragraphs" => list(paragraphs, runs),
            "term" => running(term),
            "note" => running(note),
        },
        Block::Heading { text, new_page } => dict! {
            "kind" => "heading",
            "text" => heading(text),
            "new-page" => *new_page,
        },
        Block::List(points) => dict! { "kind" => "points", "points" => list(points, runs) },
        Block::KeyFigures { .. } => key_figures(block),
        Block::Sure(lines) => dict! { "kind" => "sure", "lines" => pairs(lines) },
        Block::Figure(block) => figure(block),
        Block::Table(block) => table_block(block),
        Block::Quote { text, who } => quotation(text, who),
        Block::Story(block) => story(block),
        Block::Care { opening, text } => dict! {
            "kind" => "care",
            "opening" => running(opening),
            "text" => runs(text),
        },
        Block::OwnWords { who, words } => dict! {
            "kind" => "own-words",
            "who" => running(who),
            "words" => list(words, own_word),
        },
        Block::Definitions(terms) => dict! {
            "kind" => "definitions",
            "glossary" => glossary(terms),
        },
        Block::Marks(marks) => dict! {
            "kind" => "marks",
            "marks" => list(marks, |(svg, text)| dict! {
                "picture" => picture(svg),
                "text" => runs(text),
            }),
        },
        Block::Contents => dict! { "kind" => "contents" },
    }
}

fn lead(text: &Text) -> Dict {
    let runs_of_words = text.0.iter().map(|span| (span.text.as_str(), span.strong));
    let width = balanced(runs_of_words, LEAD_WIDTH / LEAD_SIZE) * LEAD_SIZE;
    dict! {
        "kind" => "lead",
        "text" => runs(text),
        "width" => Abs::pt(width),
    }
}

fn quotation(text: &str, who: &str) -> Dict {
    dict! {
        "kind" => "quotation",
        "text" => even(&format!("‘{text}’"), QUOTE_WIDTH, LEAD_SIZE),
        "who" => running(who),
    }
}

/// A source or subtitle over the whole width.
fn caption(text: &str) -> Dict {
    even(text, TEXT_WIDTH, TEXT_SIZE)
}

/// Text with the width in points at which its lines are of like length.
fn even(text: &str, available: f64, size: f64) -> Dict {
    let text = running(text);
    let width = balanced([(text.as_str(), false)].into_iter(), available / size) * size;
    dict! { "text" => text, "width" => Abs::pt(width) }
}

fn key_figures(block: &Block) -> Dict {
    let Block::KeyFigures {
        place,
        figures,
        benchmark,
        source,
    } = block
    else {
        return Dict::new();
    };
    dict! {
        "kind" => "key-figures",
        "place" => printable(place),
        "figures" => list(figures, key_figure),
        "has-plots" => figures.iter().any(|figure| figure.plot.is_some()),
        "benchmark" => benchmark.as_deref().map(printable),
        "source" => caption(source),
    }
}

/// A label in semibold.
fn even_strong(text: &str) -> Dict {
    let text = running(text);
    let width = balanced([(text.as_str(), true)].into_iter(), LABEL_WIDTH / TEXT_SIZE) * TEXT_SIZE;
    dict! { "text" => text, "width" => Abs::pt(width) }
}

fn key_figure(figure: &KeyFigure) -> Dict {
    dict! {
        "label" => even_strong(&figure.label),
        "base" => running(&figure.base),
        "value" => running(&figure.value),
        "interval" => running(&figure.interval),
        "plot" => figure.plot.as_ref().map(picture),
        "benchmark" => running(&figure.benchmark),
    }
}

fn figure(block: &FigureBlock) -> Dict {
    let figure = &block.figure;
    dict! {
        "kind" => "chart",
        "number" => format!("Figure {}", block.number),
        "title" => running(&figure.title),
        "subtitle" => caption(&figure.subtitle),
        "source" => caption(&figure.source),
        "alt" => alternative(block),
        "picture" => picture(&figure.body),
    }
}

/// The words for those who cannot see the chart, and where its table is.
fn alternative(block: &FigureBlock) -> String {
    let figure = &block.figure;
    let words = if figure.alt.trim().is_empty() {
        &figure.title
    } else {
        &figure.alt
    };
    if figure.table.rows.is_empty() {
        printable(words)
    } else {
        let place = match block.printed {
            Printed::Elsewhere(_) => "on the web page and in tables.xlsx",
            Printed::Whole | Printed::Part { .. } => "in the annex",
        };
        printable(&format!("{words} Its table is {place}."))
    }
}

fn table_block(block: &TableBlock) -> Dict {
    dict! {
        "kind" => "data-table",
        "caption" => format!("Table {}. {}", block.number, running(&block.caption)),
        "source" => caption(&block.source),
        "whole" => whole(&block.printed),
        "parts" => printed_parts(&block.table, &block.printed),
    }
}

/// What is printed of a table, in parts that a page is wide enough for.
fn printed_parts(whole: &DataTable, printed: &Printed) -> Array {
    match printed {
        Printed::Whole => in_parts(whole),
        Printed::Part { table: part, .. } => in_parts(part),
        Printed::Elsewhere(_) => Array::new(),
    }
}

/// A table that is too wide is parted; one that is narrow may stand as two halves.
fn in_parts(whole: &DataTable) -> Array {
    match parts(whole, TEXT_WIDTH).as_slice() {
        [one] => list(&[one], |one| side_by_side(one)),
        parts => list(parts, |part| list(&[part], |part| table(part, TEXT_WIDTH))),
    }
}

/// Where the whole table is, where not all of it is printed.
fn whole(printed: &Printed) -> Dict {
    caption(match printed {
        Printed::Whole => "",
        Printed::Part { whole, .. } | Printed::Elsewhere(whole) => whole,
    })
}

/// The tables of the charts, in order, and which of them are not printed.
fn annex(document: &Document) -> Dict {
    let charts = || {
        document.blocks().filter_map(|block| match block {
            Block::Figure(block) if !block.figure.table.rows.is_empty() => Some(block),
            _ => None,
        })
    };
    let is_elsewhere = |block: &&FigureBlock| matches!(block.printed, Printed::Elsewhere(_));
    let elsewhere: Vec<u32> = charts()
        .filter(is_elsewhere)
        .map(|block| block.number)
        .collect();
    dict! {
        "tables" => charts()
            .filter(|block| !is_elsewhere(block))
            .map(|block| annexed(block).into_value())
            .collect::<Array>(),
        "elsewhere" => caption(&not_printed(&elsewhere)),
    }
}

/// Of which charts the tables are not printed, in a sentence; empty where all are.
fn not_printed(numbers: &[u32]) -> String {
    let Some((last, others)) = numbers.split_last() else {
        return String::new();
    };
    let others: Vec<String> = others.iter().map(u32::to_string).collect();
    let which = match others.as_slice() {
        [] => format!("The table of figure {last} is"),
        _ => format!("The tables of figures {} and {last} are", others.join(", ")),
    };
    format!("{which} on the web page and in tables.xlsx.")
}

fn annexed(block: &FigureBlock) -> Dict {
    dict! {
        "kind" => "data-table",
        "caption" => format!("Figure {}. {}", block.number, running(&block.figure.title)),
        "source" => caption(""),
        "whole" => whole(&block.printed),
        "parts" => printed_parts(&block.figure.table, &block.printed),
    }
}

/// A table, or its two halves where it is long and narrow.
fn side_by_side(whole: &DataTable) -> Array {
    match halves(whole, HALF_WIDTH) {
        Some(halves) => list(&halves, |half| table(half, HALF_WIDTH)),
        None => list(&[whole], |whole| table(whole, TEXT_WIDTH)),
    }
}

fn table(table: &DataTable, available: f64) -> Dict {
    dict! {
        "widths" => widths(table, available)
            .into_iter()
            .map(|width| Abs::pt(width).into_value())
            .collect::<Array>(),
        "heads" => list(&table.columns, |column| printable(&column.head)),
        "numeric" => list(&table.columns, |column| column.is_numeric),
        "rows" => list(&table.rows, |row| dict! {
            "role" => role(row.role),
            "cells" => (0..table.columns.len())
                .map(|column| cell(row.cells.get(column).map(|cell| cell.text.as_str())))
                .collect::<Array>(),
        }),
    }
}

fn cell(text: Option<&str>) -> Value {
    printable(text.unwrap_or_default()).into_value()
}

fn role(role: RowRole) -> &'static str {
    match role {
        RowRole::Body => "body",
        RowRole::Group => "group",
        RowRole::Total => "total",
    }
}

fn story(story: &StoryBlock) -> Dict {
    dict! {
        "kind" => "story",
        "title" => heading(&story.title),
        "glossary" => glossary(&story.parts),
        "footer" => running(&story.footer),
    }
}

/// Terms and what they mean, with the width of the column of terms that makes the list shortest. A
/// term that is longer than its column stands above what it means.
fn glossary(terms: &[(String, String)]) -> Dict {
    let column = TERM_WIDTHS
        .into_iter()
        .min_by_key(|column| glossary_lines(terms, *column))
        .unwrap_or_default();
    dict! {
        "column" => Abs::pt(column + GUTTER),
        "terms" => list(terms, |(term, meaning)| dict! {
            "term" => running(term),
            "meaning" => running(meaning),
            "is-long" => is_long(term, column),
        }),
    }
}

fn glossary_lines(terms: &[(String, String)], column: f64) -> usize {
    let room = (TEXT_WIDTH - GUTTER - column) / TEXT_SIZE;
    terms
        .iter()
        .map(|(term, meaning)| lines(meaning, room) + usize::from(is_long(term, column)))
        .sum()
}

fn is_long(term: &str, column: f64) -> bool {
    ems(term, true) * TEXT_SIZE * EASE > column
}

fn own_word(word: &OwnWord) -> Dict {
    match word {
        OwnWord::Paragraph(text) => dict! { "kind" => "paragraph", "text" => running(text) },
        OwnWord::List(points) => dict! {
            "kind" => "points",
            "points" => list(points, |point| running(point)),
        },
        OwnWord::Heading(text) => dict! { "kind" => "heading", "text" => heading(text) },
    }
}

fn attachment(attachment: &Attachment) -> Dict {
    dict! {
        "name" => attachment.name.as_str(),
        "media-type" => attachment.media_type.as_str(),
        "description" => printable(&attachment.description),
        "bytes" => Bytes::new(attachment.bytes.clone()),
    }
}

/// A picture that stands alone, and its size on paper.
fn picture(svg: &Svg) -> Dict {
    let (width, height) = (svg.width, svg.height);
    let elements = printable_elements(&svg.elements);
    let source = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"'Source Sans 3'\" font-size=\"16\" \
         fill=\"#3D3D3D\">{elements}</svg>"
    );
    dict! {
        "source" => Bytes::from_string(source),
        "width" => Abs::pt(width * PIXEL),
        "height" => Abs::pt(height * PIXEL),
    }
}

fn runs(text: &Text) -> Array {
    let runs = text
        .0
        .iter()
        .map(|span| dict! { "text" => running(&span.text), "strong" => span.strong }.into_value());
    runs.collect()
}

fn pairs(pairs: &[(String, String)]) -> Array {
    list(pairs, |(first, second)| {
        [running(first), running(second)]
            .into_iter()
            .map(IntoValue::into_value)
            .collect::<Array>()
    })
}

fn list<T, V: IntoValue>(items: &[T], value: impl Fn(&T) -> V) -> Array {
    items.iter().map(|item| value(item).into_value()).collect()
}
