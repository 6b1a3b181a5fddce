//! Completed years between two days.

use jiff::civil::Date;

/// Completed years from one day to another; `None` when the second comes first. Someone born on
/// 29 February completes a year on 1 March where there is no such day.
pub(crate) fn completed_years(from: Date, to: Date) -> Option<u8> {
    let before_anniversary = (to.month(), to.day()) < (from.month(), from.day());
    let years = to.year() - from.year() - i16::from(before_anniversary);
    (from <= to).then(|| u8::try_from(years).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_year_is_complete_on_the_anniversary() {
        let check = |from, to, expected| assert_eq!(completed_years(from, to), expected);
        check(date(2010, 5, 1), date(2026, 4, 30), Some(15));
        check(date(2010, 5, 1), date(2026, 5, 1), Some(16));
        check(date(2024, 5, 1), date(2024, 5, 1), Some(0));
        check(date(2024, 5, 2), date(2024, 5, 1), None);
        check(date(2008, 2, 29), date(2024, 2, 28), Some(15));
        check(date(2008, 2, 29), date(2023, 2, 28), Some(14));
        check(date(2008, 2, 29), date(2023, 3, 1), Some(15));
        check(date(1700, 1, 1), date(2024, 1, 1), None);
    }
}
