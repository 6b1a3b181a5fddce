//! Rates of events.

use kinfolk::stats as methods;
use kinfolk::stats::{Confidence, CountRows, EventRate, RateModel, RateTerm, StatsError};
use pyo3::prelude::*;

use super::columns::{ABOVE_ZERO, Reader};
use super::frames::{ends, numbers, table, words};
use super::results::{Estimated, ExactRatio, Given, functions, results, shown};
use super::run::{computed, confidence, long, raised};
use crate::table::Table;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    module.add_class::<Rates>()?;
    functions!(module: poisson_rate, poisson_rate_ratio, quasi_poisson, negative_binomial);
    Ok(())
}

results! {
    /// The ratio of two rates, and how unusual it is.
    RateRatio from methods::RateRatio {
        /// The first rate over the second, with exact limits.
        ratio: ExactRatio,
        /// Two-sided, if the rates are equal.
        p_value: f64,
    }
}

/// A fitted model of rates.
#[pyclass(frozen, get_all, module = "kinfolk.stats", name = "RateModel")]
struct Rates {
    /// A row for the baseline (the rate where every covariate is 0) and for each covariate (the ratio of
    /// rates for one unit more): term, ratio, lower, upper, log, standard_error (of the logarithm),
    /// p_value.
    terms: Py<Table>,
    /// The spread beyond Poisson's: the variance over the mean (quasi-Poisson), or the a in a variance
    /// of mean + a mean^2 (negative binomial).
    dispersion: f64,
}

#[pymethods]
impl Rates {
    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf.as_any(), &["terms", "dispersion"])
    }
}

/// Which rates agree with these events? With Garwood's exact interval.
///
/// Parameters
/// ----------
/// events : how many there were
/// exposure : the time at risk, above 0
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// Estimated : events per unit of exposure
///
/// Raises
/// ------
/// DataError : for an exposure that is not above 0
///
/// Source
/// ------
/// docs/methods/rates.md
#[pyfunction]
#[pyo3(signature = (events, exposure, *, level = 0.95))]
fn poisson_rate(events: u64, exposure: f64, level: f64) -> PyResult<Estimated> {
    let rate = rate((events, exposure))?;
    Ok(methods::poisson_rate(rate, confidence(level)?).given())
}

/// How many times the second rate is the first? Exact, given the total of events.
///
/// Parameters
/// ----------
/// first, second : (events, exposure) of each group
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// RateRatio : the first rate over the second; `None` without any event
///
/// Raises
/// ------
/// DataError : for an exposure that is not above 0
///
/// Source
/// ------
/// docs/methods/rates.md
#[pyfunction]
#[pyo3(signature = (first, second, *, level = 0.95))]
fn poisson_rate_ratio(
    py: Python<'_>,
    first: (u64, f64),
    second: (u64, f64),
    level: f64,
) -> PyResult<Option<RateRatio>> {
    let (first, second) = (rate(first)?, rate(second)?);
    let confidence = confidence(level)?;
    computed(py, &[], move || {
        Ok(methods::poisson_rate_ratio(first, second, confidence))
    })
}

/// How do rates differ, when counts spread by a constant multiple of Poisson's variance?
///
/// Parameters
/// ----------
/// events : column of whole numbers, one row a person or an area
/// exposure : column of the time at risk of each, above 0
/// covariates : a frame, a dictionary or a list of columns of numbers
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// RateModel : ratios of rates with t intervals; `None` without events or where a ratio has no end
///
/// Raises
/// ------
/// DataError : for a column that cannot be used or says nothing new
///
/// Source
/// ------
/// docs/methods/rates.md
#[pyfunction]
#[pyo3(signature = (events, exposure, covariates = None, *, level = 0.95))]
fn quasi_poisson(
    py: Python<'_>,
    events: &Bound<'_, PyAny>,
    exposure: &Bound<'_, PyAny>,
    covariates: Option<&Bound<'_, PyAny>>,
    level: f64,
) -> PyResult<Option<Rates>> {
    model(
        py,
        [events, exposure],
        covariates,
        level,
        methods::quasi_poisson,
    )
}

/// How do rates differ, when people have rates of their own? A negative binomial model.
///
/// Parameters
/// ----------
/// events : column of whole numbers, one row a person or an area
/// exposure : column of the time at risk of each, above 0
/// covariates : a frame, a dictionary or a list of columns of numbers
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// RateModel : ratios of rates with normal intervals; `None` without events or where a ratio has no end
///
/// Raises
/// ------
/// DataError : for a column that cannot be used or says nothing new
///
/// Source
/// ------
/// docs/methods/rates.md
#[pyfunction]
#[pyo3(signature = (events, exposure, covariates = None, *, level = 0.95))]
fn negative_binomial(
    py: Python<'_>,
    events: &Bound<'_, PyAny>,
    exposure: &Bound<'_, PyAny>,
    covariates: Option<&Bound<'_, PyAny>>,
    level: f64,
) -> PyResult<Option<Rates>> {
    model(
        py,
        [events, exposure],
        covariates,
        level,
        methods::negative_binomial,
    )
}

type Fit = fn(CountRows<'_>, Confidence) -> Result<Option<RateModel>, StatsError>;

fn model(
    py: Python<'_>,
    [events, exposure]: [&Bound<'_, PyAny>; 2],
    covariates: Option<&Bound<'_, PyAny>>,
    level: f64,
    fit: Fit,
) -> PyResult<Option<Rates>> {
    let mut rows = Reader::default();
    let events = rows.counts("events", events)?;
    let exposure = rows.numbers_in(ABOVE_ZERO, "exposure", exposure)?;
    let covariates = rows.table_or_none("covariates", covariates)?;
    let names = covariates.names;
    let confidence = confidence(level)?;
    let found = long(py, &names, move || {
        let rows = CountRows {
            events: &events,
            exposure: &exposure,
            covariates: &covariates.values,
        };
        fit(rows, confidence)
    })?;
    found.map(|found| rates(py, names, found)).transpose()
}

fn rates(py: Python<'_>, names: Vec<String>, found: RateModel) -> PyResult<Rates> {
    let mut terms = vec![found.baseline];
    terms.extend(found.terms);
    let mut rows = vec!["baseline".to_owned()];
    rows.extend(names);
    let of = |name: &str, field: fn(&RateTerm) -> f64| {
        numbers(name, terms.iter().map(|term| Some(field(term))))
    };
    let intervals: Vec<_> = terms.iter().map(|term| term.ratio.interval).collect();
    let [lower, upper] = ends(&intervals);
    let columns = vec![
        words("term", &rows),
        of("ratio", |term| term.ratio.value),
        lower,
        upper,
        of("log", |term| term.log),
        of("standard_error", |term| term.standard_error),
        of("p_value", |term| term.p_value),
    ];
    Ok(Rates {
        terms: table(py, columns)?,
        dispersion: found.dispersion,
    })
}

fn rate((events, exposure): (u64, f64)) -> PyResult<EventRate> {
    EventRate::new(events, exposure).map_err(|error| raised(&error, &[]))
}
