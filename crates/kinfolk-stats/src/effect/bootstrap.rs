//! Propensity score, match and effect, again and again on samples of the sample.

use super::Arms;
use super::linear_model::{Design, Link};
use super::rematched::{BootstrapOptions, Rematched};
use crate::matrix::dot;
use crate::{Confidence, Interval, StatsError, bca_interval};

/// How a matched or weighted difference varies from sample to sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Bootstrap {
    /// The difference in the sample itself.
    pub value: f64,
    /// The standard deviation of the draws.
    pub standard_error: f64,
    /// Between the draws' percentiles.
    pub interval: Interval,
    /// The same corrected for bias and for skew; `None` where the draws are too few for it.
    pub bias_corrected: Option<Interval>,
    /// How many draws gave an effect.
    pub n_draws: usize,
    /// How many did not, for want of pairs or of a propensity score.
    pub n_failed: usize,
}

/// How would the matched difference vary were the subjects drawn anew? Draws subjects (clusters where
/// they are given) with replacement, and each time fits the propensity score on all covariates,
/// matches on its logit without replacement, and takes the difference for the treated.
///
/// Each draw has a stream of random numbers of its own. The corrected interval takes its skew from what
/// each subject contributes in the pairs of the sample itself, as though they had stayed together. See `docs/methods/effect-bootstrap.md`.
///
/// # Errors
///
/// As for [`standardised`](super::standardised) and [`match_greedily`](crate::matching::match_greedily); [`StatsError::DrawsFailed`]
/// when more than one draw in twenty gave no effect.
pub fn bootstrap_matched(
    arms: &Arms,
    options: &BootstrapOptions,
    confidence: Confidence,
) -> Result<Bootstrap, StatsError> {
    arms.check()?;
    let rematched = Rematched::new(arms, options)?;
    let adjusted = Adjusted::new(arms, options.adjust_for);
    let weights = rematched.weights(&vec![1; arms.treated.len()])?;
    let (value, influence) = adjusted.difference_and_influence(&weights)?;
    let difference = |counts: &[u32]| adjusted.difference(&rematched.weights(counts)?);
    let found = options.resampling().draw(arms, difference)?;
    let sums = arms.cluster_sums(&influence);
    Bootstrap::new((value, &sums), &found, options.draws, confidence)
}

impl Bootstrap {
    /// From a value with what each subject or cluster contributes to either mean, and from the draws that
    /// gave an effect, of so many.
    pub(super) fn new(
        (value, influence): (f64, &[[f64; 2]]),
        found: &[f64],
        draws: usize,
        confidence: Confidence,
    ) -> Result<Self, StatsError> {
        let influence = influence.iter();
        let influence: Vec<f64> = influence
            .map(|[treated, control]| treated - control)
            .collect();
        let mut sorted = found.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let tail = (1.0 - confidence.level()) / 2.0;
        Ok(Self {
            value,
            standard_error: standard_deviation(&sorted),
            interval: Interval {
                lower: percentile(&sorted, tail),
                upper: percentile(&sorted, 1.0 - tail),
            },
            bias_corrected: bca_interval(value, found, &influence, confidence)?,
            n_draws: found.len(),
            n_failed: draws - found.len(),
        })
    }
}

fn standard_deviation(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt()
}

/// R's type 6: at (n + 1)·share among the sorted.
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let n = sorted.len();
    let place = ((n + 1) as f64 * share).clamp(1.0, n as f64);
    let below = place.floor() as usize - 1;
    let above = (below + 1).min(n - 1);
    sorted[below] + (place - place.floor()) * (sorted[above] - sorted[below])
}

/// A regression among comparators, and what it expects of the treated.
struct Adjusted<'a> {
    arms: &'a Arms<'a>,
    design: Design,
}

impl<'a> Adjusted<'a> {
    fn new(arms: &'a Arms<'a>, covariates: &[&[f64]]) -> Self {
        let control: Vec<f64> = arms
            .treated
            .iter()
            .map(|&t| f64::from(u8::from(!t)))
            .collect();
        Self {
            design: Design::new(covariates, control.len(), &[&control]),
            arms,
        }
    }

    /// The weights of an arm, 0 for the other.
    fn of_arm(&self, arm: bool, weights: &[f64]) -> Vec<f64> {
        let rows = weights.iter().zip(self.arms.treated);
        rows.map(|(&weight, &treated)| if treated == arm { weight } else { 0.0 })
            .collect()
    }

    fn model(&self, weights: &[f64]) -> Result<Vec<f64>, StatsError> {
        let controls = self.of_arm(false, weights);
        let start = vec![0.0; self.design.kept.len() + 1];
        let outcome = self.arms.outcome;
        self.design.fit(outcome, &controls, Link::Identity, &start)
    }

    /// The treated's mean less that expected of them as comparators.
    fn difference(&self, weights: &[f64]) -> Result<f64, StatsError> {
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
    fn difference_and_influence(
        &self,
        weights: &[f64],
    ) -> Result<(f64, Vec<[f64; 2]>), StatsError> {
        let model = self.model(weights)?;
        let difference = self.difference_by(&model, weights);
        let treated = self.of_arm(true, weights);
        let total: f64 = treated.iter().sum();
        let information = self
            .design
            .information(&self.of_arm(false, weights))
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
