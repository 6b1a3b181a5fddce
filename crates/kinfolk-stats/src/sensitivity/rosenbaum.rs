//! How much hidden bias would it take to explain the differences within matched pairs?

use statrs::distribution::{ContinuousCDF, Normal};

use crate::ranks::doubled_ranks;
use crate::tail::{binomial_chances, normal_above};
use crate::{Sample, StatsError};

/// The range of one-sided p-values that a hidden bias allows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RosenbaumBound {
    /// How many times likelier one of two subjects alike in all that was measured may have been to be
    /// treated than the other; 1 is no hidden bias.
    pub gamma: f64,
    /// The p-value if the bias worked against the finding.
    pub p_lower: f64,
    /// The p-value if the bias worked for the finding.
    pub p_upper: f64,
}

/// Treated less comparator, pair by pair: could differences above 0 come of chance and a hidden bias
/// of at most `gamma`? Bounds of the signed-rank test, by its normal approximation without continuity
/// correction. Pairs without a difference are left out; tied ones share their rank.
///
/// `None` when no pair differs. To ask about differences below 0, turn the signs. See
/// `docs/methods/rosenbaum.md`.
///
/// # Errors
///
/// [`StatsError::NotFinite`]; [`StatsError::Gamma`] for gamma below 1.
pub fn rosenbaum_bound(
    differences: &[f64],
    gamma: f64,
) -> Result<Option<RosenbaumBound>, StatsError> {
    check_gamma(gamma)?;
    let ranks = SignedRanks::of(differences)?;
    Ok(ranks.map(|ranks| RosenbaumBound {
        gamma,
        p_lower: ranks.p_value(1.0 / (1.0 + gamma)),
        p_upper: ranks.p_value(gamma / (1.0 + gamma)),
    }))
}

/// The same for a yes or no: of the pairs in which only one said yes, in how many was it the treated
/// one? Bounds of McNemar's exact test, one-sided. `None` when no pair differs.
///
/// # Errors
///
/// [`StatsError::MoreSuccessesThanTrials`]; [`StatsError::Gamma`] for gamma below 1.
pub fn rosenbaum_bound_yes_or_no(
    treated_only: u64,
    discordant: u64,
    gamma: f64,
) -> Result<Option<RosenbaumBound>, StatsError> {
    check_gamma(gamma)?;
    if treated_only > discordant {
        return Err(StatsError::MoreSuccessesThanTrials {
            successes: treated_only,
            trials: discordant,
        });
    }
    let at_least = |share: f64| -> f64 {
        let chances = binomial_chances(discordant, share);
        // From the far end, so that small chances are not lost in large ones.
        chances[treated_only as usize..]
            .iter()
            .rev()
            .sum::<f64>()
            .min(1.0)
    };
    Ok((discordant > 0).then(|| RosenbaumBound {
        gamma,
        p_lower: at_least(1.0 / (1.0 + gamma)),
        p_upper: at_least(gamma / (1.0 + gamma)),
    }))
}

/// The hidden bias at which [`rosenbaum_bound`]'s upper p-value reaches `level`: a finding that stands
/// up to a larger one is less sensitive. `None` when the finding is not significant even without
/// hidden bias.
///
/// # Errors
///
/// [`StatsError::NotFinite`]; [`StatsError::Probability`] for a level not above 0 and below one half.
pub fn tipping_gamma(differences: &[f64], level: f64) -> Result<Option<f64>, StatsError> {
    if !(level > 0.0 && level < 0.5) {
        return Err(StatsError::Probability(level));
    }
    let z = -Normal::standard().inverse_cdf(level);
    let gamma = SignedRanks::of(differences)?.map(|ranks| ranks.gamma_at(z));
    Ok(gamma.filter(|&gamma| gamma >= 1.0))
}

fn check_gamma(gamma: f64) -> Result<(), StatsError> {
    if gamma >= 1.0 && gamma.is_finite() {
        Ok(())
    } else {
        Err(StatsError::Gamma(gamma))
    }
}

/// Sums over the pairs that differ.
struct SignedRanks {
    /// Ranks of differences above 0.
    above: f64,
    all: f64,
    squares: f64,
}

