//! The figures of the first page: a value with its interval, on a scale of its own.

mod plot;
mod texts;

use kinfolk_disclosure::{Release, Released};

use crate::canvas::{Canvas, Stroke, Type, WIDTH};
use crate::figure::{DataTable, Figure, Svg};
use crate::layout::{body_row, numbers_column, words_cell, words_column};
use crate::marks::{self, Mark};
use crate::reading::Reading;
use crate::text::LEADING;
use crate::wording::{
    WITHHELD_NOTE, as_sentence, fitting_title, place_and_period, share_of, short_place, source,
};

use plot::draw_plot;
pub use plot::key_figure_plot;
use texts::{is_share, number_text, value_text};

const ID: &str = "key-figures";
const ROW: f64 = 84.0;
/// Where values and plots begin.
const VALUES: f64 = 218.0;
const PLOTS: f64 = 356.0;
/// The rows that a first page has room for.
const MOST_ROWS: usize = 5;

/// One key figure.
#[derive(Debug, Clone)]
pub struct KeyRow<'a> {
    /// What it measures, e.g. `Objectives met`.
    pub label: String,
    /// What stands behind it, e.g. `198 of 251 objectives`.
    pub base: String,
    /// The figure.
    pub figure: &'a Released,
    /// The same of all authorities.
    pub benchmark: Option<&'a Released>,
}

impl KeyRow<'_> {
    /// The figure as it is printed: `74%`, `+15.0`, `[c]`; `9 of 14` where fewer than 20 stand
    /// behind a share.
    pub fn value(&self) -> String {
        let reading = Reading(Some(self.figure));
        if is_share(self.figure) && reading.is_small() {
            return reading.base_text();
        }
        value_text(self.figure)
    }

    /// The interval as it is printed: `64% to 83%`; empty for none.
    pub fn interval(&self) -> String {
        let reading = Reading(Some(self.figure));
        match reading.interval() {
            Some(_) if is_share(self.figure) && reading.is_small() => String::new(),
            Some((low, high)) => {
                let text = |end| number_text(self.figure, end);
                format!("{} to {}", text(low), text(high))
            }
            None => String::new(),
        }
    }

    /// The figure of all authorities as it is printed; empty for none.
    pub fn compared(&self) -> String {
        self.benchmark.map_or_else(String::new, value_text)
    }

    /// Its small plot, see [`key_figure_plot`].
    pub fn plot(&self) -> Option<Svg> {
        key_figure_plot(self.figure, self.benchmark)
    }
}

