//! Distributions of inputs that nobody knows exactly.

use statrs::distribution::{Beta, Continuous, ContinuousCDF, Gamma, Normal};

use crate::StatsError;

/// PERT puts four times the weight on the likeliest value that it puts on each end.
const PERT_WEIGHT: f64 = 4.0;

/// What values may a number have, and how likely? Built from moments, read by normal score: the value
/// at score z lies above as much of the distribution as z does of the standard normal one. So inputs
/// that go together can be drawn from normal scores that do.
///
/// See `docs/methods/value-uncertainty.md`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distribution(Form);

#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    Fixed(f64),
    Normal { mean: f64, sd: f64 },
    Lognormal { mean: f64, sigma: f64 },
    Beta { beta: Beta, low: f64, span: f64 },
    Gamma(Gamma),
}

impl Distribution {
    /// One value for certain.
    pub fn fixed(value: f64) -> Self {
        Self(Form::Fixed(value))
    }

    /// Normal with that mean and standard deviation.
    ///
    /// # Errors
    ///
    /// [`StatsError::NoSuchDistribution`] unless both are finite and the deviation is above 0.
    pub fn normal(mean: f64, sd: f64) -> Result<Self, StatsError> {
        check("normal", mean, sd, mean.is_finite())?;
        Ok(Self(Form::Normal { mean, sd }))
    }

    /// Lognormal with that mean, and that standard deviation of its logarithm.
    ///
    /// # Errors
    ///
    /// [`StatsError::NoSuchDistribution`] unless both are finite and above 0.
    pub fn lognormal(mean: f64, sigma: f64) -> Result<Self, StatsError> {
        check("lognormal", mean, sigma, mean > 0.0)?;
        Ok(Self(Form::Lognormal { mean, sigma }))
    }

    /// Beta on 0 to 1 with that mean and standard deviation.
    ///
    /// # Errors
    ///
    /// [`StatsError::NoSuchDistribution`] unless 0 < mean < 1 and sd² < mean · (1 − mean).
    pub fn beta(mean: f64, sd: f64) -> Result<Self, StatsError> {
        let spread = mean * (1.0 - mean) / (sd * sd) - 1.0;
        let is_inside = mean > 0.0 && mean < 1.0 && spread > 0.0;
        check("beta", mean, sd, is_inside)?;
        let form = beta_form(mean * spread, (1.0 - mean) * spread, 0.0, 1.0);
        form.ok_or(no_such("beta", mean, sd)).map(Self)
    }

    /// Gamma with that mean and standard deviation.
    ///
    /// # Errors
    ///
    /// [`StatsError::NoSuchDistribution`] unless both are finite and above 0.
    pub fn gamma(mean: f64, sd: f64) -> Result<Self, StatsError> {
        check("gamma", mean, sd, mean > 0.0)?;
        let gamma = Gamma::new((mean / sd).powi(2), mean / (sd * sd));
        gamma
            .map(|gamma| Self(Form::Gamma(gamma)))
            .map_err(|_| no_such("gamma", mean, sd))
    }

    /// PERT from the least, the likeliest and the most: a beta distribution between the ends whose
    /// mean is (least + 4 · likeliest + most) / 6.
    ///
    /// # Errors
    ///
    /// [`StatsError::NoSuchDistribution`] unless least ≤ likeliest ≤ most and least < most.
    pub fn pert(least: f64, likeliest: f64, most: f64) -> Result<Self, StatsError> {
        let span = most - least;
        let is_ordered = least <= likeliest && likeliest <= most && least.is_finite();
        check("PERT", likeliest, span, is_ordered)?;
        let alpha = 1.0 + PERT_WEIGHT * (likeliest - least) / span;
        let beta = 1.0 + PERT_WEIGHT * (most - likeliest) / span;
        let form = beta_form(alpha, beta, least, span);
        form.ok_or(no_such("PERT", likeliest, span)).map(Self)
    }

    /// The value at a normal score.
    pub fn at(&self, score: f64) -> f64 {
        match &self.0 {
            Form::Fixed(value) => *value,
            Form::Normal { mean, sd } => mean + sd * score,
            Form::Lognormal { mean, sigma } => mean * (sigma * score - sigma * sigma / 2.0).exp(),
            Form::Beta { beta, low, span } => low + span * beta.inverse_cdf(normal_below(score)),
            Form::Gamma(gamma) => gamma.inverse_cdf(normal_below(score)),
        }
    }

    /// Whether it can have one value only.
    pub fn is_fixed(&self) -> bool {
        matches!(self.0, Form::Fixed(_))
    }
}

fn beta_form(alpha: f64, beta: f64, low: f64, span: f64) -> Option<Form> {
    let beta = Beta::new(alpha, beta).ok()?;
    Some(Form::Beta { beta, low, span })
}

