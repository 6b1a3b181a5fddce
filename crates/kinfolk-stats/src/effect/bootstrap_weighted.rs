//! Weights and effect, again and again on samples of the sample.

use super::resample::Resampling;
use super::weighted::WeightModel;
use super::{Arms, Bootstrap, Weighting};
use crate::{Confidence, StatsError};

/// How would the weighted difference vary were the subjects drawn anew? Draws subjects (clusters where
/// they are given) with replacement, and each time makes the weights and takes the difference of the
/// weighted means. The corrected interval takes its skew from what each subject contributes.
///
/// See `docs/methods/effect-bootstrap.md`.
///
/// # Errors
///
/// As for [`weighted`](super::weighted()); [`StatsError::DrawsFailed`] when more than one draw in twenty
/// gave no effect.
pub fn bootstrap_weighted(
    arms: &Arms,
    weighting: Weighting,
    resampling: &Resampling,
    confidence: Confidence,
) -> Result<Bootstrap, StatsError> {
    arms.check()?;
    arms.check_cells()?;
    let means = WeightModel::new(arms, weighting)?.means(arms)?;
    let value = means.treated - means.control;
    let influence = arms.cluster_sums(&means.influence);
    let found = resampling.draw(arms.subjects(), |counts| {
        difference(arms, weighting, counts)
    })?;
    Bootstrap::new((value, &influence), &found, resampling.draws, confidence)
}

/// The difference in a sample that holds each row so many times.
fn difference(arms: &Arms, weighting: Weighting, counts: &[u32]) -> Result<f64, StatsError> {
    let rows: Vec<usize> = (0..counts.len())
        .flat_map(|row| std::iter::repeat_n(row, counts[row] as usize))
        .collect();
    let pick = |column: &[f64]| rows.iter().map(|&row| column[row]).collect::<Vec<f64>>();
    let covariates: Vec<Vec<f64>> = arms.covariates.iter().map(|column| pick(column)).collect();
    let columns: Vec<&[f64]> = covariates.iter().map(Vec::as_slice).collect();
    let treated: Vec<bool> = rows.iter().map(|&row| arms.treated[row]).collect();
    let outcome = pick(arms.outcome);
    let drawn = Arms {
        treated: &treated,
        outcome: &outcome,
        covariates: &columns,
        clusters: None,
    };
    drawn.check()?;
    let weights = WeightModel::new(&drawn, weighting)?.weights;
    let mean = |arm: bool| {
        let rows = || (0..treated.len()).filter(|&row| treated[row] == arm);
        let sum: f64 = rows().map(|row| weights[row] * outcome[row]).sum();
        sum / rows().map(|row| weights[row]).sum::<f64>()
    };
    Ok(mean(true) - mean(false))
}
