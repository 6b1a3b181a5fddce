//! How far raters, or the items of a scale, agree.

use kinfolk::stats::{self as methods, Raters};
use pyo3::prelude::*;

use super::columns::Reader;
use super::results::{Estimated, functions, results};
use super::run::{computed, confidence};
use crate::options::one_of;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    functions!(module: intraclass_correlation);
    Ok(())
}

const RATERS: [(&str, Raters); 3] = [
    ("of-each-target", Raters::OfEachTarget),
    ("drawn-from-many", Raters::DrawnFromMany),
    ("fixed", Raters::Fixed),
];

results! {
    /// The share of the spread that lies between targets.
    IntraclassCorrelation from methods::IntraclassCorrelation {
        /// How far one rating can be relied on.
        single: Estimated,
        /// How far the mean of all the ratings of a target can be.
        average: Estimated,
        /// How many targets.
        n_targets: usize,
        /// How many ratings each.
        n_raters: usize,
    }
}

/// How far do several ratings of the same targets agree? Shrout and Fleiss's intraclass correlations.
///
/// Parameters
/// ----------
/// ratings : table with a row for each target and a column for each rater, or each item of a scale
/// raters : "of-each-target" for ICC(1,1) and ICC(1,k), "drawn-from-many" for ICC(2,1) and ICC(2,k),
///     "fixed" for ICC(3,1) and ICC(3,k), which is Cronbach's alpha of items
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// IntraclassCorrelation : at most 1; `None` with fewer than two targets or raters, or without error
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
///
/// Source
/// ------
/// docs/methods/intraclass.md
#[pyfunction]
#[pyo3(signature = (ratings, *, raters, level = 0.95))]
fn intraclass_correlation(
    py: Python<'_>,
    ratings: &Bound<'_, PyAny>,
    raters: &str,
    level: f64,
) -> PyResult<Option<IntraclassCorrelation>> {
    let by_rater = Reader::default().table("ratings", ratings)?.values;
    let (raters, confidence) = (one_of("raters", raters, &RATERS)?, confidence(level)?);
    computed(py, &[], move || {
        let n_targets = by_rater.first().map_or(0, Vec::len);
        let rows: Vec<Vec<f64>> = (0..n_targets)
            .map(|target| by_rater.iter().map(|column| column[target]).collect())
            .collect();
        let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
        methods::intraclass_correlation(&rows, raters, confidence)
    })
}
