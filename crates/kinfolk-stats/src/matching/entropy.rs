//! Weights that make the means of covariates equal.

use crate::StatsError;
use crate::columns::check_column;
use crate::matrix::{Matrix, dot};
use crate::newton::{Likelihood, Maximum, Slope};

/// How much should each comparator count, so that the weighted means of all covariates are those of the
/// treated? Of all such weights, those closest to even ones (in entropy).
///
/// 1 for the treated; the comparators' weights are above 0 and sum to the number of treated. See
/// `docs/methods/weighting.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`], [`StatsError::OneArm`];
/// [`StatsError::NothingToCompare`] without covariates; [`StatsError::Collinear`] names one that follows from those before it among comparators;
/// [`StatsError::OutOfReach`] when no weights above 0 give comparators all the means of the treated, and names
/// the covariate that keeps them furthest apart: its mean may lie beyond all comparators, or within them but not
/// together with the means of the others.
pub fn balance_entropy(covariates: &[&[f64]], treated: &[bool]) -> Result<Vec<f64>, StatsError> {
    super::matches::check_arms(treated)?;
    for column in covariates {
        check_column("a covariate", column, treated.len())?;
    }
    if covariates.is_empty() {
        return Err(StatsError::NothingToCompare);
    }
    let tilt = Tilt::new(covariates, treated)?;
    let peak = Maximum::find(&tilt).map_err(out_of_reach)?;
    let coefficients = peak.coefficients;
    let n_treated = treated.iter().filter(|&&treated| treated).count() as f64;
    let mut shares = tilt.shares(&coefficients).into_iter();
    let weight = |&treated: &bool| match treated {
        true => 1.0,
        false => shares.next().map_or(0.0, |share| n_treated * share),
    };
    Ok(treated.iter().map(weight).collect())
}

/// A tilt without end is one that would still not be enough.
fn out_of_reach(error: StatsError) -> StatsError {
    match error {
        StatsError::Separated { covariate } => StatsError::OutOfReach { covariate },
        other => other,
    }
}

/// The dual problem: minus the logarithm of the comparators' mean of exp(λ·x), where x is how far a
/// comparator lies from the mean of the treated. At its peak the shares exp(λ·x) average x to 0.
struct Tilt {
    n_covariates: usize,
    /// Comparators, row by row, in standard deviations of the comparators.
    rows: Vec<f64>,
}

impl Tilt {
    fn new(covariates: &[&[f64]], treated: &[bool]) -> Result<Self, StatsError> {
        let controls: Vec<usize> = (0..treated.len()).filter(|&row| !treated[row]).collect();
        let n_covariates = covariates.len();
        let mut rows = vec![0.0; n_covariates * controls.len()];
        for (covariate, column) in covariates.iter().enumerate() {
            let target = mean(
                (0..treated.len())
                    .filter(|&row| treated[row])
                    .map(|row| column[row]),
            );
            let own = mean(controls.iter().map(|&row| column[row]));
            let spread = mean(controls.iter().map(|&row| (column[row] - own).powi(2))).sqrt();
            if spread <= 1e-12 * own.abs() {
                return Err(StatsError::Collinear { covariate });
            }
            for (place, &row) in controls.iter().enumerate() {
                rows[place * n_covariates + covariate] = (column[row] - target) / spread;
            }
        }
        Ok(Self { n_covariates, rows })
    }

    fn exponents(&self, coefficients: &[f64]) -> Vec<f64> {
        let rows = self.rows.chunks_exact(self.n_covariates);
        rows.map(|row| dot(row, coefficients)).collect()
    }

    /// The comparators' shares of the whole; they sum to 1.
    fn shares(&self, coefficients: &[f64]) -> Vec<f64> {
        let exponents = self.exponents(coefficients);
        let (largest, total) = log_sum(&exponents);
        exponents
            .iter()
            .map(|exponent| (exponent - largest).exp() / total)
            .collect()
    }
}

/// The largest exponent, and the sum of exponentials over that of the largest.
fn log_sum(exponents: &[f64]) -> (f64, f64) {
    let largest = exponents.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (
        largest,
        exponents
            .iter()
            .map(|exponent| (exponent - largest).exp())
            .sum(),
    )
}

impl Likelihood for Tilt {
    fn at(&self, coefficients: &[f64]) -> Slope {
        let n = self.n_covariates;
        let exponents = self.exponents(coefficients);
        let (largest, total) = log_sum(&exponents);
        let mut means = vec![0.0; n];
        let mut squares = Matrix::zeros(n, n);
        for (row, exponent) in self.rows.chunks_exact(n).zip(&exponents) {
            let share = (exponent - largest).exp() / total;
            for (index, &x) in row.iter().enumerate() {
                means[index] += share * x;
                for (other, &y) in row[..=index].iter().enumerate() {
                    squares[(index, other)] += share * x * y;
                }
            }
        }
        Slope {
            log_likelihood: -(largest + total.ln()),
            information: Matrix::from_fn(n, n, |row, column| {
                squares[(row.max(column), row.min(column))] - means[row] * means[column]
            }),
            score: means.into_iter().map(|mean| -mean).collect(),
        }
    }

    fn scales(&self) -> Vec<f64> {
        vec![1.0; self.n_covariates]
    }

    fn n(&self) -> f64 {
        1.0
    }
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    values.clone().sum::<f64>() / values.count() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_yes_or_no_is_weighted_to_its_share() {
        let treated = [true, true, true, true, false, false, false];
        let x = [1.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0];
        let found = balance_entropy(&[&x], &treated).unwrap();
        let expected = [1.0, 1.0, 1.0, 1.0, 3.0, 0.5, 0.5];
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-10, "{found}");
        }
    }

    #[test]
    fn a_mean_out_of_reach_is_refused() {
        let treated = [true, true, false, false, false];
        let check = |x: [f64; 5], expected: StatsError| {
            assert_eq!(balance_entropy(&[&x], &treated), Err(expected));
        };
        check(
            [5.0, 6.0, 1.0, 2.0, 3.0],
            StatsError::OutOfReach { covariate: 0 },
        );
        check(
            [5.0, 6.0, 1.0, 1.0, 1.0],
            StatsError::Collinear { covariate: 0 },
        );
        assert_eq!(balance_entropy(&[], &[true, true]), Err(StatsError::OneArm));
    }
}
