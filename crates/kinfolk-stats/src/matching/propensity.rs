//! How likely was each subject to be treated?

use crate::regression::{LogisticErrors, Penalty, Rows, logistic};
use crate::{Confidence, StatsError};

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
    let outcome: Vec<f64> = treated
        .iter()
        .map(|&treated| f64::from(u8::from(treated)))
        .collect();
    let fit = logistic(&Rows::new(&outcome, covariates), Penalty::None)?;
    let coefficient = |at| fit.coefficient(at, LogisticErrors::Model, Confidence::default());
    let coefficients: Vec<f64> = (0..fit.n_coefficients())
        .filter_map(|at| coefficient(at).map(|found| found.value))
        .collect();
    Ok(Propensity {
        scores: fit.chances().to_vec(),
        logits: logits(&coefficients, covariates, treated.len()),
        deviance: -2.0 * fit.log_likelihood(),
        coefficients,
    })
}

/// From the coefficients, because the logarithm of odds near 0 or 1 would lose digits.
fn logits(coefficients: &[f64], covariates: &[&[f64]], n_subjects: usize) -> Vec<f64> {
    let mut logits = vec![coefficients.first().copied().unwrap_or_default(); n_subjects];
    for (slope, column) in coefficients.iter().skip(1).zip(covariates) {
        let sums = logits.iter_mut().zip(*column);
        sums.for_each(|(sum, x)| *sum += slope * x);
    }
    logits
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
