//! What children wanted, and what became of it.

mod rows;
mod words;

use kinfolk_disclosure::Release;
use kinfolk_model::{Group, Statistic, format};

use crate::canvas::{Area, Canvas, Stroke, Type};
use crate::columns::Columns;
use crate::figure::{DataRow, DataTable, Figure, RowRole};
use crate::layout::{
    GUTTER, Labels, NotDrawn, Scale, body_row, inside, label_inside, numbers_column, words_cell,
    words_column,
};
use crate::marks::{self, Mark, STACK};
use crate::palette::DARK_BLUE;
use crate::reading::{FEWEST_TO_DRAW, Reading, count};
use crate::wording::{place_and_period, source};

use rows::{Row, rows};

const ID: &str = "objectives";
const BAR: f64 = 26.0;
const PITCH: f64 = 36.0;
/// Between a bar and the words beside it.
const WORDS_GAP: f64 = 8.0;

/// Draws a bar for each kind of objective, split by result. `None` when no objectives are recorded.
pub fn draw_objectives(release: &Release) -> Option<Figure> {
    let total = Reading(Some(release.get(
        "objectives.met",
        &Group::all(),
        Statistic::Proportion,
    )?));
    let subtitle = format!(
        "Objectives by what the child wanted and by result, {}",
        place_and_period(release)
    );
    let set = total.denominator().map(|n| n as f64);
    if set.is_none_or(|n| n < FEWEST_TO_DRAW) {
        return Some(not_drawn(release, subtitle).figure());
    }
    let rows = rows(release);
    if rows.is_empty() {
        return None;
    }
    let (canvas, height) = draw(&rows, total);
    Some(Figure {
        id: ID,
        title: words::title(&rows, total),
        subtitle,
        source: words::source_line(release, &rows, total),
        alt: words::alt(&rows, total),
        body: canvas.finish(height),
        table: table(release, &rows, total),
    })
}

fn not_drawn(release: &Release, subtitle: String) -> NotDrawn {
    NotDrawn {
        id: ID,
        subject: "Objectives and what became of them",
        subtitle,
        reason: source(
            release,
            "Practice Summaries",
            "Too few objectives were set to be shown",
            &["They can be shown once at least 10 are recorded, for example over several years."],
        ),
    }
}

fn draw(rows: &[Row<'_>], total: Reading<'_>) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let shares: Vec<Reading<'_>> = rows.iter().map(|row| row.met).chain([total]).collect();
    let columns = Columns::of_shares("Met", &shares);
    let mut top = key(&mut canvas, rows) + 12.0;
    canvas.text((0.0, top + 10.0), "What the child wanted", Type::HEAD);
    columns.draw_heads(&mut canvas, top + 10.0);
    canvas.rule_across(top + 19.0, Stroke::BASE);
    top += 25.0;
    let labels = Labels::of(rows.iter().map(|row| row.label.as_str()));
    let scale = scale(rows, labels.width + GUTTER, &columns);
    for (at, row) in rows.iter().enumerate() {
        let height = labels.height(at, PITCH);
        let middle = top + height / 2.0;
        canvas.group(&row.code, |canvas| {
            labels.draw(canvas, at, middle);
            if row.is_withheld() {
                draw_withheld(canvas, row, scale, middle);
                columns.draw_last(canvas, at, middle);
            } else {
                draw_stack(canvas, row, scale, middle);
                columns.draw_row(canvas, at, middle);
            }
        });
        top += height;
    }
    canvas.rule_across(top + 6.0, Stroke::BASE);
    let middle = top + 6.0 + PITCH / 2.0;
    canvas.group("all", |canvas| {
        canvas.text_about((0.0, middle), "All objectives", Type::HEAD);
        columns.draw_row(canvas, rows.len(), middle);
    });
    (canvas, middle + 12.0)
}

