//! Curves and mean times of subjects that count by weights.

use kinfolk::stats::StatsError;
use kinfolk::stats::survival::{self, FollowUp, WeightedCurve, WeightedPoint};
use pyo3::prelude::*;

use super::columns::{ABOVE_ZERO, Reader};
use super::curves::{BANDS, Watched};
use super::frames::{ends, numbers, table};
use super::restricted_means::RestrictedMean;
use super::results::{Estimated, Given, functions, shown};
use super::run::{computed, confidence, long};
use crate::options::one_of;
use crate::table::Table;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Weighted>()?;
    functions!(module: weighted_kaplan_meier, weighted_restricted_mean);
    Ok(())
}

/// The weighted share still without the event, as steps in ascending time.
#[pyclass(frozen, module = "kinfolk.stats", name = "WeightedCurve")]
struct Weighted(WeightedCurve);

#[pymethods]
impl Weighted {
    /// A row for each time at which somebody left: time, at_risk and events (in weight), survival,
    /// standard_error, lower, upper.
    #[getter]
    fn steps(&self, py: Python<'_>) -> PyResult<Py<Table>> {
        let points = || self.0.points().iter();
        let intervals: Vec<_> = points().map(|point| point.interval).collect();
        let of = |name: &str, field: fn(&WeightedPoint) -> Option<f64>| {
            numbers(name, points().map(field))
        };
        let [lower, upper] = ends(&intervals);
        let columns = vec![
            of("time", |point| Some(point.time)),
            of("at_risk", |point| Some(point.at_risk)),
            of("events", |point| Some(point.events)),
            of("survival", |point| Some(point.survival)),
            of("standard_error", |point| point.standard_error),
            lower,
            upper,
        ];
        table(py, columns)
    }

    /// What share is still without the event at a time; `None` after the last time seen.
    fn at(&self, time: f64) -> Option<Estimated> {
        self.0.at(time).given()
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf.as_any(), &["steps"])
    }
}

/// What share is still without the event at each time, each subject counting by its weight?
///
/// Parameters
/// ----------
/// time, event, entry, band : as for `kaplan_meier`
/// weights : column of how much each subject counts, above 0, taken as given
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// WeightedCurve : steps as a table, shares at a time
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
///
/// Source
/// ------
/// docs/methods/weighted-survival.md
#[pyfunction]
#[pyo3(signature = (time, event, weights, *, entry = None, band = "log-log", level = 0.95))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn weighted_kaplan_meier(
    py: Python<'_>,
    time: &Bound<'_, PyAny>,
    event: &Bound<'_, PyAny>,
    weights: &Bound<'_, PyAny>,
    entry: Option<&Bound<'_, PyAny>>,
    band: &str,
    level: f64,
) -> PyResult<Option<Weighted>> {
    let (band, confidence) = (one_of("band", band, &BANDS)?, confidence(level)?);
    let subjects = Subjects::read([time, event, weights], entry)?;
    let found = long(py, &[], move || {
        let (follow_up, weights) = subjects.checked()?;
        survival::weighted_kaplan_meier(&follow_up, &weights, band, confidence)
    })?;
    Ok(found.map(Weighted))
}

/// How long does a subject stay without the event within a horizon, on the weighted average?
///
/// Parameters
/// ----------
/// time, event, entry, weights : as for `weighted_kaplan_meier`
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
/// docs/methods/weighted-survival.md
#[pyfunction]
#[pyo3(signature = (time, event, weights, *, horizon, entry = None, level = 0.95))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn weighted_restricted_mean(
    py: Python<'_>,
    time: &Bound<'_, PyAny>,
    event: &Bound<'_, PyAny>,
    weights: &Bound<'_, PyAny>,
    horizon: f64,
    entry: Option<&Bound<'_, PyAny>>,
    level: f64,
) -> PyResult<RestrictedMean> {
    let confidence = confidence(level)?;
    let subjects = Subjects::read([time, event, weights], entry)?;
    computed(py, &[], move || {
        let (follow_up, weights) = subjects.checked()?;
        survival::weighted_restricted_mean(&follow_up, &weights, horizon, confidence)
    })
}

/// Who was watched, and how much each counts.
struct Subjects {
    watched: Watched,
    weights: Vec<f64>,
}

impl Subjects {
    fn read(
        [time, event, weights]: [&Bound<'_, PyAny>; 3],
        entry: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let mut rows = Reader::default();
        Ok(Self {
            watched: Watched::read(&mut rows, [time, event], entry)?,
            weights: rows.numbers_in(ABOVE_ZERO, "weights", weights)?,
        })
    }

    fn checked(self) -> Result<(FollowUp, Vec<f64>), StatsError> {
        Ok((self.watched.follow_up()?, self.weights))
    }
}
