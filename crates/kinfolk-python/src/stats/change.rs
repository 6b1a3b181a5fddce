//! Whether one person's change is more than the instrument's unsteadiness.

use kinfolk::stages::{clinical_code, crossing_code, reliable_code};
use kinfolk::stats as methods;
use kinfolk::stats::{ReliableChangeIndex, ScoreNorm};
use pyo3::prelude::*;

use super::columns::Reader;
use super::means::pairs;
use super::results::{functions, shown};
use super::run::{given, raised};

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<ReliableChange>()?;
    functions!(module: reliable_change, clinical_change, crossing, cut_off_a, cut_off_b, cut_off_c,
        expected_regression, expected_second_score);
    Ok(())
}

/// The yardstick of Jacobson and Truax for one instrument in one population; scores where high is worse.
#[pyclass(frozen, module = "kinfolk.stats")]
struct ReliableChange(ReliableChangeIndex);

#[pymethods]
impl ReliableChange {
    /// The standard error of one score, in points.
    #[getter]
    fn standard_error_of_measurement(&self) -> f64 {
        self.0.standard_error_of_measurement()
    }

    /// The standard error of the difference of two scores, in points.
    #[getter]
    fn standard_error_of_difference(&self) -> f64 {
        self.0.standard_error_of_difference()
    }

    /// The change that a reliable one must exceed, in points.
    #[getter]
    fn threshold(&self) -> f64 {
        self.0.threshold()
    }

    /// The smallest whole number of points that is a reliable change.
    #[getter]
    fn smallest_whole_change(&self) -> u32 {
        self.0.smallest_whole_change()
    }

    /// Each person's change, after less before, in standard errors of a difference.
    fn index(&self, before: &Bound<'_, PyAny>, after: &Bound<'_, PyAny>) -> PyResult<Vec<f64>> {
        let changes = changes(before, after)?.into_iter();
        Ok(changes.map(|change| self.0.index(change)).collect())
    }

    /// Each person's class: "improved" (fell), "unchanged" or "deteriorated" (rose).
    fn classes(
        &self,
        before: &Bound<'_, PyAny>,
        after: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<&'static str>> {
        let changes = changes(before, after)?.into_iter();
        let classes = changes.map(|change| reliable_code(self.0.class(change)));
        Ok(classes.collect())
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf.as_any(), &["threshold", "smallest_whole_change"])
    }
}

fn changes(before: &Bound<'_, PyAny>, after: &Bound<'_, PyAny>) -> PyResult<Vec<f64>> {
    let (before, after) = pairs(before, after)?;
    Ok(before.iter().zip(&after).map(|(b, a)| a - b).collect())
}

/// Sets up the index of reliable change for an instrument.
///
/// Parameters
/// ----------
/// sd : the standard deviation of scores before, in points, above 0
/// reliability : the reliability of the instrument, 0 to below 1
///
/// Returns
/// -------
/// ReliableChange : thresholds, and `classes(before, after)` of people
///
/// Raises
/// ------
/// UsageError : for a standard deviation or a reliability out of range
///
/// Source
/// ------
/// docs/methods/reliable-change.md
#[pyfunction]
#[pyo3(signature = (*, sd, reliability))]
fn reliable_change(sd: f64, reliability: f64) -> PyResult<ReliableChange> {
    index(sd, reliability).map(ReliableChange)
}

/// Did each person change reliably, and cross the cut-off?
///
/// Parameters
/// ----------
/// before, after : columns of whole scores, where high is worse
/// cut_off : the first score of the clinical range
/// sd, reliability : as for `reliable_change`
///
/// Returns
/// -------
/// list : "recovered", "improved", "unchanged", "deteriorated" or "harmed" for each person
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
/// UsageError : for a standard deviation or a reliability out of range
///
/// Source
/// ------
/// docs/methods/reliable-change.md
#[pyfunction]
#[pyo3(signature = (before, after, *, cut_off, sd, reliability))]
fn clinical_change(
    before: &Bound<'_, PyAny>,
    after: &Bound<'_, PyAny>,
    cut_off: u32,
    sd: f64,
    reliability: f64,
) -> PyResult<Vec<&'static str>> {
    let index = index(sd, reliability)?;
    let (before, after) = scores(before, after)?;
    let people = before.into_iter().zip(after);
    let classes = people.map(|(before, after)| {
        clinical_code(methods::clinical_change(before, after, cut_off, index))
    });
    Ok(classes.collect())
}

