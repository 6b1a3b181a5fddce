//! Children at each step, and why fewer are at the next.

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{Code, EndReason, Group, Statistic, format};

use crate::canvas::{Area, Canvas, Stroke, Type};
use crate::figure::{DataTable, Figure};
use crate::layout::{
    GUTTER, Labels, NotDrawn, Scale, body_row, numbers_column, words_cell, words_column,
};
use crate::marks::{self, Mark};
use crate::palette::{DARK_BLUE, WHITE};
use crate::reading::{FEWEST_TO_DRAW, Reading, count};
use crate::text::LEADING;
use crate::wording::{WITHHELD_NOTE, fitting_title, in_sentence, n_is, source};

const ID: &str = "flow";
const PITCH: f64 = 46.0;
const BAR: f64 = 32.0;
const TOP: f64 = 26.0;
/// Where the bars may end.
const BARS_END: f64 = 384.0;
/// Where the numbers lost end; their reasons begin a gap further right.
const LOST_END: f64 = 428.0;
const REASONS: f64 = 436.0;

/// Draws the bars from referred to followed up, with the reasons for each loss. `None` when the
/// study has no steps.
pub fn draw_flow(release: &Release) -> Option<Figure> {
    let steps = steps(release);
    let first = steps.first()?;
    let by = format::day(release.settings().period.end);
    let place = release.settings().place();
    let subtitle = format!("Children at each step by {by}, {place}");
    let Some(referred) = first.children.value().filter(|n| *n >= FEWEST_TO_DRAW) else {
        let reason = source(
            release,
            "Practice Summaries",
            "Too few children were referred to be shown",
            &["The steps can be shown once at least 10 children were referred."],
        );
        return Some(
            NotDrawn {
                id: ID,
                subject: "Children at each step",
                subtitle,
                reason,
            }
            .figure(),
        );
    };
    let (canvas, height) = draw(&steps);
    let hides = steps.iter().any(Step::hides);
    let n = format!("{}\u{a0}children referred", n_is(referred.round() as u64));
    let mut notes = Vec::new();
    if steps.iter().any(Step::lacks_reasons) {
        notes.push("Some reasons are not shown, to protect children.");
    }
    if hides {
        notes.push(WITHHELD_NOTE);
    }
    Some(Figure {
        id: ID,
        title: title(release, &steps),
        subtitle,
        source: source(release, "Practice Summaries", &n, &notes),
        alt: alt(&steps),
        body: canvas.finish(height),
        table: table(&steps),
    })
}

/// One step.
struct Step<'a> {
    code: String,
    label: String,
    children: Reading<'a>,
    lost: Reading<'a>,
    /// Why, most frequent first, withheld ones last.
    reasons: Vec<(String, Reading<'a>)>,
}

impl Step<'_> {
    /// Whether there is a loss to speak of.
    fn has_loss(&self) -> bool {
        self.lost.0.is_some() && self.lost.value() != Some(0.0)
    }

    /// Whether there is a loss without a word about why.
    fn lacks_reasons(&self) -> bool {
        self.lost.value() > Some(0.0) && self.reasons.is_empty()
    }

    fn hides(&self) -> bool {
        let reasons = self.reasons.iter().map(|(_, reading)| *reading);
        self.children.is_hidden()
            || reasons
                .chain(self.lost.0.map(|released| Reading(Some(released))))
                .any(Reading::is_hidden)
    }

    /// What stands beside the bar.
    fn reason_lines(&self) -> Vec<String> {
        let shown = |(words, reading): &(String, Reading<'_>)| {
            Some((words.clone(), count(reading.value()?)))
        };
        let named: Vec<(String, String)> = self.reasons.iter().filter_map(shown).collect();
        let is_split = self.reasons.len() > named.len();
        match named.as_slice() {
            [] if is_split => vec![format!("reasons not shown {}", format::WITHHELD)],
            [] => Vec::new(),
            [(words, _)] if !is_split => vec![words.clone()],
            [(one, n), (two, m)] if !is_split => vec![format!("{n} {one}"), format!("{m} {two}")],
            [(one, n), ..] => vec![
                format!("{n} {one}"),
                "the rest for other reasons".to_owned(),
            ],
        }
    }
}

