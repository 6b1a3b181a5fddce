//! How long until an event.

use kinfolk::stages::{SurvivalOptions, survival_of, table_from_frame};
use pyo3::prelude::*;

use super::NAME;
use super::outcome::{Found, Outcome};
use crate::arrow::frame_with_rows;
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
/// level : the level of intervals
///
/// Returns
/// -------
/// Outcome : the estimates; no rows
#[pyfunction]
#[pyo3(signature = (
    table, *, time, event, arm = None, covariates = Vec::new(), strata = None, cluster = None,
    weights = None, at = Vec::new(), horizon = None, level = 0.95,
),
    text_signature = "(table, *, time, event, arm=None, covariates=[], strata=None, cluster=None, \
    weights=None, at=[], horizon=None, level=0.95)",
)]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn survival(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    time: String,
    event: String,
    arm: Option<String>,
    covariates: Vec<String>,
    strata: Option<String>,
    cluster: Option<String>,
    weights: Option<String>,
    at: Vec<f64>,
    horizon: Option<f64>,
    level: f64,
) -> PyResult<Outcome> {
    let options = SurvivalOptions {
        time,
        event,
        arm,
        covariates,
        strata,
        cluster,
        weights,
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
