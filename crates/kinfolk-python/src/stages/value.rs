//! Value for money.

use std::path::PathBuf;

use kinfolk::model::Estimates;
use kinfolk::{Error, frames};
use pyo3::prelude::*;

use super::outcome::{Found, Outcome};
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
        Ok(Found::without_rows(
            kinfolk::value(&costs, &named)?.summary(),
        ))
    })?;
    found.into_python(py)
}
