//! What children wanted, and what became of it.

use kinfolk_disclosure::Release;
use kinfolk_model::{Group, Statistic, format};

use crate::canvas::{Area, Canvas, Stroke, Type, WIDTH};
use crate::figure::{DataRow, DataTable, Figure, RowRole};
use crate::layout::{
    GUTTER, Head, Labels, NotDrawn, Scale, body_row, heads, inside, label_inside, numbers_column,
    words_cell, words_column,
};
use crate::marks::{self, Mark, STACK};
use crate::palette::DARK_BLUE;
use crate::reading::{FEWEST_TO_DRAW, Reading, count};
use crate::wording::{
    FEW_NOTE, WITHHELD_NOTE, as_sentence, fitting_title, in_sentence, n_is, place_and_period,
    share_of, source,
};

const ID: &str = "objectives";
const BAR: f64 = 26.0;
const PITCH: f64 = 36.0;
const RESULTS: [&str; 3] = ["met", "partly", "not_met"];
/// Where the bars may end, and the right edges of the columns of numbers.
const BARS_END: f64 = 386.0;
const SHARE_END: f64 = 440.0;
const BASE_END: f64 = 530.0;

/// Draws a bar for each kind of objective, split by result. `None` when no objectives are recorded.
pub fn draw_objectives(release: &Release) -> Option<Figure> {
    let total = Reading(Some(release.get("objectives.met", &Group::all(), Statistic::Proportion)?));
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
        title: title(&rows, total),
        subtitle,
        source: source_line(release, &rows, total),
        alt: alt(&rows, total),
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

/// One kind of objective.
struct Row<'a> {
    code: String,
    label: String,
    set: Reading<'a>,
    parts: [Reading<'a>; 3],
    met: Reading<'a>,
}

impl Row<'_> {
    /// Whether no part may be drawn.
    fn is_withheld(&self) -> bool {
        self.set.value().is_none() || self.parts[0].value().is_none()
    }

    /// What cannot be drawn part by part: the released total less the released parts.
    fn rest(&self) -> f64 {
        let drawn: f64 = self.parts.iter().filter_map(|part| part.value()).sum();
        let hides = self.parts.iter().any(|part| part.value().is_none());
        match self.set.value() {
            Some(set) if hides => (set - drawn).max(0.0),
            _ => 0.0,
        }
    }
}

/// The kinds, most frequent first; those with something withheld last, in the order of the list.
fn rows(release: &Release) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = release
        .rows("objectives.category")
        .iter()
        .map(|row| {
            let group = Group::of("category", &row.code);
            let part = |result: &str| {
                let group = group.clone().and("result", result);
                Reading::of(release, "objectives.status", &group, Statistic::Count)
            };
            Row {
                code: row.code.clone(),
                label: row.label.clone(),
                set: Reading::of(release, "objectives.set", &group, Statistic::Count),
                parts: RESULTS.map(part),
                met: Reading::of(release, "objectives.met", &group, Statistic::Proportion),
            }
        })
        .filter(|row| row.set.0.is_some() && row.set.value() != Some(0.0))
        .collect();
    rows.sort_by(|one, two| {
        let rank = |row: &Row<'_>| match row.is_withheld() {
            false => row.set.value().unwrap_or(0.0),
            true => -1.0,
        };
        rank(two).total_cmp(&rank(one))
    });
    rows
}

fn draw(rows: &[Row<'_>], total: Reading<'_>) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let mut top = key(&mut canvas, rows) + 12.0;
    canvas.text((0.0, top + 10.0), "What the child wanted", Type::HEAD);
    heads(
        &mut canvas,
        top + 10.0,
        &[
            Head { x: SHARE_END, words: "Met" },
            Head { x: BASE_END, words: "n of N" },
            Head { x: WIDTH, words: "95% interval" },
        ],
    );
    canvas.rule_across(top + 19.0, Stroke::BASE);
    top += 25.0;
    let labels = Labels::of(rows.iter().map(|row| row.label.as_str()));
    let longest = rows.iter().filter_map(|row| row.set.value()).fold(0.0, f64::max);
    let scale = Scale::up_to(longest, labels.width + GUTTER, BARS_END);
    for (at, row) in rows.iter().enumerate() {
        let height = labels.height(at, PITCH);
        let middle = top + height / 2.0;
        canvas.group(&row.code, |canvas| {
            labels.draw(canvas, at, middle);
            if row.is_withheld() {
                draw_withheld(canvas, row, scale, middle);
            } else {
                draw_stack(canvas, row, scale, middle);
                draw_numbers(canvas, row.met, middle);
            }
        });
        top += height;
    }
    canvas.rule_across(top + 6.0, Stroke::BASE);
    let middle = top + 6.0 + PITCH / 2.0;
    canvas.group("all", |canvas| {
        canvas.text_about((0.0, middle), "All objectives", Type::HEAD);
        draw_numbers(canvas, total, middle);
    });
    (canvas, middle + 12.0)
}

