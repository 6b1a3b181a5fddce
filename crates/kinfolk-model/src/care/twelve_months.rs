//! Who had been looked after for twelve months, of whom yearly outcomes are collected.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Episode;

/// Whether a child was looked after on every day of the year that ends on a day, and still is at the end of it:
/// no start of care after the first day of the year, no end of care in it, and no short break (the rule by which
/// the sector checks who is due yearly outcomes). `history` has one row for each start, by start.
pub fn is_twelve_months_in_care<'e>(
    history: impl IntoIterator<Item = &'e Episode>,
    on: Date,
) -> bool {
    let a_year_before = on.saturating_sub(1.year());
    let first_day = a_year_before.saturating_add(1.day());
    let is_of_year = |episode: &&Episode| {
        episode.started <= on && episode.ended.is_none_or(|end| end > first_day)
    };
    let mut before: Option<&Episode> = None;
    for episode in history.into_iter().filter(is_of_year) {
        let goes_on = match before {
            None => episode.started <= first_day,
            Some(before) => episode.continues(before),
        };
        if !goes_on || episode.is_short_break() {
            return false;
        }
        if episode.is_open_on(on) {
            return true;
        }
        before = Some(episode);
    }
    false
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::care::ShortCode;

    fn stay(started: Date, ended: Option<(Date, &str)>, reason_new: &str) -> Episode {
        Episode {
            child: 0,
            started,
            ended: ended.map(|(day, _)| day),
            year: 2025,
            reason_new: ShortCode::of(reason_new),
            legal_status: ShortCode::of("C2"),
            need: ShortCode::BLANK,
            placement: ShortCode::of("U4"),
            provider: ShortCode::BLANK,
            reason_ended: ended.map_or(ShortCode::BLANK, |(_, reason)| ShortCode::of(reason)),
            reason_moved: ShortCode::BLANK,
            home_postcode: ShortCode::BLANK,
            placement_postcode: ShortCode::BLANK,
            urn: ShortCode::BLANK,
        }
    }

    fn check(rows: &[Episode], expected: bool) {
        let found = is_twelve_months_in_care(rows, date(2025, 3, 31));
        assert_eq!(found, expected, "{rows:?}");
    }

    #[test]
    fn care_lasts_from_the_first_day_to_the_last() {
        check(&[], false);
        check(&[stay(date(2024, 4, 1), None, "S")], true);
        check(&[stay(date(2024, 4, 2), None, "S")], false);
        let until = |day| [stay(date(2020, 4, 1), Some((day, "E11")), "S")];
        check(&until(date(2025, 3, 31)), false);
        check(&until(date(2025, 4, 1)), true);
        check(&until(date(2024, 4, 1)), false);
    }

    #[test]
    fn a_move_goes_on_and_a_new_start_does_not() {
        let moved = date(2024, 8, 1);
        let first = |reason| stay(date(2023, 1, 1), Some((moved, reason)), "S");
        check(&[first("X1"), stay(moved, None, "P")], true);
        check(&[first("X1"), stay(moved, None, "S")], false);
        check(&[first("E4A"), stay(moved, None, "P")], false);
        check(&[first("X1"), stay(date(2024, 8, 2), None, "P")], false);
    }

    #[test]
    fn short_breaks_in_the_year_do_not_count() {
        let break_until = |day| Episode {
            legal_status: ShortCode::of("V4"),
            ..stay(date(2023, 1, 1), Some((day, "X1")), "S")
        };
        let lasting = |started| stay(started, None, "L");
        let (before, within) = (date(2024, 3, 1), date(2024, 5, 1));
        check(&[break_until(before), lasting(before)], true);
        check(&[break_until(within), lasting(within)], false);
    }
}
