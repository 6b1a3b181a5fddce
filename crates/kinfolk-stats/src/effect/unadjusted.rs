//! The arms as they are.

use super::{Arms, Effect, Effects, OutcomeKind};
use crate::fisher::fisher_two_sided;
use crate::{
    Confidence, Proportion, Ratio, Sample, StatsError, odds_ratio, risk_difference, risk_ratio,
    welch_difference,
};

/// How do the arms differ as they are? Shares by Newcombe's difference, log ratios and Fisher's exact
/// test; means by Welch's.
///
/// Clusters and covariates are passed over.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`]; [`StatsError::OneArm`],
/// [`StatsError::ArmTooSmall`].
pub fn unadjusted(arms: &Arms, confidence: Confidence) -> Result<Effects, StatsError> {
    arms.check()?;
    match arms.kind() {
        OutcomeKind::YesOrNo => shares(arms, confidence),
        OutcomeKind::Measured => means(arms, confidence),
    }
}

fn outcomes(arms: &Arms, arm: bool) -> Vec<f64> {
    let rows = arms.treated.iter().zip(arms.outcome);
    rows.filter(|&(&treated, _)| treated == arm)
        .map(|(_, &y)| y)
        .collect()
}

fn shares(arms: &Arms, confidence: Confidence) -> Result<Effects, StatsError> {
    let proportion = |arm| {
        let outcomes = outcomes(arms, arm);
        let n_yes = outcomes.iter().filter(|&&y| y == 1.0).count();
        Proportion::new(n_yes as u64, outcomes.len() as u64)
    };
    let (treated, control) = (proportion(true)?, proportion(false)?);
    let difference = risk_difference(treated, control, confidence).ok_or(StatsError::OneArm)?;
    let p_value = fisher_two_sided(treated, control);
    let effect = |value, interval| Effect {
        value,
        interval,
        standard_error: None,
        degrees_of_freedom: None,
        p_value,
    };
    let ratio = |ratio: Ratio| effect(ratio.estimate.value, ratio.estimate.interval);
    Ok(Effects {
        mean_treated: treated.share().unwrap_or_default(),
        mean_control: control.share().unwrap_or_default(),
        difference: effect(difference.value, difference.interval),
        ratio: risk_ratio(treated, control, confidence).map(ratio),
        odds_ratio: odds_ratio(treated, control, confidence).map(ratio),
        n_left_out: 0,
    })
}

fn means(arms: &Arms, confidence: Confidence) -> Result<Effects, StatsError> {
    let (treated, control) = (
        Sample::new(outcomes(arms, true))?,
        Sample::new(outcomes(arms, false))?,
    );
    let found = welch_difference(&treated, &control, confidence).ok_or(StatsError::OneArm)?;
    let test = found.test;
    Ok(Effects {
        mean_treated: treated.average().unwrap_or_default(),
        mean_control: control.average().unwrap_or_default(),
        difference: Effect {
            value: found.difference.value,
            interval: found.difference.interval,
            standard_error: test
                .map(|test| found.difference.value / test.t)
                .filter(|error| error.is_finite()),
            degrees_of_freedom: test.map(|test| test.degrees_of_freedom),
            p_value: test.map(|test| test.p_value),
        },
        ratio: None,
        odds_ratio: None,
        n_left_out: 0,
    })
}
