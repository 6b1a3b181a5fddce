//! Connections before and after.

use kinfolk_charts::{DataRow, DataTable};
use kinfolk_model::{SectionName, Statistic};

use super::context::{
    Context, Numbering, care, heading_on_new_page, opening, small_numbers, with_note,
};
use super::printed::{elsewhere, in_part, without};
use crate::document::{Block, Section, Text};
use crate::sentences::{connections, paragraph, phrase, reach};

/// People around a child at the start and after. A caution stands beside every comparison of the two.
pub(crate) fn section(context: &Context<'_>, numbering: &mut Numbering) -> Option<Section> {
    let figures = context.figures;
    if !figures.has("connections.change") && !figures.has("connections.before") {
        return context.close(SectionName::People, Vec::new());
    }
    let figure = numbering
        .figure(kinfolk_charts::draw_connections(context.release))
        .map(elsewhere);
    let mut blocks = opening(connections::change(figures), text(context), figure);
    blocks.push(care(
        "What this does not show.",
        connections::no_comparison(),
    ));
    blocks.extend(circles(context, numbering));
    context.close(SectionName::People, blocks)
}

fn text(context: &Context<'_>) -> Option<Block> {
    let figures = context.figures;
    let paragraphs = [
        paragraph([
            connections::counted_twice(figures),
            connections::gained(figures),
            connections::median(figures),
        ]),
        paragraph([
            connections::largest(figures),
            connections::a_year_later(figures),
            reach::oldest(figures),
        ]),
        is_small(context).then(small_numbers),
    ];
    let note = "A person whom the tracker names as being around the child.";
    with_note(paragraphs, "Connection", note)
}

fn is_small(context: &Context<'_>) -> bool {
    context
        .figures
        .all("connections.gained", Statistic::Proportion)
        .is_some_and(phrase::is_small)
}

/// The people of each kind however they are in touch, which is what the picture's labels say.
fn all_in_touch(table: &DataTable) -> DataTable {
    let is_all = |row: &&DataRow| row.cells.get(1).is_some_and(|cell| cell.text == "All");
    let all = DataTable {
        columns: table.columns.clone(),
        rows: table.rows.iter().filter(is_all).cloned().collect(),
    };
    without(&all, &["How in touch"])
}

fn circles(context: &Context<'_>, numbering: &mut Numbering) -> Vec<Block> {
    let Some(figure) = numbering.figure(kinfolk_charts::draw_circles(context.release)) else {
        return Vec::new();
    };
    vec![
        heading_on_new_page("The circle around a child"),
        in_part(figure, all_in_touch),
        Block::Paragraph(Text::plain(
            "The picture shows averages, rounded to whole people. It is not the circle of any one \
             child.",
        )),
        care("What this does not show.", connections::no_comparison()),
    ]
}
