//! Where children live in their first two years in care, all of them together: a row for each kind of
//! home and one for those who have left, a column for the first day and for 6, 12 and 24 months
//! later. Each share is written and drawn as a bar from 0 to 100% of the column. Nobody's own way is
//! drawn: each column counts the same children on another day.

use kinfolk_disclosure::Release;
use kinfolk_model::{Group, Statistic, format};

use super::RECORDS;
use crate::canvas::{Area, Canvas, Stroke, Type, WIDTH};
use crate::figure::{DataTable, Figure};
use crate::layout::{
    GUTTER, Labels, body_row, group_row, numbers_column, words_cell, words_column,
};
use crate::palette::{DARK_BLUE, PALE_BLUE};
use crate::reading::{FEWEST_TO_DRAW, Reading};
use crate::wording::{
    FEW_NOTE, WITHHELD_NOTE, as_sentence, fitting_title, in_sentence, list, n_is, source,
};

const ID: &str = "care-first-years";
const MEASURE: &str = "stability.pattern";
const LEFT_CARE: &str = "left_care";
/// Months and the heads of their columns.
const MONTHS: [(&str, &str); 4] = [
    ("0", "First day"),
    ("6", "6 months"),
    ("12", "12 months"),
    ("24", "24 months"),
];
const PITCH: f64 = 46.0;
const BAR: f64 = 14.0;

