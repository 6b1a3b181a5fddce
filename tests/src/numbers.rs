//! Numbers as a reader finds them in text.

use std::collections::BTreeSet;

/// Every number in a text as it is printed: `1,240`, `−1.9`, `+15.0`, `74%`. A sign counts only
/// before a digit and after something that is not a digit or a letter.
pub fn numbers(text: &str) -> BTreeSet<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut found = BTreeSet::new();
    let mut at = 0;
    while at < characters.len() {
        if characters[at].is_ascii_digit() {
            let end = end_of_number(&characters, at);
            let digits = &characters[at..end];
            let sign = sign_before(&characters, at);
            found.insert(sign.iter().chain(digits).collect());
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

fn end_of_number(characters: &[char], start: usize) -> usize {
    let mut end = start;
    while end < characters.len() {
        let is_inner = matches!(characters[end], ',' | '.')
            && characters.get(end + 1).is_some_and(char::is_ascii_digit);
        if !characters[end].is_ascii_digit() && !is_inner {
            break;
        }
        end += 1;
    }
    if characters.get(end) == Some(&'%') {
        end + 1
    } else {
        end
    }
}

/// The sign of the number that begins there; a pound sign may stand between.
fn sign_before(characters: &[char], at: usize) -> Option<char> {
    let pounds = usize::from(at > 0 && characters[at - 1] == '£');
    let before = at.checked_sub(pounds + 1)?;
    let after_word = before
        .checked_sub(1)
        .is_some_and(|earlier| characters[earlier].is_alphanumeric());
    Some(characters[before]).filter(|c| matches!(c, '+' | '\u{2212}') && !after_word)
}

/// The value of a printed number: 0.74 for `74%`.
pub fn number_of(printed: &str) -> Option<f64> {
    let plain = printed.replace(',', "").replace('\u{2212}', "-");
    match plain.strip_suffix('%') {
        Some(share) => share.parse::<f64>().ok().map(|share| share / 100.0),
        None => plain.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_as_they_are_printed() {
        let found =
            numbers("74% (95% interval 64% to 83%), 1,058 of 1,240; +15.0 and −1.9, 2024–25.");
        let expected = [
            "74%", "95%", "64%", "83%", "1,058", "1,240", "+15.0", "−1.9", "2024", "25",
        ];
        assert_eq!(found, expected.map(str::to_owned).into());
        assert_eq!(number_of("−1,234.5"), Some(-1234.5));
        assert_eq!(number_of("74%"), Some(0.74));
    }
}
