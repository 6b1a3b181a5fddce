//! What children and their network thought of the work: ratings from 1 to 5.

use kinfolk_disclosure::Release;
use kinfolk_model::{Code, Group, Respondent, Statistic, format};

use crate::answers::{Row, Side, rows};
use crate::canvas::{Area, Canvas, Stroke, Type, WIDTH};
use crate::figure::Figure;
use crate::layout::{GUTTER, Head, Labels, heads, inside, label_inside};
use crate::marks::{self, Mark, outline_of};
use crate::palette::{Colour, DARK_BLUE, GREY, INK, PALE_BLUE, WHITE};
use crate::ratings_table::table;
use crate::reading::{Reading, count};
use crate::wording::{
    FEW_NOTE, WITHHELD_NOTE, fitting_title, list, n_is, place_and_period, source,
};

const ID: &str = "ratings";
const PITCH: f64 = 46.0;
const BAR: f64 = 28.0;
/// The most room for the words of a statement.
const LABEL_ROOM: f64 = 172.0;
/// Where bars and set-aside answers end, and the right edges of the columns of numbers.
const PLOT_END: f64 = 402.0;
const SHARE_END: f64 = 454.0;
const BASE_END: f64 = 541.0;
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
        title: title(&every),
        subtitle: format!(
            "Number of answers on a scale of 1 to 5, and the share who agree, {}",
            place_and_period(release)
        ),
        source: source_line(release, &groups, &every),
        alt: alt(&groups, &every),
        body: canvas.finish(height),
        table: table(&every),
    })
}

/// Those of one kind who answered, with the statements that they rated.
struct Respondents<'a> {
    respondent: Respondent,
    replies: Reading<'a>,
    asked: Reading<'a>,
    rows: Vec<Row<'a>>,
}

impl<'a> Respondents<'a> {
    fn of(release: &'a Release, respondent: Respondent) -> Self {
        let group = Group::of("respondent", respondent.code());
        let replies = Reading::of(release, "questionnaire.responses", &group, Statistic::Count);
        let record = match respondent {
            Respondent::Child => Group::of("record", "child_questionnaire"),
            _ => Group::of("record", respondent.code()),
        };
        Self {
            respondent,
            replies,
            asked: Reading::of(release, "coverage.record", &record, Statistic::Proportion),
            rows: rows(release, respondent),
        }
    }

    fn heading(&self) -> String {
        let who = self.respondent.label();
        match (self.asked.numerator(), self.asked.denominator(), self.replies.value()) {
            (Some(replied), Some(asked), _) => format!("{who}: {} replied", format::of(replied, asked)),
            (_, _, Some(replies)) => format!("{who}: {} replied", count(replies)),
            _ => who.to_owned(),
        }
    }
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
    fn of(labels: &Labels, rows: &[&Row<'_>]) -> Self {
        let left = labels.width + GUTTER;
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
        let fixed = before + beside + 2.0 * NUMBER_GAP + GUTTER;
        let whole = ((PLOT_END - left - fixed) / (disagree + agree + rest)).clamp(10.0, LONGEST);
        let centre = left + before + NUMBER_GAP + disagree * whole;
        let head = PLOT_END - Type::HEAD.width(aside_head(rows));
        Self {
            centre,
            aside: (PLOT_END - beside - NUMBER_GAP - rest * whole).min(head),
            whole,
        }
    }
}

fn draw(groups: &[Respondents<'_>], every: &[&Row<'_>]) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let labels = Labels::within(LABEL_ROOM, every.iter().map(|row| row.label.as_str()));
    let plan = Plan::of(&labels, every);
    let base = marks::key(&mut canvas, (0.0, 8.0), &key(every)) + 20.0;
    canvas.text((plan.centre - 8.0, base), "Disagree", Type::HEAD.end());
    canvas.text((plan.centre + 8.0, base), "Agree", Type::HEAD);
    canvas.text((plan.aside, base), aside_head(every), Type::HEAD);
    heads(
        &mut canvas,
        base,
        &[
            Head { x: SHARE_END, words: "Share" },
            Head { x: BASE_END, words: "n of N" },
            Head { x: WIDTH, words: "95% interval" },
        ],
    );
    canvas.rule_across(base + 9.0, Stroke::BASE);
    let (mut y, mut at) = (base + 15.0, 0);
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
                draw_row(canvas, row, &plan, &sides, middle);
                y += height;
                at += 1;
            }
            canvas.rule((plan.centre, top), (plan.centre, y), Stroke::BASE);
        });
        y += 8.0;
    }
    (canvas, y - 8.0)
}

