//! Weighted regressions on one table, fitted again and again.

use crate::StatsError;
use crate::matrix::{Cholesky, Matrix, dot};

const MOST_STEPS: usize = 60;
/// A step this small, with covariates in units of their spread, changes no digit that is kept.
const SMALL_STEP: f64 = 1e-10;

/// What the linear predictor is to the mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// The mean itself.
    Identity,
    /// Its log odds.
    Logit,
}

impl Link {
    pub(super) fn mean(self, predictor: f64) -> f64 {
        match self {
            Self::Identity => predictor,
            Self::Logit => 1.0 / (1.0 + (-predictor).exp()),
        }
    }

    fn slope(self, mean: f64) -> f64 {
        match self {
            Self::Identity => 1.0,
            Self::Logit => mean * (1.0 - mean),
        }
    }
}

/// A constant, and covariates in units of their spread from their means.
pub(super) struct Design {
    pub(super) x: Matrix,
    /// The covariates that the columns after the first stand for.
    pub(super) kept: Vec<usize>,
}

impl Design {
    /// Of the covariates those that say something new in each of the sets, which give a weight a row.
    pub(super) fn new(covariates: &[&[f64]], n: usize, sets: &[&[f64]]) -> Self {
        let all = scaled(covariates, n);
        let squares: Vec<Matrix> = sets.iter().map(|weights| squares(&all, weights)).collect();
        let mut columns = vec![0];
        for column in 1..all.n_columns() {
            columns.push(column);
            let sub = |whole: &Matrix| {
                Matrix::from_fn(columns.len(), columns.len(), |i, j| {
                    whole[(columns[i], columns[j])]
                })
            };
            if squares
                .iter()
                .any(|whole| Cholesky::of(&sub(whole)).is_none())
            {
                columns.pop();
            }
        }
        Self {
            x: Matrix::from_fn(n, columns.len(), |row, at| all[(row, columns[at])]),
            kept: columns[1..].iter().map(|column| column - 1).collect(),
        }
    }

    /// The coefficients, by Newton's steps from `start`, over the rows with a weight above 0.
    ///
    /// # Errors
    ///
    /// [`StatsError::NotConverged`] where there is no peak, or a covariate follows from others.
    pub(super) fn fit(
        &self,
        outcome: &[f64],
        weights: &[f64],
        link: Link,
        start: &[f64],
    ) -> Result<Vec<f64>, StatsError> {
        let mut coefficients = start.to_vec();
        for iterations in 0..MOST_STEPS {
            let lost = StatsError::NotConverged { iterations };
            let (information, score) = self.slope(outcome, weights, link, &coefficients);
            let information = Cholesky::of(&information).ok_or(lost)?;
            let step = information.solve(&score);
            for (coefficient, step) in coefficients.iter_mut().zip(&step) {
                *coefficient += step;
            }
            let largest = step
                .iter()
                .fold(0.0, |most: f64, step| most.max(step.abs()));
            let scale = coefficients
                .iter()
                .fold(1.0, |most: f64, b| most.max(b.abs()));
            if link == Link::Identity || largest < SMALL_STEP * scale {
                return Ok(coefficients);
            }
        }
        Err(StatsError::NotConverged {
            iterations: MOST_STEPS,
        })
    }

    /// The information and the score, in one pass over the rows.
    fn slope(
        &self,
        outcome: &[f64],
        weights: &[f64],
        link: Link,
        coefficients: &[f64],
    ) -> (Matrix, Vec<f64>) {
        let n = self.x.n_columns();
        let mut lower = Matrix::zeros(n, n);
        let mut score = vec![0.0; n];
        for (row, (&y, &weight)) in outcome.iter().zip(weights).enumerate() {
            if weight == 0.0 {
                continue;
            }
            let x = self.x.row(row);
            let mean = link.mean(dot(x, coefficients));
            let curve = weight * link.slope(mean);
            for (i, &left) in x.iter().enumerate() {
                score[i] += weight * (y - mean) * left;
                for (j, &right) in x[..=i].iter().enumerate() {
                    lower[(i, j)] += curve * left * right;
                }
            }
        }
        let whole = Matrix::from_fn(n, n, |i, j| lower[(i.max(j), i.min(j))]);
        (whole, score)
    }

    /// The mean of each row.
    pub(super) fn means(&self, coefficients: &[f64], link: Link) -> Vec<f64> {
        let rows = 0..self.x.n_rows();
        rows.map(|row| link.mean(dot(self.x.row(row), coefficients)))
            .collect()
    }

    /// Σ values·x.
    pub(super) fn sums(&self, values: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.x.n_columns()];
        for (row, &value) in values.iter().enumerate() {
            for (sum, &x) in sums.iter_mut().zip(self.x.row(row)) {
                *sum += value * x;
            }
        }
        sums
    }

    /// The sum of weight·xxᵀ as an equation to be solved.
    pub(super) fn information(&self, weights: &[f64]) -> Option<Cholesky> {
        Cholesky::of(&squares(&self.x, weights))
    }
}

fn scaled(covariates: &[&[f64]], n: usize) -> Matrix {
    let moments: Vec<(f64, f64)> = covariates.iter().map(|column| moments(column)).collect();
    Matrix::from_fn(n, covariates.len() + 1, |row, column| match column {
        0 => 1.0,
        _ => {
            let (centre, spread) = moments[column - 1];
            (covariates[column - 1][row] - centre) / spread
        }
    })
}

/// The mean and the standard deviation; 1 for a column that does not vary, which becomes one of 0.
fn moments(column: &[f64]) -> (f64, f64) {
    let n = column.len() as f64;
    let centre = column.iter().sum::<f64>() / n;
    let spread = (column.iter().map(|x| (x - centre).powi(2)).sum::<f64>() / n).sqrt();
    let varies = spread > 1e-12 * centre.abs();
    (centre, if varies { spread } else { 1.0 })
}

fn squares(x: &Matrix, weights: &[f64]) -> Matrix {
    let n = x.n_columns();
    let mut lower = Matrix::zeros(n, n);
    for (row, &weight) in weights.iter().enumerate() {
        let x = x.row(row);
        for (i, &left) in x.iter().enumerate() {
            for (j, &right) in x[..=i].iter().enumerate() {
                lower[(i, j)] += weight * left * right;
            }
        }
    }
    Matrix::from_fn(n, n, |i, j| lower[(i.max(j), i.min(j))])
}
