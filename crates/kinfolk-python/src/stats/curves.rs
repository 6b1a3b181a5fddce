//! Curves over time: survival, and one of several endings.

use kinfolk::stats::StatsError;
use kinfolk::stats::survival::{
    self, Band, CurvePoint, FollowUp, IncidenceCurve, IncidencePoint, SurvivalCurve,
};
use pyo3::prelude::*;

use super::columns::{AT_LEAST_ZERO, Reader};
use super::frames::{counts, ends, numbers, table};
use super::results::{Estimated, Given, functions, results, shown};
use super::run::{confidence, given, long};
use crate::options::one_of;
use crate::table::Table;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    module.add_class::<Curve>()?;
    module.add_class::<Incidence>()?;
    functions!(module: kaplan_meier, cumulative_incidence);
    Ok(())
}

pub(super) const BANDS: [(&str, Band); 3] = [
    ("log-log", Band::LogLog),
    ("log", Band::Log),
    ("plain", Band::Plain),
];

results! {
    /// When a share of the subjects has had the event.
    CurveQuantile from survival::CurveQuantile {
        /// The time; `None` when the curve stays above.
        time: Option<f64>,
        /// The lower end of its interval.
        lower: Option<f64>,
        /// The upper end; `None` when later than anything seen.
        upper: Option<f64>,
    }
}

/// The share still without the event, as steps in ascending time.
#[pyclass(frozen, module = "kinfolk.stats", name = "SurvivalCurve")]
struct Curve(SurvivalCurve);

#[pymethods]
impl Curve {
    /// A row for each time at which somebody left: time, at_risk, events, censored, survival,
    /// standard_error, lower, upper.
    #[getter]
    fn steps(&self, py: Python<'_>) -> PyResult<Py<Table>> {
        let points = || self.0.points().iter();
        let intervals: Vec<_> = points().map(|point| point.interval).collect();
        let of = |name: &str, field: fn(&CurvePoint) -> u64| counts(name, points().map(field));
        let [lower, upper] = ends(&intervals);
        let columns = vec![
            numbers("time", points().map(|point| Some(point.time))),
            of("at_risk", |point| point.at_risk),
            of("events", |point| point.events),
            of("censored", |point| point.censored),
            numbers("survival", points().map(|point| Some(point.survival))),
            numbers("standard_error", points().map(|point| point.standard_error)),
            lower,
            upper,
        ];
        table(py, columns)
    }

    /// When half has had the event.
    #[getter]
    fn median(&self) -> CurveQuantile {
        self.0.median().given()
    }

    /// The last time at which anybody was seen.
    #[getter]
    fn last_time(&self) -> f64 {
        self.0.last_time()
    }

    /// What share is still without the event at a time; `None` after the last time seen.
    fn at(&self, time: f64) -> Option<Estimated> {
        self.0.at(time).given()
    }

    /// When a share, 0 to 1, has had the event.
    fn quantile(&self, probability: f64) -> PyResult<CurveQuantile> {
        given(self.0.quantile(probability))
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf.as_any(), &["steps", "median", "last_time"])
    }
}

/// The share that has come to one kind of ending, as steps in ascending time.
#[pyclass(frozen, module = "kinfolk.stats", name = "IncidenceCurve")]
struct Incidence(IncidenceCurve);

#[pymethods]
impl Incidence {
    /// A row for each time at which somebody left: time, at_risk, events, competing, incidence,
    /// standard_error, lower, upper.
    #[getter]
    fn steps(&self, py: Python<'_>) -> PyResult<Py<Table>> {
        let points = || self.0.points().iter();
        let intervals: Vec<_> = points().map(|point| point.interval).collect();
        let of = |name: &str, field: fn(&IncidencePoint) -> u64| counts(name, points().map(field));
        let [lower, upper] = ends(&intervals);
        let number = |name: &str, field: fn(&IncidencePoint) -> f64| {
            numbers(name, points().map(|point| Some(field(point))))
        };
        let columns = vec![
            number("time", |point| point.time),
            of("at_risk", |point| point.at_risk),
            of("events", |point| point.events),
            of("competing", |point| point.competing),
            number("incidence", |point| point.incidence),
            number("standard_error", |point| point.standard_error),
            lower,
            upper,
        ];
        table(py, columns)
    }

