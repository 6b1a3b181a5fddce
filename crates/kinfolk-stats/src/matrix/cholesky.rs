//! Equations with a symmetric, positive definite matrix.

use crate::matrix::Matrix;

/// How small a pivot may be against its diagonal entry before the matrix counts as singular.
const SMALLEST_PIVOT: f64 = 1e-11;

/// M = L·Lᵀ with L lower triangular.
#[derive(Debug, Clone)]
pub(crate) struct Cholesky(Matrix);

impl Cholesky {
    /// `None` when the matrix is not positive definite, or is so only by rounding.
    pub(crate) fn of(matrix: &Matrix) -> Option<Self> {
        let n = matrix.n_rows();
        let mut lower = Matrix::zeros(n, n);
        for column in 0..n {
            let pivot = rest(matrix, &lower, column, column);
            if pivot.is_nan() || pivot <= SMALLEST_PIVOT * matrix[(column, column)] || pivot <= 0.0
            {
                return None;
            }
            let root = pivot.sqrt();
            lower[(column, column)] = root;
            for row in column + 1..n {
                lower[(row, column)] = rest(matrix, &lower, row, column) / root;
            }
        }
        lower.is_finite().then_some(Self(lower))
    }

    /// L.
    pub(crate) fn root(&self) -> &Matrix {
        &self.0
    }

    /// ln |M|.
    pub(crate) fn log_determinant(&self) -> f64 {
        let lower = &self.0;
        2.0 * (0..lower.n_rows()).map(|i| lower[(i, i)].ln()).sum::<f64>()
    }

    /// L·x.
    pub(crate) fn lower_times(&self, x: &[f64]) -> Vec<f64> {
        self.0.times(x)
    }

    /// The x with M·x = b.
    pub(crate) fn solve(&self, b: &[f64]) -> Vec<f64> {
        let lower = &self.0;
        let n = lower.n_rows();
        let mut x = b.to_vec();
        for row in 0..n {
            let known: f64 = (0..row).map(|i| lower[(row, i)] * x[i]).sum();
            x[row] = (x[row] - known) / lower[(row, row)];
        }
        for row in (0..n).rev() {
            let known: f64 = (row + 1..n).map(|i| lower[(i, row)] * x[i]).sum();
            x[row] = (x[row] - known) / lower[(row, row)];
        }
        x
    }

    /// M⁻¹, symmetric to the last bit.
    pub(crate) fn inverse(&self) -> Matrix {
        let n = self.0.n_rows();
        let identity = Matrix::identity(n);
        let columns: Vec<Vec<f64>> = (0..n).map(|i| self.solve(identity.row(i))).collect();
        Matrix::from_fn(n, n, |row, column| columns[column][row]).symmetrised()
    }
}

/// What is left of an entry when the columns found so far are taken off.
fn rest(matrix: &Matrix, lower: &Matrix, row: usize, column: usize) -> f64 {
    let taken: f64 = (0..column)
        .map(|i| lower[(row, i)] * lower[(column, i)])
        .sum();
    matrix[(row, column)] - taken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: [[f64; 3]; 3]) -> Matrix {
        Matrix::from_fn(3, 3, |row, column| rows[row][column])
    }

    #[test]
    fn a_matrix_with_whole_roots() {
        let known = matrix([
            [4.0, 12.0, -16.0],
            [12.0, 37.0, -43.0],
            [-16.0, -43.0, 98.0],
        ]);
        let cholesky = Cholesky::of(&known).unwrap();
        assert!((cholesky.log_determinant() - 36.0_f64.ln()).abs() < 1e-12);
        let unit = known.product(&cholesky.inverse());
        for (row, column) in (0..3).flat_map(|r| (0..3).map(move |c| (r, c))) {
            assert!((unit[(row, column)] - Matrix::identity(3)[(row, column)]).abs() < 1e-10);
        }
    }

    #[test]
    fn singular_indefinite_and_infinite_matrices_have_none() {
        let singular = matrix([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]);
        let indefinite = matrix([[1.0, 2.0, 0.0], [2.0, 1.0, 0.0], [0.0, 0.0, 1.0]]);
        let infinite = Matrix::from_fn(2, 2, |_, _| f64::INFINITY);
        for none in [singular, indefinite, infinite, Matrix::zeros(2, 2)] {
            assert!(Cholesky::of(&none).is_none(), "{none:?}");
        }
    }
}
