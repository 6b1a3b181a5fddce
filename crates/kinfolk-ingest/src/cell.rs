//! One cell to one value. Everything here is a pure function of the cell and of today's date.

use jiff::civil::Date;
use kinfolk_model::{Answer, CohortValue, fold};
use smol_str::{SmolStr, ToSmolStr};

use crate::sheet::Raw;

/// How alike two words must be for one to be offered in place of the other.
const LIKENESS: f64 = 0.6;
/// Days before this one are typing errors or a spreadsheet's zero.
const EARLIEST_YEAR: i16 = 1901;
/// Days in a spreadsheet's count that are believed to be dates: 1954 to 2119.
const SERIALS: std::ops::RangeInclusive<f64> = 20_000.0..=80_000.0;

/// The likeliest of some names for a text, if any is near enough.
pub(crate) fn nearest<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let text = fold(text);
    let mut best: Option<(&str, f64)> = None;
    for name in names {
        let likeness = strsim::normalized_damerau_levenshtein(&text, &fold(name));
        if likeness >= LIKENESS && best.is_none_or(|(_, so_far)| likeness > so_far) {
            best = Some((name, likeness));
        }
    }
    best.map(|(name, _)| name)
}

/// A date, and what is doubtful about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadDate {
    Certain(Date),
    /// The century was guessed.
    TwoDigitYear(Date),
    /// It was a spreadsheet's count of days.
    Serial(Date),
}

impl ReadDate {
    pub(crate) fn date(self) -> Date {
        match self {
            Self::Certain(date) | Self::TwoDigitYear(date) | Self::Serial(date) => date,
        }
    }
}

/// A day from a cell: ISO, day before month, or a real date; never month before day.
pub(crate) fn date(raw: &Raw, today: Date) -> Option<ReadDate> {
    let read = match raw {
        Raw::Date(date) => Some(ReadDate::Certain(*date)),
        Raw::Number(number) => serial(*number).map(ReadDate::Serial),
        Raw::Text(text) => date_from_text(text, today),
        Raw::Bool(_) | Raw::Error(_) => None,
    }?;
    (read.date().year() >= EARLIEST_YEAR).then_some(read)
}

/// A day from text that writes its year in full. Systems without a day write 1 January 1900, which is none.
pub(crate) fn date_in_full(text: &str) -> Option<Date> {
    match date_from_text(text, Date::ZERO) {
        Some(ReadDate::Certain(date)) if date.year() >= EARLIEST_YEAR => Some(date),
        _ => None,
    }
}

fn date_from_text(text: &str, today: Date) -> Option<ReadDate> {
    if let Some(date) = iso_day(text) {
        return Some(ReadDate::Certain(date));
    }
    let day = without_time(text);
    let parts = parts(day);
    match parts.as_slice() {
        [y, m, d] if y.len() == 4 => ymd(y, m, d).map(ReadDate::Certain),
        [d, m, y] if y.len() == 4 => ymd(y, m, d).map(ReadDate::Certain),
        [d, m, y] if y.len() == 2 => {
            let year = in_full(y.parse().ok()?, today);
            ymd(&year.to_string(), m, d).map(ReadDate::TwoDigitYear)
        }
        [one] if one.len() == 8 && is_digits(one) => {
            ymd(&one[..4], &one[4..6], &one[6..]).map(ReadDate::Certain)
        }
        [_] | [_, _] => day.parse().ok().and_then(serial).map(ReadDate::Serial),
        _ => None,
    }
}

/// `2024-05-06`, as programs write days.
fn iso_day(text: &str) -> Option<Date> {
    let (year, month, day) = (text.get(..4)?, text.get(5..7)?, text.get(8..10)?);
    let has_form = text.len() == 10
        && [4, 7]
            .iter()
            .all(|at| text.as_bytes().get(*at) == Some(&b'-'))
        && [year, month, day].into_iter().all(is_digits);
    if !has_form {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The day without a time of day behind it.
fn without_time(text: &str) -> &str {
    match text.find(':') {
        Some(colon) => {
            let before = &text[..colon];
            let end = before.rfind([' ', 'T']).unwrap_or(before.len());
            &before[..end]
        }
        None => text,
    }
}

/// Runs of digits or of letters: `6th May 2024` is `6`, `May`, `2024`.
pub(crate) fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same: fn(char) -> bool = if first.is_ascii_digit() {
            |c| c.is_ascii_digit()
        } else if first.is_alphabetic() {
            char::is_alphabetic
        } else {
            rest = &rest[first.len_utf8()..];
            continue;
        };
        let end = rest.find(|c| !same(c)).unwrap_or(rest.len());
        parts.push(&rest[..end]);
        rest = &rest[end..];
    }
    parts.retain(|part| !matches!(*part, "st" | "nd" | "rd" | "th" | "of"));
    parts
}

