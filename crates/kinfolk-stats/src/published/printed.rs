//! What may stand behind a rounded number.

use std::ops::RangeInclusive;

/// A number as it was printed: rounded to so many decimals, halves either way.
///
/// ```
/// use kinfolk_stats::published::Printed;
/// // "12% of 267 objectives" is any of three counts …
/// assert_eq!(Printed::new(12.0, 0).counts(267), 31..=33);
/// // … and a mean of 4.9 over 25 answers any of two sums.
/// assert_eq!(Printed::new(4.9, 1).sums(25), 122..=123);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Printed {
    value: f64,
    half: f64,
}

/// What a computer's fractions may be off by, in units of the last printed decimal.
const SLACK: f64 = 1e-9;

impl Printed {
    /// The number and how many decimals were printed.
    pub fn new(value: f64, decimals: u8) -> Self {
        let half = 0.5 * 10.0_f64.powi(-i32::from(decimals));
        Self { value, half }
    }

    /// Whether a number would be printed so.
    ///
    /// ```
    /// use kinfolk_stats::published::Printed;
    /// // 61 of 172 is 35.47%, which nobody prints as 36%.
    /// assert!(!Printed::new(36.0, 0).agrees_with(6100.0 / 172.0));
    /// ```
    pub fn agrees_with(self, number: f64) -> bool {
        (number - self.value).abs() <= self.half * (1.0 + SLACK)
    }

    /// The counts that, as a percentage of `n`, would be printed so; empty where there are none, which
    /// means that the percentage is not one of `n`.
    pub fn counts(self, n: u64) -> RangeInclusive<u64> {
        self.whole_numbers(n as f64 / 100.0, n)
    }

    /// The sums of `n` whole numbers from 0 up whose mean would be printed so; empty where no such sum
    /// exists, which means that the mean is not one of `n` whole numbers.
    pub fn sums(self, n: u64) -> RangeInclusive<u64> {
        self.whole_numbers(n as f64, u64::MAX)
    }

    /// The smallest numbers of children, up to `most`, of whom some count gives this percentage.
    pub fn sizes_for_share(self, most: u64) -> Vec<u64> {
        (1..=most).filter(|&n| !self.counts(n).is_empty()).collect()
    }

    /// The same for the mean of whole numbers.
    pub fn sizes_for_mean(self, most: u64) -> Vec<u64> {
        (1..=most).filter(|&n| !self.sums(n).is_empty()).collect()
    }

    /// The whole numbers up to `most` that, over `scale`, would be printed so.
    fn whole_numbers(self, scale: f64, most: u64) -> RangeInclusive<u64> {
        let slack = self.half * SLACK;
        let low = ((self.value - self.half - slack) * scale).ceil().max(0.0);
        let high = ((self.value + self.half + slack) * scale).floor();
        if high < low {
            return RangeInclusive::new(1, 0);
        }
        low as u64..=(high as u64).min(most)
    }
}
