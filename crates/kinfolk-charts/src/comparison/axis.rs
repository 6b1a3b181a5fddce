//! The axis of contrasts between the arms, with none within it.

use kinfolk_model::format;

use super::contrast::Contrast;
use crate::canvas::{Canvas, Stroke, Type};
use crate::layout::{Scale, ticks};
use crate::text::LEADING;

/// An axis of ratios has no more steps than these.
const MOST_STEPS: i32 = 6;

/// The axis that has room for contrasts from the lowest to the highest, in the units of the axis.
pub(super) fn reaching(contrast: Contrast, (lowest, highest): (f64, f64)) -> (f64, f64) {
    let (low, high) = match contrast {
        Contrast::Ratios => doublings(lowest, highest),
        Contrast::Points | Contrast::Numbers => (-reach(-lowest), reach(highest)),
    };
    (low, if high > low { high } else { low + 1.0 })
}

/// From 0 to the round number that is no less.
fn reach(furthest: f64) -> f64 {
    match furthest {
        furthest if furthest <= 0.0 => 0.0,
        furthest => ticks(furthest).pop().unwrap_or(furthest),
    }
}

fn doublings(lowest: f64, highest: f64) -> (f64, f64) {
    let (low, high) = (lowest.min(0.0), highest.max(0.0));
    let step = doublings_a_step(low, high);
    ((low / step).floor() * step, (high / step).ceil() * step)
}

/// How many doublings lie between two lines of a scale.
fn doublings_a_step(low: f64, high: f64) -> f64 {
    let n_doublings = (high.ceil() - low.floor()) as i32;
    f64::from(1 + (n_doublings - 1).max(0) / MOST_STEPS)
}

/// Draws a line at each round contrast, `none` where there is none, and the contrasts below.
pub(super) fn draw_contrasts(
    canvas: &mut Canvas,
    (contrast, scale): (Contrast, Scale),
    (top, bottom): (f64, f64),
    none: Stroke,
) {
    let step = match contrast {
        Contrast::Ratios => doublings_a_step(scale.low, scale.high),
        Contrast::Points | Contrast::Numbers => ticks(scale.high.max(-scale.low))
            .get(1)
            .copied()
            .unwrap_or(1.0),
    };
    let (first, last) = (
        (scale.low / step).ceil() as i32,
        (scale.high / step).floor() as i32,
    );
    for at in first..=last {
        let value = f64::from(at) * step;
        let x = scale.at(value);
        let stroke = if at == 0 { none } else { Stroke::GRID };
        canvas.rule((x, top), (x, bottom), stroke);
        let words = tick_label(contrast, value);
        canvas.text((x, bottom + LEADING), &words, Type::LABEL.middle());
    }
}

fn tick_label(contrast: Contrast, value: f64) -> String {
    match contrast {
        Contrast::Ratios => format::exact(format::rounded(value.exp2(), 3)),
        Contrast::Points | Contrast::Numbers => {
            format::exact(format::rounded(value, 2)).replace('-', "\u{2212}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_reach_to_the_next_doubling_with_none_within() {
        let check = |ends: (f64, f64), expected: (f64, f64), labels: [&str; 2]| {
            let places = (ends.0.log2(), ends.1.log2());
            let found = reaching(Contrast::Ratios, places);
            assert_eq!(found, expected, "{ends:?}");
            let told = [found.0, found.1].map(|end| tick_label(Contrast::Ratios, end));
            assert_eq!(told, labels);
        };
        check((0.3, 1.2), (-2.0, 1.0), ["0.25", "2"]);
        check((0.3, 0.8), (-2.0, 0.0), ["0.25", "1"]);
        check((1.5, 3.0), (0.0, 2.0), ["1", "4"]);
        check((1.0, 1.0), (0.0, 1.0), ["1", "2"]);
        // Eight doublings: every second one.
        check((0.02, 3.0), (-6.0, 2.0), ["0.016", "4"]);
    }

    #[test]
    fn differences_reach_to_round_numbers_with_none_within() {
        let check = |ends, expected| {
            assert_eq!(reaching(Contrast::Points, ends), expected, "{ends:?}");
        };
        check((-12.0, 31.0), (-12.0, 40.0));
        check((3.0, 31.0), (0.0, 40.0));
        check((0.0, 0.0), (0.0, 1.0));
    }
}
