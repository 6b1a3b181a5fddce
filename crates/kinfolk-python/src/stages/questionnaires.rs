//! The Strengths and Difficulties Questionnaire: scores, and change between two of them.

use kinfolk::stages::{
    ChangeColumns, ChangeOptions, ScoreOptions, frame_from_text, score_sdq, sdq_change,
    table_from_frame,
};
use pyo3::prelude::*;

use super::NAME;
use super::outcome::{Found, Outcome};
use crate::arrow::frame_with_rows;
use crate::options::code;
use crate::run::interruptible;
use crate::table::Table;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(sdq_score, module)?)?;
    module.add_function(wrap_pyfunction!(sdq_changes, module)?)
}

/// Answers to scores and bands of the Strengths and Difficulties Questionnaire.
///
/// Parameters
/// ----------
/// table : item_1 … item_25 (0, 1, 2), one questionnaire a row; where present, informant, form and
///     the impact items
/// informant : "parent_carer", "teacher" or "self", where the table does not say
/// form : "2-4" or "4-17", where the table does not say
/// prefix : what the names of the new columns begin with
/// bands : whether each score has its band beside it
///
/// Returns
/// -------
/// Table : the columns that came in and, beside them, five scales (0 to 10), total (0 to 40),
///     externalising, internalising (0 to 20), impact, and a band for each; blank where too few items
///     are answered, and bands and impact where nobody says who answered. A row without any value is
///     passed over, as in a file.
///
/// Raises
/// ------
/// DataError : when an answer is none that the form has, or there are no rows
/// UsageError : when an item has no column
#[pyfunction]
#[pyo3(signature = (table, *, informant = None, form = None, prefix = "", bands = true))]
fn sdq_score(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
    informant: Option<&str>,
    form: Option<&str>,
    prefix: &str,
    bands: bool,
) -> PyResult<Table> {
    let options = ScoreOptions {
        informant: informant.map(|text| code("informant", text)).transpose()?,
        form: form.map(|text| code("form", text)).transpose()?,
        prefix: prefix.to_owned(),
        without_bands: !bands,
    };
    let frame = frame_with_rows(table)?;
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
///
/// Raises
/// ------
/// DataError : when a cell cannot be used, or there are no rows
/// UsageError : when a column is missing, or an option is out of range
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
    let frame = frame_with_rows(table)?;
    let found = interruptible(py, move || {
        let changes = sdq_change(table_from_frame(NAME, &frame)?, &options)?;
        let mut text = Vec::new();
        changes.write_csv(&mut text)?;
        Found::with_rows(text, changes.summary())
    })?;
    found.into_python(py)
}
