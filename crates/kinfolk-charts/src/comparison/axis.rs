//! The axis of differences between the arms, with no difference within it.

use kinfolk_model::format;

use crate::canvas::{Canvas, Stroke, Type};
use crate::layout::{Scale, ticks};
use crate::text::LEADING;

/// Draws a line at each round difference, `none` where there is none, and the differences below.
pub(super) fn draw_differences(
    canvas: &mut Canvas,
    scale: Scale,
    (top, bottom): (f64, f64),
    none: Stroke,
) {
    let step = ticks(scale.high.max(-scale.low))
        .get(1)
        .copied()
        .unwrap_or(1.0);
    let (first, last) = (
        (scale.low / step).ceil() as i32,
        (scale.high / step).floor() as i32,
    );
    for at in first..=last {
        let value = f64::from(at) * step;
        let x = scale.at(value);
        let stroke = if at == 0 { none } else { Stroke::GRID };
        canvas.rule((x, top), (x, bottom), stroke);
        let words = format::exact(format::rounded(value, 2)).replace('-', "\u{2212}");
        canvas.text((x, bottom + LEADING), &words, Type::LABEL.middle());
    }
}
