//! Rows of contrasts between the arms: a mark with its interval as a line, an ink line where there is none,
//! and the numbers flush right.

use kinfolk_disclosure::Released;
use kinfolk_model::{format, outcome_label};

use super::axis::{draw_contrasts, reaching};
use super::contrast::Contrast;
use crate::canvas::{Canvas, Stroke, Type};
use crate::columns::{Column, Columns};
use crate::figure::{DataColumn, DataRow, DataTable};
use crate::layout::{
    GUTTER, Labels, Scale, body_row, group_row, numbers_column, words_cell, words_column,
};
use crate::marks::{self, Mark};
use crate::palette::{DARK_BLUE, INK};
use crate::reading::Reading;
use crate::text::LEADING;

const PITCH: f64 = 30.0;
const INTERVAL: Stroke = Stroke::solid(DARK_BLUE, 1.5);
/// Where the arms are as each other.
const NONE: Stroke = Stroke::solid(INK, 2.0);
/// The head of the column of how many children a row rests on.
const SIZES: &str = "Children";
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

/// One contrast.
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

    /// Value and interval.
    fn ends(&self) -> Option<[f64; 3]> {
        let (low, high) = self.reading.interval()?;
        Some([self.reading.value()?, low, high])
    }

    /// The same in the units of the axis.
    fn places(&self, contrast: Contrast) -> Option<[f64; 3]> {
        let places = self.ends()?.map(|end| contrast.place(end));
        Some(places).filter(|places| places.iter().all(|place| place.is_finite()))
    }

    fn text(&self, contrast: Contrast) -> String {
        let Some(ends) = self.ends() else {
            return self.reading.sign().to_owned();
        };
        let [value, low, high] = ends.map(|end| contrast.text(end));
        match self.look {
            Look::Range => format!("{low} to {high}"),
            _ => format!("{value} ({low} to {high})"),
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

/// Contrasts of one kind, as a chart and as a table.
pub(super) struct Contrasts<'r, 'a> {
    pub(super) id: &'static str,
    pub(super) rows: &'r [Row<'a>],
    pub(super) contrast: Contrast,
    /// The marks of the key.
    pub(super) key: &'r [(Mark, &'static str)],
    /// What a row is.
    pub(super) what: &'static str,
}

impl Contrasts<'_, '_> {
    pub(super) fn draw(&self) -> (Canvas, f64) {
        let rows = self.rows;
        let mut canvas = Canvas::chart(self.id);
        let columns = Columns::of(self.columns());
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
            draw_contrasts(canvas, (self.contrast, scale), (top, bottom), NONE)
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
                if let Some(places) = row.places(self.contrast) {
                    draw_row(
                        canvas,
                        row.look,
                        places.map(|place| scale.at(place)),
                        middle,
                    );
                }
                columns.draw_row(canvas, at, middle);
            });
            y += height((at, row));
        }
        let centre = ((scale.from + scale.to) / 2.0, bottom + 2.0 * LEADING + 2.0);
        canvas.text(centre, self.contrast.axis_words(), Type::LABEL.middle());
        (canvas, bottom + 2.0 * LEADING + 8.0)
    }

    /// Of ratios no row tells how many it rests on: that stands beside the difference.
    fn tells_sizes(&self) -> bool {
        self.contrast != Contrast::Ratios
    }

    fn columns(&self) -> Vec<Column> {
        let texts = self.rows.iter().map(|row| row.text(self.contrast));
        let own = Column::plain(self.contrast.head(), texts);
        let sizes = || Column::plain(SIZES, self.rows.iter().map(Row::n_text));
        let sizes = self.tells_sizes().then(sizes);
        sizes.into_iter().chain([own]).collect()
    }

    /// From the furthest end below none to the furthest above.
    fn scale(&self, (from, to): (f64, f64)) -> Scale {
        let places = || self.rows.iter().filter_map(|row| row.places(self.contrast));
        let lowest = places().map(|[_, low, _]| low).fold(0.0, f64::min);
        let highest = places().map(|[_, _, high]| high).fold(0.0, f64::max);
        let (low, high) = reaching(self.contrast, (lowest, highest));
        Scale {
            from,
            to,
            low,
            high,
        }
    }

    /// Each row that has a value, in words.
    pub(super) fn alt(&self) -> String {
        let told: Vec<String> = self
            .rows
            .iter()
            .filter(|row| row.reading.value().is_some())
            .map(|row| format!("{}: {}", row.label, row.text(self.contrast)))
            .collect();
        told.join("; ")
    }

    pub(super) fn table(&self) -> DataTable {
        let sizes = self.tells_sizes().then(|| numbers_column(SIZES));
        let own = numbers_column(self.contrast.head());
        let columns: Vec<DataColumn> = [words_column(self.what)]
            .into_iter()
            .chain(sizes)
            .chain([own])
            .collect();
        let lines = |row: &Row<'_>| -> Vec<DataRow> {
            let heading = row.heading.map(|heading| group_row(heading, columns.len()));
            heading.into_iter().chain([self.line(row)]).collect()
        };
        DataTable {
            rows: self.rows.iter().flat_map(lines).collect(),
            columns,
        }
    }

    fn line(&self, row: &Row<'_>) -> DataRow {
        let sizes = self.tells_sizes().then(|| row.reading.cell(row.n_text()));
        let own = row.reading.cell(row.text(self.contrast));
        let label = words_cell(row.label.as_str());
        body_row([label].into_iter().chain(sizes).chain([own]).collect())
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