fn ymd(year: &str, month: &str, day: &str) -> Option<Date> {
    let day = (day.len() <= 2).then(|| day.parse().ok()).flatten()?;
    Date::new(year.parse().ok()?, month_number(month)?, day).ok()
}

pub(crate) fn month_number(month: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if month.len() <= 2 {
        return month.parse().ok();
    }
    let month = month.to_lowercase();
    let at = MONTHS
        .iter()
        .position(|name| name.starts_with(&month) || (month == "sept" && *name == "september"))?;
    i8::try_from(at + 1).ok()
}

/// The year in full: not after this year, and less than a hundred years ago.
fn in_full(two_digits: i16, today: Date) -> i16 {
    let century = today.year() - today.year() % 100;
    let year = century + two_digits;
    if year > today.year() {
        year - 100
    } else {
        year
    }
}

/// The day of a spreadsheet's count.
fn serial(number: f64) -> Option<Date> {
    if !SERIALS.contains(&number) {
        return None;
    }
    let days = number.floor() as i64;
    Date::new(1899, 12, 30)
        .ok()?
        .checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()
}

/// A whole number, and whether it was stored as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReadInteger {
    Number(i64),
    Text(i64),
}

impl ReadInteger {
    pub(crate) fn value(self) -> i64 {
        match self {
            Self::Number(value) | Self::Text(value) => value,
        }
    }
}

/// Why a cell is no whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotInteger {
    Fraction,
    Words,
}

/// A whole number from a cell.
pub(crate) fn integer(raw: &Raw) -> Result<ReadInteger, NotInteger> {
    match raw {
        Raw::Number(number) => whole(*number).map(ReadInteger::Number),
        Raw::Text(text) if is_short_number(text) => {
            let digits = text.bytes().map(|digit| i64::from(digit - b'0'));
            Ok(ReadInteger::Text(
                digits.fold(0, |sum, digit| 10 * sum + digit),
            ))
        }
        Raw::Text(text) => match number_from_text(text) {
            Some(number) => whole(number).map(ReadInteger::Text),
            None => Err(NotInteger::Words),
        },
        Raw::Bool(_) | Raw::Date(_) | Raw::Error(_) => Err(NotInteger::Words),
    }
}

/// Whether a text is a whole number of a few digits, as most are.
fn is_short_number(text: &str) -> bool {
    text.len() <= 4 && is_digits(text)
}

fn whole(number: f64) -> Result<i64, NotInteger> {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        Ok(number as i64)
    } else {
        Err(NotInteger::Fraction)
    }
}

/// A number in digits, with thousands separated or not.
fn number_from_text(text: &str) -> Option<f64> {
    let digits: String = text.chars().filter(|c| *c != ',').collect();
    let plain = digits.trim_start_matches(['-', '+', '\u{2212}']);
    let is_number = plain.starts_with(|c: char| c.is_ascii_digit())
        && plain.chars().all(|c| c.is_ascii_digit() || c == '.');
    let has_odd_commas = text.contains(',') && !has_thousands(text);
    if !is_number || has_odd_commas {
        return None;
    }
    digits.replace('\u{2212}', "-").parse().ok()
}

/// Whether every comma stands before exactly three digits.
fn has_thousands(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or_default();
    whole.split(',').skip(1).all(|group| group.len() == 3)
}

/// Yes or no from a cell.
pub(crate) fn yes_no(raw: &Raw) -> Option<bool> {
    match raw {
        Raw::Bool(truth) => Some(*truth),
        Raw::Number(number) if *number == 1.0 => Some(true),
        Raw::Number(number) if *number == 0.0 => Some(false),
        // Mostly written so, and asked of millions of cells.
        Raw::Text(text) if text == "yes" => Some(true),
        Raw::Text(text) if text == "no" => Some(false),
        Raw::Text(text) => {
            let is_one_of =
                |words: [&str; 5]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
            let is_yes = is_one_of(["yes", "y", "true", "1", "1.0"]);
            (is_yes || is_one_of(["no", "n", "false", "0", "0.0"])).then_some(is_yes)
        }
        _ => None,
    }
}

/// A number, or words; words for yes and no are `yes` and `no`.
pub(crate) fn value(raw: &Raw) -> CohortValue {
    let number = match raw {
        Raw::Number(number) => Some(*number),
        Raw::Text(text) => number_from_text(text),
        _ => None,
    };
    match (number, yes_no(raw)) {
        (Some(number), _) => CohortValue::Number(number),
        (None, Some(true)) => CohortValue::Words("yes".to_owned()),
        (None, Some(false)) => CohortValue::Words("no".to_owned()),
        (None, None) => CohortValue::Words(raw.shown()),
    }
}

