//! Repeated measures of the same children, some missing.

use kinfolk::stats::StatsError;
use kinfolk::stats::mmrm::{
    self, Covariance, DegreesMethod, Effect, Inference, Likelihood, Model, Panel, StepDown,
    StepDownReason,
};
use pyo3::prelude::*;

use super::columns::{ColumnsWithGaps, Reader};
use super::frames::of_contrasts;
use super::repeated::RepeatedMeasures;
use super::results::functions;
use super::run::{confidence, long};
use crate::errors::{DataError, UsageError};
use crate::options::one_of;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    functions!(module: repeated_measures);
    Ok(())
}

const EFFECTS: [(&str, Effect); 2] = [("common", Effect::Common), ("per-visit", Effect::PerVisit)];

const COVARIANCES: [(&str, Covariance); 5] = [
    ("unstructured", Covariance::Unstructured),
    ("heterogeneous-toeplitz", Covariance::HeterogeneousToeplitz),
    ("toeplitz", Covariance::Toeplitz),
    ("autoregressive", Covariance::Autoregressive),
    ("compound-symmetry", Covariance::CompoundSymmetry),
];

const LIKELIHOODS: [(&str, Likelihood); 2] = [
    ("restricted", Likelihood::Restricted),
    ("full", Likelihood::Full),
];

const DEGREES: [(&str, DegreesMethod); 4] = [
    ("satterthwaite", DegreesMethod::Satterthwaite),
    ("kenward-roger", DegreesMethod::KenwardRoger),
    ("kenward-roger-linear", DegreesMethod::KenwardRogerLinear),
    (
        "kenward-roger-expected",
        DegreesMethod::KenwardRogerExpected,
    ),
];

/// What are the means by visit, when some scores are missing? A mixed model for repeated measures.
///
/// Parameters
/// ----------
/// scores : a frame, a dictionary or a list of columns of numbers: a row a subject, a column a visit in
///     order; cells may be missing
/// covariates : a frame, a dictionary or a list of columns of numbers that do not change between visits
/// means : "per-visit" or "common"
/// slopes : of the covariates: "per-visit" or "common", or a list with one of these for each
/// ladder : the covariances to try, in order, out of "unstructured", "heterogeneous-toeplitz",
///     "toeplitz", "autoregressive", "compound-symmetry"; all of them without it
/// likelihood : "restricted" or "full"
/// degrees : "satterthwaite", "kenward-roger", "kenward-roger-linear" or "kenward-roger-expected"
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// Mmrm : means, changes and contrasts in the units of the scores
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, or when no covariance of the ladder can be estimated
/// UsageError : for an option out of range
///
/// Source
/// ------
/// docs/methods/mmrm.md
#[pyfunction]
#[pyo3(name = "mmrm", signature = (
    scores, covariates = None, *, means = "per-visit", slopes = Slopes::One("per-visit".to_owned()),
    ladder = None, likelihood = "restricted", degrees = "satterthwaite", level = 0.95,
),
    text_signature = "(scores, covariates=None, *, means='per-visit', slopes='per-visit', ladder=None, \
    likelihood='restricted', degrees='satterthwaite', level=0.95)",
)]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn repeated_measures(
    py: Python<'_>,
    scores: &Bound<'_, PyAny>,
    covariates: Option<&Bound<'_, PyAny>>,
    means: &str,
    slopes: Slopes,
    ladder: Option<Vec<String>>,
    likelihood: &str,
    degrees: &str,
    level: f64,
) -> PyResult<RepeatedMeasures> {
    let mut rows = Reader::default();
    let ColumnsWithGaps {
        names: visits,
        values: scores,
    } = rows.table_with_gaps("scores", scores)?;
    let covariates = rows.table_or_none("covariates", covariates)?;
    let model = Model {
        means: one_of("means", means, &EFFECTS)?,
        covariates: slopes.of_each(covariates.names.len())?,
        ladder: rungs(ladder)?,
        likelihood: one_of("likelihood", likelihood, &LIKELIHOODS)?,
    };
    let inference = Inference {
        degrees: one_of("degrees", degrees, &DEGREES)?,
        confidence: confidence(level)?,
    };
    let names = term_names(&visits, &covariates.names, &model);
    let fitted = long(py, &covariates.names, move || {
        mmrm::fit(&panel(&scores, &covariates.values)?, &model)
    })?;
    let passed_over: Vec<String> = fitted.steps_down.iter().map(in_words).collect();
    let fit = fitted.fit.ok_or_else(|| refused(&passed_over))?;
    let at_visits: Vec<_> = (0..visits.len())
        .map(|visit| fit.mean_at(visit, inference))
        .collect();
    let terms: Vec<_> = (0..fit.n_coefficients())
        .map(|at| fit.coefficient(at, inference))
        .collect();
    Ok(RepeatedMeasures {
        means: of_contrasts(py, &visits, &at_visits)?,
        terms: of_contrasts(py, &names, &terms)?,
        covariance: fit.covariance().name(),
        passed_over,
        visits,
        inference,
        fit,
    })
}

