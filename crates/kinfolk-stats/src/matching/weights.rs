//! Weights from a propensity score.

use crate::StatsError;
use crate::columns::check_column;

/// For whom an effect is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Estimand {
    /// Those who were treated (ATT): what a programme did for those it served.
    #[default]
    Treated,
    /// Everybody, treated or not (ATE).
    Everybody,
    /// Those who might as well have been in either arm (overlap weights, ATO).
    Overlap,
}

/// How much should each subject count, so that the arms are alike? With e the score: for the treated
/// 1 and e/(1 − e); for everybody 1/e and 1/(1 − e); for the overlap 1 − e and e.
///
/// Weights are as they come: divide by the sum in each arm for a weighted mean. See
/// `docs/methods/weighting.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::OneArm`]; [`StatsError::Score`] for a score that is
/// not above 0 and below 1.
pub fn propensity_weights(
    treated: &[bool],
    scores: &[f64],
    estimand: Estimand,
) -> Result<Vec<f64>, StatsError> {
    check_column("scores", scores, treated.len())?;
    super::matches::check_arms(treated)?;
    if let Some(at) = scores
        .iter()
        .position(|&score| !(score > 0.0 && score < 1.0))
    {
        return Err(StatsError::Score {
            at,
            value: scores[at],
        });
    }
    let weight = |(&treated, &score): (&bool, &f64)| match (estimand, treated) {
        (Estimand::Treated, true) => 1.0,
        (Estimand::Treated, false) => score / (1.0 - score),
        (Estimand::Everybody, true) => 1.0 / score,
        (Estimand::Everybody, false) => 1.0 / (1.0 - score),
        (Estimand::Overlap, true) => 1.0 - score,
        (Estimand::Overlap, false) => score,
    };
    Ok(treated.iter().zip(scores).map(weight).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let check = |estimand, expected: [f64; 2]| {
            let found = propensity_weights(&[true, false], &[0.2, 0.75], estimand);
            assert_eq!(found, Ok(expected.to_vec()), "{estimand:?}");
        };
        check(Estimand::Treated, [1.0, 3.0]);
        check(Estimand::Everybody, [5.0, 4.0]);
        check(Estimand::Overlap, [0.8, 0.75]);
        let certain = propensity_weights(&[true, false], &[0.5, 1.0], Estimand::Treated);
        assert_eq!(certain, Err(StatsError::Score { at: 1, value: 1.0 }));
    }
}
