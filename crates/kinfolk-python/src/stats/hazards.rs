//! Regression of hazards.

use std::sync::Arc;

use kinfolk::stats::survival::{self, Clock, CoxFit, CoxModel, FollowUp, Ties, WholeModelTest};
use kinfolk::stats::{Confidence, StatsError};
use pyo3::prelude::*;

use super::columns::{ABOVE_ZERO, Columns, Reader};
use super::curves::Watched;
use super::frames::{ends, numbers, table, words};
use super::results::{Given, functions, results, shown};
use super::run::{confidence, long};
use crate::options::one_of;
use crate::table::Table;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    add_classes(module)?;
    module.add_class::<Hazards>()?;
    functions!(module: cox);
    Ok(())
}

const TIES: [(&str, Ties); 2] = [("efron", Ties::Efron), ("breslow", Ties::Breslow)];

const CLOCKS: [(&str, Clock); 3] = [
    ("kaplan-meier", Clock::KaplanMeier),
    ("identity", Clock::Identity),
    ("log", Clock::Log),
];

results! {
    /// A chi-square test of a whole model, or of groups.
    ModelTest from survival::WholeModelTest {
        /// The statistic.
        chi_square: f64,
        /// Its degrees of freedom.
        degrees: usize,
        /// The chance of a statistic at least as large.
        p_value: f64,
    }
}

/// A fitted Cox model.
#[pyclass(frozen, module = "kinfolk.stats", name = "CoxFit")]
struct Hazards {
    /// A row for each covariate: term, hazard_ratio, lower, upper, coefficient (its logarithm),
    /// standard_error (robust with clusters), p_value.
    #[pyo3(get)]
    terms: Py<Table>,
    /// Subjects.
    #[pyo3(get)]
    n: usize,
    /// Events.
    #[pyo3(get)]
    n_events: usize,
    /// The log partial likelihood at the coefficients.
    #[pyo3(get)]
    log_likelihood: f64,
    /// The same with all coefficients 0.
    #[pyo3(get)]
    log_likelihood_null: f64,
    /// Twice the gain in log likelihood.
    #[pyo3(get)]
    likelihood_ratio: ModelTest,
    /// Coefficients against their covariance: the robust one with clusters.
    #[pyo3(get)]
    wald: ModelTest,
    /// The slope of the likelihood at 0.
    #[pyo3(get)]
    score: ModelTest,
    fitted: Arc<(HazardData, CoxFit)>,
    names: Vec<String>,
}

#[pymethods]
impl Hazards {
    /// Could each hazard ratio have stayed the same all along? A row for each covariate, and one for all
    /// (the term "global"): term, chi_square, degrees, p_value.
    ///
    /// `clock` is that by which a coefficient might drift: "kaplan-meier", "identity" or "log". See
    /// docs/methods/proportional-hazards.md.
    #[pyo3(signature = (*, clock = "kaplan-meier"))]
    fn proportional_hazards(&self, py: Python<'_>, clock: &str) -> PyResult<Py<Table>> {
        let clock = one_of("clock", clock, &CLOCKS)?;
        let fitted = Arc::clone(&self.fitted);
        let found = long(py, &self.names, move || {
            let (data, fit) = &*fitted;
            data.with_model(|model| survival::proportional_hazards(model, fit, clock))
        })?;
        let mut tests = found.covariates;
        tests.push(found.global);
        let mut terms = self.names.clone();
        terms.push("global".to_owned());
        of_tests(py, &terms, &tests)
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf.as_any(), &["terms", "n", "n_events"])
    }
}

fn of_tests(py: Python<'_>, terms: &[String], tests: &[WholeModelTest]) -> PyResult<Py<Table>> {
    let of = |name: &str, field: fn(&WholeModelTest) -> f64| {
        numbers(name, tests.iter().map(|test| Some(field(test))))
    };
    let columns = vec![
        words("term", terms),
        of("chi_square", |test| test.chi_square),
        of("degrees", |test| test.degrees as f64),
        of("p_value", |test| test.p_value),
    ];
    table(py, columns)
}

