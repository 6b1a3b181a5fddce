//! Rows of shares beside those of all authorities: dots on a scale from 0 to 100%, or bars of counts
//! where too few stand behind every share.

use kinfolk_disclosure::Release;

use crate::canvas::{Area, Canvas, Stroke, Type};
use crate::columns::Columns;
use crate::figure::{DataCell, DataColumn, DataTable};
use crate::layout::{
    GUTTER, Labels, Scale, body_row, grid, inside, label_inside, numbers_column, share_ticks,
};
use crate::marks::{self, Mark};
use crate::palette::{DARK_BLUE, WHITE};
use crate::reading::{Reading, count};
use crate::text::LEADING;
use crate::wording::short_place;

/// One row.
pub(crate) struct DotRow<'a> {
    /// The code, for the id of the group.
    pub(crate) code: String,
    /// What stands over this row and those that follow it.
    pub(crate) heading: Option<String>,
    /// The words.
    pub(crate) label: String,
    /// The authority's share.
    pub(crate) share: Reading<'a>,
    /// The same of all authorities.
    pub(crate) compared: Reading<'a>,
}

/// What is drawn with the dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DotStyle {
    /// The interval; its own column of numbers closes the row.
    Interval,
    /// A stem from 0; the share closes the row.
    Stem,
}

/// A chart of rows of shares.
pub(crate) struct Dots<'r, 'a> {
    /// The id of the figure.
    pub(crate) id: &'static str,
    /// The head of the column of shares.
    pub(crate) head: &'static str,
    /// What those are called who have it, and those who have not.
    pub(crate) parts: [&'static str; 2],
    /// What is drawn with the dot.
    pub(crate) style: DotStyle,
    /// The least height of a row.
    pub(crate) pitch: f64,
    /// The rows.
    pub(crate) rows: &'r [DotRow<'a>],
}

/// The height of a row of a chart that has room.
pub(crate) const PITCH: f64 = 45.0;
/// The height of a heading over rows.
const HEADING: f64 = 32.0;
const BAR: f64 = 26.0;
const STRIP: f64 = 16.0;
/// Half the distance between the lane of the authority and that of all authorities.
const LANE: f64 = 8.0;

/// Where a row stands: its number and the middle of its height.
struct Place {
    row: usize,
    middle: f64,
}

impl Dots<'_, '_> {
    /// Draws the chart; gives the canvas and its height.
    pub(crate) fn draw(&self, release: &Release) -> (Canvas, f64) {
        let mut canvas = Canvas::chart(self.id);
        let shares: Vec<Reading<'_>> = self.rows.iter().map(|row| row.share).collect();
        let columns = match self.style {
            DotStyle::Interval => Columns::of_shares(self.head, &shares),
            DotStyle::Stem => Columns::of_complete_counts(self.head, &shares),
        };
        let top = self.draw_top(&mut canvas, release, &columns);
        let labels = Labels::of(self.rows.iter().map(|row| row.label.as_str()));
        let mut bottom = top;
        let mut places = Vec::new();
        for (row, of) in self.rows.iter().enumerate() {
            if of.heading.is_some() {
                bottom += HEADING;
            }
            let height = labels.height(row, self.pitch);
            let middle = bottom + height / 2.0;
            places.push(Place { row, middle });
            bottom += height;
        }
        let room = (labels.width + GUTTER, columns.left - GUTTER);
        let below = match self.is_small() {
            true => self.draw_counts(&mut canvas, room, (top, bottom), &places),
            false => self.draw_shares(&mut canvas, room, (top, bottom), &places),
        };
        for Place { row, middle } in places {
            if let Some(heading) = &self.rows[row].heading {
                let base = middle - labels.height(row, self.pitch) / 2.0 - 8.0;
                canvas.text((0.0, base), heading, Type::HEAD.patched());
            }
            labels.draw(&mut canvas, row, middle);
            columns.draw_row(&mut canvas, row, middle);
        }
        (canvas, bottom + below)
    }

    /// Whether too few stand behind every share.
    fn is_small(&self) -> bool {
        self.rows.iter().all(|row| row.share.is_small())
    }

    fn compares(&self) -> bool {
        !self.is_small() && self.rows.iter().any(|row| row.compared.value().is_some())
    }

    /// Draws key and heads, on one line if they fit; gives where the rows begin.
    fn draw_top(&self, canvas: &mut Canvas, release: &Release, columns: &Columns) -> f64 {
        let words = self.key(release);
        let entries: Vec<(Mark, &str)> = words
            .iter()
            .map(|(mark, words)| (*mark, words.as_str()))
            .collect();
        let key = marks::key(canvas, (0.0, 8.0), &entries);
        let is_beside = key.right + GUTTER <= columns.left;
        let base = if is_beside { 13.5 } else { key.height + 14.0 };
        columns.draw_heads(canvas, base);
        base + 11.0
    }

