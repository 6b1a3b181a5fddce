//! Text that no spreadsheet takes for a formula.

use std::borrow::Cow;

/// The text with an apostrophe before it, where a spreadsheet could take it for a formula.
///
/// A figure such as `+6.1 (5.2 to 7.0)` starts with a sign and stays as it is: it holds no name, so
/// it cannot call anything.
///
/// ```
/// use kinfolk_report::neutralised;
/// assert_eq!(neutralised("=1+1"), "'=1+1");
/// assert_eq!(neutralised("+6.1 (5.2 to 7.0)"), "+6.1 (5.2 to 7.0)");
/// assert_eq!(neutralised("Wider family"), "Wider family");
/// ```
pub fn neutralised(text: &str) -> Cow<'_, str> {
    if leads_a_formula(text) && !is_figure(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a spreadsheet that imports the text could take it for a formula.
pub(super) fn leads_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

/// A signed figure with its interval, and nothing else.
fn is_figure(text: &str) -> bool {
    let mut letters = text.chars();
    matches!(letters.next(), Some('+' | '-'))
        && letters
            .next()
            .is_some_and(|c| c.is_ascii_digit() || c == '£')
        && text.split(' ').all(|word| {
            word == "to"
                || word
                    .chars()
                    .all(|c| c.is_ascii_digit() || "+-\u{2212}£%.,()".contains(c))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, is_prefixed: bool) {
        let expected = if is_prefixed {
            format!("'{text}")
        } else {
            text.to_owned()
        };
        assert_eq!(neutralised(text), expected);
    }

    #[test]
    fn formulas_get_an_apostrophe() {
        check("=HYPERLINK(\"http://a\",\"b\")", true);
        check("+SUM(A1:A2)", true);
        check("-2+3+cmd|' /C calc'!A0", true);
        check("@SUM(1)", true);
        check("\t=1", true);
        check("\r=1", true);
        check("-", true);
        check("+", true);
        check("- a list point", true);
    }

    #[test]
    fn words_and_figures_stay() {
        check("", false);
        check("Wider family", false);
        check("58 of 78", false);
        check("\u{2212}1.9", false);
        check("+15.0", false);
        check("-1.9", false);
        check("+18 (5 to 29)", false);
        check("+£1,030", false);
    }
}