fn check(form: &'static str, mean: f64, sd: f64, is_possible: bool) -> Result<(), StatsError> {
    if is_possible && mean.is_finite() && sd.is_finite() && sd > 0.0 {
        Ok(())
    } else {
        Err(no_such(form, mean, sd))
    }
}

fn no_such(form: &'static str, mean: f64, sd: f64) -> StatsError {
    StatsError::NoSuchDistribution { form, mean, sd }
}

/// The share of the standard normal distribution below a score.
pub fn normal_below(score: f64) -> f64 {
    Normal::standard().cdf(score)
}

/// The density of the standard normal distribution at a score.
pub fn normal_density(score: f64) -> f64 {
    Normal::standard().pdf(score)
}

/// The score below which that share of the standard normal distribution lies; `share` above 0 and
/// below 1.
///
/// # Errors
///
/// [`StatsError::Probability`] outside that range.
pub fn normal_score(share: f64) -> Result<f64, StatsError> {
    if share > 0.0 && share < 1.0 {
        Ok(Normal::standard().inverse_cdf(share))
    } else {
        Err(StatsError::Probability(share))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean and standard deviation by equal steps of probability.
    fn moments(distribution: Distribution) -> (f64, f64) {
        let n = 20_000;
        let values: Vec<f64> = (0..n)
            .map(|i| {
                let share = (f64::from(i) + 0.5) / f64::from(n);
                distribution.at(normal_score(share).unwrap())
            })
            .collect();
        let mean = values.iter().sum::<f64>() / f64::from(n);
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        (mean, (squares / f64::from(n)).sqrt())
    }

    #[test]
    fn moments_are_those_asked_for() {
        let check = |distribution: Result<Distribution, StatsError>, mean: f64, sd: f64| {
            let found = moments(distribution.unwrap());
            // The grid cuts the tails, which costs the deviation up to four digits.
            assert!((found.0 / mean - 1.0).abs() < 1e-4, "{found:?}");
            assert!((found.1 / sd - 1.0).abs() < 1e-2, "{found:?}");
        };
        check(Distribution::normal(5.0, 2.0), 5.0, 2.0);
        check(Distribution::beta(0.74, 0.05), 0.74, 0.05);
        check(Distribution::gamma(2995.0, 400.0), 2995.0, 400.0);
        let sigma: f64 = 0.3;
        let sd = (sigma * sigma).exp_m1().sqrt();
        check(Distribution::lognormal(1.02, sigma), 1.02, 1.02 * sd);
        // Mean (10 + 4 · 20 + 60) / 6; variance (mean − least)(most − mean) / 7.
        check(Distribution::pert(10.0, 20.0, 60.0), 25.0, 75f64.sqrt());
    }

    #[test]
    fn medians_are_in_the_middle() {
        let close = |value: f64, expected: f64| assert!((value - expected).abs() < 1e-9, "{value}");
        close(Distribution::fixed(3.0).at(1.7), 3.0);
        close(Distribution::beta(0.5, 0.1).unwrap().at(0.0), 0.5);
        // With mean and deviation alike a gamma is exponential, whose median is ln 2.
        close(Distribution::gamma(1.0, 1.0).unwrap().at(0.0), 2f64.ln());
        close(
            Distribution::lognormal(1.0, 0.5).unwrap().at(0.0),
            (-0.125f64).exp(),
        );
        close(Distribution::normal(0.0, 1.0).unwrap().at(1.5), 1.5);
        close(Distribution::pert(0.0, 1.0, 2.0).unwrap().at(0.0), 1.0);
    }

    #[test]
    fn impossible_moments_are_refused() {
        assert!(Distribution::beta(0.5, 0.5).is_err());
        assert!(Distribution::beta(1.0, 0.1).is_err());
        assert!(Distribution::gamma(0.0, 1.0).is_err());
        assert!(Distribution::normal(f64::NAN, 1.0).is_err());
        assert!(Distribution::normal(1.0, 0.0).is_err());
        assert!(Distribution::lognormal(-1.0, 1.0).is_err());
        assert!(Distribution::pert(2.0, 1.0, 3.0).is_err());
        assert!(Distribution::pert(1.0, 1.0, 1.0).is_err());
        assert!(normal_score(0.0).is_err());
    }

    #[test]
    fn scores_and_shares_turn_back() {
        for share in [0.001, 0.3, 0.5, 0.975] {
            let back = normal_below(normal_score(share).unwrap());
            // The library's error function stops at about eleven digits.
            assert!((back - share).abs() < 1e-10, "{share}");
        }
        assert!((normal_density(0.0) - 0.398_942_280_401_432_7).abs() < 1e-15);
    }
}
