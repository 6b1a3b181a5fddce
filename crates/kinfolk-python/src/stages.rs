//! Single methods on tables, as the program's commands of the same names.

use std::path::PathBuf;

use kinfolk::model::{Code, Estimates, parse_code};
use kinfolk::prelude::ReadOptions;
use kinfolk::stages::{
    CareOptions, ChangeColumns, ChangeOptions, CohortColumns, ComparisonMethod, Draws,
    EffectOptions, MatchRule, MoveRule, SameHomeOptions, ScoreOptions, StabilityOptions, Summary,
    SurvivalOptions, effect_of, frame_from_text, match_cohort, placements_of, score_sdq,
    sdq_change, survival_of, table_from_frame,
};
use kinfolk::{Error, frames};
use polars::prelude::DataFrame;
use pyo3::prelude::*;

use crate::arrow::{frame_of, frame_with_rows};
use crate::errors::{UsageError, raised};
use crate::run::interruptible;
use crate::study::day;
use crate::table::Table;

pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Outcome>()?;
    module.add_function(wrap_pyfunction!(sdq_score, module)?)?;
    module.add_function(wrap_pyfunction!(sdq_changes, module)?)?;
    module.add_function(wrap_pyfunction!(placements, module)?)?;
    module.add_function(wrap_pyfunction!(match_arms, module)?)?;
    module.add_function(wrap_pyfunction!(effect, module)?)?;
    module.add_function(wrap_pyfunction!(survival, module)?)?;
    module.add_function(wrap_pyfunction!(value, module)?)
}

/// What a method gives: a row for each child or pair where it makes such rows, and its estimates.
#[pyclass(frozen, module = "kinfolk", name = "Outcome")]
struct Outcome {
    rows: Option<Py<Table>>,
    summary: Py<Table>,
    json: String,
}

#[pymethods]
impl Outcome {
    /// A row for each child or pair; `None` for a method that makes no rows.
    #[getter]
    fn rows(&self, py: Python<'_>) -> Option<Py<Table>> {
        self.rows.as_ref().map(|rows| rows.clone_ref(py))
    }

    /// The estimates, one row each. Nothing in them was checked for disclosure.
    #[getter]
    fn estimates(&self, py: Python<'_>) -> Py<Table> {
        self.summary.clone_ref(py)
    }

    /// The estimates as the program prints them.
    fn to_json(&self) -> &str {
        &self.json
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let said = self.summary.bind(py).repr()?.to_string();
        Ok(format!("kinfolk.Outcome(estimates={said})"))
    }
}

/// What a worker thread brings back.
struct Found {
    rows: Option<DataFrame>,
    summary: Summary,
}

impl Found {
    fn into_python(self, py: Python<'_>) -> PyResult<Outcome> {
        let json = self.summary.to_json().map_err(|error| raised(&error))?;
        let rows = self.rows.map(|frame| Py::new(py, Table::new(frame)));
        Ok(Outcome {
            rows: rows.transpose()?,
            summary: Py::new(py, Table::of_estimates(&self.summary.estimates)?)?,
            json: String::from_utf8_lossy(&json).into_owned(),
        })
    }
}

/// What errors call a table that is in memory.
const NAME: &str = "table";

/// Answers to scores and bands of the Strengths and Difficulties Questionnaire.
///
/// Parameters
/// ----------
/// table : item_1 … item_25 (0, 1, 2), one questionnaire a row; where present, informant, form and
///     the impact items
/// informant : "parent_carer", "teacher" or "self", where the table does not say
/// form : "2-4" or "4-17", where the table does not say
/// prefix : what the names of the new columns begin with
///
/// Returns
/// -------
/// Table : the columns that came in and, beside them, five scales (0 to 10), total (0 to 40),
///     externalising, internalising (0 to 20), impact, and a band for each; blank where too few items
///     are answered. A row without any value is passed over, as in a file.
///
/// Raises
/// ------
/// DataError : when an answer is none that the form has, or the columns are missing
#[pyfunction]
#[pyo3(signature = (table, *, informant = None, form = None, prefix = ""))]
fn sdq_score(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    informant: Option<&str>,
    form: Option<&str>,
    prefix: &str,
) -> PyResult<Table> {
    let options = ScoreOptions {
        informant: informant.map(|text| code("informant", text)).transpose()?,
        form: form.map(|text| code("form", text)).transpose()?,
        prefix: prefix.to_owned(),
    };
    let frame = frame_of(table)?;
    let scored = interruptible(py, move || {
        let mut text = Vec::new();
        score_sdq(table_from_frame(NAME, &frame)?, &options, &mut text)?;
        frame_from_text(NAME, text)
    })?;
    Ok(Table::new(scored))
}