/// Why a cell is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotAnswer {
    OutsideRange,
    Words,
}

/// A rating from 1 to 5, yes or no.
pub(crate) fn answer(raw: &Raw) -> Result<Answer, NotAnswer> {
    match integer(raw).map(ReadInteger::value) {
        Ok(rating @ 1..=5) => u8::try_from(rating)
            .map(Answer::Rating)
            .map_err(|_| NotAnswer::OutsideRange),
        Ok(_) | Err(NotInteger::Fraction) => Err(NotAnswer::OutsideRange),
        Err(NotInteger::Words) => match yes_no(raw) {
            Some(true) => Ok(Answer::Yes),
            Some(false) => Ok(Answer::No),
            None => Err(NotAnswer::Words),
        },
    }
}

/// An identifier, and what a spreadsheet did to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ReadId {
    Certain(SmolStr),
    /// It carried a decimal point that was taken off.
    Reformatted(SmolStr),
    /// Its digits are lost.
    Mangled,
}

/// An identifier from a cell.
pub(crate) fn identifier(raw: &Raw) -> ReadId {
    match raw {
        Raw::Number(number) if number.abs() < 1e15 => ReadId::Certain(number.to_smolstr()),
        Raw::Number(_) | Raw::Date(_) => ReadId::Mangled,
        Raw::Text(text) if is_scientific(text) || is_month_and_number(text) => ReadId::Mangled,
        Raw::Text(text) => match text.strip_suffix(".0") {
            Some(digits) if is_digits(digits) => ReadId::Reformatted(digits.into()),
            _ => ReadId::Certain(text.clone()),
        },
        Raw::Bool(_) | Raw::Error(_) => ReadId::Certain(raw.shown().into()),
    }
}

pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `1.23457E+11`.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let exponent = exponent.strip_prefix('+').unwrap_or_default();
    is_digits(exponent)
        && mantissa.parse::<f64>().is_ok()
        && mantissa.starts_with(|c: char| c.is_ascii_digit())
}

