//! The effect at the same time in care, in samples of the children drawn anew.

use kinfolk_model::MatchRule;
use kinfolk_stats::effect::{
    Bootstrap, MatchedDifference, Resampling, Subjects, bootstrap_differences, matched_difference,
};
use kinfolk_stats::{Confidence, StatsError};

use super::{ChildrenInCare, FollowedInCare};

impl ChildrenInCare {
    /// How would the effect vary were the children drawn anew? Draws children (clusters where they are
    /// given) with replacement, a child with all that it could be, treated and comparator; and each time
    /// fits the hazard of joining, pairs at the same time in care, follows the pairs, and takes the
    /// difference for the treated. `followed` are the children themselves.
    ///
    /// The corrected interval takes its skew from what each child contributes in the pairs of the children
    /// themselves, in both its rows, as though they had stayed together. See `docs/methods/risk-sets.md`.
    ///
    /// # Errors
    ///
    /// As for [`pair_in_risk_sets`](super::pair_in_risk_sets); [`StatsError::DrawsFailed`] when more than
    /// one draw in twenty gave no effect.
    pub fn bootstrap(
        &self,
        followed: &FollowedInCare,
        rule: &MatchRule,
        (resampling, confidence): (&Resampling, Confidence),
    ) -> Result<Bootstrap, StatsError> {
        let n = self.arms.keys.len();
        let found = followed.difference()?;
        let mut influence = vec![0.0; n];
        for (&child, moved) in followed.children.iter().zip(&found.influence) {
            influence[child] += moved;
        }
        let own = MatchedDifference {
            value: found.value,
            influence,
        };
        let subjects = Subjects {
            n,
            clusters: self.arms.clusters.as_deref(),
        };
        bootstrap_differences(subjects, &own, (resampling, confidence), |counts| {
            let drawn = self.drawn(&rows(counts)).followed(rule);
            drawn.difference().map(|found| found.value)
        })
    }
}

/// Each row as often as it is in a draw.
fn rows(counts: &[u32]) -> Vec<usize> {
    let rows = counts.iter().enumerate();
    rows.flat_map(|(row, &count)| std::iter::repeat_n(row, count as usize))
        .collect()
}

impl FollowedInCare {
    /// The difference in the pairs, and what each row contributes to it.
    fn difference(&self) -> Result<MatchedDifference, StatsError> {
        let pairs = self.pairs.as_ref().map_err(Clone::clone)?;
        if pairs.pairs.is_empty() {
            return Err(StatsError::NoOverlap);
        }
        let columns = self.arms.covariates.columns();
        let weights = pairs.weights(self.values.len());
        matched_difference(&self.data().as_arms(&columns), &weights)
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use kinfolk_stats::Interval;

    use super::*;
    use crate::comparison::{ComparedArms, Covariate, Covariates, OutcomeInCare, TimesInCare};

    /// Forty children, of whom every third joins, the last of them first; the outcome rises with age
    /// and a little that is each child's own, whoever joins.
    fn children() -> ChildrenInCare {
        let all = 0..40;
        let age = |at: usize| (at * 7 % 11) as f64;
        let joins = |at: usize| at.is_multiple_of(3);
        let value = |at: usize| age(at) + (at * 5 % 7) as f64 / 10.0;
        ChildrenInCare {
            arms: ComparedArms {
                treated: all.clone().map(joins).collect(),
                covariates: Covariates(vec![Covariate {
                    name: "age".to_owned(),
                    values: all.clone().map(age).collect(),
                    reference: None,
                }]),
                exact: None,
                limits: Vec::new(),
                keys: (0..40).collect(),
                clusters: None,
            },
            times: TimesInCare {
                joined: all
                    .clone()
                    .map(|at| joins(at).then_some(200.0 - 3.0 * at as f64))
                    .collect(),
                left: vec![400.0; 40],
            },
            outcome: OutcomeInCare::Settled(all.map(|at| Some(value(at))).collect()),
        }
    }

    fn rule() -> MatchRule {
        MatchRule {
            caliper: None,
            ..MatchRule::default()
        }
    }

    fn bootstrap(children: &ChildrenInCare, threads: usize) -> Result<Bootstrap, StatsError> {
        let resampling = Resampling {
            draws: 400,
            seed: 7,
            threads: NonZeroUsize::new(threads).unwrap(),
        };
        let followed = children.followed(&rule());
        children.bootstrap(&followed, &rule(), (&resampling, Confidence::default()))
    }

    #[test]
    fn draws_lie_about_the_effect_whatever_the_threads() {
        let found = bootstrap(&children(), 1).unwrap();
        assert_eq!(found, bootstrap(&children(), 3).unwrap());
        let around = |ends: Interval| ends.lower < 0.0 && ends.upper > 0.0;
        assert!(
            found.value.abs() < 0.2 && around(found.interval),
            "{found:?}"
        );
        assert!(found.bias_corrected.is_some_and(around), "{found:?}");
        assert_eq!((found.n_draws, found.n_failed), (400, 0));
    }

    #[test]
    fn copies_of_a_child_are_no_comparators_of_each_other() {
        let children = children();
        let copied = children.drawn(&(0..40).chain(0..40).collect::<Vec<_>>());
        let followed = copied.followed(&rule());
        let pairs = followed.pairs.unwrap();
        assert!(!pairs.pairs.is_empty());
        for pair in pairs.pairs {
            let [own, other] = [pair.treated, pair.control].map(|row| followed.children[row] % 40);
            assert_ne!(own, other);
            let joined = &children.times.joined;
            assert!(joined[other].is_none_or(|day| Some(day) > joined[own]));
        }
    }

    #[test]
    fn a_comparator_that_joins_later_is_one_child_in_two_rows() {
        let children = children();
        let followed = children.followed(&rule());
        let (first, second) = followed.children.split_at(40);
        assert_eq!(first, (0..40).collect::<Vec<_>>());
        assert!(!second.is_empty());
        assert!(second.iter().all(|&child| children.arms.treated[child]));
    }

    #[test]
    fn clusters_are_drawn_whole() {
        let mut alike = children();
        alike.arms.clusters = Some((0..40).map(|at| at / 20).collect());
        let found = bootstrap(&alike, 1).unwrap();
        // A draw holds one half twice, the other twice, or both.
        let mut values = [[0..20, 0..20], [20..40, 20..40], [0..20, 20..40]].map(|halves| {
            let mut rows: Vec<usize> = halves.into_iter().flatten().collect();
            rows.sort_unstable();
            alike
                .drawn(&rows)
                .followed(&rule())
                .difference()
                .unwrap()
                .value
        });
        values.sort_by(f64::total_cmp);
        assert!((found.interval.lower - values[0]).abs() < 1e-12);
        assert!((found.interval.upper - values[2]).abs() < 1e-12);
    }

    #[test]
    fn nobody_to_compare_with_is_refused() {
        let mut alone = children();
        alone.times.left = vec![5.0; 40];
        assert_eq!(bootstrap(&alone, 1), Err(StatsError::NoOverlap));
    }
}
