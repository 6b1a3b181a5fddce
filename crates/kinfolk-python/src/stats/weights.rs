//! Propensity scores, weights, and whether arms are alike.

use kinfolk::stats::matching::{self, CovariateBalance, Denominator, Estimand, Spread};
use polars::prelude::Column;
use pyo3::prelude::*;
use pyo3::types::PyList;

use super::columns::{AT_LEAST_ZERO, Reader, SCORE};
use super::frames::{numbers, table, words};
use super::results::{Given, functions, results, shown};
use super::run::{given, long};
use crate::options::one_of;
use crate::table::Table;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    module.add_class::<Propensity>()?;
    module.add_class::<Balance>()?;
    functions!(module: propensity, propensity_weights, balance_entropy, compare_balance,
        effective_sample_size);
    Ok(())
}

pub(super) const ESTIMANDS: [(&str, Estimand); 3] = [
    ("treated", Estimand::Treated),
    ("everybody", Estimand::Everybody),
    ("overlap", Estimand::Overlap),
];

const DENOMINATORS: [(&str, Denominator); 2] = [
    ("treated", Denominator::Treated),
    ("pooled", Denominator::Pooled),
];

results! {
    /// The size of an arm.
    ArmSize from matching::ArmSize {
        /// Subjects with a weight above 0.
        n: usize,
        /// How many equally weighted subjects they are worth.
        effective: f64,
    }
}

/// A fitted propensity score.
#[pyclass(frozen, get_all, module = "kinfolk.stats")]
struct Propensity {
    /// A row for the intercept and each covariate: term, log_odds_ratio.
    terms: Py<Table>,
    /// Each subject's probability of being treated.
    scores: Py<PyList>,
    /// Each subject's log odds of being treated.
    logits: Py<PyList>,
    /// Minus twice the log likelihood.
    deviance: f64,
}

#[pymethods]
impl Propensity {
    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf.as_any(), &["terms", "scores", "deviance"])
    }
}

/// How alike two arms are.
#[pyclass(frozen, get_all, module = "kinfolk.stats")]
struct Balance {
    /// A row for each covariate: covariate, spread ("measured" or "yes-or-no"), mean_treated,
    /// mean_control, standardised_difference, variance_ratio, distribution_mean, distribution_max.
    covariates: Py<Table>,
    /// The treated.
    treated: ArmSize,
    /// Comparators.
    control: ArmSize,
}

#[pymethods]
impl Balance {
    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf.as_any(), &["covariates", "treated", "control"])
    }
}

/// How likely was each subject to be treated, given its covariates? Logistic regression.
///
/// Parameters
/// ----------
/// covariates : a frame, a dictionary or a list of columns of numbers; a category needs a column of 0
///     and 1 for each of its values but one
/// treated : column of who is treated
///
/// Returns
/// -------
/// Propensity : scores above 0 and below 1, and their log odds
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, says nothing new or tells the arms apart without fail,
///     and for one arm only
///
/// Source
/// ------
/// docs/methods/propensity.md
#[pyfunction]
fn propensity(
    py: Python<'_>,
    covariates: &Bound<'_, PyAny>,
    treated: &Bound<'_, PyAny>,
) -> PyResult<Propensity> {
    let mut rows = Reader::default();
    let columns = rows.table("covariates", covariates)?;
    let treated = rows.truths("treated", treated)?;
    let names = columns.names.clone();
    let found = long(py, &names, move || {
        matching::propensity(&columns.slices(), &treated)
    })?;
    let mut terms = vec!["intercept".to_owned()];
    terms.extend(names);
    let odds = found.coefficients.iter().copied().map(Some);
    Ok(Propensity {
        terms: table(
            py,
            vec![words("term", &terms), numbers("log_odds_ratio", odds)],
        )?,
        scores: PyList::new(py, &found.scores)?.unbind(),
        logits: PyList::new(py, &found.logits)?.unbind(),
        deviance: found.deviance,
    })
}

/// How much should each subject count, so that the arms are alike?
///
/// Parameters
/// ----------
/// treated : column of who is treated
/// scores : column of propensity scores, above 0 and below 1
/// estimand : for whom the effect is asked: "treated" (ATT), "everybody" (ATE) or "overlap" (ATO)
///
/// Returns
/// -------
/// list : a weight for each subject; divide by the sum in each arm for a weighted mean
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, or one arm only
///
/// Source
/// ------
/// docs/methods/weighting.md
#[pyfunction]
#[pyo3(signature = (treated, scores, *, estimand = "treated"))]
fn propensity_weights(
    treated: &Bound<'_, PyAny>,
    scores: &Bound<'_, PyAny>,
    estimand: &str,
) -> PyResult<Vec<f64>> {
    let mut rows = Reader::default();
    let treated = rows.truths("treated", treated)?;
    let scores = rows.numbers_in(SCORE, "scores", scores)?;
    let estimand = one_of("estimand", estimand, &ESTIMANDS)?;
    given(matching::propensity_weights(&treated, &scores, estimand))
}

