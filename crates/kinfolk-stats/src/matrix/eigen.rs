//! Eigenvalues and powers of symmetric matrices.

use crate::matrix::Matrix;

/// Rotations of every pair of axes; small matrices come to rest in six to ten rounds.
const MOST_ROUNDS: usize = 60;

/// M = V·diag(values)·Vᵀ with orthonormal columns in V.
#[derive(Debug, Clone)]
pub(crate) struct SymmetricEigen {
    pub(crate) values: Vec<f64>,
    vectors: Matrix,
}

impl SymmetricEigen {
    /// Jacobi's method: slow for large matrices, exact and plain for small ones.
    pub(crate) fn of(matrix: &Matrix) -> Self {
        let n = matrix.n_rows();
        let mut rest = matrix.clone();
        let mut vectors = Matrix::identity(n);
        for _ in 0..MOST_ROUNDS {
            if !one_round(&mut rest, &mut vectors) {
                break;
            }
        }
        let values = (0..n).map(|i| rest[(i, i)]).collect();
        Self { values, vectors }
    }

    /// V·diag(of(value))·Vᵀ.
    pub(crate) fn with_values(&self, of: impl Fn(f64) -> f64) -> Matrix {
        let n = self.values.len();
        let values: Vec<f64> = self.values.iter().map(|&value| of(value)).collect();
        Matrix::from_fn(n, n, |row, column| {
            (0..n)
                .map(|i| self.vectors[(row, i)] * values[i] * self.vectors[(column, i)])
                .sum()
        })
    }
}

/// Whether any pair of axes still had to be turned.
fn one_round(rest: &mut Matrix, vectors: &mut Matrix) -> bool {
    let n = rest.n_rows();
    let mut turned = false;
    for first in 0..n {
        for second in first + 1..n {
            let beside = rest[(first, second)];
            let scale = rest[(first, first)].abs() + rest[(second, second)].abs();
            if beside.abs() > f64::EPSILON * 1e-3 * scale && beside != 0.0 {
                turn(rest, vectors, first, second);
                turned = true;
            }
        }
    }
    turned
}

/// Turns two axes so that their entry becomes 0.
fn turn(rest: &mut Matrix, vectors: &mut Matrix, first: usize, second: usize) {
    let beside = rest[(first, second)];
    let slope = (rest[(second, second)] - rest[(first, first)]) / (2.0 * beside);
    let tangent = slope.signum() / (slope.abs() + slope.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    for i in 0..rest.n_rows() {
        let (a, b) = (rest[(i, first)], rest[(i, second)]);
        rest[(i, first)] = cosine * a - sine * b;
        rest[(i, second)] = sine * a + cosine * b;
    }
    for i in 0..rest.n_rows() {
        let (a, b) = (rest[(first, i)], rest[(second, i)]);
        rest[(first, i)] = cosine * a - sine * b;
        rest[(second, i)] = sine * a + cosine * b;
        let (a, b) = (vectors[(i, first)], vectors[(i, second)]);
        vectors[(i, first)] = cosine * a - sine * b;
        vectors[(i, second)] = sine * a + cosine * b;
    }
    (rest[(first, second)], rest[(second, first)]) = (0.0, 0.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_with_known_values() {
        let matrix = Matrix::from_fn(3, 3, |r, c| {
            [[2.0, -1.0, 0.0], [-1.0, 2.0, -1.0], [0.0, -1.0, 2.0]][r][c]
        });
        let eigen = SymmetricEigen::of(&matrix);
        let mut values = eigen.values.clone();
        values.sort_by(f64::total_cmp);
        let root = 2.0_f64.sqrt();
        for (found, expected) in values.iter().zip([2.0 - root, 2.0, 2.0 + root]) {
            assert!((found - expected).abs() < 1e-13, "{values:?}");
        }
        let half = eigen.with_values(f64::sqrt);
        let again = half.product(&half);
        for (row, column) in (0..3).flat_map(|r| (0..3).map(move |c| (r, c))) {
            assert!((again[(row, column)] - matrix[(row, column)]).abs() < 1e-13);
        }
    }
}
