//! A column of days.

use jiff::civil::Date;

use super::reader::Reader;
use super::rows::Rows;
use super::rules;
use crate::cell::{ReadDate, date};
use crate::sheet::Raw;

/// A day, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Blank,
    Unreadable,
    On(Date),
}

impl Day {
    pub(super) fn date(self) -> Option<Date> {
        match self {
            Self::On(date) => Some(date),
            Self::Blank | Self::Unreadable => None,
        }
    }
}

/// A column of days, by where it stands in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct DayColumn(pub(super) Option<usize>);

impl DayColumn {
    /// The day in the row. A doubtful one is noted.
    pub(super) fn read(self, reader: &mut Reader<impl Rows>) -> Day {
        let Some((place, cell)) = self.0.and_then(|at| Some((at, reader.cell(at)?))) else {
            return Day::Blank;
        };
        if let Some(date) = day_month_year(&cell) {
            return Day::On(date);
        }
        let read = Raw::from_text(&cell).map(|raw| date(&raw, reader.today));
        drop(cell);
        let (date, doubt) = match read {
            None => return Day::Blank,
            Some(None) => return Day::Unreadable,
            Some(Some(ReadDate::Certain(date))) => return Day::On(date),
            Some(Some(ReadDate::TwoDigitYear(date))) => (date, &rules::DATE_TWO_DIGITS),
            Some(Some(ReadDate::Serial(date))) => (date, &rules::DATE_SERIAL),
        };
        reader.note_cell(doubt, place);
        Day::On(date)
    }
}

/// `dd/mm/yyyy` or `yyyy-mm-dd`, the two forms in which returns come; everything else takes the
/// longer way.
fn day_month_year(text: &str) -> Option<Date> {
    let number = |bytes: &[u8]| {
        bytes.iter().try_fold(0i16, |sum, byte| {
            byte.is_ascii_digit()
                .then(|| sum * 10 + i16::from(byte - b'0'))
        })
    };
    let date = |year: &[u8], month: &[u8], day: &[u8]| {
        let month = i8::try_from(number(month)?).ok()?;
        let day = i8::try_from(number(day)?).ok()?;
        Date::new(number(year)?, month, day).ok()
    };
    match text.as_bytes() {
        [d1, d2, b'/', m1, m2, b'/', year @ ..] if year.len() == 4 => {
            date(year, &[*m1, *m2], &[*d1, *d2])
        }
        [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] => {
            date(&[*y1, *y2, *y3, *y4], &[*m1, *m2], &[*d1, *d2])
        }
        _ => None,
    }
    .filter(|date| date.year() > 1900)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_usual_forms_of_a_day_are_read_at_once() {
        let check = |text: &str, expected: Option<&str>| {
            let found = day_month_year(text).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        };
        check("09/04/2017", Some("2017-04-09"));
        check("2017-04-09", Some("2017-04-09"));
        check("31/02/2017", None);
        check("9/4/2017", None);
        check("09/04/17", None);
        check("01/01/1900", None);
        check("", None);
    }
}
