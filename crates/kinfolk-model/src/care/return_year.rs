//! The year of a return.

use jiff::civil::{Date, date};

/// The year in which the return ends that a day belongs to: 2025 for 1 April 2024 to 31 March 2025.
///
/// ```
/// use jiff::civil::date;
/// use kinfolk_model::care::return_year;
/// assert_eq!(return_year(date(2025, 3, 31)), 2025);
/// assert_eq!(return_year(date(2025, 4, 1)), 2026);
/// ```
pub fn return_year(day: Date) -> i16 {
    day.year() + i16::from((day.month(), day.day()) >= (4, 1))
}

/// The first day of the return that ends in a year: 1 April of the year before.
pub fn return_starts(year: i16) -> Date {
    date(year - 1, 4, 1)
}

/// The last day of the return that ends in a year: its 31 March.
pub fn return_ends(year: i16) -> Date {
    date(year, 3, 31)
}
