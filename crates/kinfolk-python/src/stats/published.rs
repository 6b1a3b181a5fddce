//! What can be worked out from figures that others print.

use kinfolk::stats::published::{self as methods, Printed, Summary};
use pyo3::prelude::*;
use pyo3::types::PyRange;

use super::means::TTest;
use super::results::{Given, Interval, functions, results};
use super::run::{confidence, given, raised};
use super::sizes::EffectSize;
use super::two_groups::WelchDifference;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    module.add_class::<PrintedNumber>()?;
    functions!(module: compare_means, coefficient_test, fit_of_squares);
    Ok(())
}

results! {
    /// How two printed means differ.
    MeansCompared from methods::MeansCompared {
        /// With each group's own spread: the one to report.
        welch: WelchDifference,
        /// With one spread for both; `None` without spread.
        pooled: Option<TTest>,
        /// In standard deviations; `None` with fewer than four values or no spread.
        size: Option<EffectSize>,
    }

    /// What a printed coefficient comes to.
    CoefficientTest from methods::CoefficientTest {
        /// Student's t.
        test: TTest,
        /// The interval.
        interval: Interval,
    }

    /// How well a regression fits.
    FitOfSquares from methods::FitOfSquares {
        /// The mean square of the model over that of the residuals.
        f: f64,
        /// How often chance alone would give one as large.
        p_value: f64,
        /// The share of the squares that the model explains, 0 to 1.
        r_squared: f64,
        /// The same, allowing for the number of covariates.
        r_squared_adjusted: f64,
        /// The residual standard deviation, in units of the outcome.
        root_mean_square_error: f64,
    }
}

/// A number as it was printed, rounded to so many decimals, halves either way.
#[pyclass(frozen, module = "kinfolk.stats", name = "Printed")]
struct PrintedNumber(Printed);

#[pymethods]
impl PrintedNumber {
    #[new]
    fn new(value: f64, decimals: u8) -> Self {
        Self(Printed::new(value, decimals))
    }

    /// Whether a number would be printed so.
    fn agrees_with(&self, number: f64) -> bool {
        self.0.agrees_with(number)
    }

    /// The counts that, as a percentage of `n`, would be printed so; an empty range where there are none.
    fn counts<'py>(&self, py: Python<'py>, n: u64) -> PyResult<Bound<'py, PyRange>> {
        whole_numbers(py, self.0.counts(n))
    }

    /// The sums of `n` whole numbers from 0 up whose mean would be printed so; an empty range where there
    /// are none.
    fn sums<'py>(&self, py: Python<'py>, n: u64) -> PyResult<Bound<'py, PyRange>> {
        whole_numbers(py, self.0.sums(n))
    }

    /// The numbers of people, up to `most`, of whom some count gives this percentage.
    fn sizes_for_share(&self, most: u64) -> Vec<u64> {
        self.0.sizes_for_share(most)
    }

    /// The same for the mean of whole numbers.
    fn sizes_for_mean(&self, most: u64) -> Vec<u64> {
        self.0.sizes_for_mean(most)
    }
}

fn whole_numbers(
    py: Python<'_>,
    found: std::ops::RangeInclusive<u64>,
) -> PyResult<Bound<'_, PyRange>> {
    let end = |number: u64| isize::try_from(number).unwrap_or(isize::MAX);
    let (first, last) = found.into_inner();
    PyRange::new(py, end(first), end(last).saturating_add(1))
}

/// By how much do two printed means differ? The first less the second, unadjusted.
///
/// Parameters
/// ----------
/// first, second : (n, mean, standard deviation) of each group
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// MeansCompared : in the units of the means
///
/// Raises
/// ------
/// DataError : for a group without values, or a mean that is no number
/// UsageError : for a standard deviation below 0
///
/// Source
/// ------
/// docs/methods/published.md
#[pyfunction]
#[pyo3(signature = (first, second, *, level = 0.95))]
fn compare_means(
    first: (u64, f64, f64),
    second: (u64, f64, f64),
    level: f64,
) -> PyResult<MeansCompared> {
    let (first, second) = (summary(first)?, summary(second)?);
    let confidence = confidence(level)?;
    Ok(methods::compare_means(first, second, confidence).given())
}

fn summary((n, mean, sd): (u64, f64, f64)) -> PyResult<Summary> {
    Summary::new(n, mean, sd).map_err(|error| raised(&error, &[]))
}

/// Is a printed coefficient more than chance?
///
/// Parameters
/// ----------
/// coefficient : in the units of the outcome
/// standard_error : above 0
/// degrees_of_freedom : of the residuals, from 1 on
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// CoefficientTest : Student's t, two-sided, and the interval
///
/// Raises
/// ------
/// DataError : for a number that is none, or no degree of freedom
/// UsageError : for a standard error not above 0
///
/// Source
/// ------
/// docs/methods/published.md
#[pyfunction]
#[pyo3(signature = (coefficient, standard_error, *, degrees_of_freedom, level = 0.95))]
fn coefficient_test(
    coefficient: f64,
    standard_error: f64,
    degrees_of_freedom: u64,
    level: f64,
) -> PyResult<CoefficientTest> {
    let confidence = confidence(level)?;
    given(methods::coefficient_test(
        coefficient,
        standard_error,
        degrees_of_freedom,
        confidence,
    ))
}

/// How well does a printed regression fit, from its sums of squares?
///
/// Parameters
/// ----------
/// model, residual : (sum of squares, degrees of freedom) of each
///
/// Returns
/// -------
/// FitOfSquares : F with its probability, R squared, and the residual standard deviation
///
/// Raises
/// ------
/// DataError : for a sum of squares not above 0, or no degree of freedom
///
/// Source
/// ------
/// docs/methods/published.md
#[pyfunction]
#[pyo3(signature = (*, model, residual))]
fn fit_of_squares(model: (f64, u64), residual: (f64, u64)) -> PyResult<FitOfSquares> {
    given(methods::fit_of_squares(
        [model.0, residual.0],
        [model.1, residual.1],
    ))
}
