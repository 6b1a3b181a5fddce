//! Rows of dots on a scale of shares, beside those of all authorities.

use kinfolk_disclosure::Release;

use crate::canvas::{Area, Canvas, Stroke, Type, WIDTH};
use crate::layout::{GUTTER, Head, Labels, Scale, grid, heads, share_ticks};
use crate::marks::{self, Mark};
use crate::reading::{Reading, TOO_FEW};
use crate::text::LEADING;

/// One row.
pub(crate) struct DotRow<'a> {
    /// The code, for the id of the group.
    pub(crate) code: String,
    /// The words.
    pub(crate) label: String,
    /// The authority's share.
    pub(crate) share: Reading<'a>,
    /// The same of all authorities.
    pub(crate) compared: Reading<'a>,
}

/// What is drawn with the dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DotStyle {
    /// The interval; its own column of numbers closes the row.
    Interval,
    /// A stem from 0; the share closes the row.
    Stem,
}

const PITCH: f64 = 45.0;
/// Half the distance between the lane of the authority and that of all authorities.
const LANE: f64 = 8.0;
const HEAD_BASE: f64 = 38.0;

/// Draws the rows; gives the canvas and its height.
pub(crate) fn draw_dots(
    release: &Release,
    id: &'static str,
    rows: &[DotRow<'_>],
    style: DotStyle,
) -> (Canvas, f64) {
    let mut canvas = Canvas::chart(id);
    let labels = Labels::of(rows.iter().map(|row| row.label.as_str()));
    let columns = Columns::of(style);
    let compares = rows.iter().any(|row| row.compared.value().is_some());
    let key = key(&mut canvas, release, rows, style);
    let base = key + HEAD_BASE - 24.0;
    heads(&mut canvas, base, &columns.heads);
    let scale = Scale::shares(labels.width + GUTTER + 6.0, columns.plot_end);
    let top = base + 8.0;
    let heights: f64 = (0..rows.len()).map(|at| labels.height(at, PITCH)).sum();
    grid(&mut canvas, scale, (top, top + heights), &share_ticks());
    let mut y = top;
    for (at, row) in rows.iter().enumerate() {
        let height = labels.height(at, PITCH);
        let middle = y + height / 2.0;
        canvas.group(&row.code, |canvas| {
            labels.draw(canvas, at, middle);
            let lane = if compares { LANE } else { 0.0 };
            draw_marks(canvas, row, scale, (middle - lane, middle + lane), style);
            columns.draw(canvas, row.share, middle);
        });
        y += height;
    }
    (canvas, top + heights + LEADING + 6.0)
}

fn key(
    canvas: &mut Canvas,
    release: &Release,
    rows: &[DotRow<'_>],
    style: DotStyle,
) -> f64 {
    let place = release.settings().place();
    let mut words = vec![match style {
        DotStyle::Interval => (Mark::Interval, format!("{place}, with 95% interval")),
        DotStyle::Stem => (Mark::Programme, place),
    }];
    let compares = rows.iter().any(|row| row.compared.value().is_some());
    if let Some(benchmark) = release.benchmark().filter(|_| compares) {
        words.push((Mark::Benchmark, benchmark.label.clone()));
    }
    if rows.iter().any(|row| row.share.value().is_none()) {
        words.push((Mark::Hatch, "not shown".to_owned()));
    }
    let entries: Vec<(Mark, &str)> = words
        .iter()
        .map(|(mark, words)| (*mark, words.as_str()))
        .collect();
    marks::key(canvas, (0.0, 8.0), &entries)
}

fn draw_marks(
    canvas: &mut Canvas,
    row: &DotRow<'_>,
    scale: Scale,
    (upper, lower): (f64, f64),
    style: DotStyle,
) {
    if row.share.value().is_none() {
        const STRIP: f64 = 16.0;
        canvas.hatch(Area {
            x: scale.from,
            y: upper - STRIP / 2.0,
            width: scale.to - scale.from,
            height: STRIP,
        });
    } else if let Some(share) = row.share.sound_share() {
        match (style, row.share.interval()) {
            (DotStyle::Interval, Some((low, high))) => {
                canvas.rule((scale.at(low), upper), (scale.at(high), upper), Stroke::INTERVAL);
            }
            (DotStyle::Interval, None) => {}
            (DotStyle::Stem, _) => {
                canvas.rule((scale.from, upper), (scale.at(share), upper), Stroke::STEM);
            }
        }
        marks::programme(canvas, (scale.at(share), upper));
    }
    if let Some(share) = row.compared.value() {
        marks::benchmark(canvas, (scale.at(share), lower));
    }
}

/// The columns of numbers.
struct Columns {
    heads: Vec<Head>,
    plot_end: f64,
    style: DotStyle,
}

impl Columns {
    fn of(style: DotStyle) -> Self {
        let (heads, plot_end) = match style {
            DotStyle::Interval => (
                vec![
                    Head { x: 440.0, words: "Yes" },
                    Head { x: 530.0, words: "n of N" },
                    Head { x: WIDTH, words: "95% interval" },
                ],
                384.0,
            ),
            DotStyle::Stem => (
                vec![
                    Head { x: 550.0, words: "n of N" },
                    Head { x: WIDTH, words: "Complete" },
                ],
                452.0,
            ),
        };
        Self {
            heads,
            plot_end,
            style,
        }
    }

    fn draw(&self, canvas: &mut Canvas, share: Reading<'_>, middle: f64) {
        let texts = match self.style {
            DotStyle::Interval => vec![
                (share.share_text(), Type::FOCUS),
                (share.base_text(), Type::LABEL),
                (share.interval_text(), Type::LABEL),
            ],
            DotStyle::Stem => vec![
                (share.base_text(), Type::LABEL),
                match share.share_text() {
                    few if few.is_empty() => (TOO_FEW.to_owned(), Type::LABEL),
                    text => (text, Type::FOCUS),
                },
            ],
        };
        for (head, (words, style)) in self.heads.iter().zip(texts) {
            canvas.text_about((head.x, middle), &words, style.end());
        }
    }
}
