//! Could the children have been in either arm? A line for each arm before and after it was made comparable:
//! thin from the chance that one child in twenty lies below to the one that nineteen lie below, thick over the
//! middle half, a mark at the middle: a circle for the programme, a square for comparators. Chances from 0 to
//! 100%. Flush right stand the middle and both ends of the thin line. An arm that is withheld has `[c]` and no line.

use kinfolk_disclosure::Release;
use kinfolk_model::{Arm, Code, Group, Statistic, format};

use super::{comparison_records, too_few};
use crate::canvas::{Canvas, Stroke};
use crate::columns::{Column, Columns};
use crate::figure::{DataTable, Figure};
use crate::layout::{
    GUTTER, Labels, Scale, body_row, grid, numbers_column, share_ticks, words_cell, words_column,
};
use crate::marks::{self, Mark};
use crate::palette::{Colour, DARK_BLUE, ORANGE};
use crate::reading::Reading;
use crate::text::LEADING;
use crate::wording::{WITHHELD_NOTE, fitting_title, place_and_period, source};

const ID: &str = "overlap";
const MEASURE: &str = "matching.overlap";
const PITCH: f64 = 32.0;
/// How thick the middle half is.
const HALF: f64 = 7.0;
const AFTER: &str = "after";
const STAGES: [(&str, &str); 2] = [("before", "before"), (AFTER, "after")];
const QUANTILES: [&str; 5] = ["0.05", "0.25", "0.5", "0.75", "0.95"];

/// Draws where the chances of being in the programme lie. `None` when nobody is compared.
pub fn draw_overlap(release: &Release) -> Option<Figure> {
    let rows = rows(release);
    if rows.is_empty() {
        return None;
    }
    let subtitle = format!(
        "Chance of being in the programme, given the covariates, {}",
        place_and_period(release)
    );
    if rows.iter().all(|row| row.values().is_none()) {
        return Some(too_few(release, ID, "Where the arms overlap", subtitle).figure());
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

/// An arm at a stage.
struct Row<'a> {
    arm: Arm,
    code: String,
    label: String,
    quantiles: Vec<Reading<'a>>,
}

impl Row<'_> {
    /// All five, or none.
    fn values(&self) -> Option<Vec<f64>> {
        self.quantiles
            .iter()
            .map(|reading| reading.value())
            .collect()
    }

    fn middle(&self) -> Option<f64> {
        Some(self.values()?[2])
    }

    fn sign(&self) -> String {
        let hidden = self
            .quantiles
            .iter()
            .find(|reading| reading.value().is_none());
        hidden.map_or_else(String::new, |reading| reading.sign().to_owned())
    }

    fn middle_text(&self) -> String {
        self.middle().map_or_else(|| self.sign(), format::share)
    }

    fn ends_text(&self) -> String {
        let ends = |values: Vec<f64>| {
            format!(
                "{} to {}",
                format::share(values[0]),
                format::share(values[4])
            )
        };
        self.values().map_or_else(|| self.sign(), ends)
    }
}

fn rows(release: &Release) -> Vec<Row<'_>> {
    let row = |(stage, words): &(&str, &str), arm: Arm| Row {
        arm,
        code: format!("{}-{stage}", arm.code()),
        label: format!("{}, {words}", arm.label()),
        quantiles: QUANTILES
            .iter()
            .map(|quantile| {
                let group = Group::of("stage", stage).and("quantile", quantile);
                Reading(release.in_arm(MEASURE, arm, &group, Statistic::Amount))
            })
            .collect(),
    };
    let stages = STAGES.iter();
    let all = stages.flat_map(|stage| Arm::ALL.iter().map(move |arm| row(stage, *arm)));
    all.filter(|row| row.quantiles.iter().any(|reading| reading.is_there()))
        .collect()
}

