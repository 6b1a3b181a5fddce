//! Tail probabilities, and the quantiles that invert them. Against arbitrary-precision values the
//! library keeps ten digits, in tails as far out as 1e-160.

use statrs::distribution::{Binomial, ChiSquared, ContinuousCDF, DiscreteCDF, Normal, StudentsT};

/// The share of a standard normal distribution above `z`.
pub(crate) fn normal_above(z: f64) -> f64 {
    Normal::standard().sf(z)
}

/// The share of a standard normal distribution at least as far from 0 as `z`.
pub(crate) fn normal_beyond(z: f64) -> f64 {
    2.0 * normal_above(z.abs())
}

/// The share of Student's t at least as far from 0 as `t`; `degrees` above 0.
pub(crate) fn student_beyond(t: f64, degrees: f64) -> f64 {
    StudentsT::new(0.0, 1.0, degrees).map_or(f64::NAN, |student| 2.0 * student.sf(t.abs()))
}

/// The share of a chi-square distribution above `x`; 1 where there are no degrees of freedom.
pub(crate) fn chi_square_above(x: f64, degrees: usize) -> f64 {
    ChiSquared::new(degrees as f64).map_or(1.0, |chi_square| chi_square.sf(x))
}

/// The chance of at most `successes` in `trials` fair tosses.
pub(crate) fn fair_at_most(successes: u64, trials: u64) -> f64 {
    Binomial::new(0.5, trials).map_or(f64::NAN, |fair| fair.cdf(successes))
}

/// The chance of exactly `successes` in `trials` fair tosses.
pub(crate) fn fair_exactly(successes: u64, trials: u64) -> f64 {
    use statrs::distribution::Discrete;
    Binomial::new(0.5, trials).map_or(f64::NAN, |fair| fair.pmf(successes))
}
