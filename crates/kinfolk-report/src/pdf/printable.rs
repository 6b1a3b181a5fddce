//! Text that the bundled font can print.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::world::faces;

/// What stands for a letter that the font does not hold; an archive must not hold an empty glyph.
const UNKNOWN: char = '?';
/// A space at which no line ends.
const HELD: char = '\u{a0}';

/// Letters that both faces hold.
static LETTERS: LazyLock<BTreeSet<char>> = LazyLock::new(|| {
    let mut held = faces().iter().map(|face| {
        let covered: BTreeSet<char> = face
            .info()
            .coverage
            .iter()
            .filter_map(char::from_u32)
            .collect();
        covered
    });
    let first = held.next().unwrap_or_default();
    held.fold(first, |both, next| {
        both.intersection(&next).copied().collect()
    })
});

/// The text with each letter that cannot be printed replaced, and invisible ones dropped.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .filter(|letter| !is_invisible(*letter))
        .map(|letter| match letter {
            _ if letter.is_whitespace() && letter != HELD => ' ',
            _ if letter.is_control() => ' ',
            _ if is_printable(letter) => letter,
            _ => UNKNOWN,
        })
        .collect()
}

/// Running text: printable, with the phrases held together that no line may part.
pub(super) fn running(text: &str) -> String {
    printable(text)
        .replace("n = ", "n\u{a0}=\u{a0}")
        .replace("95% interval", "95%\u{a0}interval")
}

/// The elements of a picture with each letter that cannot be printed replaced; line ends between
/// elements stay as they are.
pub(super) fn printable_elements(elements: &str) -> String {
    elements
        .chars()
        .map(|letter| {
            if is_printable(letter) || letter.is_ascii() {
                letter
            } else {
                UNKNOWN
            }
        })
        .collect()
}

fn is_printable(letter: char) -> bool {
    !is_private(letter) && LETTERS.contains(&letter)
}

/// Letters without a shape, and those that turn the direction of reading.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// Letters whose meaning is private to a font, which an archive must not hold.
fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(printable(text), expected);
    }

    #[test]
    fn text_that_the_font_holds_is_untouched() {
        check("‘Zoë’ – £1.14, −1.9 ≥ 64%…", "‘Zoë’ – £1.14, −1.9 ≥ 64%…");
        check("#sys $x$ *a* @b \"c\" \\", "#sys $x$ *a* @b \"c\" \\");
        check("", "");
    }

    #[test]
    fn letters_that_it_does_not_hold_are_marked() {
        check("漢", "?");
        check("a\u{1f600}b", "a?b");
        check("\u{e000}", "?");
        check("a\tb\nc\u{0}d", "a b c d");
        check("a\u{202e}b\u{200b}c\u{ad}d", "abcd");
    }

    #[test]
    fn phrases_are_held_together() {
        assert_eq!(running("n = 78"), "n\u{a0}=\u{a0}78");
        assert_eq!(
            running("74% (95% interval 64% to 83%)"),
            "74% (95%\u{a0}interval 64% to 83%)"
        );
    }

    proptest! {
        #[test]
        fn nothing_that_the_font_lacks_is_left(text in "\\PC*|[\\u{0}-\\u{10ffff}]*") {
            prop_assert!(running(&text).chars().all(is_printable));
        }
    }
}