fn draw(rows: &[Row<'_>]) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let columns = Columns::of(vec![
        Column::plain("Middle", rows.iter().map(Row::middle_text)),
        Column::plain("Nine in ten", rows.iter().map(Row::ends_text)),
    ]);
    let entries = [
        (Mark::Programme, "programme"),
        (Mark::Comparator, "comparators"),
    ];
    let key = marks::key(&mut canvas, (0.0, 8.0), &entries);
    columns.draw_heads(&mut canvas, 13.5);
    let top = key.height + 4.0;
    let labels = Labels::of(rows.iter().map(|row| row.label.as_str()));
    let bottom = top + PITCH * rows.len() as f64;
    let scale = Scale::shares(labels.width + GUTTER + 8.0, columns.left - GUTTER - 8.0);
    grid(&mut canvas, scale, (top, bottom), &share_ticks(scale));
    for (at, row) in rows.iter().enumerate() {
        let middle = top + PITCH * (at as f64 + 0.5);
        canvas.group(&row.code, |canvas| {
            labels.draw(canvas, at, middle);
            draw_row(canvas, row, (scale, middle));
            columns.draw_row(canvas, at, middle);
        });
    }
    (canvas, bottom + LEADING + 8.0)
}

fn draw_row(canvas: &mut Canvas, row: &Row<'_>, (scale, y): (Scale, f64)) {
    let Some(values) = row.values() else {
        return;
    };
    let colour = colour(row.arm);
    let ends = |low: usize, high: usize| ((scale.at(values[low]), y), (scale.at(values[high]), y));
    let (from, to) = ends(0, 4);
    canvas.rule(from, to, Stroke::solid(colour, 1.5));
    let (from, to) = ends(1, 3);
    canvas.rule(from, to, Stroke::solid(colour, HALF));
    let centre = (scale.at(values[2]), y);
    match row.arm {
        Arm::Programme => marks::programme(canvas, centre),
        Arm::Comparator => marks::comparator(canvas, centre),
    }
}

fn colour(arm: Arm) -> Colour {
    match arm {
        Arm::Programme => DARK_BLUE,
        Arm::Comparator => ORANGE,
    }
}

/// The middles of both arms once they are made alike.
fn title(rows: &[Row<'_>]) -> String {
    let after = || rows.iter().filter(|row| row.code.ends_with(AFTER));
    let middle = |arm| after().find(|row| row.arm == arm)?.middle();
    match (middle(Arm::Programme), middle(Arm::Comparator)) {
        (Some(programme), Some(comparators)) => fitting_title(&[
            format!(
                "Made alike, the arms\u{2019} middle chances are {} and {}",
                format::share(programme),
                format::share(comparators)
            ),
            "Where the arms overlap".to_owned(),
        ]),
        _ => "Where the arms overlap".to_owned(),
    }
}

fn source_line(release: &Release, rows: &[Row<'_>]) -> String {
    let n = |at: usize| {
        let n = rows
            .get(at)
            .and_then(|row| row.quantiles.first()?.denominator());
        n.map_or_else(|| format::WITHHELD.to_owned(), format::count)
    };
    let n = format!(
        "n\u{a0}=\u{a0}{} children of the programme and {} comparators before",
        n(0),
        n(1)
    );
    let mut notes = vec!["Thick: the middle half. Thin: nine in ten."];
    notes.extend(
        rows.iter()
            .any(|row| row.values().is_none())
            .then_some(WITHHELD_NOTE),
    );
    source(release, comparison_records(release), &n, &notes)
}

fn alt(rows: &[Row<'_>]) -> String {
    let told: Vec<String> = rows
        .iter()
        .filter(|row| row.values().is_some())
        .map(|row| {
            format!(
                "{}: middle {}, {}",
                row.label,
                row.middle_text(),
                row.ends_text()
            )
        })
        .collect();
    format!(
        "A line for each arm, before and after. {}.",
        told.join("; ")
    )
}

fn table(rows: &[Row<'_>]) -> DataTable {
    let mut columns = vec![words_column("Arm")];
    let heads = [
        "5 in 100 below",
        "Quarter below",
        "Middle",
        "Quarter above",
        "5 in 100 above",
    ];
    columns.extend(heads.map(numbers_column));
    let line = |row: &Row<'_>| {
        let words = words_cell(row.label.as_str());
        let cells = row.quantiles.iter().map(|reading| reading.share_cell());
        body_row(std::iter::once(words).chain(cells).collect())
    };
    DataTable {
        columns,
        rows: rows.iter().map(line).collect(),
    }
}
