//! The mean of the treated less what a regression among their comparators expects of them.

use super::Arms;
use super::linear_model::{Design, Link};
use crate::StatsError;
use crate::columns::check_column;
use crate::matrix::dot;

/// A matched difference, and what each row contributes to it.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchedDifference {
    /// The difference, in the unit of the outcome.
    pub value: f64,
    /// How much each row moves it while the weights stay as they are: the slope along its weight, times
    /// the weight.
    pub influence: Vec<f64>,
}

/// By how much do the treated lie above what a linear regression among their comparators, on all
/// covariates of the arms, expects of them? Each row counts by its weight, such as that of
/// [`Matches::weights`](crate::matching::Matches::weights); covariates that say nothing new among the
/// comparators who count are left out. See `docs/methods/effect-bootstrap.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`]; [`StatsError::OneArm`],
/// [`StatsError::ArmTooSmall`]; [`StatsError::NoOverlap`] where nobody of an arm counts.
pub fn matched_difference(arms: &Arms, weights: &[f64]) -> Result<MatchedDifference, StatsError> {
    arms.check()?;
    check_column("weights", weights, arms.treated.len())?;
    let counts = |arm: bool| {
        of_arm(arms, arm, weights)
            .iter()
            .any(|&weight| weight > 0.0)
    };
    if !(counts(true) && counts(false)) {
        return Err(StatsError::NoOverlap);
    }
    let adjusted = Adjusted::among(arms, arms.covariates, weights);
    let (value, influence) = adjusted.difference_and_influence(weights)?;
    let influence = influence.iter();
    Ok(MatchedDifference {
        value,
        influence: influence
            .map(|[treated, control]| treated - control)
            .collect(),
    })
}

/// The weights of an arm, 0 for the other.
fn of_arm(arms: &Arms, arm: bool, weights: &[f64]) -> Vec<f64> {
    let rows = weights.iter().zip(arms.treated);
    rows.map(|(&weight, &treated)| if treated == arm { weight } else { 0.0 })
        .collect()
}

/// A regression among comparators, and what it expects of the treated.
pub(super) struct Adjusted<'a> {
    arms: &'a Arms<'a>,
    design: Design,
}

impl<'a> Adjusted<'a> {
    /// With those of the covariates that say something new among all comparators.
    pub(super) fn new(arms: &'a Arms<'a>, covariates: &[&[f64]]) -> Self {
        Self::among(arms, covariates, &vec![1.0; arms.treated.len()])
    }

    /// With those that say something new among comparators with a weight.
    fn among(arms: &'a Arms<'a>, covariates: &[&[f64]], weights: &[f64]) -> Self {
        let controls = of_arm(arms, false, weights);
        Self {
            design: Design::new(covariates, controls.len(), &[&controls]),
            arms,
        }
    }

    fn model(&self, weights: &[f64]) -> Result<Vec<f64>, StatsError> {
        let controls = of_arm(self.arms, false, weights);
        let start = vec![0.0; self.design.kept.len() + 1];
        let outcome = self.arms.outcome;
        self.design.fit(outcome, &controls, Link::Identity, &start)
    }

    /// The treated's mean less that expected of them as comparators.
    pub(super) fn difference(&self, weights: &[f64]) -> Result<f64, StatsError> {
        Ok(self.difference_by(&self.model(weights)?, weights))
    }

    fn difference_by(&self, model: &[f64], weights: &[f64]) -> f64 {
        let (mut sum, mut total) = (0.0, 0.0);
        for (row, &weight) in weights.iter().enumerate() {
            if self.arms.treated[row] && weight > 0.0 {
                sum += weight * self.residual(model, row);
                total += weight;
            }
        }
        sum / total
    }

    fn residual(&self, model: &[f64], row: usize) -> f64 {
        self.arms.outcome[row] - dot(self.design.x.row(row), model)
    }

    /// The difference, and what each subject contributes to either mean while the weights stay as they
    /// are: a treated one by how far it lies from the difference, a comparator through the regression.
    pub(super) fn difference_and_influence(
        &self,
        weights: &[f64],
    ) -> Result<(f64, Vec<[f64; 2]>), StatsError> {
        let model = self.model(weights)?;
        let difference = self.difference_by(&model, weights);
        let treated = of_arm(self.arms, true, weights);
        let total: f64 = treated.iter().sum();
        let information = self
            .design
            .information(&of_arm(self.arms, false, weights))
            .ok_or(StatsError::NotConverged { iterations: 0 })?;
        let pull = information.solve(&self.design.sums(&treated));
        let own = |row: usize| {
            let residual = weights[row] * self.residual(&model, row) / total;
            match self.arms.treated[row] {
                true => [residual - weights[row] * difference / total, 0.0],
                false => [0.0, residual * dot(self.design.x.row(row), &pull)],
            }
        };
        Ok((difference, (0..weights.len()).map(own).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_covariate_that_all_matched_comparators_share_is_left_out() {
        let treated = [true, true, false, false, false];
        let outcome = [3.0, 5.0, 1.0, 2.5, 9.0];
        let arms = |covariates| Arms {
            treated: &treated,
            outcome: &outcome,
            covariates,
            clusters: None,
        };
        let shared: &[&[f64]] = &[&[1.0, 0.0, 1.0, 1.0, 0.0]];
        let weights = [1.0, 1.0, 1.0, 1.0, 0.0];
        let found = matched_difference(&arms(shared), &weights).unwrap();
        assert!((found.value - 2.25).abs() < 1e-12);
        // Whoever does not count moves nothing.
        assert_eq!(found.influence[4], 0.0);
        let nobody = matched_difference(&arms(&[]), &[0.0; 5]);
        assert_eq!(nobody, Err(StatsError::NoOverlap));
    }

    #[test]
    fn influence_is_how_the_difference_moves_with_a_weight() {
        let treated = [true, true, true, false, false, false, false];
        let outcome = [3.0, 5.0, 4.5, 1.0, 2.5, 2.0, 4.0];
        let covariate = [1.0, 2.0, 4.0, 1.5, 2.5, 3.0, 6.0];
        let arms = Arms {
            treated: &treated,
            outcome: &outcome,
            covariates: &[&covariate],
            clusters: None,
        };
        let adjusted = Adjusted::new(&arms, arms.covariates);
        let weights = vec![1.0, 1.0, 1.0, 0.5, 1.5, 1.0, 1.0];
        let (value, influence) = adjusted.difference_and_influence(&weights).unwrap();
        assert_eq!(value, adjusted.difference(&weights).unwrap());
        for (row, [of_treated, of_control]) in influence.into_iter().enumerate() {
            // The slope along a weight, times the weight, by a small step either way.
            let moved = |factor: f64| {
                let mut weights = weights.clone();
                weights[row] *= factor;
                adjusted.difference(&weights).unwrap()
            };
            let step = 1e-5;
            let slope = (moved(1.0 + step) - moved(1.0 - step)) / (2.0 * step);
            let own = of_treated - of_control;
            assert!((own - slope).abs() < 1e-8, "{row}: {own} {slope}");
        }
    }
}
