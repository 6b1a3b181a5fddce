//! The Python module `kinfolk`, over the façade: the same stages, the same numbers.
//!
//! Tables come in from anything that gives an Arrow stream, and leave as one.

mod arrow;
mod errors;
mod made_up;
mod module;
mod options;
mod plugins;
mod run;
mod scorers;
mod stages;
mod stats;
mod study;
mod table;
mod verify;
