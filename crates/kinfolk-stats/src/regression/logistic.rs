//! Logistic regression, by maximum likelihood or with Firth's penalty.

use crate::contrast::weights_of_one;
use crate::matrix::{Cholesky, Matrix, dot};
use crate::regression::Rows;
use crate::regression::rows::Scaled;
use crate::{Confidence, Contrast, StatsError};

/// Firth's steps, which leave out how the penalty bends, may each gain little.
const MOST_STEPS: usize = 500;
const MOST_HALVINGS: i32 = 30;
/// The square of a step's length in standard errors that counts as none.
const AT_REST: f64 = 1e-20;
/// The same of one of Firth's steps, each of which takes away only a share of what is left.
const FIRTH_AT_REST: f64 = 1e-24;
/// One below which the likelihood is too flat to tell whether a step has raised it.
const TOO_FLAT_TO_COMPARE: f64 = 1e-9;
/// Where a step gains less than this but is still so long, in spreads of its covariate, the likelihood
/// goes level on its way to infinity.
const LEVEL: f64 = 1e-10;
const LONG: f64 = 1e-2;
/// How steeply, beside the slope at its start, the likelihood may fall at the end of one of Firth's steps:
/// steps that go further past the peak swing about it and never rest.
const STEEPEST_FALL: f64 = 0.5;

/// What is maximised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Penalty {
    /// The likelihood.
    None,
    /// The likelihood times the root of the information's determinant (Firth): coefficients are
    /// finite whatever the data, and less biased in small samples.
    Firth,
    /// The likelihood where it has a peak, else with Firth's penalty.
    FirthIfSeparated,
}

/// How the standard error of a coefficient is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogisticErrors {
    /// From the information.
    Model,
    /// Each row on its own.
    Hc0,
    /// Each cluster on its own.
    Cr0,
    /// The same times G/(G − 1), for G clusters.
    Cr1,
}

/// A fitted logistic regression.
#[derive(Debug, Clone)]
pub struct Logistic {
    scaled: Scaled,
    coefficients: Vec<f64>,
    chances: Vec<f64>,
    inverse: Matrix,
    residuals: Vec<f64>,
    log_likelihood: f64,
    penalised: bool,
}

/// How do the odds of yes go with covariates? The outcome is 1 for yes and 0 for no.
///
/// # Errors
///
/// As for [`least_squares`](super::least_squares); [`StatsError::Probability`] for an outcome other
/// than 0 and 1; [`StatsError::Separated`] names the covariate that tells yes from no without fail,
/// where no penalty is allowed.
pub fn logistic(rows: &Rows, penalty: Penalty) -> Result<Logistic, StatsError> {
    let scaled = Scaled::new(rows)?;
    if let Some(&other) = rows.outcome.iter().find(|&&y| y != 0.0 && y != 1.0) {
        return Err(StatsError::Probability(other));
    }
    let squares = scaled.squares(&scaled.weights);
    Cholesky::of(&squares).ok_or_else(|| scaled.collinear(&squares))?;
    let model = Model {
        scaled: &scaled,
        outcome: rows.outcome,
    };
    let (found, penalised) = match penalty {
        Penalty::None => (model.climb(false)?, false),
        Penalty::Firth => (model.climb(true)?, true),
        Penalty::FirthIfSeparated => match model.climb(false) {
            Err(StatsError::Separated { .. }) => (model.climb(true)?, true),
            found => (found?, false),
        },
    };
    let residuals = found.chances.iter().zip(rows.outcome).map(|(p, y)| y - p);
    Ok(Logistic {
        residuals: residuals.zip(&scaled.weights).map(|(r, w)| r * w).collect(),
        coefficients: found.coefficients,
        chances: found.chances,
        inverse: found.information.inverse(),
        log_likelihood: found.log_likelihood,
        penalised,
        scaled,
    })
}

struct Model<'a> {
    scaled: &'a Scaled,
    outcome: &'a [f64],
}

/// Everything at one value of the coefficients.
struct Place {
    coefficients: Vec<f64>,
    chances: Vec<f64>,
    log_likelihood: f64,
    /// What is climbed: the log-likelihood, with its penalty where there is one.
    height: f64,
    information: Cholesky,
}

