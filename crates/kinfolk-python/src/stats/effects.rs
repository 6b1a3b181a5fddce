//! What did the treatment do?

use kinfolk::stats::effect::{self, Arms, Population, Weighting};
use pyo3::prelude::*;

use super::columns::{AT_LEAST_ZERO, Columns, Reader};
use super::results::{Interval, functions, results};
use super::run::{computed, confidence};
use super::weights::ESTIMANDS;
use crate::options::one_of;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    functions!(module: unadjusted, standardised, weighted, doubly_robust);
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
        Some(column) => rows.numbers_in(AT_LEAST_ZERO, "weights", column)?,
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

/// Two arms as columns.
pub(super) struct Data {
    outcome: Vec<f64>,
    treated: Vec<bool>,
    pub(super) covariates: Columns,
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

    pub(super) fn read(
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

    pub(super) fn arms<'a>(&'a self, covariates: &'a [&'a [f64]]) -> Arms<'a> {
        Arms {
            treated: &self.treated,
            outcome: &self.outcome,
            covariates,
            clusters: self.clusters.as_deref(),
        }
    }
}
