//! A fitted model for repeated measures.

use kinfolk::stats::mmrm::{self, Fit, Inference};
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::results::{Contrast, Given, results, shown};
use crate::errors::UsageError;
use crate::table::Table;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    module.add_class::<RepeatedMeasures>()
}

results! {
    /// How much worse than expected the missing scores would have to be to take a change away.
    TippingPoint from mmrm::TippingPoint {
        /// The difference at which the change is 0.
        no_change: f64,
        /// The difference at which the interval of the change first reaches 0; `None` when it does
        /// without any, or never.
        interval_reaches_zero: Option<f64>,
    }
}

/// A fitted model for repeated measures. Visits are named as the columns of scores, or by their position.
#[pyclass(frozen, module = "kinfolk.stats", name = "Mmrm")]
pub(super) struct RepeatedMeasures {
    pub(super) fit: Fit,
    pub(super) inference: Inference,
    pub(super) visits: Vec<String>,
    /// A row for each visit, at the average covariates: term (the visit), value, standard_error,
    /// degrees_of_freedom, t, p_value, lower, upper.
    #[pyo3(get)]
    pub(super) means: Py<Table>,
    /// A row for each coefficient, in the order of `contrast`, with the columns of `means`.
    #[pyo3(get)]
    pub(super) terms: Py<Table>,
    /// The covariance that was fitted.
    #[pyo3(get)]
    pub(super) covariance: &'static str,
    /// The covariances that were passed over, with the reason for each.
    #[pyo3(get)]
    pub(super) passed_over: Vec<String>,
}

#[pymethods]
impl RepeatedMeasures {
    /// -2 times the (restricted) log-likelihood.
    #[getter]
    fn deviance(&self) -> f64 {
        self.fit.deviance()
    }

    /// How many subjects have a score at one visit or more.
    #[getter]
    fn n_subjects(&self) -> u64 {
        self.fit.n_subjects()
    }

    /// How many scores were used.
    #[getter]
    fn n_scores(&self) -> u64 {
        self.fit.n_scores()
    }

    /// The mean at a visit, for a subject with these covariates or with the average ones.
    #[pyo3(signature = (visit, *, covariates = None))]
    fn mean(
        &self,
        visit: &Bound<'_, PyAny>,
        covariates: Option<Vec<f64>>,
    ) -> PyResult<Option<Contrast>> {
        let visit = self.visit(visit)?;
        let found = match covariates {
            Some(covariates) => self.fit.mean_given(visit, &covariates, self.inference),
            None => self.fit.mean_at(visit, self.inference),
        };
        Ok(found.given())
    }

    /// The mean at the last visit less that at the first of the two.
    fn change(
        &self,
        first: &Bound<'_, PyAny>,
        last: &Bound<'_, PyAny>,
    ) -> PyResult<Option<Contrast>> {
        let (first, last) = (self.visit(first)?, self.visit(last)?);
        Ok(self.fit.change(first, last, self.inference).given())
    }

    /// A weighted sum of the coefficients; `None` for a wrong number of weights.
    fn contrast(&self, weights: Vec<f64>) -> Option<Contrast> {
        self.fit.contrast(&weights, self.inference).given()
    }

    /// The change if each score missing at the last visit were `delta` above what is expected.
    fn change_if_lost_differ(
        &self,
        first: &Bound<'_, PyAny>,
        last: &Bound<'_, PyAny>,
        delta: f64,
    ) -> PyResult<Option<Contrast>> {
        let (first, last) = (self.visit(first)?, self.visit(last)?);
        let found = self
            .fit
            .change_if_lost_differ(first, last, delta, self.inference);
        Ok(found.given())
    }

    /// Which difference of the lost would take the change away.
    fn tipping_point(
        &self,
        first: &Bound<'_, PyAny>,
        last: &Bound<'_, PyAny>,
    ) -> PyResult<Option<TippingPoint>> {
        let (first, last) = (self.visit(first)?, self.visit(last)?);
        Ok(self.fit.tipping_point(first, last, self.inference).given())
    }

    /// The fitted covariance of the scores at two visits, or the variance at one.
    fn covariance_between(
        &self,
        first: &Bound<'_, PyAny>,
        second: &Bound<'_, PyAny>,
    ) -> PyResult<Option<f64>> {
        let (first, second) = (self.visit(first)?, self.visit(second)?);
        Ok(self.fit.covariance_between(first, second))
    }

    /// The share of subjects without a score at a visit.
    fn share_missing(&self, visit: &Bound<'_, PyAny>) -> PyResult<Option<f64>> {
        Ok(self.fit.share_missing(self.visit(visit)?))
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(
            slf.as_any(),
            &["covariance", "n_subjects", "n_scores", "means"],
        )
    }
}

impl RepeatedMeasures {
    /// A visit by its name or its position.
    fn visit(&self, visit: &Bound<'_, PyAny>) -> PyResult<usize> {
        let at = match visit.cast::<PyString>() {
            Ok(name) => {
                let name = name.to_string();
                self.visits.iter().position(|visit| *visit == name)
            }
            Err(_) => visit.extract().ok().filter(|at| *at < self.visits.len()),
        };
        at.ok_or_else(|| {
            let names = self.visits.join(", ");
            UsageError::new_err(format!("visit: {visit} is none of {names}"))
        })
    }
}
