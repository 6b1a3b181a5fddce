//! Were the arms alike? A row for each covariate, the furthest apart before first: an open circle before,
//! a filled one after, a line between; dashed lines a tenth of a standard deviation either side of none.
//! Both differences stand flush right. A difference that is withheld has `[c]` and no mark; such rows
//! go last. The title says "alike" only where every difference after is shown and within a tenth.

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{Group, Statistic, format, outcome_label};

use super::axis::draw_contrasts;
use super::contrast::Contrast;
use super::{comparison_records, too_few};
use crate::canvas::{Canvas, Stroke, Type};
use crate::columns::{Column, Columns};
use crate::figure::{DataTable, Figure};
use crate::layout::{
    GUTTER, Labels, Scale, body_row, numbers_column, ticks, words_cell, words_column,
};
use crate::marks::{self, Mark};
use crate::palette::{DARK_BLUE, INK};
use crate::reading::Reading;
use crate::text::LEADING;
use crate::wording::{WITHHELD_NOTE, fitting_title, place_and_period, source};

const ID: &str = "love-plot";
const MEASURE: &str = "matching.balance";
/// The covariate that stands for all of them.
const SCORE: &str = "propensity_score";
/// Differences up to here are small.
const SMALL: f64 = 0.1;
const PITCH: f64 = 28.0;
const JOIN: Stroke = Stroke::solid(DARK_BLUE, 1.5);
const LIMIT: Stroke = Stroke::solid(INK, 1.0).dashed("6 4");

/// Draws the standardised differences before and after. `None` when nobody is compared.
pub fn draw_love_plot(release: &Release) -> Option<Figure> {
    let rows = rows(release);
    if rows.is_empty() {
        return None;
    }
    let subtitle = format!(
        "Standardised difference between programme and comparators, {}",
        place_and_period(release)
    );
    if rows.iter().all(|row| row.ends().is_none()) {
        return Some(too_few(release, ID, "Whether the arms are alike", subtitle).figure());
    }
    let (canvas, height) = draw(&rows);
    Some(Figure {
        id: ID,
        title: title(&rows),
        subtitle,
        source: source_line(release, &rows),
        alt: alt(&rows),
        body: canvas.finish(height),
        table: table(&rows),
    })
}

/// One covariate.
struct Row<'a> {
    code: &'a str,
    label: String,
    before: Reading<'a>,
    after: Reading<'a>,
}

impl Row<'_> {
    fn ends(&self) -> Option<(f64, f64)> {
        Some((self.before.value()?, self.after.value()?))
    }

    fn is_small(&self) -> bool {
        self.after.value().is_some_and(|after| after.abs() <= SMALL)
    }
}

/// The furthest apart before first; withheld ones last.
fn rows(release: &Release) -> Vec<Row<'_>> {
    let is_before = |released: &&Released| {
        released.group().get("stage") == Some("before")
            && released.statistic() == Statistic::EffectSize
    };
    let row = |before| {
        let code = Released::group(before).get("covariate")?;
        let after = Group::of("stage", "after").and("covariate", code);
        (code != SCORE).then(|| Row {
            code,
            label: label(code),
            before: Reading(Some(before)),
            after: Reading::of(release, MEASURE, &after, Statistic::EffectSize),
        })
    };
    let records = release.of(MEASURE).filter(is_before);
    let mut rows: Vec<Row<'_>> = records.filter_map(row).collect();
    rows.sort_by(|one, two| {
        let size = |row: &Row<'_>| row.ends().map_or(-1.0, |(before, _)| before.abs());
        size(two).total_cmp(&size(one))
    });
    rows
}

/// `Sex: male`, `Years in care`.
fn label(code: &str) -> String {
    match code.split_once('=') {
        Some((column, value)) => {
            format!("{}: {}", outcome_label(column), value.replace('_', " "))
        }
        None => outcome_label(code),
    }
}

fn number(reading: Reading<'_>) -> String {
    let value = reading.value().map(|value| format::number(value, 2));
    value.unwrap_or_else(|| reading.sign().to_owned())
}

