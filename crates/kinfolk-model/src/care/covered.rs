//! The days of which yearly returns tell.

use jiff::civil::Date;

use super::return_year::{return_ends, return_starts};

/// How many months before the day of the count the official measures look back: children of whom the same carer
/// is asked have been in care for so long.
pub const MONTHS_LOOKED_BACK: i32 = 30;

/// An unbroken run of yearly returns: every placement that was open in it is in one of them. A return has no row
/// that ended before it begins, so of earlier days only those are known who were still there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Covered {
    /// The day before the first of the returns begins: where everyone was at its end is known.
    pub eve: Date,
    /// The last day of the last return.
    pub until: Date,
}

impl Covered {
    /// The run that holds a day, or ends with it; `None` where no return does. `years` are those in which the
    /// returns end, ascending.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use kinfolk_model::care::Covered;
    /// let covered = Covered::around(date(2025, 3, 31), &[2021, 2023, 2024, 2025]).unwrap();
    /// assert_eq!(covered.eve, date(2022, 3, 31));
    /// assert!(Covered::around(date(2025, 4, 1), &[2024, 2025]).is_none());
    /// ```
    pub fn around(day: Date, years: &[i16]) -> Option<Self> {
        let runs = years.chunk_by(|year, next| *next == year + 1);
        let runs = runs.filter_map(|run| Some(Self::of((*run.first()?, *run.last()?))));
        runs.into_iter().rfind(|run| run.holds(day))
    }

    /// The run that ends with the latest return; `None` without any.
    pub fn latest(years: &[i16]) -> Option<Self> {
        Self::around(return_ends(*years.last()?), years)
    }

    fn of((first, last): (i16, i16)) -> Self {
        let starts = return_starts(first);
        Self {
            eve: starts.yesterday().unwrap_or(starts),
            until: return_ends(last),
        }
    }

    /// Whether it is known who was in care at the end of a day.
    pub fn holds(&self, day: Date) -> bool {
        (self.eve..=self.until).contains(&day)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_run_goes_back_to_the_first_gap() {
        let check = |day, years: &[i16], expected: Option<(i16, i16)>| {
            let found = Covered::around(day, years);
            let expected = expected.map(|(first, last)| Covered {
                eve: date(first - 1, 3, 31),
                until: date(last, 3, 31),
            });
            assert_eq!(found, expected, "{day} {years:?}");
        };
        let last = date(2025, 3, 31);
        check(last, &[], None);
        check(last, &[2025], Some((2025, 2025)));
        check(last, &[2024, 2025], Some((2024, 2025)));
        check(last, &[2022, 2024, 2025], Some((2024, 2025)));
        check(last, &[2023, 2024], None);
        check(date(2023, 6, 1), &[2022, 2024, 2025], Some((2024, 2025)));
        check(date(2023, 3, 30), &[2022, 2024, 2025], None);
        check(date(2022, 3, 31), &[2022, 2023], Some((2022, 2023)));
    }

    #[test]
    fn the_latest_run_ends_with_the_last_return() {
        assert_eq!(Covered::latest(&[]), None);
        let found = Covered::latest(&[2020, 2021, 2023]).unwrap();
        assert_eq!(
            (found.eve, found.until),
            (date(2022, 3, 31), date(2023, 3, 31))
        );
    }
}
