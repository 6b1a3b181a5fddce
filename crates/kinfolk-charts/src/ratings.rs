//! What children and their network thought of the work: ratings from 1 to 5.

mod answers;
mod respondents;
mod table;
mod words;

use kinfolk_disclosure::Release;
use kinfolk_model::{Code, Respondent};

use crate::canvas::{Area, Canvas, Stroke, Type};
use crate::columns::Columns;
use crate::figure::Figure;
use crate::layout::{GUTTER, Labels, inside, label_inside};
use crate::marks::{self, Mark, outline_of};
use crate::palette::{Colour, DARK_BLUE, GREY, INK, PALE_BLUE, WHITE};
use crate::reading::{Reading, count};
use crate::wording::place_and_period;

use answers::{Row, Side};
use respondents::Respondents;

const ID: &str = "ratings";
const PITCH: f64 = 46.0;
const BAR: f64 = 28.0;
/// The most room for the words of a statement.
const LABEL_ROOM: f64 = 172.0;
/// Between a bar and a number beside it.
const NUMBER_GAP: f64 = 6.0;
/// The longest that 100% may be drawn.
const LONGEST: f64 = 190.0;

/// Draws a diverging bar for each statement that was rated from 1 to 5. `None` when there is none.
pub fn draw_ratings(release: &Release) -> Option<Figure> {
    let groups: Vec<Respondents<'_>> = Respondent::ALL
        .iter()
        .map(|respondent| Respondents::of(release, *respondent))
        .filter(|group| !group.rows.is_empty())
        .collect();
    if groups.is_empty() {
        return None;
    }
    let every: Vec<&Row<'_>> = groups.iter().flat_map(|group| &group.rows).collect();
    let (canvas, height) = draw(&groups, &every);
    Some(Figure {
        id: ID,
        title: words::title(&every),
        subtitle: format!(
            "Number of answers on a scale of 1 to 5, and the share who agree, {}",
            place_and_period(release)
        ),
        source: words::source_line(release, &groups, &every),
        alt: words::alt(&groups, &every),
        body: canvas.finish(height),
        table: table::table(&every),
    })
}

/// Where everything stands.
struct Plan {
    /// The line between disagreement and agreement.
    centre: f64,
    /// Where those who are set aside begin.
    aside: f64,
    /// Pixels for 100%.
    whole: f64,
}

impl Plan {
    fn of(labels: &Labels, columns: &Columns, rows: &[&Row<'_>]) -> Self {
        let left = labels.width + GUTTER;
        let end = columns.left - GUTTER;
        let room = |words: Vec<String>| {
            let widths = words.iter().map(|words| Type::LABEL.width(words));
            widths.fold(0.0, f64::max)
        };
        let before = room(rows.iter().map(|row| row.disagree_text()).collect());
        let beside = room(rows.iter().map(|row| row.aside_text()).collect());
        let longest = |side: Side| {
            let shares = rows.iter().map(|row| row.share_of(side));
            shares.fold(0.0, f64::max)
        };
        let (disagree, agree, rest) = (
            longest(Side::Disagree),
            longest(Side::Agree).max(0.5),
            longest(Side::Aside),
        );
        let head = Type::HEAD.width(aside_head(rows));
        let beside = beside + NUMBER_GAP;
        let room = end - left - before - NUMBER_GAP - GUTTER;
        // The column of those set aside is at least as wide as its head.
        let whole = ((room - beside) / (disagree + agree + rest))
            .min((room - head) / (disagree + agree))
            .clamp(10.0, LONGEST);
        let centre = left + before + NUMBER_GAP + disagree * whole;
        Self {
            centre,
            aside: end - head.max(rest * whole + beside),
            whole,
        }
    }
}

fn draw(groups: &[Respondents<'_>], every: &[&Row<'_>]) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let labels = Labels::within(LABEL_ROOM, every.iter().map(|row| row.label.as_str()));
    let shares: Vec<Reading<'_>> = every.iter().map(|row| row.agrees).collect();
    let columns = Columns::of_shares("Share", &shares);
    let plan = Plan::of(&labels, &columns, every);
    let base = draw_top(&mut canvas, &plan, &columns, every);
    let (mut y, mut at) = (base, 0);
    let sides = Fills::of(every);
    for group in groups {
        canvas.text((0.0, y + 18.0), &group.heading(), Type::FOCUS);
        y += 28.0;
        let top = y;
        canvas.group(group.respondent.code(), |canvas| {
            for row in &group.rows {
                let height = labels.height(at, PITCH);
                let middle = y + height / 2.0;
                labels.draw(canvas, at, middle);
                if row.is_drawn() {
                    draw_row(canvas, row, &plan, &sides, middle);
                } else {
                    draw_words(canvas, row, &plan, middle);
                }
                if !row.agrees.is_small() {
                    columns.draw_row(canvas, at, middle);
                }
                y += height;
                at += 1;
            }
            canvas.rule((plan.centre, top), (plan.centre, y), Stroke::BASE);
        });
        y += 8.0;
    }
    (canvas, y - 8.0)
}

