//! Tail probabilities, and the quantiles that invert them. Against arbitrary-precision values the
//! library keeps ten digits, in tails as far out as 1e-160.

use statrs::distribution::{
    Binomial, ChiSquared, ContinuousCDF, Discrete, DiscreteCDF, FisherSnedecor, Normal, StudentsT,
};
use statrs::function::factorial::ln_factorial;

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

/// The share of an F distribution above `x`; both degrees of freedom above 0.
pub(crate) fn f_above(x: f64, first: f64, second: f64) -> f64 {
    FisherSnedecor::new(first, second).map_or(f64::NAN, |f| f.sf(x))
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
    Binomial::new(0.5, trials).map_or(f64::NAN, |fair| fair.pmf(successes))
}

/// The chance of each number of successes, for a share above 0 and below 1.
pub(crate) fn binomial_chances(trials: u64, share: f64) -> Vec<f64> {
    let (success, failure) = (share.ln(), (-share).ln_1p());
    let all = ln_factorial(trials);
    (0..=trials)
        .map(|x| {
            let ways = all - ln_factorial(x) - ln_factorial(trials - x);
            (ways + x as f64 * success + (trials - x) as f64 * failure).exp()
        })
        .collect()
}

/// The two-sided chance: that of every outcome no likelier than the one observed, and of that the
/// part that is just as likely.
pub(crate) fn no_likelier(chances: &[f64], observed: usize) -> (f64, f64) {
    // Rounding must not part outcomes that are equally likely; R allows the same.
    let as_likely = 1.0 + 1e-7;
    let observed = chances[observed];
    let (mut sum, mut equal) = (0.0, 0.0);
    for &chance in chances.iter().filter(|c| **c <= observed * as_likely) {
        sum += chance;
        if chance * as_likely >= observed {
            equal += chance;
        }
    }
    (f64::min(sum, 1.0), equal)
}
