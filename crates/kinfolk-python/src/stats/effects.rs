//! What did the treatment do?

use std::num::NonZeroUsize;

use kinfolk::stats::effect::{self, Arms, BootstrapOptions, Population, Weighting};
use kinfolk::stats::matching::{Caliper, Greedy};
use pyo3::prelude::*;

use super::columns::{Columns, Reader};
use super::results::{Interval, functions, results};
use super::run::{computed, confidence};
use super::weights::ESTIMANDS;
use crate::errors::UsageError;
use crate::options::one_of;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    functions!(module: unadjusted, standardised, weighted, doubly_robust, bootstrap_matched);
    Ok(())
}

const POPULATIONS: [(&str, Population); 2] = [
    ("treated", Population::Treated),
    ("everybody", Population::Everybody),
];

results! {
    /// A comparison of the arms on one scale.
    Effect from effect::Effect {
        /// Treated less comparators, or treated over comparators.
        value: f64,
        /// Its interval; `None` where there is none.
        interval: Option<Interval>,
        /// The standard error: of the value for a difference, of its logarithm for a ratio.
        standard_error: Option<f64>,
        /// Degrees of freedom, infinite where the normal distribution serves.
        degrees_of_freedom: Option<f64>,
        /// Two-sided, against no difference.
        p_value: Option<f64>,
    }

    /// Two arms beside each other.
    Effects from effect::Effects {
        /// The mean or the share of the treated.
        mean_treated: f64,
        /// That of comparators, adjusted.
        mean_control: f64,
        /// Treated less comparators: a difference of means, or of shares.
        difference: Effect,
        /// The ratio of the shares; `None` for a measured outcome.
        ratio: Option<Effect>,
        /// The ratio of the odds; likewise.
        odds_ratio: Option<Effect>,
        /// Covariates that said nothing new among those who count, and were left out.
        n_left_out: usize,
    }

    /// How the matched difference varies from sample to sample.
    Bootstrap from effect::Bootstrap {
        /// The difference in the sample itself.
        value: f64,
        /// The standard deviation of the draws.
        standard_error: f64,
        /// Between the draws' percentiles.
        interval: Interval,
        /// How many draws gave an effect.
        n_draws: usize,
        /// How many did not.
        n_failed: usize,
    }
}

/// How do the arms differ as they are? Report this beside an adjusted effect.
///
/// Parameters
/// ----------
/// outcome : column of numbers, or of yes and no (1 and 0)
/// treated : column of who is treated
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// Effects : shares by Newcombe's difference and Fisher's test; means by Welch's
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, or an arm of fewer than two
///
/// Source
/// ------
/// docs/methods/effect.md
#[pyfunction]
#[pyo3(signature = (outcome, treated, *, level = 0.95))]
fn unadjusted(
    py: Python<'_>,
    outcome: &Bound<'_, PyAny>,
    treated: &Bound<'_, PyAny>,
    level: f64,
) -> PyResult<Effects> {
    let data = Data::read(&mut Reader::default(), [outcome, treated], None, None)?;
    let confidence = confidence(level)?;
    computed(py, &[], move || {
        effect::unadjusted(&data.arms(&data.covariates.slices()), confidence)
    })
}

/// How do the treated differ from what their outcome would be expected to be as comparators? A
/// regression within each arm of the matched or weighted sample, averaged over the treated.
///
/// Parameters
/// ----------
/// outcome : column of numbers, or of yes and no (1 and 0)
/// treated : column of who is treated
/// covariates : a frame, a dictionary or a list of columns of numbers; none for weighted means
/// weights : column of weights, such as those of `match_greedily`; all 1 without it
/// clusters : column of who belongs together, such as a matched pair; asks for errors by cluster
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// Effects : for the treated, with errors by Bell and McCaffrey (CR2)
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, and for arms too small
///
/// Source
/// ------
/// docs/methods/effect.md
#[pyfunction]
#[pyo3(signature = (outcome, treated, covariates = None, *, weights = None, clusters = None, level = 0.95))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn standardised(
    py: Python<'_>,
    outcome: &Bound<'_, PyAny>,
    treated: &Bound<'_, PyAny>,
    covariates: Option<&Bound<'_, PyAny>>,
    weights: Option<&Bound<'_, PyAny>>,
    clusters: Option<&Bound<'_, PyAny>>,
    level: f64,
) -> PyResult<Effects> {
    let mut rows = Reader::default();
    let data = Data::read(&mut rows, [outcome, treated], covariates, clusters)?;
    let weights = match weights {
        Some(column) => rows.numbers("weights", column)?,
        None => vec![1.0; data.treated.len()],
    };
    let (names, confidence) = (data.covariates.names.clone(), confidence(level)?);
    computed(py, &names, move || {
        effect::standardised(&data.arms(&data.covariates.slices()), &weights, confidence)
    })
}

