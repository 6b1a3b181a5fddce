//! What an episode says of time in care.

use jiff::civil::Date;

use super::{Episode, ShortCode};

/// A period of care starts (RNE).
pub const STARTED: ShortCode = ShortCode::of("S");
/// Care continues in another episode (REC).
pub const CONTINUES: ShortCode = ShortCode::of("X1");

/// Short breaks: V3 and V4, in Wales V1.
const SHORT_BREAKS: [ShortCode; 3] = [
    ShortCode::of("V1"),
    ShortCode::of("V3"),
    ShortCode::of("V4"),
];

impl Episode {
    /// Whether it is one of a series of short breaks, which official measures leave out.
    pub fn is_short_break(&self) -> bool {
        SHORT_BREAKS.contains(&self.legal_status)
    }

    /// The day on which the child left care with this episode; `None` where it lasts or care continues.
    pub fn left_on(&self) -> Option<Date> {
        self.ended.filter(|_| self.reason_ended != CONTINUES)
    }

    /// Whether it lasts at the end of a day: from its first day on, up to the day before it ended.
    pub fn is_open_on(&self, day: Date) -> bool {
        self.started <= day && self.ended.is_none_or(|ended| ended > day)
    }

    /// Whether care goes on in it from the episode before: it begins on the day on which that ends, care did
    /// not end then, and none starts.
    pub fn continues(&self, before: &Self) -> bool {
        self.reason_new != STARTED
            && before.reason_ended == CONTINUES
            && before.ended == Some(self.started)
    }
}