impl SignedRanks {
    fn of(differences: &[f64]) -> Result<Option<Self>, StatsError> {
        let sizes = differences.iter().filter(|&&d| d != 0.0).map(|d| d.abs());
        Sample::new(differences.to_vec())?;
        let sizes = Sample::new(sizes.collect())?;
        let ranks: Vec<f64> = doubled_ranks(sizes.sorted())
            .into_iter()
            .map(|rank| rank as f64 / 2.0)
            .collect();
        let rank_of = |size: f64| ranks[sizes.sorted().partition_point(|&other| other < size)];
        let above = differences.iter().filter(|&&d| d > 0.0);
        Ok((!sizes.is_empty()).then(|| Self {
            above: above.map(|&d| rank_of(d)).sum(),
            all: ranks.iter().sum(),
            squares: ranks.iter().map(|rank| rank * rank).sum(),
        }))
    }

    /// The chance of as large a sum of ranks when each difference is above 0 with this chance.
    fn p_value(&self, share: f64) -> f64 {
        let error = (share * (1.0 - share) * self.squares).sqrt();
        normal_above((self.above - share * self.all) / error)
    }

    /// The odds at which the sum of ranks lies z standard errors above what is expected: the smaller
    /// root of (T − p·ΣR)² = z²·p(1 − p)·ΣR².
    fn gamma_at(&self, z: f64) -> f64 {
        let spread = z * z * self.squares;
        let square = self.all * self.all + spread;
        let half = f64::midpoint(2.0 * self.above * self.all, spread);
        let root = (half * half - square * self.above * self.above)
            .max(0.0)
            .sqrt();
        let share = (half - root) / square;
        share / (1.0 - share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tail::fair_at_most;

    const DIFFERENCES: [f64; 8] = [3.0, 1.5, -0.5, 4.0, 2.0, 2.0, -1.0, 0.0];

    fn close(found: f64, expected: f64) {
        assert!(
            (found - expected).abs() < 1e-12,
            "{found} is not {expected}"
        );
    }

    #[test]
    fn by_hand() {
        // Ranks of the sizes: 0.5, 1, 1.5, 2 and 2 (4.5 each), 3, 4; above 0: all but 1 and 2.
        let found = rosenbaum_bound(&DIFFERENCES, 2.0).unwrap().unwrap();
        let squares = 1.0 + 4.0 + 9.0 + 2.0 * 4.5 * 4.5 + 36.0 + 49.0;
        let p = |share: f64| {
            normal_above((25.0 - share * 28.0) / (share * (1.0 - share) * squares).sqrt())
        };
        close(found.p_upper, p(2.0 / 3.0));
        close(found.p_lower, p(1.0 / 3.0));
        let without = rosenbaum_bound(&DIFFERENCES, 1.0).unwrap().unwrap();
        close(without.p_upper, without.p_lower);
    }

    #[test]
    fn at_the_tipping_point_the_bound_is_the_level() {
        let gamma = tipping_gamma(&DIFFERENCES, 0.05).unwrap().unwrap();
        let found = rosenbaum_bound(&DIFFERENCES, gamma).unwrap().unwrap();
        assert!((found.p_upper - 0.05).abs() < 1e-9, "{found:?}");
        assert_eq!(tipping_gamma(&[1.0, -1.0], 0.05), Ok(None));
        assert_eq!(tipping_gamma(&[0.0], 0.05), Ok(None));
        assert!(tipping_gamma(&[1.0], 0.5).is_err());
    }

    #[test]
    fn yes_or_no_without_bias_is_the_exact_test() {
        let found = rosenbaum_bound_yes_or_no(8, 10, 1.0).unwrap().unwrap();
        close(found.p_upper, fair_at_most(2, 10));
        let biased = rosenbaum_bound_yes_or_no(2, 2, 3.0).unwrap().unwrap();
        close(biased.p_upper, 0.75 * 0.75);
        close(biased.p_lower, 0.25 * 0.25);
        assert_eq!(rosenbaum_bound_yes_or_no(0, 0, 1.0), Ok(None));
        assert!(rosenbaum_bound_yes_or_no(3, 2, 1.0).is_err());
    }

    #[test]
    fn what_is_no_bias_is_refused() {
        assert_eq!(rosenbaum_bound(&[1.0], 0.9), Err(StatsError::Gamma(0.9)));
        assert!(rosenbaum_bound(&[f64::NAN], 1.0).is_err());
        assert_eq!(rosenbaum_bound(&[0.0, 0.0], 1.0), Ok(None));
    }
}
