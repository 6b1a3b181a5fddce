//! What one time with events adds to the likelihood and its derivatives.

use super::Ties;
use crate::matrix::Matrix;

/// Sums of risks, and of covariates and their products weighted by risk, over a set of subjects.
#[derive(Debug, Clone)]
pub(super) struct Moments {
    total: f64,
    first: Vec<f64>,
    /// The lower triangle, row by row.
    second: Vec<f64>,
}

impl Moments {
    pub(super) fn zeros(n_covariates: usize) -> Self {
        Self {
            total: 0.0,
            first: vec![0.0; n_covariates],
            second: vec![0.0; triangle(n_covariates)],
        }
    }

    pub(super) fn clear(&mut self) {
        self.total = 0.0;
        self.first.fill(0.0);
        self.second.fill(0.0);
    }

    pub(super) fn add(&mut self, risk: f64, covariates: &[f64]) {
        self.total += risk;
        let mut begin = 0;
        for (index, &x) in covariates.iter().enumerate() {
            let scaled = risk * x;
            self.first[index] += scaled;
            let row = &mut self.second[begin..=begin + index];
            row.iter_mut()
                .zip(covariates)
                .for_each(|(sum, other)| *sum += scaled * other);
            begin += index + 1;
        }
    }
}

pub(in crate::survival) fn triangle(n: usize) -> usize {
    n * (n + 1) / 2
}

/// The symmetric matrix of a lower triangle.
pub(in crate::survival) fn from_triangle(n: usize, lower: &[f64]) -> Matrix {
    Matrix::from_fn(n, n, |row, column| {
        lower[triangle(row.max(column)) + row.min(column)]
    })
}

/// One time of one stratum, with its events and its risk set.
pub(in crate::survival) struct EventTime {
    ties: Ties,
    pub(super) n_events: usize,
    weight: f64,
    weighted_predictors: f64,
    weighted_covariates: Vec<f64>,
    tied: Moments,
    at_risk: Moments,
    /// Sums over the tied events, the k-th of which faces its risk set less k/d of the tied:
    /// of 1/S and k/d/S, and of 1/S², k/d/S² and (k/d)²/S², S being the risk that it faces.
    inverse: [f64; 2],
    inverse_square: [f64; 3],
    log_risks: f64,
}

impl EventTime {
    pub(super) fn new(n_covariates: usize, ties: Ties) -> Self {
        Self {
            ties,
            n_events: 0,
            weight: 0.0,
            weighted_predictors: 0.0,
            weighted_covariates: vec![0.0; n_covariates],
            tied: Moments::zeros(n_covariates),
            at_risk: Moments::zeros(n_covariates),
            inverse: [0.0; 2],
            inverse_square: [0.0; 3],
            log_risks: 0.0,
        }
    }

    pub(super) fn clear(&mut self) {
        if self.n_events > 0 {
            self.n_events = 0;
            self.weight = 0.0;
            self.weighted_predictors = 0.0;
            self.weighted_covariates.fill(0.0);
            self.tied.clear();
        }
    }

    pub(super) fn add(&mut self, weight: f64, predictor: f64, risk: f64, covariates: &[f64]) {
        self.n_events += 1;
        self.weight += weight;
        self.weighted_predictors += weight * predictor;
        let sums = self.weighted_covariates.iter_mut();
        sums.zip(covariates).for_each(|(sum, x)| *sum += weight * x);
        self.tied.add(risk, covariates);
    }

    /// Sets the events against those at risk.
    pub(super) fn face(&mut self, at_risk: &Moments) {
        self.at_risk.clone_from(at_risk);
        self.inverse = [0.0; 2];
        self.inverse_square = [0.0; 3];
        self.log_risks = 0.0;
        let mean_weight = self.weight / self.n_events as f64;
        for event in 0..self.n_events {
            let gone = self.share_gone(event);
            let faced = at_risk.total - gone * self.tied.total;
            let (inverse, square) = (mean_weight / faced, mean_weight / faced / faced);
            self.log_risks += mean_weight * faced.ln();
            self.inverse[0] += inverse;
            self.inverse[1] += gone * inverse;
            self.inverse_square[0] += square;
            self.inverse_square[1] += gone * square;
            self.inverse_square[2] += gone * gone * square;
        }
    }

    /// The share of the tied events that the `event`-th of them no longer faces.
    fn share_gone(&self, event: usize) -> f64 {
        match self.ties {
            Ties::Efron => event as f64 / self.n_events as f64,
            Ties::Breslow => 0.0,
        }
    }

    pub(super) fn log_likelihood(&self) -> f64 {
        self.weighted_predictors - self.log_risks
    }

    /// The increment of the baseline hazard for whoever is at risk without an event.
    pub(super) fn hazard(&self) -> f64 {
        self.inverse[0]
    }

    /// What those with an event at this time are spared of the increment.
    pub(super) fn hazard_spared(&self) -> f64 {
        self.inverse[1]
    }

    /// The increment of the baseline hazard times the mean covariate of the risk set.
    pub(super) fn hazard_mean(&self, covariate: usize) -> f64 {
        let [square, gone_square, _] = self.inverse_square;
        square * self.at_risk.first[covariate] - gone_square * self.tied.first[covariate]
    }

    /// What those with an event are spared of the same.
    pub(super) fn hazard_mean_spared(&self, covariate: usize) -> f64 {
        let [_, gone_square, both_square] = self.inverse_square;
        gone_square * self.at_risk.first[covariate] - both_square * self.tied.first[covariate]
    }

    /// The mean covariate of the risk sets that the events face.
    pub(super) fn mean(&self, covariate: usize) -> f64 {
        self.expected(covariate) / self.weight
    }

    /// The derivative of the log likelihood.
    pub(in crate::survival) fn score(&self, covariate: usize) -> f64 {
        self.weighted_covariates[covariate] - self.expected(covariate)
    }

    fn expected(&self, covariate: usize) -> f64 {
        let [one, gone] = self.inverse;
        one * self.at_risk.first[covariate] - gone * self.tied.first[covariate]
    }

    /// Adds `factor` times minus the second derivatives, as a lower triangle row by row.
    pub(in crate::survival) fn add_information(&self, factor: f64, information: &mut [f64]) {
        let [one, gone] = self.inverse;
        let [square, gone_square, both_square] = self.inverse_square;
        let (all, tied) = (&self.at_risk, &self.tied);
        let mut place = 0;
        for row in 0..all.first.len() {
            for column in 0..=row {
                let products = one * all.second[place] - gone * tied.second[place];
                let means = square * all.first[row] * all.first[column]
                    - gone_square
                        * (all.first[row] * tied.first[column]
                            + tied.first[row] * all.first[column])
                    + both_square * tied.first[row] * tied.first[column];
                information[place] += factor * (products - means);
                place += 1;
            }
        }
    }
}
