//! The official measures of placement stability, for one child on one day.

use jiff::Span;
use jiff::civil::Date;
use kinfolk_model::care::{Episode, MONTHS_LOOKED_BACK, ShortBreakStarts, ShortCode};

use super::moves::MoveRule;
use super::placement::{Placement, periods, placements};
use crate::derive::age::completed_years;

/// On which day, for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StabilityOptions {
    /// The day, usually a 31 March. The year is the twelve months that end with it.
    pub on: Date,
    /// Whether children whose period of care began under short breaks are left out, as official
    /// statistics do since the release for 2021.
    pub short_break_starts: ShortBreakStarts,
}

impl StabilityOptions {
    /// The last day before the year.
    pub fn year_before(&self) -> Date {
        months_before(self.on, 12)
    }

    /// The last day before the two years.
    pub fn two_years_before(&self) -> Date {
        months_before(self.on, 24)
    }

    /// Two and a half years before: since then a child must be in care who is asked about the same carer.
    pub fn long_before(&self) -> Date {
        months_before(self.on, MONTHS_LOOKED_BACK)
    }
}

/// One child's placements as the official measures see them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ChildStability {
    /// Whether the child was looked after on the day, short breaks apart.
    pub in_care: bool,
    /// Whether the child was looked after on the day and is left out because of short breaks.
    pub left_out: bool,
    /// Age in completed years on the day.
    pub age: Option<u8>,
    /// Placements in the year up to the day; one that was open when the year began counts.
    pub placements_in_year: u32,
    /// Placements in the two years up to the day; `None` for a child who was not looked after on any
    /// day of the first of them.
    pub placements_in_two_years: Option<u32>,
    /// Whether the child has lived with the same carer for two years; `None` for a child who is 16 or
    /// older, whose age is not known, or whose period of care began less than two and a half years
    /// before.
    pub same_carer_two_years: Option<bool>,
    /// Moves in the year: placements that began in it other than those with which care began.
    pub moves_in_year: u32,
    /// Days looked after in the year.
    pub days_in_year: u32,
}

/// Three placements are many: the number from which official statistics count.
const MANY: u32 = 3;
/// The age from which a child is no longer in the measure of the same carer.
const SIXTEEN: u8 = 16;

impl ChildStability {
    /// Whether the child had three or more placements in the year.
    pub fn has_three_or_more_in_year(&self) -> bool {
        self.placements_in_year >= MANY
    }

    /// Whether the child had three or more placements in two years; `None` where that is not asked.
    pub fn has_three_or_more_in_two_years(&self) -> Option<bool> {
        self.placements_in_two_years.map(|count| count >= MANY)
    }
}

/// The official measures for one child. `episodes` is the child's history as
/// [`stitch`](super::stitch()) makes it, `rule` says what a move is, `born` is the date of birth.
/// Who is counted does not depend on the rule.
pub fn stability_on(
    episodes: &[Episode],
    rule: MoveRule,
    born: Option<Date>,
    options: &StabilityOptions,
) -> ChildStability {
    Windows::of(options)
        .child(episodes, born)
        .under(&placements(episodes, rule))
}

/// The days that the measures ask about, the same for all children.
#[derive(Debug, Clone, Copy)]
pub(super) struct Windows {
    options: StabilityOptions,
    /// The last day before the year.
    year: Date,
    /// The last day before the two years.
    two_years: Date,
    /// Two and a half years before.
    long_before: Date,
}

/// What the measures need to know of a child whatever the rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChildWindows<'w> {
    windows: &'w Windows,
    in_care: bool,
    left_out: bool,
    age: Option<u8>,
    is_asked_of_two_years: bool,
    days_in_year: u32,
}

impl Windows {
    pub(super) fn of(options: &StabilityOptions) -> Self {
        Self {
            options: *options,
            year: options.year_before(),
            two_years: options.two_years_before(),
            long_before: options.long_before(),
        }
    }

    pub(super) fn child(&self, episodes: &[Episode], born: Option<Date>) -> ChildWindows<'_> {
        let (in_care, left_out) = standing(episodes, &self.options);
        let on = self.options.on;
        let first_year = Window::after(self.two_years);
        ChildWindows {
            windows: self,
            in_care,
            left_out,
            age: born.and_then(|born| completed_years(born, on)),
            is_asked_of_two_years: placed(episodes)
                .any(|e| first_year.overlaps(e.started, e.ended, self.year)),
            days_in_year: placed(episodes)
                .map(|e| days_within(e, self.year, on))
                .sum(),
        }
    }
}