/// One word for all covariates, or one for each.
#[derive(FromPyObject)]
enum Slopes {
    One(String),
    Each(Vec<String>),
}

impl Slopes {
    fn of_each(&self, n_covariates: usize) -> PyResult<Vec<Effect>> {
        let words = match self {
            Self::One(word) => vec![word.as_str(); n_covariates],
            Self::Each(words) => words.iter().map(String::as_str).collect(),
        };
        if words.len() != n_covariates {
            let n = words.len();
            return Err(UsageError::new_err(format!(
                "slopes: {n} words for {n_covariates} covariates"
            )));
        }
        let effects = words.into_iter();
        effects
            .map(|word| one_of("slopes", word, &EFFECTS))
            .collect()
    }
}

fn panel(scores: &[Vec<Option<f64>>], covariates: &[Vec<f64>]) -> Result<Panel, StatsError> {
    let n_subjects = scores.first().map_or(0, Vec::len);
    let mut panel = Panel::with_covariates(scores.len(), covariates.len());
    for subject in 0..n_subjects {
        let of_subject: Vec<_> = scores.iter().map(|visit| visit[subject]).collect();
        let own: Vec<f64> = covariates.iter().map(|column| column[subject]).collect();
        panel.push_with_covariates(&of_subject, &own)?;
    }
    Ok(panel)
}

fn rungs(ladder: Option<Vec<String>>) -> PyResult<Vec<Covariance>> {
    match ladder {
        None => Ok(Covariance::LADDER.to_vec()),
        Some(names) => names
            .iter()
            .map(|name| one_of("ladder", name, &COVARIANCES))
            .collect(),
    }
}

/// The coefficients' names, in their order.
fn term_names(visits: &[String], covariates: &[String], model: &Model) -> Vec<String> {
    let mut names = match model.means {
        Effect::PerVisit => visits.to_vec(),
        Effect::Common => vec!["mean".to_owned()],
    };
    for (covariate, slope) in covariates.iter().zip(&model.covariates) {
        match slope {
            Effect::Common => names.push(covariate.clone()),
            Effect::PerVisit => {
                names.extend(visits.iter().map(|visit| format!("{covariate}:{visit}")));
            }
        }
    }
    names
}

fn refused(passed_over: &[String]) -> PyErr {
    let reasons = passed_over.join("; ");
    DataError::new_err(format!("scores: no covariance can be estimated: {reasons}"))
}

fn in_words(step: &StepDown) -> String {
    let why = match step.reason {
        StepDownReason::PairNotSeen { first, second } => {
            format!("no subject has a score at both visit {first} and visit {second}")
        }
        StepDownReason::MeansNotEstimable => "the means cannot be told apart".to_owned(),
        StepDownReason::TooFewScores => "there are too few scores".to_owned(),
        StepDownReason::NoSpread => "the scores of a visit have no spread".to_owned(),
        StepDownReason::OnTheBoundary => "some scores would determine others".to_owned(),
        StepDownReason::NotConverged { steps } => format!("no rest after {steps} steps"),
    };
    format!("{}: {why}", step.from.name())
}
