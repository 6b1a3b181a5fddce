//! Who is still without the event, day by day? The share of either arm at the days that the study gives,
//! joined by straight lines: the programme's solid with its interval as a pale band, that of comparators
//! dashed with its limits dotted. The names stand at the right ends. Below, at the same days, stand the
//! children still followed without the event. An arm whose share is withheld at a day
//! has no line from there on, and `[c]` in the table.

use std::collections::BTreeSet;

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{Arm, Code, Group, Statistic, format, outcome_label};

use super::RECORDS;
use super::curves::{Curve, KEY, LEFT_WORDS, Plot, n_of_both, style_of};
use crate::canvas::{Canvas, Type, WIDTH};
use crate::figure::{DataCell, DataTable, Figure};
use crate::layout::{
    NotDrawn, Scale, body_row, group_row, numbers_column, words_cell, words_column,
};
use crate::marks;
use crate::reading::Reading;
use crate::text::LEADING;
use crate::wording::{WITHHELD_NOTE, fitting_title, place_and_period, source};

const ID: &str = "survival";
const HEIGHT: f64 = 220.0;
/// Where the plot begins; labels of the table stand left of it.
const LEFT: f64 = 176.0;
/// Right of the plot stand the names of the lines.
const RIGHT: f64 = WIDTH - 120.0;
const TOP: f64 = 32.0;

/// Draws the first outcome of events. `None` when no outcome comes from events.
pub fn draw_survival(release: &Release) -> Option<Figure> {
    let curves = Curves::of(release)?;
    let subtitle = format!("{}, {}", curves.subject(), place_and_period(release));
    if curves.arms.iter().all(|arm| arm.shown().count() == 0) {
        return Some(not_drawn(release, subtitle).figure());
    }
    let mut canvas = Canvas::chart(ID);
    let bottom = curves.draw(&mut canvas);
    Some(Figure {
        id: ID,
        title: curves.title(),
        subtitle,
        source: curves.source(release),
        alt: curves.alt(),
        body: canvas.finish(bottom),
        table: curves.table(),
    })
}

fn not_drawn(release: &Release, subtitle: String) -> NotDrawn {
    NotDrawn {
        id: ID,
        subject: "Who is still without the event",
        subtitle,
        reason: source(
            release,
            RECORDS,
            "Too few children change between two days to be shown",
            &["They can be shown once more do, for example over several years."],
        ),
    }
}

/// Both arms in one outcome.
struct Curves<'a> {
    outcome: &'a str,
    days: Vec<i32>,
    arms: Vec<Curve<'a>>,
    /// Of either arm, at each day, the children still followed without the event.
    counts: Vec<(Arm, Vec<Reading<'a>>)>,
}

impl<'a> Curves<'a> {
    fn of(release: &'a Release) -> Option<Self> {
        let is_curve = |released: &&Released| {
            matches!(released.measure(), "stability.survival" | "survival.curve")
                && released.statistic() == Statistic::Proportion
                && released.group().get("outcome").is_some()
        };
        let first = release.records().iter().find(is_curve)?;
        let (measure, outcome) = (first.measure(), first.group().get("outcome")?);
        let of_outcome = |released: &&Released| released.group().get("outcome") == Some(outcome);
        let days: BTreeSet<i32> = release
            .of(measure)
            .filter(of_outcome)
            .filter_map(|released| released.group().get("day")?.parse().ok())
            .collect();
        let days: Vec<i32> = days.into_iter().collect();
        let read = |measure: &str, arm: Arm, kind| {
            let day = |day: &i32| {
                let group = Group::of("outcome", outcome).and("day", &day.to_string());
                Reading(release.in_arm(measure, arm, &group, kind))
            };
            days.iter().map(day).collect()
        };
        let arms = Arm::ALL.iter().map(|arm| Curve {
            arm: *arm,
            shares: read(measure, *arm, Statistic::Proportion),
        });
        let counts = Arm::ALL
            .iter()
            .map(|arm| (*arm, read("survival.at_risk", *arm, Statistic::Count)));
        Some(Self {
            outcome,
            arms: arms.collect(),
            counts: counts.collect(),
            days,
        })
    }

