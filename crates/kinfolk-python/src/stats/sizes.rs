//! Sizes of effects in standard deviations, and how strong confounding would have to be.

use kinfolk::stats as methods;
use pyo3::prelude::*;

use super::means::{pairs, sample};
use super::results::{Estimated, functions, results};
use super::run::{computed, confidence, given};

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    functions!(module: hedges_g, paired_effect_sizes, e_value,
        risk_ratio_of_standardised_difference, risk_ratio_of_odds_ratio, risk_ratio_of_hazard_ratio);
    Ok(())
}

results! {
    /// A difference in standard deviations.
    EffectSize from methods::EffectSize {
        /// With Hedges' correction for small samples (g), the one to report.
        corrected: Estimated,
        /// Without it (d).
        uncorrected: Estimated,
        /// The standard error of the uncorrected size; `None` where there is none.
        standard_error: Option<f64>,
    }

    /// How large a change is in standard deviations, by four choices of the deviation.
    PairedEffectSizes from methods::PairedEffectSizes {
        /// The pairs.
        pairs: usize,
        /// Pearson's correlation; `None` where either does not vary.
        correlation: Option<f64>,
        /// Hedges' correction.
        correction: f64,
        /// By the standard deviation of the changes.
        d_z: Option<EffectSize>,
        /// The same times the root of 2(1 - r).
        d_rm: Option<EffectSize>,
        /// By the root of the mean of the two variances.
        d_av: Option<EffectSize>,
        /// By the standard deviation before.
        d_pre: Option<EffectSize>,
    }

    /// How strong unmeasured confounding would have to be, as risk ratios.
    EValue from methods::EValue {
        /// For the estimate, at least 1.
        estimate: f64,
        /// For the end of the interval nearer to 1; `None` without an interval.
        limit: Option<f64>,
    }
}

/// How large is a difference of two means in standard deviations? Hedges' g.
///
/// Parameters
/// ----------
/// first, second : columns of numbers, of any two lengths
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// EffectSize : the first less the second; `None` with fewer than four values or no spread
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
///
/// Source
/// ------
/// docs/methods/hedges-g.md
#[pyfunction]
#[pyo3(signature = (first, second, *, level = 0.95))]
fn hedges_g(
    py: Python<'_>,
    first: &Bound<'_, PyAny>,
    second: &Bound<'_, PyAny>,
    level: f64,
) -> PyResult<Option<EffectSize>> {
    let (first, second) = (sample("first", first)?, sample("second", second)?);
    let confidence = confidence(level)?;
    computed(py, &[], move || {
        Ok(methods::hedges_g(&first, &second, confidence))
    })
}

/// How large is the change in standard deviations? After less before, by four usual definitions.
///
/// Parameters
/// ----------
/// before, after : columns of numbers, one row a person
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// PairedEffectSizes : a rise is positive; `None` with fewer than three pairs
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
///
/// Source
/// ------
/// docs/methods/paired-effect-size.md
#[pyfunction]
#[pyo3(signature = (before, after, *, level = 0.95))]
fn paired_effect_sizes(
    py: Python<'_>,
    before: &Bound<'_, PyAny>,
    after: &Bound<'_, PyAny>,
    level: f64,
) -> PyResult<Option<PairedEffectSizes>> {
    let (before, after) = pairs(before, after)?;
    let confidence = confidence(level)?;
    computed(py, &[], move || {
        methods::paired_effect_sizes(&before, &after, confidence)
    })
}

/// How strongly would something unmeasured have to go with both group and outcome to explain a risk
/// ratio away? The E-value of VanderWeele and Ding.
///
/// Parameters
/// ----------
/// risk_ratio : above 0; one below 1 is turned over
/// interval : its (lower, upper) limits
///
/// Returns
/// -------
/// EValue : as risk ratios
///
/// Raises
/// ------
/// UsageError : for a ratio or a limit that is not above 0
///
/// Source
/// ------
/// docs/methods/e-value.md
#[pyfunction]
#[pyo3(signature = (risk_ratio, *, interval = None))]
fn e_value(risk_ratio: f64, interval: Option<[f64; 2]>) -> PyResult<EValue> {
    let interval = interval.map(|[lower, upper]| methods::Interval { lower, upper });
    given(methods::e_value(risk_ratio, interval))
}

/// The risk ratio that a standardised difference of means roughly stands for: exp(0.91 d).
///
/// Parameters
/// ----------
/// d : the difference, in standard deviations
///
/// Returns
/// -------
/// float : above 0
///
/// Raises
/// ------
/// TypeError : for what is no number
///
/// Source
/// ------
/// docs/methods/e-value.md
#[pyfunction]
fn risk_ratio_of_standardised_difference(d: f64) -> f64 {
    methods::risk_ratio_of_standardised_difference(d)
}

/// The risk ratio that an odds ratio roughly stands for where the outcome is common: its square root.
///
/// Parameters
/// ----------
/// odds_ratio : above 0
///
/// Returns
/// -------
/// float : above 0
///
/// Raises
/// ------
/// UsageError : for a ratio that is not above 0
///
/// Source
/// ------
/// docs/methods/e-value.md
#[pyfunction]
fn risk_ratio_of_odds_ratio(odds_ratio: f64) -> PyResult<f64> {
    given(methods::risk_ratio_of_odds_ratio(odds_ratio))
}

/// The risk ratio that a hazard ratio roughly stands for where the outcome is common at the end of
/// follow-up.
///
/// Parameters
/// ----------
/// hazard_ratio : above 0
///
/// Returns
/// -------
/// float : above 0
///
/// Raises
/// ------
/// UsageError : for a ratio that is not above 0
///
/// Source
/// ------
/// docs/methods/e-value.md
#[pyfunction]
fn risk_ratio_of_hazard_ratio(hazard_ratio: f64) -> PyResult<f64> {
    given(methods::risk_ratio_of_hazard_ratio(hazard_ratio))
}