    fn key(&self, release: &Release) -> Vec<(Mark, String)> {
        let place = short_place(release);
        if self.is_small() {
            let [have, rest] = self.parts;
            return vec![
                (Mark::Swatch(DARK_BLUE, DARK_BLUE), have.to_owned()),
                (Mark::Swatch(WHITE, DARK_BLUE), rest.to_owned()),
            ];
        }
        let mut words = vec![match self.style {
            DotStyle::Interval => (Mark::Interval, format!("{place}, with 95% interval")),
            DotStyle::Stem => (Mark::Programme, place),
        }];
        if let Some(benchmark) = release.benchmark().filter(|_| self.compares()) {
            words.push((Mark::Benchmark, benchmark.label.clone()));
        }
        if self.rows.iter().any(|row| row.share.value().is_none()) {
            words.push((Mark::Hatch, "not shown".to_owned()));
        }
        words
    }

    fn draw_shares(
        &self,
        canvas: &mut Canvas,
        (left, right): (f64, f64),
        rows: (f64, f64),
        places: &[Place],
    ) -> f64 {
        // Half of `100%` stands right of the scale.
        let scale = Scale::shares(left + 8.0, right - 8.0);
        grid(canvas, scale, rows, &share_ticks(scale));
        let lane = if self.compares() { LANE } else { 0.0 };
        for Place { row, middle } in places {
            let row = &self.rows[*row];
            canvas.group(&row.code, |canvas| {
                self.draw_share(canvas, row.share, scale, middle - lane);
                if let Some(share) = row.compared.value() {
                    marks::benchmark(canvas, (scale.at(share), middle + lane));
                }
            });
        }
        LEADING + 6.0
    }

    fn draw_share(&self, canvas: &mut Canvas, reading: Reading<'_>, scale: Scale, lane: f64) {
        let Some(share) = reading.sound_share() else {
            if reading.value().is_none() {
                canvas.hatch(Area {
                    x: scale.from,
                    y: lane - STRIP / 2.0,
                    width: scale.to - scale.from,
                    height: STRIP,
                });
            }
            return;
        };
        let (from, to, stroke) = match (self.style, reading.interval()) {
            (DotStyle::Interval, Some((low, high))) => (low, high, Stroke::INTERVAL),
            (DotStyle::Interval, None) => (share, share, Stroke::INTERVAL),
            (DotStyle::Stem, _) => (0.0, share, Stroke::STEM),
        };
        canvas.rule((scale.at(from), lane), (scale.at(to), lane), stroke);
        marks::programme(canvas, (scale.at(share), lane));
    }

    fn draw_counts(
        &self,
        canvas: &mut Canvas,
        (left, right): (f64, f64),
        (top, bottom): (f64, f64),
        places: &[Place],
    ) -> f64 {
        let all = self.rows.iter().filter_map(|row| row.share.denominator());
        let scale = Scale::up_to(all.max().unwrap_or(0) as f64, left, right);
        for Place { row, middle } in places {
            let row = &self.rows[*row];
            let (Some(n), Some(all)) = (row.share.numerator(), row.share.denominator()) else {
                continue;
            };
            canvas.group(&row.code, |canvas| {
                draw_part(canvas, scale, (0, n), *middle, DARK_BLUE);
                draw_part(canvas, scale, (n, all), *middle, WHITE);
            });
        }
        canvas.rule((left, top), (left, bottom), Stroke::BASE);
        4.0
    }
}

/// The table of such rows: columns and cells of their own, then the share of all authorities where
/// any is shown.
pub(crate) fn table(
    release: &Release,
    rows: &[DotRow<'_>],
    mut columns: Vec<DataColumn>,
    cells: impl Fn(&DotRow<'_>) -> Vec<DataCell>,
) -> DataTable {
    let compares = rows.iter().any(|row| row.compared.value().is_some());
    let benchmark = release.benchmark().filter(|_| compares);
    if let Some(benchmark) = benchmark {
        columns.push(numbers_column(&benchmark.label));
    }
    let line = |row: &DotRow<'_>| {
        let compared = || row.compared.compared_cell(row.compared.share_text());
        body_row(
            cells(row)
                .into_iter()
                .chain(benchmark.map(|_| compared()))
                .collect(),
        )
    };
    DataTable {
        rows: rows.iter().map(line).collect(),
        columns,
    }
}

fn draw_part(
    canvas: &mut Canvas,
    scale: Scale,
    (from, to): (u64, u64),
    middle: f64,
    fill: crate::palette::Colour,
) {
    if to <= from {
        return;
    }
    let left = scale.at(from as f64);
    let area = Area {
        x: left,
        y: middle - BAR / 2.0,
        width: scale.at(to as f64) - left,
        height: BAR,
    };
    canvas.bar(area, fill, Some(DARK_BLUE));
    label_inside(canvas, area, &count((to - from) as f64), inside(fill));
}