fn steps(release: &Release) -> Vec<Step<'_>> {
    release
        .rows("reach.flow")
        .iter()
        .map(|row| {
            let group = Group::of("step", &row.code);
            Step {
                code: row.code.clone(),
                label: row.label.clone(),
                children: Reading::of(release, "reach.flow", &group, Statistic::Count),
                lost: Reading::of(release, "reach.flow_loss", &group, Statistic::Count),
                reasons: reasons(release, &row.code),
            }
        })
        .filter(|step| step.children.0.is_some())
        .collect()
}

fn reasons<'a>(release: &'a Release, step: &str) -> Vec<(String, Reading<'a>)> {
    let mut reasons: Vec<_> = release
        .of("reach.flow_loss")
        .filter(|released| released.group().get("step") == Some(step))
        .filter_map(|released| {
            let reason = released.group().get("reason")?;
            Some((reason_words(step, reason), Reading(Some(released))))
        })
        .filter(|(_, reading)| reading.value() != Some(0.0))
        .collect();
    reasons.sort_by(|(_, one), (_, two)| {
        let size = |reading: &Reading<'_>| reading.value().unwrap_or(-1.0);
        size(two).total_cmp(&size(one))
    });
    reasons
}

fn reason_words(step: &str, reason: &str) -> String {
    let words = match (reason, step) {
        ("not_yet", "started") => "have not started yet",
        ("not_yet", "conference") => "have had no conference yet",
        ("not_yet", "plan" | "conference_to_plan") => "have no plan yet",
        ("not_yet", "review") => "have had no review yet",
        ("not_yet", _) => "are not that far yet",
        ("adopted", _) => "adopted or guardianship",
        ("other", _) => "left for another reason",
        _ => return reason_label(reason),
    };
    words.to_owned()
}

fn reason_label(reason: &str) -> String {
    EndReason::ALL
        .iter()
        .find(|known| known.code() == reason)
        .map_or(reason.replace('_', " "), |known| in_sentence(known.label()))
}

