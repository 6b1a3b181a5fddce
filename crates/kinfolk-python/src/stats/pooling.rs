//! Several results together.

use kinfolk::stats::{self as methods, HartungKnapp, sensitivity};
use pyo3::prelude::*;

use super::columns::{ABOVE_ZERO, AT_LEAST_ZERO, PROBABILITY, Range, Reader};
use super::results::{Contrast, Interval, functions, results};
use super::run::{computed, confidence, given};
use crate::options::one_of;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    functions!(module: pool_effects, pool_leaving_one_out, pool_imputations, holm,
        benjamini_hochberg);
    Ok(())
}

const RULES: [(&str, HartungKnapp); 2] = [
    ("as-it-is", HartungKnapp::AsItIs),
    ("never-narrower", HartungKnapp::NeverNarrower),
];

results! {
    /// Effects pooled.
    PooledEffect from methods::PooledEffect {
        /// How many effects there were.
        n_effects: usize,
        /// The average where effects differ, with Hartung and Knapp's error.
        average: Option<Contrast>,
        /// The same with the plain error and the normal distribution.
        average_normal: Option<Contrast>,
        /// The one effect that would lie behind all, were they not to differ.
        common: Option<Contrast>,
        /// The variance between effects (restricted maximum likelihood).
        tau_squared: f64,
        /// Cochran's Q.
        q: f64,
        /// How often chance alone would give a Q as large.
        q_p_value: f64,
        /// The share of the spread that chance does not explain, 0 to below 1.
        i_squared: f64,
        /// Where the effect of another study may be expected.
        prediction: Option<Interval>,
    }

    /// What several imputed data sets say together.
    Pooled from sensitivity::Pooled {
        /// The mean of the estimates.
        value: f64,
        /// The mean of their variances.
        within: f64,
        /// The variance of the estimates.
        between: f64,
        /// The variance of the pooled estimate.
        total: f64,
        /// The share of the total that is due to what was missing.
        due_to_missing: f64,
        /// Degrees of freedom, after Barnard and Rubin.
        degrees: f64,
        /// The fraction of information that is missing.
        missing_information: f64,
        /// The interval, by Student's t.
        interval: Interval,
        /// Two-sided, against 0.
        p_value: f64,
    }
}

/// What is the average of several effects, and how far do they differ? Random effects.
///
/// Parameters
/// ----------
/// effects : column of numbers, one row a study; ratios as logarithms
/// variances : column of the squares of their standard errors
/// rule : what to do where effects lie closer together than their errors say: "as-it-is" or
///     "never-narrower"
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// PooledEffect : averages in the units of the effects
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, or a variance not above 0
///
/// Source
/// ------
/// docs/methods/meta-analysis.md
#[pyfunction]
#[pyo3(signature = (effects, variances, *, rule = "as-it-is", level = 0.95))]
fn pool_effects(
    py: Python<'_>,
    effects: &Bound<'_, PyAny>,
    variances: &Bound<'_, PyAny>,
    rule: &str,
    level: f64,
) -> PyResult<Option<PooledEffect>> {
    let [effects, variances] = both(ABOVE_ZERO, "effects", effects, variances)?;
    let (rule, confidence) = (one_of("rule", rule, &RULES)?, confidence(level)?);
    computed(py, &[], move || {
        methods::pool_effects(&effects, &variances, rule, confidence)
    })
}

/// How much rests on each effect? The pool without the first, without the second, and so on.
///
/// Parameters
/// ----------
/// effects, variances, rule, level : as for `pool_effects`
///
/// Returns
/// -------
/// list : a PooledEffect for each study left out
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, or a variance not above 0
///
/// Source
/// ------
/// docs/methods/meta-analysis.md
#[pyfunction]
#[pyo3(signature = (effects, variances, *, rule = "as-it-is", level = 0.95))]
fn pool_leaving_one_out(
    py: Python<'_>,
    effects: &Bound<'_, PyAny>,
    variances: &Bound<'_, PyAny>,
    rule: &str,
    level: f64,
) -> PyResult<Vec<Option<PooledEffect>>> {
    let [effects, variances] = both(ABOVE_ZERO, "effects", effects, variances)?;
    let (rule, confidence) = (one_of("rule", rule, &RULES)?, confidence(level)?);
    computed(py, &[], move || {
        methods::pool_leaving_one_out(&effects, &variances, rule, confidence)
    })
}

/// What do several imputed data sets say together? Rubin's rules.
///
/// Parameters
/// ----------
/// estimates : column of numbers, one row a data set
/// variances : column of the squares of their standard errors
/// degrees_complete : the degrees of freedom without anything missing; infinite for a large sample
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// Pooled : `None` for fewer than two data sets
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, or variances that are all 0
///
/// Source
/// ------
/// docs/methods/rubin.md
#[pyfunction]
#[pyo3(signature = (estimates, variances, *, degrees_complete, level = 0.95))]
fn pool_imputations(
    py: Python<'_>,
    estimates: &Bound<'_, PyAny>,
    variances: &Bound<'_, PyAny>,
    degrees_complete: f64,
    level: f64,
) -> PyResult<Option<Pooled>> {
    let [estimates, variances] = both(AT_LEAST_ZERO, "estimates", estimates, variances)?;
    let confidence = confidence(level)?;
    computed(py, &[], move || {
        sensitivity::pool_imputations(&estimates, &variances, degrees_complete, confidence)
    })
}

/// Which of several results stand when the chance of even one false one is held? Holm's method.
///
/// Parameters
/// ----------
/// p_values : column of probabilities
///
/// Returns
/// -------
/// list : adjusted probabilities, in the order given
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, such as one with a number outside 0 to 1
///
/// Source
/// ------
/// docs/methods/multiplicity.md
#[pyfunction]
fn holm(p_values: &Bound<'_, PyAny>) -> PyResult<Vec<f64>> {
    given(methods::holm(&Reader::default().numbers_in(
        PROBABILITY,
        "p_values",
        p_values,
    )?))
}

/// Which of several results stand when the expected share of false ones among them is held? Benjamini
/// and Hochberg's method; for exploring only.
///
/// Parameters
/// ----------
/// p_values : column of probabilities
///
/// Returns
/// -------
/// list : adjusted probabilities, in the order given
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, such as one with a number outside 0 to 1
///
/// Source
/// ------
/// docs/methods/multiplicity.md
#[pyfunction]
fn benjamini_hochberg(p_values: &Bound<'_, PyAny>) -> PyResult<Vec<f64>> {
    let p_values = Reader::default().numbers_in(PROBABILITY, "p_values", p_values)?;
    given(methods::benjamini_hochberg(&p_values))
}

fn both(
    range: Range,
    name: &str,
    values: &Bound<'_, PyAny>,
    variances: &Bound<'_, PyAny>,
) -> PyResult<[Vec<f64>; 2]> {
    let mut rows = Reader::default();
    Ok([
        rows.numbers(name, values)?,
        rows.numbers_in(range, "variances", variances)?,
    ])
}
