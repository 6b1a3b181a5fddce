//! How long until an event.

use std::collections::BTreeMap;

use kinfolk::stages::{MatchedTimes, SurvivalOptions, survival_of, table_from_frame};
use pyo3::prelude::*;

use super::NAME;
use super::comparison::{drawn, named_widths, rule};
use super::outcome::{Found, Outcome};
use crate::arrow::frame_with_rows;
use crate::errors::UsageError;
use crate::options::Names;
use crate::run::interruptible;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(survival, module)?)
}

/// How long until an event: Kaplan-Meier, log-rank, Cox, mean time up to a horizon, and competing ends.
///
/// Parameters
/// ----------
/// table : one child a row
/// time : the column of the time watched, in days
/// event : the column of what ended it: 0 nothing, 1 the event, 2 or more what rules it out
/// arm : the column of the arm, where there are two
/// covariates, strata, cluster : columns for the regression
/// at : days at which shares are given
/// horizon : the horizon of mean times, in days
/// matched : whether to give mean times in pairs by propensity score on the covariates as well
/// child_id, exact, caliper, calipers, ratio : as for `match`
/// draws, seed, draw_intervals : for the difference in pairs, as for `effect`
/// level : the level of intervals
///
/// Returns
/// -------
/// Outcome : the estimates; no rows
///
/// Raises
/// ------
/// DataError : when a column is missing, a cell cannot be used, or a model has no answer
/// UsageError : for an option that is out of range or does not go with another
#[pyfunction]
#[pyo3(signature = (
    table, *, time, event, arm = None, covariates = Names(Vec::new()), strata = None, cluster = None,
    weights = None, at = Vec::new(), horizon = None, matched = false, child_id = "child_id",
    exact = Names(Vec::new()), caliper = Some(0.2), calipers = BTreeMap::new(), ratio = 1, draws = None, seed = None,
    draw_intervals = "both", level = 0.95,
),
    text_signature = "(table, *, time, event, arm=None, covariates=[], strata=None, cluster=None, \
    weights=None, at=[], horizon=None, matched=False, child_id='child_id', exact=[], caliper=0.2, \
    calipers={}, ratio=1, draws=None, seed=None, draw_intervals='both', level=0.95)",
)]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn survival(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    time: String,
    event: String,
    arm: Option<String>,
    covariates: Names<String>,
    strata: Option<String>,
    cluster: Option<String>,
    weights: Option<String>,
    at: Vec<f64>,
    horizon: Option<f64>,
    matched: bool,
    child_id: &str,
    exact: Names<String>,
    caliper: Option<f64>,
    calipers: BTreeMap<String, f64>,
    ratio: usize,
    draws: Option<usize>,
    seed: Option<u64>,
    draw_intervals: &str,
    level: f64,
) -> PyResult<Outcome> {
    let draws = drawn(draws, seed, draw_intervals)?;
    if draws.is_some() && !matched {
        return Err(UsageError::new_err(
            "draws are of the matched: matched=True",
        ));
    }
    let pairs = MatchedTimes {
        child_id: child_id.to_owned(),
        exact: exact.0,
        calipers: named_widths(calipers),
        rule: rule(caliper, ratio)?,
        draws,
    };
    let options = SurvivalOptions {
        time,
        event,
        arm,
        covariates: covariates.0,
        strata,
        cluster,
        weights,
        matched: matched.then_some(pairs),
        at,
        horizon,
        confidence: level,
    };
    let frame = frame_with_rows(table)?;
    let found = interruptible(py, move || {
        let found = survival_of(table_from_frame(NAME, &frame)?, &options)?;
        Ok(Found::without_rows(found.summary()))
    })?;
    found.into_python(py)
}
