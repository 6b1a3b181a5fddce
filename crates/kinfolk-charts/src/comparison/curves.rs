//! Two arms over time: at set days a share of either, joined by straight lines. The programme's line is
//! solid with its interval as a pale band, that of comparators dashed with its limits dotted.

use kinfolk_model::{Arm, Code, format};

use crate::canvas::{Canvas, Point, Stroke, Type};
use crate::layout::Scale;
use crate::marks::{self, Mark};
use crate::palette::{DARK_BLUE, INK, PALE_BLUE};
use crate::reading::Reading;
use crate::text::LEADING;

/// The key of the lines.
pub(super) const KEY: [(Mark, &str); 2] = [
    (Mark::ProgrammeLine, "programme, with 95% interval"),
    (Mark::ComparatorLine, "comparators, limits dotted"),
];
/// Those whom the table below the lines counts.
pub(super) const LEFT_WORDS: &str = "Followed so far, without it";
const COMPARATOR_LIMIT: Stroke = Stroke::solid(INK, 1.5).dashed("2 3");
const ROW: f64 = 24.0;

/// The share of an arm at each day.
pub(super) struct Curve<'a> {
    pub(super) arm: Arm,
    pub(super) shares: Vec<Reading<'a>>,
}

impl<'a> Curve<'a> {
    /// The shares up to the first that is not shown.
    pub(super) fn shown(&self) -> impl Iterator<Item = &Reading<'a>> {
        self.shares
            .iter()
            .take_while(|share| share.value().is_some())
    }

    /// Out of how many.
    fn n(&self) -> Option<u64> {
        self.shares.first()?.denominator()
    }

    /// Whether a share is not shown.
    pub(super) fn hides(&self) -> bool {
        self.shown().count() < self.shares.len()
    }
}

/// How many children either arm is of, as sources say it.
pub(super) fn n_of_both(arms: &[Curve<'_>]) -> String {
    let n = |arm: usize| {
        let n = arms.get(arm).and_then(Curve::n);
        n.map_or_else(|| format::WITHHELD.to_owned(), format::count)
    };
    format!(
        "n\u{a0}=\u{a0}{} children of the programme and {} comparators",
        n(0),
        n(1)
    )
}

/// Where lines are drawn, and from which share on the first day.
#[derive(Clone, Copy)]
pub(super) struct Plot<'d> {
    /// What the names of its groups begin with; empty where there is one plot.
    pub(super) name: &'d str,
    pub(super) days: &'d [i32],
    pub(super) across: Scale,
    pub(super) up: Scale,
    pub(super) start: f64,
}

impl Plot<'_> {
    /// A line at each share, with its name to the left.
    pub(super) fn draw_grid(&self, canvas: &mut Canvas, shares: &[f64]) {
        canvas.group(&format!("{}axis", self.name), |canvas| {
            for &share in shares {
                let y = self.up.at(share);
                let stroke = if share == 0.0 {
                    Stroke::BASE
                } else {
                    Stroke::GRID
                };
                let (left, right) = (self.across.from, self.across.to);
                canvas.rule((left, y), (right, y), stroke);
                canvas.text_about((left - 10.0, y), &format::share(share), Type::LABEL.end());
            }
        });
    }

    /// The lines, that of the programme above.
    pub(super) fn draw_curves(&self, canvas: &mut Canvas, curves: &[Curve<'_>]) {
        for curve in curves.iter().rev() {
            let name = format!("{}{}", self.name, curve.arm.code());
            canvas.group(&name, |canvas| self.draw_curve(canvas, curve));
        }
    }

    fn draw_curve(&self, canvas: &mut Canvas, curve: &Curve<'_>) {
        let points = |value: &dyn Fn(&Reading<'_>) -> f64| -> Vec<Point> {
            let mut points = vec![(self.across.from, self.up.at(self.start))];
            for (day, share) in self.days.iter().zip(curve.shown()) {
                points.push((self.across.at(f64::from(*day)), self.up.at(value(share))));
            }
            points
        };
        let low = points(&|share| share.interval().map_or(self.start, |(low, _)| low));
        let high = points(&|share| share.interval().map_or(self.start, |(_, high)| high));
        let middle = points(&|share| share.value().unwrap_or(self.start));
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

    /// The last shares from above, at heights so far apart.
    pub(super) fn ends(&self, curves: &[Curve<'_>], apart: f64) -> Vec<(f64, Arm, f64)> {
        let mut ends: Vec<(f64, Arm, f64)> = curves
            .iter()
            .filter_map(|curve| {
                let value = curve.shown().last()?.value()?;
                Some((self.up.at(value), curve.arm, value))
            })
            .collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut lowest = f64::NEG_INFINITY;
        for end in &mut ends {
            end.0 = end.0.max(lowest + apart);
            lowest = end.0;
        }
        ends
    }

    /// The days, and below them the children of either arm who are still followed; the lower end.
    pub(super) fn draw_counts(
        &self,
        canvas: &mut Canvas,
        words: &str,
        arms: &[(Arm, Vec<Reading<'_>>)],
    ) -> f64 {
        let mut y = self.up.from + LEADING;
        canvas.text((0.0, y), "Days", Type::HEAD);
        canvas.text((self.across.from, y), "0", Type::HEAD.middle());
        for day in self.days {
            let x = self.across.at(f64::from(*day));
            canvas.text((x, y), &day.to_string(), Type::HEAD.middle());
        }
        y += ROW;
        canvas.text((0.0, y), words, Type::HEAD);
        for (arm, counts) in arms {
            y += ROW;
            canvas.text((0.0, y), arm.label(), Type::LABEL);
            for (day, count) in self.days.iter().zip(counts) {
                let x = self.across.at(f64::from(*day));
                canvas.text((x, y), &count.count_cell().text, Type::LABEL.middle());
            }
        }
        y + 8.0
    }
}

/// How a word for the style of an arm's figure is set.
pub(super) fn style_of(arm: Arm) -> Type {
    match arm {
        Arm::Programme => Type::FOCUS,
        Arm::Comparator => Type::HEAD,
    }
}
