//! The form of a questionnaire, also where a spreadsheet took it for a date.

use jiff::civil::Date;
use kinfolk_model::{SdqForm, parse_code};

use crate::cell;
use crate::row::RowReader;
use crate::rules;
use crate::sheet::Raw;

/// The ages that forms are named by.
const AGES: [(i16, i16, SdqForm); 6] = [
    (2, 4, SdqForm::Ages2To4),
    (4, 17, SdqForm::Ages4To17),
    (4, 10, SdqForm::Ages4To17),
    (11, 17, SdqForm::Ages4To17),
    (4, 16, SdqForm::Ages4To17),
    (11, 16, SdqForm::Ages4To17),
];

/// The form that a row names.
pub(super) fn form(row: &mut RowReader<'_>) -> Option<SdqForm> {
    let column = row.layout.column("form")?;
    let raw = row.raw.get(column)?;
    let shown = raw.shown();
    let of_date = match parse_code::<SdqForm>(&shown) {
        Ok(_) => None,
        Err(_) => form_of_date(raw, row.context.today),
    };
    let Some(form) = of_date else {
        return row.code("form");
    };
    let message = format!("`{shown}` was read as the form for ages {form}");
    row.report(&rules::SDQ_FORM_AS_DATE, "form", message);
    Some(form)
}

/// The form that became this date: `4-17` turns into 1 April 2017 where days come first, and into
/// 17 April where months do; files then show `Apr-17` or `17-Apr`.
fn form_of_date(raw: &Raw, today: Date) -> Option<SdqForm> {
    let written = match raw {
        Raw::Text(text) => month_and_number(text),
        _ => None,
    };
    if let Some((month, number)) = written {
        return form_for(month, number);
    }
    let date = cell::date(raw, today)?.date();
    let (month, day) = (i16::from(date.month()), i16::from(date.day()));
    form_for(month, day).or_else(|| {
        let short_year = date.year() % 100;
        (day == 1).then(|| form_for(month, short_year)).flatten()
    })
}

/// A month by its name and a number, in any order.
fn month_and_number(text: &str) -> Option<(i16, i16)> {
    let parts = cell::parts(text);
    let [left, right] = parts.as_slice() else {
        return None;
    };
    let (month, number) = match left.parse() {
        Ok(number) => (right, number),
        Err(_) => (left, right.parse().ok()?),
    };
    let is_name = month.starts_with(char::is_alphabetic);
    let month = is_name.then(|| cell::month_number(month)).flatten()?;
    Some((i16::from(month), number))
}

fn form_for(one: i16, other: i16) -> Option<SdqForm> {
    let ages = (one.min(other), one.max(other));
    AGES.iter()
        .find(|(low, high, _)| (*low, *high) == ages)
        .map(|(_, _, form)| *form)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn of(text: &str) -> Option<SdqForm> {
        form_of_date(&Raw::from_text(text)?, date(2025, 4, 30))
    }

    #[test]
    fn dates_that_were_forms_are_forms_again() {
        for text in [
            "Apr-17",
            "17-Apr",
            "17 April",
            "2017-04-01",
            "01/04/2017",
            "17/04/2025",
        ] {
            assert_eq!(of(text), Some(SdqForm::Ages4To17), "{text}");
        }
        for text in ["Nov-17", "17-Nov", "10-Apr", "04-Oct", "42826"] {
            assert_eq!(of(text), Some(SdqForm::Ages4To17), "{text}");
        }
        for text in ["02-Apr", "4-Feb", "Feb-04", "02/04/2025", "2025-02-04"] {
            assert_eq!(of(text), Some(SdqForm::Ages2To4), "{text}");
        }
        for text in ["Apr-18", "3 May 2024", "May", "17-17", "long", "7"] {
            assert_eq!(of(text), None, "{text}");
        }
        let day = |y, m, d| form_of_date(&Raw::Date(date(y, m, d)), date(2025, 4, 30));
        assert_eq!(day(2017, 4, 1), Some(SdqForm::Ages4To17));
        assert_eq!(day(2025, 4, 17), Some(SdqForm::Ages4To17));
        assert_eq!(day(2025, 4, 2), Some(SdqForm::Ages2To4));
        assert_eq!(day(2025, 4, 3), None);
    }
}
