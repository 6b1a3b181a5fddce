//! Whether a report comes out again.

use std::path::PathBuf;

use pyo3::prelude::*;

use crate::run::{Heard, interruptible};

pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(verify, module)?)
}

/// Does a report come out again, byte by byte? Reads the inputs again, runs again in memory, and compares
/// with the manifest.
///
/// Parameters
/// ----------
/// manifest : path of a manifest.json, or of the folder that holds it
/// study : path of the study, if it is not where the manifest says
///
/// Returns
/// -------
/// list : what is not as the manifest says, in words; empty when everything agrees
///
/// Raises
/// ------
/// OSError : for a manifest that cannot be read
/// KinfolkError : for one that is none
#[pyfunction]
#[pyo3(signature = (manifest, *, study = None))]
fn verify(py: Python<'_>, manifest: PathBuf, study: Option<PathBuf>) -> PyResult<Vec<String>> {
    let found = interruptible(py, move || {
        kinfolk::verify(&manifest, study.as_deref(), &Heard::of_this_thread())
    })?;
    Ok(found.differences.iter().map(ToString::to_string).collect())
}
