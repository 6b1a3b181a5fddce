//! Comparators found one by one, before any outcome is looked at.

use kinfolk_model::{MatchRule, ScoreScale};
use kinfolk_stats::StatsError;
use kinfolk_stats::matching::{
    Caliper, Candidates, CovariateCaliper, Greedy, Matches, Pair, Propensity, match_greedily,
    propensity,
};

use super::ComparedArms;

/// Pairs, and the chances of being in the programme that they were found by.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairing {
    /// Each child's chance of being in the programme, given the covariates.
    pub scores: Propensity,
    /// The pairs, by row.
    pub matches: Matches,
}

/// Pairs children by propensity score: the highest score first, without replacement, within the limits
/// of the arms.
///
/// # Errors
///
/// [`StatsError`]: one that [`StatsError::is_refusal`] calls a refusal says what the data cannot carry.
pub fn pair(arms: &ComparedArms, rule: &MatchRule) -> Result<Pairing, StatsError> {
    let scores = propensity(&arms.covariates.columns(), &arms.treated)?;
    let matches = find_pairs(arms, &scores, rule)?;
    Ok(Pairing { scores, matches })
}

/// Pairs by scores that are known.
///
/// # Errors
///
/// [`StatsError`] for an option out of range, or columns that do not belong together.
pub fn find_pairs(
    arms: &ComparedArms,
    scores: &Propensity,
    rule: &MatchRule,
) -> Result<Matches, StatsError> {
    let candidates = Candidates {
        treated: &arms.treated,
        distance: match rule.scale {
            ScoreScale::Logit => &scores.logits,
            ScoreScale::Probability => &scores.scores,
        },
        keys: &arms.keys,
        exact: arms.exact.as_deref(),
    };
    match_greedily(&candidates, &greedy(rule, &arms.calipers()))
}

/// The rule as the matcher takes it, with calipers of covariates.
pub fn greedy<'a>(rule: &MatchRule, calipers: &'a [CovariateCaliper<'a>]) -> Greedy<'a> {
    Greedy {
        covariate_calipers: calipers,
        caliper: rule.caliper.map(Caliper::StandardDeviations),
        ratio: rule.ratio,
        ..Greedy::default()
    }
}

/// The pairs whose children are all kept, with rows as they stand among those kept. A child of the
/// programme without any comparator left is out.
pub(crate) fn pairs_among(matches: &Matches, keep: &[bool]) -> Matches {
    let mut place = Vec::with_capacity(keep.len());
    let mut n = 0;
    for &keep in keep {
        place.push(n);
        n += usize::from(keep);
    }
    let kept = matches
        .pairs
        .iter()
        .filter(|pair| keep[pair.treated] && keep[pair.control]);
    Matches {
        pairs: kept
            .map(|pair| Pair {
                treated: place[pair.treated],
                control: place[pair.control],
                distance: pair.distance,
            })
            .collect(),
        caliper: matches.caliper,
        n_unmatched: matches.n_unmatched,
    }
}