/// Draws key and heads, where there are bars at all; gives where the rows begin.
fn draw_top(canvas: &mut Canvas, plan: &Plan, columns: &Columns, rows: &[&Row<'_>]) -> f64 {
    if !has_bars(rows) {
        return 0.0;
    }
    let base = marks::key(canvas, (0.0, 8.0), &key(rows)).height + 20.0;
    if knows_disagree(rows) {
        canvas.text((plan.centre - 8.0, base), "Disagree", Type::HEAD.end());
    }
    canvas.text((plan.centre + 8.0, base), "Agree", Type::HEAD);
    canvas.text((plan.aside, base), aside_head(rows), Type::HEAD);
    columns.draw_heads(canvas, base);
    canvas.rule_across(base + 9.0, Stroke::BASE);
    base + 15.0
}

/// Whether any row has more than words.
fn has_bars(rows: &[&Row<'_>]) -> bool {
    rows.iter().any(|row| !row.agrees.is_small())
}

/// The fills of each side, from the centre outwards. Where some answers had to be joined, the side
/// has one fill in all rows.
struct Fills {
    agree: Vec<Colour>,
    disagree: Vec<Colour>,
}

impl Fills {
    fn of(rows: &[&Row<'_>]) -> Self {
        let splits = |side| {
            rows.iter()
                .filter(|row| row.is_drawn())
                .all(|row| row.is_split(side))
        };
        Self {
            agree: match splits(Side::Agree) {
                true => vec![PALE_BLUE, DARK_BLUE],
                false => vec![DARK_BLUE],
            },
            disagree: match splits(Side::Disagree) {
                true => vec![GREY, INK],
                false => vec![INK],
            },
        }
    }
}

fn key(rows: &[&Row<'_>]) -> Vec<(Mark, &'static str)> {
    let fills = Fills::of(rows);
    let mut entries = match (fills.agree.len(), fills.disagree.len()) {
        (2, 2) => vec![
            (Mark::Swatches([INK, DARK_BLUE]), "strongly"),
            (Mark::Swatches([GREY, PALE_BLUE]), "not strongly"),
        ],
        (2, _) => vec![
            (Mark::Swatch(DARK_BLUE, DARK_BLUE), "agree strongly"),
            (Mark::Swatch(PALE_BLUE, DARK_BLUE), "agree"),
            (Mark::Swatch(INK, INK), "disagree"),
        ],
        _ => vec![
            (Mark::Swatch(INK, INK), "disagree"),
            (Mark::Swatch(DARK_BLUE, DARK_BLUE), "agree"),
        ],
    };
    if !knows_disagree(rows) {
        entries.retain(|(_, words)| *words != "disagree");
    }
    let aside = match joins_rest(rows) {
        true => "neither, or disagree",
        false => "neither",
    };
    entries.push((Mark::Swatch(WHITE, INK), aside));
    if rows.iter().any(|row| row.hides()) {
        entries.push((Mark::Hatch, "not shown"));
    }
    entries
}

/// Whether any row tells those who disagree from those who do neither.
fn knows_disagree(rows: &[&Row<'_>]) -> bool {
    rows.iter()
        .any(|row| row.is_drawn() && row.knows_disagree())
}

fn joins_rest(rows: &[&Row<'_>]) -> bool {
    rows.iter().any(|row| row.is_drawn() && row.joins_rest())
}

fn aside_head(rows: &[&Row<'_>]) -> &'static str {
    if joins_rest(rows) {
        "Others"
    } else {
        "Neither"
    }
}

fn draw_row(canvas: &mut Canvas, row: &Row<'_>, plan: &Plan, fills: &Fills, middle: f64) {
    let strip = |x: f64, width: f64| Area {
        x,
        y: middle - BAR / 2.0,
        width,
        height: BAR,
    };
    let length = |n: f64| row.share(n) * plan.whole;
    let mut right = plan.centre;
    for (n, fill) in row
        .agree(fills.agree.len() == 2)
        .into_iter()
        .zip(&fills.agree)
    {
        let area = strip(right, length(n));
        if n > 0.0 {
            canvas.bar(area, *fill, Some(outline_of(*fill)));
            label_inside(canvas, area, &count(n), inside(*fill));
        }
        right += length(n);
    }
    let mut left = plan.centre;
    for (n, fill) in row
        .disagree(fills.disagree.len() == 2)
        .into_iter()
        .zip(&fills.disagree)
    {
        left -= length(n);
        if n > 0.0 {
            canvas.bar(strip(left, length(n)), *fill, Some(outline_of(*fill)));
        }
    }
    canvas.text_about(
        (left - NUMBER_GAP, middle),
        &row.disagree_text(),
        Type::LABEL.end(),
    );
    let end = plan.aside + row.share_of(Side::Aside) * plan.whole;
    match row.aside() {
        Some(n) if n > 0.0 => canvas.bar(strip(plan.aside, length(n)), WHITE, Some(INK)),
        Some(_) => {}
        None => canvas.hatch(strip(plan.aside, end - plan.aside)),
    }
    let gap = if row.aside() == Some(0.0) {
        0.0
    } else {
        NUMBER_GAP
    };
    canvas.text_about((end + gap, middle), &row.aside_text(), Type::LABEL);
}

/// A row without bars: too few replies for shares, or withheld.
fn draw_words(canvas: &mut Canvas, row: &Row<'_>, plan: &Plan, middle: f64) {
    if row.agrees.is_small() {
        let words = format!("{} agree", row.agrees.base_text());
        canvas.text_about((plan.centre + 8.0, middle), &words, Type::LABEL);
    } else {
        canvas.hatch(Area {
            x: plan.centre,
            y: middle - BAR / 2.0,
            width: (plan.aside - GUTTER - plan.centre).min(plan.whole),
            height: BAR,
        });
    }
}
