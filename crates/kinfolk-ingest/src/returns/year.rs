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
