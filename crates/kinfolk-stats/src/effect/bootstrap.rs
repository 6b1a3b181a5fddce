//! Propensity score, match and effect, again and again on samples of the sample.

use super::Arms;
use super::adjusted::{Adjusted, MatchedDifference};
use super::rematched::{BootstrapOptions, Rematched};
use super::resample::{Resampling, Subjects};
use crate::columns::{check_column, check_length};
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
    let found = options.resampling().draw(arms.subjects(), difference)?;
    let sums = arms.cluster_sums(&influence);
    Bootstrap::new((value, &sums), &found, options.draws, confidence)
}

/// How would a matched difference vary were the subjects drawn anew, however its pairs are found? Draws
/// subjects (clusters where they are given) with replacement; `difference` is told how often each subject is
/// in a draw and finds pairs and difference anew, or fails. The influence of the sample's own is that of
/// each subject.
///
/// Each draw has a stream of random numbers of its own. See `docs/methods/effect-bootstrap.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`]; [`StatsError::DrawsFailed`] when more than one
/// draw in twenty gave no effect.
pub fn bootstrap_differences(
    subjects: Subjects,
    own: &MatchedDifference,
    (resampling, confidence): (&Resampling, Confidence),
    difference: impl Fn(&[u32]) -> Result<f64, StatsError> + Sync,
) -> Result<Bootstrap, StatsError> {
    check_column("influence", &own.influence, subjects.n)?;
    check_length(
        "clusters",
        subjects.clusters.map_or(subjects.n, <[usize]>::len),
        subjects.n,
    )?;
    let found = resampling.draw(subjects, difference)?;
    let influence: Vec<[f64; 2]> = own.influence.iter().map(|&own| [own, 0.0]).collect();
    let sums = subjects.sums(&influence);
    Bootstrap::new((own.value, &sums), &found, resampling.draws, confidence)
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

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use super::*;

    const RESAMPLING: Resampling = Resampling {
        draws: 400,
        seed: 3,
        threads: NonZeroUsize::MIN,
    };

    /// The mean of those drawn.
    fn mean(values: &[f64], counts: &[u32]) -> f64 {
        let n: u32 = counts.iter().sum();
        let sums = values.iter().zip(counts);
        sums.map(|(value, &count)| value * f64::from(count))
            .sum::<f64>()
            / f64::from(n)
    }

    #[test]
    fn a_mean_varies_by_its_standard_error() {
        let values: Vec<f64> = (0..100).map(|at| f64::from(at * 37 % 100)).collect();
        let own = MatchedDifference {
            value: 49.5,
            influence: values.iter().map(|value| (value - 49.5) / 100.0).collect(),
        };
        let check = |clusters: Option<&[usize]>, expected: f64| {
            let subjects = Subjects { n: 100, clusters };
            let how = (&RESAMPLING, Confidence::default());
            let found =
                bootstrap_differences(subjects, &own, how, |counts| Ok(mean(&values, counts)));
            let found = found.unwrap();
            // The spread of 400 draws is known to a twenty-eighth.
            let share = found.standard_error / expected;
            assert!((share - 1.0).abs() < 0.12, "{found:?}");
        };
        // The standard deviation of 0 to 99 is 28.87.
        check(None, 2.887);
        let tens: Vec<usize> = values
            .iter()
            .map(|value| (*value / 10.0) as usize)
            .collect();
        // That of the means of tens, 4.5 to 94.5, is 28.72.
        check(Some(&tens), 28.72 / 10f64.sqrt());
    }

    #[test]
    fn an_influence_for_another_number_of_subjects_is_refused() {
        let own = MatchedDifference {
            value: 0.0,
            influence: vec![0.0; 3],
        };
        let subjects = Subjects {
            n: 4,
            clusters: None,
        };
        let how = (&RESAMPLING, Confidence::default());
        let found = bootstrap_differences(subjects, &own, how, |_| Ok(0.0));
        assert!(
            matches!(found, Err(StatsError::UnequalLengths { .. })),
            "{found:?}"
        );
        let failing = bootstrap_differences(Subjects { n: 3, ..subjects }, &own, how, |_| {
            Err(StatsError::NoOverlap)
        });
        let expected = StatsError::DrawsFailed {
            failed: 400,
            draws: 400,
        };
        assert_eq!(failing, Err(expected));
    }
}