/// How do hazards go with covariates? Cox's regression.
///
/// Parameters
/// ----------
/// time, event, entry : as for `kaplan_meier`
/// covariates : a frame, a dictionary or a list of columns of numbers
/// strata : column of words or numbers, each with a baseline hazard of its own
/// clusters : column of who belongs together; asks for robust standard errors
/// weights : column of how much each subject counts, above 0
/// ties : "efron" or "breslow"
/// level : the level of intervals, 0.5 to 0.999
///
/// Returns
/// -------
/// CoxFit : hazard ratios for one unit more of each covariate
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, says nothing new or grows without end; without events
///
/// Source
/// ------
/// docs/methods/cox.md
#[pyfunction]
#[pyo3(signature = (
    time, event, covariates, *, entry = None, strata = None, clusters = None, weights = None,
    ties = "efron", level = 0.95,
))]
#[expect(clippy::too_many_arguments, reason = "keywords of Python")]
fn cox(
    py: Python<'_>,
    time: &Bound<'_, PyAny>,
    event: &Bound<'_, PyAny>,
    covariates: &Bound<'_, PyAny>,
    entry: Option<&Bound<'_, PyAny>>,
    strata: Option<&Bound<'_, PyAny>>,
    clusters: Option<&Bound<'_, PyAny>>,
    weights: Option<&Bound<'_, PyAny>>,
    ties: &str,
    level: f64,
) -> PyResult<Hazards> {
    let mut rows = Reader::default();
    let watched = Watched::read(&mut rows, [time, event], entry)?;
    let columns = rows.table("covariates", covariates)?;
    let strata = codes(&mut rows, "strata", strata)?;
    let clusters = codes(&mut rows, "clusters", clusters)?;
    let weights = weights
        .map(|column| rows.numbers_in(ABOVE_ZERO, "weights", column))
        .transpose()?;
    let (ties, confidence) = (one_of("ties", ties, &TIES)?, confidence(level)?);
    let names = columns.names.clone();
    let fitted = long(py, &names, move || {
        let data = HazardData {
            follow_up: watched.follow_up()?,
            covariates: columns,
            strata,
            clusters,
            weights,
            ties,
        };
        let fit = data.with_model(survival::cox)?;
        Ok((data, fit))
    })?;
    hazards(py, names, fitted, confidence)
}

fn hazards(
    py: Python<'_>,
    names: Vec<String>,
    fitted: (HazardData, CoxFit),
    confidence: Confidence,
) -> PyResult<Hazards> {
    let fit = &fitted.1;
    let of = |name: &str, field: &dyn Fn(usize) -> f64| {
        numbers(name, (0..names.len()).map(|at| Some(field(at))))
    };
    let intervals: Vec<_> = (0..names.len())
        .map(|at| Some(fit.hazard_ratio_interval(at, confidence)))
        .collect();
    let [lower, upper] = ends(&intervals);
    let columns = vec![
        words("term", &names),
        of("hazard_ratio", &|at| fit.hazard_ratio(at)),
        lower,
        upper,
        of("coefficient", &|at| fit.coefficients[at]),
        of("standard_error", &|at| fit.standard_error(at)),
        of("p_value", &|at| fit.p_value(at)),
    ];
    Ok(Hazards {
        terms: table(py, columns)?,
        n: fit.n,
        n_events: fit.n_events,
        log_likelihood: fit.log_likelihood,
        log_likelihood_null: fit.log_likelihood_null,
        likelihood_ratio: fit.likelihood_ratio.given(),
        wald: fit.wald.given(),
        score: fit.score.given(),
        names,
        fitted: Arc::new(fitted),
    })
}

/// What a Cox model is fitted to.
struct HazardData {
    follow_up: FollowUp,
    covariates: Columns,
    strata: Option<Vec<u32>>,
    clusters: Option<Vec<u32>>,
    weights: Option<Vec<f64>>,
    ties: Ties,
}

impl HazardData {
    fn with_model<T>(
        &self,
        work: impl FnOnce(&CoxModel<'_>) -> Result<T, StatsError>,
    ) -> Result<T, StatsError> {
        work(&CoxModel {
            follow_up: &self.follow_up,
            covariates: &self.covariates.slices(),
            strata: self.strata.as_deref(),
            clusters: self.clusters.as_deref(),
            weights: self.weights.as_deref(),
            ties: self.ties,
        })
    }
}

pub(super) fn codes(
    rows: &mut Reader,
    name: &str,
    column: Option<&Bound<'_, PyAny>>,
) -> PyResult<Option<Vec<u32>>> {
    column
        .map(|column| Ok(rows.groups(name, column)?.codes))
        .transpose()
}
