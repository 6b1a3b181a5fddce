//! The interval of a proportion whose trials come in clusters.

use crate::wilson::score_interval;
use crate::{Confidence, Interval, Proportion};

/// A share of clustered trials.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClusteredProportion {
    /// All successes over all trials, in 0..=1.
    pub share: f64,
    /// The interval.
    pub interval: Interval,
    /// How much the clusters widen the variance against trials that stand alone; `None` where it
    /// cannot be estimated.
    pub design_effect: Option<f64>,
    /// The number of independent trials that would say as much; at most the number of trials.
    pub effective_trials: f64,
}

/// Which shares agree with the data where several trials belong to one child? The ratio of all
/// successes to all trials, with Wilson's interval on the effective number of trials.
///
/// One entry a cluster; a cluster without trials is left out. `None` without trials. With one
/// cluster, or when none or all succeed, the design effect cannot be estimated, and each cluster
/// counts as one trial.
///
/// See `docs/methods/wilson-cluster.md`.
pub fn wilson_clustered(
    clusters: &[Proportion],
    confidence: Confidence,
) -> Option<ClusteredProportion> {
    let totals = Totals::of(clusters);
    let share = totals.share()?;
    let design_effect = totals.design_effect(share);
    let effective_trials = match design_effect {
        Some(effect) => totals.effective_trials(effect, confidence),
        None => totals.clusters,
    };
    Some(ClusteredProportion {
        share,
        interval: score_interval(share, effective_trials, confidence),
        design_effect,
        effective_trials,
    })
}

/// Sums over clusters. They are whole numbers, so their order does not matter.
struct Totals {
    clusters: f64,
    successes: u64,
    trials: u64,
    successes_squared: u64,
    products: u64,
    trials_squared: u64,
}

impl Totals {
    fn of(clusters: &[Proportion]) -> Self {
        let with_trials = clusters.iter().filter(|cluster| cluster.trials() > 0);
        let sum = |term: fn(&Proportion) -> u64| with_trials.clone().map(term).sum();
        Self {
            clusters: with_trials.clone().count() as f64,
            successes: sum(|c| c.successes()),
            trials: sum(|c| c.trials()),
            successes_squared: sum(|c| c.successes() * c.successes()),
            products: sum(|c| c.successes() * c.trials()),
            trials_squared: sum(|c| c.trials() * c.trials()),
        }
    }

    fn share(&self) -> Option<f64> {
        (self.trials > 0).then(|| self.successes as f64 / self.trials as f64)
    }

    /// The variance of the ratio by linearisation, over that of as many independent trials.
    fn design_effect(&self, share: f64) -> Option<f64> {
        let trials = self.trials as f64;
        let independent = share * (1.0 - share) / (trials - 1.0);
        (self.clusters > 1.0 && independent > 0.0)
            .then(|| self.linearised_variance(share) / independent)
    }

    fn linearised_variance(&self, share: f64) -> f64 {
        let residuals = self.successes_squared as f64 - 2.0 * share * self.products as f64
            + share * share * self.trials_squared as f64;
        let correction = self.clusters / (self.clusters - 1.0);
        correction * residuals.max(0.0) / (self.trials as f64).powi(2)
    }

    /// Trials over design effect, less what few clusters cost in degrees of freedom.
    fn effective_trials(&self, design_effect: f64, confidence: Confidence) -> f64 {
        let trials = self.trials as f64;
        let cost = confidence.student_quantile(trials - 1.0)
            / confidence.student_quantile(self.clusters - 1.0);
        (trials * cost * cost / design_effect).min(trials)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wilson;
    use proptest::prelude::*;

    fn clusters(pairs: &[(u64, u64)]) -> Vec<Proportion> {
        pairs
            .iter()
            .map(|&(successes, trials)| Proportion::new(successes, trials).unwrap())
            .collect()
    }

    fn effective(pairs: &[(u64, u64)]) -> f64 {
        wilson_clustered(&clusters(pairs), Confidence::default())
            .unwrap()
            .effective_trials
    }

    #[test]
    fn one_trial_each_is_the_plain_interval() {
        let pairs = [(1, 1), (0, 1), (1, 1), (1, 1), (0, 1)];
        let found = wilson_clustered(&clusters(&pairs), Confidence::default()).unwrap();
        let plain = wilson(Proportion::new(3, 5).unwrap(), Confidence::default()).unwrap();
        assert!((found.design_effect.unwrap() - 1.0).abs() < 1e-12);
        assert!((found.interval.lower - plain.interval.unwrap().lower).abs() < 1e-12);
    }

    #[test]
    fn where_nothing_is_known_of_clustering_a_cluster_counts_once() {
        assert_eq!(effective(&[(3, 3), (2, 2), (4, 4)]), 3.0);
        assert_eq!(effective(&[(0, 3), (0, 2)]), 2.0);
        assert_eq!(effective(&[(2, 3)]), 1.0);
        assert_eq!(effective(&[(1, 1), (0, 0)]), 1.0);
    }

    #[test]
    fn an_even_spread_never_counts_for_more_than_its_trials() {
        assert_eq!(effective(&[(1, 2); 10]), 20.0);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert_eq!(wilson_clustered(&[], Confidence::default()), None);
        assert_eq!(
            wilson_clustered(&clusters(&[(0, 0)]), Confidence::default()),
            None
        );
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_share_whatever_the_order(
            pairs in prop::collection::vec((0u64..6, 0u64..6), 1..40)
        ) {
            let pairs: Vec<_> = pairs.into_iter().map(|(a, b)| (a.min(b), a.max(b))).collect();
            let mut reversed = clusters(&pairs);
            reversed.reverse();
            let found = wilson_clustered(&clusters(&pairs), Confidence::default());
            prop_assert_eq!(found, wilson_clustered(&reversed, Confidence::default()));
            if let Some(found) = found {
                prop_assert!(0.0 <= found.interval.lower && found.interval.lower <= found.share);
                prop_assert!(found.share <= found.interval.upper && found.interval.upper <= 1.0);
                prop_assert!(found.effective_trials > 0.0);
            }
        }
    }
}
