//! Who is still without the event, day by day? The share of either arm at the days that the study gives,
//! joined by straight lines: the programme's solid with its interval as a pale band, that of comparators
//! dashed with its limits dotted. The names stand at the right ends. Below, at the same days, stand the
//! children still followed without the event. An arm whose share is withheld at a day
//! has no line from there on, and `[c]` in the table.

use std::collections::BTreeSet;

use kinfolk_disclosure::{Release, Released};
use kinfolk_model::{Arm, Code, Group, Statistic, format, outcome_label};

use super::RECORDS;
use crate::canvas::{Canvas, Point, Stroke, Type, WIDTH};
use crate::figure::{DataCell, DataTable, Figure};
use crate::layout::{
    NotDrawn, Scale, body_row, group_row, numbers_column, words_cell, words_column,
};
use crate::marks::{self, Mark};
use crate::palette::{DARK_BLUE, INK, PALE_BLUE};
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
const ROW: f64 = 24.0;
const COMPARATOR_LIMIT: Stroke = Stroke::solid(INK, 1.5).dashed("2 3");

/// Those whom the table below the lines counts.
const LEFT_WORDS: &str = "Followed so far, without it";

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
}

/// One arm: at each day its share, and the children still followed without the event.
struct Curve<'a> {
    arm: Arm,
    shares: Vec<Reading<'a>>,
    counts: Vec<Reading<'a>>,
}

impl<'a> Curve<'a> {
    /// The shares up to the first that is not shown.
    fn shown(&self) -> impl Iterator<Item = &Reading<'a>> {
        self.shares
            .iter()
            .take_while(|share| share.value().is_some())
    }

    fn n(&self) -> Option<u64> {
        self.shares.first()?.denominator()
    }
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
        let arms = Arm::ALL.iter().map(|arm| {
            let group = |day: &i32| Group::of("outcome", outcome).and("day", &day.to_string());
            let share = |day: &i32| {
                Reading(release.in_arm(measure, *arm, &group(day), Statistic::Proportion))
            };
            let counts = |day: &i32| {
                Reading(release.in_arm("survival.at_risk", *arm, &group(day), Statistic::Count))
            };
            Curve {
                arm: *arm,
                shares: days.iter().map(share).collect(),
                counts: days.iter().map(counts).collect(),
            }
        });
        Some(Self {
            outcome,
            arms: arms.collect(),
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
        let across = Scale {
            from: LEFT,
            to: RIGHT,
            low: 0.0,
            high: f64::from(last.max(1)),
        };
        let up = Scale::shares(TOP + HEIGHT, TOP);
        let entries = [
            (Mark::ProgrammeLine, "programme, with 95% interval"),
            (Mark::ComparatorLine, "comparators, limits dotted"),
        ];
        marks::key(canvas, (0.0, 8.0), &entries);
        draw_grid(canvas, up);
        for curve in self.arms.iter().rev() {
            canvas.group(curve.arm.code(), |canvas| {
                self.draw_curve(canvas, curve, (across, up));
            });
        }
        self.draw_names(canvas, up);
        self.draw_counts(canvas, across)
    }

    fn draw_curve(&self, canvas: &mut Canvas, curve: &Curve<'_>, (across, up): (Scale, Scale)) {
        let shown = curve.shown().count();
        let steps = |value: &dyn Fn(&Reading<'_>) -> f64| -> Vec<Point> {
            let mut points = vec![(across.from, up.at(1.0))];
            for (day, share) in self.days.iter().zip(&curve.shares).take(shown) {
                points.push((across.at(f64::from(*day)), up.at(value(share))));
            }
            points
        };
        let low = steps(&|share| share.interval().map_or(1.0, |(low, _)| low));
        let high = steps(&|share| share.interval().map_or(1.0, |(_, high)| high));
        let middle = steps(&|share| share.value().unwrap_or(1.0));
        match curve.arm {
            Arm::Programme => {
                let band = low.iter().chain(high.iter().rev()).copied();
                canvas.shape(band.collect(), PALE_BLUE, DARK_BLUE);
                canvas.line(middle.clone(), marks::PROGRAMME_LINE);
                for point in middle.into_iter().skip(1) {
                    marks::programme(canvas, point);
                }
            }
            Arm::Comparator => {
                canvas.line(low, COMPARATOR_LIMIT);
                canvas.line(high, COMPARATOR_LIMIT);
                canvas.line(middle.clone(), marks::COMPARATOR_LINE);
                for point in middle.into_iter().skip(1) {
                    marks::comparator(canvas, point);
                }
            }
        }
    }

    /// The last shares stand at the right ends, pushed apart where they would touch.
    fn draw_names(&self, canvas: &mut Canvas, up: Scale) {
        let mut ends: Vec<(f64, Arm, f64)> = self
            .arms
            .iter()
            .filter_map(|curve| {
                let value = curve.shown().last()?.value()?;
                Some((up.at(value), curve.arm, value))
            })
            .collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut lowest = f64::NEG_INFINITY;
        for (y, arm, value) in ends {
            let y = y.max(lowest + LEADING);
            lowest = y + LEADING;
            let style = if arm == Arm::Programme {
                Type::FOCUS
            } else {
                Type::HEAD
            };
            canvas.text_about((RIGHT + 12.0, y - 10.0), arm.label(), Type::LABEL);
            canvas.text_about((RIGHT + 12.0, y + 10.0), &format::share(value), style);
            lowest += LEADING / 2.0;
        }
    }

    fn draw_counts(&self, canvas: &mut Canvas, across: Scale) -> f64 {
        let mut y = TOP + HEIGHT + LEADING;
        canvas.text((0.0, y), "Days", Type::HEAD);
        canvas.text((across.from, y), "0", Type::HEAD.middle());
        for day in &self.days {
            let x = across.at(f64::from(*day));
            canvas.text((x, y), &day.to_string(), Type::HEAD.middle());
        }
        y += ROW;
        canvas.text((0.0, y), LEFT_WORDS, Type::HEAD);
        for curve in &self.arms {
            y += ROW;
            canvas.text((0.0, y), curve.arm.label(), Type::LABEL);
            for (day, count) in self.days.iter().zip(&curve.counts) {
                let x = across.at(f64::from(*day));
                canvas.text((x, y), &count.count_cell().text, Type::LABEL.middle());
            }
        }
        y + 8.0
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
        let n = |arm: usize| {
            let n = self.arms.get(arm).and_then(Curve::n);
            n.map_or_else(|| format::WITHHELD.to_owned(), format::count)
        };
        let words = format!(
            "n\u{a0}=\u{a0}{} children of the programme and {} comparators",
            n(0),
            n(1)
        );
        let hides = self
            .arms
            .iter()
            .any(|arm| arm.shown().count() < arm.shares.len());
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
        for curve in &self.arms {
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
            let counts = curve.counts.iter().map(|count| count.count_cell());
            rows.push(line(LEFT_WORDS, counts.collect()));
        }
        DataTable { columns, rows }
    }
}

/// Shares from 0 to 100%.
fn draw_grid(canvas: &mut Canvas, up: Scale) {
    canvas.group("axis", |canvas| {
        for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
            let y = up.at(share);
            let stroke = if share == 0.0 {
                Stroke::BASE
            } else {
                Stroke::GRID
            };
            canvas.rule((LEFT, y), (RIGHT, y), stroke);
            canvas.text_about((LEFT - 10.0, y), &format::share(share), Type::LABEL.end());
        }
    });
}