/// Each child's change between two SDQ totals, and what class it falls in.
///
/// Parameters
/// ----------
/// table : child_id, date, informant, total (0 to 40); where present, form, version and start
/// sd : the standard deviation of totals, in points
/// reliability : the reliability of the total, above 0 and below 1
/// baseline : which questionnaire of a child is the first one
/// informant : who answered, where the table does not say
/// child_id, date, total, start : what the columns are called
///
/// Returns
/// -------
/// Outcome : a row for each child and informant, and the estimates
#[pyfunction]
#[pyo3(name = "sdq_change", signature = (
    table, *, sd, reliability, baseline = "first", informant = None,
    child_id = "child_id", date = "date", total = "total", start = "start_date",
))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn sdq_changes(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    sd: f64,
    reliability: f64,
    baseline: &str,
    informant: Option<&str>,
    child_id: &str,
    date: &str,
    total: &str,
    start: &str,
) -> PyResult<Outcome> {
    let options = ChangeOptions {
        sd,
        reliability,
        baseline: code("baseline", baseline)?,
        informant: informant.map(|text| code("informant", text)).transpose()?,
        columns: ChangeColumns {
            child_id: child_id.to_owned(),
            date: date.to_owned(),
            total: total.to_owned(),
            start: start.to_owned(),
        },
    };
    let frame = frame_of(table)?;
    let found = interruptible(py, move || {
        let changes = sdq_change(table_from_frame(NAME, &frame)?, &options)?;
        let mut text = Vec::new();
        changes.write_csv(&mut text)?;
        Ok(Found {
            rows: Some(frame_from_text(NAME, text)?),
            summary: changes.summary(),
        })
    })?;
    found.into_python(py)
}

