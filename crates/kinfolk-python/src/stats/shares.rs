//! Shares: one, two side by side, many groups of one share.

use kinfolk::stats as methods;
use kinfolk::stats::{PairedProportions, Proportion};
use pyo3::prelude::*;

use super::columns::Reader;
use super::results::{Estimated, Given, Interval, functions, results};
use super::run::{confidence, proportion, raised};

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    functions!(module: wilson, clopper_pearson, wilson_clustered, risk_difference,
        paired_risk_difference, risk_ratio, odds_ratio, funnel_limits, overdispersion);
    Ok(())
}

results! {
    /// A share of clustered trials.
    ClusteredProportion from methods::ClusteredProportion {
        /// All successes over all trials, 0 to 1.
        share: f64,
        /// The interval.
        interval: Interval,
        /// How much the clusters widen the variance; `None` where it cannot be estimated.
        design_effect: Option<f64>,
        /// The number of independent trials that would say as much.
        effective_trials: f64,
    }

    /// A ratio with its interval.
    Ratio from methods::Ratio {
        /// The ratio and its interval, both above 0.
        estimate: Estimated,
        /// Whether a cell of the table was 0 and each of the four got another half.
        adjusted: bool,
    }
}

/// Which shares agree with so many successes of so many trials? Wilson's score interval.
///
/// Parameters
/// ----------
/// successes, trials : whole numbers
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// Estimated : the share and its interval, 0 to 1; `None` without trials
///
/// Raises
/// ------
/// DataError : for more successes than trials
///
/// Source
/// ------
/// docs/methods/wilson.md
#[pyfunction]
#[pyo3(signature = (successes, trials, *, level = 0.95))]
fn wilson(successes: u64, trials: u64, level: f64) -> PyResult<Option<Estimated>> {
    let share = proportion([successes, trials])?;
    Ok(methods::wilson(share, confidence(level)?).given())
}

/// Which shares agree with the counts, with never less than the level? Clopper and Pearson's interval.
///
/// Parameters
/// ----------
/// successes, trials : whole numbers
/// level : the least level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// Estimated : the share and its interval, 0 to 1; `None` without trials
///
/// Raises
/// ------
/// DataError : for more successes than trials
///
/// Source
/// ------
/// docs/methods/clopper-pearson.md
#[pyfunction]
#[pyo3(signature = (successes, trials, *, level = 0.95))]
fn clopper_pearson(successes: u64, trials: u64, level: f64) -> PyResult<Option<Estimated>> {
    let share = proportion([successes, trials])?;
    Ok(methods::clopper_pearson(share, confidence(level)?).given())
}

/// Which shares agree with the data where several trials belong to one child?
///
/// Parameters
/// ----------
/// successes, trials : columns of whole numbers, one row a cluster
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// ClusteredProportion : share and interval, 0 to 1; `None` without trials
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, or more successes than trials
///
/// Source
/// ------
/// docs/methods/wilson-cluster.md
#[pyfunction]
#[pyo3(signature = (successes, trials, *, level = 0.95))]
fn wilson_clustered(
    successes: &Bound<'_, PyAny>,
    trials: &Bound<'_, PyAny>,
    level: f64,
) -> PyResult<Option<ClusteredProportion>> {
    let clusters = proportions(successes, trials)?;
    Ok(methods::wilson_clustered(&clusters, confidence(level)?).given())
}

/// By how much do two groups differ? The first share less the second, with Newcombe's interval.
///
/// Parameters
/// ----------
/// first, second : (successes, trials) of each group
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// Estimated : the difference and its interval, -1 to 1; `None` when a group is empty
///
/// Raises
/// ------
/// DataError : for more successes than trials
///
/// Source
/// ------
/// docs/methods/risk-difference.md
#[pyfunction]
#[pyo3(signature = (first, second, *, level = 0.95))]
fn risk_difference(first: [u64; 2], second: [u64; 2], level: f64) -> PyResult<Option<Estimated>> {
    let (first, second) = (proportion(first)?, proportion(second)?);
    Ok(methods::risk_difference(first, second, confidence(level)?).given())
}