/// `03-Dec` or `Dec-03`, which is what a spreadsheet makes of `3-12`.
fn is_month_and_number(text: &str) -> bool {
    let Some((left, right)) = text.split_once('-') else {
        return false;
    };
    let is_month = |part: &str| part.len() == 3 && month_number(part).is_some();
    let is_number = |part: &str| part.len() <= 2 && is_digits(part);
    (is_number(left) && is_month(right)) || (is_month(left) && is_number(right))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;
    use proptest::prelude::*;

    use super::*;

    fn text(text: &str) -> Raw {
        Raw::from_text(text).unwrap()
    }

    fn read_date(written: &str) -> Option<ReadDate> {
        date(&text(written), day(2025, 4, 30))
    }

    #[test]
    fn the_day_that_stands_for_no_day_is_none() {
        let check = |text, expected| assert_eq!(date_in_full(text), expected, "{text}");
        check("1900-01-01", None);
        check("01/01/1900 00:00", None);
        check("1901-01-01", Some(Date::constant(1901, 1, 1)));
    }

    #[test]
    fn dates_are_read_in_every_order_but_the_american() {
        let written = [
            "2024-05-06",
            "2024/5/6",
            "20240506",
            "06/05/2024",
            "6/5/2024",
            "06-05-2024",
            "06.05.2024",
            "6 May 2024",
            "06-May-2024",
            "6th May 2024",
            "6th of may 2024",
            "06 MAY 2024",
            "06May2024",
            "2024-05-06 13:45",
            "2024-05-06T00:00:00",
            "06/05/2024 00:00:00",
        ];
        for written in written {
            let expected = Some(ReadDate::Certain(day(2024, 5, 6)));
            assert_eq!(read_date(written), expected, "{written}");
        }
        assert_eq!(read_date("1 Sept 2024").unwrap().date(), day(2024, 9, 1));
        assert_eq!(read_date("31 dec 2024").unwrap().date(), day(2024, 12, 31));
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        let written = [
            "05/31/2024",
            "31/02/2024",
            "May 6, 2024",
            "2024-13-01",
            "2024-05",
            "May 2024",
            "soon",
            "1/1/1",
            "0",
            "12",
            "1899-12-31",
            "2024-05-06-07",
            "ééé",
            "99999999",
            "6 Mai 2024 x",
        ];
        for written in written {
            assert_eq!(read_date(written), None, "{written}");
        }
    }

    #[test]
    fn doubtful_dates_are_marked() {
        let two_digits = |y, m, d| Some(ReadDate::TwoDigitYear(day(y, m, d)));
        assert_eq!(read_date("06/05/24"), two_digits(2024, 5, 6));
        assert_eq!(read_date("6 May 26"), two_digits(1926, 5, 6));
        let serial = Some(ReadDate::Serial(day(2024, 5, 6)));
        assert_eq!(read_date("45418"), serial);
        assert_eq!(read_date("45418.75"), serial);
        assert_eq!(date(&Raw::Number(45418.0), day(2025, 4, 30)), serial);
        assert_eq!(date(&Raw::Number(7.0), day(2025, 4, 30)), None);
    }

    #[test]
    fn whole_numbers_are_read() {
        let read = |written: &str| integer(&text(written)).map(ReadInteger::value);
        for (written, expected) in [
            ("7", Ok(7)),
            ("7.0", Ok(7)),
            ("-3", Ok(-3)),
            ("\u{2212}3", Ok(-3)),
            ("1,240", Ok(1240)),
            ("12,40", Err(NotInteger::Words)),
            ("3.5", Err(NotInteger::Fraction)),
            ("about 7", Err(NotInteger::Words)),
            ("7+", Err(NotInteger::Words)),
            ("1e3", Err(NotInteger::Words)),
            ("1.2.3", Err(NotInteger::Words)),
        ] {
            assert_eq!(read(written), expected, "{written}");
        }
        assert_eq!(integer(&Raw::Number(7.0)), Ok(ReadInteger::Number(7)));
        assert_eq!(integer(&Raw::Number(f64::NAN)), Err(NotInteger::Fraction));
        assert_eq!(integer(&Raw::Number(1e300)), Err(NotInteger::Fraction));
        assert_eq!(integer(&Raw::Bool(true)), Err(NotInteger::Words));
    }

    #[test]
    fn answers_are_read() {
        for (written, expected) in [
            ("1", Ok(Answer::Rating(1))),
            ("5", Ok(Answer::Rating(5))),
            ("5.0", Ok(Answer::Rating(5))),
            ("Yes", Ok(Answer::Yes)),
            ("n", Ok(Answer::No)),
            ("0", Err(NotAnswer::OutsideRange)),
            ("6", Err(NotAnswer::OutsideRange)),
            ("4.5", Err(NotAnswer::OutsideRange)),
            ("agree", Err(NotAnswer::Words)),
        ] {
            assert_eq!(answer(&text(written)), expected, "{written}");
        }
    }

    #[test]
    fn yes_and_no_are_read() {
        for written in ["yes", "Y", "TRUE", "1"] {
            assert_eq!(yes_no(&text(written)), Some(true));
        }
        for written in ["No", "n", "false", "0"] {
            assert_eq!(yes_no(&text(written)), Some(false));
        }
        assert_eq!(yes_no(&text("not known")), None);
        assert_eq!(yes_no(&Raw::Number(1.0)), Some(true));
        assert_eq!(yes_no(&Raw::Number(2.0)), None);
        assert_eq!(yes_no(&Raw::Bool(false)), Some(false));
    }

    #[test]
    fn identifiers_that_a_spreadsheet_touched_are_told() {
        let certain = |id: &str| ReadId::Certain(id.into());
        for (raw, expected) in [
            (text("H-01"), certain("H-01")),
            (text("00123"), certain("00123")),
            (text("2E5"), certain("2E5")),
            (text("May-Smith"), certain("May-Smith")),
            (text("v1.0"), certain("v1.0")),
            (Raw::Number(1001.0), certain("1001")),
            (text("1001.0"), ReadId::Reformatted("1001".into())),
            (text("1.23457E+11"), ReadId::Mangled),
            (text("03-Dec"), ReadId::Mangled),
            (text("Dec-03"), ReadId::Mangled),
            (Raw::Date(day(2024, 12, 3)), ReadId::Mangled),
            (Raw::Number(1.23456789012346e17), ReadId::Mangled),
        ] {
            assert_eq!(identifier(&raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn the_nearest_name_is_near() {
        let names = ["wider_family", "siblings", "father"];
        let near = |text| nearest(text, names.into_iter());
        assert_eq!(near("Wider Familly"), Some("wider_family"));
        assert_eq!(near("sibling"), Some("siblings"));
        assert_eq!(near("dragons"), None);
        assert_eq!(near(""), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_stop(written in "\\PC{0,24}", number in any::<f64>()) {
            for raw in [Raw::from_text(&written), Some(Raw::Number(number))].into_iter().flatten() {
                let _ = (date(&raw, day(2025, 4, 30)), integer(&raw), answer(&raw), identifier(&raw));
            }
        }

        #[test]
        fn every_day_comes_back(y in 1901i16..2100, m in 1i8..=12, d in 1i8..=28) {
            let expected = Some(ReadDate::Certain(day(y, m, d)));
            prop_assert_eq!(read_date(&day(y, m, d).to_string()), expected);
            prop_assert_eq!(read_date(&format!("{d:02}/{m:02}/{y}")), expected);
        }
    }
}