/// Draws the key figures as a chart of their own, for the folder of figures; a page sets them as a
/// table with small plots instead. At most five; `None` when there are none.
pub fn draw_key_figures(release: &Release, rows: &[KeyRow<'_>]) -> Option<Figure> {
    let rows = rows
        .get(..rows.len().min(MOST_ROWS))
        .filter(|rows| !rows.is_empty())?;
    let (canvas, height) = draw(release, rows);
    let hides = rows.iter().any(|row| row.figure.value().is_withheld());
    let notes: &[&str] = if hides { &[WITHHELD_NOTE] } else { &[] };
    Some(Figure {
        id: ID,
        title: title(rows),
        subtitle: format!("Key figures, {}", place_and_period(release)),
        source: source(
            release,
            "the records described in this report",
            "n beside each figure",
            notes,
        ),
        alt: alt(rows),
        body: canvas.finish(height),
        table: table(release, rows),
    })
}

fn draw(release: &Release, rows: &[KeyRow<'_>]) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let place = Type::HEAD.wrap(&as_sentence(&short_place(release)), PLOTS - VALUES - 8.0);
    let head = LEADING * place.len().max(1) as f64;
    canvas.lines((VALUES, 16.0), &place, Type::HEAD);
    marks::key(
        &mut canvas,
        (PLOTS, head - 9.0),
        &[(Mark::Interval, "95% interval")],
    );
    if let Some(benchmark) = compares(release, rows) {
        canvas.text((WIDTH, head - 4.0), benchmark, Type::HEAD.end());
        let left = WIDTH - Type::HEAD.width(benchmark) - 17.0;
        marks::benchmark(&mut canvas, (left, head - 9.0));
    }
    canvas.rule_across(head + 4.0, Stroke::BASE);
    let mut top = head + 4.0;
    for (at, row) in rows.iter().enumerate() {
        canvas.group(&format!("row-{}", at + 1), |canvas| {
            draw_row(canvas, row, top)
        });
        top += ROW;
        canvas.rule_across(top, Stroke::GRID);
    }
    (canvas, top + 1.0)
}

fn compares<'r>(release: &'r Release, rows: &[KeyRow<'_>]) -> Option<&'r str> {
    let benchmark = release.benchmark()?;
    rows.iter()
        .any(|row| row.benchmark.is_some())
        .then_some(benchmark.label.as_str())
}

fn draw_row(canvas: &mut Canvas, row: &KeyRow<'_>, top: f64) {
    let label = Type::HEAD.wrap(&row.label, VALUES - 16.0);
    canvas.lines((0.0, top + 26.0), &label, Type::HEAD);
    let base = Type::LABEL.wrap(&row.base, VALUES - 16.0);
    let below = top + 26.0 + LEADING * label.len() as f64;
    canvas.lines((0.0, below), &base, Type::LABEL);
    canvas.text((VALUES, top + 34.0), &row.value(), Type::KEY_FIGURE);
    canvas.text((VALUES, top + 58.0), &row.interval(), Type::LABEL);
    // A figure without a plot leaves its place white.
    let _ = draw_plot(canvas, (PLOTS, top + 12.0), row.figure, row.benchmark);
    canvas.text((WIDTH, top + 30.0), &row.compared(), Type::LABEL.end());
}

fn title(rows: &[KeyRow<'_>]) -> String {
    let find = |measure: &str| {
        let row = rows.iter().find(|row| row.figure.measure() == measure)?;
        Some(Reading(Some(row.figure)))
    };
    let rises = find("connections.change")
        .and_then(Reading::interval)
        .filter(|(low, _)| *low > 0.0)
        .map(|_| "children have more people around them".to_owned());
    let met = find("objectives.met")
        .and_then(Reading::sound_share)
        .map(|share| format!("{} were met", share_of(share, "objectives")));
    match (rises, met) {
        (Some(one), Some(two)) => fitting_title(&[
            format!("{}, and {two}", as_sentence(&one)),
            format!("More people around each child; {two}"),
            as_sentence(&one),
        ]),
        (Some(one), None) | (None, Some(one)) => as_sentence(&one),
        (None, None) => "Key figures at a glance".to_owned(),
    }
}

fn alt(rows: &[KeyRow<'_>]) -> String {
    let values: Vec<String> = rows
        .iter()
        .map(|row| format!("{}: {} ({})", row.label, row.value(), row.base))
        .collect();
    format!(
        "{} rows, each with a value, its 95% interval and the number behind it. {}.",
        rows.len(),
        values.join("; ")
    )
}

fn table(release: &Release, rows: &[KeyRow<'_>]) -> DataTable {
    let compares = compares(release, rows);
    let lines = rows.iter().map(|row| {
        let reading = Reading(Some(row.figure));
        let mut cells = vec![
            words_cell(&row.label),
            reading.cell(&row.base),
            reading.cell(row.value()),
            reading.cell(row.interval()),
        ];
        if compares.is_some() {
            cells.push(Reading(row.benchmark).compared_cell(row.compared()));
        }
        body_row(cells)
    });
    let mut columns = vec![
        words_column("Measure"),
        words_column("n of N"),
        numbers_column("Value"),
        numbers_column("95% interval"),
    ];
    if let Some(benchmark) = compares {
        columns.push(numbers_column(benchmark));
    }
    DataTable {
        rows: lines.collect(),
        columns,
    }
}