/// How do the arms differ, each subject counting by its weight? With errors that count those of the
/// weights.
///
/// Parameters
/// ----------
/// outcome : column of numbers, or of yes and no (1 and 0)
/// treated : column of who is treated
/// covariates : a frame, a dictionary or a list of columns of numbers
/// weighting : "propensity" or "entropy"
/// estimand : for whom, with "propensity": "treated", "everybody" or "overlap"
/// clusters : column of who belongs together
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// Effects : weighted means and their difference
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, arms too small, or arms that do not overlap
///
/// Source
/// ------
/// docs/methods/effect.md
#[pyfunction]
#[pyo3(signature = (
    outcome, treated, covariates, *, weighting = "propensity", estimand = "treated", clusters = None,
    level = 0.95,
))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn weighted(
    py: Python<'_>,
    outcome: &Bound<'_, PyAny>,
    treated: &Bound<'_, PyAny>,
    covariates: &Bound<'_, PyAny>,
    weighting: &str,
    estimand: &str,
    clusters: Option<&Bound<'_, PyAny>>,
    level: f64,
) -> PyResult<Effects> {
    let estimand = one_of("estimand", estimand, &ESTIMANDS)?;
    let weightings = [
        ("propensity", Weighting::Propensity(estimand)),
        ("entropy", Weighting::Entropy),
    ];
    let weighting = one_of("weighting", weighting, &weightings)?;
    let data = Data::of_all([outcome, treated], covariates, clusters)?;
    let (names, confidence) = (data.covariates.names.clone(), confidence(level)?);
    computed(py, &names, move || {
        effect::weighted(&data.arms(&data.covariates.slices()), weighting, confidence)
    })
}

/// How do the arms differ, by regressions whose misfit is weighted by the propensity score (AIPW)? Right
/// when either is.
///
/// Parameters
/// ----------
/// outcome : column of numbers, or of yes and no (1 and 0)
/// treated : column of who is treated
/// covariates : a frame, a dictionary or a list of columns of numbers
/// population : for whom: "treated" or "everybody"
/// clusters : column of who belongs together
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// Effects : adjusted means and their difference
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, arms too small, or arms that do not overlap
///
/// Source
/// ------
/// docs/methods/effect.md
#[pyfunction]
#[pyo3(signature = (
    outcome, treated, covariates, *, population = "treated", clusters = None, level = 0.95,
))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn doubly_robust(
    py: Python<'_>,
    outcome: &Bound<'_, PyAny>,
    treated: &Bound<'_, PyAny>,
    covariates: &Bound<'_, PyAny>,
    population: &str,
    clusters: Option<&Bound<'_, PyAny>>,
    level: f64,
) -> PyResult<Effects> {
    let population = one_of("population", population, &POPULATIONS)?;
    let data = Data::of_all([outcome, treated], covariates, clusters)?;
    let (names, confidence) = (data.covariates.names.clone(), confidence(level)?);
    computed(py, &names, move || {
        effect::doubly_robust(
            &data.arms(&data.covariates.slices()),
            population,
            confidence,
        )
    })
}

