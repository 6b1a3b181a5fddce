//! How wide text is in the bundled fonts, and the width at which its lines are of like length.

use std::sync::LazyLock;

use typst::layout::{Abs, Em};
use typst::text::{Font, FontInstance, FontVariant, FontVariations};

use super::printable::printable;
use super::world::faces;

/// The size of body text and of tables, in points.
pub(super) const TEXT_SIZE: f64 = 12.0;
/// Letters are set closer or wider than their widths add up to; the share that is kept free.
pub(super) const EASE: f64 = 1.02;
/// Halvings of the width that is looked for; enough for a tenth of a point.
const HALVINGS: usize = 12;

/// Regular, then semibold, ready to measure.
static MEASURES: LazyLock<Vec<FontInstance>> = LazyLock::new(|| {
    let instance = |face: &Font| {
        face.clone().instantiate(
            FontVariant::default(),
            Abs::pt(TEXT_SIZE),
            &FontVariations::default(),
        )
    };
    faces().iter().map(instance).collect()
});

/// The width of a text in ems.
pub(super) fn ems(text: &str, is_strong: bool) -> f64 {
    let Some(face) = MEASURES.get(usize::from(is_strong)) else {
        return 0.0;
    };
    printable(text)
        .chars()
        .filter_map(|letter| advance(face, letter))
        .sum()
}

/// How far a letter moves the pen, in ems.
fn advance(face: &FontInstance, letter: char) -> Option<f64> {
    let glyph = face.ttf().glyph_index(letter)?;
    face.x_advance(glyph.0).map(Em::get)
}

/// The lines that a text takes, regular, in `available` ems.
pub(super) fn lines(text: &str, available: f64) -> usize {
    let words: Vec<f64> = text
        .split(' ')
        .map(|word| ems(word, false) * EASE)
        .collect();
    n_lines(&words, ems(" ", false) * EASE, available)
}

/// The least width, in ems, at which the words take no more lines than in `available` ems, so that no
/// word stands alone on the last.
///
/// The words are runs of text, each regular or strong.
pub(super) fn balanced<'a>(runs: impl Iterator<Item = (&'a str, bool)>, available: f64) -> f64 {
    let words: Vec<f64> = runs
        .flat_map(|(text, is_strong)| text.split(' ').map(move |word| ems(word, is_strong) * EASE))
        .collect();
    let space = ems(" ", false) * EASE;
    let lines = n_lines(&words, space, available);
    let (mut low, mut high) = (0.0, available);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        if n_lines(&words, space, middle) > lines {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The lines that words take when each line holds as many as it can.
fn n_lines(words: &[f64], space: f64, available: f64) -> usize {
    let mut lines = 1;
    let mut pen = 0.0;
    for word in words {
        if pen > 0.0 && pen + space + word > available {
            lines += 1;
            pen = *word;
        } else {
            pen += if pen > 0.0 { space + word } else { *word };
        }
        // A word that no line holds runs over as many as it needs.
        while pen > available && available > 0.0 {
            lines += 1;
            pen -= available;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semibold_is_wider() {
        assert!(ems("Objectives", true) > ems("Objectives", false));
        assert!((ems("nn", false) - 2.0 * ems("n", false)).abs() < 1e-12);
        assert!(ems("", false).abs() < 1e-12);
    }

    #[track_caller]
    fn check_lines(words: &[f64], available: f64, expected: usize) {
        assert_eq!(n_lines(words, 1.0, available), expected);
    }

    #[test]
    fn lines_hold_as_many_words_as_they_can() {
        check_lines(&[], 10.0, 1);
        check_lines(&[4.0, 5.0], 10.0, 1);
        check_lines(&[4.0, 5.1], 10.0, 2);
        check_lines(&[4.0, 4.0, 4.0, 4.0], 9.0, 2);
        check_lines(&[25.0], 10.0, 3);
    }

    #[test]
    fn two_lines_become_alike() {
        let text = "one two three four five six seven eight nine ten eleven";
        let whole = ems(text, false);
        let width = balanced([(text, false)].into_iter(), whole * 0.9);
        assert!(
            width < whole * 0.65 && width > whole * 0.45,
            "{width} of {whole}"
        );
        let one_line = balanced([(text, false)].into_iter(), whole * 2.0);
        assert!(one_line >= whole && one_line < whole * 1.05);
    }
}
