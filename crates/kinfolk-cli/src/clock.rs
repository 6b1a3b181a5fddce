//! Today, as the environment gives it. The library is told; only here is the clock read.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kinfolk::prelude::Date;

/// The variable that build systems set so that a run can be repeated: seconds since 1970.
const EPOCH_VARIABLE: &str = "SOURCE_DATE_EPOCH";
const SECONDS_OF_A_DAY: u64 = 86_400;

/// The day that was asked for, or that of `SOURCE_DATE_EPOCH`, or today's (in UTC).
pub(crate) fn today(asked: Option<Date>) -> Date {
    asked.unwrap_or_else(|| day_after_epoch(seconds_since_epoch()))
}

fn seconds_since_epoch() -> u64 {
    let set = std::env::var(EPOCH_VARIABLE).ok();
    set.and_then(|text| text.trim().parse().ok())
        .unwrap_or_else(|| {
            let passed = SystemTime::now().duration_since(UNIX_EPOCH);
            passed.unwrap_or(Duration::ZERO).as_secs()
        })
}

fn day_after_epoch(seconds: u64) -> Date {
    let days = i64::try_from(seconds / SECONDS_OF_A_DAY).unwrap_or(i64::MAX);
    kinfolk::prelude::date(1970, 1, 1).saturating_add(kinfolk::prelude::ToSpan::days(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        let check = |seconds: u64, expected: &str| {
            assert_eq!(day_after_epoch(seconds).to_string(), expected);
        };
        check(0, "1970-01-01");
        check(86_399, "1970-01-01");
        check(1_748_736_000, "2025-06-01");
    }

    #[test]
    fn a_day_that_is_asked_for_stands() {
        let day: Date = "2024-02-29".parse().unwrap();
        assert_eq!(today(Some(day)), day);
    }
}
