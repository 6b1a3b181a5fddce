//! When a child's scores are compared: the baseline, and whole years after it.

use jiff::ToSpan;
use jiff::civil::Date;

/// The baseline, or a number of years after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SdqWave {
    /// The score that others are compared with.
    Baseline,
    /// A year later.
    Year1,
    /// Two years later.
    Year2,
    /// Three years later.
    Year3,
    /// Four years later.
    Year4,
    /// Five years later.
    Year5,
}

/// Quarters of a day in a year: 365.25 days. Distances in quarters are whole numbers.
const YEAR: i64 = 1461;
/// How far from its day a score may lie to belong to a wave: 183 days.
const REACH: i64 = 4 * 183;

impl SdqWave {
    /// Every wave, in order.
    pub const ALL: [Self; 6] = [
        Self::Baseline,
        Self::Year1,
        Self::Year2,
        Self::Year3,
        Self::Year4,
        Self::Year5,
    ];

    /// The waves after the baseline.
    pub const LATER: [Self; 5] = [
        Self::Year1,
        Self::Year2,
        Self::Year3,
        Self::Year4,
        Self::Year5,
    ];

    /// The code in groups.
    pub fn code(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Year1 => "year_1",
            Self::Year2 => "year_2",
            Self::Year3 => "year_3",
            Self::Year4 => "year_4",
            Self::Year5 => "year_5",
        }
    }

    /// Years after the baseline.
    pub fn years(self) -> u8 {
        self as u8
    }

    /// In words: `the baseline`, `year 1`.
    pub fn words(self) -> String {
        match self {
            Self::Baseline => "the baseline".to_owned(),
            later => format!("year {}", later.years()),
        }
    }

    /// The day of the wave: so many times 365.25 days after the baseline, cut to whole days. `None`
    /// only at the end of the calendar.
    pub(super) fn day(self, baseline: Date) -> Option<Date> {
        let days = i64::from(self.years()) * YEAR / 4;
        baseline.checked_add(days.days()).ok()
    }

    /// How far a day lies from the wave, in quarters of a day.
    pub(super) fn distance(self, baseline: Date, day: Date) -> i64 {
        (4 * days_between(baseline, day) - i64::from(self.years()) * YEAR).abs()
    }

    /// The later wave that a day belongs to: the nearest one, if it is near enough.
    pub(super) fn of(baseline: Date, day: Date) -> Option<Self> {
        let nearest = Self::LATER
            .into_iter()
            .min_by_key(|wave| wave.distance(baseline, day))?;
        (nearest.distance(baseline, day) <= REACH).then_some(nearest)
    }
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
            assert_eq!(SdqWave::of(baseline, day), expected, "{days}");
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
                let day = wave.day(baseline).unwrap();
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
