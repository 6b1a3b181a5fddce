//! How wrong could it be?

use kinfolk::stats::sensitivity::{self, Confounder, Estimate};
use pyo3::prelude::*;

use super::columns::Reader;
use super::results::{functions, results};
use super::run::{computed, given, long};

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    functions!(module: rosenbaum_bound, rosenbaum_bound_yes_or_no, tipping_gamma, partial_r2,
        robustness_value, if_confounded, as_strong_as);
    Ok(())
}

results! {
    /// The range of one-sided p-values that a hidden bias allows.
    RosenbaumBound from sensitivity::RosenbaumBound {
        /// The hidden bias; 1 is none.
        gamma: f64,
        /// The p-value if the bias worked against the finding.
        p_lower: f64,
        /// The p-value if the bias worked for the finding.
        p_upper: f64,
    }

    /// What an estimate would be with a confounder in the regression.
    Confounded from sensitivity::Confounded {
        /// The coefficient.
        value: f64,
        /// Its standard error.
        standard_error: f64,
        /// Its t.
        t: f64,
    }

    /// How much of the variance that is left a confounder explains.
    Confounding from sensitivity::Confounder {
        /// Of the treatment, given the covariates; 0 to below 1.
        of_treatment: f64,
        /// Of the outcome, given treatment and covariates; 0 to 1.
        of_outcome: f64,
    }
}

/// Could differences above 0 within pairs come of chance and a hidden bias? Rosenbaum's bounds of the
/// signed-rank test.
///
/// Parameters
/// ----------
/// differences : column of treated less comparator, one row a pair
/// gamma : how many times likelier to be treated one of two alike may have been; at least 1
///
/// Returns
/// -------
/// RosenbaumBound : one-sided p-values; `None` when no pair differs
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
/// UsageError : for a bias below 1
///
/// Source
/// ------
/// docs/methods/rosenbaum.md
#[pyfunction]
#[pyo3(signature = (differences, *, gamma))]
fn rosenbaum_bound(
    py: Python<'_>,
    differences: &Bound<'_, PyAny>,
    gamma: f64,
) -> PyResult<Option<RosenbaumBound>> {
    let differences = Reader::default().numbers("differences", differences)?;
    computed(py, &[], move || {
        sensitivity::rosenbaum_bound(&differences, gamma)
    })
}

/// The same for a yes or no: of the pairs in which only one said yes, in how many was it the treated one?
///
/// Parameters
/// ----------
/// treated_only : pairs in which only the treated one said yes
/// discordant : all pairs in which only one did
/// gamma : how many times likelier to be treated one of two alike may have been; at least 1
///
/// Returns
/// -------
/// RosenbaumBound : one-sided p-values; `None` when no pair differs
///
/// Raises
/// ------
/// DataError : for more of one kind of pairs than pairs
/// UsageError : for a bias below 1
///
/// Source
/// ------
/// docs/methods/rosenbaum.md
#[pyfunction]
#[pyo3(signature = (treated_only, discordant, *, gamma))]
fn rosenbaum_bound_yes_or_no(
    treated_only: u64,
    discordant: u64,
    gamma: f64,
) -> PyResult<Option<RosenbaumBound>> {
    let found = sensitivity::rosenbaum_bound_yes_or_no(treated_only, discordant, gamma);
    given(found)
}

/// The hidden bias at which the upper p-value of `rosenbaum_bound` reaches a level.
///
/// Parameters
/// ----------
/// differences : column of treated less comparator, one row a pair
/// alpha : the one-sided level, above 0 and below 0.5
///
/// Returns
/// -------
/// float : at least 1; `None` when the finding is not significant even without hidden bias
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
/// UsageError : for a level out of range
///
/// Source
/// ------
/// docs/methods/rosenbaum.md
#[pyfunction]
#[pyo3(signature = (differences, *, alpha = 0.05))]
fn tipping_gamma(
    py: Python<'_>,
    differences: &Bound<'_, PyAny>,
    alpha: f64,
) -> PyResult<Option<f64>> {
    let differences = Reader::default().numbers("differences", differences)?;
    long(py, &[], move || {
        sensitivity::tipping_gamma(&differences, alpha)
    })
}

