//! What the module holds.

use pyo3::prelude::*;

use crate::{errors, made_up, stages, stats, study, table, verify};

#[pymodule]
fn _kinfolk(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    errors::add_to(module)?;
    module.add_class::<table::Table>()?;
    study::add_to(module)?;
    verify::add_to(module)?;
    made_up::add_to(module)?;
    stages::add_to(module)?;
    stats::add_to(module)
}
