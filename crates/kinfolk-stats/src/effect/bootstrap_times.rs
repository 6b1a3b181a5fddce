//! Propensity score, match and mean times without an event, again and again on samples of the sample.

use super::rematched::{BootstrapOptions, Rematched};
use super::{Arms, Bootstrap};
use crate::columns::check_length;
use crate::survival::{FollowUp, WeightedArea};
use crate::{Confidence, StatsError};

/// How would the difference of mean times without an event, within a horizon, vary in the matched sample
/// were the subjects drawn anew? Draws subjects (clusters where they are given) with replacement, and each
/// time fits the propensity score, matches on its logit without replacement, and takes the areas under
/// the curves of those matched, comparators by their weights. In the unit of the follow-up.
///
/// The outcome of the arms is not looked at. See `docs/methods/effect-bootstrap.md`.
///
/// # Errors
///
/// As for [`bootstrap_matched`](super::bootstrap_matched); [`StatsError::Horizon`] where the matched of an
/// arm were not watched for so long. A draw of which that is so gives no effect.
pub fn bootstrap_mean_times(
    arms: &Arms,
    (follow_up, horizon): (&FollowUp, f64),
    options: &BootstrapOptions,
    confidence: Confidence,
) -> Result<Bootstrap, StatsError> {
    arms.check()?;
    check_length("times", follow_up.len(), arms.treated.len())?;
    let rematched = Rematched::new(arms, options)?;
    let times = MeanTimes {
        treated: arms.treated,
        follow_up,
        horizon,
    };
    let weights = rematched.weights(&vec![1; arms.treated.len()])?;
    let (value, influence) = times.difference_and_influence(&weights)?;
    let difference = |counts: &[u32]| times.difference(&rematched.weights(counts)?);
    let found = options.resampling().draw(arms.subjects(), difference)?;
    let sums = arms.cluster_sums(&influence);
    Bootstrap::new((value, &sums), &found, options.draws, confidence)
}

/// The mean times of those who count in either arm.
struct MeanTimes<'a> {
    treated: &'a [bool],
    follow_up: &'a FollowUp,
    horizon: f64,
}

/// An arm: its rows, their follow-up and their weights.
struct Counted {
    rows: Vec<usize>,
    follow_up: FollowUp,
    weights: Vec<f64>,
}

impl MeanTimes<'_> {
    fn counted(&self, arm: bool, weights: &[f64]) -> Counted {
        let counts = |row: usize| self.treated[row] == arm && weights[row] > 0.0;
        let rows: Vec<usize> = (0..weights.len()).filter(|&row| counts(row)).collect();
        Counted {
            follow_up: self.follow_up.subset(counts),
            weights: rows.iter().map(|&row| weights[row]).collect(),
            rows,
        }
    }

    fn difference(&self, weights: &[f64]) -> Result<f64, StatsError> {
        let mean = |arm: bool| {
            let own = self.counted(arm, weights);
            WeightedArea::new(&own.follow_up, &own.weights, self.horizon).map(|area| area.value)
        };
        Ok(mean(true)? - mean(false)?)
    }

    /// The difference, and what each subject contributes to either mean.
    fn difference_and_influence(
        &self,
        weights: &[f64],
    ) -> Result<(f64, Vec<[f64; 2]>), StatsError> {
        let mut means = [0.0; 2];
        let mut influence = vec![[0.0; 2]; weights.len()];
        for (at, arm) in [true, false].into_iter().enumerate() {
            let own = self.counted(arm, weights);
            let area = WeightedArea::new(&own.follow_up, &own.weights, self.horizon)?;
            means[at] = area.value;
            let moved = area.influence(&own.follow_up, &own.weights);
            for (&row, moved) in own.rows.iter().zip(moved) {
                influence[row][at] = moved;
            }
        }
        Ok((means[0] - means[1], influence))
    }
}
