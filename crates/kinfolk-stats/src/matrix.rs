//! Small dense matrices. Sums run in one fixed order on every processor, so that the same numbers
//! come out everywhere (see `docs/design.md`).

mod cholesky;
mod eigen;

pub(crate) use cholesky::Cholesky;
pub(crate) use eigen::SymmetricEigen;

/// A matrix, row by row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Matrix {
    n_rows: usize,
    n_columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    pub(crate) fn zeros(n_rows: usize, n_columns: usize) -> Self {
        Self {
            n_rows,
            n_columns,
            values: vec![0.0; n_rows * n_columns],
        }
    }

    pub(crate) fn from_fn(
        n_rows: usize,
        n_columns: usize,
        value: impl Fn(usize, usize) -> f64,
    ) -> Self {
        let places = (0..n_rows).flat_map(|row| (0..n_columns).map(move |column| (row, column)));
        let values = places.map(|(row, column)| value(row, column)).collect();
        Self {
            n_rows,
            n_columns,
            values,
        }
    }

    pub(crate) fn identity(n: usize) -> Self {
        Self::from_fn(n, n, |row, column| f64::from(u8::from(row == column)))
    }

    pub(crate) fn n_rows(&self) -> usize {
        self.n_rows
    }

    pub(crate) fn n_columns(&self) -> usize {
        self.n_columns
    }

    pub(crate) fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.n_columns..(row + 1) * self.n_columns]
    }

    pub(crate) fn transposed(&self) -> Self {
        Self::from_fn(self.n_columns, self.n_rows, |row, column| {
            self[(column, row)]
        })
    }

    /// Adds `factor` times another matrix of the same shape.
    pub(crate) fn add(&mut self, factor: f64, other: &Self) {
        for (value, more) in self.values.iter_mut().zip(&other.values) {
            *value += factor * more;
        }
    }

    /// The matrix product.
    pub(crate) fn product(&self, right: &Self) -> Self {
        let mut product = Self::zeros(self.n_rows, right.n_columns);
        for row in 0..self.n_rows {
            for inner in 0..self.n_columns {
                let factor = self[(row, inner)];
                for column in 0..right.n_columns {
                    product[(row, column)] += factor * right[(inner, column)];
                }
            }
        }
        product
    }

    /// The product with a column.
    pub(crate) fn times(&self, column: &[f64]) -> Vec<f64> {
        (0..self.n_rows)
            .map(|row| dot(self.row(row), column))
            .collect()
    }

    /// vᵀ M v.
    pub(crate) fn quadratic(&self, v: &[f64]) -> f64 {
        dot(&self.times(v), v)
    }

    /// The trace of the product with a matrix of the transposed shape.
    pub(crate) fn trace_of_product(&self, right: &Self) -> f64 {
        (0..self.n_rows)
            .flat_map(|row| (0..self.n_columns).map(move |column| (row, column)))
            .map(|(row, column)| self[(row, column)] * right[(column, row)])
            .sum()
    }

    /// The sum of products of entries in the same place: the trace of the product with the other's
    /// transpose.
    pub(crate) fn inner_product(&self, other: &Self) -> f64 {
        dot(&self.values, &other.values)
    }

    /// The average with its own transpose: takes away what rounding has made uneven.
    pub(crate) fn symmetrised(&self) -> Self {
        Self::from_fn(self.n_rows, self.n_columns, |row, column| {
            f64::midpoint(self[(row, column)], self[(column, row)])
        })
    }

    pub(crate) fn is_finite(&self) -> bool {
        self.values.iter().all(|value| value.is_finite())
    }
}

impl std::ops::Index<(usize, usize)> for Matrix {
    type Output = f64;

    fn index(&self, (row, column): (usize, usize)) -> &f64 {
        &self.values[row * self.n_columns + column]
    }
}

impl std::ops::IndexMut<(usize, usize)> for Matrix {
    fn index_mut(&mut self, (row, column): (usize, usize)) -> &mut f64 {
        &mut self.values[row * self.n_columns + column]
    }
}

/// The sum of products of two lists of the same length.
pub(crate) fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_small_matrices() {
        let a = Matrix::from_fn(2, 3, |row, column| (row * 3 + column) as f64);
        let product = a.product(&a.transposed());
        assert_eq!(
            product,
            Matrix::from_fn(2, 2, |r, c| [[5.0, 14.0], [14.0, 50.0]][r][c])
        );
        assert_eq!(a.trace_of_product(&a.transposed()), 55.0);
        assert_eq!(a.inner_product(&a), 55.0);
        assert_eq!(a.times(&[1.0, 1.0, 1.0]), [3.0, 12.0]);
        assert_eq!(product.quadratic(&[1.0, -1.0]), 27.0);
    }
}
