//! Cox regression.

mod event_time;
mod robust;
mod sorted;

use super::FollowUp;
use crate::columns::{check_column, check_length};
use crate::matrix::{Matrix, dot};
use crate::newton::Maximum;
use crate::tail::{chi_square_above, normal_beyond};
use crate::{Confidence, Interval, StatsError};
use robust::robust_parts;

pub(super) use event_time::{from_triangle, triangle};
pub(super) use sorted::Sorted;

/// A robust variance smaller than this share of the model's is what rounding leaves of none.
const NOTHING: f64 = 1e-20;

/// How events at the same time are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ties {
    /// As if they had come one after the other in any order, on average: close to the exact answer.
    #[default]
    Efron,
    /// All against the same risk set: simpler, and shrinks coefficients where many are tied.
    Breslow,
}

/// What is regressed on what.
#[derive(Debug, Clone, Copy)]
pub struct CoxModel<'a> {
    /// Who was watched and until when.
    pub follow_up: &'a FollowUp,
    /// One column a covariate, one value a subject.
    pub covariates: &'a [&'a [f64]],
    /// Groups with a baseline hazard of their own.
    pub strata: Option<&'a [u32]>,
    /// Who belongs together, numbered from 0: asks for robust standard errors.
    pub clusters: Option<&'a [u32]>,
    /// How much each subject counts, above 0. Model-based standard errors take weights for numbers of
    /// subjects; with weights of another kind, use the robust ones.
    pub weights: Option<&'a [f64]>,
    /// Efron's method unless changed.
    pub ties: Ties,
}

impl<'a> CoxModel<'a> {
    /// Without strata, clusters or weights; Efron's ties.
    pub fn new(follow_up: &'a FollowUp, covariates: &'a [&'a [f64]]) -> Self {
        Self {
            follow_up,
            covariates,
            strata: None,
            clusters: None,
            weights: None,
            ties: Ties::default(),
        }
    }

    /// # Errors
    ///
    /// Lengths, numbers and weights as [`cox`] demands.
    fn check(&self) -> Result<(), StatsError> {
        let n = self.follow_up.len();
        for column in self.covariates {
            check_column("a covariate", column, n)?;
        }
        check_length("clusters", self.clusters.map_or(n, <[u32]>::len), n)?;
        let weights = self.weights.unwrap_or_default();
        check_length("weights", self.weights.map_or(n, <[f64]>::len), n)?;
        let counts = |&weight: &f64| weight > 0.0 && weight.is_finite();
        if let Some(at) = weights.iter().position(|weight| !counts(weight)) {
            return Err(StatsError::Weight {
                at,
                value: weights[at],
            });
        }
        if self.covariates.is_empty() || self.follow_up.n_events() == 0 {
            return Err(StatsError::NoEvents);
        }
        Ok(())
    }
}

/// A test against all coefficients being 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WholeModelTest {
    /// The test statistic.
    pub chi_square: f64,
    /// Its degrees of freedom: the coefficients.
    pub degrees: usize,
    /// The chance of a statistic at least as large.
    pub p_value: f64,
}

impl WholeModelTest {
    pub(super) fn new(chi_square: f64, degrees: usize) -> Self {
        Self {
            chi_square,
            degrees,
            p_value: chi_square_above(chi_square, degrees),
        }
    }
}

/// A fitted model.
#[derive(Debug, Clone, PartialEq)]
pub struct CoxFit {
    /// Log hazard ratios, one a covariate, for one unit more of it.
    pub coefficients: Vec<f64>,
    /// Their standard errors from the information matrix.
    pub standard_errors: Vec<f64>,
    /// Their standard errors from the clusters, where clusters were given.
    pub robust_errors: Option<Vec<f64>>,
    /// The log partial likelihood with all coefficients 0.
    pub log_likelihood_null: f64,
    /// The log partial likelihood at the coefficients.
    pub log_likelihood: f64,
    /// Twice the gain in log likelihood.
    pub likelihood_ratio: WholeModelTest,
    /// Coefficients against their covariance: the robust one where there is one.
    pub wald: WholeModelTest,
    /// The slope of the likelihood at 0.
    pub score: WholeModelTest,
    /// The same with the covariance from the clusters, where clusters were given.
    pub robust_score: Option<WholeModelTest>,
    /// Newton steps taken.
    pub iterations: usize,
    /// Subjects.
    pub n: usize,
    /// Events.
    pub n_events: usize,
    covariance: Matrix,
}

