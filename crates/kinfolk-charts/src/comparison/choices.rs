//! Does the finding hang on a choice of method? A row for the arms as they are (open circle), for the study's
//! own choice (filled), and for each other method and caliper (small dot): the difference with its interval
//! as a line, and an ink line at no difference. Children and difference stand flush right. A choice that
//! gives no figure has `[c]`, or `[x]` where the data refuse it, and no mark.

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{ComparisonMethod, Group, Statistic, Unit, format, outcome_label, parse_code};

use super::RECORDS;
use super::axis::draw_differences;
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

const ID: &str = "choices";
const PITCH: f64 = 30.0;
const INTERVAL: Stroke = Stroke::solid(DARK_BLUE, 1.5);
/// Where there is no difference.
const NONE: Stroke = Stroke::solid(INK, 2.0);
/// Room for a label.
const LABEL_ROOM: f64 = 230.0;

/// Draws the first outcome by each choice. `None` where there is no other choice, or no figure.
pub fn draw_choices(release: &Release) -> Option<Figure> {
    let rows = rows(release)?;
    let unit = rows.iter().find_map(|row| Some(row.reading.0?.unit()))?;
    let has_mark = |row: &&Row<'_>| row.reading.value().is_some();
    if rows.iter().filter(has_mark).count() < 2 {
        return None;
    }
    let outcome = rows[0].outcome();
    let (canvas, height) = draw(&rows, unit);
    Some(Figure {
        id: ID,
        title: title(&rows),
        subtitle: format!(
            "{outcome}, programme less comparators, {}",
            place_and_period(release)
        ),
        source: source_line(release, &rows),
        alt: alt(&rows, unit),
        body: canvas.finish(height),
        table: table(&rows, unit),
    })
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    AsTheyAre,
    Own,
    Other,
}

/// One choice.
struct Row<'a> {
    kind: Kind,
    label: String,
    reading: Reading<'a>,
}

impl Row<'_> {
    fn outcome(&self) -> String {
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
        format!("{} ({} to {})", shown(value), shown(low), shown(high))
    }

    fn n_text(&self) -> String {
        let n = self.reading.denominator();
        n.map_or_else(|| self.reading.sign().to_owned(), format::count)
    }
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

/// Those of the first outcome that was compared by another choice.
fn rows(release: &Release) -> Option<Vec<Row<'_>>> {
    let is_difference = |released: &&Released| released.statistic() == Statistic::Difference;
    let is_other = |released: &&Released| released.group().get("alternative").is_some();
    let mut records = release.records().iter().filter(is_difference);
    let measure = records.find(is_other)?.measure();
    let of_outcome = || release.of(measure).filter(is_difference);
    let own = of_outcome().find(|released| {
        let group = released.group();
        let method = group.get("method").filter(|method| *method != "unadjusted");
        method.is_some_and(|method| *group == Group::of("method", method))
    })?;
    let as_they_are = Group::of("method", "unadjusted");
    let as_they_are = of_outcome().find(|released| *released.group() == as_they_are);
    let first = as_they_are
        .into_iter()
        .map(|released| (Kind::AsTheyAre, released));
    let others = of_outcome()
        .filter(is_other)
        .map(|other| (Kind::Other, other));
    let all = first.chain([(Kind::Own, own)]).chain(others);
    let rows = all.map(|(kind, released)| Row {
        kind,
        label: label(kind, released),
        reading: Reading(Some(released)),
    });
    Some(rows.collect())
}

fn label(kind: Kind, released: &Released) -> String {
    let group = released.group();
    let code = group
        .get("alternative")
        .or(group.get("method"))
        .unwrap_or_default();
    let method = parse_code::<ComparisonMethod>(code);
    let words = method.map_or(code, |method| kinfolk_model::Code::label(method));
    match (kind, group.get("caliper")) {
        (Kind::Own, _) => format!("{words}: the study\u{2019}s choice"),
        (_, Some("none")) => format!("{words}, no caliper"),
        (_, Some(width)) => format!("{words}, caliper {width}"),
        (_, None) => words.to_owned(),
    }
}

