//! The days of the waves.

use jiff::ToSpan;
use jiff::civil::Date;
use kinfolk_model::SdqWave;

/// Quarters of a day in a year: 365.25 days. Distances in quarters are whole numbers.
const YEAR: i64 = 1461;
/// How far from its day a score may lie to belong to a wave: 183 days.
const REACH: i64 = 4 * 183;

/// The day of a wave: so many times 365.25 days after the baseline, cut to whole days. `None` only at
/// the end of the calendar.
pub(super) fn day_of(wave: SdqWave, baseline: Date) -> Option<Date> {
    let days = i64::from(wave.years()) * YEAR / 4;
    baseline.checked_add(days.days()).ok()
}

/// How far a day lies from a wave, in quarters of a day.
pub(super) fn distance(wave: SdqWave, baseline: Date, day: Date) -> i64 {
    (4 * days_between(baseline, day) - i64::from(wave.years()) * YEAR).abs()
}

/// The later wave that a day belongs to: the nearest one, if it is near enough.
pub(super) fn wave_of(baseline: Date, day: Date) -> Option<SdqWave> {
    let nearest = SdqWave::LATER
        .into_iter()
        .min_by_key(|wave| distance(*wave, baseline, day))?;
    (distance(nearest, baseline, day) <= REACH).then_some(nearest)
}

/// Days from one day to another; negative when the second comes first.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

/// The year in which a collection ends: 2025 for 1 April 2024 to 31 March 2025.
pub(crate) fn collection_year(day: Date) -> i16 {
    day.year() + i16::from(day.month() > 3)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_belongs_to_the_nearest_wave_within_183_days() {
        let baseline = date(2021, 3, 31);
        let check = |days: i64, expected: Option<SdqWave>| {
            let day = baseline.checked_add(days.days()).unwrap();
            assert_eq!(wave_of(baseline, day), expected, "{days}");
        };
        check(0, None);
        check(182, None);
        check(183, Some(SdqWave::Year1));
        check(365, Some(SdqWave::Year1));
        check(547, Some(SdqWave::Year1));
        check(548, Some(SdqWave::Year2));
        check(1826, Some(SdqWave::Year5));
        check(2009, Some(SdqWave::Year5));
        check(2010, None);
    }

    #[test]
    fn the_same_day_of_later_years_is_the_day_of_the_wave_or_the_one_after() {
        let check = |baseline: Date| {
            for wave in SdqWave::LATER {
                let later = date(
                    baseline.year() + i16::from(wave.years()),
                    baseline.month(),
                    baseline.day(),
                );
                let day = day_of(wave, baseline).unwrap();
                assert!((0..=1).contains(&days_between(day, later)), "{wave:?}");
            }
        };
        check(date(2020, 3, 31));
        check(date(2021, 3, 31));
        check(date(2022, 3, 31));
        check(date(2023, 3, 31));
    }

    #[test]
    fn a_collection_year_ends_in_march() {
        assert_eq!(collection_year(date(2025, 3, 31)), 2025);
        assert_eq!(collection_year(date(2025, 4, 1)), 2026);
        assert_eq!(collection_year(date(2024, 12, 31)), 2025);
    }
}
