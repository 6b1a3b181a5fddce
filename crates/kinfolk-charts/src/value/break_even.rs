//! How many child-weeks in a placement would pay for the programme, beside how many are assumed to be
//! avoided, everything else as assumed.

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{Code, Group, PlacementType, Statistic, format};

use super::{option, source_line, withheld};
use crate::canvas::{Area, Canvas, Type};
use crate::columns::{Column, Columns};
use crate::figure::{DataTable, Figure};
use crate::layout::{
    GUTTER, Labels, Scale, body_row, grid, numbers_column, ticks, words_cell, words_column,
};
use crate::marks::{self, Mark};
use crate::palette::{DARK_BLUE, GREY, INK};
use crate::reading::Reading;
use crate::wording::{fitting_title, in_sentence, place_and_period};

const ID: &str = "value-break-even";
const SUBJECT: &str = "Child-weeks that would pay for the programme";
const BAR: f64 = 18.0;
const PITCH: f64 = 56.0;

/// Draws needed and assumed child-weeks by placement. `None` where no placement is avoided.
pub fn draw_value_break_even(release: &Release) -> Option<Figure> {
    let rows = rows(release);
    if rows.is_empty() {
        return None;
    }
    if rows
        .iter()
        .any(|row| row.needed.value().is_none() || row.assumed.value().is_none())
    {
        return Some(withheld(release, ID, SUBJECT));
    }
    let (canvas, height) = draw(&rows);
    Some(Figure {
        id: ID,
        title: title(&rows),
        subtitle: format!(
            "Weeks of children in a placement, over all years, {}",
            place_and_period(release)
        ),
        source: source_line(
            release,
            &["Less the allowance for optimism; everything else as assumed."],
        ),
        alt: alt(&rows),
        body: canvas.finish(height),
        table: table(&rows),
    })
}

/// One placement of one outcome.
struct Row<'a> {
    placement: PlacementType,
    outcome: &'a str,
    needed: Reading<'a>,
    assumed: Reading<'a>,
}

fn rows(release: &Release) -> Vec<Row<'_>> {
    let needed = release.of("value.break_even");
    needed
        .filter_map(|needed| row_of(release, needed))
        .collect()
}

fn row_of<'a>(release: &'a Release, needed: &'a Released) -> Option<Row<'a>> {
    let outcome = needed.group().get("outcome")?;
    let placement = option(needed, "placement")?.parse().ok()?;
    let group = Group::of("outcome", outcome).and("counted", "child_weeks");
    Some(Row {
        placement,
        outcome,
        needed: Reading(Some(needed)),
        assumed: Reading::of(release, "value.outcomes", &group, Statistic::Amount),
    })
}

fn weeks(reading: Reading<'_>) -> f64 {
    reading.value().unwrap_or(0.0)
}

fn weeks_text(reading: Reading<'_>) -> String {
    let text = reading.value().map(|weeks| format::number(weeks, 1));
    text.unwrap_or_else(|| reading.sign().to_owned())
}

fn title(rows: &[Row<'_>]) -> String {
    let Some(row) = rows.first() else {
        return SUBJECT.to_owned();
    };
    let (needed, assumed) = (weeks_text(row.needed), weeks_text(row.assumed));
    let place = in_sentence(row.placement.label());
    fitting_title(&[
        format!("It pays from {needed} child-weeks avoided ({place}); {assumed} are assumed"),
        format!("It pays from {needed} child-weeks avoided"),
    ])
}

fn alt(rows: &[Row<'_>]) -> String {
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            format!(
                "{}: {} child-weeks needed, {} assumed",
                in_sentence(row.placement.label()),
                weeks_text(row.needed),
                weeks_text(row.assumed)
            )
        })
        .collect();
    format!(
        "Two bars for each placement: child-weeks that would make fiscal benefits equal costs, and \
         child-weeks assumed to be avoided. {}.",
        crate::wording::as_sentence(&told.join("; "))
    )
}

fn draw(rows: &[Row<'_>]) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let entries = [
        (Mark::Swatch(GREY, INK), "needed to pay"),
        (Mark::Swatch(DARK_BLUE, DARK_BLUE), "assumed to be avoided"),
    ];
    let top = marks::key(&mut canvas, (0.0, 8.0), &entries).height + 4.0;
    let labels = Labels::of(rows.iter().map(|row| row.placement.label()));
    let texts = rows
        .iter()
        .flat_map(|row| [weeks_text(row.needed), weeks_text(row.assumed)]);
    let columns = Columns::of(vec![Column::plain("", texts)]);
    let highest = rows
        .iter()
        .flat_map(|row| [weeks(row.needed), weeks(row.assumed)])
        .fold(0.0, f64::max);
    let ticks = ticks(highest);
    let decimals = usize::from(ticks.iter().any(|tick| tick.fract() > 1e-9));
    let scale = Scale::up_to(
        ticks.last().copied().unwrap_or(1.0),
        labels.width + GUTTER,
        columns.left - GUTTER - 12.0,
    );
    let bottom = top + PITCH * rows.len() as f64;
    let labelled: Vec<(f64, String)> = ticks
        .iter()
        .map(|tick| (*tick, format::number(*tick, decimals)))
        .collect();
    grid(&mut canvas, scale, (top, bottom), &labelled);
    for (at, row) in rows.iter().enumerate() {
        let middle = top + PITCH * (at as f64 + 0.5);
        labels.draw(&mut canvas, at, middle);
        let pair = [(row.needed, GREY, INK), (row.assumed, DARK_BLUE, DARK_BLUE)];
        for (line, (reading, fill, outline)) in pair.into_iter().enumerate() {
            let y = middle + (line as f64 - 0.5) * (BAR + 4.0);
            canvas.group(&format!("bar-{}-{}", at + 1, line + 1), |canvas| {
                let area = Area {
                    x: scale.from,
                    y: y - BAR / 2.0,
                    width: (scale.at(weeks(reading)) - scale.from).max(2.0),
                    height: BAR,
                };
                canvas.bar(area, fill, Some(outline));
            });
            columns.draw_row(&mut canvas, 2 * at + line, y);
        }
    }
    let axis = bottom + 20.0;
    canvas.text((0.0, axis), "Child-weeks", Type::HEAD);
    (canvas, bottom + 28.0)
}

fn table(rows: &[Row<'_>]) -> DataTable {
    let body = rows.iter().map(|row| {
        body_row(vec![
            words_cell(row.placement.label()),
            row.needed.cell(weeks_text(row.needed)),
            row.assumed.cell(weeks_text(row.assumed)),
            words_cell(format!("outcome {}", row.outcome)),
        ])
    });
    DataTable {
        columns: vec![
            words_column("Placement"),
            numbers_column("Child-weeks needed to pay"),
            numbers_column("Child-weeks assumed to be avoided"),
            words_column("Row"),
        ],
        rows: body.collect(),
    }
}