    /// `Share of children who have not moved`, or of another event.
    fn subject(&self) -> String {
        match self.outcome {
            "same_home" => "Share of children who have not moved".to_owned(),
            other => format!(
                "Share of children without: {}",
                outcome_label(other).to_lowercase()
            ),
        }
    }

    fn draw(&self, canvas: &mut Canvas) -> f64 {
        let last = self.days.last().copied().unwrap_or(1);
        let plot = Plot {
            name: "",
            days: &self.days,
            across: Scale {
                from: LEFT,
                to: RIGHT,
                low: 0.0,
                high: f64::from(last.max(1)),
            },
            up: Scale::shares(TOP + HEIGHT, TOP),
            start: 1.0,
        };
        marks::key(canvas, (0.0, 8.0), &KEY);
        plot.draw_grid(canvas, &[0.0, 0.25, 0.5, 0.75, 1.0]);
        plot.draw_curves(canvas, &self.arms);
        // The last shares stand at the right ends, pushed apart where they would touch.
        for (y, arm, value) in plot.ends(&self.arms, 2.5 * LEADING) {
            canvas.text_about((RIGHT + 12.0, y - 10.0), arm.label(), Type::LABEL);
            let share = format::share(value);
            canvas.text_about((RIGHT + 12.0, y + 10.0), &share, style_of(arm));
        }
        plot.draw_counts(canvas, LEFT_WORDS, &self.counts)
    }

    fn title(&self) -> String {
        let last = |arm: usize| self.arms.get(arm)?.shares.last()?.value();
        let words = match self.outcome {
            "same_home" => "had not moved".to_owned(),
            other => format!("were without: {}", outcome_label(other).to_lowercase()),
        };
        match (last(0), last(1), self.days.last()) {
            (Some(programme), Some(comparators), Some(day)) => fitting_title(&[
                format!(
                    "After {day} days {} of the programme and {} of comparators {words}",
                    format::share(programme),
                    format::share(comparators)
                ),
                format!(
                    "After {day} days: {} against {}",
                    format::share(programme),
                    format::share(comparators)
                ),
            ]),
            _ => self.subject(),
        }
    }

    fn source(&self, release: &Release) -> String {
        let words = n_of_both(&self.arms);
        let hides = self.arms.iter().any(Curve::hides);
        let mut notes = vec![
            "Who left care otherwise counts as no longer followed.",
            "Read at the days shown only.",
        ];
        notes.extend(hides.then_some(WITHHELD_NOTE));
        source(release, RECORDS, &words, &notes)
    }

    fn alt(&self) -> String {
        let told: Vec<String> = self
            .arms
            .iter()
            .map(|curve| {
                let shares: Vec<String> = self
                    .days
                    .iter()
                    .zip(curve.shown())
                    .map(|(day, share)| format!("{} after {day} days", share.share_text()))
                    .collect();
                format!("{}: {}", curve.arm.label(), shares.join(", "))
            })
            .collect();
        format!("{} in two lines. {}.", self.subject(), told.join("; "))
    }

    fn table(&self) -> DataTable {
        let mut columns = vec![words_column("Arm")];
        let heads = self.days.iter().map(|day| format!("{day} days"));
        columns.extend(heads.map(|head| numbers_column(&head)));
        let mut rows = Vec::new();
        for (curve, (_, counts)) in self.arms.iter().zip(&self.counts) {
            rows.push(group_row(curve.arm.label(), columns.len()));
            let line = |head: &str, cells: Vec<DataCell>| {
                body_row(std::iter::once(words_cell(head)).chain(cells).collect())
            };
            let shares = curve
                .shares
                .iter()
                .map(|share| share.share_cell())
                .collect();
            let ends = curve
                .shares
                .iter()
                .map(|share| share.interval_cell())
                .collect();
            rows.push(line("Share", shares));
            rows.push(line("95% interval", ends));
            let counts = counts.iter().map(|count| count.count_cell());
            rows.push(line(LEFT_WORDS, counts.collect()));
        }
        DataTable { columns, rows }
    }
}
