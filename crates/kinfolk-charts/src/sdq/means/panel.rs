//! One panel of means: plot above, rows of numbers below.

use kinfolk_model::{Code, SdqWave, Settings, format};

use super::{Panel, Point, drawn};
use crate::canvas::{Canvas, Stroke, Type};
use crate::layout::{GUTTER, Scale};
use crate::marks;
use crate::palette::DARK_BLUE;
use crate::reading::Reading;
use crate::sdq::waves::reported_by;
use crate::text::{self, LEADING, TEXT_SIZE, Weight};

/// The height of a plot.
const PLOT: f64 = 136.0;
/// Room for the name of a panel.
const NAME: f64 = 32.0;
/// Room for the name of England's line at the right of the plot.
const ENGLAND: f64 = 116.0;
/// The distance between the two marks of one wave.
const APART: f64 = 16.0;
/// The widest that a wave is set.
const WIDEST_WAVE: f64 = 180.0;
/// The line through the means of everyone.
const LINE: Stroke = Stroke::solid(DARK_BLUE, 2.5);
/// The steps between ticks, and how many there may be.
const STEPS: [f64; 4] = [1.0, 2.0, 5.0, 10.0];
const MOST_STEPS: f64 = 5.0;
/// The lowest and the highest total.
const RANGE: (f64, f64) = (0.0, 40.0);

/// Where a panel stands.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
}

/// The scale of all panels: its ends, and the step between ticks.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    step: f64,
}

impl Axis {
    /// Holds every interval and line that is drawn, between multiples of the step.
    pub(super) fn of(panels: &[Panel<'_>]) -> Self {
        let points = panels.iter().flat_map(|panel| &panel.points);
        let values: Vec<f64> = points.flat_map(values).collect();
        let low = values.iter().copied().fold(RANGE.1, f64::min);
        let high = values.iter().copied().fold(RANGE.0, f64::max);
        let n_steps = |step: f64| (high / step).ceil() - (low / step).floor();
        let step = STEPS.into_iter().find(|step| n_steps(*step) <= MOST_STEPS);
        let step = step.unwrap_or(RANGE.1 / 4.0);
        let low = ((low / step).floor() * step).max(RANGE.0);
        let high = ((high / step).ceil() * step).clamp(low + step, RANGE.1.max(low + step));
        Self { low, high, step }
    }

    /// `Scale shown from 10 to 25.`, where it does not begin at 0.
    pub(super) fn note(self) -> Option<String> {
        let whole = |value: f64| format::number(value, 0);
        (self.low > RANGE.0).then(|| {
            format!(
                "Scale shown from {} to {}.",
                whole(self.low),
                whole(self.high)
            )
        })
    }

    fn ticks(self) -> Vec<f64> {
        let n = ((self.high - self.low) / self.step).round() as u32;
        (0..=n)
            .map(|at| self.low + f64::from(at) * self.step)
            .collect()
    }
}

/// Everything of a wave that takes room on the scale.
fn values(point: &Point<'_>) -> Vec<f64> {
    let means = [point.everyone, point.completers]
        .into_iter()
        .filter_map(|mean| {
            let value = drawn(mean)?;
            let (low, high) = mean.interval().unwrap_or((value, value));
            Some([low.min(value), high.max(value)])
        });
    let england = point.england.value().into_iter();
    means.flatten().chain(england).collect()
}

/// A row of numbers below the plot.
struct Row {
    head: &'static str,
    cells: Vec<(String, Type)>,
}

/// Draws a panel; gives its bottom.
pub(super) fn draw(
    canvas: &mut Canvas,
    settings: &Settings,
    panel: &Panel<'_>,
    frame: Frame,
    axis: Axis,
) -> f64 {
    let rows = rows(panel);
    let top = frame.top + NAME;
    let scale = Scale {
        from: top + PLOT,
        to: top,
        low: axis.low,
        high: axis.high,
    };
    let left = frame.left + heads_width(&rows);
    let right = match panel.has_england() {
        true => frame.right - ENGLAND - GUTTER,
        false => frame.right,
    };
    let columns = Columns::of((left, right), panel.points.len());
    canvas.text(
        (frame.left, frame.top + 13.0),
        reported_by(panel.informant),
        Type::HEAD,
    );
    canvas.group(panel.informant.code(), |canvas| {
        draw_axis(canvas, axis, scale, (columns.left, columns.right()));
        draw_england(canvas, panel, scale, &columns);
        draw_means(canvas, panel, scale, &columns);
    });
    draw_rows(
        canvas,
        settings,
        panel,
        &rows,
        (frame.left, top + PLOT),
        &columns,
    )
}

/// The least width in which no two numbers of a panel meet.
pub(super) fn least_width(panel: &Panel<'_>) -> f64 {
    let rows = rows(panel);
    let cells = rows.iter().flat_map(|row| &row.cells);
    let widest = cells
        .map(|(words, style)| style.width(words))
        .fold(0.0, f64::max);
    heads_width(&rows) + panel.points.len() as f64 * (widest + 8.0)
}

/// The room left of the plot.
fn heads_width(rows: &[Row]) -> f64 {
    let heads = rows.iter().map(|row| row.head);
    text::widest(heads, TEXT_SIZE, Weight::Semibold) + GUTTER + 8.0
}

/// The waves from left to right, each as wide as the others.
struct Columns {
    left: f64,
    width: f64,
    n: usize,
}

impl Columns {
    fn of((left, right): (f64, f64), n: usize) -> Self {
        let width = ((right - left) / n.max(1) as f64).min(WIDEST_WAVE);
        Self { left, width, n }
    }

