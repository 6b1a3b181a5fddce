//! Outcome regression and propensity score together.

use super::linear_model::{Design, Link};
use super::means::MarginalMeans;
use super::weighted::overlapping_scores;
use super::{Arms, Effects, OutcomeKind};
use crate::{Confidence, StatsError};

/// For whom an effect is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Population {
    /// Those who were treated (ATT).
    #[default]
    Treated,
    /// Everybody (ATE).
    Everybody,
}

/// How do the arms differ, by a regression of the outcome within each arm whose misfit is weighted by
/// the propensity score (AIPW)? Right when either the regression or the score is.
///
/// The regression is logistic for yes or no, else linear. Errors are those of the influence function,
/// which holds when both models are right. See `docs/methods/effect.md`.
///
/// # Errors
///
/// As for [`weighted`](super::weighted); [`StatsError::NotConverged`] when a regression has no peak.
pub fn doubly_robust(
    arms: &Arms,
    population: Population,
    confidence: Confidence,
) -> Result<Effects, StatsError> {
    arms.check()?;
    arms.check_cells()?;
    let scores = overlapping_scores(arms)?;
    let models = OutcomeModels::new(arms)?;
    let means = match population {
        Population::Treated => of_the_treated(arms, &scores, &models),
        Population::Everybody => of_everybody(arms, &scores, &models),
    };
    Ok(Effects {
        n_left_out: models.n_left_out,
        ..means.effects(arms, confidence)
    })
}

/// What each subject's outcome would be expected to be in either arm.
struct OutcomeModels {
    treated: Vec<f64>,
    control: Vec<f64>,
    n_left_out: usize,
}

impl OutcomeModels {
    fn new(arms: &Arms) -> Result<Self, StatsError> {
        let link = match arms.kind() {
            OutcomeKind::YesOrNo => Link::Logit,
            OutcomeKind::Measured => Link::Identity,
        };
        let indicator = |arm: bool| -> Vec<f64> {
            let rows = arms.treated.iter();
            rows.map(|&treated| f64::from(u8::from(treated == arm)))
                .collect()
        };
        let (treated, control) = (indicator(true), indicator(false));
        let design = Design::new(arms.covariates, treated.len(), &[&treated, &control]);
        let start = vec![0.0; design.kept.len() + 1];
        let expected = |weights: &[f64]| {
            let fit = design.fit(arms.outcome, weights, link, &start)?;
            Ok::<_, StatsError>(design.means(&fit, link))
        };
        Ok(Self {
            treated: expected(&treated)?,
            control: expected(&control)?,
            n_left_out: arms.covariates.len() - design.kept.len(),
        })
    }
}

fn of_the_treated(arms: &Arms, scores: &[f64], models: &OutcomeModels) -> MarginalMeans {
    let n = arms.treated.iter().filter(|&&treated| treated).count() as f64;
    let parts = |row: usize| {
        let misfit = arms.outcome[row] - models.control[row];
        match arms.treated[row] {
            true => [arms.outcome[row] / n, models.control[row] / n],
            false => [0.0, scores[row] / (1.0 - scores[row]) * misfit / n],
        }
    };
    let share = |row: usize| f64::from(u8::from(arms.treated[row])) / n;
    sum(arms.treated.len(), parts, share)
}

fn of_everybody(arms: &Arms, scores: &[f64], models: &OutcomeModels) -> MarginalMeans {
    let n = arms.treated.len() as f64;
    let parts = |row: usize| {
        let (y, score) = (arms.outcome[row], scores[row]);
        let (treated, control) = (models.treated[row], models.control[row]);
        match arms.treated[row] {
            true => [(treated + (y - treated) / score) / n, control / n],
            false => [treated / n, (control + (y - control) / (1.0 - score)) / n],
        }
    };
    sum(arms.treated.len(), parts, |_| 1.0 / n)
}

/// Each mean is the sum of the subjects' parts; the influence of one is its part less its share of
/// the mean.
fn sum(n: usize, parts: impl Fn(usize) -> [f64; 2], share: impl Fn(usize) -> f64) -> MarginalMeans {
    let means = (0..n)
        .map(&parts)
        .fold([0.0; 2], |sum, part| [sum[0] + part[0], sum[1] + part[1]]);
    let influence = |row: usize| {
        let part = parts(row);
        [
            part[0] - share(row) * means[0],
            part[1] - share(row) * means[1],
        ]
    };
    MarginalMeans {
        treated: means[0],
        control: means[1],
        influence: (0..n).map(influence).collect(),
    }
}
