//! People around a child before and after, by kind of person.

use kinfolk_disclosure::Release;
use kinfolk_model::{Group, Statistic, format};

use crate::canvas::{Canvas, Stroke, Type, WIDTH};
use crate::figure::{DataRow, DataTable, Figure, RowRole};
use crate::layout::{
    GUTTER, Labels, NotDrawn, Scale, body_row, grid, numbers_column, ticks, words_cell,
    words_column,
};
use crate::marks::{self, Mark};
use crate::reading::{FEWEST_TO_DRAW, Reading};
use crate::text::LEADING;
use crate::wording::{WITHHELD_NOTE, fitting_title, in_sentence, n_is, place_and_period, source};

const ID: &str = "connections";
const PITCH: f64 = 40.0;
const TOP: f64 = 24.0;
/// Room for a number beside the outermost mark.
const NUMBER_ROOM: f64 = 38.0;
/// From the middle of a mark to the number beside it.
const NUMBER_GAP: f64 = 11.0;
/// The head of the column of changes, with its interval.
const CHANGE: &str = "Change (95% interval)";

/// Draws the mean number of people before and after for each kind of person, joined by a line.
/// `None` when the study has no tracker with kinds of people.
pub fn draw_connections(release: &Release) -> Option<Figure> {
    let rows = rows(release);
    if rows.is_empty() {
        return None;
    }
    let all = Row::of(release, "All", Group::all());
    let subtitle = format!(
        "Mean number of people around a child by kind of person, {}",
        place_and_period(release)
    );
    // Of some children only the number of people is kept: they are in the total, not in the kinds.
    let n = rows.iter().filter_map(Row::n_children).max();
    let is_shown = rows.iter().any(|row| row.marks().is_some());
    let Some(n) = n.filter(|n| is_shown && *n as f64 >= FEWEST_TO_DRAW) else {
        return Some(not_drawn(release, subtitle).figure());
    };
    let (canvas, height) = draw(&rows);
    let hides = rows.iter().any(|row| row.marks().is_none());
    let notes: &[&str] = if hides { &[WITHHELD_NOTE] } else { &[] };
    let n = format!("{}\u{a0}children with both counts", n_is(n));
    Some(Figure {
        id: ID,
        title: title(&rows),
        subtitle,
        source: source(release, "connections tracker", &n, notes),
        alt: alt(&rows),
        body: canvas.finish(height),
        table: table(&rows, &all),
    })
}

fn not_drawn(release: &Release, subtitle: String) -> NotDrawn {
    NotDrawn {
        id: ID,
        subject: "People around a child before and after",
        subtitle,
        reason: source(
            release,
            "connections tracker",
            "Too few children have both counts to be shown",
            &["They can be shown once more do, for example over several years."],
        ),
    }
}

/// One kind of person.
struct Row<'a> {
    code: String,
    label: String,
    before: Reading<'a>,
    after: Reading<'a>,
    change: Reading<'a>,
}

impl<'a> Row<'a> {
    fn of(release: &'a Release, label: &str, group: Group) -> Self {
        let read = |measure: &str, kind| Reading::of(release, measure, &group, kind);
        Self {
            code: group.get("kind").unwrap_or_default().to_owned(),
            label: label.to_owned(),
            before: read("connections.before", Statistic::Mean),
            after: read("connections.after", Statistic::Mean),
            change: read("connections.change", Statistic::Difference),
        }
    }

    /// Where the two marks stand, if both are shown.
    /// How many children the means are of.
    fn n_children(&self) -> Option<u64> {
        self.change.denominator().or(self.before.denominator())
    }

    fn marks(&self) -> Option<(f64, f64)> {
        Some((self.before.value()?, self.after.value()?))
    }

    fn change_text(&self) -> String {
        let Some(change) = self.change.value() else {
            return self.change.sign().to_owned();
        };
        let change = format::signed(change, 1);
        match self.change.interval() {
            Some(interval) => format!("{change} ({})", interval_text(interval)),
            None => change,
        }
    }

    fn cells(&self) -> Vec<crate::figure::DataCell> {
        let change = self.change.value().map(|change| format::signed(change, 1));
        let interval = self.change.interval().map(interval_text);
        vec![
            words_cell(&self.label),
            self.before.mean_cell(),
            self.after.mean_cell(),
            self.change
                .cell(change.unwrap_or(self.change.sign().to_owned())),
            self.change
                .cell(interval.unwrap_or(self.change.sign().to_owned())),
        ]
    }
}

fn interval_text((low, high): (f64, f64)) -> String {
    format!("{} to {}", format::number(low, 1), format::number(high, 1))
}

/// The kinds, largest gain first; withheld ones last, in the order of the list.
fn rows(release: &Release) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = release
        .rows("connections.kind")
        .iter()
        .map(|row| Row::of(release, &row.label, Group::of("kind", &row.code)))
        .filter(|row| row.before.0.is_some() || row.after.0.is_some())
        .collect();
    rows.sort_by(|one, two| {
        let rank = |row: &Row<'_>| match row.marks() {
            Some((before, after)) => row.change.value().unwrap_or(after - before),
            None => f64::NEG_INFINITY,
        };
        rank(two).total_cmp(&rank(one))
    });
    rows
}

