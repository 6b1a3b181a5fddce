//! Fitting: down the ladder until a covariance can be estimated.

use crate::StatsError;
use crate::matrix::Matrix;
use crate::mmrm::covariance::Structure;
use crate::mmrm::design::Design;
use crate::mmrm::objective::Objective;
use crate::mmrm::optimise::{Failure, Optimum, minimise};
use crate::mmrm::patterns::{Patterns, summarise};
use crate::mmrm::uncertainty::Uncertainty;
use crate::mmrm::{Covariance, Effect, Model, Panel};

/// Visits are marked in the bits of a word.
const MOST_VISITS: usize = 64;

/// Why a covariance was passed over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StepDownReason {
    /// No two subjects were scored at both visits, so their covariance is not known.
    PairNotSeen {
        /// The earlier visit, from 0.
        first: usize,
        /// The later visit.
        second: usize,
    },
    /// The means cannot be told apart: a visit without scores, or a covariate that says nothing new.
    MeansNotEstimable,
    /// No more scores than coefficients and parameters.
    TooFewScores,
    /// The scores of a visit are all as the means say.
    NoSpread,
    /// The best covariance lies where scores would be exactly determined by others.
    OnTheBoundary,
    /// The steps did not come to rest.
    NotConverged {
        /// How many steps were made.
        steps: usize,
    },
}

/// A covariance that was tried and passed over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepDown {
    /// The covariance.
    pub from: Covariance,
    /// Why it was passed over.
    pub reason: StepDownReason,
}

/// What fitting came to.
#[derive(Debug, Clone)]
pub struct Fitted {
    /// The fit; `None` when no covariance of the ladder could be estimated.
    pub fit: Option<Fit>,
    /// The covariances that were passed over, in order.
    pub steps_down: Vec<StepDown>,
}

/// A fitted model.
#[derive(Debug, Clone)]
pub struct Fit {
    covariance: Covariance,
    design: Design,
    patterns: Patterns,
    between_visits: Matrix,
    optimum: Optimum,
    uncertainty: Uncertainty,
}

/// Fits the model: the first covariance of its ladder that the scores determine.
///
/// # Errors
///
/// [`StatsError::RowLength`] when the model has more or fewer covariates than the panel,
/// [`StatsError::TooManyVisits`] above 64 visits, [`StatsError::SlopesWithoutMeans`] when a covariate
/// has a slope for each visit but the visits share one mean.
pub fn fit(panel: &Panel, model: &Model) -> Result<Fitted, StatsError> {
    check(panel, model)?;
    let (design, patterns) = summarise(panel, model);
    let mut steps_down = Vec::new();
    for &covariance in &model.ladder {
        let objective = Objective {
            design: &design,
            patterns: &patterns,
            structure: Structure::new(covariance, panel.n_visits()),
            likelihood: model.likelihood,
        };
        match attempt(&objective, covariance) {
            Ok(fit) => {
                return Ok(Fitted {
                    fit: Some(fit),
                    steps_down,
                });
            }
            Err(reason) => steps_down.push(StepDown {
                from: covariance,
                reason,
            }),
        }
    }
    Ok(Fitted {
        fit: None,
        steps_down,
    })
}

fn check(panel: &Panel, model: &Model) -> Result<(), StatsError> {
    let (expected, found) = (panel.n_covariates(), model.covariates.len());
    if expected != found {
        return Err(StatsError::RowLength { expected, found });
    }
    if panel.n_visits() > MOST_VISITS {
        return Err(StatsError::TooManyVisits(panel.n_visits()));
    }
    if model.means == Effect::Common && model.covariates.contains(&Effect::PerVisit) {
        return Err(StatsError::SlopesWithoutMeans);
    }
    Ok(())
}

fn attempt(objective: &Objective, covariance: Covariance) -> Result<Fit, StepDownReason> {
    let n_unknown = objective.design.n_coefficients() + objective.structure.n_parameters();
    if objective.patterns.n_scores() <= n_unknown as f64 {
        return Err(StepDownReason::TooFewScores);
    }
    let rough = objective
        .rough_covariance()
        .ok_or(StepDownReason::MeansNotEstimable)?;
    every_pair_is_taught(objective)?;
    let start = objective.structure.start(&rough);
    let start = start.and_then(|parameters| objective.at(&parameters));
    let start = start.ok_or(StepDownReason::NoSpread)?;
    let optimum = minimise(objective, start)?;
    let uncertainty = objective
        .uncertainty(&optimum.state)
        .ok_or(StepDownReason::OnTheBoundary)?;
    Ok(Fit {
        covariance,
        design: objective.design.clone(),
        patterns: objective.patterns.clone(),
        between_visits: objective.structure.matrix(&optimum.state.parameters),
        optimum,
        uncertainty,
    })
}

/// Every covariance must be seen in two subjects or more.
fn every_pair_is_taught(objective: &Objective) -> Result<(), StepDownReason> {
    let n_visits = objective.design.n_visits();
    let seen = |&(first, second): &(usize, usize)| objective.patterns.seen_at_both(first, second);
    for first in 0..n_visits {
        for second in first + 1..n_visits {
            let teachers = objective.structure.teachers(first, second);
            if teachers.iter().map(seen).sum::<f64>() < 2.0 {
                return Err(StepDownReason::PairNotSeen { first, second });
            }
        }
    }
    Ok(())
}

impl From<Failure> for StepDownReason {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::OnTheBoundary => Self::OnTheBoundary,
            Failure::NotConverged { steps } => Self::NotConverged { steps },
        }
    }
}

impl Fit {
    /// The covariance that was fitted.
    pub fn covariance(&self) -> Covariance {
        self.covariance
    }

    /// The fitted covariance of the scores at two visits, or the variance at one; `None` for a visit
    /// that does not exist.
    pub fn covariance_between(&self, first: usize, second: usize) -> Option<f64> {
        let exist = first.max(second) < self.design.n_visits();
        exist.then(|| self.between_visits[(first, second)])
    }

    /// −2 times the (restricted) log-likelihood, with its constant, as SAS and R's mmrm give it.
    pub fn deviance(&self) -> f64 {
        2.0 * self.optimum.state.value
    }

    /// How many coefficients there are.
    pub fn n_coefficients(&self) -> usize {
        self.design.n_coefficients()
    }

    /// How many subjects have a score at one visit or more.
    pub fn n_subjects(&self) -> u64 {
        self.patterns.n_subjects() as u64
    }

    /// How many scores were used.
    pub fn n_scores(&self) -> u64 {
        self.patterns.n_scores() as u64
    }

    /// How many different sets of visits subjects were seen at.
    pub fn n_patterns(&self) -> usize {
        self.patterns.0.len()
    }

    /// How many steps the fit took.
    pub fn n_steps(&self) -> usize {
        self.optimum.n_steps
    }

    /// How far the last step went, in standard errors of the parameters of the covariance; below
    /// 1e-9.
    pub fn last_step(&self) -> f64 {
        self.optimum.last_step
    }

    /// The share of subjects without a score at a visit; `None` for a visit that does not exist.
    pub fn share_missing(&self, visit: usize) -> Option<f64> {
        let seen = self.patterns.seen_at_both(visit, visit);
        (visit < self.design.n_visits()).then(|| 1.0 - seen / self.patterns.n_subjects())
    }

    pub(super) fn design(&self) -> &Design {
        &self.design
    }

    pub(super) fn coefficients(&self) -> &[f64] {
        &self.optimum.state.coefficients
    }

    pub(super) fn uncertainty(&self) -> &Uncertainty {
        &self.uncertainty
    }
}
