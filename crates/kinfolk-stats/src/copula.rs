//! Numbers that go together.

use crate::StatsError;
use crate::matrix::{Cholesky, Matrix};

/// How strongly do inputs go together? Turns independent standard normal scores into scores with the
/// given correlations; each score alone stays standard normal.
///
/// See `docs/methods/value-uncertainty.md`.
#[derive(Debug, Clone)]
pub struct GaussianCopula(Cholesky);

impl GaussianCopula {
    /// From a table of correlations: ones on the diagonal, alike above and below it.
    ///
    /// # Errors
    ///
    /// [`StatsError::NotSquare`] when a row has the wrong length, [`StatsError::Correlations`] when no
    /// numbers can have these correlations (the table is not positive definite).
    pub fn new(correlations: &[Vec<f64>]) -> Result<Self, StatsError> {
        let n = correlations.len();
        for (row, values) in correlations.iter().enumerate() {
            if values.len() != n {
                return Err(StatsError::NotSquare {
                    row,
                    columns: values.len(),
                    rows: n,
                });
            }
        }
        Cholesky::of(&Matrix::from_fn(n, n, |row, column| {
            correlations[row][column]
        }))
        .map(Self)
        .ok_or(StatsError::Correlations(n))
    }

    /// Scores that go together, from as many independent ones.
    pub fn scores(&self, independent: &[f64]) -> Vec<f64> {
        self.0.lower_times(independent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_scores_by_hand() {
        let copula = GaussianCopula::new(&[vec![1.0, 0.6], vec![0.6, 1.0]]).unwrap();
        let scores = copula.scores(&[2.0, 1.0]);
        assert!((scores[0] - 2.0).abs() < 1e-12);
        assert!((scores[1] - (0.6 * 2.0 + 0.8)).abs() < 1e-12);
    }

    #[test]
    fn correlations_that_cannot_be_are_refused() {
        let impossible = [
            vec![1.0, 0.9, -0.9],
            vec![0.9, 1.0, 0.9],
            vec![-0.9, 0.9, 1.0],
        ];
        assert_eq!(
            GaussianCopula::new(&impossible).unwrap_err(),
            StatsError::Correlations(3)
        );
        assert!(GaussianCopula::new(&[vec![1.0, 0.5]]).is_err());
    }
}