    /// What share has come to this ending by a time; `None` after the last time seen.
    fn at(&self, time: f64) -> Option<Estimated> {
        self.0.at(time).given()
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf.as_any(), &["steps"])
    }
}

/// What share is still without the event at each time? The product-limit estimate.
///
/// Parameters
/// ----------
/// time : column of the time watched, from 0 on, in any one unit
/// event : column of whether the event ended it (1) or the watching did (0)
/// entry : column of when each came under watch; 0 without it
/// band : on which scale intervals are symmetric: "log-log", "log" (R's) or "plain"
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// SurvivalCurve : steps as a table, shares at a time, quantiles
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, or an entry that is not before its exit
///
/// Source
/// ------
/// docs/methods/kaplan-meier.md
#[pyfunction]
#[pyo3(signature = (time, event, *, entry = None, band = "log-log", level = 0.95))]
fn kaplan_meier(
    py: Python<'_>,
    time: &Bound<'_, PyAny>,
    event: &Bound<'_, PyAny>,
    entry: Option<&Bound<'_, PyAny>>,
    band: &str,
    level: f64,
) -> PyResult<Option<Curve>> {
    let watched = Watched::read(&mut Reader::default(), [time, event], entry)?;
    let (band, confidence) = (one_of("band", band, &BANDS)?, confidence(level)?);
    let found = long(py, &[], move || {
        Ok(survival::kaplan_meier(
            &watched.follow_up()?,
            band,
            confidence,
        ))
    })?;
    Ok(found.map(Curve))
}

/// What share has come to one kind of ending by each time, other endings ruling it out? The
/// Aalen-Johansen estimate.
///
/// Parameters
/// ----------
/// time : column of the time watched, from 0 on, in any one unit
/// ending : column of what ended it: 0 nothing, 1, 2, ... the kinds of ending
/// cause : the kind in question
/// band : on which scale intervals are symmetric: "log-log", "log" or "plain"
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// IncidenceCurve : steps as a table, shares at a time
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
///
/// Source
/// ------
/// docs/methods/cumulative-incidence.md
#[pyfunction]
#[pyo3(signature = (time, ending, *, cause = 1, band = "log-log", level = 0.95))]
fn cumulative_incidence(
    py: Python<'_>,
    time: &Bound<'_, PyAny>,
    ending: &Bound<'_, PyAny>,
    cause: u32,
    band: &str,
    level: f64,
) -> PyResult<Option<Incidence>> {
    let mut rows = Reader::default();
    let times = rows.numbers_in(AT_LEAST_ZERO, "time", time)?;
    let causes = rows.digits("ending", ending)?;
    let (band, confidence) = (one_of("band", band, &BANDS)?, confidence(level)?);
    let found = long(py, &[], move || {
        let endings = survival::Endings::new(&times, &causes)?;
        Ok(survival::cumulative_incidence(
            &endings, cause, band, confidence,
        ))
    })?;
    Ok(found.map(Incidence))
}

/// Who was watched, and until when.
pub(super) struct Watched {
    time: Vec<f64>,
    event: Vec<bool>,
    entry: Option<Vec<f64>>,
}

impl Watched {
    pub(super) fn read(
        rows: &mut Reader,
        [time, event]: [&Bound<'_, PyAny>; 2],
        entry: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        Ok(Self {
            time: rows.numbers_in(AT_LEAST_ZERO, "time", time)?,
            event: rows.truths("event", event)?,
            entry: entry
                .map(|column| rows.numbers("entry", column))
                .transpose()?,
        })
    }

    pub(super) fn follow_up(&self) -> Result<FollowUp, StatsError> {
        match &self.entry {
            Some(entry) => FollowUp::with_entries(entry, &self.time, &self.event),
            None => FollowUp::new(&self.time, &self.event),
        }
    }
}
