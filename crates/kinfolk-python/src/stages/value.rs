//! Value for money.

use std::path::PathBuf;

use kinfolk::model::Estimates;
use kinfolk::prelude::Severity;
use kinfolk::{Error, frames};
use pyo3::prelude::*;

use super::outcome::{Found, Outcome};
use crate::errors::DataError;
use crate::run::interruptible;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(value, module)?)
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
/// Outcome : the estimates, and what is wrong or doubtful in the costs (findings); no rows
///
/// Raises
/// ------
/// DataError : when nothing can be appraised, such as where the costs rest on an estimate that is not given
/// OSError : when a file cannot be read
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
        kinfolk::value(&costs, &named)
    })?;
    let errors = found
        .findings
        .iter()
        .find(|one| one.severity == Severity::Error);
    if let Some(error) = errors.filter(|_| found.estimates.is_empty()) {
        let said = format!("nothing is appraised: {}. {}", error.message, error.help);
        return Err(DataError::new_err(said));
    }
    let summary = found.summary();
    Found::without_rows(summary)
        .and_findings(found.findings)
        .into_python(py)
}
