//! Least squares, weighted where wanted.

use crate::contrast::weights_of_one;
use crate::matrix::{Cholesky, Matrix, dot};
use crate::regression::Rows;
use crate::regression::clusters::Correction;
use crate::regression::rows::Scaled;
use crate::{Confidence, Contrast, StatsError};

/// Residuals smaller than this share of the outcomes, and variances of a contrast smaller than its
/// square beside the plain one, are what rounding leaves of nothing.
const NOTHING: f64 = 1e-12;

/// How the standard error of a coefficient is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errors {
    /// One spread for all rows (for weighted rows: in proportion to 1/weight).
    Classical,
    /// Each row its own spread (White); too small in small samples.
    Hc0,
    /// The same times n/(n − p).
    Hc1,
    /// Each residual over √(1 − leverage): unbiased where spread is even.
    Hc2,
    /// Each residual over 1 − leverage: cautious.
    Hc3,
    /// Each cluster on its own (Liang and Zeger); too small with few clusters.
    Cr0,
    /// The same times G/(G − 1), for G clusters.
    Cr1,
    /// The same times G(n − 1) / ((G − 1)(n − p)), Stata's.
    Cr1s,
    /// Residuals of a cluster adjusted by their leverage (Bell and McCaffrey), with Satterthwaite
    /// degrees of freedom: for few clusters.
    Cr2,
}

/// A fitted regression.
#[derive(Debug, Clone)]
pub struct LeastSquares {
    scaled: Scaled,
    coefficients: Vec<f64>,
    inverse: Matrix,
    residuals: Vec<f64>,
}

/// Which straight line, plane, … lies nearest to the outcomes?
///
/// # Errors
///
/// [`StatsError::UnequalLengths`] and [`StatsError::NotFinite`] for rows that cannot be;
/// [`StatsError::Weight`] for one not above 0; [`StatsError::Collinear`] names a covariate that says
/// nothing new; [`StatsError::TooFewRows`] when there are not more rows than coefficients.
pub fn least_squares(rows: &Rows) -> Result<LeastSquares, StatsError> {
    let scaled = Scaled::new(rows)?;
    let (n_rows, n_coefficients) = (scaled.n_rows(), scaled.n_coefficients());
    if n_rows <= n_coefficients {
        return Err(StatsError::TooFewRows {
            n_rows,
            n_coefficients,
        });
    }
    let squares = scaled.squares(&scaled.weights);
    let cholesky = Cholesky::of(&squares).ok_or_else(|| scaled.collinear(&squares))?;
    let mut coefficients = vec![0.0; n_coefficients];
    let mut residuals = rows.outcome.to_vec();
    // The second step takes away what rounding has left.
    for _ in 0..2 {
        let step = cholesky.solve(&scaled.sums(&products(&scaled.weights, &residuals)));
        for (coefficient, step) in coefficients.iter_mut().zip(&step) {
            *coefficient += step;
        }
        for (residual, moved) in residuals.iter_mut().zip(scaled.predicted(&step)) {
            *residual -= moved;
        }
    }
    let size = |values: &[f64]| dot(values, values).sqrt();
    if size(&residuals) <= NOTHING * size(rows.outcome) {
        residuals.fill(0.0);
    }
    Ok(LeastSquares {
        inverse: cholesky.inverse(),
        scaled,
        coefficients,
        residuals,
    })
}

impl LeastSquares {
    /// How many rows there were.
    pub fn n_rows(&self) -> usize {
        self.scaled.n_rows()
    }

    /// How many coefficients: the intercept and one for each covariate.
    pub fn n_coefficients(&self) -> usize {
        self.scaled.n_coefficients()
    }

    /// How many clusters; as many as rows where none were given.
    pub fn n_clusters(&self) -> usize {
        self.scaled.clusters.len()
    }

    /// Outcome less prediction, row by row.
    pub fn residuals(&self) -> &[f64] {
        &self.residuals
    }

