//! What the care leavers' table says of someone who left care as a young adult.

use jiff::civil::Date;

use super::Years;
use super::person::Person;
use crate::child::after;
use crate::random::Stream;

const ACCOMMODATION: [(&str, i64); 8] = [
    ("U1", 38),
    ("Z1", 14),
    ("D1", 16),
    ("B1", 14),
    ("E1", 5),
    ("X2", 4),
    ("S2", 3),
    ("V2", 6),
];
const ACTIVITY: [(&str, i64); 7] = [
    ("F2", 27),
    ("F5", 24),
    ("F1", 5),
    ("P5", 4),
    ("G5", 24),
    ("G4", 11),
    ("G6", 5),
];

/// The same in each of the years in which the table asks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaver {
    pub(super) in_touch: &'static str,
    pub(super) activity: &'static str,
    pub(super) accommodation: &'static str,
    left: Date,
}

/// `None` for someone who left before the age of sixteen, or does not leave in the years of the returns.
pub(super) fn leaver(person: &Person, years: Years, stream: &mut Stream) -> Option<Leaver> {
    let in_touch = stream.choose(&[("YES", 90), ("NO", 5), ("REFU", 5)]);
    let (activity, accommodation) = (stream.choose(&ACTIVITY), stream.choose(&ACCOMMODATION));
    let (left, _) = person.leaves;
    if left > years.last_day() || left < after(person.born, 16 * 365 + 4) {
        return None;
    }
    let is_known = in_touch == "YES";
    Some(Leaver {
        in_touch,
        activity: if is_known { activity } else { "0" },
        accommodation: if is_known { accommodation } else { "0" },
        left,
    })
}

impl Leaver {
    /// Whether the table of a return asks: at a birthday from the seventeenth to the twenty-first, when
    /// care had ended before the year.
    pub(super) fn is_asked(&self, born: Date, year: i16) -> bool {
        let age = year - born.year() - i16::from((born.month(), born.day()) > (3, 31));
        let first_day = jiff::civil::date(year - 1, 4, 1);
        (17..=21).contains(&age) && self.left < first_day
    }
}
