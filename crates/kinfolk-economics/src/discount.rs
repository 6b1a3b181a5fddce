//! What a pound in a later year is worth today.

use kinfolk_model::DiscountSchedule;

use crate::sum::sum;

/// Factors by year from year 0, which is not discounted: each is the one before divided by one plus
/// the rate of its year. Factors are cumulative, so that a rate that falls never makes a later pound
/// worth more.
///
/// See `docs/methods/value-appraisal.md`.
///
/// ```
/// use kinfolk_model::DiscountSchedule;
/// let factors = kinfolk_economics::discount_factors(&DiscountSchedule::flat("flat", 0.25), 3);
/// assert_eq!(factors, [1.0, 0.8, 0.64]);
/// ```
pub fn discount_factors(schedule: &DiscountSchedule, years: u32) -> Vec<f64> {
    scaled_factors(schedule, years, 1.0)
}

/// The same with every rate multiplied.
pub(crate) fn scaled_factors(schedule: &DiscountSchedule, years: u32, scale: f64) -> Vec<f64> {
    let later = (1..years).scan(1.0, |factor, year| {
        *factor /= 1.0 + schedule.rate(year) * scale;
        Some(*factor)
    });
    std::iter::once(1.0)
        .chain(later)
        .take(years as usize)
        .collect()
}

/// The worth today of a sum in each year from year 0. Years beyond the factors count nothing.
pub fn present_value(flow: &[f64], factors: &[f64]) -> f64 {
    sum(flow
        .iter()
        .zip(factors)
        .map(|(pounds, factor)| pounds * factor))
}

/// When the first of a run of yearly sums falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// At once: years 0 to n − 1.
    StartOfYear,
    /// After a year: years 1 to n.
    EndOfYear,
}

/// The worth today of one pound in each of n years.
pub fn annuity(schedule: &DiscountSchedule, years: u32, timing: Timing) -> f64 {
    let factors = discount_factors(schedule, years + 1);
    let (first, last) = match timing {
        Timing::StartOfYear => (0, years as usize),
        Timing::EndOfYear => (1, years as usize + 1),
    };
    sum(factors[first..last].iter().copied())
}
