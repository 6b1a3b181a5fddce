//! Every method of `kinfolk_stats` that takes numbers: `kinfolk.stats`.
//!
//! Columns come in as lists, arrays or series; results are small objects with the fields of the Rust
//! results. A method that may take long works off the main thread, without the interpreter's lock.

mod agreement;
mod bootstrap;
mod cells;
mod change;
mod coarsened;
mod columns;
mod curves;
mod distributions;
mod effects;
mod frames;
mod group_tests;
mod hazards;
mod logistic;
mod matching;
mod means;
mod mmrm;
mod pooling;
mod power;
mod published;
mod rates;
mod regression;
mod repeated;
mod restricted_means;
mod results;
mod run;
mod sensitivity;
mod shares;
mod sizes;
mod tables;
mod two_groups;
mod weighted_curves;
mod weights;

use pyo3::prelude::*;

/// What Python calls the module.
const NAME: &str = "kinfolk._kinfolk.stats";

pub(crate) fn add_to(parent: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = parent.py();
    let module = PyModule::new(py, "stats")?;
    for add_family in [
        results::add_to,
        shares::add_to,
        tables::add_to,
        means::add_to,
        two_groups::add_to,
        sizes::add_to,
        published::add_to,
        agreement::add_to,
        change::add_to,
        rates::add_to,
        regression::add_to,
        logistic::add_to,
        curves::add_to,
        restricted_means::add_to,
        weighted_curves::add_to,
        hazards::add_to,
        group_tests::add_to,
        matching::add_to,
        coarsened::add_to,
        weights::add_to,
        effects::add_to,
        bootstrap::add_to,
        repeated::add_to,
        mmrm::add_to,
        pooling::add_to,
        distributions::add_to,
        sensitivity::add_to,
        power::add_to,
    ] {
        add_family(&module)?;
    }
    parent.add_submodule(&module)?;
    // Python finds a module inside a library by this entry only.
    py.import("sys")?
        .getattr("modules")?
        .set_item(NAME, &module)
}
