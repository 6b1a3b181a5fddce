//! Linear regression with robust errors, and what it shares with the logistic one.

use kinfolk::stats::Contrast;
use kinfolk::stats::regression::{self, Errors, Rows};
use pyo3::prelude::*;
use pyo3::types::PyList;

use super::columns::{ABOVE_ZERO, Columns, Reader};
use super::frames::of_contrasts;
use super::results::{self, Given, functions, shown};
use super::run::{confidence, long};
use crate::errors::UsageError;
use crate::options::one_of;
use crate::table::Table;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<LinearFit>()?;
    functions!(module: least_squares);
    Ok(())
}

/// What the intercept is called.
const INTERCEPT: &str = "intercept";

/// Robust errors of linear regression that look at each row on its own.
const BY_ROW: [(&str, Errors); 5] = [
    ("classical", Errors::Classical),
    ("hc0", Errors::Hc0),
    ("hc1", Errors::Hc1),
    ("hc2", Errors::Hc2),
    ("hc3", Errors::Hc3),
];

/// Those that look at each cluster.
const BY_CLUSTER: [(&str, Errors); 4] = [
    ("cr0", Errors::Cr0),
    ("cr1", Errors::Cr1),
    ("cr1s", Errors::Cr1s),
    ("cr2", Errors::Cr2),
];

/// Judges a weighted sum of coefficients.
pub(super) type Judge = Box<dyn Fn(&[f64]) -> Option<Contrast> + Send + Sync>;

/// A fitted linear regression.
#[pyclass(frozen, module = "kinfolk.stats", name = "LeastSquares")]
struct LinearFit {
    /// A row for the intercept and each covariate: term, value, standard_error, degrees_of_freedom, t,
    /// p_value, lower, upper.
    #[pyo3(get)]
    terms: Py<Table>,
    /// How standard errors were found.
    #[pyo3(get)]
    errors: String,
    /// How many rows there were.
    #[pyo3(get)]
    n_rows: usize,
    /// How many clusters; as many as rows where none were given.
    #[pyo3(get)]
    n_clusters: usize,
    /// The variance of the residuals.
    #[pyo3(get)]
    residual_variance: f64,
    /// Outcome less prediction, row by row.
    #[pyo3(get)]
    residuals: Py<PyList>,
    judge: Judge,
}

#[pymethods]
impl LinearFit {
    /// A weighted sum of coefficients, the intercept first; `None` without spread.
    fn contrast(&self, weights: Vec<f64>) -> PyResult<Option<results::Contrast>> {
        judged(&self.judge, &weights)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf.as_any(), &["terms", "errors", "n_rows", "n_clusters"])
    }
}

/// How does an outcome go with covariates? Ordinary or weighted least squares.
///
/// Parameters
/// ----------
/// outcome : column of numbers
/// covariates : a frame, a dictionary or a list of columns of numbers; the intercept is added
/// weights : column of how much each row counts, above 0
/// clusters : column of words or numbers that say who belongs together
/// errors : "classical", "hc0" to "hc3"; with clusters "cr0", "cr1", "cr1s" (Stata's) or "cr2" (Bell and
///     McCaffrey). Without it "hc2", with clusters "cr2"
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// LeastSquares : coefficients in units of the outcome
///
/// Raises
/// ------
/// DataError : for a column that cannot be used or says nothing new, and for too few rows
/// UsageError : for errors that do not go with clusters, or that there are none of
///
/// Source
/// ------
/// docs/methods/regression.md
#[pyfunction]
#[pyo3(signature = (outcome, covariates, *, weights = None, clusters = None, errors = None, level = 0.95))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn least_squares(
    py: Python<'_>,
    outcome: &Bound<'_, PyAny>,
    covariates: &Bound<'_, PyAny>,
    weights: Option<&Bound<'_, PyAny>>,
    clusters: Option<&Bound<'_, PyAny>>,
    errors: Option<&str>,
    level: f64,
) -> PyResult<LinearFit> {
    let (name, errors) = match clusters {
        None => chosen(errors.unwrap_or("hc2"), &BY_ROW)?,
        Some(_) => chosen(errors.unwrap_or("cr2"), &BY_CLUSTER)?,
    };
    let data = Data::read([outcome, covariates], weights, clusters)?;
    let (names, confidence) = (data.covariates.names.clone(), confidence(level)?);
    let (fit, terms) = long(py, &names, move || {
        let fit = data.with_rows(regression::least_squares)?;
        let terms = 0..fit.n_coefficients();
        let terms: Vec<_> = terms
            .map(|at| fit.coefficient(at, errors, confidence))
            .collect();
        Ok((fit, terms))
    })?;
    Ok(LinearFit {
        terms: of_contrasts(py, &with_intercept(names), &terms)?,
        errors: name,
        n_rows: fit.n_rows(),
        n_clusters: fit.n_clusters(),
        residual_variance: fit.residual_variance(),
        residuals: PyList::new(py, fit.residuals())?.unbind(),
        judge: Box::new(move |weights| fit.contrast(weights, errors, confidence)),
    })
}

/// The columns of a regression.
pub(super) struct Data {
    outcome: Vec<f64>,
    pub(super) covariates: Columns,
    weights: Option<Vec<f64>>,
    clusters: Option<Vec<usize>>,
}

impl Data {
    pub(super) fn read(
        [outcome, covariates]: [&Bound<'_, PyAny>; 2],
        weights: Option<&Bound<'_, PyAny>>,
        clusters: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let mut rows = Reader::default();
        Ok(Self {
            outcome: rows.numbers("outcome", outcome)?,
            covariates: rows.table("covariates", covariates)?,
            weights: weights
                .map(|column| rows.numbers_in(ABOVE_ZERO, "weights", column))
                .transpose()?,
            clusters: clusters
                .map(|column| Ok::<_, PyErr>(rows.groups("clusters", column)?.positions()))
                .transpose()?,
        })
    }

    pub(super) fn with_rows<T>(&self, fit: impl FnOnce(&Rows<'_>) -> T) -> T {
        fit(&Rows {
            outcome: &self.outcome,
            covariates: &self.covariates.slices(),
            weights: self.weights.as_deref(),
            clusters: self.clusters.as_deref(),
        })
    }
}

pub(super) fn chosen<T: Copy>(errors: &str, choices: &[(&str, T)]) -> PyResult<(String, T)> {
    Ok((errors.to_owned(), one_of("errors", errors, choices)?))
}

pub(super) fn with_intercept(names: Vec<String>) -> Vec<String> {
    let mut terms = vec![INTERCEPT.to_owned()];
    terms.extend(names);
    terms
}

pub(super) fn judged(judge: &Judge, weights: &[f64]) -> PyResult<Option<results::Contrast>> {
    match weights.iter().all(|weight| weight.is_finite()) {
        true => Ok(judge(weights).given()),
        false => Err(UsageError::new_err("weights: each must be a finite number")),
    }
}
