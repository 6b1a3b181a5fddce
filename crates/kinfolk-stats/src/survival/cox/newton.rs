//! The coefficients at which the partial likelihood is highest.

use super::event_time::triangle;
use super::sorted::Sorted;
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

/// The log likelihood with its slope and curvature.
pub(super) struct Point {
    log_likelihood: f64,
    score: Vec<f64>,
    information: Matrix,
}

impl Point {
    fn at(sorted: &Sorted, coefficients: &[f64]) -> Self {
        let n = sorted.n_covariates();
        let mut log_likelihood = 0.0;
        let mut score = vec![0.0; n];
        let mut information = vec![0.0; triangle(n)];
        sorted.walk(&sorted.predictors(coefficients), |_, event_time| {
            let Some(event_time) = event_time else { return };
            log_likelihood += event_time.log_likelihood();
            for (covariate, sum) in score.iter_mut().enumerate() {
                *sum += event_time.score(covariate);
            }
            event_time.add_information(1.0, &mut information);
        });
        Self {
            log_likelihood,
            score,
            information: from_triangle(n, &information),
        }
    }

    fn step(&self) -> Option<Vec<f64>> {
        Cholesky::of(&self.information).map(|cholesky| cholesky.solve(&self.score))
    }

    /// Twice what a full step should gain.
    fn gain(&self, step: &[f64]) -> f64 {
        dot(&self.score, step)
    }
}

pub(in crate::survival) fn from_triangle(n: usize, lower: &[f64]) -> Matrix {
    Matrix::from_fn(n, n, |row, column| {
        lower[triangle(row.max(column)) + row.min(column)]
    })
}

/// The maximum, and what is known of the likelihood at 0.
pub(super) struct Maximum {
    pub(super) coefficients: Vec<f64>,
    pub(super) covariance: Matrix,
    pub(super) log_likelihood: f64,
    pub(super) log_likelihood_null: f64,
    pub(super) score_statistic: f64,
    pub(super) iterations: usize,
}

impl Maximum {
    /// Newton's steps from 0, each halved until the likelihood rises.
    pub(super) fn find(sorted: &Sorted) -> Result<Self, StatsError> {
        let mut coefficients = vec![0.0; sorted.n_covariates()];
        let mut point = Point::at(sorted, &coefficients);
        let spreads = spreads(sorted, &point)?;
        let log_likelihood_null = point.log_likelihood;
        let mut score_statistic = None;
        for iterations in 1..=MOST_STEPS {
            let Some(step) = point.step() else {
                return Err(separated(&coefficients, &spreads));
            };
            let gain = point.gain(&step);
            let score_statistic = *score_statistic.get_or_insert(gain);
            let reach = largest(&step, &spreads);
            if gain < LEVEL_GAIN && reach > LEVEL_STEP {
                return Err(separated(&step, &spreads));
            }
            (coefficients, point) = climb(sorted, &coefficients, &point, &step)?;
            if reach < SMALL_STEP {
                let covariance = Cholesky::of(&point.information)
                    .ok_or_else(|| separated(&coefficients, &spreads))?
                    .inverse();
                return Ok(Self {
                    coefficients,
                    covariance,
                    log_likelihood: point.log_likelihood,
                    log_likelihood_null,
                    score_statistic,
                    iterations,
                });
            }
        }
        Err(StatsError::NotConverged {
            iterations: MOST_STEPS,
        })
    }
}

/// The step, halved until the likelihood is no lower but for rounding.
fn climb(
    sorted: &Sorted,
    from: &[f64],
    point: &Point,
    step: &[f64],
) -> Result<(Vec<f64>, Point), StatsError> {
    let rounding = 1e-12 * point.log_likelihood.abs();
    let mut factor = 1.0;
    for _ in 0..MOST_HALVINGS {
        let to: Vec<f64> = from.iter().zip(step).map(|(b, s)| b + factor * s).collect();
        let reached = Point::at(sorted, &to);
        if reached.log_likelihood >= point.log_likelihood - rounding {
            return Ok((to, reached));
        }
        factor /= 2.0;
    }
    Err(StatsError::NotConverged {
        iterations: MOST_HALVINGS,
    })
}

/// Each covariate's spread within risk sets, checking that none follows from those before it.
fn spreads(sorted: &Sorted, at_zero: &Point) -> Result<Vec<f64>, StatsError> {
    let information = &at_zero.information;
    let scales = sorted.scales();
    for covariate in 0..sorted.n_covariates() {
        let flat = information[(covariate, covariate)] <= 1e-10 * scales[covariate];
        let leading = Matrix::from_fn(covariate + 1, covariate + 1, |row, column| {
            information[(row, column)]
        });
        if flat || Cholesky::of(&leading).is_none() {
            return Err(StatsError::Collinear { covariate });
        }
    }
    let n_events = sorted.n_events();
    Ok((0..sorted.n_covariates())
        .map(|covariate| (information[(covariate, covariate)] / n_events).sqrt())
        .collect())
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
