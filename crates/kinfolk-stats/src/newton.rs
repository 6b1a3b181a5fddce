//! The point at which a log likelihood without other peaks is highest.

use crate::StatsError;
use crate::matrix::{Cholesky, Matrix, dot};

const MOST_STEPS: usize = 60;
const MOST_HALVINGS: usize = 30;

/// A step this small, with covariates in units of their spread, changes no digit that is kept.
const SMALL_STEP: f64 = 1e-10;

/// A gain in log likelihood too small to see, where a step is still worth this much, means that the
/// likelihood has gone level on its way to infinity.
const LEVEL_GAIN: f64 = 1e-8;
const LEVEL_STEP: f64 = 1e-3;

/// How much of its scale a covariate must vary by.
const SMALLEST_SPREAD: f64 = 1e-10;

/// A log likelihood with its slope and curvature.
pub(crate) struct Slope {
    pub(crate) log_likelihood: f64,
    /// First derivatives.
    pub(crate) score: Vec<f64>,
    /// Minus the second derivatives.
    pub(crate) information: Matrix,
}

/// A log likelihood to be climbed from coefficients of 0.
pub(crate) trait Likelihood {
    fn at(&self, coefficients: &[f64]) -> Slope;

    /// For each coefficient, what the information would be were its covariate unrelated to all others:
    /// whatever is far below says nothing.
    fn scales(&self) -> Vec<f64>;

    /// How many observations the information sums over.
    fn n(&self) -> f64;
}

/// The maximum, and what is known of the likelihood at 0.
pub(crate) struct Maximum {
    pub(crate) coefficients: Vec<f64>,
    pub(crate) covariance: Matrix,
    pub(crate) log_likelihood: f64,
    pub(crate) log_likelihood_null: f64,
    pub(crate) score_statistic: f64,
    pub(crate) iterations: usize,
}

impl Maximum {
    /// Newton's steps from 0, each halved until the likelihood rises.
    ///
    /// # Errors
    ///
    /// [`StatsError::Collinear`], [`StatsError::Separated`] (both name the coefficient by its place),
    /// [`StatsError::NotConverged`].
    pub(crate) fn find(likelihood: &impl Likelihood) -> Result<Self, StatsError> {
        let mut slope = likelihood.at(&vec![0.0; likelihood.scales().len()]);
        let spreads = spreads(likelihood, &slope)?;
        let mut coefficients = vec![0.0; spreads.len()];
        let log_likelihood_null = slope.log_likelihood;
        let mut score_statistic = None;
        let mut reach = 0.0;
        for iterations in 1..=MOST_STEPS {
            let Some(cholesky) = Cholesky::of(&slope.information) else {
                return Err(separated(&coefficients, &spreads));
            };
            let step = cholesky.solve(&slope.score);
            let gain = dot(&slope.score, &step);
            let score_statistic = *score_statistic.get_or_insert(gain);
            reach = largest(&step, &spreads);
            if gain < LEVEL_GAIN && reach > LEVEL_STEP {
                return Err(separated(&step, &spreads));
            }
            // A long step no part of which gains anything leads along a ridge without end.
            let climbed = climb(likelihood, &coefficients, &slope, &step);
            (coefficients, slope) = climbed.map_err(|error| match reach > LEVEL_STEP {
                true => separated(&step, &spreads),
                false => error,
            })?;
            if reach < SMALL_STEP {
                let covariance = Cholesky::of(&slope.information)
                    .ok_or_else(|| separated(&coefficients, &spreads))?
                    .inverse();
                return Ok(Self {
                    coefficients,
                    covariance,
                    log_likelihood: slope.log_likelihood,
                    log_likelihood_null,
                    score_statistic,
                    iterations,
                });
            }
        }
        // Steps still so long after so many: the likelihood rises as far as coefficients go.
        Err(match reach > LEVEL_STEP {
            true => separated(&coefficients, &spreads),
            false => StatsError::NotConverged {
                iterations: MOST_STEPS,
            },
        })
    }
}

/// The step, halved until the likelihood is no lower but for rounding.
fn climb(
    likelihood: &impl Likelihood,
    from: &[f64],
    slope: &Slope,
    step: &[f64],
) -> Result<(Vec<f64>, Slope), StatsError> {
    let rounding = 1e-12 * slope.log_likelihood.abs();
    let mut factor = 1.0;
    for _ in 0..MOST_HALVINGS {
        let to: Vec<f64> = from.iter().zip(step).map(|(b, s)| b + factor * s).collect();
        let reached = likelihood.at(&to);
        if reached.log_likelihood >= slope.log_likelihood - rounding {
            return Ok((to, reached));
        }
        factor /= 2.0;
    }
    Err(StatsError::NotConverged {
        iterations: MOST_HALVINGS,
    })
}

/// Each covariate's spread, checking that none follows from those before it.
fn spreads(likelihood: &impl Likelihood, at_zero: &Slope) -> Result<Vec<f64>, StatsError> {
    let information = &at_zero.information;
    for (covariate, scale) in likelihood.scales().into_iter().enumerate() {
        let leading = Matrix::from_fn(covariate + 1, covariate + 1, |row, column| {
            information[(row, column)]
        });
        let flat = information[(covariate, covariate)] <= SMALLEST_SPREAD * scale;
        if flat || Cholesky::of(&leading).is_none() {
            return Err(StatsError::Collinear { covariate });
        }
    }
    let spread = |covariate| (information[(covariate, covariate)] / likelihood.n()).sqrt();
    Ok((0..information.n_rows()).map(spread).collect())
}

fn largest(step: &[f64], spreads: &[f64]) -> f64 {
    let sizes = step
        .iter()
        .zip(spreads)
        .map(|(step, spread)| (step * spread).abs());
    sizes.fold(0.0, f64::max)
}

fn separated(direction: &[f64], spreads: &[f64]) -> StatsError {
    let size = |covariate: &usize| (direction[*covariate] * spreads[*covariate]).abs();
    let covariate = (0..direction.len()).max_by(|a, b| size(a).total_cmp(&size(b)));
    StatsError::Separated {
        covariate: covariate.unwrap_or_default(),
    }
}
