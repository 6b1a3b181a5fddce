//! Repeated measures of the same children, some missing.

use kinfolk::stats::StatsError;
use kinfolk::stats::mmrm::{
    self, Covariance, DegreesMethod, Effect, Fit, Inference, Likelihood, Model, Panel, StepDown,
    StepDownReason,
};
use pyo3::prelude::*;
use pyo3::types::PyString;

use super::columns::{ColumnsWithGaps, Reader};
use super::frames::of_contrasts;
use super::results::{Contrast, Given, functions, results, shown};
use super::run::{confidence, long};
use crate::errors::{DataError, UsageError};
use crate::options::one_of;
use crate::table::Table;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    module.add_class::<RepeatedMeasures>()?;
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

results! {
    /// How much worse than expected the missing scores would have to be to take a change away.
    TippingPoint from mmrm::TippingPoint {
        /// The difference at which the change is 0.
        no_change: f64,
        /// The difference at which the interval of the change first reaches 0; `None` when it does
        /// without any, or never.
        interval_reaches_zero: Option<f64>,
    }
}

/// A fitted model for repeated measures. Visits are named as the columns of scores, or by their position.
#[pyclass(frozen, module = "kinfolk.stats", name = "Mmrm")]
struct RepeatedMeasures {
    fit: Fit,
    inference: Inference,
    visits: Vec<String>,
    /// A row for each visit, at the average covariates: term (the visit), value, standard_error,
    /// degrees_of_freedom, t, p_value, lower, upper.
    #[pyo3(get)]
    means: Py<Table>,
    /// A row for each coefficient, in the order of `contrast`, with the columns of `means`.
    #[pyo3(get)]
    terms: Py<Table>,
    /// The covariance that was fitted.
    #[pyo3(get)]
    covariance: &'static str,
    /// The covariances that were passed over, with the reason for each.
    #[pyo3(get)]
    passed_over: Vec<String>,
}

#[pymethods]
impl RepeatedMeasures {
    /// -2 times the (restricted) log-likelihood.
    #[getter]
    fn deviance(&self) -> f64 {
        self.fit.deviance()
    }

    /// How many subjects have a score at one visit or more.
    #[getter]
    fn n_subjects(&self) -> u64 {
        self.fit.n_subjects()
    }

    /// How many scores were used.
    #[getter]
    fn n_scores(&self) -> u64 {
        self.fit.n_scores()
    }

    /// The mean at a visit, for a subject with these covariates or with the average ones.
    #[pyo3(signature = (visit, *, covariates = None))]
    fn mean(
        &self,
        visit: &Bound<'_, PyAny>,
        covariates: Option<Vec<f64>>,
    ) -> PyResult<Option<Contrast>> {
        let visit = self.visit(visit)?;
        let found = match covariates {
            Some(covariates) => self.fit.mean_given(visit, &covariates, self.inference),
            None => self.fit.mean_at(visit, self.inference),
        };
        Ok(found.given())
    }

    /// The mean at the last visit less that at the first of the two.
    fn change(
        &self,
        first: &Bound<'_, PyAny>,
        last: &Bound<'_, PyAny>,
    ) -> PyResult<Option<Contrast>> {
        let (first, last) = (self.visit(first)?, self.visit(last)?);
        Ok(self.fit.change(first, last, self.inference).given())
    }

    /// A weighted sum of the coefficients; `None` for a wrong number of weights.
    fn contrast(&self, weights: Vec<f64>) -> Option<Contrast> {
        self.fit.contrast(&weights, self.inference).given()
    }

    /// The change if each score missing at the last visit were `delta` above what is expected.
    fn change_if_lost_differ(
        &self,
        first: &Bound<'_, PyAny>,
        last: &Bound<'_, PyAny>,
        delta: f64,
    ) -> PyResult<Option<Contrast>> {
        let (first, last) = (self.visit(first)?, self.visit(last)?);
        let found = self
            .fit
            .change_if_lost_differ(first, last, delta, self.inference);
        Ok(found.given())
    }

    /// Which difference of the lost would take the change away.
    fn tipping_point(
        &self,
        first: &Bound<'_, PyAny>,
        last: &Bound<'_, PyAny>,
    ) -> PyResult<Option<TippingPoint>> {
        let (first, last) = (self.visit(first)?, self.visit(last)?);
        Ok(self.fit.tipping_point(first, last, self.inference).given())
    }

    /// The fitted covariance of the scores at two visits, or the variance at one.
    fn covariance_between(
        &self,
        first: &Bound<'_, PyAny>,
        second: &Bound<'_, PyAny>,
    ) -> PyResult<Option<f64>> {
        let (first, second) = (self.visit(first)?, self.visit(second)?);
        Ok(self.fit.covariance_between(first, second))
    }

    /// The share of subjects without a score at a visit.
    fn share_missing(&self, visit: &Bound<'_, PyAny>) -> PyResult<Option<f64>> {
        Ok(self.fit.share_missing(self.visit(visit)?))
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(
            slf.as_any(),
            &["covariance", "n_subjects", "n_scores", "means"],
        )
    }
}

impl RepeatedMeasures {
    /// A visit by its name or its position.
    fn visit(&self, visit: &Bound<'_, PyAny>) -> PyResult<usize> {
        let at = match visit.cast::<PyString>() {
            Ok(name) => {
                let name = name.to_string();
                self.visits.iter().position(|visit| *visit == name)
            }
            Err(_) => visit.extract().ok().filter(|at| *at < self.visits.len()),
        };
        at.ok_or_else(|| {
            let names = self.visits.join(", ");
            UsageError::new_err(format!("visit: {visit} is none of {names}"))
        })
    }
}

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
