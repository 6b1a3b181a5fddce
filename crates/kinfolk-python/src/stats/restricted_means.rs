//! Mean times up to a horizon.

use kinfolk::stats::survival;
use pyo3::prelude::*;

use super::columns::Reader;
use super::curves::Watched;
use super::results::{Interval, functions, results};
use super::run::{computed, confidence};

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    functions!(module: restricted_mean, compare_restricted_means);
    Ok(())
}

results! {
    /// The mean time without the event up to a horizon.
    RestrictedMean from survival::RestrictedMean {
        /// The horizon, in the unit of the follow-up.
        horizon: f64,
        /// The mean time: the area under the curve up to the horizon.
        value: f64,
        /// Its standard error.
        standard_error: f64,
        /// Its interval, within 0 and the horizon.
        interval: Interval,
    }

    /// Two groups' mean times beside each other.
    RestrictedMeanContrast from survival::RestrictedMeanContrast {
        /// The treated.
        first: RestrictedMean,
        /// The others.
        second: RestrictedMean,
        /// First less second.
        difference: f64,
        /// The interval of the difference.
        difference_interval: Interval,
        /// Two-sided; `None` when neither mean has spread.
        p_value: Option<f64>,
        /// First over second; `None` when the second is 0.
        ratio: Option<f64>,
        /// The interval of the ratio; `None` when a mean is 0.
        ratio_interval: Option<Interval>,
    }
}

/// How long does a subject stay without the event, on average, within a horizon?
///
/// Parameters
/// ----------
/// time, event, entry : as for `kaplan_meier`
/// horizon : above 0, within what was watched, in the unit of the times
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// RestrictedMean : in the unit of the times
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
/// UsageError : for a horizon beyond the last time seen
///
/// Source
/// ------
/// docs/methods/restricted-mean.md
#[pyfunction]
#[pyo3(signature = (time, event, *, horizon, entry = None, level = 0.95))]
fn restricted_mean(
    py: Python<'_>,
    time: &Bound<'_, PyAny>,
    event: &Bound<'_, PyAny>,
    horizon: f64,
    entry: Option<&Bound<'_, PyAny>>,
    level: f64,
) -> PyResult<RestrictedMean> {
    let watched = Watched::read(&mut Reader::default(), [time, event], entry)?;
    let confidence = confidence(level)?;
    computed(py, &[], move || {
        survival::restricted_mean(&watched.follow_up()?, horizon, confidence)
    })
}

/// How much longer do the treated stay without the event than the others, on average, within a horizon?
///
/// Parameters
/// ----------
/// time, event, entry : as for `kaplan_meier`
/// treated : column of who is treated
/// horizon : above 0, within what was watched in both groups, in the unit of the times
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// RestrictedMeanContrast : treated less others, and treated over others
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
/// UsageError : for a horizon beyond the last time seen
///
/// Source
/// ------
/// docs/methods/restricted-mean.md
#[pyfunction]
#[pyo3(signature = (time, event, treated, *, horizon, entry = None, level = 0.95))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn compare_restricted_means(
    py: Python<'_>,
    time: &Bound<'_, PyAny>,
    event: &Bound<'_, PyAny>,
    treated: &Bound<'_, PyAny>,
    horizon: f64,
    entry: Option<&Bound<'_, PyAny>>,
    level: f64,
) -> PyResult<RestrictedMeanContrast> {
    let mut rows = Reader::default();
    let watched = Watched::read(&mut rows, [time, event], entry)?;
    let treated = rows.truths("treated", treated)?;
    let confidence = confidence(level)?;
    computed(py, &[], move || {
        let all = watched.follow_up()?;
        let first = all.subset(|row| treated[row]);
        let second = all.subset(|row| !treated[row]);
        survival::compare_restricted_means(&first, &second, horizon, confidence)
    })
}
