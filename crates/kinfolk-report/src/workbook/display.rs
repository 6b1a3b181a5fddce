//! A cell's number with the format in which a spreadsheet shows it as the report prints it.

use kinfolk_charts::DataCell;

/// A minus sign, as print sets it.
const MINUS: char = '\u{2212}';
/// The farthest that a printed figure may be from the number beside it, relative to its last digit.
const TOLERANCE: f64 = 0.51;

/// A number and its format.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    /// The number.
    pub(super) number: f64,
    /// The format, e.g. `0%` or `"£"#,##0`.
    pub(super) format: String,
}

/// The parts of a printed figure: sign, words before, digits, words after.
#[derive(Debug, Clone, Copy)]
struct Printed<'a> {
    sign: Option<char>,
    before: &'a str,
    digits: &'a str,
    after: &'a str,
}

/// How a spreadsheet shows the cell as a number; `None` where its text says more than one number.
pub(super) fn shown(cell: &DataCell, is_numeric: bool) -> Option<Shown> {
    let printed = parse(&cell.text)?;
    let value = value(printed)?;
    let number = match cell.number {
        Some(number) => (number - value).abs() <= unit(printed) * TOLERANCE,
        None => is_numeric && matches!((printed.before, printed.after), ("" | "£", "" | "%")),
    };
    number.then(|| Shown {
        number: value,
        format: format(printed),
    })
}

/// Cuts a text into sign, words, digits and words; `None` without digits, or with two numbers.
fn parse(text: &str) -> Option<Printed<'_>> {
    let text = text.trim();
    let sign = text.chars().next().filter(|c| is_sign(*c));
    let rest = text.strip_prefix(is_sign).unwrap_or(text);
    let start = rest.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = rest.split_at(start);
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        .unwrap_or(rest.len());
    let end = rest.get(..end)?.trim_end_matches(['.', ',']).len();
    let (digits, after) = rest.split_at(end);
    let is_one = !before.contains(|c| is_sign(c) || c == '"')
        && !after.contains(|c: char| c.is_ascii_digit() || c == '"');
    is_one.then_some(Printed {
        sign,
        before,
        digits,
        after,
    })
}

fn is_sign(c: char) -> bool {
    matches!(c, '+' | '-' | MINUS)
}

/// The number that the text says: 0.74 for `74%`.
fn value(printed: Printed<'_>) -> Option<f64> {
    let size: f64 = printed.digits.replace(',', "").parse().ok()?;
    let size = if is_percentage(printed) {
        size / 100.0
    } else {
        size
    };
    Some(match printed.sign {
        Some('-' | MINUS) => -size,
        _ => size,
    })
}

/// One in the last printed digit.
fn unit(printed: Printed<'_>) -> f64 {
    let scale = if is_percentage(printed) { 0.01 } else { 1.0 };
    scale * 0.1f64.powi(i32::try_from(n_decimals(printed)).unwrap_or(0))
}

fn is_percentage(printed: Printed<'_>) -> bool {
    printed.after.starts_with('%')
}

fn n_decimals(printed: Printed<'_>) -> usize {
    printed
        .digits
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len())
}

/// The format that prints the number as the text does.
fn format(printed: Printed<'_>) -> String {
    let whole = if printed.digits.contains(',') {
        "#,##0"
    } else {
        "0"
    };
    let decimals = match n_decimals(printed) {
        0 => String::new(),
        n => format!(".{}", "0".repeat(n)),
    };
    let (percent, after) = match printed.after.strip_prefix('%') {
        Some(after) => ("%", after),
        None => ("", printed.after),
    };
    let body = format!(
        "{}{whole}{decimals}{percent}{}",
        quoted(printed.before),
        quoted(after)
    );
    match printed.sign {
        Some('+') => format!("+{body};\"{MINUS}\"{body};{body}"),
        Some(_) => format!("{body};\"{MINUS}\"{body}"),
        None => body,
    }
}

fn quoted(words: &str) -> String {
    if words.is_empty() {
        String::new()
    } else {
        format!("\"{words}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, number: Option<f64>) -> DataCell {
        DataCell {
            text: text.to_owned(),
            number,
            key: None,
        }
    }

    #[track_caller]
    fn check(text: &str, number: f64, format: &str) {
        let expected = Shown {
            number,
            format: format.to_owned(),
        };
        assert_eq!(shown(&cell(text, Some(number)), false), Some(expected));
    }

    #[track_caller]
    fn check_text(text: &str, number: Option<f64>) {
        assert_eq!(shown(&cell(text, number), true), None, "{text}");
    }

    #[test]
    fn figures_become_numbers() {
        check("74%", 0.74, "0%");
        check("0%", 0.0, "0%");
        check("7.5%", 0.075, "0.0%");
        check("1,240", 1240.0, "#,##0");
        check("38", 38.0, "0");
        check("16.8", 16.8, "0.0");
        check("\u{2212}1.9", -1.9, "0.0;\"\u{2212}\"0.0");
        check("+15.0", 15.0, "+0.0;\"\u{2212}\"0.0;0.0");
        check("£8,410", 8410.0, "\"£\"#,##0");
        check("+£1.14", 1.14, "+\"£\"0.00;\"\u{2212}\"\"£\"0.00;\"£\"0.00");
        check("12 years", 12.0, "0\" years\"");
    }

    #[test]
    fn what_is_not_one_number_stays_text() {
        check_text("58 of 78", Some(0.74));
        check_text("64% to 83%", None);
        check_text("[c]", None);
        check_text("[x]", None);
        check_text("", None);
        check_text("Wider family", None);
        check_text("2024–25", None);
        check_text("74%", Some(0.5));
    }

    #[test]
    fn a_bare_figure_of_a_number_column_needs_no_number_beside_it() {
        assert_eq!(
            shown(&cell("38", None), true).map(|shown| shown.number),
            Some(38.0)
        );
        assert_eq!(shown(&cell("38", None), false), None);
        assert_eq!(shown(&cell("Under 10", None), true), None);
    }
}
