//! Where children live in the first two years after they come into care.

use jiff::Span;
use jiff::civil::Date;
use kinfolk_model::care::{Covered, HomeKind, ShortBreakStarts};

use super::placement::{Placement, Reason};
use super::stitch::CLOSED_BY_RULE;

/// The months after coming into care at which is asked where a child lives. Finer steps would show
/// moves of one child.
pub const MONTHS: [i32; 4] = [0, 6, 12, 24];
/// How long each child is followed.
const FOLLOWED: i32 = 24;
/// The longest time over which children who come into care are gathered.
const GATHERED: i32 = 24;

/// Whose first two years are looked at: children whose period of care began after one day and by
/// another, two years before the returns end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entrants {
    /// The last day before.
    pub after: Date,
    /// The last day.
    pub until: Date,
}

impl Entrants {
    /// Children who came into care up to two years before a day, over at most two years. Returns must
    /// cover all of it, year by year: a child who came and left before the first return is in none.
    /// `None` where they do not; it takes three in a row. `years` are those in which returns end, in
    /// order.
    pub fn of(on: Date, years: &[i16]) -> Option<Self> {
        let covered = Covered::latest(years)?;
        let months = |day: Date, months| day.saturating_sub(Span::new().months(months));
        let until = months(on.min(covered.until), FOLLOWED);
        let after = months(until, GATHERED).max(covered.eve);
        (after < until).then_some(Self { after, until })
    }
}

/// Where a child stands on a day after coming into care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// In care, in a home of that kind.
    Home(HomeKind),
    /// The period of care has ended, whether or not another began.
    LeftCare,
    /// The returns lose sight of the child.
    NotKnown,
}

/// One child's first two years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChildPath {
    /// Where the child stands at each of [`MONTHS`].
    pub at: [Standing; MONTHS.len()],
    /// Homes in the two years, the first among them.
    pub n_homes: u32,
}

impl ChildPath {
    /// Where the child stands after two years.
    pub fn at_end(&self) -> Standing {
        self.at[MONTHS.len() - 1]
    }
}

/// The first period of care that began within the time looked at; later ones are left aside.
pub(super) fn path_of(
    placements: &[Placement],
    entrants: Entrants,
    breaks: ShortBreakStarts,
) -> Option<ChildPath> {
    let is_entry = |p: &Placement| {
        let began_at_home = p.started == p.period_started || breaks != ShortBreakStarts::LeftOut;
        p.is_first && began_at_home && entrants.after < p.started && p.started <= entrants.until
    };
    let from = placements.iter().position(is_entry)?;
    let later = &placements[from + 1..];
    let n_later = later.iter().take_while(|p| !p.is_first).count();
    let homes = &placements[from..=from + n_later];
    let started = homes.first()?.started;
    let day = |months| started.saturating_add(Span::new().months(months));
    let within = |p: &&Placement| p.started <= day(FOLLOWED);
    Some(ChildPath {
        at: MONTHS.map(|months| standing(homes, day(months))),
        n_homes: u32::try_from(homes.iter().filter(within).count()).unwrap_or(u32::MAX),
    })
}

fn standing(homes: &[Placement], day: Date) -> Standing {
    if let Some(home) = homes.iter().find(|p| p.is_open_on(day)) {
        return Standing::Home(HomeKind::of(home.kind));
    }
    match homes.last() {
        Some(last) if last.ended.is_none_or(|ended| ended > day) => Standing::Home(HomeKind::Other),
        Some(last) if last.end == Reason::LeftCare(CLOSED_BY_RULE) => Standing::NotKnown,
        _ => Standing::LeftCare,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::care::test_rows::{Changed, row};
    use crate::care::{MoveRule, placements, stitch};
    use kinfolk_model::care::Episode;

    const ENTRANTS: Entrants = Entrants {
        after: date(2018, 3, 31),
        until: date(2020, 3, 31),
    };

    fn path(rows: &[Episode]) -> Option<ChildPath> {
        let episodes = stitch(rows, 2022).episodes;
        let placements = placements(&episodes, MoveRule::default());
        path_of(&placements, ENTRANTS, ShortBreakStarts::LeftOut)
    }

    fn check(rows: &[Episode], at: [Standing; 4], n_homes: u32) {
        assert_eq!(path(rows), Some(ChildPath { at, n_homes }));
    }

    const FOSTER: Standing = Standing::Home(HomeKind::FosterCare);
    const KIN: Standing = Standing::Home(HomeKind::KinshipCare);

    #[test]
    fn a_child_is_followed_for_two_years() {
        check(&[row(2022, "2019-05-01", None, "S", "U4")], [FOSTER; 4], 1);
        let moved = [
            row(2022, "2019-05-01", Some("2020-01-10"), "S", "U6").ending("X1"),
            row(2022, "2020-01-10", None, "P", "U3"),
        ];
        check(&moved, [FOSTER, FOSTER, KIN, KIN], 2);
        let late = [
            row(2022, "2019-05-01", Some("2021-06-01"), "S", "U6").ending("X1"),
            row(2022, "2021-06-01", None, "P", "U3"),
        ];
        check(&late, [FOSTER; 4], 1);
    }

    #[test]
    fn who_has_left_stays_so() {
        let back = [
            row(2022, "2019-05-01", Some("2019-12-01"), "S", "U4").ending("E4A"),
            row(2022, "2020-02-01", None, "S", "K2"),
        ];
        check(
            &back,
            [FOSTER, FOSTER, Standing::LeftCare, Standing::LeftCare],
            1,
        );
        let lost = [row(2020, "2019-05-01", None, "S", "U4")];
        check(
            &lost,
            [FOSTER, FOSTER, Standing::NotKnown, Standing::NotKnown],
            1,
        );
    }

    #[test]
    fn only_who_comes_into_care_in_the_time_is_followed() {
        assert_eq!(path(&[row(2022, "2018-03-31", None, "S", "U4")]), None);
        assert_eq!(path(&[row(2022, "2020-04-01", None, "S", "U4")]), None);
        let breaks = [
            row(2022, "2019-05-01", Some("2019-06-01"), "S", "U4")
                .under("V4")
                .ending("X1"),
            row(2022, "2019-06-01", None, "B", "U4"),
        ];
        assert_eq!(path(&breaks), None);
    }

    #[test]
    fn returns_must_cover_the_time_without_a_break() {
        let check = |years: &[i16], expected: Option<(Date, Date)>| {
            let found = Entrants::of(date(2024, 3, 31), years);
            assert_eq!(found.map(|found| (found.after, found.until)), expected);
        };
        let until = date(2022, 3, 31);
        check(
            &[2020, 2021, 2022, 2023, 2024],
            Some((date(2020, 3, 31), until)),
        );
        check(&[2022, 2023, 2024], Some((date(2021, 3, 31), until)));
        check(&[2020, 2021, 2023, 2024], None);
        check(&[2023, 2024], None);
        check(&[], None);
    }
}
