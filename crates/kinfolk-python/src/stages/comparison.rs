//! Two arms: comparators, and what the programme did to an outcome.

use std::collections::BTreeMap;

use kinfolk::stages::{
    CohortColumns, CovariateCaliper, DatedOutcome, DrawIntervals, Draws, EffectOptions, MatchRule,
    RiskSetColumns, TimeColumns, effect_of, match_cohort, match_in_risk_sets, table_from_frame,
};
use pyo3::prelude::*;

use super::NAME;
use super::outcome::{Found, Outcome};
use crate::arrow::frame_with_rows;
use crate::errors::UsageError;
use crate::options::{Names, code};
use crate::run::interruptible;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(match_arms, module)?)?;
    module.add_function(wrap_pyfunction!(effect, module)?)
}

/// Comparators for a programme's children: nearest propensity score, without replacement, and whether
/// the arms are alike before and after.
///
/// Parameters
/// ----------
/// table : one child a row
/// covariates : columns in which the arms may differ
/// child_id, arm : what these columns are called; the arm is "programme" or "comparator"
/// exact : columns in which pairs must be the same
/// caliper : how far apart a pair may lie, in standard deviations; `None` for no limit
/// scale : "logit" or "probability"
/// ratio : comparators for each child of the programme
/// calipers : by covariate, how far apart a pair may lie in it, in its own unit
/// joined, left : columns of the days in care at which a child joined the programme (missing for never)
///     and was last seen; with both, comparators are those in care as long and not yet in the
///     programme; the arm is not asked, and pairs are one to one by the log hazard of joining
///
/// Returns
/// -------
/// Outcome : a row for each pair (treated_id, control_id, distance), and the balance
///
/// Raises
/// ------
/// DataError : when a column is missing, a cell cannot be used, or the arms cannot be compared
#[pyfunction]
#[pyo3(name = "match", signature = (
    table, *, covariates, child_id = "child_id", arm = "arm", exact = Names(Vec::new()),
    caliper = Some(0.2), scale = "logit", ratio = 1, calipers = BTreeMap::new(), joined = None, left = None,
),
    text_signature = "(table, *, covariates, child_id='child_id', arm='arm', exact=[], \
    caliper=0.2, scale='logit', ratio=1, calipers={}, joined=None, left=None)",
)]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn match_arms(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    covariates: Names<String>,
    child_id: &str,
    arm: &str,
    exact: Names<String>,
    caliper: Option<f64>,
    scale: &str,
    ratio: usize,
    calipers: BTreeMap<String, f64>,
    joined: Option<String>,
    left: Option<String>,
) -> PyResult<Outcome> {
    let times = times(joined, left)?;
    let columns = CohortColumns {
        calipers: named_widths(calipers),
        ..columns(child_id, arm, covariates.0, exact.0)
    };
    let rule = MatchRule {
        scale: code("scale", scale)?,
        ..rule(caliper, ratio)?
    };
    let frame = frame_with_rows(table)?;
    let found = interruptible(py, move || {
        let table = table_from_frame(NAME, &frame)?;
        let found = match times {
            None => match_cohort(table, &columns, rule)?,
            Some(times) => match_in_risk_sets(table, &columns, &times, rule)?,
        };
        let mut text = Vec::new();
        found.write_csv(&mut text)?;
        Found::with_rows(text, found.summary())
    })?;
    found.into_python(py)
}

