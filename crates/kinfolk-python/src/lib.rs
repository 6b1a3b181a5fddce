//! The Python module `kinfolk`, over the façade: the same stages, the same numbers.
//!
//! Tables come in from anything that gives an Arrow stream, and leave as one.

mod arrow;
mod errors;
mod run;
mod stages;
mod study;
mod table;

use pyo3::prelude::*;

#[pymodule]
fn _kinfolk(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    errors::add_to(module)?;
    module.add_class::<table::Table>()?;
    study::add_to(module)?;
    stages::add_to(module)
}
