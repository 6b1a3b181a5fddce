//! Logistic regression, with robust errors and Firth's penalty.

use kinfolk::stats::regression::{self, LogisticErrors, Penalty};
use pyo3::prelude::*;
use pyo3::types::PyList;

use super::columns::Reader;
use super::frames::of_contrasts;
use super::regression::{Data, Judge, chosen, judged, with_intercept};
use super::results::{self, functions, shown};
use super::run::{confidence, long};
use crate::options::one_of;
use crate::table::Table;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<LogisticFit>()?;
    functions!(module: logistic);
    Ok(())
}

const LOGISTIC_BY_ROW: [(&str, LogisticErrors); 2] = [
    ("model", LogisticErrors::Model),
    ("hc0", LogisticErrors::Hc0),
];

const LOGISTIC_BY_CLUSTER: [(&str, LogisticErrors); 2] =
    [("cr0", LogisticErrors::Cr0), ("cr1", LogisticErrors::Cr1)];

const PENALTIES: [(&str, Penalty); 3] = [
    ("none", Penalty::None),
    ("firth", Penalty::Firth),
    ("firth-if-separated", Penalty::FirthIfSeparated),
];

/// A fitted logistic regression.
#[pyclass(frozen, module = "kinfolk.stats", name = "Logistic")]
struct LogisticFit {
    /// A row for the intercept and each covariate: term, value (a log odds ratio), standard_error,
    /// degrees_of_freedom, t, p_value, lower, upper.
    #[pyo3(get)]
    terms: Py<Table>,
    /// How standard errors were found.
    #[pyo3(get)]
    errors: String,
    /// The log-likelihood, without any penalty.
    #[pyo3(get)]
    log_likelihood: f64,
    /// Whether Firth's penalty was used.
    #[pyo3(get)]
    is_penalised: bool,
    /// The chance of yes, row by row.
    #[pyo3(get)]
    chances: Py<PyList>,
    judge: Judge,
}

#[pymethods]
impl LogisticFit {
    /// A weighted sum of coefficients, the intercept first, as log odds; `None` without spread.
    fn contrast(&self, weights: Vec<f64>) -> PyResult<Option<results::Contrast>> {
        judged(&self.judge, &weights)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(
            slf.as_any(),
            &["terms", "errors", "log_likelihood", "is_penalised"],
        )
    }
}

/// How do the odds of yes go with covariates? Logistic regression.
///
/// Parameters
/// ----------
/// outcome : column of yes and no, or 1 and 0
/// covariates : a frame, a dictionary or a list of columns of numbers; the intercept is added
/// weights : column of how much each row counts, above 0
/// clusters : column of words or numbers that say who belongs together
/// penalty : "none", "firth", or "firth-if-separated"
/// errors : "model" or "hc0"; with clusters "cr0" or "cr1". Without it "model", with clusters "cr1"
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// Logistic : coefficients as log odds ratios
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, says nothing new or tells yes from no without fail
/// UsageError : for errors that do not go with clusters, or a word that is none of those above
///
/// Source
/// ------
/// docs/methods/regression.md
#[pyfunction]
#[pyo3(signature = (
    outcome, covariates, *, weights = None, clusters = None, penalty = "none", errors = None,
    level = 0.95,
))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn logistic(
    py: Python<'_>,
    outcome: &Bound<'_, PyAny>,
    covariates: &Bound<'_, PyAny>,
    weights: Option<&Bound<'_, PyAny>>,
    clusters: Option<&Bound<'_, PyAny>>,
    penalty: &str,
    errors: Option<&str>,
    level: f64,
) -> PyResult<LogisticFit> {
    let (name, errors) = match clusters {
        None => chosen(errors.unwrap_or("model"), &LOGISTIC_BY_ROW)?,
        Some(_) => chosen(errors.unwrap_or("cr1"), &LOGISTIC_BY_CLUSTER)?,
    };
    let penalty = one_of("penalty", penalty, &PENALTIES)?;
    // What is neither yes nor no is refused with its row.
    Reader::default().truths("outcome", outcome)?;
    let data = Data::read([outcome, covariates], weights, clusters)?;
    let (names, confidence) = (data.covariates.names.clone(), confidence(level)?);
    let (fit, terms) = long(py, &names, move || {
        let fit = data.with_rows(|rows| regression::logistic(rows, penalty))?;
        let terms = 0..fit.n_coefficients();
        let terms: Vec<_> = terms
            .map(|at| fit.coefficient(at, errors, confidence))
            .collect();
        Ok((fit, terms))
    })?;
    Ok(LogisticFit {
        terms: of_contrasts(py, &with_intercept(names), &terms)?,
        errors: name,
        log_likelihood: fit.log_likelihood(),
        is_penalised: fit.is_penalised(),
        chances: PyList::new(py, fit.chances())?.unbind(),
        judge: Box::new(move |weights| fit.contrast(weights, errors, confidence)),
    })
}
