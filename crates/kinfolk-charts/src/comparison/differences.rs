//! Rows of differences between the arms: a mark with its interval as a line, an ink line at no difference,
//! and the numbers flush right.

use kinfolk_disclosure::Released;
use kinfolk_model::{Unit, format, outcome_label};

use super::axis::draw_differences;
use crate::canvas::{Canvas, Stroke, Type};
use crate::columns::{Column, Columns};
use crate::figure::{DataRow, DataTable};
use crate::layout::{
    GUTTER, Labels, Scale, body_row, group_row, numbers_column, ticks, words_cell, words_column,
};
use crate::marks::{self, Mark};
use crate::palette::{DARK_BLUE, INK};
use crate::reading::Reading;
use crate::text::LEADING;

const PITCH: f64 = 30.0;
const INTERVAL: Stroke = Stroke::solid(DARK_BLUE, 1.5);
/// Where there is no difference.
const NONE: Stroke = Stroke::solid(INK, 2.0);
/// Room for a label.
const LABEL_ROOM: f64 = 230.0;

/// How a row is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// The arms as they are.
    AsTheyAre,
    /// The arms made alike.
    MadeAlike,
    /// Over several authorities.
    Average,
    /// A range without a mark: what may be expected.
    Range,
}

/// One difference.
pub(super) struct Row<'a> {
    pub(super) look: Look,
    /// What stands above it and the rows below, where something does.
    pub(super) heading: Option<&'static str>,
    pub(super) label: String,
    /// How many it rests on, where that is not children.
    pub(super) of: Option<String>,
    pub(super) reading: Reading<'a>,
}

impl Row<'_> {
    /// The outcome, in words.
    pub(super) fn outcome(&self) -> String {
        let measure = self.reading.0.map(Released::measure).unwrap_or_default();
        outcome_label(measure.strip_prefix("effect.").unwrap_or(measure))
    }

    /// Value and interval in the units of the axis.
    fn ends(&self, unit: Unit) -> Option<[f64; 3]> {
        let value = self.reading.value()?;
        let (low, high) = self.reading.interval()?;
        Some([value, low, high].map(|number| scaled(number, unit)))
    }

    fn text(&self, unit: Unit) -> String {
        let Some([value, low, high]) = self.ends(unit) else {
            return self.reading.sign().to_owned();
        };
        let shown = |number| format::signed(number, decimals(unit));
        match self.look {
            Look::Range => format!("{} to {}", shown(low), shown(high)),
            _ => format!("{} ({} to {})", shown(value), shown(low), shown(high)),
        }
    }

    pub(super) fn n_text(&self) -> String {
        if let Some(of) = &self.of {
            return of.clone();
        }
        let n = self.reading.denominator();
        n.map_or_else(|| self.reading.sign().to_owned(), format::count)
    }
}

/// A difference as a title says it: `+24`.
pub(super) fn points(number: f64, unit: Unit) -> String {
    format::signed(scaled(number, unit), decimals(unit))
}

/// Shares in percentage points.
fn scaled(number: f64, unit: Unit) -> f64 {
    match unit {
        Unit::Proportion => 100.0 * number,
        _ => number,
    }
}

fn decimals(unit: Unit) -> usize {
    match unit {
        Unit::Proportion => 0,
        _ => 1,
    }
}

/// Differences in one unit, as a chart and as a table.
pub(super) struct Differences<'r, 'a> {
    pub(super) id: &'static str,
    pub(super) rows: &'r [Row<'a>],
    pub(super) unit: Unit,
    /// The marks of the key.
    pub(super) key: &'r [(Mark, &'static str)],
    /// What a row is.
    pub(super) what: &'static str,
}

