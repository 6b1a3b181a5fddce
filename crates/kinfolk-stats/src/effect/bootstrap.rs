//! Propensity score, match and effect, again and again on samples of the sample.

use std::num::NonZeroUsize;

use super::Arms;
use super::linear_model::{Design, Link};
use super::resample::Resampling;
use crate::columns::check_column;
use crate::matching::{Candidates, CovariateCaliper, Greedy, Matches, match_greedily};
use crate::matrix::dot;
use crate::{Confidence, Interval, StatsError};

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub struct BootstrapOptions<'a> {
    /// How many samples to draw.
    pub draws: usize,
    /// What the draws are counted from: the same seed gives the same samples.
    pub seed: u64,
    /// How many draws to work on at a time; changes no number.
    pub threads: NonZeroUsize,
    /// How to match, on the logit of the propensity score.
    pub matching: Greedy<'a>,
    /// Cells within which to match.
    pub exact: Option<&'a [u32]>,
    /// Covariates of the outcome regression on the matched sample; none for the plain difference.
    pub adjust_for: &'a [&'a [f64]],
}

/// How the matched difference varies from sample to sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Bootstrap {
    /// The difference in the sample itself.
    pub value: f64,
    /// The standard deviation of the draws.
    pub standard_error: f64,
    /// Between the draws' percentiles.
    pub interval: Interval,
    /// How many draws gave an effect.
    pub n_draws: usize,
    /// How many did not, for want of pairs or of a propensity score.
    pub n_failed: usize,
}

/// How would the matched difference vary were the subjects drawn anew? Draws subjects (clusters where
/// they are given) with replacement, and each time fits the propensity score on all covariates,
/// matches on its logit without replacement, and takes the difference for the treated.
///
/// Each draw has a stream of random numbers of its own. See `docs/methods/effect-bootstrap.md`.
///
/// # Errors
///
/// As for [`standardised`](super::standardised) and [`match_greedily`]; [`StatsError::DrawsFailed`]
/// when more than one draw in twenty gave no effect.
pub fn bootstrap_matched(
    arms: &Arms,
    options: &BootstrapOptions,
    confidence: Confidence,
) -> Result<Bootstrap, StatsError> {
    arms.check()?;
    let work = Work::new(arms, options)?;
    let value = work.effect(&vec![1; arms.treated.len()])?;
    let resampling = Resampling {
        draws: options.draws,
        seed: options.seed,
        threads: options.threads,
    };
    let found = resampling.draw(arms, |counts| work.effect(counts))?;
    Ok(Bootstrap::new(value, &found, options.draws, confidence))
}

impl Bootstrap {
    /// From the draws that gave an effect, of so many.
    pub(super) fn new(value: f64, found: &[f64], draws: usize, confidence: Confidence) -> Self {
        let mut sorted = found.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let tail = (1.0 - confidence.level()) / 2.0;
        Self {
            value,
            standard_error: standard_deviation(&sorted),
            interval: Interval {
                lower: percentile(&sorted, tail),
                upper: percentile(&sorted, 1.0 - tail),
            },
            n_draws: found.len(),
            n_failed: draws - found.len(),
        }
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

struct Work<'a> {
    arms: &'a Arms<'a>,
    options: &'a BootstrapOptions<'a>,
    treated: Vec<f64>,
    design: Design,
    adjusting: Design,
    /// From which each draw's propensity score starts.
    score: Vec<f64>,
}

impl<'a> Work<'a> {
    fn new(arms: &'a Arms<'a>, options: &'a BootstrapOptions<'a>) -> Result<Self, StatsError> {
        let n = arms.treated.len();
        for limit in options.matching.covariate_calipers {
            check_column("a covariate with a caliper", limit.values, n)?;
        }
        let everybody = vec![1.0; n];
        // Checks what the fast fits below would not name.
        super::weighted::overlapping_scores(arms)?;
        let treated: Vec<f64> = arms
            .treated
            .iter()
            .map(|&t| f64::from(u8::from(t)))
            .collect();
        let control: Vec<f64> = treated.iter().map(|t| 1.0 - t).collect();
        let design = Design::new(arms.covariates, n, &[&everybody]);
        let start = vec![0.0; design.kept.len() + 1];
        Ok(Self {
            score: design.fit(&treated, &everybody, Link::Logit, &start)?,
            adjusting: Design::new(options.adjust_for, n, &[&control]),
            design,
            treated,
            arms,
            options,
        })
    }

    fn effect(&self, counts: &[u32]) -> Result<f64, StatsError> {
        let weights: Vec<f64> = counts.iter().map(|&count| f64::from(count)).collect();
        let score = self
            .design
            .fit(&self.treated, &weights, Link::Logit, &self.score)?;
        let rows: Vec<usize> = counts
            .iter()
            .enumerate()
            .flat_map(|(row, &count)| std::iter::repeat_n(row, count as usize))
            .collect();
        let matches = self.matched(&rows, &score)?;
        if matches.pairs.is_empty() {
            return Err(StatsError::NoOverlap);
        }
        let mut weights = vec![0.0; self.treated.len()];
        for (&row, weight) in rows.iter().zip(matches.weights(rows.len())) {
            weights[row] += weight;
        }
        self.difference(&weights)
    }

    fn matched(&self, rows: &[usize], score: &[f64]) -> Result<Matches, StatsError> {
        let treated: Vec<bool> = rows.iter().map(|&row| self.arms.treated[row]).collect();
        let place = |&row: &usize| dot(self.design.x.row(row), score);
        let distance: Vec<f64> = rows.iter().map(place).collect();
        let keys: Vec<u64> = (0..rows.len() as u64).collect();
        let exact: Option<Vec<u32>> = self
            .options
            .exact
            .map(|cells| rows.iter().map(|&row| cells[row]).collect());
        let candidates = Candidates {
            treated: &treated,
            distance: &distance,
            keys: &keys,
            exact: exact.as_deref(),
        };
        let matching = &self.options.matching;
        let limits = matching.covariate_calipers.iter();
        let drawn: Vec<Vec<f64>> = limits
            .clone()
            .map(|limit| rows.iter().map(|&row| limit.values[row]).collect())
            .collect();
        let limits: Vec<CovariateCaliper> = limits
            .zip(&drawn)
            .map(|(limit, values)| CovariateCaliper { values, ..*limit })
            .collect();
        let matching = Greedy {
            covariate_calipers: &limits,
            ..*matching
        };
        match_greedily(&candidates, &matching)
    }

    /// The treated's mean less that expected of them as comparators.
    fn difference(&self, weights: &[f64]) -> Result<f64, StatsError> {
        let controls: Vec<f64> = weights
            .iter()
            .zip(&self.treated)
            .map(|(weight, treated)| weight * (1.0 - treated))
            .collect();
        let start = vec![0.0; self.adjusting.kept.len() + 1];
        let model = self
            .adjusting
            .fit(self.arms.outcome, &controls, Link::Identity, &start)?;
        let (mut sum, mut total) = (0.0, 0.0);
        for (row, &weight) in weights.iter().enumerate() {
            if self.arms.treated[row] && weight > 0.0 {
                let expected = dot(self.adjusting.x.row(row), &model);
                sum += weight * (self.arms.outcome[row] - expected);
                total += weight;
            }
        }
        Ok(sum / total)
    }
}