impl CoxFit {
    /// The standard error that counts: robust where there is one.
    pub fn standard_error(&self, covariate: usize) -> f64 {
        self.robust_errors.as_ref().unwrap_or(&self.standard_errors)[covariate]
    }

    /// The hazard ratio for one unit more of a covariate.
    pub fn hazard_ratio(&self, covariate: usize) -> f64 {
        self.coefficients[covariate].exp()
    }

    /// Its interval.
    pub fn hazard_ratio_interval(&self, covariate: usize, confidence: Confidence) -> Interval {
        let margin = confidence.normal_quantile() * self.standard_error(covariate);
        let log = Interval::around(self.coefficients[covariate], margin);
        Interval {
            lower: log.lower.exp(),
            upper: log.upper.exp(),
        }
    }

    /// The two-sided chance of a coefficient at least as far from 0.
    pub fn p_value(&self, covariate: usize) -> f64 {
        normal_beyond(self.coefficients[covariate] / self.standard_error(covariate))
    }

    /// The covariance of two coefficients: robust where clusters were given.
    pub fn covariance(&self, one: usize, other: usize) -> f64 {
        self.covariance[(one, other)]
    }
}

/// How do hazards go with covariates? Coefficients that maximise the partial likelihood.
///
/// Handles delayed entry (in the [`FollowUp`]), strata, weights, and clusters of subjects that belong
/// together. See `docs/methods/cox.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`], [`StatsError::Weight`] for input that
/// does not fit; [`StatsError::NoEvents`]; [`StatsError::Collinear`] names a covariate that says
/// nothing new; [`StatsError::Separated`] names one whose coefficient would grow without end;
/// [`StatsError::NotConverged`].
pub fn cox(model: &CoxModel) -> Result<CoxFit, StatsError> {
    model.check()?;
    let sorted = Sorted::new(model)?;
    let maximum = Maximum::find(&sorted)?;
    let robust = model.clusters.map(|clusters| {
        let at = |coefficients: &[f64]| robust_parts(&sorted, clusters, coefficients);
        let null = at(&vec![0.0; sorted.n_covariates()]);
        (
            sandwich(&maximum.covariance, &at(&maximum.coefficients).spread),
            null,
        )
    });
    let degrees = sorted.n_covariates();
    let (covariance, robust_score) = match robust {
        Some((covariance, _)) if is_nothing(&covariance, &maximum.covariance) => {
            return Err(StatsError::TooFewClusters);
        }
        Some((covariance, null)) => (covariance, null.score_test()),
        None => (maximum.covariance.clone(), None),
    };
    let gain = 2.0 * (maximum.log_likelihood - maximum.log_likelihood_null);
    Ok(CoxFit {
        standard_errors: roots_of_diagonal(&maximum.covariance),
        robust_errors: model.clusters.map(|_| roots_of_diagonal(&covariance)),
        log_likelihood_null: maximum.log_likelihood_null,
        log_likelihood: maximum.log_likelihood,
        likelihood_ratio: WholeModelTest::new(gain, degrees),
        wald: wald(&covariance, &maximum.coefficients)?,
        score: WholeModelTest::new(maximum.score_statistic, degrees),
        robust_score: robust_score.map(|statistic| WholeModelTest::new(statistic, degrees)),
        iterations: maximum.iterations,
        n: model.follow_up.len(),
        n_events: model.follow_up.n_events(),
        coefficients: maximum.coefficients,
        covariance,
    })
}

/// Whether clusters vary no more than rounding leaves: a cluster that holds all that was seen of a
/// coefficient pulls at it neither way.
fn is_nothing(robust: &Matrix, of_model: &Matrix) -> bool {
    (0..robust.n_rows()).any(|i| robust[(i, i)] <= NOTHING * of_model[(i, i)])
}

fn sandwich(bread: &Matrix, filling: &Matrix) -> Matrix {
    bread.product(filling).product(bread).symmetrised()
}

fn roots_of_diagonal(matrix: &Matrix) -> Vec<f64> {
    (0..matrix.n_rows())
        .map(|i| matrix[(i, i)].sqrt())
        .collect()
}

/// With fewer clusters than coefficients the robust covariance is singular.
fn wald(covariance: &Matrix, coefficients: &[f64]) -> Result<WholeModelTest, StatsError> {
    let cholesky = crate::matrix::Cholesky::of(covariance).ok_or(StatsError::TooFewClusters)?;
    let statistic = dot(&cholesky.solve(coefficients), coefficients);
    Ok(WholeModelTest::new(statistic, coefficients.len()))
}

#[cfg(test)]
mod tests;