/// What share of the variance that the covariates leave does a coefficient explain?
///
/// Parameters
/// ----------
/// value, standard_error : a coefficient of a linear regression and its classical standard error
/// degrees : the residual degrees of freedom, above 1
///
/// Returns
/// -------
/// float : 0 to 1
///
/// Raises
/// ------
/// DataError : for an estimate that no regression gives
///
/// Source
/// ------
/// docs/methods/robustness-value.md
#[pyfunction]
fn partial_r2(value: f64, standard_error: f64, degrees: f64) -> PyResult<f64> {
    given(sensitivity::partial_r2(&estimate([
        value,
        standard_error,
        degrees,
    ])))
}

/// How much of what is left of both treatment and outcome would a confounder have to explain to take an
/// estimate away?
///
/// Parameters
/// ----------
/// value, standard_error, degrees : as for `partial_r2`
/// q : the share of the estimate to take away, 1 for all of it
/// alpha : instead, to make what is left no longer significant at this two-sided level
///
/// Returns
/// -------
/// float : 0 (anything would) to 1
///
/// Raises
/// ------
/// DataError : for an estimate that no regression gives
/// UsageError : for a share or level out of range
///
/// Source
/// ------
/// docs/methods/robustness-value.md
#[pyfunction]
#[pyo3(signature = (value, standard_error, degrees, *, q = 1.0, alpha = None))]
fn robustness_value(
    value: f64,
    standard_error: f64,
    degrees: f64,
    q: f64,
    alpha: Option<f64>,
) -> PyResult<f64> {
    let estimate = estimate([value, standard_error, degrees]);
    given(sensitivity::robustness_value(&estimate, q, alpha))
}

/// What would an estimate be with a confounder of this strength, at worst?
///
/// Parameters
/// ----------
/// value, standard_error, degrees : as for `partial_r2`
/// of_treatment, of_outcome : how much of the variance left the confounder explains, 0 to 1
///
/// Returns
/// -------
/// Confounded : nearer to 0 or beyond
///
/// Raises
/// ------
/// DataError : for an estimate that no regression gives
/// UsageError : for a strength out of range
///
/// Source
/// ------
/// docs/methods/robustness-value.md
#[pyfunction]
#[pyo3(signature = (value, standard_error, degrees, *, of_treatment, of_outcome))]
fn if_confounded(
    value: f64,
    standard_error: f64,
    degrees: f64,
    of_treatment: f64,
    of_outcome: f64,
) -> PyResult<Confounded> {
    let confounder = Confounder {
        of_treatment,
        of_outcome,
    };
    let estimate = estimate([value, standard_error, degrees]);
    given(sensitivity::if_confounded(&estimate, &confounder))
}

/// How strong is a confounder that is so many times as strong as a covariate that was measured?
///
/// Parameters
/// ----------
/// of_treatment, of_outcome : the covariate's partial R2 in the regressions of treatment and of outcome
/// times : how many times as strong
///
/// Returns
/// -------
/// Confounding : `None` when no confounder can be so strong
///
/// Raises
/// ------
/// UsageError : for a strength out of range
///
/// Source
/// ------
/// docs/methods/robustness-value.md
#[pyfunction]
#[pyo3(signature = (of_treatment, of_outcome, *, times))]
fn as_strong_as(of_treatment: f64, of_outcome: f64, times: f64) -> PyResult<Option<Confounding>> {
    let covariate = Confounder {
        of_treatment,
        of_outcome,
    };
    given(sensitivity::as_strong_as(&covariate, times))
}

fn estimate([value, standard_error, degrees]: [f64; 3]) -> Estimate {
    Estimate {
        value,
        standard_error,
        degrees,
    }
}
