//! The effect by each method.

use kinfolk_model::{ComparisonMethod, MatchRule};
use kinfolk_stats::effect::{
    Arms, Effects, OutcomeKind, Population, Weighting, doubly_robust, standardised, unadjusted,
    weighted,
};
use kinfolk_stats::matching::{Estimand, Matches, Pair};
use kinfolk_stats::{Confidence, StatsError};

use super::{ComparedArms, pair};

/// Arms with the outcome of each child.
#[derive(Debug, Clone, Copy)]
pub struct ArmsOutcome<'a> {
    /// The children.
    pub arms: &'a ComparedArms,
    /// The outcome of each: 1 for yes and 0 for no, or a number.
    pub outcome: &'a [f64],
}

/// Effects, and how many children of either arm they rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct MethodEffects {
    /// The means of both arms and what lies between them.
    pub effects: Effects,
    /// Children of the programme, and comparators, who count.
    pub n: [usize; 2],
    /// The pairs, where there are any.
    pub matches: Option<Matches>,
    /// Pairs whose children are in clusters of their own, which errors take as apart.
    pub n_across: usize,
}

/// The effect by a method.
///
/// # Errors
///
/// [`StatsError`]: one that [`StatsError::is_refusal`] calls a refusal says what the data cannot
/// carry.
pub fn effects_by(
    method: ComparisonMethod,
    data: ArmsOutcome<'_>,
    rule: &MatchRule,
    confidence: Confidence,
) -> Result<MethodEffects, StatsError> {
    let columns = data.arms.covariates.columns();
    let arms = data.as_arms(&columns);
    let by_weights = |weighting| weighted(&arms, weighting, confidence);
    let effects = match method {
        ComparisonMethod::Matched => {
            let found = pair(data.arms, rule)?;
            return effects_of_pairs(data, &found.matches, confidence);
        }
        ComparisonMethod::Unadjusted => unadjusted(&arms, confidence),
        ComparisonMethod::AttWeights => by_weights(Weighting::Propensity(Estimand::Treated)),
        ComparisonMethod::Overlap => by_weights(Weighting::Propensity(Estimand::Overlap)),
        ComparisonMethod::Entropy => by_weights(Weighting::Entropy),
        ComparisonMethod::Aipw => doubly_robust(&arms, Population::Treated, confidence),
    }?;
    Ok(MethodEffects {
        effects,
        n: [true, false].map(|arm| data.arms.n_in(arm)),
        matches: None,
        n_across: 0,
    })
}

impl<'a> ArmsOutcome<'a> {
    /// Yes or no where no other values than 0 and 1 occur.
    pub fn kind(self) -> OutcomeKind {
        self.as_arms(&[]).kind()
    }

    /// The same as the methods take it, adjusted for some columns.
    pub fn as_arms<'s>(self, columns: &'s [&'s [f64]]) -> Arms<'s>
    where
        'a: 's,
    {
        Arms {
            treated: &self.arms.treated,
            outcome: self.outcome,
            covariates: columns,
            clusters: self.arms.clusters.as_deref(),
        }
    }
}

/// The effect in pairs that were found before: a regression within each arm, its errors by pairs
/// unless the children are clustered otherwise.
///
/// # Errors
///
/// As [`effects_by`]; [`StatsError::NoOverlap`] without a pair.
pub fn effects_of_pairs(
    data: ArmsOutcome<'_>,
    matches: &Matches,
    confidence: Confidence,
) -> Result<MethodEffects, StatsError> {
    if matches.pairs.is_empty() {
        return Err(StatsError::NoOverlap);
    }
    let columns = data.arms.covariates.columns();
    let weights = matches.weights(data.outcome.len());
    // A treated child and its comparators are one cluster, named by its row.
    let mut pairs: Vec<usize> = (0..weights.len()).collect();
    for pair in &matches.pairs {
        pairs[pair.control] = pair.treated;
    }
    let mut arms = data.as_arms(&columns);
    arms.clusters = Some(data.arms.clusters.as_deref().unwrap_or(&pairs));
    let n = [true, false].map(|arm| {
        let rows = data.arms.treated.iter().zip(&weights);
        rows.filter(|&(&treated, &weight)| treated == arm && weight > 0.0)
            .count()
    });
    let clusters = arms.clusters.unwrap_or(&pairs);
    let is_across = |pair: &&Pair| clusters[pair.treated] != clusters[pair.control];
    Ok(MethodEffects {
        effects: standardised(&arms, &weights, confidence)?,
        n,
        n_across: matches.pairs.iter().filter(is_across).count(),
        matches: Some(matches.clone()),
    })
}