/// By how much did a share change, person by person? The second less the first, with Newcombe's
/// interval for pairs.
///
/// Parameters
/// ----------
/// both, first_only, second_only, neither : people by yes or no at the two occasions
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// Estimated : the difference and its interval, -1 to 1; `None` without people
///
/// Raises
/// ------
/// UsageError : for a level out of range
///
/// Source
/// ------
/// docs/methods/risk-difference.md
#[pyfunction]
#[pyo3(signature = (*, both, first_only, second_only, neither, level = 0.95))]
fn paired_risk_difference(
    both: u64,
    first_only: u64,
    second_only: u64,
    neither: u64,
    level: f64,
) -> PyResult<Option<Estimated>> {
    let pairs = PairedProportions {
        both,
        first_only,
        second_only,
        neither,
    };
    Ok(methods::paired_risk_difference(pairs, confidence(level)?).given())
}

/// How many times the share of the second group is that of the first? With the log interval.
///
/// Parameters
/// ----------
/// first, second : (successes, trials) of each group
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// Ratio : above 0; with a half added to each cell where one is 0. `None` when a group is empty or
///     nobody succeeds
///
/// Raises
/// ------
/// DataError : for more successes than trials
///
/// Source
/// ------
/// docs/methods/ratios.md
#[pyfunction]
#[pyo3(signature = (first, second, *, level = 0.95))]
fn risk_ratio(first: [u64; 2], second: [u64; 2], level: f64) -> PyResult<Option<Ratio>> {
    let (first, second) = (proportion(first)?, proportion(second)?);
    Ok(methods::risk_ratio(first, second, confidence(level)?).given())
}

/// How many times the odds of the second group are those of the first? With Woolf's interval.
///
/// Parameters
/// ----------
/// first, second : (successes, trials) of each group
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// Ratio : above 0; with a half added to each cell where one is 0. `None` when a group is empty, or
///     nobody or everybody succeeds
///
/// Raises
/// ------
/// DataError : for more successes than trials
///
/// Source
/// ------
/// docs/methods/ratios.md
#[pyfunction]
#[pyo3(signature = (first, second, *, level = 0.95))]
fn odds_ratio(first: [u64; 2], second: [u64; 2], level: f64) -> PyResult<Option<Ratio>> {
    let (first, second) = (proportion(first)?, proportion(second)?);
    Ok(methods::odds_ratio(first, second, confidence(level)?).given())
}

/// Between which shares would a group lie, with at least the level, if each of its members had the same
/// chance as all?
///
/// Parameters
/// ----------
/// chance : the common share, 0 to 1
/// trials : the size of the group
/// level : the least level, 0.5 to 0.999
///
/// Returns
/// -------
/// Interval : shares that the group can have; `None` without trials or for a chance out of range
///
/// Raises
/// ------
/// UsageError : for a level out of range
///
/// Source
/// ------
/// docs/methods/funnel.md
#[pyfunction]
#[pyo3(signature = (chance, trials, *, level = 0.95))]
fn funnel_limits(chance: f64, trials: u64, level: f64) -> PyResult<Option<Interval>> {
    Ok(methods::funnel_limits(chance, trials, confidence(level)?).given())
}

/// How many times as far as chance alone would have it do groups lie from a common share?
///
/// Parameters
/// ----------
/// successes, trials : columns of whole numbers, one row a group
///
/// Returns
/// -------
/// float : about 1 without overdispersion; `None` for fewer than two groups with trials, or a share of
///     0 or 1
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, or more successes than trials
///
/// Source
/// ------
/// docs/methods/funnel.md
#[pyfunction]
fn overdispersion(
    successes: &Bound<'_, PyAny>,
    trials: &Bound<'_, PyAny>,
) -> PyResult<Option<f64>> {
    Ok(methods::overdispersion(&proportions(successes, trials)?))
}

fn proportions(
    successes: &Bound<'_, PyAny>,
    trials: &Bound<'_, PyAny>,
) -> PyResult<Vec<Proportion>> {
    let mut rows = Reader::default();
    let successes = rows.counts("successes", successes)?;
    let trials = rows.counts("trials", trials)?;
    let pairs = successes.into_iter().zip(trials);
    let found: Result<Vec<_>, _> = pairs.map(|(s, n)| Proportion::new(s, n)).collect();
    found.map_err(|error| raised(&error, &[]))
}
