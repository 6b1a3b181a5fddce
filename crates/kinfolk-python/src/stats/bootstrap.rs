//! How would a matched difference vary from sample to sample?

use std::num::NonZeroUsize;

use kinfolk::stats as methods;
use kinfolk::stats::effect::{self, BootstrapOptions};
use kinfolk::stats::matching::{Caliper, Greedy};
use pyo3::prelude::*;

use super::columns::Reader;
use super::effects::Data;
use super::results::{Interval, functions, results};
use super::run::{computed, confidence};
use crate::errors::UsageError;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    functions!(module: bootstrap_matched, bca_interval);
    Ok(())
}

results! {
    /// How the matched difference varies from sample to sample.
    Bootstrap from effect::Bootstrap {
        /// The difference in the sample itself.
        value: f64,
        /// The standard deviation of the draws.
        standard_error: f64,
        /// Between the draws' percentiles.
        interval: Interval,
        /// The same corrected for bias and skew; `None` where the draws are too few.
        bias_corrected: Option<Interval>,
        /// How many draws gave an effect.
        n_draws: usize,
        /// How many did not.
        n_failed: usize,
    }
}

/// How would the matched difference vary were the subjects drawn anew?
///
/// Parameters
/// ----------
/// outcome : column of numbers, or of yes and no (1 and 0)
/// treated : column of who is treated
/// covariates : a frame, a dictionary or a list of columns of numbers, for the propensity score
/// draws : how many samples to draw
/// seed : the same seed gives the same samples
/// adjust_for : covariates of a regression on the matched sample; none for the plain difference
/// ratio : comparators for each treated subject
/// caliper : in standard deviations of the logit; `None` for no limit
/// exact : column of words or numbers in which pairs must be the same
/// clusters : column of who is drawn together
/// threads : how many draws to work on at a time; changes no number
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// Bootstrap : the difference and its spread over draws
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, or too many draws without an effect
/// UsageError : for an option out of range
///
/// Source
/// ------
/// docs/methods/effect-bootstrap.md
#[pyfunction]
#[pyo3(signature = (
    outcome, treated, covariates, *, draws, seed, adjust_for = None, ratio = 1, caliper = Some(0.2),
    exact = None, clusters = None, threads = 1, level = 0.95,
),
    text_signature = "(outcome, treated, covariates, *, draws, seed, adjust_for=None, ratio=1, \
    caliper=0.2, exact=None, clusters=None, threads=1, level=0.95)",
)]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn bootstrap_matched(
    py: Python<'_>,
    outcome: &Bound<'_, PyAny>,
    treated: &Bound<'_, PyAny>,
    covariates: &Bound<'_, PyAny>,
    draws: usize,
    seed: u64,
    adjust_for: Option<&Bound<'_, PyAny>>,
    ratio: usize,
    caliper: Option<f64>,
    exact: Option<&Bound<'_, PyAny>>,
    clusters: Option<&Bound<'_, PyAny>>,
    threads: usize,
    level: f64,
) -> PyResult<Bootstrap> {
    let mut rows = Reader::default();
    let data = Data::read(&mut rows, [outcome, treated], Some(covariates), clusters)?;
    let adjust_for = rows.table_or_none("adjust_for", adjust_for)?;
    let exact = exact
        .map(|column| Ok::<_, PyErr>(rows.groups("exact", column)?.codes))
        .transpose()?;
    let (names, confidence) = (data.covariates.names.clone(), confidence(level)?);
    let threads = NonZeroUsize::new(threads)
        .ok_or_else(|| UsageError::new_err("threads: at least 1 is needed"))?;
    computed(py, &names, move || {
        let options = BootstrapOptions {
            draws,
            seed,
            threads,
            matching: Greedy {
                ratio,
                caliper: caliper.map(Caliper::StandardDeviations),
                ..Greedy::default()
            },
            exact: exact.as_deref(),
            adjust_for: &adjust_for.slices(),
        };
        effect::bootstrap_matched(&data.arms(&data.covariates.slices()), &options, confidence)
    })
}

/// Between which values does a statistic lie, judging by draws of it? The bias-corrected and accelerated
/// interval.
///
/// Parameters
/// ----------
/// value : the statistic of the sample itself
/// draws : column of the statistic, drawn anew
/// influence : column of by how much each subject moves the statistic, up to a common factor: the value
///     less that without the subject
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// Interval : `None` when all draws lie on one side of the value, or are too few for the level
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, or a value that is no number
///
/// Source
/// ------
/// docs/methods/bca.md
#[pyfunction]
#[pyo3(signature = (value, draws, influence, *, level = 0.95))]
fn bca_interval(
    py: Python<'_>,
    value: f64,
    draws: &Bound<'_, PyAny>,
    influence: &Bound<'_, PyAny>,
    level: f64,
) -> PyResult<Option<Interval>> {
    let draws = Reader::default().numbers("draws", draws)?;
    let influence = Reader::default().numbers("influence", influence)?;
    let confidence = confidence(level)?;
    computed(py, &[], move || {
        methods::bca_interval(value, &draws, &influence, confidence)
    })
}
