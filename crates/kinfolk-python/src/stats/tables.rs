//! Small tables of counts.

use kinfolk::stats as methods;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use super::results::{ChiSquareTest, ExactRatio, Given, functions, results};
use super::run::{computed, confidence, long, proportion};

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    functions!(module: fisher_exact, barnard_exact, boschloo_exact, pearson_chi_square, mcnemar, stuart_maxwell,
        bhapkar);
    Ok(())
}

results! {
    /// Fisher's test and the odds ratio that goes with it.
    FisherExact from methods::FisherExact {
        /// The chance of a table no more likely than this one.
        two_sided: f64,
        /// The same, counting tables just as likely by half.
        mid_p: f64,
        /// The chance of at most as many successes in the first group.
        less: f64,
        /// The chance of at least as many.
        greater: f64,
        /// The conditional odds ratio.
        odds_ratio: ExactRatio,
    }

    /// Boschloo's test.
    BoschlooExact from methods::BoschlooExact {
        /// The chance of so low a share in the first group, or a lower one.
        less: f64,
        /// The chance of so high a share in the first group, or a higher one.
        greater: f64,
        /// Twice the smaller of the two, 1 at most.
        two_sided: f64,
    }

    /// Pearson's chi-square for two groups.
    PearsonChiSquare from methods::PearsonChiSquare {
        /// The statistic without continuity correction, on one degree of freedom.
        test: ChiSquareTest,
        /// The same with Yates' correction: nearer to `fisher_exact`, and too cautious.
        corrected: ChiSquareTest,
        /// The least of the four counts to be expected if the groups do not differ; below 5 use
        /// `fisher_exact`.
        least_expected: f64,
    }

    /// The people who changed between two occasions, and how unusual their split is.
    McNemar from methods::McNemar {
        /// Yes at the first occasion only.
        first_only: u64,
        /// Yes at the second occasion only.
        second_only: u64,
        /// Two-sided, by the toss of a fair coin for each person who changed.
        exact: f64,
        /// The same, counting splits just as uneven by half.
        mid_p: f64,
        /// Without continuity correction; `None` when nobody changed.
        chi_square: Option<ChiSquareTest>,
        /// With it; `None` when nobody changed.
        chi_square_corrected: Option<ChiSquareTest>,
    } => {
        /// The probability to report: exact when fewer than 25 people changed.
        p_value: f64 = methods::McNemar::p_value,
    }

    /// Whether a group is spread differently over bands at two occasions.
    MarginalHomogeneity from methods::MarginalHomogeneity {
        /// The statistic, its degrees of freedom and its probability.
        test: ChiSquareTest,
        /// Everybody in the table.
        people: u64,
        /// Those in another band the second time.
        moved: u64,
        /// Bands, from 0, that nobody left or entered; they take no degree of freedom.
        still: Vec<usize>,
    }
}

/// Do two small groups differ? Fisher's exact test, with the conditional odds ratio and its exact
/// interval.
///
/// Parameters
/// ----------
/// first, second : (successes, trials) of each group
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// FisherExact : probabilities and the odds ratio of the first group over the second; `None` when one
///     table only is possible
///
/// Raises
/// ------
/// DataError : for more successes than trials
///
/// Source
/// ------
/// docs/methods/fisher.md
#[pyfunction]
#[pyo3(signature = (first, second, *, level = 0.95))]
fn fisher_exact(
    py: Python<'_>,
    first: [u64; 2],
    second: [u64; 2],
    level: f64,
) -> PyResult<Option<FisherExact>> {
    let (first, second) = (proportion(first)?, proportion(second)?);
    let confidence = confidence(level)?;
    computed(py, &[], move || {
        Ok(methods::fisher_exact(first, second, confidence))
    })
}

/// Do two small groups differ? Barnard's test, which holds the sizes of the groups only.
///
/// Parameters
/// ----------
/// first, second : (successes, trials) of each group, up to some thousands
///
/// Returns
/// -------
/// float : the two-sided probability; `None` when a group is empty
///
/// Raises
/// ------
/// DataError : for more successes than trials
///
/// Source
/// ------
/// docs/methods/fisher.md
#[pyfunction]
fn barnard_exact(py: Python<'_>, first: [u64; 2], second: [u64; 2]) -> PyResult<Option<f64>> {
    let (first, second) = (proportion(first)?, proportion(second)?);
    long(py, &[], move || Ok(methods::barnard_exact(first, second)))
}

