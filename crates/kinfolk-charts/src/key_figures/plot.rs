//! The small plot of a key figure.

use kinfolk_disclosure::Released;
use kinfolk_model::Statistic;

use super::texts::{is_difference, is_share, tick_text};
use crate::canvas::{Area, Canvas, Stroke, Type};
use crate::figure::Svg;
use crate::layout::{Scale, ticks};
use crate::marks;
use crate::reading::Reading;

const PLOT_WIDTH: f64 = 160.0;
const PLOT_HEIGHT: f64 = 64.0;

/// Draws a figure with its interval above all authorities on a scale with three labels, 160 × 64
/// pixels; a hatched strip where it is withheld. `None` where there is no figure, where it is a plain
/// count, or where fewer than 20 stand behind a share.
pub fn key_figure_plot(figure: &Released, benchmark: Option<&Released>) -> Option<Svg> {
    let mut canvas = Canvas::picture(PLOT_WIDTH);
    draw_plot(&mut canvas, (0.0, 0.0), figure, benchmark)?;
    Some(canvas.finish(PLOT_HEIGHT))
}

/// Draws the plot with its top left corner there; `None` where there is nothing to draw.
pub(super) fn draw_plot(
    canvas: &mut Canvas,
    (left, top): (f64, f64),
    figure: &Released,
    benchmark: Option<&Released>,
) -> Option<()> {
    let reading = Reading(Some(figure));
    if figure.value().is_withheld() {
        canvas.hatch(Area {
            x: left,
            y: top + 8.0,
            width: PLOT_WIDTH,
            height: 16.0,
        });
        return Some(());
    }
    let value = reading.value()?;
    if figure.statistic() == Statistic::Count || (is_share(figure) && reading.is_small()) {
        return None;
    }
    let axis = Axis::of(figure, benchmark);
    // The scale leaves room for half a mark at both ends.
    let scale = axis.scale(left + 6.0, left + PLOT_WIDTH - 6.0);
    let base = top + 42.0;
    for (tick, label) in &axis.ticks {
        let x = scale.at(*tick);
        let is_zero = *tick == 0.0 && axis.marks_zero;
        let stroke = if is_zero { Stroke::BASE } else { Stroke::GRID };
        canvas.rule((x, top), (x, base), stroke);
        draw_tick_label(canvas, (left, base + 18.0), x, label);
    }
    canvas.rule((scale.from, base), (scale.to, base), Stroke::BASE);
    let (upper, lower) = (top + 11.0, top + 29.0);
    if let Some((low, high)) = reading.interval() {
        canvas.rule(
            (scale.at(low), upper),
            (scale.at(high), upper),
            Stroke::INTERVAL,
        );
    }
    marks::programme(canvas, (scale.at(value), upper));
    if let Some(all) = Reading(benchmark).value() {
        marks::benchmark(canvas, (scale.at(all), lower));
    }
    Some(())
}

/// Centred under its tick, but within the plot.
fn draw_tick_label(canvas: &mut Canvas, (left, base): (f64, f64), x: f64, label: &str) {
    let half = Type::LABEL.width(label) / 2.0;
    let centre = x.clamp(left + half, left + PLOT_WIDTH - half);
    canvas.text((centre, base), label, Type::LABEL.middle());
}

/// A scale with three labels.
struct Axis {
    ticks: Vec<(f64, String)>,
    marks_zero: bool,
}

impl Axis {
    fn of(figure: &Released, benchmark: Option<&Released>) -> Self {
        let ends = |released: &Released| {
            let (low, high) = released.interval().figure().unwrap_or((f64::MAX, f64::MIN));
            let value = released.value().figure().unwrap_or(0.0);
            (low.min(value), high.max(value))
        };
        let own = ends(figure);
        let (low, high) = benchmark
            .and_then(|all| all.value().figure())
            .map_or(own, |all| (own.0.min(all), own.1.max(all)));
        let is_difference = is_difference(figure);
        let values = if is_share(figure) && !is_difference {
            [0.0, 0.5, 1.0]
        } else if low < 0.0 {
            let reach = reach(low.abs().max(high.abs()) * 2.0) / 2.0;
            [-reach, 0.0, reach]
        } else {
            let reach = reach(high);
            [0.0, reach / 2.0, reach]
        };
        Self {
            ticks: values
                .map(|value| (value, tick_text(figure, value)))
                .to_vec(),
            marks_zero: is_difference,
        }
    }

    fn scale(&self, from: f64, to: f64) -> Scale {
        let end = |at: Option<&(f64, String)>| at.map_or(0.0, |(value, _)| *value);
        Scale {
            from,
            to,
            low: end(self.ticks.first()),
            high: end(self.ticks.last()),
        }
    }
}

/// A round number, no less than that, of which the half is round too.
fn reach(highest: f64) -> f64 {
    let top = ticks(highest).last().copied().unwrap_or(1.0);
    let step = 10f64.powf(top.log10().floor());
    [1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 20.0]
        .into_iter()
        .map(|factor| factor * step)
        .find(|reach| *reach >= highest - 1e-9)
        .unwrap_or(top)
}
