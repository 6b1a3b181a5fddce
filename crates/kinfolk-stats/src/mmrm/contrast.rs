//! Means, changes and other combinations of coefficients.

use crate::contrast::weights_of_one;
use crate::matrix::{Matrix, dot};
use crate::mmrm::Fit;
use crate::{Confidence, Contrast};

/// How the degrees of freedom of a contrast are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DegreesMethod {
    /// Satterthwaite's, with the observed information on the parameters of the covariance.
    #[default]
    Satterthwaite,
    /// Kenward and Roger's: a standard error that allows for the covariance being estimated, with
    /// the observed information on its parameters, as SAS and R's mmrm have it.
    KenwardRoger,
    /// The same without the second derivatives of the covariance. It differs from
    /// [`KenwardRoger`](Self::KenwardRoger) for structures that are not linear in their parameters
    /// (heterogeneous Toeplitz, autoregressive).
    KenwardRogerLinear,
    /// Kenward and Roger's with the expected information, as in their paper and R's pbkrtest.
    KenwardRogerExpected,
}

/// How a contrast is judged.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Inference {
    /// The method of its degrees of freedom; Satterthwaite's unless changed.
    pub degrees: DegreesMethod,
    /// The level of its interval.
    pub confidence: Confidence,
}

/// Weights on the coefficients, and what is added to their sum.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    pub(super) of_coefficients: Vec<f64>,
    pub(super) offset: f64,
}

impl Fit {
    /// The mean at a visit, for a subject whose covariates are the average of all subjects'
    /// (a least-squares mean). `None` for a visit that does not exist.
    pub fn mean_at(&self, visit: usize, inference: Inference) -> Option<Contrast> {
        self.judge(&self.design().mean_weights(visit, None)?, inference)
    }

    /// The mean at a visit for a subject with these covariates. `None` for a visit that does not
    /// exist, or a wrong number of covariates.
    pub fn mean_given(
        &self,
        visit: usize,
        covariates: &[f64],
        inference: Inference,
    ) -> Option<Contrast> {
        let weights = self.design().mean_weights(visit, Some(covariates))?;
        self.judge(&weights, inference)
    }

    /// The mean at visit `to` less that at visit `from`, at the average covariates.
    pub fn change(&self, from: usize, to: usize, inference: Inference) -> Option<Contrast> {
        let mut weights = self.design().mean_weights(to, None)?;
        let start = self.design().mean_weights(from, None)?;
        for (weight, less) in weights
            .of_coefficients
            .iter_mut()
            .zip(start.of_coefficients)
        {
            *weight -= less;
        }
        weights.offset -= start.offset;
        self.judge(&weights, inference)
    }

    /// One coefficient. They stand in this order: the means (one, or one for each visit; where all
    /// covariates are 0), then each covariate's slope (one, or one for each visit).
    pub fn coefficient(&self, at: usize, inference: Inference) -> Option<Contrast> {
        self.contrast(&weights_of_one(at, self.n_coefficients()), inference)
    }

    /// A weighted sum of the [coefficients](Self::coefficient). `None` when there are more or fewer
    /// weights than coefficients, or all are 0.
    pub fn contrast(&self, weights: &[f64], inference: Inference) -> Option<Contrast> {
        (weights.len() == self.n_coefficients())
            .then(|| self.design().centred_weights(weights))
            .and_then(|weights| self.judge(&weights, inference))
    }

    /// Kenward and Roger's degrees of freedom of a single contrast reduce to Satterthwaite's form,
    /// and their scale factor to 1.
    fn judge(&self, weights: &Weights, inference: Inference) -> Option<Contrast> {
        let l = &weights.of_coefficients;
        let uncertainty = self.uncertainty();
        let value = dot(l, self.coefficients()) + weights.offset;
        let (parameters, errors) = uncertainty.used_by(inference.degrees);
        let variance = uncertainty.model_based.quadratic(l);
        let degrees = 2.0 * variance * variance / parameters.quadratic(&self.slopes(l));
        let standard_error = errors.quadratic(l).sqrt();
        Contrast::new(value, standard_error, degrees, inference.confidence)
    }

    /// How the variance of a contrast moves with each parameter of the covariance.
    fn slopes(&self, l: &[f64]) -> Vec<f64> {
        let uncertainty = self.uncertainty();
        let spread = uncertainty.model_based.times(l);
        let slope = |information: &Matrix| -information.quadratic(&spread);
        uncertainty.information_slopes.iter().map(slope).collect()
    }
}