    /// The variance of the residuals, Σwe²/(n − p) with weights of mean 1.
    pub fn residual_variance(&self) -> f64 {
        let squares = self.residuals.iter().zip(&self.scaled.weights);
        let sum: f64 = squares
            .map(|(residual, weight)| weight * residual * residual)
            .sum();
        sum / self.free_rows()
    }

    /// One coefficient: 0 is the intercept, then the covariates in order. `None` for one that does not
    /// exist, or without residual spread.
    pub fn coefficient(
        &self,
        at: usize,
        errors: Errors,
        confidence: Confidence,
    ) -> Option<Contrast> {
        self.contrast(
            &weights_of_one(at, self.n_coefficients()),
            errors,
            confidence,
        )
    }

    /// A weighted sum of coefficients. Degrees of freedom are n − p, one less than the clusters, or
    /// Satterthwaite's for [`Errors::Cr2`]. `None` when there are more or fewer weights than
    /// coefficients, all are 0, or there is no spread.
    pub fn contrast(
        &self,
        weights: &[f64],
        errors: Errors,
        confidence: Confidence,
    ) -> Option<Contrast> {
        if weights.len() != self.n_coefficients() {
            return None;
        }
        let weights = self.scaled.weights_of(weights);
        let value = dot(&weights, &self.coefficients);
        let along = self.inverse.times(&weights);
        let plain = self.residual_variance() * dot(&weights, &along);
        let (variance, degrees) = match errors {
            Errors::Classical => (plain, self.free_rows()),
            Errors::Hc0 | Errors::Hc1 | Errors::Hc2 | Errors::Hc3 => {
                (self.by_row(&along, errors), self.free_rows())
            }
            Errors::Cr0 | Errors::Cr1 | Errors::Cr1s => (
                self.by_cluster(&along, errors),
                self.n_clusters() as f64 - 1.0,
            ),
            Errors::Cr2 => self.by_adjusted_cluster(&along),
        };
        (variance > NOTHING * NOTHING * plain)
            .then(|| Contrast::new(value, variance.sqrt(), degrees, confidence))
            .flatten()
    }

    fn free_rows(&self) -> f64 {
        (self.n_rows() - self.n_coefficients()) as f64
    }

    /// How each row moves the contrast.
    fn influence(&self, along: &[f64]) -> Vec<f64> {
        products(&self.scaled.weights, &self.scaled.predicted(along))
    }

    fn by_row(&self, along: &[f64], errors: Errors) -> f64 {
        let influence = products(&self.influence(along), &self.residuals);
        let squares = influence.iter().enumerate().map(|(row, term)| {
            let rest = 1.0 - self.leverage(row);
            term * term
                / match errors {
                    Errors::Hc2 => rest,
                    Errors::Hc3 => rest * rest,
                    _ => 1.0,
                }
        });
        let sum: f64 = squares.sum();
        match errors {
            Errors::Hc1 => sum * self.n_rows() as f64 / self.free_rows(),
            _ => sum,
        }
    }

    fn leverage(&self, row: usize) -> f64 {
        self.scaled.weights[row] * self.inverse.quadratic(self.scaled.x.row(row))
    }

    fn by_cluster(&self, along: &[f64], errors: Errors) -> f64 {
        let influence = products(&self.influence(along), &self.residuals);
        let sum = self.scaled.clusters.squared_sums(&influence);
        let (n_rows, n_clusters) = (self.n_rows() as f64, self.n_clusters() as f64);
        let few_clusters = n_clusters / (n_clusters - 1.0);
        match errors {
            Errors::Cr1 => sum * few_clusters,
            Errors::Cr1s => sum * few_clusters * (n_rows - 1.0) / self.free_rows(),
            _ => sum,
        }
    }

    fn by_adjusted_cluster(&self, along: &[f64]) -> (f64, f64) {
        let influence = self.influence(along);
        Correction::new(&self.scaled, &self.inverse).map_or((f64::NAN, f64::NAN), |correction| {
            correction.variance_and_degrees(&influence, &self.residuals)
        })
    }
}

fn products(left: &[f64], right: &[f64]) -> Vec<f64> {
    left.iter().zip(right).map(|(a, b)| a * b).collect()
}
