//! Rows and columns: a chart is a table with marks.

use crate::canvas::{Area, Canvas, Stroke, Type};
use crate::figure::{DataCell, DataColumn, DataRow, DataTable, Figure, RowRole};
use crate::palette::{DARK_BLUE, INK, LIGHT_BLUE};
use crate::text::{self, LEADING, TEXT_SIZE, Weight};

/// The most room for labels of rows.
const LABEL_ROOM: f64 = 200.0;
/// Between labels and plot, and between plot and numbers.
pub(crate) const GUTTER: f64 = 16.0;

/// The labels of rows, broken into lines, and the room that they take.
pub(crate) struct Labels {
    lines: Vec<Vec<String>>,
    /// The width of the widest line.
    pub(crate) width: f64,
}

impl Labels {
    /// Breaks labels so that none is wider than 200 pixels.
    pub(crate) fn of<'a>(labels: impl IntoIterator<Item = &'a str>) -> Self {
        Self::within(LABEL_ROOM, labels)
    }

    /// Breaks labels so that none is wider than that.
    pub(crate) fn within<'a>(room: f64, labels: impl IntoIterator<Item = &'a str>) -> Self {
        let lines: Vec<Vec<String>> = labels
            .into_iter()
            .map(|label| Type::LABEL.wrap(label, room))
            .collect();
        let every = lines.iter().flatten().map(String::as_str);
        let width = text::widest(every, TEXT_SIZE, Weight::Regular);
        Self { lines, width }
    }

    /// The height of a row: at least the pitch, more where its label has many lines.
    pub(crate) fn height(&self, row: usize, pitch: f64) -> f64 {
        let lines = self.lines.get(row).map_or(0, Vec::len) as f64;
        pitch.max(lines * LEADING + 6.0)
    }

    /// Draws one label about the middle of its row.
    pub(crate) fn draw(&self, canvas: &mut Canvas, row: usize, middle: f64) {
        if let Some(lines) = self.lines.get(row) {
            canvas.lines_about((0.0, middle), lines, Type::LABEL);
        }
    }
}

/// Where a value lies on a line of pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    /// Where the low end lies.
    pub(crate) from: f64,
    /// Where the high end lies.
    pub(crate) to: f64,
    /// The low end.
    pub(crate) low: f64,
    /// The high end.
    pub(crate) high: f64,
}

impl Scale {
    /// Shares from 0 to 100%.
    pub(crate) fn shares(from: f64, to: f64) -> Self {
        Self {
            from,
            to,
            low: 0.0,
            high: 1.0,
        }
    }

    /// From 0 to that value.
    pub(crate) fn up_to(high: f64, from: f64, to: f64) -> Self {
        let high = if high > 0.0 { high } else { 1.0 };
        Self {
            from,
            to,
            low: 0.0,
            high,
        }
    }

    /// Where a value lies; values beyond the ends lie at the ends.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        self.from + share.clamp(0.0, 1.0) * (self.to - self.from)
    }
}

/// Round numbers from 0 to no less than a value: three to six of them, as close to it as may be.
pub(crate) fn ticks(highest: f64) -> Vec<f64> {
    // The earlier of two that end alike is the rounder one.
    const STEPS: [f64; 7] = [0.2, 0.5, 1.0, 2.0, 5.0, 0.4, 4.0];
    let is_usable = highest.is_finite() && highest > 0.0;
    let highest = if is_usable { highest } else { 1.0 };
    let power = 10f64.powf(highest.log10().floor());
    let n_steps = |step: f64| (highest / step - 1e-9).ceil();
    let step = STEPS
        .map(|factor| factor * power)
        .into_iter()
        .filter(|step| (2.0..=5.0).contains(&n_steps(*step)))
        .min_by_key(|step| (step * n_steps(*step) / power * 10.0).round() as u32)
        .unwrap_or(highest / 2.0);
    let n = n_steps(step) as u32;
    (0..=n).map(|at| f64::from(at) * step).collect()
}

/// A number inside a bar if it has room there.
pub(crate) fn label_inside(canvas: &mut Canvas, area: Area, words: &str, style: Type) -> bool {
    let fits = style.width(words) + 8.0 <= area.width;
    if fits {
        let centre = (area.x + area.width / 2.0, area.y + area.height / 2.0);
        canvas.text_about(centre, words, style.middle());
    }
    fits
}

/// The way in which numbers stand in a fill.
pub(crate) fn inside(fill: crate::palette::Colour) -> Type {
    if fill == DARK_BLUE || fill == INK {
        Type::INSIDE_DARK
    } else if fill == LIGHT_BLUE {
        Type::INSIDE_LIGHT_BLUE
    } else {
        Type::LABEL
    }
}