impl ChildWindows<'_> {
    /// The measures under the rule by which the placements were found.
    pub(super) fn under(&self, placements: &[Placement]) -> ChildStability {
        let Windows {
            options: StabilityOptions { on, .. },
            year,
            two_years,
            long_before,
        } = *self.windows;
        let n_since = |after| {
            let window = Window::after(after);
            let overlapping = placements.iter();
            let n = overlapping.filter(|p| window.overlaps(p.started, p.ended, on));
            u32::try_from(n.count()).unwrap_or(u32::MAX)
        };
        let current = placements.iter().rfind(|p| p.is_open_on(on));
        ChildStability {
            in_care: self.in_care,
            left_out: self.left_out,
            age: self.age,
            placements_in_year: n_since(year),
            placements_in_two_years: self.is_asked_of_two_years.then(|| n_since(two_years)),
            same_carer_two_years: self
                .age
                .filter(|age| *age < SIXTEEN)
                .and(current)
                .filter(|current| current.period_started <= long_before)
                .map(|current| carer_since(placements, current) <= two_years),
            moves_in_year: moves_within(placements, year, on),
            days_in_year: self.days_in_year,
        }
    }
}

/// Whether a child was looked after on the day, and whether one who was is left out because of
/// short breaks.
fn standing(episodes: &[Episode], options: &StabilityOptions) -> (bool, bool) {
    let Some((first, current)) = periods(episodes).find_map(|period| {
        let current = period
            .iter()
            .find(|episode| episode.is_open_on(options.on))?;
        Some((period.first()?, current))
    }) else {
        return (false, false);
    };
    let began_with_breaks =
        options.short_break_starts == ShortBreakStarts::LeftOut && first.is_short_break();
    let left_out = current.is_short_break() || began_with_breaks;
    (!left_out, left_out)
}

/// The episodes that are no short breaks.
pub(super) fn placed(episodes: &[Episode]) -> impl Iterator<Item = &Episode> {
    episodes.iter().filter(|episode| !episode.is_short_break())
}

/// The same day so many months earlier, or the last day of that month: two and a half years before
/// 31 March is 30 September.
fn months_before(day: Date, months: i32) -> Date {
    day.saturating_sub(Span::new().months(months))
}

/// A time that begins on a day.
#[derive(Debug, Clone, Copy)]
struct Window {
    first_day: Date,
}

impl Window {
    fn after(day: Date) -> Self {
        Self {
            first_day: next_day(day),
        }
    }

    /// Whether something was open after the first day and began by the day `until`. What ended on
    /// the first day no longer counts: something else began there.
    fn overlaps(self, started: Date, ended: Option<Date>, until: Date) -> bool {
        started <= until && ended.is_none_or(|ended| ended > self.first_day)
    }
}