/// How much should each comparator count, so that the weighted means of all covariates are those of the
/// treated? Entropy balancing.
///
/// Parameters
/// ----------
/// covariates : a frame, a dictionary or a list of columns of numbers
/// treated : column of who is treated
///
/// Returns
/// -------
/// list : 1 for each treated subject; comparators' weights sum to the number of treated
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, says nothing new, or whose mean no weights can reach
///
/// Source
/// ------
/// docs/methods/weighting.md
#[pyfunction]
fn balance_entropy(
    py: Python<'_>,
    covariates: &Bound<'_, PyAny>,
    treated: &Bound<'_, PyAny>,
) -> PyResult<Vec<f64>> {
    let mut rows = Reader::default();
    let columns = rows.table("covariates", covariates)?;
    let treated = rows.truths("treated", treated)?;
    let names = columns.names.clone();
    long(py, &names, move || {
        matching::balance_entropy(&columns.slices(), &treated)
    })
}

/// Are the arms alike in each covariate, each subject counting by its weight?
///
/// Parameters
/// ----------
/// covariates : a frame, a dictionary or a list of columns of numbers
/// treated : column of who is treated
/// weights : column of how much each subject counts, at least 0; all alike without it
/// denominator : whose spread differences are divided by, as it was before weighting: "treated" or
///     "pooled"
///
/// Returns
/// -------
/// Balance : a row for each covariate
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, or an arm without weight
///
/// Source
/// ------
/// docs/methods/balance.md
#[pyfunction]
#[pyo3(signature = (covariates, treated, *, weights = None, denominator = "treated"))]
fn compare_balance(
    py: Python<'_>,
    covariates: &Bound<'_, PyAny>,
    treated: &Bound<'_, PyAny>,
    weights: Option<&Bound<'_, PyAny>>,
    denominator: &str,
) -> PyResult<Balance> {
    let mut rows = Reader::default();
    let columns = rows.table("covariates", covariates)?;
    let treated = rows.truths("treated", treated)?;
    let weights = match weights {
        Some(column) => rows.numbers_in(AT_LEAST_ZERO, "weights", column)?,
        None => vec![1.0; treated.len()],
    };
    let denominator = one_of("denominator", denominator, &DENOMINATORS)?;
    let names = columns.names.clone();
    let found = long(py, &names, move || {
        matching::compare_balance(&columns.slices(), &treated, &weights, denominator)
    })?;
    Ok(Balance {
        covariates: table(py, balance_columns(&names, &found.covariates))?,
        treated: found.treated.given(),
        control: found.control.given(),
    })
}

fn balance_columns(names: &[String], found: &[CovariateBalance]) -> Vec<Column> {
    let of = |name: &str, field: fn(&CovariateBalance) -> Option<f64>| {
        numbers(name, found.iter().map(field))
    };
    let spreads: Vec<String> = found.iter().map(|one| spread(one.spread)).collect();
    vec![
        words("covariate", names),
        words("spread", &spreads),
        of("mean_treated", |one| Some(one.mean_treated)),
        of("mean_control", |one| Some(one.mean_control)),
        of("standardised_difference", |one| one.standardised_difference),
        of("variance_ratio", |one| one.variance_ratio),
        of("distribution_mean", |one| Some(one.distribution_mean)),
        of("distribution_max", |one| Some(one.distribution_max)),
    ]
}

fn spread(spread: Spread) -> String {
    match spread {
        Spread::Measured => "measured",
        Spread::YesOrNo => "yes-or-no",
    }
    .to_owned()
}

/// How many equally weighted subjects are weighted ones worth?
///
/// Parameters
/// ----------
/// weights : column of numbers, at least 0
///
/// Returns
/// -------
/// float : at most the number of subjects; 0 when all weights are 0
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
///
/// Source
/// ------
/// docs/methods/balance.md
#[pyfunction]
fn effective_sample_size(weights: &Bound<'_, PyAny>) -> PyResult<f64> {
    let weights = Reader::default().numbers_in(AT_LEAST_ZERO, "weights", weights)?;
    given(matching::effective_sample_size(&weights))
}
