//! How long made-up children of England are in care and how long they stay with a carer.
//!
//! Children come into care all the time, at any age, and leave at eighteen at the latest. Only those
//! whose time in care touches the years of the returns are kept, so that on every 31 March those in care
//! are as old, and have been there as long, as on any other.
//!
//! The weights are arranged so that the following shares of those in care on 31 March come near those that
//! the Department for Education published for England in 2025 (children looked after in England,
//! placement stability): in care in the year before too 59,430 of 81,770 (73%); under sixteen and in care
//! for two and a half years 28,710 (35%); and from five to sixteen and in care for the whole year 43,220
//! (53%). And so that of these children as many had moved as in [`Settling`].

use jiff::civil::Date;

use crate::child::after;
use crate::random::Stream;

/// Completed years when care begins.
const AGES_AT_ENTRY: [((i64, i64), i64); 6] = [
    ((0, 0), 15),
    ((1, 4), 14),
    ((5, 9), 18),
    ((10, 13), 21),
    ((14, 15), 16),
    ((16, 17), 16),
];
/// How long care lasts, in days; the last lasts until the child is of age.
const STAYS: [((i64, i64), i64); 5] = [
    ((30, 180), 10),
    ((181, 540), 19),
    ((541, 1150), 41),
    ((1201, 2600), 17),
    ((8000, 8000), 17),
];
/// Why care ends before the child is of age.
const ENDINGS: [(&str, i64); 8] = [
    ("E4A", 34),
    ("E4B", 12),
    ("E45", 14),
    ("E46", 7),
    ("E48", 8),
    ("E41", 9),
    ("E8", 10),
    ("E13", 6),
];
/// Why it ends at eighteen.
const AT_EIGHTEEN: [(&str, i64); 3] = [("E17", 45), ("E5", 40), ("E6", 15)];
/// Nobody comes into care later before coming of age, in days.
const LAST_DAYS: i64 = 60;
const DAYS_TO_EIGHTEEN: i64 = 18 * 365 + 4;
/// The categories of need with which care begins; those in the first two are of the youngest children.
pub(crate) const NEEDS: [(&str, i64); 5] =
    [("N1", 64), ("N5", 16), ("N4", 9), ("N3", 6), ("N8", 5)];
/// Why a child moves.
pub(crate) const REASONS_TO_MOVE: [(&str, i64); 9] = [
    ("CARPL", 38),
    ("CREQB", 15),
    ("CREQO", 12),
    ("OTHER", 10),
    ("CLOSE", 8),
    ("LAREQ", 8),
    ("CHILD", 5),
    ("STAND", 2),
    ("ALLEG", 2),
];

/// One child's time in care.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeInCare {
    pub(crate) born: Date,
    pub(crate) started: Date,
    /// When care ends, and why; it may be after the last return.
    pub(crate) leaves: (Date, &'static str),
}

impl TimeInCare {
    /// Of a child who is in care on one of these days at least.
    pub(crate) fn within(first_day: Date, last_day: Date, stream: &mut Stream) -> Self {
        let length = i64::from((last_day - first_day).get_days());
        loop {
            let day = stream.between(-DAYS_TO_EIGHTEEN, length);
            let time = Self::from(after(first_day, day), stream);
            if time.leaves.0 > first_day {
                return time;
            }
        }
    }

    fn from(started: Date, stream: &mut Stream) -> Self {
        let (youngest, oldest) = stream.choose(&AGES_AT_ENTRY);
        let age = stream.between(youngest * 365, oldest * 365 + 364);
        let born = after(started, -age.min(DAYS_TO_EIGHTEEN - LAST_DAYS));
        let (shortest, longest) = stream.choose(&STAYS);
        let early = (
            after(started, stream.between(shortest, longest)),
            stream.choose(&ENDINGS),
        );
        let of_age = at_eighteen(born, stream);
        Self {
            born,
            started,
            leaves: if early.0 < of_age.0 { early } else { of_age },
        }
    }
}

/// The day on which care ends at the latest, and why.
pub(crate) fn at_eighteen(born: Date, stream: &mut Stream) -> (Date, &'static str) {
    (after(born, DAYS_TO_EIGHTEEN), stream.choose(&AT_EIGHTEEN))
}

/// Why care ends before the child is of age.
pub(crate) fn early_ending(stream: &mut Stream) -> &'static str {
    stream.choose(&ENDINGS)
}

/// How soon a child finds a carer with whom it stays.
///
/// Published for England in 2025, by the Department for Education: three or more placements in the year
/// 8,500 of 81,770 (10%), in two years 13,410 of 59,430 (23%); the same carer for two years 19,680 of
/// 28,710 (69%).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settling {
    Settled,
    Unsettled,
}

/// Of a hundred children, how many are unsettled.
const N_UNSETTLED: i64 = 25;
/// How long a settled child's first placement lasts, in days.
const FIRST: [((i64, i64), i64); 3] = [((10, 90), 35), ((91, 400), 25), ((2000, 6500), 40)];
const SETTLED: [((i64, i64), i64); 3] = [((20, 200), 18), ((201, 900), 8), ((2000, 6500), 80)];
const UNSETTLED: [((i64, i64), i64); 3] = [((10, 90), 40), ((91, 300), 38), ((301, 900), 22)];

impl Settling {
    pub(crate) fn of(stream: &mut Stream) -> Self {
        match stream.chance(N_UNSETTLED) {
            true => Self::Unsettled,
            false => Self::Settled,
        }
    }

    /// The days of a placement, the first or a later one.
    pub(crate) fn days(self, is_first: bool, stream: &mut Stream) -> i64 {
        let stays = match (self, is_first) {
            (Self::Settled, true) => &FIRST,
            (Self::Settled, false) => &SETTLED,
            (Self::Unsettled, _) => &UNSETTLED,
        };
        let (shortest, longest) = stream.choose(stays);
        stream.between(shortest, longest)
    }
}