fn draw(steps: &[Step<'_>]) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(ID);
    let labels = Labels::of(steps.iter().map(|step| step.label.as_str()));
    let left = labels.width + GUTTER;
    let highest = steps.iter().filter_map(|step| step.children.value());
    let scale = Scale::up_to(highest.fold(0.0, f64::max), left, BARS_END);
    marks::key(
        &mut canvas,
        (0.0, 8.0),
        &[
            (Mark::Swatch(DARK_BLUE, DARK_BLUE), "children at this step"),
            (Mark::Swatch(WHITE, DARK_BLUE), "left, or not there yet"),
        ],
    );
    let mut top = TOP + 4.0;
    for (at, step) in steps.iter().enumerate() {
        let reasons: Vec<String> = step
            .reason_lines()
            .iter()
            .flat_map(|line| Type::LABEL.wrap(line, crate::canvas::WIDTH - REASONS))
            .collect();
        let lines = reasons.len() as f64 * LEADING + 6.0;
        let height = labels.height(at, PITCH).max(lines);
        let middle = top + BAR / 2.0 + (height - PITCH) / 2.0;
        canvas.group(&step.code, |canvas| {
            labels.draw(canvas, at, middle);
            draw_bar(canvas, step, scale, middle);
            if step.has_loss() {
                draw_loss(canvas, step, &reasons, middle);
            }
        });
        top += height;
    }
    let bottom = top - PITCH + BAR + 4.0;
    canvas.rule((left, TOP), (left, bottom), Stroke::BASE);
    (canvas, bottom)
}

fn draw_bar(canvas: &mut Canvas, step: &Step<'_>, scale: Scale, middle: f64) {
    let Some(children) = step.children.value() else {
        canvas.text_about(
            (scale.from + 8.0, middle),
            step.children.sign(),
            Type::LABEL,
        );
        return;
    };
    let end = scale.at(children);
    let bar = Area {
        x: scale.from,
        y: middle - BAR / 2.0,
        width: end - scale.from,
        height: BAR,
    };
    canvas.bar(bar, DARK_BLUE, None);
    let mut right = end;
    if let Some(lost) = step.lost.value().filter(|lost| *lost > 0.0) {
        right = scale.at(children + lost);
        let piece = Area {
            x: end,
            width: right - end,
            ..bar
        };
        canvas.bar(piece, WHITE, Some(DARK_BLUE));
    }
    let words = count(children);
    if bar.width >= Type::INSIDE_DARK.width(&words) + 18.0 {
        canvas.text_about((scale.from + 10.0, middle), &words, Type::INSIDE_DARK);
    } else {
        canvas.text_about((right + 8.0, middle), &words, Type::FOCUS);
    }
}

/// A number that is rounded by itself is no difference of the steps, so it is not written.
fn draw_loss(canvas: &mut Canvas, step: &Step<'_>, reasons: &[String], middle: f64) {
    let words = match step.lost.value() {
        None => step.lost.sign().to_owned(),
        Some(_) if step.lost.0.is_some_and(Released::is_rounded) => String::new(),
        Some(lost) => format::signed(-lost, 0),
    };
    canvas.text_about((LOST_END, middle), &words, Type::HEAD.end());
    canvas.lines_about((REASONS, middle), reasons, Type::LABEL);
}

fn title(release: &Release, steps: &[Step<'_>]) -> String {
    let reached = steps
        .iter()
        .rev()
        .find_map(|step| Some((step, step.children.value().filter(|n| *n > 0.0)?)));
    let referred = steps.first().and_then(|step| step.children.value());
    let (Some((last, n)), Some(referred)) = (reached, referred) else {
        return "Children at each step".to_owned();
    };
    let phrase = step_phrase(release, last, n);
    let (referred, reached) = (count(referred), count(n));
    fitting_title(&[
        format!("Of {referred} children referred, {reached} {phrase}"),
        format!("{referred} children were referred"),
    ])
}

fn step_phrase(release: &Release, step: &Step<'_>, n: f64) -> String {
    let (have, were) = if n == 1.0 {
        ("has", "was")
    } else {
        ("have", "were")
    };
    match step.code.as_str() {
        "referred" => format!("{were} referred"),
        "started" => format!("{have} started"),
        "conference" => format!("{have} had a conference"),
        "plan" | "conference_to_plan" => format!("{have} a plan"),
        "review" => format!("{have} had the plan reviewed"),
        "followed_up" | "review_to_followed_up" => match release.settings().follow_up_days {
            365 | 366 => format!("{have} been followed for a year"),
            days => format!("{have} been followed for {days} days"),
        },
        _ => format!(
            "reached the step \u{2018}{}\u{2019}",
            in_sentence(&step.label)
        ),
    }
}

fn alt(steps: &[Step<'_>]) -> String {
    let shown: Vec<String> = steps
        .iter()
        .filter_map(|step| {
            let children = step.children.value()?;
            Some(format!("{} {}", in_sentence(&step.label), count(children)))
        })
        .collect();
    format!(
        "{} bars, one for each step, with the reasons why fewer children are at the next. Children: {}.",
        steps.len(),
        shown.join(", ")
    )
}

fn table(steps: &[Step<'_>]) -> DataTable {
    let mut rows = Vec::new();
    for step in steps {
        let row = |what: String, reading: Reading<'_>| {
            body_row(vec![
                words_cell(&step.label),
                words_cell(what),
                reading.count_cell(),
            ])
        };
        rows.push(row("At this step".to_owned(), step.children));
        if step.has_loss() {
            rows.push(row("Lost since the step before".to_owned(), step.lost));
            for (words, reading) in &step.reasons {
                rows.push(row(format!("Lost: {words}"), *reading));
            }
        }
    }
    DataTable {
        columns: vec![
            words_column("Step"),
            words_column("What is counted"),
            numbers_column("Children"),
        ],
        rows,
    }
}
