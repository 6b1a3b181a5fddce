//! Weights that make the arms alike, with errors that know the weights were estimated.

use super::linear_model::Design;
use super::means::MarginalMeans;
use super::{Arms, Effects};
use crate::matching::{Estimand, balance_entropy, propensity, propensity_weights};
use crate::matrix::dot;
use crate::{Confidence, StatsError};

/// Where weights come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weighting {
    /// A logistic propensity score on all covariates.
    Propensity(Estimand),
    /// Comparators' weights that make the means of all covariates those of the treated.
    Entropy,
}

/// How do the arms differ, each subject counting by its weight? Weighted means within each arm.
///
/// The errors are those of M-estimation: the equations that give the weights and those that give the
/// means are taken together, so that the error of the weights counts. Where clusters are given, each
/// counts as one. See `docs/methods/effect.md`.
///
/// # Errors
///
/// Those of [`propensity`] or [`balance_entropy`]; [`StatsError::NoOverlap`] when every score of one
/// arm is above every score of the other; [`StatsError::ArmTooSmall`], [`StatsError::CellTooSmall`].
pub fn weighted(
    arms: &Arms,
    weighting: Weighting,
    confidence: Confidence,
) -> Result<Effects, StatsError> {
    arms.check()?;
    arms.check_cells()?;
    let model = WeightModel::new(arms, weighting)?;
    Ok(model.means(arms)?.effects(arms, confidence))
}

/// The weights, the equations that they solve, and how they move with the coefficients.
pub(super) struct WeightModel {
    pub(super) weights: Vec<f64>,
    /// A row's weight moves by this times x.
    slopes: Vec<f64>,
    /// A row's part of the equations is this times x.
    scores: Vec<f64>,
    /// The curvature of the equations is the sum of this times xxᵀ.
    curves: Vec<f64>,
}

impl WeightModel {
    pub(super) fn new(arms: &Arms, weighting: Weighting) -> Result<Self, StatsError> {
        match weighting {
            Weighting::Entropy => Self::entropy(arms),
            Weighting::Propensity(estimand) => Self::propensity(arms, estimand),
        }
    }

    /// Comparators' weights are exp(a + λ·x), with Σ over comparators of w·(1, x) = Σ over the treated
    /// of (1, x).
    fn entropy(arms: &Arms) -> Result<Self, StatsError> {
        let weights = balance_entropy(arms.covariates, arms.treated)?;
        let rows = || arms.treated.iter().zip(&weights);
        let controls = rows().map(|(&treated, &weight)| if treated { 0.0 } else { weight });
        let scores = rows().map(|(&treated, &weight)| if treated { 1.0 } else { -weight });
        Ok(Self {
            slopes: controls.clone().collect(),
            curves: controls.collect(),
            scores: scores.collect(),
            weights,
        })
    }

    fn propensity(arms: &Arms, estimand: Estimand) -> Result<Self, StatsError> {
        let scores = overlapping_scores(arms)?;
        let rows = || arms.treated.iter().zip(&scores);
        let slope = |(&treated, &score): (&bool, &f64)| match (estimand, treated) {
            (Estimand::Treated, true) => 0.0,
            (Estimand::Treated, false) => score / (1.0 - score),
            (Estimand::Everybody, true) => -(1.0 - score) / score,
            (Estimand::Everybody, false) => score / (1.0 - score),
            (Estimand::Overlap, true) => -score * (1.0 - score),
            (Estimand::Overlap, false) => score * (1.0 - score),
        };
        Ok(Self {
            weights: propensity_weights(arms.treated, &scores, estimand)?,
            slopes: rows().map(slope).collect(),
            scores: rows()
                .map(|(&treated, score)| f64::from(u8::from(treated)) - score)
                .collect(),
            curves: scores.iter().map(|score| score * (1.0 - score)).collect(),
        })
    }

    pub(super) fn means(&self, arms: &Arms) -> Result<MarginalMeans, StatsError> {
        let n = arms.treated.len();
        let design = Design::new(arms.covariates, n, &[&self.curves]);
        let information = design
            .information(&self.curves)
            .ok_or(StatsError::NoOverlap)?;
        let mut means = [0.0; 2];
        let mut influence = vec![[0.0; 2]; n];
        for (at, arm) in [true, false].into_iter().enumerate() {
            let own = |row: usize| arms.treated[row] == arm;
            let rows = || (0..n).filter(|&row| own(row));
            let total: f64 = rows().map(|row| self.weights[row]).sum();
            let sum: f64 = rows()
                .map(|row| self.weights[row] * arms.outcome[row])
                .sum();
            means[at] = sum / total;
            let residual = |row: usize| (arms.outcome[row] - means[at]) / total;
            let moved: Vec<f64> = (0..n)
                .map(|row| {
                    if own(row) {
                        self.slopes[row] * residual(row)
                    } else {
                        0.0
                    }
                })
                .collect();
            let along = information.solve(&design.sums(&moved));
            for (row, influence) in influence.iter_mut().enumerate() {
                let direct = if own(row) {
                    self.weights[row] * residual(row)
                } else {
                    0.0
                };
                influence[at] = direct + self.scores[row] * dot(design.x.row(row), &along);
            }
        }
        Ok(MarginalMeans {
            treated: means[0],
            control: means[1],
            influence,
        })
    }
}

/// # Errors
///
/// Those of [`propensity`], and [`StatsError::NoOverlap`].
pub(super) fn overlapping_scores(arms: &Arms) -> Result<Vec<f64>, StatsError> {
    let found = propensity(arms.covariates, arms.treated)?;
    let range = |arm: bool| {
        let rows = arms.treated.iter().zip(&found.scores);
        rows.filter(|&(&treated, _)| treated == arm).fold(
            (f64::INFINITY, f64::NEG_INFINITY),
            |(low, high), (_, &score)| (low.min(score), high.max(score)),
        )
    };
    let (treated, control) = (range(true), range(false));
    if treated.0 > control.1 || control.0 > treated.1 {
        return Err(StatsError::NoOverlap);
    }
    Ok(found.scores)
}
