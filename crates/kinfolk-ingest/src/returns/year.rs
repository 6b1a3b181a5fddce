//! Which year a return is for.

use std::collections::BTreeMap;

use jiff::civil::Date;

/// The year in which the return ends that a day belongs to: 2025 for 1 April 2024 to 31 March 2025.
pub(super) fn return_year(day: Date) -> i16 {
    day.year() + i16::from((day.month(), day.day()) >= (4, 1))
}

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

/// Days counted by the year of the return to which they belong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct YearTally(BTreeMap<i16, u64>);

impl YearTally {
    pub(super) fn add(&mut self, day: Date) {
        *self.0.entry(return_year(day)).or_default() += 1;
    }

    /// The year with the most days; the later of two that are level.
    pub(super) fn most(&self) -> Option<i16> {
        self.0
            .iter()
            .max_by_key(|(year, n)| (**n, **year))
            .map(|(year, _)| *year)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_return_ends_on_31_march() {
        assert_eq!(return_year(date(2018, 3, 31)), 2018);
        assert_eq!(return_year(date(2018, 4, 1)), 2019);
    }

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
    fn the_year_is_the_one_with_most_days() {
        let mut tally = YearTally::default();
        assert_eq!(tally.most(), None);
        for day in [
            date(2018, 1, 1),
            date(2018, 4, 1),
            date(2018, 2, 1),
            date(2071, 1, 1),
        ] {
            tally.add(day);
        }
        assert_eq!(tally.most(), Some(2018));
    }
}