/// Draws the shares. `None` where returns are too few, or with fewer than ten children.
pub fn draw_care_first_years(release: &Release) -> Option<Figure> {
    let rows = rows(release);
    let known = |month: usize| {
        let mut shares = rows.iter().map(|row| row.shares[month]);
        shares.find_map(Reading::denominator)
    };
    let children = known(0)?;
    if (children as f64) < FEWEST_TO_DRAW {
        return None;
    }
    let shares = || rows.iter().flat_map(|row| row.shares);
    let mut notes = Vec::new();
    if (1..MONTHS.len()).any(|month| known(month) != Some(children)) {
        notes.push("Children whom the returns lose sight of are left out from then on.");
    }
    if shares().any(|share| share.value().is_none()) {
        notes.push(WITHHELD_NOTE);
    }
    if shares().any(Reading::is_small) {
        notes.push(FEW_NOTE);
    }
    let (canvas, height) = draw(&rows);
    let who = rows.iter().find_map(|row| row.shares[0].0)?.population();
    Some(Figure {
        id: ID,
        title: title(&rows),
        subtitle: format!(
            "{}, by where they live, {}",
            as_sentence(who),
            release.settings().place()
        ),
        source: source(
            release,
            RECORDS,
            &format!("{} children", n_is(children)),
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
    shares: [Reading<'a>; MONTHS.len()],
}

/// The kinds of home in the order of the code list, then those who have left.
fn rows(release: &Release) -> Vec<Row<'_>> {
    release
        .rows("stability.pattern.home")
        .iter()
        .map(|row| Row {
            code: row.code.clone(),
            label: row.label.clone(),
            shares: MONTHS.map(|(month, _)| {
                let group = Group::of("month", month).and("home", &row.code);
                Reading::of(release, MEASURE, &group, Statistic::Proportion)
            }),
        })
        .collect()
}

fn title(rows: &[Row<'_>]) -> String {
    let last = MONTHS.len() - 1;
    let share_of = |code: &str| {
        let row = rows.iter().find(|row| row.code == code)?;
        row.shares[last].sound_share().map(format::share)
    };
    let left = share_of(LEFT_CARE);
    let foster = share_of("foster_care");
    let candidates: Vec<String> = [
        left.as_ref().zip(foster).map(|(left, foster)| {
            format!("After two years {left} had left care; {foster} were in foster care")
        }),
        left.map(|left| format!("After two years {left} of children had left care")),
        Some("Where children live in their first two years in care".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    fitting_title(&candidates)
}

/// Where the columns stand: their left edges and their width.
struct Columns {
    lefts: [f64; MONTHS.len()],
    width: f64,
}

impl Columns {
    fn after(labels: f64) -> Self {
        let left = labels + GUTTER;
        let pitch = (WIDTH - left + GUTTER) / MONTHS.len() as f64;
        let mut place = left;
        let lefts = MONTHS.map(|_| {
            let at = place;
            place += pitch;
            at
        });
        Self {
            lefts,
            width: pitch - GUTTER,
        }
    }
}

fn draw(rows: &[Row<'_>]) -> (Canvas, f64) {
    const TOP: f64 = 24.0;
    let mut canvas = Canvas::chart(ID);
    let labels = Labels::of(rows.iter().map(|row| row.label.as_str()));
    let columns = Columns::after(labels.width);
    for (left, (_, head)) in columns.lefts.iter().zip(MONTHS) {
        canvas.text((*left, 13.5), head, Type::HEAD);
    }
    canvas.rule_across(TOP, Stroke::BASE);
    let mut y = TOP + 4.0;
    for (at, row) in rows.iter().enumerate() {
        if row.code == LEFT_CARE && at > 0 {
            canvas.rule_across(y + 4.0, Stroke::BASE);
            y += 8.0;
        }
        let height = labels.height(at, PITCH);
        let middle = y + height / 2.0;
        labels.draw(&mut canvas, at, middle);
        canvas.group(&row.code, |canvas| {
            for (left, share) in columns.lefts.iter().zip(row.shares) {
                draw_share(canvas, row, share, (*left, middle, columns.width));
            }
        });
        y += height;
    }
    (canvas, y + 4.0)
}

/// A share above its bar; the count alone where a share would say too much.
fn draw_share(
    canvas: &mut Canvas,
    row: &Row<'_>,
    share: Reading<'_>,
    (left, middle, width): (f64, f64, f64),
) {
    let words = match share.is_small() {
        true => share.base_text(),
        false => share.share_text(),
    };
    canvas.text_about((left, middle - 9.0), &words, Type::LABEL);
    let area = |width| Area {
        x: left,
        y: middle + 3.0,
        width,
        height: BAR,
    };
    let is_home = row.code != LEFT_CARE;
    let fill = if is_home { DARK_BLUE } else { PALE_BLUE };
    match share.value() {
        Some(share) if share > 0.0 => canvas.bar(area(share * width), fill, Some(DARK_BLUE)),
        Some(_) => {}
        None => canvas.hatch(area(width)),
    }
    canvas.rule(
        (left, middle + 1.0),
        (left, middle + BAR + 5.0),
        Stroke::BASE,
    );
}

fn alt(rows: &[Row<'_>]) -> String {
    let told: Vec<String> = rows
        .iter()
        .map(|row| {
            let text = |share: Reading<'_>| match share.is_small() {
                true => share.base_text(),
                false => share.share_text(),
            };
            let (first, last) = (text(row.shares[0]), text(row.shares[MONTHS.len() - 1]));
            format!("{} {first} then {last}", in_sentence(&row.label))
        })
        .collect();
    format!(
        "Bars for {} groups on the first day in care and 6, 12 and 24 months later. On the first day \
         and after two years: {}.",
        rows.len(),
        list(&told)
    )
}

fn table(rows: &[Row<'_>]) -> DataTable {
    let columns = vec![
        words_column("Where"),
        numbers_column("Children"),
        numbers_column("Out of"),
        numbers_column("Share"),
        numbers_column("95% interval"),
    ];
    let on_day = |at: usize, head: &str| {
        let of_day = rows.iter().map(move |row| {
            let share = row.shares[at];
            body_row(vec![
                words_cell(&row.label),
                share.numerator_cell(),
                share.denominator_cell(),
                share.share_cell(),
                share.interval_cell(),
            ])
        });
        std::iter::once(group_row(head, columns.len())).chain(of_day)
    };
    let days = MONTHS.iter().enumerate();
    let rows = days.flat_map(|(at, (_, head))| on_day(at, head)).collect();
    DataTable { columns, rows }
}