/// The fills of each side, from the centre outwards. Where some answers had to be joined, the side
/// has one fill in all rows.
struct Fills {
    agree: Vec<Colour>,
    disagree: Vec<Colour>,
}

impl Fills {
    fn of(rows: &[&Row<'_>]) -> Self {
        let splits = |side| rows.iter().filter(|row| row.is_drawn()).all(|row| row.is_split(side));
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
            (Mark::Swatch(INK, INK), "disagree, strongly or not"),
            (Mark::Swatch(DARK_BLUE, DARK_BLUE), "agree, strongly or not"),
        ],
    };
    let aside = match joins_rest(rows) {
        true => "neither, or all who do not agree",
        false => "neither",
    };
    entries.push((Mark::Swatch(WHITE, INK), aside));
    if rows.iter().any(|row| row.hides()) {
        entries.push((Mark::Hatch, "not shown"));
    }
    entries
}

fn joins_rest(rows: &[&Row<'_>]) -> bool {
    rows.iter().any(|row| row.is_drawn() && row.joins_rest())
}

fn aside_head(rows: &[&Row<'_>]) -> &'static str {
    if joins_rest(rows) { "Others" } else { "Neither" }
}

fn draw_row(canvas: &mut Canvas, row: &Row<'_>, plan: &Plan, fills: &Fills, middle: f64) {
    if !row.is_drawn() {
        draw_words(canvas, row, plan, middle);
        return;
    }
    let strip = |x: f64, width: f64| Area {
        x,
        y: middle - BAR / 2.0,
        width,
        height: BAR,
    };
    let length = |n: f64| row.share(n) * plan.whole;
    let mut right = plan.centre;
    for (n, fill) in row.agree(fills.agree.len() == 2).into_iter().zip(&fills.agree) {
        let area = strip(right, length(n));
        if n > 0.0 {
            canvas.bar(area, *fill, Some(outline_of(*fill)));
            label_inside(canvas, area, &count(n), inside(*fill));
        }
        right += length(n);
    }
    let mut left = plan.centre;
    for (n, fill) in row.disagree(fills.disagree.len() == 2).into_iter().zip(&fills.disagree) {
        left -= length(n);
        if n > 0.0 {
            canvas.bar(strip(left, length(n)), *fill, Some(outline_of(*fill)));
        }
    }
    canvas.text_about((left - NUMBER_GAP, middle), &row.disagree_text(), Type::LABEL.end());
    let end = plan.aside + row.share_of(Side::Aside) * plan.whole;
    match row.aside() {
        Some(n) if n > 0.0 => canvas.bar(strip(plan.aside, length(n)), WHITE, Some(INK)),
        Some(_) => {}
        None => canvas.hatch(strip(plan.aside, end - plan.aside)),
    }
    let gap = if row.aside() == Some(0.0) { 0.0 } else { NUMBER_GAP };
    canvas.text_about((end + gap, middle), &row.aside_text(), Type::LABEL);
    draw_numbers(canvas, row.agrees, middle);
}

/// A row without bars: too few replies for shares, or withheld.
fn draw_words(canvas: &mut Canvas, row: &Row<'_>, plan: &Plan, middle: f64) {
    if row.agrees.is_small() {
        let words = format!("{} agree", row.agrees.base_text());
        canvas.text_about((plan.centre + 8.0, middle), &words, Type::LABEL);
        canvas.text_about((WIDTH, middle), crate::reading::TOO_FEW, Type::LABEL.end());
    } else {
        canvas.hatch(Area {
            x: plan.centre,
            y: middle - BAR / 2.0,
            width: (plan.aside - GUTTER - plan.centre).min(plan.whole),
            height: BAR,
        });
        for end in [SHARE_END, BASE_END, WIDTH] {
            canvas.text_about((end, middle), row.agrees.sign(), Type::LABEL.end());
        }
    }
}

fn draw_numbers(canvas: &mut Canvas, agrees: Reading<'_>, middle: f64) {
    canvas.text_about((SHARE_END, middle), &agrees.share_text(), Type::FOCUS.end());
    canvas.text_about((BASE_END, middle), &agrees.base_text(), Type::LABEL.end());
    canvas.text_about((WIDTH, middle), &agrees.interval_text(), Type::LABEL.end());
}

fn source_line(release: &Release, groups: &[Respondents<'_>], rows: &[&Row<'_>]) -> String {
    let replies: Vec<String> = groups
        .iter()
        .filter_map(|group| {
            let who = group.respondent.label().to_lowercase();
            Some((group.replies.value()?, who))
        })
        .enumerate()
        .map(|(at, (n, who))| match at {
            0 => format!("{} {who}", n_is(n.round() as u64)),
            _ => format!("{} {who}", count(n)),
        })
        .collect();
    let n = match replies.is_empty() {
        true => "n beside each row".to_owned(),
        false => list(&replies),
    };
    let mut notes = Vec::new();
    if rows.iter().any(|row| row.is_drawn() && !(row.is_split(Side::Agree) && row.is_split(Side::Disagree))) {
        notes.push("Answers that few gave are joined with their neighbours.");
    }
    if rows.iter().any(|row| row.hides()) {
        notes.push(WITHHELD_NOTE);
    }
    if rows.iter().any(|row| row.agrees.is_small()) {
        notes.push(FEW_NOTE);
    }
    source(release, "questionnaires", &n, &notes)
}

/// The lowest and the highest share who agree, with the statement of the highest.
fn range<'r>(rows: &[&'r Row<'r>]) -> Option<(f64, f64, &'r str)> {
    let shares = || {
        rows.iter()
            .filter_map(|row| Some((row.agrees.sound_share()?, row.label.as_str())))
    };
    let (low, _) = shares().min_by(|one, two| one.0.total_cmp(&two.0))?;
    let (high, label) = shares().max_by(|one, two| one.0.total_cmp(&two.0))?;
    Some((low, high, label))
}

fn title(rows: &[&Row<'_>]) -> String {
    const TENTHS: [&str; 10] = [
        "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    let Some((low, high, best)) = range(rows) else {
        return "How those who replied rated the work".to_owned();
    };
    let is_whole = rows.iter().all(|row| row.agrees.sound_share().is_some());
    let what = if is_whole { "every statement" } else { "every statement shown" };
    let tenths = (low * 10.0 + 1e-9).floor() as usize;
    if low >= 1.0 {
        format!("Everyone agreed with {what}")
    } else if low >= 0.95 {
        format!("Almost everyone agreed with {what}")
    } else if let (5.., Some(words)) = (tenths, TENTHS.get(tenths)) {
        format!("At least {words} in ten agreed with {what}")
    } else {
        fitting_title(&[
            format!("Agreement was highest with \u{2018}{best}\u{2019}"),
            format!("Agreement ranged from {} to {}", format::share(low), format::share(high)),
        ])
    }
}

fn alt(groups: &[Respondents<'_>], rows: &[&Row<'_>]) -> String {
    let parts: Vec<String> = groups
        .iter()
        .map(|group| {
            let n = group.rows.len();
            let plural = if n == 1 { "" } else { "s" };
            format!("{n} statement{plural} by {}", group.respondent.label().to_lowercase())
        })
        .collect();
    let shares = match range(rows) {
        Some((low, high, _)) => {
            format!("Agreement is between {} and {}", format::share(low), format::share(high))
        }
        None => "No share can be shown".to_owned(),
    };
    format!(
        "Diverging bars for {}. {shares}; those who neither agree nor disagree are set aside.",
        list(&parts)
    )
}