/// How stable the placements of children in care are, from the statutory returns of several years.
///
/// Parameters
/// ----------
/// returns : paths of folders or files of returns (CSV set, workbook, XML)
/// on : the day, usually a 31 March; the year is the twelve months that end with it
/// today : the day that counts as today
/// moves : "spb", "spbtu" or "all": which rows of the return are a move
/// temporary : "bridge" or "count": what time in hospital or on holiday does
/// short_break_starts : "left_out" or "counted"
/// home_from : the first day of the question of the same home; without it, the days end with `on`
/// home_days : for how many days
/// country : "England", "Scotland" or "Wales"; what a nation does not have is refused
/// level : the level of intervals
///
/// Returns
/// -------
/// Outcome : a row for each child, and the estimates under the rule chosen and every other
#[pyfunction]
#[pyo3(signature = (
    returns, *, on, today, moves = "spb", temporary = "bridge", short_break_starts = "left_out",
    home_from = None, home_days = 365, country = "England", level = 0.95,
))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn placements(
    py: Python<'_>,
    returns: Vec<PathBuf>,
    on: &Bound<'_, PyAny>,
    today: &Bound<'_, PyAny>,
    moves: &str,
    temporary: &str,
    short_break_starts: &str,
    home_from: Option<&Bound<'_, PyAny>>,
    home_days: u16,
    country: &str,
    level: f64,
) -> PyResult<Outcome> {
    let on = day("on", on)?;
    let from = home_from.map(|from| day("home_from", from)).transpose()?;
    let options = CareOptions {
        stability: StabilityOptions {
            on,
            short_break_starts: code("short_break_starts", short_break_starts)?,
        },
        rule: MoveRule::new(code("moves", moves)?, code("temporary", temporary)?),
        same_home: match from {
            Some(from) => SameHomeOptions {
                from,
                days: home_days,
            },
            None => SameHomeOptions::up_to(on, home_days),
        },
        country: code("country", country)?,
    };
    let read = ReadOptions {
        today: day("today", today)?,
    };
    let found = interruptible(py, move || {
        let placements = placements_of(&returns, &read, options, level)?;
        let mut text = Vec::new();
        placements.write_csv(&mut text)?;
        Ok(Found {
            rows: Some(frame_from_text(NAME, text)?),
            summary: placements.summary(),
        })
    })?;
    found.into_python(py)
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
    table, *, covariates, child_id = "child_id", arm = "arm", exact = Vec::new(),
    caliper = Some(0.2), scale = "logit", ratio = 1,
),
    text_signature = "(table, *, covariates, child_id='child_id', arm='arm', exact=[], \
    caliper=0.2, scale='logit', ratio=1)",
)]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn match_arms(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    covariates: Vec<String>,
    child_id: &str,
    arm: &str,
    exact: Vec<String>,
    caliper: Option<f64>,
    scale: &str,
    ratio: usize,
) -> PyResult<Outcome> {
    let columns = columns(child_id, arm, covariates, exact);
    let rule = rule(caliper, scale, ratio)?;
    let frame = frame_with_rows(table)?;
    let found = interruptible(py, move || {
        let found = match_cohort(table_from_frame(NAME, &frame)?, &columns, rule)?;
        let mut text = Vec::new();
        found.write_csv(&mut text)?;
        Ok(Found {
            rows: Some(frame_from_text(NAME, text)?),
            summary: found.summary(),
        })
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
/// exact, caliper, scale, ratio : as for `match`
/// cluster : the column of who belongs together; each pair, once matched, without it
/// draws, seed : for the matched effect, an interval from so many samples drawn anew as well
/// level : the level of intervals
///
/// Returns
/// -------
/// Outcome : the estimates, unadjusted first; no rows
#[pyfunction]
#[pyo3(signature = (
    table, *, outcome, covariates, method = "matched", child_id = "child_id", arm = "arm",
    exact = Vec::new(), caliper = Some(0.2), scale = "logit", ratio = 1, cluster = None,
    draws = None, seed = None, level = 0.95,
),
    text_signature = "(table, *, outcome, covariates, method='matched', child_id='child_id', \
    arm='arm', exact=[], caliper=0.2, scale='logit', ratio=1, cluster=None, draws=None, seed=None, \
    level=0.95)",
)]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn effect(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    outcome: String,
    covariates: Vec<String>,
    method: &str,
    child_id: &str,
    arm: &str,
    exact: Vec<String>,
    caliper: Option<f64>,
    scale: &str,
    ratio: usize,
    cluster: Option<String>,
    draws: Option<usize>,
    seed: Option<u64>,
    level: f64,
) -> PyResult<Outcome> {
    if draws.is_some() != seed.is_some() {
        return Err(UsageError::new_err("draws and seed are given together"));
    }
    let options = EffectOptions {
        columns: columns(child_id, arm, covariates, exact),
        outcome,
        cluster,
        method: code("method", method)?,
        rule: rule(caliper, scale, ratio)?,
        confidence: level,
        bootstrap: draws.zip(seed).map(|(n, seed)| Draws { n, seed }),
    };
    let frame = frame_with_rows(table)?;
    let found = interruptible(py, move || {
        let found = effect_of(table_from_frame(NAME, &frame)?, &options)?;
        Ok(Found {
            rows: None,
            summary: found.summary(),
        })
    })?;
    found.into_python(py)
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
    at = Vec::new(), horizon = None, level = 0.95,
),
    text_signature = "(table, *, time, event, arm=None, covariates=[], strata=None, cluster=None, \
    at=[], horizon=None, level=0.95)",
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
        at,
        horizon,
        confidence: level,
    };
    let frame = frame_with_rows(table)?;
    let found = interruptible(py, move || {
        let found = survival_of(table_from_frame(NAME, &frame)?, &options)?;
        Ok(Found {
            rows: None,
            summary: found.summary(),
        })
    })?;
    found.into_python(py)
}

/// What a programme costs and what it is worth.
///
/// Parameters
/// ----------
/// costs : path of a costs.toml
/// estimates : path of an estimates.json whose figures the costs name
///
/// Returns
/// -------
/// Outcome : the estimates; no rows. Empty when the file has an error; see `kinfolk check`.
#[pyfunction]
#[pyo3(signature = (costs, *, estimates = None))]
fn value(py: Python<'_>, costs: PathBuf, estimates: Option<PathBuf>) -> PyResult<Outcome> {
    let found = interruptible(py, move || {
        let named = match estimates {
            Some(path) => {
                let bytes = std::fs::read(&path).map_err(|source| Error::Read { path, source })?;
                frames::estimates_from_json(&bytes)?.estimates
            }
            None => Vec::new(),
        };
        let named = Estimates {
            records: named,
            ..Estimates::default()
        };
        Ok(Found {
            rows: None,
            summary: kinfolk::value(&costs, &named)?.summary(),
        })
    })?;
    found.into_python(py)
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
    }
}

fn rule(caliper: Option<f64>, scale: &str, ratio: usize) -> PyResult<MatchRule> {
    Ok(MatchRule {
        caliper,
        scale: code("scale", scale)?,
        ratio,
    })
}

fn code<C: Code>(option: &str, text: &str) -> PyResult<C> {
    parse_code(text).map_err(|error| UsageError::new_err(format!("{option}: {error}")))
}
