//! How likely was each subject to be treated?

use crate::StatsError;
use crate::matrix::Matrix;
use crate::newton::{Likelihood, Maximum, Slope};

/// A fitted propensity score.
#[derive(Debug, Clone, PartialEq)]
pub struct Propensity {
    /// The intercept, then the log odds ratio of each covariate for one unit more of it.
    pub coefficients: Vec<f64>,
    /// Each subject's probability of being treated, above 0 and below 1.
    pub scores: Vec<f64>,
    /// Each subject's log odds of being treated.
    pub logits: Vec<f64>,
    /// Minus twice the log likelihood.
    pub deviance: f64,
    /// Newton steps taken.
    pub iterations: usize,
}

/// How likely was each subject to be treated, given its covariates? Logistic regression by maximum
/// likelihood.
///
/// `covariates` holds one column a covariate, one value a subject; a category needs a column of 0 and
/// 1 for each of its values but one. See `docs/methods/propensity.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`]; [`StatsError::OneArm`] without treated
/// or without comparators; [`StatsError::Collinear`] names a covariate that says nothing new,
/// [`StatsError::Separated`] one that tells the arms apart so well that they cannot be compared.
pub fn propensity(covariates: &[&[f64]], treated: &[bool]) -> Result<Propensity, StatsError> {
    super::matches::check_arms(treated)?;
    let model = Logistic::new(covariates, treated)?;
    let maximum = Maximum::find(&model).map_err(without_intercept)?;
    let logits = model.logits(&maximum.coefficients);
    Ok(Propensity {
        scores: logits.iter().map(|&logit| probability(logit)).collect(),
        logits,
        coefficients: model.uncentred(&maximum.coefficients),
        deviance: -2.0 * maximum.log_likelihood,
        iterations: maximum.iterations,
    })
}

/// The intercept is the first coefficient but no covariate.
fn without_intercept(error: StatsError) -> StatsError {
    match error {
        StatsError::Collinear { covariate } => StatsError::Collinear {
            covariate: covariate.saturating_sub(1),
        },
        StatsError::Separated { covariate } => StatsError::Separated {
            covariate: covariate.saturating_sub(1),
        },
        other => other,
    }
}

fn probability(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

/// Rows of 1 and the covariates in standard deviations from their means.
struct Logistic<'a> {
    n_coefficients: usize,
    rows: Vec<f64>,
    treated: &'a [bool],
    means: Vec<f64>,
    deviations: Vec<f64>,
}

impl<'a> Logistic<'a> {
    fn new(covariates: &[&[f64]], treated: &'a [bool]) -> Result<Self, StatsError> {
        let n_coefficients = covariates.len() + 1;
        let mut rows = vec![1.0; n_coefficients * treated.len()];
        let (mut means, mut deviations) = (Vec::new(), Vec::new());
        for (covariate, column) in covariates.iter().enumerate() {
            crate::columns::check_column("a covariate", column, treated.len())?;
            let (mean, deviation) = mean_and_deviation(column);
            if deviation <= 1e-12 * mean.abs() {
                return Err(StatsError::Collinear { covariate });
            }
            for (row, x) in column.iter().enumerate() {
                rows[row * n_coefficients + covariate + 1] = (x - mean) / deviation;
            }
            means.push(mean);
            deviations.push(deviation);
        }
        Ok(Self {
            n_coefficients,
            rows,
            treated,
            means,
            deviations,
        })
    }

    fn logits(&self, coefficients: &[f64]) -> Vec<f64> {
        let rows = self.rows.chunks_exact(self.n_coefficients);
        rows.map(|row| crate::matrix::dot(row, coefficients))
            .collect()
    }

    /// The coefficients of the covariates as they came.
    fn uncentred(&self, coefficients: &[f64]) -> Vec<f64> {
        let slopes = coefficients[1..].iter().zip(&self.deviations);
        let slopes: Vec<f64> = slopes.map(|(slope, deviation)| slope / deviation).collect();
        let intercept = coefficients[0] - crate::matrix::dot(&slopes, &self.means);
        [vec![intercept], slopes].concat()
    }
}

impl Likelihood for Logistic<'_> {
    fn at(&self, coefficients: &[f64]) -> Slope {
        let n = self.n_coefficients;
        let mut log_likelihood = 0.0;
        let mut score = vec![0.0; n];
        let mut information = Matrix::zeros(n, n);
        for (row, &treated) in self.rows.chunks_exact(n).zip(self.treated) {
            let logit = crate::matrix::dot(row, coefficients);
            let signed = if treated { logit } else { -logit };
            log_likelihood -= (-signed).exp().ln_1p().max(-signed);
            let p = probability(logit);
            let residual = f64::from(u8::from(treated)) - p;
            for (index, &x) in row.iter().enumerate() {
                score[index] += residual * x;
                let scaled = p * (1.0 - p) * x;
                for (other, &y) in row[..=index].iter().enumerate() {
                    information[(index, other)] += scaled * y;
                }
            }
        }
        Slope {
            log_likelihood,
            score,
            information: Matrix::from_fn(n, n, |row, column| {
                information[(row.max(column), row.min(column))]
            }),
        }
    }

    fn scales(&self) -> Vec<f64> {
        vec![self.n(); self.n_coefficients]
    }

    fn n(&self) -> f64 {
        self.treated.len() as f64
    }
}

fn mean_and_deviation(column: &[f64]) -> (f64, f64) {
    let n = column.len() as f64;
    let mean = column.iter().sum::<f64>() / n;
    let squares: f64 = column.iter().map(|x| (x - mean).powi(2)).sum();
    (mean, (squares / n).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREATED: [bool; 6] = [true, true, false, true, false, false];

    #[test]
    fn with_one_yes_or_no_the_scores_are_shares() {
        let x = [1.0, 1.0, 1.0, 0.0, 0.0, 0.0];
        let found = propensity(&[&x], &TREATED).unwrap();
        let close =
            |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{found}");
        close(found.scores[0], 2.0 / 3.0);
        close(found.scores[5], 1.0 / 3.0);
        close(found.coefficients[0], 0.5_f64.ln());
        close(found.coefficients[1], 4.0_f64.ln());
        close(
            found.deviance,
            -2.0 * (4.0 * (2.0_f64 / 3.0).ln() + 2.0 * (1.0_f64 / 3.0).ln()),
        );
    }

    #[test]
    fn without_covariates_all_are_alike() {
        let found = propensity(&[], &TREATED).unwrap();
        assert!(found.scores.iter().all(|score| (score - 0.5).abs() < 1e-12));
    }

    #[test]
    fn arms_that_cannot_be_compared_are_refused() {
        let x = [1.0, 2.0, -1.0, 3.0, -2.0, 0.0];
        let even = [1.0; 6];
        let near = [1.0, 2.0, 3.0, 2.0, 1.0, 3.0];
        let check = |columns: &[&[f64]], treated: &[bool], expected: StatsError| {
            assert_eq!(propensity(columns, treated), Err(expected));
        };
        check(
            &[&near, &x],
            &TREATED,
            StatsError::Separated { covariate: 1 },
        );
        check(
            &[&near, &even],
            &TREATED,
            StatsError::Collinear { covariate: 1 },
        );
        check(
            &[&near, &near.map(|x| -x)],
            &TREATED,
            StatsError::Collinear { covariate: 1 },
        );
        check(&[&near], &[true; 6], StatsError::OneArm);
        check(&[&near], &[false; 6], StatsError::OneArm);
        assert!(propensity(&[&near[..3]], &TREATED).is_err());
    }
}
