//! The one place where numbers become text. Everything before it keeps full precision.

use jiff::civil::Date;

/// The sign for a figure that is withheld to protect children.
pub const WITHHELD: &str = "[c]";
/// The sign for a figure that is not available.
pub const NOT_AVAILABLE: &str = "[x]";

/// A minus sign, as print sets it.
const MINUS: char = '\u{2212}';

/// The number that a text with that many decimals shows: halves go away from zero, so that 0.125
/// becomes 0.13 whatever the binary form. `−0` becomes `0`.
pub fn rounded(value: f64, decimals: usize) -> f64 {
    let scale = 10f64.powi(i32::try_from(decimals).unwrap_or(0));
    let scaled = value.abs() * scale;
    // Sums of thousands of millions must not move by pounds.
    let nudge = (1e-9 * scaled.max(1.0)).min(1e-4);
    let magnitude = (scaled + nudge).round_half_up() / scale;
    if value < 0.0 && magnitude > 0.0 {
        -magnitude
    } else {
        magnitude
    }
}

/// A number with that many decimals, with the minus sign of print.
fn fixed(value: f64, decimals: usize) -> String {
    let rounded = rounded(value, decimals);
    let text = format!("{:.decimals$}", rounded.abs());
    if rounded < 0.0 {
        format!("{MINUS}{text}")
    } else {
        text
    }
}

/// Rounding of a non-negative number with halves up.
trait RoundHalfUp {
    fn round_half_up(self) -> f64;
}

impl RoundHalfUp for f64 {
    fn round_half_up(self) -> f64 {
        (self + 0.5).floor()
    }
}

/// A count with thousands separated: `1,240`.
pub fn count(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A proportion in 0..=1 as a whole percentage: `74%`.
///
/// ```
/// assert_eq!(kinfolk_model::format::share(0.745), "75%");
/// ```
pub fn share(value: f64) -> String {
    format!("{}%", fixed(value * 100.0, 0))
}

/// A number with that many decimals: `16.8`.
pub fn number(value: f64, decimals: usize) -> String {
    fixed(value, decimals)
}

/// A probability to three decimals, never as if it were none: `0.043`, `<0.001`.
///
/// ```
/// use kinfolk_model::format::p_value;
/// assert_eq!((p_value(0.0426).as_str(), p_value(0.0004).as_str()), ("0.043", "<0.001"));
/// ```
pub fn p_value(value: f64) -> String {
    match fixed(value, 3) {
        none if none == fixed(0.0, 3) => format!("<{}", fixed(0.001, 3)),
        some => some,
    }
}

/// A change with its sign: `+15.0`, `−1.9`, `0.0`.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    let is_zero = text.chars().all(|c| matches!(c, '0' | '.'));
    if value > 0.0 && !is_zero {
        format!("+{text}")
    } else {
        text
    }
}

/// A share with one decimal where it has one: `3.5%`, `80%`.
pub fn fine_share(value: f64) -> String {
    let text = fixed(value * 100.0, 1);
    format!("{}%", text.strip_suffix(".0").unwrap_or(&text))
}

/// Whole pounds: `£154,639`, `−£15,655`.
///
/// ```
/// assert_eq!(kinfolk_model::format::pounds(-15_654.7), "\u{2212}£15,655");
/// ```
pub fn pounds(value: f64) -> String {
    let whole = rounded(value, 0);
    let sign = if whole < 0.0 { "\u{2212}" } else { "" };
    format!("{sign}£{}", count(whole.abs() as u64))
}

/// Pounds and pence: `£1.66`, `−£0.84`.
pub fn pence(value: f64) -> String {
    let text = fixed(rounded(value, 2).abs(), 2);
    let sign = if rounded(value, 2) < 0.0 {
        "\u{2212}"
    } else {
        ""
    };
    format!("{sign}£{text}")
}

/// `n of N` with separated thousands.
pub fn of(numerator: u64, denominator: u64) -> String {
    format!("{} of {}", count(numerator), count(denominator))
}

/// The shortest text that gives the same number back, for files that computers read: `-0.25`.
pub fn exact(value: f64) -> String {
    value.to_string()
}

/// The level of an interval: `95%`, `99.9%`.
///
/// ```
/// assert_eq!(kinfolk_model::format::level(0.95), "95%");
/// ```
pub fn level(value: f64) -> String {
    let text = fixed(value * 100.0, 1);
    format!("{}%", text.strip_suffix(".0").unwrap_or(&text))
}

/// A day in words: `31 March 2025`.
///
/// ```
/// use jiff::civil::date;
/// assert_eq!(kinfolk_model::format::day(date(2025, 3, 31)), "31 March 2025");
/// ```
pub fn day(day: Date) -> String {
    format!("{} {}", day.day(), month(day))
}

/// A month in words: `March 2025`.
pub fn month(day: Date) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let name = NAMES
        .get(usize::from(day.month().unsigned_abs()) - 1)
        .copied()
        .unwrap_or_default();
    format!("{name} {}", day.year())
}

/// About how many in ten (or of a finer scale at the ends), for a summary: `about 7 in 10`,
/// `fewer than 1 in 10`, `almost all`.
pub fn about(value: f64) -> String {
    let tenths = (value * 10.0).round_half_up();
    if value >= 1.0 {
        "all".to_owned()
    } else if value >= 0.95 {
        "almost all".to_owned()
    } else if value <= 0.0 {
        "none".to_owned()
    } else if tenths < 1.0 {
        "fewer than 1 in 10".to_owned()
    } else if (0.45..0.55).contains(&value) {
        "about half".to_owned()
    } else {
        format!("about {tenths:.0} in 10")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_up_whatever_their_binary_form() {
        assert_eq!(number(0.125, 2), "0.13");
        assert_eq!(number(1.005, 2), "1.01");
        assert_eq!(number(-2.5, 0), "\u{2212}3");
        assert_eq!(share(0.285), "29%");
        assert_eq!(share(0.0), "0%");
    }

    #[test]
    fn there_is_no_minus_zero() {
        assert_eq!(number(-0.04, 1), "0.0");
        assert_eq!(signed(-0.04, 1), "0.0");
        assert_eq!(signed(0.04, 1), "0.0");
        assert_eq!(signed(15.0, 1), "+15.0");
    }

    #[test]
    fn counts_and_words() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_240), "1,240");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(of(58, 1_078), "58 of 1,078");
        assert_eq!(about(0.74), "about 7 in 10");
        assert_eq!(about(0.48), "about half");
        assert_eq!(about(0.97), "almost all");
        assert_eq!(about(0.01), "fewer than 1 in 10");
    }
}
