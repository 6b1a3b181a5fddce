//! A model in the order in which its risk sets are walked.

use super::event_time::{EventTime, Moments, from_triangle, triangle};
use super::{CoxModel, Ties};
use crate::StatsError;
use crate::newton::{Likelihood, Slope};
use crate::survival::risk_sets::{RiskSets, Step};

/// Covariates, weights and events in the order of [`RiskSets::joining`].
pub(in crate::survival) struct Sorted {
    n_covariates: usize,
    /// Row by row, less the mean of each column.
    covariates: Vec<f64>,
    weights: Option<Vec<f64>>,
    events: Vec<bool>,
    /// For each row in the order of leaving, its place in the order of joining.
    leaving: Vec<u32>,
    sets: RiskSets,
    ties: Ties,
}

impl Sorted {
    pub(in crate::survival) fn new(model: &CoxModel) -> Result<Self, StatsError> {
        let sets = RiskSets::new(model.follow_up, model.strata)?;
        let rows = || sets.joining().iter().map(|&row| row as usize);
        Ok(Self {
            n_covariates: model.covariates.len(),
            covariates: centred_rows(model.covariates, &sets),
            weights: model
                .weights
                .map(|weights| rows().map(|row| weights[row]).collect()),
            events: rows().map(|row| model.follow_up.events()[row]).collect(),
            leaving: places_of_leaving(&sets),
            ties: model.ties,
            sets,
        })
    }

    pub(in crate::survival) fn n_covariates(&self) -> usize {
        self.n_covariates
    }

    pub(super) fn sets(&self) -> &RiskSets {
        &self.sets
    }

    pub(super) fn row(&self, place: usize) -> &[f64] {
        &self.covariates[place * self.n_covariates..][..self.n_covariates]
    }

    pub(super) fn weight(&self, place: usize) -> f64 {
        self.weights.as_ref().map_or(1.0, |weights| weights[place])
    }

    pub(super) fn event(&self, place: usize) -> bool {
        self.events[place]
    }

    pub(super) fn place_of_leaving(&self, leaving: usize) -> usize {
        self.leaving[leaving] as usize
    }

    /// Each row's linear predictor.
    pub(in crate::survival) fn predictors(&self, coefficients: &[f64]) -> Vec<f64> {
        let rows = self.covariates.chunks_exact(self.n_covariates);
        rows.map(|row| row.iter().zip(coefficients).map(|(x, b)| x * b).sum())
            .collect()
    }

    /// Calls `visit` for each distinct time, stratum by stratum, from the last time to the first; with
    /// what happens there where there are events.
    pub(in crate::survival) fn walk(
        &self,
        predictors: &[f64],
        mut visit: impl FnMut(&Step, Option<&EventTime>),
    ) {
        let mut at_risk = AtRisk::new(self.n_covariates);
        let mut event_time = EventTime::new(self.n_covariates, self.ties);
        let risk = |place: usize| self.weight(place) * predictors[place].exp();
        for step in self.sets.steps() {
            if at_risk.continues(step.stratum) {
                for leaving in step.leaving.clone() {
                    let place = self.place_of_leaving(leaving);
                    at_risk.leave(risk(place), self.row(place));
                }
            }
            event_time.clear();
            for place in step.joining.clone() {
                let (risk, row) = (risk(place), self.row(place));
                at_risk.join(risk, row);
                if self.events[place] {
                    event_time.add(self.weight(place), predictors[place], risk, row);
                }
            }
            let has_events = event_time.n_events > 0;
            if has_events {
                event_time.face(&at_risk.moments);
            }
            visit(step, has_events.then_some(&event_time));
        }
    }
}

impl Likelihood for Sorted {
    fn at(&self, coefficients: &[f64]) -> Slope {
        let n = self.n_covariates;
        let mut log_likelihood = 0.0;
        let mut score = vec![0.0; n];
        let mut information = vec![0.0; triangle(n)];
        self.walk(&self.predictors(coefficients), |_, event_time| {
            let Some(event_time) = event_time else { return };
            log_likelihood += event_time.log_likelihood();
            for (covariate, sum) in score.iter_mut().enumerate() {
                *sum += event_time.score(covariate);
            }
            event_time.add_information(1.0, &mut information);
        });
        Slope {
            log_likelihood,
            score,
            information: from_triangle(n, &information),
        }
    }

    fn scales(&self) -> Vec<f64> {
        let rows_per_event = self.events.len() as f64 / self.n();
        let mut squares = vec![0.0; self.n_covariates];
        for row in self.covariates.chunks_exact(self.n_covariates) {
            let sums = squares.iter_mut().zip(row);
            sums.for_each(|(sum, x)| *sum += x * x);
        }
        squares.iter().map(|sum| sum / rows_per_event).collect()
    }

    fn n(&self) -> f64 {
        self.events.iter().filter(|&&event| event).count() as f64
    }
}

/// The subjects at risk, summed.
struct AtRisk {
    stratum: Option<u32>,
    n: usize,
    moments: Moments,
}

impl AtRisk {
    fn new(n_covariates: usize) -> Self {
        Self {
            stratum: None,
            n: 0,
            moments: Moments::zeros(n_covariates),
        }
    }

    /// Whether the stratum is the one at hand; if not, it becomes so, with nobody at risk.
    fn continues(&mut self, stratum: u32) -> bool {
        let same = self.stratum.replace(stratum) == Some(stratum);
        if !same {
            self.n = 0;
            self.moments.clear();
        }
        same
    }

    fn join(&mut self, risk: f64, covariates: &[f64]) {
        self.n += 1;
        self.moments.add(risk, covariates);
    }

    fn leave(&mut self, risk: f64, covariates: &[f64]) {
        self.n -= 1;
        self.moments.add(-risk, covariates);
        if self.n == 0 {
            // Nothing of the rounding of earlier sums is carried on.
            self.moments.clear();
        }
    }
}

/// Centring changes no coefficient and keeps the exponents small.
fn centred_rows(columns: &[&[f64]], sets: &RiskSets) -> Vec<f64> {
    let n_covariates = columns.len();
    let mut rows = vec![0.0; n_covariates * sets.joining().len()];
    for (index, column) in columns.iter().enumerate() {
        let mean = column.iter().sum::<f64>() / column.len() as f64;
        for (place, &row) in sets.joining().iter().enumerate() {
            rows[place * n_covariates + index] = column[row as usize] - mean;
        }
    }
    rows
}

fn places_of_leaving(sets: &RiskSets) -> Vec<u32> {
    let mut place_of_row = vec![0; sets.leaving().len()];
    if place_of_row.is_empty() {
        return place_of_row;
    }
    for (place, &row) in sets.joining().iter().enumerate() {
        place_of_row[row as usize] = place as u32;
    }
    sets.leaving()
        .iter()
        .map(|&row| place_of_row[row as usize])
        .collect()
}