/// Gridlines behind rows, with labels below, the first of them the base line.
pub(crate) fn grid(
    canvas: &mut Canvas,
    scale: Scale,
    (top, bottom): (f64, f64),
    ticks: &[(f64, String)],
) {
    canvas.group("axis", |canvas| {
        for (at, (value, label)) in ticks.iter().enumerate() {
            let x = scale.at(*value);
            let stroke = if at == 0 { Stroke::BASE } else { Stroke::GRID };
            canvas.rule((x, top), (x, bottom), stroke);
            canvas.text((x, bottom + LEADING), label, Type::LABEL.middle());
        }
    });
}

/// 0, 25, 50, 75 and 100%; every other one where the plot is narrow.
pub(crate) fn share_ticks(scale: Scale) -> Vec<(f64, String)> {
    const ROOM_EACH: f64 = 42.0;
    let every = if scale.to - scale.from < 4.0 * ROOM_EACH {
        2
    } else {
        1
    };
    [0.0, 0.25, 0.5, 0.75, 1.0]
        .into_iter()
        .step_by(every)
        .map(|value| (value, kinfolk_model::format::share(value)))
        .collect()
}

/// A cell of words.
pub(crate) fn words_cell(text: impl Into<String>) -> DataCell {
    DataCell {
        text: text.into(),
        ..DataCell::default()
    }
}

/// A column of words.
pub(crate) fn words_column(head: &str) -> DataColumn {
    DataColumn {
        head: head.to_owned(),
        is_numeric: false,
    }
}

/// A column of numbers.
pub(crate) fn numbers_column(head: &str) -> DataColumn {
    DataColumn {
        head: head.to_owned(),
        is_numeric: true,
    }
}

/// An ordinary row.
pub(crate) fn body_row(cells: Vec<DataCell>) -> DataRow {
    DataRow {
        role: RowRole::Body,
        cells,
    }
}

/// A heading over rows, as wide as the table.
pub(crate) fn group_row(head: &str, n_columns: usize) -> DataRow {
    let mut cells = vec![words_cell(head)];
    cells.resize_with(n_columns, DataCell::default);
    DataRow {
        role: RowRole::Group,
        cells,
    }
}

/// A figure that may not be drawn: it keeps its place and says why, and what would end it.
pub(crate) struct NotDrawn {
    /// The id of the figure.
    pub(crate) id: &'static str,
    /// What it would show, e.g. `Objectives by what the child wanted`.
    pub(crate) subject: &'static str,
    /// Measure, place, period.
    pub(crate) subtitle: String,
    /// Why, and what would end it; begins with the source.
    pub(crate) reason: String,
}

impl NotDrawn {
    /// A hatched strip with the reason.
    pub(crate) fn figure(self) -> Figure {
        const HEIGHT: f64 = 16.0;
        let mut canvas = Canvas::chart(self.id);
        canvas.hatch(Area {
            x: 0.0,
            y: 0.0,
            width: crate::canvas::WIDTH,
            height: HEIGHT,
        });
        let title = format!("{}: not shown yet", self.subject);
        Figure {
            id: self.id,
            alt: format!("{title}. {}", self.reason.replace('\u{a0}', " ")),
            title,
            subtitle: self.subtitle,
            body: canvas.finish(HEIGHT),
            table: DataTable {
                columns: vec![words_column("Figure"), words_column("Why it is not shown")],
                rows: vec![body_row(vec![
                    words_cell(self.subject),
                    words_cell(self.reason.clone()),
                ])],
            },
            source: self.reason,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_reach_the_highest_value() {
        for (highest, expected) in [
            (7.4, vec![0.0, 2.0, 4.0, 6.0, 8.0]),
            (1.0, vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
            (26.0, vec![0.0, 10.0, 20.0, 30.0]),
            (10.1, vec![0.0, 4.0, 8.0, 12.0]),
            (17.0, vec![0.0, 5.0, 10.0, 15.0, 20.0]),
            (0.0, vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
            (5.0, vec![0.0, 1.0, 2.0, 3.0, 4.0, 5.0]),
        ] {
            let found = ticks(highest);
            assert_eq!(found.len(), expected.len(), "{highest}: {found:?}");
            for (one, two) in found.iter().zip(&expected) {
                assert!((one - two).abs() < 1e-9, "{highest}: {found:?}");
            }
        }
    }

    #[test]
    fn a_scale_keeps_values_within_its_ends() {
        let scale = Scale::up_to(8.0, 200.0, 400.0);
        assert!((scale.at(0.0) - 200.0).abs() < 1e-9);
        assert!((scale.at(2.0) - 250.0).abs() < 1e-9);
        assert!((scale.at(99.0) - 400.0).abs() < 1e-9);
        assert!((Scale::up_to(0.0, 200.0, 400.0).at(0.0) - 200.0).abs() < 1e-9);
    }
}
