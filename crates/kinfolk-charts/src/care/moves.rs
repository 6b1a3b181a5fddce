//! Why children moved: a bar for each reason, as long as the moves for it, most first. Dark blue is a
//! change in the care plan, which the return's code calls planned; pale blue is any other reason.
//! Withheld reasons stand last. Right: moves, and the children behind them.

use kinfolk_disclosure::Release;
use kinfolk_model::{Group, Statistic, format};

use super::RECORDS;
use crate::canvas::{Area, Canvas, Stroke};
use crate::columns::{Column, Columns};
use crate::figure::{DataTable, Figure};
use crate::layout::{GUTTER, Labels, Scale, body_row, numbers_column, words_cell, words_column};
use crate::marks::{self, Mark};
use crate::palette::{DARK_BLUE, PALE_BLUE};
use crate::reading::{FEWEST_TO_DRAW, Reading};
use crate::wording::{
    WITHHELD_NOTE, fitting_title, in_sentence, list, n_is, place_and_period, source,
};

const ID: &str = "care-moves";
const PLANNED: &str = "CARPL";
const PITCH: f64 = 36.0;
const BAR: f64 = 26.0;

/// Draws moves by reason. `None` without moves, or with fewer than ten.
pub fn draw_care_moves(release: &Release) -> Option<Figure> {
    let rows = rows(release);
    let n: f64 = rows.iter().filter_map(|row| row.moves.value()).sum();
    if n < FEWEST_TO_DRAW {
        return None;
    }
    let (canvas, height) = draw(&rows);
    let mut notes = vec!["The code says why, not how well a move was prepared."];
    if rows.iter().any(|row| row.moves.value().is_none()) {
        notes.push(WITHHELD_NOTE);
    }
    Some(Figure {
        id: ID,
        title: title(release, &rows),
        subtitle: format!(
            "Moves in the year by the reason that the return gives, {}",
            place_and_period(release)
        ),
        source: source(
            release,
            RECORDS,
            &format!("{} moves", n_is(n.round() as u64)),
            &notes,
        ),
        alt: alt(&rows),
        body: canvas.finish(height),
        table: table(&rows),
    })
}

struct Row<'a> {
    code: String,
    label: String,
    moves: Reading<'a>,
    children: Reading<'a>,
}

impl Row<'_> {
    fn is_planned(&self) -> bool {
        self.code == PLANNED
    }
}

/// The reasons, most moves first; withheld ones last, in the order of the code list.
fn rows(release: &Release) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = release
        .rows("stability.endings.moved")
        .iter()
        .map(|row| {
            let ending = Group::of("ending", "moved").and("reason", &row.code);
            let reason = Group::of("reason", &row.code);
            let count = Statistic::Count;
            Row {
                code: row.code.clone(),
                label: row.label.clone(),
                moves: Reading::of(release, "stability.endings", &ending, count),
                children: Reading::of(release, "stability.moved_for", &reason, count),
            }
        })
        .collect();
    let weight = |row: &Row<'_>| row.moves.value().unwrap_or(-1.0);
    rows.sort_by(|one, two| weight(two).total_cmp(&weight(one)));
    rows
}

fn planned(release: &Release) -> Reading<'_> {
    let group = Group::of("ending", "moved");
    Reading::of(release, "stability.planned", &group, Statistic::Proportion)
}

fn title(release: &Release, rows: &[Row<'_>]) -> String {
    let plain = "Why children moved".to_owned();
    let share = planned(release).sound_share().map(|share| {
        let share = format::share(share);
        [
            format!("{share} of moves with a reason were a change in the care plan"),
            format!("{share} of moves were a change in the care plan"),
        ]
    });
    let most = rows.first().and_then(|row| {
        let (moves, words) = (row.moves.value()?, in_sentence(&row.label));
        Some(format!("Most often ({moves:.0} moves): {words}"))
    });
    let candidates: Vec<String> = share
        .into_iter()
        .flatten()
        .chain(most)
        .chain([plain])
        .collect();
    fitting_title(&candidates)
}

fn draw(rows: &[Row<'_>]) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let text = |reading: &Reading<'_>| reading.count_cell().text;
    let columns = Columns::of(vec![
        Column::plain("Moves", rows.iter().map(|row| text(&row.moves))),
        Column::plain("Children", rows.iter().map(|row| text(&row.children))),
    ]);
    let entries = key(rows);
    let key = marks::key(&mut canvas, (0.0, 8.0), &entries);
    let is_beside = key.right + GUTTER <= columns.left;
    let base = if is_beside { 13.5 } else { key.height + 14.0 };
    columns.draw_heads(&mut canvas, base);
    let top = base + 11.0;
    let labels = Labels::within(230.0, rows.iter().map(|row| row.label.as_str()));
    let most = rows.iter().filter_map(|row| row.moves.value());
    let scale = Scale::up_to(
        most.fold(0.0, f64::max),
        labels.width + GUTTER,
        columns.left - GUTTER,
    );
    let mut y = top;
    for (at, row) in rows.iter().enumerate() {
        let height = labels.height(at, PITCH);
        let middle = y + height / 2.0;
        labels.draw(&mut canvas, at, middle);
        canvas.group(&row.code, |canvas| draw_bar(canvas, row, scale, middle));
        columns.draw_row(&mut canvas, at, middle);
        y += height;
    }
    canvas.rule((scale.from, top), (scale.from, y), Stroke::BASE);
    (canvas, y + 4.0)
}

fn key(rows: &[Row<'_>]) -> Vec<(Mark, &'static str)> {
    let any = |planned: bool| rows.iter().any(|row| row.is_planned() == planned);
    let mut key = Vec::new();
    if any(true) {
        key.push((
            Mark::Swatch(DARK_BLUE, DARK_BLUE),
            "planned: change in the care plan",
        ));
    }
    if any(false) {
        key.push((Mark::Swatch(PALE_BLUE, DARK_BLUE), "any other reason"));
    }
    if rows.iter().any(|row| row.moves.value().is_none()) {
        key.push((Mark::Hatch, "not shown"));
    }
    key
}

fn draw_bar(canvas: &mut Canvas, row: &Row<'_>, scale: Scale, middle: f64) {
    const STRIP: f64 = 60.0;
    let fill = if row.is_planned() {
        DARK_BLUE
    } else {
        PALE_BLUE
    };
    let area = |width| Area {
        x: scale.from,
        y: middle - BAR / 2.0,
        width,
        height: BAR,
    };
    match row.moves.value() {
        Some(moves) if moves > 0.0 => {
            let width = scale.at(moves) - scale.from;
            canvas.bar(area(width), fill, Some(DARK_BLUE));
        }
        Some(_) => {}
        None => canvas.hatch(area(STRIP)),
    }
}

fn alt(rows: &[Row<'_>]) -> String {
    let shown: Vec<String> = rows
        .iter()
        .map(|row| {
            format!(
                "{} {}",
                in_sentence(&row.label),
                row.moves.count_cell().text
            )
        })
        .collect();
    format!(
        "Bars with the number of moves for each of {} reasons. Moves: {}.",
        rows.len(),
        list(&shown)
    )
}

fn table(rows: &[Row<'_>]) -> DataTable {
    DataTable {
        columns: vec![
            words_column("Reason"),
            numbers_column("Moves"),
            numbers_column("Children"),
        ],
        rows: rows
            .iter()
            .map(|row| {
                body_row(vec![
                    words_cell(&row.label),
                    row.moves.count_cell(),
                    row.children.count_cell(),
                ])
            })
            .collect(),
    }
}