fn draw(rows: &[Row<'_>]) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let labels = Labels::of(rows.iter().map(|row| row.label.as_str()));
    let changes: Vec<String> = rows.iter().map(Row::change_text).collect();
    let column = changes
        .iter()
        .map(|change| Type::LABEL.width(change))
        .fold(0.0, f64::max);
    let highest = rows
        .iter()
        .filter_map(Row::marks)
        .map(|(before, after)| before.max(after))
        .fold(0.0, f64::max);
    let ticks = ticks(highest);
    let top_tick = ticks.last().copied().unwrap_or(1.0);
    let left = labels.width + GUTTER + NUMBER_ROOM - NUMBER_GAP;
    let right = WIDTH - column.max(Type::HEAD.width("(95% interval)")) - GUTTER - NUMBER_ROOM;
    let scale = Scale::up_to(top_tick, left, right);

    marks::key(
        &mut canvas,
        (0.0, 8.0),
        &[(Mark::Before, "at the start"), (Mark::Programme, "after")],
    );
    canvas.text_about((WIDTH, 8.0), CHANGE, Type::HEAD.end());
    let heights: f64 = (0..rows.len()).map(|at| labels.height(at, PITCH)).sum();
    let bottom = TOP + heights;
    let decimals = usize::from(ticks.get(1).is_some_and(|step| *step < 1.0));
    let labelled: Vec<(f64, String)> = ticks
        .iter()
        .map(|tick| (*tick, format::number(*tick, decimals)))
        .collect();
    grid(&mut canvas, scale, (TOP, bottom), &labelled);
    let mut top = TOP;
    for (at, (row, change)) in rows.iter().zip(&changes).enumerate() {
        let height = labels.height(at, PITCH);
        let middle = top + height / 2.0;
        canvas.group(&row.code, |canvas| {
            labels.draw(canvas, at, middle);
            if let Some(marks) = row.marks() {
                draw_marks(canvas, scale, marks, middle);
            }
            let style = if at == 0 && row.marks().is_some() {
                Type::FOCUS
            } else {
                Type::LABEL
            };
            canvas.text_about((WIDTH, middle), change, style.end());
        });
        top += height;
    }
    let axis = bottom + 2.0 * LEADING + 2.0;
    let centre = (scale.from + scale.to) / 2.0;
    canvas.text(
        (centre, axis),
        "people for each child, on average",
        Type::LABEL.middle(),
    );
    (canvas, axis + 4.0)
}

fn draw_marks(canvas: &mut Canvas, scale: Scale, (before, after): (f64, f64), middle: f64) {
    let (start, end) = (scale.at(before), scale.at(after));
    canvas.rule((start, middle), (end, middle), Stroke::INTERVAL);
    marks::before(canvas, (start, middle));
    marks::programme(canvas, (end, middle));
    let rises = after >= before;
    number(canvas, (start, middle), before, !rises);
    number(canvas, (end, middle), after, rises);
}

/// The number of a mark, on the side that is away from the other mark.
fn number(canvas: &mut Canvas, (x, middle): (f64, f64), value: f64, is_right: bool) {
    let words = format::number(value, 1);
    if is_right {
        canvas.text_about((x + NUMBER_GAP, middle), &words, Type::LABEL.patched());
    } else {
        canvas.text_about(
            (x - NUMBER_GAP, middle),
            &words,
            Type::LABEL.end().patched(),
        );
    }
}

/// The gain as it is printed.
fn gain(row: &Row<'_>) -> Option<String> {
    row.marks()?;
    let change = row.change.value().filter(|change| *change > 0.0)?;
    Some(format::signed(change, 1))
}

fn title(rows: &[Row<'_>]) -> String {
    let top = rows.first();
    let Some((top, most)) = top.and_then(|row| Some((row, gain(row)?))) else {
        return "No kind of person became more frequent around children".to_owned();
    };
    if top.change.interval().is_some_and(|(low, _)| low <= 0.0) {
        return "No kind of person rose by more than chance can explain".to_owned();
    }
    let alike: Vec<String> = rows
        .iter()
        .filter(|row| gain(row).as_ref() == Some(&most))
        .map(|row| in_sentence(&row.label))
        .collect();
    match alike.as_slice() {
        [one] => fitting_title(&[
            format!("The largest gain is in {one}: {most} for each child"),
            format!("The largest gain is in {one}"),
        ]),
        several => fitting_title(&[
            format!("The largest gains are in {}", several.join(" and in ")),
            "Several kinds of people gained alike".to_owned(),
        ]),
    }
}

fn alt(rows: &[Row<'_>]) -> String {
    let shown: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let (before, after) = row.marks()?;
            let (before, after) = (format::number(before, 1), format::number(after, 1));
            Some(format!(
                "{} from {before} to {after}",
                in_sentence(&row.label)
            ))
        })
        .collect();
    let withheld = match rows.len() - shown.len() {
        0 => String::new(),
        1 => " One kind is withheld.".to_owned(),
        n => format!(" {n} kinds are withheld."),
    };
    format!(
        "{} kinds of people, largest gain first, each with the mean number at the start and after. {}.{withheld}",
        rows.len(),
        crate::wording::as_sentence(&shown.join("; "))
    )
}

fn table(rows: &[Row<'_>], all: &Row<'_>) -> DataTable {
    let mut lines: Vec<DataRow> = rows.iter().map(|row| body_row(row.cells())).collect();
    let has_same_children = rows.iter().any(|row| row.n_children() == all.n_children());
    if all.before.0.is_some() && has_same_children {
        lines.push(DataRow {
            role: RowRole::Total,
            cells: all.cells(),
        });
    }
    DataTable {
        columns: vec![
            words_column("Kind of person"),
            numbers_column("Mean at the start"),
            numbers_column("Mean after"),
            numbers_column("Change"),
            numbers_column("95% interval of the change"),
        ],
        rows: lines,
    }
}
