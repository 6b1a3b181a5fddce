//! How wide text is, and where it breaks.

use std::sync::OnceLock;

use ttf_parser::Face;

use crate::fonts;

/// The two weights of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// 400.
    Regular,
    /// 600: heads and figures in focus.
    Semibold,
}

/// The size of every text but titles, in pixels; 12 pt.
pub(crate) const TEXT_SIZE: f64 = 16.0;
/// The size of figure titles and of names of panels, in pixels; 14 pt.
pub(crate) const TITLE_SIZE: f64 = 19.0;
/// The distance between lines of text, in pixels.
pub(crate) const LEADING: f64 = 20.0;

/// What a letter that the fonts lack is taken to measure, in parts of the size.
const UNKNOWN_ADVANCE: f64 = 0.6;

/// The width of one line in pixels, from the advances of the bundled font. Kerning, which only
/// draws letters together, is left out, so that the width is never too small.
pub(crate) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    text.chars().map(|letter| advance(letter, weight)).sum::<f64>() * size
}

fn advance(letter: char, weight: Weight) -> f64 {
    face(weight)
        .and_then(|face| {
            let glyph = face.glyph_index(letter)?;
            let advance = face.glyph_hor_advance(glyph)?;
            Some(f64::from(advance) / f64::from(face.units_per_em()))
        })
        .unwrap_or(UNKNOWN_ADVANCE)
}

fn face(weight: Weight) -> Option<&'static Face<'static>> {
    static REGULAR: OnceLock<Option<Face<'static>>> = OnceLock::new();
    static SEMIBOLD: OnceLock<Option<Face<'static>>> = OnceLock::new();
    let (cell, bytes) = match weight {
        Weight::Regular => (&REGULAR, fonts::REGULAR),
        Weight::Semibold => (&SEMIBOLD, fonts::SEMIBOLD),
    };
    cell.get_or_init(|| Face::parse(bytes, 0).ok()).as_ref()
}

/// Breaks text at spaces into the fewest lines that fit, then evens them out so that no word stands
/// alone. A word wider than the line keeps a line of its own. Non-breaking spaces hold.
pub(crate) fn wrap(text: &str, room: f64, size: f64, weight: Weight) -> Vec<String> {
    let greedy = fill(text, room, size, weight);
    if greedy.len() < 2 {
        return greedy;
    }
    let (mut low, mut high) = (0.0, room);
    for _ in 0..16 {
        let middle = f64::midpoint(low, high);
        if fill(text, middle, size, weight).len() > greedy.len() {
            low = middle;
        } else {
            high = middle;
        }
    }
    fill(text, high, size, weight)
}

fn fill(text: &str, room: f64, size: f64, weight: Weight) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size, weight) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The widest of several lines.
pub(crate) fn widest<'a>(
    lines: impl IntoIterator<Item = &'a str>,
    size: f64,
    weight: Weight,
) -> f64 {
    lines
        .into_iter()
        .map(|line| width(line, size, weight))
        .fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semibold_is_wider_and_figures_are_of_one_width() {
        let text = "Objectives met";
        assert!(width(text, 16.0, Weight::Semibold) > width(text, 16.0, Weight::Regular));
        for digit in '0'..='9' {
            let one = width(&digit.to_string(), 16.0, Weight::Regular);
            assert!((one - width("0", 16.0, Weight::Regular)).abs() < 1e-9);
        }
        assert!(width("", 16.0, Weight::Regular).abs() < 1e-9);
    }

    #[test]
    fn the_bundled_fonts_hold_every_sign_that_charts_use() {
        for weight in [Weight::Regular, Weight::Semibold] {
            for sign in "\u{a0}\u{2212}\u{2013}\u{2018}\u{2019}£%[]+éŵŷ".chars() {
                let glyph = face(weight).and_then(|face| face.glyph_index(sign));
                assert!(glyph.is_some(), "{sign:?} in {weight:?}");
            }
        }
    }

    #[test]
    fn lines_are_balanced_and_hold_together() {
        let lines = wrap("I was kept informed and heard", 180.0, 16.0, Weight::Regular);
        assert_eq!(lines, ["I was kept", "informed and heard"]);
        let held = wrap("children with both counts. n\u{a0}=\u{a0}78", 200.0, 16.0, Weight::Regular);
        assert_eq!(held, ["children with both", "counts. n\u{a0}=\u{a0}78"]);
    }

    #[test]
    fn a_long_word_stays_whole() {
        let lines = wrap("a Llanfairpwllgwyngyll b", 40.0, 16.0, Weight::Regular);
        assert_eq!(lines, ["a", "Llanfairpwllgwyngyll", "b"]);
        assert!(wrap("", 40.0, 16.0, Weight::Regular).is_empty());
    }
}