/// What a programme did to an outcome: the arms as they are, and made comparable.
///
/// Parameters
/// ----------
/// table : one child a row
/// outcome : the column of the outcome, a number or yes and no
/// covariates : columns in which the arms may differ
/// method : "unadjusted", "matched", "att-weights", "overlap", "entropy" or "aipw"
/// child_id, arm : what these columns are called; the arm is "programme" or "comparator"
/// exact, caliper, scale, ratio, calipers : as for `match`
/// cluster : the column of who belongs together; each pair, once matched, without it
/// authority : the column of the authority: the effect within each as well, over all but each, and their
///     average
/// joined, left : as for `match`; pairs are then found before any outcome is looked at, and the method is
///     "matched"; draws take children (or clusters) and find and follow pairs anew
/// follow_up : with both, the outcome is the days in care on which it came about (text such as "31;150", or a
///     number; missing for never), and so many days count from the time in care of the pair
/// watched : the column of the days in care up to which events were recorded, where that is later than a
///     child left
/// draws, seed : for an effect by pairs or weights, intervals from so many samples drawn anew as well
/// draw_intervals : "percentile", "bca" (corrected for bias and skew) or "both"
/// level : the level of intervals
///
/// Returns
/// -------
/// Outcome : the estimates, unadjusted first; no rows
///
/// Raises
/// ------
/// DataError : when a column is missing, a cell cannot be used, or the arms cannot be compared
/// UsageError : for an option that is out of range or does not go with another
#[pyfunction]
#[pyo3(signature = (
    table, *, outcome, covariates, method = "matched", child_id = "child_id", arm = "arm",
    exact = Names(Vec::new()), caliper = Some(0.2), scale = "logit", ratio = 1, calipers = BTreeMap::new(),
    cluster = None,
    authority = None, joined = None, left = None, follow_up = None, watched = None, draws = None,
    seed = None, draw_intervals = "both", level = 0.95,
),
    text_signature = "(table, *, outcome, covariates, method='matched', child_id='child_id', \
    arm='arm', exact=[], caliper=0.2, scale='logit', ratio=1, calipers={}, cluster=None, authority=None, \
    joined=None, left=None, follow_up=None, watched=None, draws=None, seed=None, \
    draw_intervals='both', level=0.95)",
)]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn effect(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    outcome: String,
    covariates: Names<String>,
    method: &str,
    child_id: &str,
    arm: &str,
    exact: Names<String>,
    caliper: Option<f64>,
    scale: &str,
    ratio: usize,
    calipers: BTreeMap<String, f64>,
    cluster: Option<String>,
    authority: Option<String>,
    joined: Option<String>,
    left: Option<String>,
    follow_up: Option<u16>,
    watched: Option<String>,
    draws: Option<usize>,
    seed: Option<u64>,
    draw_intervals: &str,
    level: f64,
) -> PyResult<Outcome> {
    let times = times(joined, left)?;
    if times.is_none() && follow_up.is_some() {
        return Err(UsageError::new_err("follow_up goes with joined and left"));
    }
    if follow_up.is_none() && watched.is_some() {
        return Err(UsageError::new_err("watched goes with follow_up"));
    }
    let options = EffectOptions {
        columns: CohortColumns {
            calipers: named_widths(calipers),
            ..columns(child_id, arm, covariates.0, exact.0)
        },
        outcome,
        cluster,
        authority,
        method: code("method", method)?,
        rule: MatchRule {
            scale: code("scale", scale)?,
            ..rule(caliper, ratio)?
        },
        confidence: level,
        bootstrap: drawn(draws, seed, draw_intervals)?,
        risk_sets: times.map(|times| RiskSetColumns {
            times,
            dated: follow_up.map(|days| DatedOutcome { days, watched }),
        }),
    };
    let frame = frame_with_rows(table)?;
    let found = interruptible(py, move || {
        let found = effect_of(table_from_frame(NAME, &frame)?, &options)?;
        Ok(Found::without_rows(found.summary()))
    })?;
    found.into_python(py)
}

/// How often to draw, where it is asked.
pub(super) fn drawn(
    draws: Option<usize>,
    seed: Option<u64>,
    intervals: &str,
) -> PyResult<Option<Draws>> {
    if draws.is_some() != seed.is_some() {
        return Err(UsageError::new_err("draws and seed are given together"));
    }
    let intervals = match intervals {
        "percentile" => DrawIntervals::Percentile,
        "bca" => DrawIntervals::BiasCorrected,
        "both" => DrawIntervals::Both,
        other => {
            let words = format!("draw_intervals: {other:?} is not percentile, bca or both");
            return Err(UsageError::new_err(words));
        }
    };
    let asked = draws.zip(seed);
    Ok(asked.map(|(n, seed)| Draws { n, seed, intervals }))
}

fn times(joined: Option<String>, left: Option<String>) -> PyResult<Option<TimeColumns>> {
    if joined.is_some() != left.is_some() {
        return Err(UsageError::new_err("joined and left are given together"));
    }
    let columns = joined.zip(left);
    Ok(columns.map(|(joined, left)| TimeColumns { joined, left }))
}

fn columns(
    child_id: &str,
    arm: &str,
    covariates: Vec<String>,
    exact: Vec<String>,
) -> CohortColumns {
    CohortColumns {
        child_id: child_id.to_owned(),
        arm: arm.to_owned(),
        covariates,
        exact,
        calipers: Vec::new(),
    }
}

/// In the order of their names, whatever the dictionary's.
pub(super) fn named_widths(calipers: BTreeMap<String, f64>) -> Vec<CovariateCaliper> {
    let calipers = calipers.into_iter();
    calipers
        .map(|(covariate, width)| CovariateCaliper { covariate, width })
        .collect()
}

/// How pairs are found, but for the scale.
pub(super) fn rule(caliper: Option<f64>, ratio: usize) -> PyResult<MatchRule> {
    if caliper.is_some_and(|width| !(width > 0.0 && width.is_finite())) {
        return Err(UsageError::new_err(
            "caliper: a width is above 0; None is no limit",
        ));
    }
    if ratio == 0 {
        return Err(UsageError::new_err("ratio: each has at least 1 comparator"));
    }
    Ok(MatchRule {
        caliper,
        ratio,
        ..MatchRule::default()
    })
}
