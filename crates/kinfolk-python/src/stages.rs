//! Single methods on tables, as the program's commands of the same names.

mod comparison;
mod outcome;
mod placements;
mod questionnaires;
mod survival;
mod value;

use pyo3::prelude::*;

/// What errors call a table that is in memory.
const NAME: &str = "table";

pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<outcome::Outcome>()?;
    questionnaires::add_to(module)?;
    placements::add_to(module)?;
    comparison::add_to(module)?;
    survival::add_to(module)?;
    value::add_to(module)
}