impl Model<'_> {
    fn climb(&self, firth: bool) -> Result<Place, StatsError> {
        let start = vec![0.0; self.scaled.n_coefficients()];
        let mut place = self
            .at(start, firth)
            .ok_or(StatsError::NotConverged { iterations: 0 })?;
        let at_rest = if firth { FIRTH_AT_REST } else { AT_REST };
        for _ in 0..MOST_STEPS {
            let score = self.score(&place, firth);
            let step = place.information.solve(&score);
            let length = dot(&step, &score);
            let longest = step.iter().fold(0.0, |longest, s| s.abs().max(longest));
            if length < LEVEL && longest > LONG {
                return Err(separated(&step));
            }
            let next = self.step(&place, &step, length, firth);
            if length < at_rest {
                return Ok(next.unwrap_or(place));
            }
            place = next.ok_or_else(|| separated(&step))?;
        }
        Err(StatsError::NotConverged {
            iterations: MOST_STEPS,
        })
    }

    /// `None` where the information is singular to rounding.
    fn at(&self, coefficients: Vec<f64>, firth: bool) -> Option<Place> {
        let logits = self.scaled.predicted(&coefficients);
        let chances: Vec<f64> = logits.iter().map(|&logit| chance(logit)).collect();
        let terms = logits.iter().zip(self.outcome).zip(&self.scaled.weights);
        let log_likelihood = terms
            .map(|((&logit, &y), weight)| weight * log_chance(if y > 0.5 { logit } else { -logit }))
            .sum();
        let information = Cholesky::of(&self.scaled.squares(&self.spreads(&chances)))?;
        let penalty = if firth {
            0.5 * information.log_determinant()
        } else {
            0.0
        };
        Some(Place {
            height: log_likelihood + penalty,
            coefficients,
            chances,
            log_likelihood,
            information,
        })
    }

    /// w·p·(1 − p).
    fn spreads(&self, chances: &[f64]) -> Vec<f64> {
        let pairs = chances.iter().zip(&self.scaled.weights);
        pairs.map(|(p, weight)| weight * p * (1.0 - p)).collect()
    }

    /// Firth's adds h·(½ − p) to each residual, h being the leverage.
    fn score(&self, place: &Place, firth: bool) -> Vec<f64> {
        let inverse = firth.then(|| place.information.inverse());
        let spreads = self.spreads(&place.chances);
        let residual = |row: usize| {
            let p = place.chances[row];
            let plain = self.scaled.weights[row] * (self.outcome[row] - p);
            inverse.as_ref().map_or(plain, |inverse| {
                let leverage = spreads[row] * inverse.quadratic(self.scaled.x.row(row));
                plain + leverage * (0.5 - p)
            })
        };
        let residuals: Vec<f64> = (0..self.outcome.len()).map(residual).collect();
        self.scaled.sums(&residuals)
    }

    fn step(&self, place: &Place, step: &[f64], length: f64, firth: bool) -> Option<Place> {
        (0..MOST_HALVINGS).find_map(|halvings| {
            let factor = 0.5_f64.powi(halvings);
            let pairs = place.coefficients.iter().zip(step);
            let next = self.at(pairs.map(|(b, s)| b + factor * s).collect(), firth)?;
            let rises = next.height >= place.height || length < TOO_FLAT_TO_COMPARE;
            let is_past = firth && dot(&self.score(&next, firth), step) < -STEEPEST_FALL * length;
            (rises && !is_past).then_some(next)
        })
    }
}

/// Names the covariate whose coefficient has furthest to go.
fn separated(step: &[f64]) -> StatsError {
    let size = |covariate: &usize| step[covariate + 1].abs();
    let covariate = (0..step.len() - 1).max_by(|a, b| size(a).total_cmp(&size(b)));
    StatsError::Separated {
        covariate: covariate.unwrap_or_default(),
    }
}

impl Logistic {
    /// How many coefficients: the intercept and one for each covariate.
    pub fn n_coefficients(&self) -> usize {
        self.scaled.n_coefficients()
    }

    /// The chance of yes for each row.
    pub fn chances(&self) -> &[f64] {
        &self.chances
    }

    /// The log-likelihood, without any penalty.
    pub fn log_likelihood(&self) -> f64 {
        self.log_likelihood
    }

    /// Whether Firth's penalty was used.
    pub fn is_penalised(&self) -> bool {
        self.penalised
    }

    /// One coefficient, a log odds ratio: 0 is the intercept, then the covariates in order. `None`
    /// for one that does not exist.
    pub fn coefficient(
        &self,
        at: usize,
        errors: LogisticErrors,
        confidence: Confidence,
    ) -> Option<Contrast> {
        self.contrast(
            &weights_of_one(at, self.n_coefficients()),
            errors,
            confidence,
        )
    }

    /// A weighted sum of coefficients, judged by the normal distribution, which is Student's t
    /// with endless degrees of freedom.
    pub fn contrast(
        &self,
        weights: &[f64],
        errors: LogisticErrors,
        confidence: Confidence,
    ) -> Option<Contrast> {
        if weights.len() != self.n_coefficients() {
            return None;
        }
        let weights = self.scaled.weights_of(weights);
        let along = self.inverse.times(&weights);
        let variance = match errors {
            LogisticErrors::Model => dot(&weights, &along),
            LogisticErrors::Hc0 => self.influence(&along).iter().map(|term| term * term).sum(),
            LogisticErrors::Cr0 => self.by_cluster(&along),
            LogisticErrors::Cr1 => {
                let n_clusters = self.scaled.clusters.len() as f64;
                self.by_cluster(&along) * n_clusters / (n_clusters - 1.0)
            }
        };
        Contrast::normal(
            dot(&weights, &self.coefficients),
            variance.sqrt(),
            confidence,
        )
    }

    fn influence(&self, along: &[f64]) -> Vec<f64> {
        let moved = self.scaled.predicted(along);
        moved
            .iter()
            .zip(&self.residuals)
            .map(|(a, r)| a * r)
            .collect()
    }

    fn by_cluster(&self, along: &[f64]) -> f64 {
        let influence = self.influence(along);
        self.scaled.clusters.squared_sums(&influence)
    }
}

fn chance(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

/// ln chance(logit), without loss for large logits of either sign.
fn log_chance(logit: f64) -> f64 {
    logit.min(0.0) - (-logit.abs()).exp().ln_1p()
}
