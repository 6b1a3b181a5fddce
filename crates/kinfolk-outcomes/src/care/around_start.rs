//! A child's placements before and after a day of the child's own, such as the start of a service.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;
use kinfolk_model::ChildId;
use kinfolk_model::care::{CareRecords, Covered, Episode};

use super::moves::MoveRule;
use super::placement::{Placement, placements};
use super::same_home::{SameHome, SameHomeOptions, same_home_after};
use super::stability::{days_within, moves_within, placed};
use super::stitch::stitch;

/// How long before and after, and what counts as a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AroundOptions {
    /// Days before the day and, with it, after.
    pub days: u16,
    /// What counts as a move.
    pub rule: MoveRule,
}

/// A time of some days, as far as the child was looked after in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TimeInCare {
    /// Moves other than those with which care began.
    pub moves: u32,
    /// Days looked after, short breaks apart.
    pub days: u32,
}

/// A child before and after the day.
#[derive(Debug, Clone, PartialEq)]
pub struct AroundStart {
    /// The child.
    pub child_id: ChildId,
    same_home: [SameHome; MoveRule::ALL.len()],
    /// The time before the day and the time after; `None` where the returns do not cover all of both.
    pub times: Option<[TimeInCare; 2]>,
}

impl AroundStart {
    /// Whether the child was looked after on the day.
    pub fn is_in_care(&self) -> bool {
        self.same_home[0] != SameHome::NotInCare
    }

    /// Where the child is so many days after the day, under each rule, in the order of
    /// [`MoveRule::ALL`].
    pub fn same_home(&self) -> [SameHome; MoveRule::ALL.len()] {
        self.same_home
    }
}

/// What the returns say of children before and after a day of their own, by identifier. Children
/// whom the returns do not know are left out.
pub fn derive_around_starts(
    records: &CareRecords,
    starts: &BTreeMap<&ChildId, Date>,
    options: AroundOptions,
) -> Vec<AroundStart> {
    let Some(last) = records.years.last() else {
        return Vec::new();
    };
    starts
        .iter()
        .filter_map(|(child_id, start)| {
            let rows = rows_of(records, child_id)?;
            let episodes = stitch(rows, *last).episodes;
            let covered = Covered::around(*start, &records.years);
            Some(around(child_id, &episodes, *start, options, covered))
        })
        .collect()
}

fn rows_of<'r>(records: &'r CareRecords, child_id: &ChildId) -> Option<&'r [Episode]> {
    let children = &records.children;
    let found = children.binary_search_by(|child| child.child_id.cmp(child_id));
    let child = u32::try_from(found.ok()?).ok()?;
    let first = records.episodes.partition_point(|row| row.child < child);
    let end = records.episodes.partition_point(|row| row.child <= child);
    Some(&records.episodes[first..end])
}

fn around(
    child_id: &ChildId,
    episodes: &[Episode],
    start: Date,
    options: AroundOptions,
    covered: Option<Covered>,
) -> AroundStart {
    let same_home = SameHomeOptions {
        from: start,
        days: options.days,
    };
    let by_rule = MoveRule::ALL.map(|rule| placements(episodes, rule));
    let days = Span::new().days(i32::from(options.days));
    let (before, eve) = (
        start.saturating_sub(days),
        start.saturating_sub(Span::new().days(1)),
    );
    let last = eve.saturating_add(days);
    let chosen = &by_rule[options.rule.place()];
    let is_covered = covered.is_some_and(|days| days.eve < before && last <= days.until);
    let day_before = before.saturating_sub(Span::new().days(1));
    AroundStart {
        child_id: child_id.clone(),
        same_home: by_rule
            .each_ref()
            .map(|placements| same_home_after(placements, same_home, covered)),
        times: is_covered.then(|| {
            [
                time_in_care(episodes, chosen, day_before, eve),
                time_in_care(episodes, chosen, eve, last),
            ]
        }),
    }
}

/// The time after one day, up to and with another.
fn time_in_care(
    episodes: &[Episode],
    placements: &[Placement],
    after: Date,
    until: Date,
) -> TimeInCare {
    TimeInCare {
        moves: moves_within(placements, after, until),
        days: placed(episodes)
            .map(|episode| days_within(episode, after, until))
            .sum(),
    }
}

#[cfg(test)]
mod tests {
    use kinfolk_model::care::CareChild;

    use jiff::civil::date;

    use super::*;
    use crate::care::test_rows::{Changed, row};
    use kinfolk_model::care::ShortCode;

    /// One child, in care from 1 May 2016, who moved on 1 August 2016 and 1 March 2017.
    fn records() -> CareRecords {
        let first = row(2018, "2016-05-01", Some("2016-08-01"), "S", "U4").ending("X1");
        let second = row(2018, "2016-08-01", Some("2017-03-01"), "P", "U6").ending("X1");
        CareRecords {
            children: vec![CareChild {
                child_id: ChildId::new("C1"),
                sex: None,
                date_of_birth: None,
                ethnicity: ShortCode::BLANK,
                is_unaccompanied: false,
                has_episodes: true,
            }],
            episodes: vec![first, second, row(2018, "2017-03-01", None, "P", "K2")],
            years: vec![2016, 2017, 2018],
            ..CareRecords::default()
        }
    }

    fn found(start: &str, days: u16) -> Vec<AroundStart> {
        let child = ChildId::new("C1");
        let starts = BTreeMap::from([(&child, start.parse().unwrap())]);
        let options = AroundOptions {
            days,
            rule: MoveRule::default(),
        };
        derive_around_starts(&records(), &starts, options)
    }

    #[test]
    fn moves_and_days_are_counted_on_both_sides_of_the_day() {
        let check = |start: &str, days: u16, expected: Option<[(u32, u32); 2]>| {
            let times = found(start, days)[0].times;
            let times = times.map(|times| times.map(|time| (time.moves, time.days)));
            assert_eq!(times, expected, "{start}");
        };
        check("2016-10-01", 100, Some([(1, 100), (0, 100)]));
        check("2016-10-01", 365, Some([(1, 153), (1, 365)]));
        // A move on the day itself comes after.
        check("2016-08-01", 50, Some([(0, 50), (1, 50)]));
        check("2016-03-01", 365, None);
        check("2017-06-01", 365, None);
        check("2017-04-01", 365, Some([(2, 335), (0, 365)]));
    }

    #[test]
    fn the_same_home_is_asked_from_the_day() {
        let check = |start: &str, expected: SameHome| {
            assert_eq!(found(start, 100)[0].same_home()[0], expected, "{start}");
        };
        check("2016-04-30", SameHome::NotInCare);
        check("2016-05-01", SameHome::Moved);
        check("2016-08-02", SameHome::Same);
        check("2018-03-01", SameHome::NotKnown);
    }

    #[test]
    fn a_child_whom_the_returns_do_not_know_is_left_out() {
        let stranger = ChildId::new("C2");
        let starts = BTreeMap::from([(&stranger, date(2016, 10, 1))]);
        let options = AroundOptions {
            days: 365,
            rule: MoveRule::default(),
        };
        assert!(derive_around_starts(&records(), &starts, options).is_empty());
    }
}