/// How would the matched difference vary were the subjects drawn anew?
///
/// Parameters
/// ----------
/// outcome : column of numbers, or of yes and no (1 and 0)
/// treated : column of who is treated
/// covariates : a frame, a dictionary or a list of columns of numbers, for the propensity score
/// draws : how many samples to draw
/// seed : the same seed gives the same samples
/// adjust_for : covariates of a regression on the matched sample; none for the plain difference
/// ratio : comparators for each treated subject
/// caliper : in standard deviations of the logit; `None` for no limit
/// exact : column of words or numbers in which pairs must be the same
/// clusters : column of who is drawn together
/// threads : how many draws to work on at a time; changes no number
/// level : the level of the interval, 0.5 to 0.999
///
/// Returns
/// -------
/// Bootstrap : the difference and its spread over draws
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, or too many draws without an effect
/// UsageError : for an option out of range
///
/// Source
/// ------
/// docs/methods/effect-bootstrap.md
#[pyfunction]
#[pyo3(signature = (
    outcome, treated, covariates, *, draws, seed, adjust_for = None, ratio = 1, caliper = Some(0.2),
    exact = None, clusters = None, threads = 1, level = 0.95,
),
    text_signature = "(outcome, treated, covariates, *, draws, seed, adjust_for=None, ratio=1, \
    caliper=0.2, exact=None, clusters=None, threads=1, level=0.95)",
)]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn bootstrap_matched(
    py: Python<'_>,
    outcome: &Bound<'_, PyAny>,
    treated: &Bound<'_, PyAny>,
    covariates: &Bound<'_, PyAny>,
    draws: usize,
    seed: u64,
    adjust_for: Option<&Bound<'_, PyAny>>,
    ratio: usize,
    caliper: Option<f64>,
    exact: Option<&Bound<'_, PyAny>>,
    clusters: Option<&Bound<'_, PyAny>>,
    threads: usize,
    level: f64,
) -> PyResult<Bootstrap> {
    let mut rows = Reader::default();
    let data = Data::read(&mut rows, [outcome, treated], Some(covariates), clusters)?;
    let adjust_for = rows.table_or_none("adjust_for", adjust_for)?;
    let exact = exact
        .map(|column| Ok::<_, PyErr>(rows.groups("exact", column)?.codes))
        .transpose()?;
    let (names, confidence) = (data.covariates.names.clone(), confidence(level)?);
    let threads = NonZeroUsize::new(threads)
        .ok_or_else(|| UsageError::new_err("threads: at least 1 is needed"))?;
    computed(py, &names, move || {
        let options = BootstrapOptions {
            draws,
            seed,
            threads,
            matching: Greedy {
                ratio,
                caliper: caliper.map(Caliper::StandardDeviations),
                ..Greedy::default()
            },
            exact: exact.as_deref(),
            adjust_for: &adjust_for.slices(),
        };
        effect::bootstrap_matched(&data.arms(&data.covariates.slices()), &options, confidence)
    })
}

/// Two arms as columns.
struct Data {
    outcome: Vec<f64>,
    treated: Vec<bool>,
    covariates: Columns,
    clusters: Option<Vec<usize>>,
}

impl Data {
    fn of_all(
        arms: [&Bound<'_, PyAny>; 2],
        covariates: &Bound<'_, PyAny>,
        clusters: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        Self::read(&mut Reader::default(), arms, Some(covariates), clusters)
    }

    fn read(
        rows: &mut Reader,
        [outcome, treated]: [&Bound<'_, PyAny>; 2],
        covariates: Option<&Bound<'_, PyAny>>,
        clusters: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        Ok(Self {
            outcome: rows.numbers("outcome", outcome)?,
            treated: rows.truths("treated", treated)?,
            covariates: rows.table_or_none("covariates", covariates)?,
            clusters: clusters
                .map(|column| Ok::<_, PyErr>(rows.groups("clusters", column)?.positions()))
                .transpose()?,
        })
    }

    fn arms<'a>(&'a self, covariates: &'a [&'a [f64]]) -> Arms<'a> {
        Arms {
            treated: &self.treated,
            outcome: &self.outcome,
            covariates,
            clusters: self.clusters.as_deref(),
        }
    }
}
