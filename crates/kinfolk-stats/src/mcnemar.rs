//! Yes or no at two occasions, person by person.

use crate::tail::{chi_square_above, fair_at_most, fair_exactly};

/// From this many people who changed, the probability to report comes from chi-square.
const CHI_SQUARE_FROM: u64 = 25;

/// A chi-square statistic and its tail.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChiSquareTest {
    /// The statistic.
    pub statistic: f64,
    /// Its degrees of freedom.
    pub degrees_of_freedom: usize,
    /// The probability of a statistic at least as large.
    pub p_value: f64,
}

impl ChiSquareTest {
    /// The test that belongs to a statistic of at least 0.
    pub fn new(statistic: f64, degrees_of_freedom: usize) -> Self {
        Self {
            statistic,
            degrees_of_freedom,
            p_value: chi_square_above(statistic, degrees_of_freedom),
        }
    }
}

/// The people who changed between two occasions, and how unusual their split is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct McNemar {
    /// Yes at the first occasion only.
    pub first_only: u64,
    /// Yes at the second occasion only.
    pub second_only: u64,
    /// Two-sided, by the toss of a fair coin for each person who changed.
    pub exact: f64,
    /// The same, counting splits just as uneven by half.
    pub mid_p: f64,
    /// Without continuity correction; `None` when nobody changed.
    pub chi_square: Option<ChiSquareTest>,
    /// With it; `None` when nobody changed.
    pub chi_square_corrected: Option<ChiSquareTest>,
}

impl McNemar {
    /// The people who changed.
    pub fn changed(&self) -> u64 {
        self.first_only + self.second_only
    }

    /// The probability to report: exact when fewer than 25 people changed, else from the corrected
    /// chi-square.
    pub fn p_value(&self) -> f64 {
        self.chi_square_corrected
            .filter(|_| self.changed() >= CHI_SQUARE_FROM)
            .map_or(self.exact, |test| test.p_value)
    }
}

/// Did the share of people saying yes change? McNemar's test, from those who changed one way
/// (`first_only`) and the other (`second_only`). Those who did not change carry no information on
/// it.
///
/// See `docs/methods/mcnemar.md`.
///
/// ```
/// use kinfolk_stats::mcnemar;
/// assert_eq!((mcnemar(0, 5).p_value() * 1e4).round(), 625.0);
/// assert_eq!((mcnemar(150, 86).p_value() * 1e6).round(), 41.0);
/// ```
pub fn mcnemar(first_only: u64, second_only: u64) -> McNemar {
    let changed = first_only + second_only;
    let lesser = first_only.min(second_only);
    let exact = (2.0 * fair_at_most(lesser, changed)).min(1.0);
    let ways = if first_only == second_only { 1.0 } else { 2.0 };
    let chi_square = |correction: f64| {
        let distance = (first_only.abs_diff(second_only) as f64 - correction).max(0.0);
        (changed > 0).then(|| ChiSquareTest::new(distance * distance / changed as f64, 1))
    };
    McNemar {
        first_only,
        second_only,
        exact,
        mid_p: exact - ways * fair_exactly(lesser, changed) / 2.0,
        chi_square: chi_square(0.0),
        chi_square_corrected: chi_square(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_published_case() {
        // Agresti's approval ratings: 150 and 86 people changed their minds.
        let found = mcnemar(150, 86).chi_square_corrected.unwrap();
        assert!((found.statistic - 16.817_797).abs() < 5e-7, "{found:?}");
        assert_eq!(mcnemar(150, 86).p_value(), found.p_value);
    }

    #[test]
    fn small_numbers_by_hand() {
        let check = |first, second, exact: f64, mid_p: f64| {
            let found = mcnemar(first, second);
            assert!((found.exact - exact).abs() < 1e-12, "{found:?}");
            assert!((found.mid_p - mid_p).abs() < 1e-12, "{found:?}");
            assert_eq!(found.p_value(), found.exact);
        };
        check(0, 5, 2.0 / 32.0, 1.0 / 32.0);
        check(5, 0, 2.0 / 32.0, 1.0 / 32.0);
        check(1, 4, 12.0 / 32.0, 7.0 / 32.0);
        // Of four tosses six in sixteen are even.
        check(2, 2, 1.0, 1.0 - 3.0 / 16.0);
        check(0, 1, 1.0, 0.5);
    }

    #[test]
    fn when_nobody_changed_there_is_nothing_to_see() {
        let found = mcnemar(0, 0);
        assert_eq!((found.exact, found.chi_square), (1.0, None));
        assert_eq!(found.p_value(), 1.0);
    }

    #[test]
    fn the_correction_never_goes_below_zero() {
        let even = mcnemar(20, 20).chi_square_corrected.unwrap();
        assert_eq!((even.statistic, even.p_value), (0.0, 1.0));
    }

    #[test]
    fn chi_square_takes_over_at_25() {
        assert_eq!(mcnemar(8, 16).p_value(), mcnemar(8, 16).exact);
        assert_ne!(mcnemar(8, 17).p_value(), mcnemar(8, 17).exact);
    }
}
