//! Whether a child is still in the same home some time after a given day.

use jiff::Span;
use jiff::civil::Date;
use kinfolk_model::care::{Covered, ShortCode};

use super::placement::{Placement, Reason};
use super::stitch::CLOSED_BY_RULE;

/// From which day, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SameHomeOptions {
    /// The first day, on which the child must be looked after.
    pub from: Date,
    /// How many days later.
    pub days: u16,
}

impl SameHomeOptions {
    /// The day on which the question is answered.
    pub fn until(&self) -> Date {
        self.from
            .saturating_add(Span::new().days(i32::from(self.days)))
    }

    /// So many days that end on a given one.
    pub fn up_to(day: Date, days: u16) -> Self {
        Self {
            from: day.saturating_sub(Span::new().days(i32::from(days))),
            days,
        }
    }
}

/// Where a child is some days after a given one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SameHome {
    /// Not looked after on the first day, so the question does not arise.
    NotInCare,
    /// Still in the same placement.
    Same,
    /// Moved before.
    Moved,
    /// Left care before, for the reason that the return gives.
    LeftCare(ShortCode),
    /// The records end before that, or lose sight of the child.
    NotKnown,
}

/// Whether a child is still in the same placement so many days after a day. Where the returns end before the
/// answer is due, it is not known of any child: those who moved early are known already, and to count them alone
/// would mislead. Where they begin later than the first day, nor is it: only who stayed is in them.
pub fn same_home_after(
    placements: &[Placement],
    options: SameHomeOptions,
    covered: Option<Covered>,
) -> SameHome {
    same_home_between(placements, (options.from, options.until()), covered)
}

/// The same for two days, which a caller who asks of many children works out once.
pub(super) fn same_home_between(
    placements: &[Placement],
    (from, until): (Date, Date),
    covered: Option<Covered>,
) -> SameHome {
    let is_covered = covered.is_some_and(|days| days.holds(from) && days.holds(until));
    let mut homes = placements.iter();
    let Some(home) = homes.find(|p| p.is_open_on(from)) else {
        return SameHome::NotInCare;
    };
    match home.end {
        _ if !is_covered => SameHome::NotKnown,
        _ if home.is_open_on(until) => SameHome::Same,
        Reason::LeftCare(CLOSED_BY_RULE) => SameHome::NotKnown,
        Reason::LeftCare(reason) => SameHome::LeftCare(reason),
        Reason::Moved(_) | Reason::Lasts => SameHome::Moved,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::care::test_rows::{Changed, row};
    use crate::care::{MoveRule, placements, stitch};

    const OPTIONS: SameHomeOptions = SameHomeOptions {
        from: date(2016, 6, 1),
        days: 365,
    };

    #[test]
    fn a_year_later_a_child_is_there_or_elsewhere_or_not_known() {
        let check = |end: Option<&str>, reason: &str, known: &[i16], expected| {
            let episode = row(2018, "2016-01-01", end, "S", "U4");
            let first = if end.is_some() {
                episode.ending(reason)
            } else {
                episode
            };
            let mut rows = vec![first];
            if let (Some(end), "X1") = (end, reason) {
                rows.push(row(2018, end, None, "P", "K2"));
            }
            let placements = placements(&stitch(&rows, 2018).episodes, MoveRule::default());
            let found = same_home_after(&placements, OPTIONS, Covered::latest(known));
            assert_eq!(found, expected);
        };
        let e4a = ShortCode::of("E4A");
        check(None, "", &[2017, 2018], SameHome::Same);
        check(None, "", &[2017], SameHome::NotKnown);
        check(Some("2017-01-01"), "X1", &[2017], SameHome::NotKnown);
        check(Some("2017-01-01"), "E99", &[2017, 2018], SameHome::NotKnown);
        check(None, "", &[2018], SameHome::NotKnown);
        check(None, "", &[], SameHome::NotKnown);
        check(Some("2017-06-01"), "X1", &[2017, 2018], SameHome::Moved);
        check(Some("2017-06-02"), "X1", &[2017, 2018], SameHome::Same);
        check(
            Some("2017-01-01"),
            "E4A",
            &[2017, 2018],
            SameHome::LeftCare(e4a),
        );
        check(
            Some("2016-03-01"),
            "E4A",
            &[2017, 2018],
            SameHome::NotInCare,
        );
    }
}
