//! Means and medians of one group, and of its changes.

use kinfolk::stats as methods;
use kinfolk::stats::{Sample, ZeroRule};
use pyo3::prelude::*;

use super::columns::Reader;
use super::results::{Estimated, functions, results};
use super::run::{computed, confidence, long, raised};
use crate::options::one_of;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    functions!(module: mean, median, quantile, paired_difference, paired_median_difference,
        paired_t_test, wilcoxon_signed_rank);
    Ok(())
}

results! {
    /// A test of a mean, or of the difference of two, against 0.
    TTest from methods::TTest {
        /// The estimate over its standard error.
        t: f64,
        /// Whole for one sample, fractional for Welch's test.
        degrees_of_freedom: f64,
        /// Two-sided.
        p_value: f64,
    }

    /// The signed ranks of changes, and how unusual they are by three reckonings.
    SignedRank from methods::SignedRank {
        /// Pairs that changed.
        changed: usize,
        /// Pairs that did not.
        unchanged: usize,
        /// The sum of the ranks of rises.
        rises: f64,
        /// The sum of the ranks of falls.
        falls: f64,
        /// -1 to 1: 1 when every change is a rise.
        rank_biserial: f64,
        /// Two-sided, counted out, ties and all; `None` above 200 pairs.
        exact: Option<f64>,
        /// Two-sided, normal with the variance corrected for ties.
        normal: f64,
        /// The same with continuity correction.
        normal_corrected: f64,
    } => {
        /// The probability to report: exact, else normal with continuity correction.
        p_value: f64 = methods::SignedRank::p_value,
    }
}

/// Which means agree with this sample? The mean with Student's t interval.
///
/// Parameters
/// ----------
/// values : column of numbers
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// Estimated : in the units of the values
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
///
/// Source
/// ------
/// docs/methods/mean-t.md
#[pyfunction]
#[pyo3(signature = (values, *, level = 0.95))]
fn mean(py: Python<'_>, values: &Bound<'_, PyAny>, level: f64) -> PyResult<Option<Estimated>> {
    let sample = sample("values", values)?;
    let confidence = confidence(level)?;
    computed(py, &[], move || Ok(methods::mean(&sample, confidence)))
}

/// Where does the middle of the distribution lie? The median, with the interval between two of the
/// values.
///
/// Parameters
/// ----------
/// values : column of numbers
/// level : the least level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// Estimated : in the units of the values; without an interval of fewer than six values at 0.95
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
///
/// Source
/// ------
/// docs/methods/median.md
#[pyfunction]
#[pyo3(signature = (values, *, level = 0.95))]
fn median(py: Python<'_>, values: &Bound<'_, PyAny>, level: f64) -> PyResult<Option<Estimated>> {
    let sample = sample("values", values)?;
    let confidence = confidence(level)?;
    computed(py, &[], move || Ok(methods::median(&sample, confidence)))
}

/// Below which value lies this share of the sample? Type 7, the default of R and numpy.
///
/// Parameters
/// ----------
/// values : column of numbers
/// probability : the share, 0 to 1
///
/// Returns
/// -------
/// float : in the units of the values
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
/// UsageError : for a probability out of range
///
/// Source
/// ------
/// docs/methods/quantile.md
#[pyfunction]
fn quantile(py: Python<'_>, values: &Bound<'_, PyAny>, probability: f64) -> PyResult<Option<f64>> {
    let sample = sample("values", values)?;
    long(py, &[], move || methods::quantile(&sample, probability))
}

/// How large is the mean change? After less before, with Student's t interval.
///
/// Parameters
/// ----------
/// before, after : columns of numbers, one row a person
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// Estimated : in the units of the values; a rise is positive
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
///
/// Source
/// ------
/// docs/methods/paired-t.md
#[pyfunction]
#[pyo3(signature = (before, after, *, level = 0.95))]
fn paired_difference(
    py: Python<'_>,
    before: &Bound<'_, PyAny>,
    after: &Bound<'_, PyAny>,
    level: f64,
) -> PyResult<Option<Estimated>> {
    let (before, after) = pairs(before, after)?;
    let confidence = confidence(level)?;
    computed(py, &[], move || {
        methods::paired_difference(&before, &after, confidence)
    })
}

/// How large is the typical change? The median of after less before.
///
/// Parameters
/// ----------
/// before, after : columns of numbers, one row a person
/// level : the least level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// Estimated : in the units of the values; a rise is positive
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
///
/// Source
/// ------
/// docs/methods/median.md
#[pyfunction]
#[pyo3(signature = (before, after, *, level = 0.95))]
fn paired_median_difference(
    py: Python<'_>,
    before: &Bound<'_, PyAny>,
    after: &Bound<'_, PyAny>,
    level: f64,
) -> PyResult<Option<Estimated>> {
    let (before, after) = pairs(before, after)?;
    let confidence = confidence(level)?;
    computed(py, &[], move || {
        methods::paired_median_difference(&before, &after, confidence)
    })
}

/// Could a mean change of this size be chance? The paired t test.
///
/// Parameters
/// ----------
/// before, after : columns of numbers, one row a person
///
/// Returns
/// -------
/// TTest : a rise has a positive t; `None` with fewer than two pairs or no spread
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
///
/// Source
/// ------
/// docs/methods/paired-t.md
#[pyfunction]
fn paired_t_test(
    py: Python<'_>,
    before: &Bound<'_, PyAny>,
    after: &Bound<'_, PyAny>,
) -> PyResult<Option<TTest>> {
    let (before, after) = pairs(before, after)?;
    computed(py, &[], move || methods::paired_t_test(&before, &after))
}

/// Do changes lean one way? Wilcoxon's signed rank test of after less before.
///
/// Parameters
/// ----------
/// before, after : columns of numbers, one row a person; round decimals first
/// zeros : what becomes of pairs that did not change: "drop" (Wilcoxon) or "pratt"
///
/// Returns
/// -------
/// SignedRank : `None` when nobody changed
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
///
/// Source
/// ------
/// docs/methods/signed-rank.md
#[pyfunction]
#[pyo3(signature = (before, after, *, zeros = "drop"))]
fn wilcoxon_signed_rank(
    py: Python<'_>,
    before: &Bound<'_, PyAny>,
    after: &Bound<'_, PyAny>,
    zeros: &str,
) -> PyResult<Option<SignedRank>> {
    let rules = [("drop", ZeroRule::Drop), ("pratt", ZeroRule::Pratt)];
    let rule = one_of("zeros", zeros, &rules)?;
    let (before, after) = pairs(before, after)?;
    computed(py, &[], move || {
        methods::wilcoxon_signed_rank(&before, &after, rule)
    })
}

/// A column on its own.
pub(super) fn sample(name: &str, column: &Bound<'_, PyAny>) -> PyResult<Sample> {
    let values = Reader::default().numbers(name, column)?;
    Sample::new(values).map_err(|error| raised(&error, &[]))
}

/// Two columns, a row a person.
pub(super) fn pairs(
    before: &Bound<'_, PyAny>,
    after: &Bound<'_, PyAny>,
) -> PyResult<(Vec<f64>, Vec<f64>)> {
    let mut rows = Reader::default();
    Ok((
        rows.numbers("before", before)?,
        rows.numbers("after", after)?,
    ))
}