    fn middle(&self, at: usize) -> f64 {
        self.left + (at as f64 + 0.5) * self.width
    }

    fn right(&self) -> f64 {
        self.left + self.n as f64 * self.width
    }
}

fn draw_axis(canvas: &mut Canvas, axis: Axis, scale: Scale, (left, right): (f64, f64)) {
    for (at, tick) in axis.ticks().into_iter().enumerate() {
        let y = scale.at(tick);
        let stroke = if at == 0 { Stroke::BASE } else { Stroke::GRID };
        canvas.rule((left, y), (right, y), stroke);
        let label = format::number(tick, 0);
        canvas.text_about((left - 8.0, y), &label, Type::LABEL.end());
    }
}

/// A dashed line from wave to wave, named at its right end.
fn draw_england(canvas: &mut Canvas, panel: &Panel<'_>, scale: Scale, columns: &Columns) {
    let known: Vec<(f64, f64)> = panel
        .points
        .iter()
        .enumerate()
        .filter_map(|(at, point)| Some((columns.middle(at), scale.at(point.england.value()?))))
        .collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else {
        return;
    };
    let half = columns.width / 2.0;
    let line = [(first.0 - half, first.1)]
        .into_iter()
        .chain(known.iter().copied())
        .chain([(last.0 + half, last.1)]);
    canvas.line(line.collect(), marks::NATIONAL);
    let name = match panel.is_same_mix {
        true => "England, same ages and sexes",
        false => "England, children in care",
    };
    let lines = Type::LABEL.wrap(name, ENGLAND);
    let reach = lines.len() as f64 * LEADING / 2.0;
    let middle = last
        .1
        .clamp(scale.to + reach - 6.0, scale.from - reach + 6.0);
    canvas.lines_about((columns.right() + 8.0, middle), &lines, Type::LABEL);
}

fn draw_means(canvas: &mut Canvas, panel: &Panel<'_>, scale: Scale, columns: &Columns) {
    let apart = if panel.has_completers() {
        APART / 2.0
    } else {
        0.0
    };
    if apart > 0.0 {
        let completers = along(panel, columns, apart, |point| point.completers);
        draw_line(canvas, &completers, scale, marks::COMPLETERS.dashed("4 3"));
        for (centre, mean) in completers.into_iter().flatten() {
            draw_interval(canvas, mean, centre, scale, marks::COMPLETERS);
            marks::completers(canvas, (centre, scale.at(mean.value().unwrap_or_default())));
        }
    }
    let everyone = along(panel, columns, -apart, |point| point.everyone);
    draw_line(canvas, &everyone, scale, LINE);
    for (centre, mean) in everyone.into_iter().flatten() {
        draw_interval(canvas, mean, centre, scale, Stroke::INTERVAL);
        marks::programme(canvas, (centre, scale.at(mean.value().unwrap_or_default())));
    }
}

/// The means that are drawn, each with its place; a gap where one is not.
fn along<'a>(
    panel: &Panel<'a>,
    columns: &Columns,
    aside: f64,
    pick: impl Fn(&Point<'a>) -> Reading<'a>,
) -> Vec<Option<(f64, Reading<'a>)>> {
    let place = |(at, point): (usize, &Point<'a>)| {
        let mean = pick(point);
        drawn(mean).map(|_| (columns.middle(at) + aside, mean))
    };
    panel.points.iter().enumerate().map(place).collect()
}

/// Joins neighbours; stops at a gap.
fn draw_line(
    canvas: &mut Canvas,
    means: &[Option<(f64, Reading<'_>)>],
    scale: Scale,
    stroke: Stroke,
) {
    for pair in means.windows(2) {
        if let [Some((x0, one)), Some((x1, two))] = pair
            && let (Some(one), Some(two)) = (one.value(), two.value())
        {
            canvas.rule((*x0, scale.at(one)), (*x1, scale.at(two)), stroke);
        }
    }
}

fn draw_interval(canvas: &mut Canvas, mean: Reading<'_>, x: f64, scale: Scale, stroke: Stroke) {
    if let Some((low, high)) = mean.interval() {
        canvas.rule((x, scale.at(low)), (x, scale.at(high)), stroke);
    }
}

fn rows(panel: &Panel<'_>) -> Vec<Row> {
    let means = |pick: fn(&Point<'_>) -> String, style| {
        let cells = panel.points.iter().map(|point| (pick(point), style));
        cells.collect::<Vec<_>>()
    };
    let has_completers = panel.has_completers();
    let mut rows = vec![
        Row {
            head: if has_completers { "Everyone" } else { "Mean" },
            cells: means(|point| mean_text(point.everyone), Type::FOCUS),
        },
        Row {
            head: "n",
            cells: means(|point| n_text(point.everyone), Type::LABEL),
        },
    ];
    if has_completers {
        rows.push(Row {
            head: "Every score",
            cells: means(|point| mean_text(point.completers), Type::LABEL),
        });
        rows.push(Row {
            head: "n",
            cells: means(|point| n_text(point.completers), Type::LABEL),
        });
    }
    rows
}

fn mean_text(mean: Reading<'_>) -> String {
    match (mean.0, mean.value()) {
        (None, _) => String::new(),
        (_, Some(value)) => format::number(value, 1),
        _ => mean.sign().to_owned(),
    }
}

fn n_text(mean: Reading<'_>) -> String {
    match (mean.0, mean.denominator()) {
        (None, _) => String::new(),
        (_, Some(n)) => format::count(n),
        _ => mean.sign().to_owned(),
    }
}

/// Draws waves and numbers below the plot; gives the bottom.
fn draw_rows(
    canvas: &mut Canvas,
    settings: &Settings,
    panel: &Panel<'_>,
    rows: &[Row],
    (left, top): (f64, f64),
    columns: &Columns,
) -> f64 {
    let mut base = top + LEADING + 2.0;
    for (at, label) in wave_labels(settings, panel, columns.width)
        .iter()
        .enumerate()
    {
        canvas.text((columns.middle(at), base), label, Type::LABEL.middle());
    }
    base += 4.0;
    for row in rows {
        base += LEADING + 2.0;
        let head = if row.head == "n" {
            Type::LABEL
        } else {
            Type::HEAD
        };
        canvas.text((left, base), row.head, head);
        for (at, (words, style)) in row.cells.iter().enumerate() {
            let style = if words.starts_with('[') {
                Type::LABEL
            } else {
                *style
            };
            canvas.text((columns.middle(at), base), words, style.middle());
        }
    }
    base + 4.0
}

/// The names of the waves, shorter where they would meet.
fn wave_labels(settings: &Settings, panel: &Panel<'_>, room: f64) -> Vec<String> {
    let full: Vec<String> = panel
        .points
        .iter()
        .map(|point| point.wave.label(settings))
        .collect();
    let fits = |labels: &[String]| {
        let widths = labels.iter().map(|label| Type::LABEL.width(label));
        widths.fold(0.0, f64::max) + 8.0 <= room
    };
    if fits(&full) {
        return full;
    }
    let each = |name: fn(SdqWave) -> String| {
        let names = panel.points.iter().map(|point| name(point.wave));
        names.collect::<Vec<_>>()
    };
    let short = each(SdqWave::short);
    match fits(&short) {
        true => short,
        // Where there is hardly any room: `+3`.
        false => each(|wave| format!("+{}", wave.years())),
    }
}
