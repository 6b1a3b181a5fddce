//! Outcomes and covariates, checked and brought to one scale.

use crate::StatsError;
use crate::columns::{check_column, check_length};
use crate::matrix::{Matrix, dot};

/// The rows of a regression, as columns.
#[derive(Debug, Clone, Copy)]
pub struct Rows<'a> {
    /// The outcome of each row.
    pub outcome: &'a [f64],
    /// A column a covariate, a value a row. The intercept is added.
    pub covariates: &'a [&'a [f64]],
    /// How much each row counts, above 0; all the same without.
    pub weights: Option<&'a [f64]>,
    /// The cluster of each row: a matched pair, a child, an authority.
    pub clusters: Option<&'a [usize]>,
}

impl<'a> Rows<'a> {
    /// Rows that count the same, each on its own.
    pub fn new(outcome: &'a [f64], covariates: &'a [&'a [f64]]) -> Self {
        Self {
            outcome,
            covariates,
            weights: None,
            clusters: None,
        }
    }
}

/// A constant, and covariates in units of their spread from their means: sums of their products
/// keep their digits whatever the units of the covariates.
#[derive(Debug, Clone)]
pub(super) struct Scaled {
    pub(super) x: Matrix,
    centres: Vec<f64>,
    spreads: Vec<f64>,
    /// With mean 1.
    pub(super) weights: Vec<f64>,
    pub(super) clusters: Clusters,
}

/// The rows of each cluster; each row on its own where there are none.
#[derive(Debug, Clone)]
pub(super) struct Clusters {
    /// The rows, cluster by cluster.
    rows: Vec<usize>,
    /// Where each cluster ends among them.
    ends: Vec<usize>,
}

impl Clusters {
    fn of(labels: Option<&[usize]>, n: usize) -> Result<Self, StatsError> {
        let Some(labels) = labels else {
            return Ok(Self {
                rows: (0..n).collect(),
                ends: (1..=n).collect(),
            });
        };
        check_length("clusters", labels.len(), n)?;
        let mut rows: Vec<usize> = (0..n).collect();
        rows.sort_by_key(|&row| labels[row]);
        let alike = rows.chunk_by(|&one, &other| labels[one] == labels[other]);
        let ends = alike.scan(0, |end, cluster| {
            *end += cluster.len();
            Some(*end)
        });
        Ok(Self {
            ends: ends.collect(),
            rows,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[usize]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        let places = starts.zip(&self.ends);
        places.map(|(&start, &end)| &self.rows[start..end])
    }

    /// For each cluster, the square of the sum of its rows' values; all added up.
    pub(super) fn squared_sums(&self, values: &[f64]) -> f64 {
        let total = |rows: &[usize]| rows.iter().map(|&row| values[row]).sum::<f64>();
        self.iter().map(|rows| total(rows).powi(2)).sum()
    }
}

impl Scaled {
    pub(super) fn new(rows: &Rows) -> Result<Self, StatsError> {
        let n = rows.outcome.len();
        check_column("the outcome", rows.outcome, n)?;
        let (mut centres, mut spreads) = (vec![0.0], vec![1.0]);
        for (covariate, column) in rows.covariates.iter().enumerate() {
            check_column("a covariate", column, n)?;
            let (centre, spread) = centre_and_spread(column);
            if spread <= 1e-12 * centre.abs() || spread == 0.0 {
                return Err(StatsError::Collinear { covariate });
            }
            centres.push(centre);
            spreads.push(spread);
        }
        let x = Matrix::from_fn(n, centres.len(), |row, column| match column {
            0 => 1.0,
            _ => (rows.covariates[column - 1][row] - centres[column]) / spreads[column],
        });
        Ok(Self {
            x,
            centres,
            spreads,
            weights: weights(rows.weights, n)?,
            clusters: Clusters::of(rows.clusters, n)?,
        })
    }

    pub(super) fn n_rows(&self) -> usize {
        self.x.n_rows()
    }

    pub(super) fn n_coefficients(&self) -> usize {
        self.x.n_columns()
    }

    /// Weights on the scaled coefficients that say the same as weights on those of the covariates
    /// as they came.
    pub(super) fn weights_of(&self, weights: &[f64]) -> Vec<f64> {
        let pairs = weights.iter().zip(self.centres.iter().zip(&self.spreads));
        let slopes =
            pairs.map(|(weight, (centre, spread))| (weight - weights[0] * centre) / spread);
        std::iter::once(weights[0]).chain(slopes.skip(1)).collect()
    }

    /// Xᵀ·diag(weights)·X.
    pub(super) fn squares(&self, weights: &[f64]) -> Matrix {
        let n = self.n_coefficients();
        let mut squares = vec![0.0; n * n];
        for (row, &weight) in weights.iter().enumerate() {
            let x = self.x.row(row);
            for (sums, &left) in squares.chunks_exact_mut(n).zip(x) {
                for (sum, &right) in sums.iter_mut().zip(x) {
                    *sum += weight * left * right;
                }
            }
        }
        Matrix::from_fn(n, n, |i, j| squares[i.max(j) * n + i.min(j)])
    }

    /// Xᵀ·values.
    pub(super) fn sums(&self, values: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.n_coefficients()];
        for (row, &value) in values.iter().enumerate() {
            for (sum, &x) in sums.iter_mut().zip(self.x.row(row)) {
                *sum += x * value;
            }
        }
        sums
    }

    /// X·coefficients.
    pub(super) fn predicted(&self, coefficients: &[f64]) -> Vec<f64> {
        (0..self.n_rows())
            .map(|row| dot(self.x.row(row), coefficients))
            .collect()
    }

    /// Names the first column that follows from those before it.
    pub(super) fn collinear(&self, squares: &Matrix) -> StatsError {
        let leading = |n: usize| Matrix::from_fn(n, n, |i, j| squares[(i, j)]);
        let first = (1..=squares.n_rows())
            .find(|&n| crate::matrix::Cholesky::of(&leading(n)).is_none())
            .unwrap_or(1);
        StatsError::Collinear {
            covariate: first.saturating_sub(2),
        }
    }
}

fn weights(weights: Option<&[f64]>, n: usize) -> Result<Vec<f64>, StatsError> {
    let Some(weights) = weights else {
        return Ok(vec![1.0; n]);
    };
    check_column("weights", weights, n)?;
    if let Some((at, &value)) = weights.iter().enumerate().find(|(_, w)| **w <= 0.0) {
        return Err(StatsError::Weight { at, value });
    }
    let mean = weights.iter().sum::<f64>() / n as f64;
    Ok(weights.iter().map(|weight| weight / mean).collect())
}

fn centre_and_spread(column: &[f64]) -> (f64, f64) {
    let n = column.len() as f64;
    let centre = column.iter().sum::<f64>() / n;
    let squares: f64 = column.iter().map(|x| (x - centre).powi(2)).sum();
    (centre, (squares / n).sqrt())
}
