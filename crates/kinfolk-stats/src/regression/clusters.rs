//! Bell and McCaffrey's correction for clusters (CR2), with Satterthwaite degrees of freedom.
//!
//! Were all rows of even spread and unrelated, the residuals of a cluster would have the covariance
//! B = (I − H)(I − H)ᵀ, cut to its rows, where H = X(XᵀWX)⁻¹XᵀW. The residuals are multiplied by
//! B^(−1/2), which undoes that. B is the unit matrix and a part of low rank, B = I + Y·K·Yᵀ, where a
//! row of Y is the row of X in coordinates that make XᵀWX a unit matrix, and for weighted rows the
//! same once more times the weight. So no matrix is larger than twice the coefficients, however
//! large the cluster.

use crate::matrix::{Cholesky, Matrix, SymmetricEigen, dot};
use crate::regression::rows::{Clusters, Scaled};

/// Shares of a cluster's spread below this count as none: the cluster alone determines a coefficient.
const NOTHING: f64 = 1e-10;

pub(super) struct Correction<'a> {
    clusters: &'a Clusters,
    /// Y, a row a row.
    y: Matrix,
    /// K.
    middle: Matrix,
}

impl<'a> Correction<'a> {
    /// `None` where the coefficients are not determined.
    pub(super) fn new(scaled: &'a Scaled, inverse: &Matrix) -> Option<Self> {
        let root = Cholesky::of(inverse)?.root().clone();
        let whitened = scaled.x.product(&root);
        let even = scaled.weights.iter().all(|&weight| weight == 1.0);
        let (y, middle) = if even {
            let n = whitened.n_columns();
            let mut middle = Matrix::zeros(n, n);
            middle.add(-1.0, &Matrix::identity(n));
            (whitened, middle)
        } else {
            weighted(&whitened, &scaled.weights)
        };
        Some(Self {
            clusters: &scaled.clusters,
            y,
            middle,
        })
    }

    /// The variance of a contrast and its degrees of freedom, given how each row moves it.
    pub(super) fn variance_and_degrees(&self, influence: &[f64], residuals: &[f64]) -> (f64, f64) {
        let n = self.middle.n_rows();
        let (mut variance, mut trace, mut squares) = (0.0, 0.0, 0.0);
        let mut spread = Matrix::zeros(n, n);
        for rows in self.clusters.iter() {
            let adjusted = self.adjusted(rows, influence);
            let of_rows =
                |values: &[f64]| -> Vec<f64> { rows.iter().map(|&row| values[row]).collect() };
            variance += dot(&adjusted, &of_rows(residuals)).powi(2);
            let own = dot(&adjusted, &adjusted);
            let shared = self.sums(rows, &adjusted);
            let loss = self.middle.quadratic(&shared);
            trace += own + loss;
            squares += own * own + 2.0 * own * loss;
            for (i, left) in shared.iter().enumerate() {
                for (j, right) in shared.iter().enumerate() {
                    spread[(i, j)] += left * right;
                }
            }
        }
        let turned = self.middle.product(&spread);
        squares += turned.trace_of_product(&turned);
        (variance, trace * trace / squares)
    }

    /// B^(−1/2) times the influence of a cluster's rows, by whichever matrix is smaller.
    fn adjusted(&self, rows: &[usize], influence: &[f64]) -> Vec<f64> {
        let own: Vec<f64> = rows.iter().map(|&row| influence[row]).collect();
        if rows.len() < self.y.n_columns() {
            return self.inverse_root(rows).times(&own);
        }
        let shared = self.power(rows).times(&self.sums(rows, &own));
        rows.iter()
            .zip(&own)
            .map(|(&row, own)| own + dot(self.y.row(row), &shared))
            .collect()
    }

    /// B^(−1/2), a row a row of the cluster.
    fn inverse_root(&self, rows: &[usize]) -> Matrix {
        let along: Vec<Vec<f64>> = rows
            .iter()
            .map(|&row| self.middle.times(self.y.row(row)))
            .collect();
        let part = |i: usize, j: usize| dot(self.y.row(rows[i]), &along[j]);
        let spread = Matrix::from_fn(rows.len(), rows.len(), |i, j| {
            f64::from(u8::from(i == j)) + part(i, j)
        });
        SymmetricEigen::of(&spread.symmetrised()).with_values(|value| {
            if value > NOTHING {
                1.0 / value.sqrt()
            } else {
                0.0
            }
        })
    }

    /// The N with B^(−1/2) = I + Y·N·Yᵀ: with G = YᵀY and R its root, N = R⁺·φ(RKR)·R⁺, where
    /// φ(t) = (1 + t)^(−1/2) − 1.
    fn power(&self, rows: &[usize]) -> Matrix {
        let n = self.middle.n_rows();
        let squares = Matrix::from_fn(n, n, |i, j| {
            rows.iter()
                .map(|&row| self.y[(row, i)] * self.y[(row, j)])
                .sum()
        });
        let eigen = SymmetricEigen::of(&squares);
        let largest = eigen.values.iter().copied().fold(0.0, f64::max);
        let counts = |value: f64| value > 1e-13 * largest;
        let root = eigen.with_values(|value| if counts(value) { value.sqrt() } else { 0.0 });
        let back = eigen.with_values(|value| {
            if counts(value) {
                1.0 / value.sqrt()
            } else {
                0.0
            }
        });
        let inner = root.product(&self.middle).product(&root).symmetrised();
        let power = SymmetricEigen::of(&inner).with_values(|value| {
            if 1.0 + value > NOTHING {
                1.0 / (1.0 + value).sqrt() - 1.0
            } else {
                -1.0
            }
        });
        back.product(&power).product(&back)
    }

    /// Yᵀ·values over the rows of a cluster.
    fn sums(&self, rows: &[usize], values: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.middle.n_rows()];
        for (&row, &value) in rows.iter().zip(values) {
            for (sum, &y) in sums.iter_mut().zip(self.y.row(row)) {
                *sum += y * value;
            }
        }
        sums
    }
}

/// Y = [Z, WZ] and K = [[ZᵀW²Z, −I], [−I, 0]].
fn weighted(whitened: &Matrix, weights: &[f64]) -> (Matrix, Matrix) {
    let n = whitened.n_columns();
    let y = Matrix::from_fn(whitened.n_rows(), 2 * n, |row, column| {
        if column < n {
            whitened[(row, column)]
        } else {
            weights[row] * whitened[(row, column - n)]
        }
    });
    let squares = Matrix::from_fn(n, n, |i, j| {
        (0..y.n_rows())
            .map(|row| y[(row, n + i)] * y[(row, n + j)])
            .sum()
    });
    let middle = Matrix::from_fn(2 * n, 2 * n, |row, column| match (row < n, column < n) {
        (true, true) => squares[(row, column)],
        (false, false) => 0.0,
        _ if row % n == column % n => -1.0,
        _ => 0.0,
    });
    (y, middle)
}
