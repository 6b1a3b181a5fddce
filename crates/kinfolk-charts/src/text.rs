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
    text.chars()
        .map(|letter| advance(letter, weight))
        .sum::<f64>()
        * size
}

fn advance(letter: char, weight: Weight) -> f64 {
    let latin = latin_advances(weight);
    match latin.get(letter as usize) {
        Some(advance) => *advance,
        None => looked_up(letter, weight),
    }
}

/// The advances of Latin letters, looked up once: nearly all text is made of them.
fn latin_advances(weight: Weight) -> &'static [f64] {
    const LATIN: std::ops::RangeInclusive<u8> = 0..=u8::MAX;
    static REGULAR: OnceLock<Vec<f64>> = OnceLock::new();
    static SEMIBOLD: OnceLock<Vec<f64>> = OnceLock::new();
    let cell = match weight {
        Weight::Regular => &REGULAR,
        Weight::Semibold => &SEMIBOLD,
    };
    cell.get_or_init(|| {
        LATIN
            .map(|letter| looked_up(char::from(letter), weight))
            .collect()
    })
}

fn looked_up(letter: char, weight: Weight) -> f64 {
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
    let words: Vec<(&str, f64)> = text
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| (word, width(word, size, weight)))
        .collect();
    let space = width(" ", size, weight);
    let fill = |room: f64| fill(&words, space, room);
    let fewest = fill(room).len();
    if fewest < 2 {
        return fill(room);
    }
    let (mut low, mut high) = (0.0, room);
    for _ in 0..16 {
        let middle = f64::midpoint(low, high);
        if fill(middle).len() > fewest {
            low = middle;
        } else {
            high = middle;
        }
    }
    fill(high)
}

/// Puts as many words on each line as fit.
fn fill(words: &[(&str, f64)], space: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0.0;
    for (word, width) in words {
        match lines.last_mut() {
            Some(line) if used + space + width <= room => {
                line.push(' ');
                line.push_str(word);
                used += space + width;
            }
            _ => {
                lines.push((*word).to_owned());
                used = *width;
            }
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
        let lines = wrap(
            "I was kept informed and heard",
            150.0,
            16.0,
            Weight::Regular,
        );
        assert_eq!(lines, ["I was kept informed", "and heard"]);
        let held = wrap(
            "children with both counts. n\u{a0}=\u{a0}78",
            200.0,
            16.0,
            Weight::Regular,
        );
        assert_eq!(held, ["children with both", "counts. n\u{a0}=\u{a0}78"]);
    }

    #[test]
    fn a_long_word_stays_whole() {
        let lines = wrap("a Llanfairpwllgwyngyll b", 40.0, 16.0, Weight::Regular);
        assert_eq!(lines, ["a", "Llanfairpwllgwyngyll", "b"]);
        assert!(wrap("", 40.0, 16.0, Weight::Regular).is_empty());
    }
}
