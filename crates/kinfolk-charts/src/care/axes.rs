//! A plot with an upright axis of shares, and names at the right ends of lines.

use kinfolk_model::format;

use crate::canvas::{Canvas, Stroke, Type};
use crate::layout::Scale;
use crate::text::LEADING;

/// Room for the labels of the upright axis.
pub(super) const LEFT: f64 = 50.0;
/// Where lines end.
pub(super) const RIGHT: f64 = 506.0;
/// Where names of lines begin.
const NAMES: f64 = RIGHT + 12.0;

/// From this share on, an axis that begins at nothing would leave most of the plot empty.
const LARGE: f64 = 0.3;

/// Shares from nothing, or from a round number below the lowest where even that is large, to a round
/// number above the highest.
pub(super) fn share_range(lowest: f64, highest: f64) -> Vec<f64> {
    let lowest = if lowest < LARGE { 0.0 } else { lowest };
    const STEPS: [f64; 4] = [0.02, 0.05, 0.1, 0.2];
    // So that a share on a round number counts as on it.
    const NEAR: f64 = 1e-9;
    let ends = |step: f64| {
        (
            (lowest / step + NEAR).floor(),
            (highest / step - NEAR).ceil().min(1.0 / step),
        )
    };
    let step = STEPS
        .into_iter()
        .find(|step| ends(*step).1 - ends(*step).0 <= 6.0)
        .unwrap_or(0.2);
    let (from, to) = ends(step);
    let to = to.max(from + 1.0);
    let n = (to - from).round() as u32;
    (0..=n).map(|at| (from + f64::from(at)) * step).collect()
}

/// Gridlines at shares, labelled at the left.
pub(super) fn draw_shares(canvas: &mut Canvas, ticks: &[f64], up: Scale) {
    canvas.group("axis", |canvas| {
        for (at, share) in ticks.iter().enumerate() {
            let y = up.at(*share);
            let stroke = if at == 0 { Stroke::BASE } else { Stroke::GRID };
            canvas.rule((LEFT, y), (RIGHT, y), stroke);
            let label = format::share(*share);
            canvas.text_about((LEFT - 8.0, y), &label, Type::LABEL.end());
        }
    });
}

/// `Scale shown from 40% to 100%`, where it does not begin at nothing.
pub(super) fn scale_note(ticks: &[f64]) -> Option<String> {
    let (first, last) = (ticks.first()?, ticks.last()?);
    (*first > 0.0).then(|| {
        let (from, to) = (format::share(*first), format::share(*last));
        format!("Scale shown from {from} to {to}.")
    })
}

/// The name of a line, at the height at which the line ends.
pub(super) struct Name {
    pub(super) words: String,
    pub(super) y: f64,
    pub(super) style: Type,
}

/// Draws names beside the ends of their lines, from the top down, pushed apart where they would meet.
pub(super) fn draw_names(canvas: &mut Canvas, mut names: Vec<Name>, (top, bottom): (f64, f64)) {
    names.sort_by(|one, two| one.y.total_cmp(&two.y));
    let heights: Vec<f64> = names.iter().map(|name| name.y).collect();
    for (name, y) in names.iter().zip(spread(&heights, (top, bottom))) {
        canvas.text_about((NAMES, y), &name.words, name.style);
    }
}

/// Heights at least a line apart, in the same order, as near to where they were as may be.
fn spread(heights: &[f64], (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut places: Vec<f64> = heights.to_vec();
    // Each run of names that would meet is set about its own middle.
    for _ in heights {
        let mut run = 0;
        while run < places.len() {
            let mut end = run + 1;
            while end < places.len() && places[end] - places[end - 1] < LEADING - 1e-9 {
                end += 1;
            }
            let n = (end - run) as f64;
            let middle = places[run..end].iter().sum::<f64>() / n;
            let reach = LEADING * (n - 1.0) / 2.0;
            let middle = middle.min(bottom - reach).max(top + reach);
            for (at, place) in places[run..end].iter_mut().enumerate() {
                *place = middle - reach + LEADING * at as f64;
            }
            run = end;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::WIDTH;

    fn close(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (one, two) in found.iter().zip(expected) {
            assert!((one - two).abs() < 1e-6, "{found:?}, expected {expected:?}");
        }
    }

    #[test]
    fn an_axis_of_shares_has_round_ends_and_few_ticks() {
        close(&share_range(0.0, 0.18), &[0.0, 0.05, 0.1, 0.15, 0.2]);
        close(&share_range(0.52, 1.0), &[0.5, 0.6, 0.7, 0.8, 0.9, 1.0]);
        close(
            &share_range(0.02, 0.11),
            &[0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12],
        );
        close(&share_range(0.69, 0.71), &[0.68, 0.7, 0.72]);
        close(&share_range(1.0, 1.0), &[1.0, 1.02]);
    }

    #[test]
    fn names_of_limits_fit_beside_the_plot() {
        for words in ["99.8% limit", "England 100%"] {
            assert!(Type::HEAD.width(words) <= WIDTH - NAMES, "{words}");
        }
    }

    #[test]
    fn names_keep_their_order_and_a_line_of_room() {
        let check = |heights: &[f64], expected: &[f64]| {
            close(&spread(heights, (0.0, 200.0)), expected);
        };
        check(&[10.0, 100.0], &[10.0, 100.0]);
        check(&[100.0, 104.0], &[92.0, 112.0]);
        check(&[2.0, 4.0, 100.0], &[0.0, 20.0, 100.0]);
        check(&[199.0, 200.0], &[180.0, 200.0]);
        check(
            &[50.0, 60.0, 75.0],
            &[41.666_666_666, 61.666_666_666, 81.666_666_666],
        );
    }
}