impl Differences<'_, '_> {
    pub(super) fn draw(&self) -> (Canvas, f64) {
        let (rows, unit) = (self.rows, self.unit);
        let mut canvas = Canvas::chart(self.id);
        let columns = Columns::of(vec![
            Column::plain("Children", rows.iter().map(Row::n_text)),
            Column::plain("Difference", rows.iter().map(|row| row.text(unit))),
        ]);
        let key = marks::key(&mut canvas, (0.0, 8.0), self.key);
        columns.draw_heads(&mut canvas, 13.5);
        let top = key.height + 4.0;
        let labels = Labels::within(LABEL_ROOM, rows.iter().map(|row| row.label.as_str()));
        let above = |row: &Row<'_>| if row.heading.is_some() { PITCH } else { 0.0 };
        let height = |(at, row)| labels.height(at, PITCH) + above(row);
        let bottom = top + rows.iter().enumerate().map(height).sum::<f64>();
        let ends = (labels.width + GUTTER + 8.0, columns.left - GUTTER - 8.0);
        let scale = self.scale(ends);
        canvas.group("axis", |canvas| {
            draw_differences(canvas, scale, (top, bottom), NONE)
        });
        let mut y = top;
        for (at, row) in rows.iter().enumerate() {
            if let Some(heading) = row.heading {
                let style = Type::HEAD.patched();
                canvas.text_about((0.0, y + PITCH / 2.0), heading, style);
            }
            let middle = y + above(row) + labels.height(at, PITCH) / 2.0;
            canvas.group(&format!("row-{at}"), |canvas| {
                labels.draw(canvas, at, middle);
                if let Some(ends) = row.ends(unit) {
                    draw_row(canvas, row.look, ends.map(|end| scale.at(end)), middle);
                }
                columns.draw_row(canvas, at, middle);
            });
            y += height((at, row));
        }
        let words = match unit {
            Unit::Proportion => "percentage points, programme less comparators",
            _ => "programme less comparators",
        };
        let centre = ((scale.from + scale.to) / 2.0, bottom + 2.0 * LEADING + 2.0);
        canvas.text(centre, words, Type::LABEL.middle());
        (canvas, bottom + 2.0 * LEADING + 8.0)
    }

    /// From the furthest end below none to the furthest above.
    fn scale(&self, (from, to): (f64, f64)) -> Scale {
        let ends = || self.rows.iter().filter_map(|row| row.ends(self.unit));
        let reach = |furthest: f64| match furthest {
            furthest if furthest <= 0.0 => 0.0,
            furthest => ticks(furthest).pop().unwrap_or(furthest),
        };
        let low = reach(ends().map(|[_, low, _]| -low).fold(0.0, f64::max));
        let high = reach(ends().map(|[_, _, high]| high).fold(0.0, f64::max));
        Scale {
            from,
            to,
            low: -low,
            high: if low + high > 0.0 { high } else { 1.0 },
        }
    }

    /// Each row that has a value, in words.
    pub(super) fn alt(&self) -> String {
        let told: Vec<String> = self
            .rows
            .iter()
            .filter(|row| row.reading.value().is_some())
            .map(|row| format!("{}: {}", row.label, row.text(self.unit)))
            .collect();
        told.join("; ")
    }

    pub(super) fn table(&self) -> DataTable {
        let line = |row: &Row<'_>| {
            body_row(vec![
                words_cell(row.label.as_str()),
                row.reading.cell(row.n_text()),
                row.reading.cell(row.text(self.unit)),
            ])
        };
        let lines = |row: &Row<'_>| -> Vec<DataRow> {
            let heading = row.heading.map(|heading| group_row(heading, 3));
            heading.into_iter().chain([line(row)]).collect()
        };
        DataTable {
            columns: vec![
                words_column(self.what),
                numbers_column("Children"),
                numbers_column("Difference"),
            ],
            rows: self.rows.iter().flat_map(lines).collect(),
        }
    }
}

fn draw_row(canvas: &mut Canvas, look: Look, [value, low, high]: [f64; 3], y: f64) {
    match look {
        Look::Range => canvas.rule((low, y), (high, y), INTERVAL.dashed("6 4")),
        _ => canvas.rule((low, y), (high, y), INTERVAL),
    }
    match look {
        Look::AsTheyAre => marks::before(canvas, (value, y)),
        Look::MadeAlike => marks::programme(canvas, (value, y)),
        Look::Average => marks::benchmark(canvas, (value, y)),
        Look::Range => {}
    }
}
