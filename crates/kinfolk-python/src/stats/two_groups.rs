//! Numbers of two groups.

use kinfolk::stats as methods;
use pyo3::prelude::*;

use super::means::{TTest, sample};
use super::results::{Estimated, functions, results};
use super::run::{computed, confidence};

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    functions!(module: welch_difference, mann_whitney);
    Ok(())
}

results! {
    /// The difference of two means, with Welch's interval and test.
    WelchDifference from methods::WelchDifference {
        /// The first mean less the second.
        difference: Estimated,
        /// `None` where there is no interval either.
        test: Option<TTest>,
    }

    /// Two groups compared by rank.
    MannWhitney from methods::MannWhitney {
        /// The pairs, one from each group, in which the first is higher; equal pairs count a half.
        u: f64,
        /// The same as a share of all pairs.
        superiority: f64,
        /// Two-sided, counted out, ties and all; `None` above 100 values.
        exact: Option<f64>,
        /// Two-sided, normal with the variance corrected for ties.
        normal: f64,
        /// The same with continuity correction.
        normal_corrected: f64,
        /// The median of all differences (Hodges and Lehmann) and its interval.
        shift: Estimated,
    } => {
        /// The probability to report: exact, else normal with continuity correction.
        p_value: f64 = methods::MannWhitney::p_value,
    }
}

/// By how much do two means differ? The first less the second, with Welch's interval and test.
///
/// Parameters
/// ----------
/// first, second : columns of numbers, of any two lengths
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// WelchDifference : in the units of the values
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
///
/// Source
/// ------
/// docs/methods/welch.md
#[pyfunction]
#[pyo3(signature = (first, second, *, level = 0.95))]
fn welch_difference(
    py: Python<'_>,
    first: &Bound<'_, PyAny>,
    second: &Bound<'_, PyAny>,
    level: f64,
) -> PyResult<Option<WelchDifference>> {
    let (first, second) = (sample("first", first)?, sample("second", second)?);
    let confidence = confidence(level)?;
    computed(py, &[], move || {
        Ok(methods::welch_difference(&first, &second, confidence))
    })
}

/// Do the values of one group tend to lie higher? The Mann-Whitney test, with the Hodges-Lehmann shift.
///
/// Parameters
/// ----------
/// first, second : columns of numbers, of any two lengths
/// level : the level of the interval of the shift, 0.5 to 0.999
///
/// Returns
/// -------
/// MannWhitney : the shift in the units of the values
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
///
/// Source
/// ------
/// docs/methods/mann-whitney.md
#[pyfunction]
#[pyo3(signature = (first, second, *, level = 0.95))]
fn mann_whitney(
    py: Python<'_>,
    first: &Bound<'_, PyAny>,
    second: &Bound<'_, PyAny>,
    level: f64,
) -> PyResult<Option<MannWhitney>> {
    let (first, second) = (sample("first", first)?, sample("second", second)?);
    let confidence = confidence(level)?;
    computed(py, &[], move || {
        Ok(methods::mann_whitney(&first, &second, confidence))
    })
}
