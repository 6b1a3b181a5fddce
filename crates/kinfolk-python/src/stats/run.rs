//! What every method needs: the level of its intervals, work off the main thread, and its refusals as
//! exceptions that name the column.

use kinfolk::stats::{Confidence, Proportion, StatsError};
use pyo3::prelude::*;

use super::results::Given;
use crate::errors::{DataError, UsageError};
use crate::run::on_a_thread;

/// The level of intervals.
pub(super) fn confidence(level: f64) -> PyResult<Confidence> {
    Confidence::new(level).map_err(|error| UsageError::new_err(format!("level: {error}")))
}

/// Successes out of trials.
pub(super) fn proportion([successes, trials]: [u64; 2]) -> PyResult<Proportion> {
    Proportion::new(successes, trials).map_err(|error| raised(&error, &[]))
}

/// A result for Python.
pub(super) fn given<A: Given<B>, B>(found: Result<A, StatsError>) -> PyResult<B> {
    found.map(Given::given).map_err(|error| raised(&error, &[]))
}

/// The result of work that may take long; `names` are those of covariates.
pub(super) fn computed<A, B>(
    py: Python<'_>,
    names: &[String],
    work: impl FnOnce() -> Result<A, StatsError> + Send + 'static,
) -> PyResult<B>
where
    A: Given<B> + Send + 'static,
{
    long(py, names, work).map(Given::given)
}

/// The same as the method gives it.
pub(super) fn long<T: Send + 'static>(
    py: Python<'_>,
    names: &[String],
    work: impl FnOnce() -> Result<T, StatsError> + Send + 'static,
) -> PyResult<T> {
    on_a_thread(py, work)?.map_err(|error| raised(&error, names))
}

/// The exception for a refusal: the data's fault, or an option's.
pub(super) fn raised(error: &StatsError, names: &[String]) -> PyErr {
    let said = in_words(error, names);
    match error {
        StatsError::Confidence(_)
        | StatsError::NoSuchDistribution { .. }
        | StatsError::StandardDeviation(_)
        | StatsError::Reliability(_)
        | StatsError::SlopesWithoutMeans
        | StatsError::Probability(_)
        | StatsError::Horizon { .. }
        | StatsError::Caliper(_)
        | StatsError::Bins
        | StatsError::Gamma(_)
        | StatsError::Ratio(_)
        | StatsError::ArmSize(_)
        | StatsError::DegreesOfFreedom(_) => UsageError::new_err(said),
        _ => DataError::new_err(said),
    }
}

fn in_words(error: &StatsError, names: &[String]) -> String {
    let named = |at: usize| names.get(at).cloned().unwrap_or_else(|| at.to_string());
    match error {
        StatsError::Collinear { covariate } => format!(
            "column {} says nothing that those before it do not say; leave it out",
            named(*covariate)
        ),
        StatsError::Separated { covariate } => format!(
            "column {} tells the two sides apart without fail, so that its coefficient has no end",
            named(*covariate)
        ),
        StatsError::OutOfReach { covariate } => format!(
            "no weights bring the comparators to the mean of the treated in column {}",
            named(*covariate)
        ),
        other => other.to_string(),
    }
}