/// Bars end before the numbers, and those with words beside them early enough for the words.
fn scale(rows: &[Row<'_>], left: f64, columns: &Columns) -> Scale {
    let longest = rows
        .iter()
        .filter_map(|row| row.set.value())
        .fold(0.0, f64::max);
    let ends = rows
        .iter()
        .filter(|row| row.is_withheld())
        .filter_map(|row| {
            let words = Type::LABEL.width(&withheld_words(row)) + WORDS_GAP + GUTTER;
            Some(left + (columns.last_left() - words - left) * longest / row.set.value()?)
        });
    let right = ends.fold(columns.left - GUTTER, f64::min);
    Scale::up_to(longest, left, right)
}

/// Names what is drawn, and nothing else.
fn key(canvas: &mut Canvas, rows: &[Row<'_>]) -> f64 {
    const NAMES: [&str; 3] = ["met", "partly met or under way", "not met"];
    let splits = rows
        .iter()
        .any(|row| row.parts[1..].iter().any(|part| part.value().is_some()));
    let mut entries: Vec<(Mark, &str)> = STACK
        .into_iter()
        .zip(NAMES)
        .take(if splits { 3 } else { 1 })
        .map(|(fill, name)| (Mark::Swatch(fill, DARK_BLUE), name))
        .collect();
    if rows.iter().any(|row| row.is_withheld() || row.rest() > 0.0) {
        let name = if splits {
            "split not shown"
        } else {
            "not met, partly met or under way: split not shown"
        };
        entries.push((Mark::Hatch, name));
    }
    marks::key(canvas, (0.0, 8.0), &entries).height
}

/// A stretch of the bar, in objectives from the left.
fn stretch(scale: Scale, middle: f64, from: f64, to: f64) -> Area {
    let (left, right) = (scale.at(from), scale.at(to));
    Area {
        x: left,
        y: middle - BAR / 2.0,
        width: right - left,
        height: BAR,
    }
}

fn draw_stack(canvas: &mut Canvas, row: &Row<'_>, scale: Scale, middle: f64) {
    let mut from = 0.0;
    for (result, n) in row.drawn() {
        let (area, fill) = (stretch(scale, middle, from, from + n), STACK[result]);
        canvas.bar(area, fill, Some(DARK_BLUE));
        label_inside(canvas, area, &count(n), inside(fill));
        from += n;
    }
    if row.rest() > 0.0 {
        canvas.hatch(stretch(scale, middle, from, from + row.rest()));
    }
}

fn draw_withheld(canvas: &mut Canvas, row: &Row<'_>, scale: Scale, middle: f64) {
    let mut right = scale.from;
    if let Some(set) = row.set.value() {
        canvas.hatch(stretch(scale, middle, 0.0, set));
        right = scale.at(set) + WORDS_GAP;
    }
    canvas.text_about((right, middle), &withheld_words(row), Type::LABEL);
}

fn withheld_words(row: &Row<'_>) -> String {
    match row.set.value() {
        Some(set) => format!("{} set; split not shown {}", count(set), format::WITHHELD),
        None => format!("number not shown {}", format::WITHHELD),
    }
}

fn table(release: &Release, rows: &[Row<'_>], total: Reading<'_>) -> DataTable {
    let mut lines: Vec<DataRow> = rows
        .iter()
        .map(|row| {
            let mut cells = vec![words_cell(&row.label)];
            cells.push(match row.parts[0].value() {
                Some(_) => row.parts[0].count_cell(),
                None => row.met.numerator_cell(),
            });
            cells.extend(row.parts[1..].iter().map(|part| part.count_cell()));
            cells.push(row.set.count_cell());
            cells.extend([row.met.share_cell(), row.met.interval_cell()]);
            body_row(cells)
        })
        .collect();
    let in_all = |result: &str| {
        let group = Group::of("result", result);
        Reading::of(release, "objectives.status", &group, Statistic::Count)
    };
    lines.push(DataRow {
        role: RowRole::Total,
        cells: vec![
            words_cell("All objectives"),
            total.numerator_cell(),
            in_all("partly").count_cell(),
            in_all("not_met").count_cell(),
            total.denominator_cell(),
            total.share_cell(),
            total.interval_cell(),
        ],
    });
    DataTable {
        columns: vec![
            words_column("What the child wanted"),
            numbers_column("Met"),
            numbers_column("Partly met or under way"),
            numbers_column("Not met"),
            numbers_column("All set"),
            numbers_column("Share met"),
            numbers_column("95% interval"),
        ],
        rows: lines,
    }
}