fn next_day(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

/// Placements that began after one day and by another, other than those with which care began.
pub(super) fn moves_within(placements: &[Placement], after: Date, until: Date) -> u32 {
    let moves = placements
        .iter()
        .filter(|p| !p.is_first && p.started > after && p.started <= until);
    u32::try_from(moves.count()).unwrap_or(u32::MAX)
}

/// Days of an episode after one day, up to and with another.
pub(super) fn days_within(episode: &Episode, after: Date, until: Date) -> u32 {
    if episode.started > until || episode.ended.is_some_and(|ended| ended <= after) {
        return 0;
    }
    let day_after = next_day(until);
    let from = episode.started.max(next_day(after));
    let to = episode
        .ended
        .map_or(day_after, |ended| ended.min(day_after));
    u32::try_from(days_between(from, to)).unwrap_or(0)
}

fn days_between(from: Date, until: Date) -> i64 {
    until.duration_since(from).as_hours() / 24
}

/// Adoption placements with carers who are new to the child: time with them is added to the time in
/// the placement before.
const ADOPTION_WITH_NEW_CARERS: [ShortCode; 2] = [ShortCode::of("A4"), ShortCode::of("A6")];

/// Since when the child has lived with the present carer. Where carers begin to foster for adoption, the time
/// begins anew, as in official statistics since the release for 2021.
fn carer_since(placements: &[Placement], current: &Placement) -> Date {
    if let Some(since) = current.adoptive_since {
        return since;
    }
    if !ADOPTION_WITH_NEW_CARERS.contains(&current.kind) {
        return current.started;
    }
    placements
        .iter()
        .find(|p| p.ended == Some(current.started) && p.period_started == current.period_started)
        .map_or(current.started, |before| before.started)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::care::stitch;
    use crate::care::test_rows::{Changed, row};

    const OPTIONS: StabilityOptions = StabilityOptions {
        on: date(2018, 3, 31),
        short_break_starts: ShortBreakStarts::LeftOut,
    };

    fn measured(rows: &[Episode], born: &str) -> ChildStability {
        let episodes = stitch(rows, 2018).episodes;
        stability_on(
            &episodes,
            MoveRule::default(),
            Some(born.parse().unwrap()),
            &OPTIONS,
        )
    }

    fn stay(start: &str, end: Option<&str>, rne: &str, place: &str) -> Episode {
        let episode = row(2018, start, end, rne, place);
        if end.is_some() {
            episode.ending("X1")
        } else {
            episode
        }
    }

    #[test]
    fn a_placement_that_was_open_when_the_year_began_counts() {
        let child = measured(
            &[
                stay("2016-01-01", Some("2017-06-01"), "S", "U4"),
                stay("2017-06-01", Some("2017-09-01"), "P", "U6"),
                stay("2017-09-01", None, "P", "K2"),
            ],
            "2008-01-01",
        );
        assert!(child.in_care && child.has_three_or_more_in_year());
        assert_eq!((child.placements_in_year, child.moves_in_year), (3, 2));
        assert_eq!(child.placements_in_two_years, Some(3));
        assert_eq!(child.days_in_year, 365);
        assert_eq!(child.same_carer_two_years, None);
    }

    #[test]
    fn one_that_ended_on_the_first_day_of_the_year_does_not() {
        let child = measured(
            &[
                stay("2016-01-01", Some("2017-04-01"), "S", "U4"),
                stay("2017-04-01", None, "P", "U6"),
            ],
            "2008-01-01",
        );
        assert_eq!((child.placements_in_year, child.moves_in_year), (1, 1));
    }

    #[test]
    fn who_came_into_care_this_year_is_not_asked_about_two() {
        let child = measured(&[stay("2017-04-01", None, "S", "U4")], "2008-01-01");
        assert_eq!(child.placements_in_two_years, None);
        let earlier = measured(&[stay("2017-03-01", None, "S", "U4")], "2008-01-01");
        assert_eq!(earlier.placements_in_two_years, Some(1));
    }

    #[test]
    fn the_same_carer_is_asked_of_children_under_16_after_two_and_a_half_years() {
        let check = |start: &str, moved: &str, born: &str, expected| {
            let rows = [
                stay(start, Some(moved), "S", "U4"),
                stay(moved, None, "P", "U6"),
            ];
            assert_eq!(
                measured(&rows, born).same_carer_two_years,
                expected,
                "{start} {moved}"
            );
        };
        check("2015-09-30", "2016-03-31", "2008-01-01", Some(true));
        check("2015-09-30", "2016-04-01", "2008-01-01", Some(false));
        check("2015-10-01", "2016-03-31", "2008-01-01", None);
        check("2015-09-30", "2016-03-31", "2002-03-31", None);
        check("2015-09-30", "2016-03-31", "2002-04-01", Some(true));
    }

    #[test]
    fn adoption_adds_the_placement_before() {
        let check = |place, expected| {
            let rows = [
                stay("2015-01-01", Some("2017-06-01"), "S", "U4"),
                stay("2017-06-01", None, "P", place),
            ];
            assert_eq!(
                measured(&rows, "2012-01-01").same_carer_two_years,
                Some(expected)
            );
        };
        check("A6", true);
        check("A4", true);
        check("A5", true);
        check("U5", false);
    }

    #[test]
    fn fostering_for_adoption_begins_the_two_years_anew() {
        let check = |before, after, rne, expected| {
            let rows = [
                stay("2015-01-01", Some("2017-06-01"), "S", before),
                stay("2017-06-01", None, rne, after),
            ];
            let found = measured(&rows, "2012-01-01");
            assert_eq!(
                found.same_carer_two_years,
                Some(expected),
                "{before} {after}"
            );
            assert_eq!(found.moves_in_year, 0);
        };
        check("U6", "U5", "T", false);
        check("U4", "U2", "U", false);
        check("U2", "U5", "T", true);
        check("U5", "A5", "U", true);
        check("U6", "U4", "T", true);
    }

    #[test]
    fn short_breaks_are_left_out() {
        let only = measured(
            &[stay("2017-05-01", None, "S", "K2").under("V4")],
            "2008-01-01",
        );
        assert!(only.left_out && !only.in_care);
        assert_eq!(only.placements_in_year, 0);
        let began = measured(
            &[
                stay("2017-05-01", Some("2017-06-01"), "S", "K2").under("V4"),
                stay("2017-06-01", None, "B", "U4"),
            ],
            "2008-01-01",
        );
        assert!(began.left_out && !began.in_care);
    }

    #[test]
    fn who_left_on_the_day_is_no_longer_looked_after() {
        let rows = [row(2018, "2017-05-01", Some("2018-03-31"), "S", "U4").ending("E4A")];
        assert!(!measured(&rows, "2008-01-01").in_care);
    }
}