/// How did each person cross the cut-off, whatever the size of the change?
///
/// Parameters
/// ----------
/// before, after : columns of whole scores, where high is worse
/// cut_off : the first score of the clinical range
///
/// Returns
/// -------
/// list : "below" (left the clinical range), "above", "stayed_above" or "stayed_below"
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
///
/// Source
/// ------
/// docs/methods/reliable-change.md
#[pyfunction]
#[pyo3(signature = (before, after, *, cut_off))]
fn crossing(
    before: &Bound<'_, PyAny>,
    after: &Bound<'_, PyAny>,
    cut_off: u32,
) -> PyResult<Vec<&'static str>> {
    let (before, after) = scores(before, after)?;
    let people = before.into_iter().zip(after);
    let ways =
        people.map(|(before, after)| crossing_code(methods::crossing(before, after, cut_off)));
    Ok(ways.collect())
}

/// Jacobson and Truax's cut-off a: two standard deviations better than the clinical mean.
///
/// Parameters
/// ----------
/// clinical : (mean, sd) of the clinical population, in points
///
/// Returns
/// -------
/// float : in points
///
/// Raises
/// ------
/// TypeError : for what is no pair of numbers
///
/// Source
/// ------
/// docs/methods/reliable-change.md
#[pyfunction]
fn cut_off_a(clinical: [f64; 2]) -> f64 {
    methods::cut_off_a(norm(clinical))
}

/// Jacobson and Truax's cut-off b: two standard deviations worse than the community's mean.
///
/// Parameters
/// ----------
/// community : (mean, sd) of the community, in points
///
/// Returns
/// -------
/// float : in points
///
/// Raises
/// ------
/// TypeError : for what is no pair of numbers
///
/// Source
/// ------
/// docs/methods/reliable-change.md
#[pyfunction]
fn cut_off_b(community: [f64; 2]) -> f64 {
    methods::cut_off_b(norm(community))
}

/// Jacobson and Truax's cut-off c: as many standard deviations from either mean.
///
/// Parameters
/// ----------
/// clinical, community : (mean, sd) of the two populations, in points
///
/// Returns
/// -------
/// float : in points; `None` when neither has any spread
///
/// Raises
/// ------
/// TypeError : for what is no pair of numbers
///
/// Source
/// ------
/// docs/methods/reliable-change.md
#[pyfunction]
fn cut_off_c(clinical: [f64; 2], community: [f64; 2]) -> Option<f64> {
    methods::cut_off_c(norm(clinical), norm(community))
}

/// How far would the scores of those picked for a high first score fall with no real change?
///
/// Parameters
/// ----------
/// mean, sd : of all first scores, in points
/// reliability : the correlation between two occasions, 0 to below 1
/// cut : the lowest first score of those who were picked
///
/// Returns
/// -------
/// float : the mean fall, in points
///
/// Raises
/// ------
/// UsageError : for a standard deviation or a reliability out of range
///
/// Source
/// ------
/// docs/methods/regression-to-the-mean.md
#[pyfunction]
#[pyo3(signature = (*, mean, sd, reliability, cut))]
fn expected_regression(mean: f64, sd: f64, reliability: f64, cut: f64) -> PyResult<f64> {
    given(methods::expected_regression(mean, sd, reliability, cut))
}

/// What second score should be expected after this first one, with no real change?
///
/// Parameters
/// ----------
/// first : the first score, in points
/// mean : of all first scores, in points
/// reliability : the correlation between two occasions, 0 to below 1
///
/// Returns
/// -------
/// float : in points
///
/// Raises
/// ------
/// UsageError : for a reliability out of range
///
/// Source
/// ------
/// docs/methods/regression-to-the-mean.md
#[pyfunction]
#[pyo3(signature = (first, *, mean, reliability))]
fn expected_second_score(first: f64, mean: f64, reliability: f64) -> PyResult<f64> {
    given(methods::expected_second_score(mean, reliability, first))
}

fn index(sd: f64, reliability: f64) -> PyResult<ReliableChangeIndex> {
    methods::reliable_change(sd, reliability).map_err(|error| raised(&error, &[]))
}

fn scores(before: &Bound<'_, PyAny>, after: &Bound<'_, PyAny>) -> PyResult<(Vec<u32>, Vec<u32>)> {
    let mut rows = Reader::default();
    Ok((rows.digits("before", before)?, rows.digits("after", after)?))
}

fn norm([mean, standard_deviation]: [f64; 2]) -> ScoreNorm {
    ScoreNorm {
        mean,
        standard_deviation,
    }
}
