//! Which year a return is for.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kinfolk_model::care::return_year;

/// What a name says about the year of a return: a span such as `2017-18` or `2017_2018` says when it
/// ends; a single year may be the one in which it starts.
pub(super) fn year_in_name(name: &str) -> Option<i16> {
    let numbers: Vec<&str> = name
        .split(|c: char| !c.is_ascii_digit())
        .filter(|number| !number.is_empty())
        .collect();
    let at = numbers
        .iter()
        .position(|number| number.len() == 4 && number.starts_with("20"))?;
    let first: i16 = numbers.get(at)?.parse().ok()?;
    let ends_next_year = numbers.get(at + 1).is_some_and(|second| {
        let next = (first + 1).to_string();
        *second == next || next.ends_with(second) && second.len() == 2
    });
    Some(first + i16::from(ends_next_year))
}

/// Rows counted by the year of the return to which the latest day that they name belongs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct YearTally(BTreeMap<i16, u64>);

/// One row in so many must belong to a year for it to be that of the return: rows that are dated
/// beyond it by mistake are fewer, and rows that began or ended in it are more.
const ONE_IN: u64 = 20;

/// Rows of a year that was just begun are fewer than one in so many of those of the year before.
const TAIL: u64 = 2;

impl YearTally {
    pub(super) fn add(&mut self, day: Date) {
        *self.0.entry(return_year(day)).or_default() += 1;
    }

    /// Adds the rows of another tally.
    pub(super) fn append(&mut self, more: &Self) {
        for (year, n) in &more.0 {
            *self.0.entry(*year).or_default() += n;
        }
    }

    /// The newest year, for a return with a name that gives a year: where rows go on a little into the year
    /// after the named one, the export was made after the year had ended, and the name is right.
    pub(super) fn year(&self, named: i16) -> Option<i16> {
        let newest = self.newest()?;
        let of = |year: i16| self.0.get(&year).copied().unwrap_or_default();
        let is_tail = newest == named + 1 && of(newest) * TAIL < of(named);
        Some(if is_tail { named } else { newest })
    }

    /// The newest year such that one row in twenty, and two of three or more, belong to it or to a
    /// later one. Most rows of a return may be of children who have been where they are for years, so
    /// the year of most rows is not asked.
    pub(super) fn newest(&self) -> Option<i16> {
        let n: u64 = self.0.values().sum();
        let least = n.div_ceil(ONE_IN).max(if n > 2 { 2 } else { 1 });
        let mut since_then = 0;
        self.0.iter().rev().find_map(|(year, n)| {
            since_then += n;
            (since_then >= least).then_some(*year)
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn names_say_years_in_several_ways() {
        let check = |name, expected| assert_eq!(year_in_name(name), expected, "{name}");
        check("2017-episodes.csv", Some(2017));
        check("episodes_2017-18.csv", Some(2018));
        check("ssda903 2017_2018 header", Some(2018));
        check("2017-03-episodes.csv", Some(2017));
        check("episodes 31-03-2019.csv", Some(2019));
        check("episodes.csv", None);
        check("batch 1999 12", None);
    }

    #[test]
    fn rows_of_a_few_weeks_more_do_not_make_a_return_that_of_the_next_year() {
        let mut tally = YearTally::default();
        (0..10).for_each(|_| tally.add(date(2024, 1, 1)));
        (0..4).for_each(|_| tally.add(date(2024, 5, 1)));
        assert_eq!((tally.newest(), tally.year(2024)), (Some(2025), Some(2024)));
        // A name that gives the year in which a return starts.
        (0..4).for_each(|_| tally.add(date(2025, 1, 1)));
        assert_eq!(tally.year(2024), Some(2025));
    }

    #[test]
    fn the_year_is_that_of_the_newest_rows() {
        let check = |years: &[(i16, usize)], expected| {
            let mut tally = YearTally::default();
            for (year, n) in years {
                (0..*n).for_each(|_| tally.add(date(*year, 1, 1)));
            }
            assert_eq!(tally.newest(), expected, "{years:?}");
        };
        check(&[], None);
        check(&[(2018, 1)], Some(2018));
        check(&[(2017, 1), (2018, 1)], Some(2018));
        check(&[(2018, 3), (2071, 1)], Some(2018));
        check(&[(2016, 1), (2017, 1), (2018, 1)], Some(2017));
        check(&[(2016, 50), (2017, 30), (2018, 10)], Some(2018));
        check(&[(2018, 60), (2019, 3)], Some(2018));
        check(&[(2018, 56), (2019, 3)], Some(2019));
    }
}