fn draw(rows: &[Row<'_>]) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let columns = Columns::of(vec![
        Column::plain("Before", rows.iter().map(|row| number(row.before))),
        Column::plain("After", rows.iter().map(|row| number(row.after))),
    ]);
    let entries = [
        (Mark::Before, "before matching"),
        (Mark::Programme, "after"),
    ];
    let key = marks::key(&mut canvas, (0.0, 8.0), &entries);
    columns.draw_heads(&mut canvas, 13.5);
    let top = key.height + 4.0;
    let labels = Labels::of(rows.iter().map(|row| row.label.as_str()));
    let heights: Vec<f64> = (0..rows.len()).map(|at| labels.height(at, PITCH)).collect();
    let bottom = top + heights.iter().sum::<f64>();
    let scale = scale(
        rows,
        (labels.width + GUTTER + 8.0, columns.left - GUTTER - 8.0),
    );
    draw_axis(&mut canvas, scale, (top, bottom));
    let mut above = top;
    for (at, row) in rows.iter().enumerate() {
        let middle = above + heights[at] / 2.0;
        canvas.group(row.code, |canvas| {
            labels.draw(canvas, at, middle);
            if let Some((before, after)) = row.ends() {
                let (from, to) = (scale.at(before), scale.at(after));
                canvas.rule((from, middle), (to, middle), JOIN);
                marks::before(canvas, (from, middle));
                marks::programme(canvas, (to, middle));
            }
            columns.draw_row(canvas, at, middle);
        });
        above += heights[at];
    }
    let words = "standard deviations of the programme\u{2019}s children";
    let centre = ((scale.from + scale.to) / 2.0, bottom + 2.0 * LEADING + 2.0);
    canvas.text(centre, words, Type::LABEL.middle());
    (canvas, bottom + 2.0 * LEADING + 8.0)
}

/// As far to either side as the furthest mark, no less than what is small.
fn scale(rows: &[Row<'_>], (from, to): (f64, f64)) -> Scale {
    let ends = || rows.iter().filter_map(Row::ends).flat_map(|(a, b)| [a, b]);
    let reach = |furthest: f64| ticks(furthest.max(2.0 * SMALL)).pop().unwrap_or(1.0);
    Scale {
        from,
        to,
        low: -reach(ends().map(|end| -end).fold(0.0, f64::max)),
        high: reach(ends().fold(0.0, f64::max)),
    }
}

fn draw_axis(canvas: &mut Canvas, scale: Scale, (top, bottom): (f64, f64)) {
    canvas.group("axis", |canvas| {
        draw_contrasts(
            canvas,
            (Contrast::Numbers, scale),
            (top, bottom),
            Stroke::BASE,
        );
        for limit in [-SMALL, SMALL] {
            let x = scale.at(limit);
            canvas.rule((x, top), (x, bottom), LIMIT);
        }
    });
}

fn title(rows: &[Row<'_>]) -> String {
    let n = rows.len();
    let n_alike = rows.iter().filter(|row| row.is_small()).count();
    match n_alike {
        _ if n_alike == n => fitting_title(&[
            format!("After matching, the arms are alike on all {n} measures"),
            "After matching, the arms are alike".to_owned(),
        ]),
        _ => fitting_title(&[
            format!("After matching, the arms are close on {n_alike} of {n} measures"),
            "How far apart the arms lie".to_owned(),
        ]),
    }
}

fn source_line(release: &Release, rows: &[Row<'_>]) -> String {
    let n = |stage: fn(&Row<'_>) -> Option<u64>| {
        let n = rows.iter().find_map(stage);
        n.map_or_else(|| format::WITHHELD.to_owned(), format::count)
    };
    let before = n(|row| row.before.denominator());
    let after = n(|row| row.after.denominator());
    let n = format!("n\u{a0}=\u{a0}{before} children before and {after} after");
    let hides = rows.iter().any(|row| row.ends().is_none());
    let notes: &[&str] = if hides { &[WITHHELD_NOTE] } else { &[] };
    source(release, comparison_records(release), &n, notes)
}

fn alt(rows: &[Row<'_>]) -> String {
    let told: Vec<String> = rows
        .iter()
        .filter(|row| row.ends().is_some())
        .map(|row| {
            format!(
                "{} {} before and {} after",
                row.label,
                number(row.before),
                number(row.after)
            )
        })
        .collect();
    format!(
        "{} measures, each with an open mark before matching and a filled one after. {}.",
        rows.len(),
        told.join("; ")
    )
}

fn table(rows: &[Row<'_>]) -> DataTable {
    let line = |row: &Row<'_>| {
        body_row(vec![
            words_cell(row.label.as_str()),
            row.before.cell(number(row.before)),
            row.after.cell(number(row.after)),
        ])
    };
    DataTable {
        columns: vec![
            words_column("Measure"),
            numbers_column("Before"),
            numbers_column("After"),
        ],
        rows: rows.iter().map(line).collect(),
    }
}