fn key(canvas: &mut Canvas, rows: &[Row<'_>]) -> f64 {
    let mut entries = vec![
        (Mark::Swatch(STACK[0], DARK_BLUE), "met"),
        (Mark::Swatch(STACK[1], DARK_BLUE), "partly met or under way"),
        (Mark::Swatch(STACK[2], DARK_BLUE), "not met"),
    ];
    if rows.iter().any(|row| row.is_withheld() || row.rest() > 0.0) {
        entries.push((Mark::Hatch, "split not shown"));
    }
    marks::key(canvas, (0.0, 8.0), &entries)
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
    for (part, fill) in row.parts.iter().zip(STACK) {
        let Some(n) = part.value().filter(|n| *n > 0.0) else {
            continue;
        };
        let area = stretch(scale, middle, from, from + n);
        canvas.bar(area, fill, Some(DARK_BLUE));
        label_inside(canvas, area, &count(n), inside(fill));
        from += n;
    }
    if row.rest() > 0.0 {
        canvas.hatch(stretch(scale, middle, from, from + row.rest()));
    }
}

fn draw_withheld(canvas: &mut Canvas, row: &Row<'_>, scale: Scale, middle: f64) {
    let words = match row.set.value() {
        Some(set) => {
            canvas.hatch(stretch(scale, middle, 0.0, set));
            let right = scale.at(set) + 8.0;
            (right, format!("{} set; split not shown {}", count(set), format::WITHHELD))
        }
        None => (scale.from, format!("number not shown {}", format::WITHHELD)),
    };
    canvas.text_about((words.0, middle), &words.1, Type::LABEL);
    canvas.text_about((WIDTH, middle), format::WITHHELD, Type::LABEL.end());
}

fn draw_numbers(canvas: &mut Canvas, met: Reading<'_>, middle: f64) {
    canvas.text_about((SHARE_END, middle), &met.share_text(), Type::FOCUS.end());
    canvas.text_about((BASE_END, middle), &met.base_text(), Type::LABEL.end());
    canvas.text_about((WIDTH, middle), &met.interval_text(), Type::LABEL.end());
}

fn source_line(release: &Release, rows: &[Row<'_>], total: Reading<'_>) -> String {
    let mut n = format!("{} objectives", n_is(total.denominator().unwrap_or(0)));
    let children = Reading::of(release, "objectives.children", &Group::all(), Statistic::Count);
    if let Some(children) = children.value() {
        n.push_str(&format!(" set by {} children", count(children)));
    }
    let hides = rows.iter().any(|row| row.is_withheld() || row.rest() > 0.0);
    let mut notes = Vec::new();
    if hides {
        notes.push(WITHHELD_NOTE);
    }
    notes.push("Intervals allow for children who set several.");
    if rows.iter().any(|row| row.met.is_small()) {
        notes.push(FEW_NOTE);
    }
    source(release, "Practice Summaries", &n, &notes)
}

/// The kind that was least often met, if it stands clearly below the whole.
fn lowest<'r>(rows: &'r [Row<'_>], total: f64) -> Option<&'r Row<'r>> {
    let shares = rows.iter().filter(|row| row.met.sound_share().is_some());
    let lowest = shares.clone().min_by(|one, two| {
        let share = |row: &Row<'_>| row.met.sound_share().unwrap_or(1.0);
        share(one).total_cmp(&share(two))
    })?;
    let is_clear = lowest.met.sound_share()? <= total - 0.10;
    (shares.count() >= 3 && is_clear && lowest.code != "other").then_some(lowest)
}

fn title(rows: &[Row<'_>], total: Reading<'_>) -> String {
    let Some(share) = total.sound_share() else {
        return match (total.value(), total.numerator(), total.denominator()) {
            (Some(_), Some(met), Some(set)) => format!("{} objectives were met", format::of(met, set)),
            _ => "What children asked for, and what became of it".to_owned(),
        };
    };
    let whole = format!("{} were met", as_sentence(&share_of(share, "objectives")));
    match lowest(rows, share) {
        Some(row) => fitting_title(&[
            format!("{whole}; those about {} least often", topic(row)),
            whole,
        ]),
        None => whole,
    }
}

fn topic(row: &Row<'_>) -> String {
    match row.code.as_str() {
        "mother" => "mothers".to_owned(),
        "father" => "fathers".to_owned(),
        "specific_request" => "specific requests".to_owned(),
        _ => in_sentence(&row.label),
    }
}

fn alt(rows: &[Row<'_>], total: Reading<'_>) -> String {
    let shares: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let share = row.met.sound_share()?;
            Some(format!("{} {}", in_sentence(&row.label), format::share(share)))
        })
        .collect();
    let whole = match total.sound_share() {
        Some(share) => format!("{} were met in all", format::share(share)),
        None => format!("{} were met in all", total.base_text()),
    };
    let each = match shares.is_empty() {
        true => String::new(),
        false => format!("; by kind: {}", shares.join(", ")),
    };
    let withheld = rows.iter().filter(|row| row.is_withheld()).count();
    let hidden = match withheld {
        0 => String::new(),
        1 => " One split is withheld.".to_owned(),
        n => format!(" {n} splits are withheld."),
    };
    format!(
        "{} kinds of objective, most frequent first, as bars split into met, partly met or under way, and not met. {}{each}.{hidden}",
        rows.len(),
        as_sentence(&whole)
    )
}

fn table(release: &Release, rows: &[Row<'_>], total: Reading<'_>) -> DataTable {
    let mut lines: Vec<DataRow> = rows
        .iter()
        .map(|row| {
            let mut cells = vec![words_cell(&row.label)];
            cells.extend(row.parts.iter().map(|part| part.count_cell()));
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
