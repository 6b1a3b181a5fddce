//! Fitting: down the ladder until a covariance can be estimated.

use crate::StatsError;
use crate::matrix::Matrix;
use crate::mmrm::covariance::Structure;
use crate::mmrm::objective::{Objective, Uncertainty};
use crate::mmrm::optimise::{Failure, Optimum, minimise};
use crate::mmrm::patterns::{Design, Patterns};
use crate::mmrm::{Covariance, Model, Panel};

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
    /// Fewer scores than coefficients and parameters, or scores without spread.
    TooFewScores,
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
    coefficients: Vec<f64>,
    uncertainty: Uncertainty,
}
