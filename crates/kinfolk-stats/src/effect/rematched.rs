//! Propensity score and pairs, found anew in each sample of the sample.

use std::num::NonZeroUsize;

use super::Arms;
use super::linear_model::{Design, Link};
use super::resample::Resampling;
use crate::StatsError;
use crate::columns::check_column;
use crate::matching::{Candidates, CovariateCaliper, Greedy, Matches, match_greedily};
use crate::matrix::dot;

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
    /// Covariates of the outcome regression on the matched sample; none for the plain difference, and none
    /// for mean times.
    pub adjust_for: &'a [&'a [f64]],
}

impl BootstrapOptions<'_> {
    pub(super) fn resampling(&self) -> Resampling {
        Resampling {
            draws: self.draws,
            seed: self.seed,
            threads: self.threads,
        }
    }
}

/// Arms whose pairs are found anew in each sample.
pub(super) struct Rematched<'a> {
    arms: &'a Arms<'a>,
    options: &'a BootstrapOptions<'a>,
    treated: Vec<f64>,
    design: Design,
    /// From which each draw's propensity score starts.
    score: Vec<f64>,
}

impl<'a> Rematched<'a> {
    pub(super) fn new(
        arms: &'a Arms<'a>,
        options: &'a BootstrapOptions<'a>,
    ) -> Result<Self, StatsError> {
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
        let design = Design::new(arms.covariates, n, &[&everybody]);
        let start = vec![0.0; design.kept.len() + 1];
        Ok(Self {
            score: design.fit(&treated, &everybody, Link::Logit, &start)?,
            design,
            treated,
            arms,
            options,
        })
    }

    /// How much each row counts in the pairs of a sample that holds it so many times.
    pub(super) fn weights(&self, counts: &[u32]) -> Result<Vec<f64>, StatsError> {
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
        Ok(weights)
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
}