/// Do two small groups differ? Boschloo's test: Fisher's chance with the sizes of the groups held only.
///
/// Parameters
/// ----------
/// first, second : (successes, trials) of each group, up to some thousands
///
/// Returns
/// -------
/// BoschlooExact : one-sided and two-sided probabilities; `None` when a group is empty
///
/// Raises
/// ------
/// DataError : for more successes than trials
///
/// Source
/// ------
/// docs/methods/fisher.md
#[pyfunction]
fn boschloo_exact(
    py: Python<'_>,
    first: [u64; 2],
    second: [u64; 2],
) -> PyResult<Option<BoschlooExact>> {
    let (first, second) = (proportion(first)?, proportion(second)?);
    computed(py, &[], move || Ok(methods::boschloo_exact(first, second)))
}

/// Do two groups differ? Pearson's chi-square, without and with continuity correction.
///
/// Parameters
/// ----------
/// first, second : (successes, trials) of each group
///
/// Returns
/// -------
/// PearsonChiSquare : `None` when a group is empty, or when all succeed or none do
///
/// Raises
/// ------
/// DataError : for more successes than trials
///
/// Source
/// ------
/// docs/methods/fisher.md
#[pyfunction]
fn pearson_chi_square(first: [u64; 2], second: [u64; 2]) -> PyResult<Option<PearsonChiSquare>> {
    let (first, second) = (proportion(first)?, proportion(second)?);
    Ok(methods::pearson_chi_square(first, second).given())
}

/// Did the share of people saying yes change? McNemar's test, from those who changed.
///
/// Parameters
/// ----------
/// first_only, second_only : people who said yes at the first occasion only, and at the second only
///
/// Returns
/// -------
/// McNemar : four probabilities, and the one to report
///
/// Raises
/// ------
/// OverflowError : for a count below 0
///
/// Source
/// ------
/// docs/methods/mcnemar.md
#[pyfunction]
fn mcnemar(first_only: u64, second_only: u64) -> McNemar {
    methods::mcnemar(first_only, second_only).given()
}

/// Has the spread over bands changed? The test of Stuart and Maxwell.
///
/// Parameters
/// ----------
/// table : people by band; a row for each band at the first occasion, a column for each at the second
///
/// Returns
/// -------
/// MarginalHomogeneity : `None` when nobody moved
///
/// Raises
/// ------
/// DataError : for a table with more or fewer columns than rows
///
/// Source
/// ------
/// docs/methods/marginal-homogeneity.md
#[pyfunction]
fn stuart_maxwell(
    py: Python<'_>,
    table: &Bound<'_, PyAny>,
) -> PyResult<Option<MarginalHomogeneity>> {
    let table = counts(table)?;
    computed(py, &[], move || methods::stuart_maxwell(&table))
}

/// Has the spread over bands changed? Bhapkar's test, more powerful than Stuart and Maxwell's.
///
/// Parameters
/// ----------
/// table : people by band; a row for each band at the first occasion, a column for each at the second
///
/// Returns
/// -------
/// MarginalHomogeneity : `None` when nobody moved, or everybody from one band to one other
///
/// Raises
/// ------
/// DataError : for a table with more or fewer columns than rows
///
/// Source
/// ------
/// docs/methods/marginal-homogeneity.md
#[pyfunction]
fn bhapkar(py: Python<'_>, table: &Bound<'_, PyAny>) -> PyResult<Option<MarginalHomogeneity>> {
    let table = counts(table)?;
    computed(py, &[], move || methods::bhapkar(&table))
}

/// A table of counts from a list of rows, or an array.
fn counts(table: &Bound<'_, PyAny>) -> PyResult<Vec<Vec<u64>>> {
    let rows = match table.hasattr("tolist")? {
        true => table.call_method0("tolist")?,
        false => table.clone(),
    };
    rows.extract().map_err(|error: PyErr| {
        PyTypeError::new_err(format!(
            "table: give rows of whole numbers from 0 on, such as [[8, 2], [1, 9]] ({error})"
        ))
    })
}