fn draw(rows: &[Row<'_>], unit: Unit) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let columns = Columns::of(vec![
        Column::plain("Children", rows.iter().map(Row::n_text)),
        Column::plain("Difference", rows.iter().map(|row| row.text(unit))),
    ]);
    let entries = [
        (Mark::Before, "as they are"),
        (Mark::Programme, "made alike"),
    ];
    let key = marks::key(&mut canvas, (0.0, 8.0), &entries);
    columns.draw_heads(&mut canvas, 13.5);
    let top = key.height + 4.0;
    let labels = Labels::within(LABEL_ROOM, rows.iter().map(|row| row.label.as_str()));
    let heights: Vec<f64> = (0..rows.len()).map(|at| labels.height(at, PITCH)).collect();
    let bottom = top + heights.iter().sum::<f64>();
    let ends = (labels.width + GUTTER + 8.0, columns.left - GUTTER - 8.0);
    let scale = scale(rows, unit, ends);
    canvas.group("axis", |canvas| {
        draw_differences(canvas, scale, (top, bottom), NONE)
    });
    let mut above = top;
    for (at, row) in rows.iter().enumerate() {
        let middle = above + heights[at] / 2.0;
        canvas.group(&format!("choice-{at}"), |canvas| {
            labels.draw(canvas, at, middle);
            if let Some(ends) = row.ends(unit) {
                draw_row(canvas, row.kind, ends.map(|end| scale.at(end)), middle);
            }
            columns.draw_row(canvas, at, middle);
        });
        above += heights[at];
    }
    let words = match unit {
        Unit::Proportion => "percentage points, programme less comparators",
        _ => "programme less comparators",
    };
    let centre = ((scale.from + scale.to) / 2.0, bottom + 2.0 * LEADING + 2.0);
    canvas.text(centre, words, Type::LABEL.middle());
    (canvas, bottom + 2.0 * LEADING + 8.0)
}

fn draw_row(canvas: &mut Canvas, kind: Kind, [value, low, high]: [f64; 3], y: f64) {
    canvas.rule((low, y), (high, y), INTERVAL);
    match kind {
        Kind::AsTheyAre => marks::before(canvas, (value, y)),
        Kind::Own | Kind::Other => marks::programme(canvas, (value, y)),
    }
}

/// From the furthest end below none to the furthest above.
fn scale(rows: &[Row<'_>], unit: Unit, (from, to): (f64, f64)) -> Scale {
    let ends = || rows.iter().filter_map(|row| row.ends(unit));
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

/// How many of the choices that made the arms alike have an interval without no difference in it.
fn title(rows: &[Row<'_>]) -> String {
    let alike = rows.iter().filter(|row| row.kind != Kind::AsTheyAre);
    let intervals: Vec<(f64, f64)> = alike.filter_map(|row| row.reading.interval()).collect();
    let n = intervals.len();
    let is_told = |interval: &&(f64, f64)| interval.0 > 0.0 || interval.1 < 0.0;
    let words = match intervals.iter().filter(is_told).count() {
        0 => format!("None of {n} choices tells a difference from chance"),
        told if told == n => format!("All {n} choices tell a difference from chance"),
        told => format!("{told} of {n} choices tell a difference from chance"),
    };
    fitting_title(&[words])
}

fn source_line(release: &Release, rows: &[Row<'_>]) -> String {
    let own = rows.iter().find(|row| row.kind == Kind::Own);
    let n = own.map(Row::n_text).unwrap_or_default();
    let n = format!("n\u{a0}=\u{a0}{n} children by the study\u{2019}s choice");
    let hides = rows.iter().any(|row| row.reading.is_hidden());
    let mut notes = vec!["Lines are 95% intervals; each choice says something of other children."];
    notes.extend(hides.then_some(WITHHELD_NOTE));
    source(release, RECORDS, &n, &notes)
}

fn alt(rows: &[Row<'_>], unit: Unit) -> String {
    let told: Vec<String> = rows
        .iter()
        .filter(|row| row.reading.value().is_some())
        .map(|row| format!("{}: {}", row.label, row.text(unit)))
        .collect();
    format!(
        "{} choices, each with its difference and interval. {}.",
        rows.len(),
        told.join("; ")
    )
}

fn table(rows: &[Row<'_>], unit: Unit) -> DataTable {
    let line = |row: &Row<'_>| {
        body_row(vec![
            words_cell(row.label.as_str()),
            row.reading.cell(row.n_text()),
            row.reading.cell(row.text(unit)),
        ])
    };
    DataTable {
        columns: vec![
            words_column("Choice"),
            numbers_column("Children"),
            numbers_column("Difference"),
        ],
        rows: rows.iter().map(line).collect(),
    }
}
