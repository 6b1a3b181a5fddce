//! The effect in samples drawn anew.

use std::num::NonZeroUsize;

use kinfolk_model::{Code, ComparisonMethod, Estimate, Group, ScoreScale, Statistic, format};
use kinfolk_outcomes::comparison::{ArmsOutcome, greedy};
use kinfolk_stats::effect::{
    Bootstrap, BootstrapOptions, Resampling, Weighting, bootstrap_matched, bootstrap_weighted,
};
use kinfolk_stats::matching::Estimand;
use kinfolk_stats::{Confidence, Interval, StatsError};

use super::effect::{CohortEffect, EffectOptions};
use super::records::{Entry, refused, valued};

/// What errors from percentiles of draws are called in the groups of records.
const PERCENTILES: &str = "bootstrap";
/// The same, corrected for bias and skew.
const CORRECTED: &str = "bootstrap-bca";

/// Which intervals draws are read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DrawIntervals {
    /// Between percentiles of the draws.
    Percentile,
    /// The same corrected for bias and for skew.
    BiasCorrected,
    /// Both, beside each other.
    #[default]
    Both,
}

/// How often to draw the sample anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draws {
    /// How many times.
    pub n: usize,
    /// What the draws are counted from.
    pub seed: u64,
    /// Which intervals they are read for.
    pub intervals: DrawIntervals,
}

/// An interval of draws: what its errors are called, and the interval or why there is none.
type ReadInterval = (&'static str, Result<Interval, &'static str>);

impl Draws {
    /// The intervals that are asked for.
    pub(super) fn read(self, found: &Bootstrap) -> Vec<ReadInterval> {
        let corrected = found
            .bias_corrected
            .ok_or("the draws are too few, or lie to one side of the value; draw more");
        let plain = (PERCENTILES, Ok(found.interval));
        match self.intervals {
            DrawIntervals::Percentile => vec![plain],
            DrawIntervals::BiasCorrected => vec![(CORRECTED, corrected)],
            DrawIntervals::Both => vec![plain, (CORRECTED, corrected)],
        }
    }

    /// Number and seed, as records carry them.
    pub(super) fn words(self) -> String {
        format!("draws={};seed={}", format::exact(self.n as f64), self.seed)
    }

    /// As the methods take them, on as many threads as there are.
    pub(super) fn resampling(self) -> Resampling {
        Resampling {
            draws: self.n,
            seed: self.seed,
            threads: NonZeroUsize::new(rayon::current_num_threads()).unwrap_or(NonZeroUsize::MIN),
        }
    }
}

/// What draws that gave no effect leave to say.
pub(super) fn about_failed(found: &Bootstrap) -> String {
    match found.n_failed {
        0 => String::new(),
        n => format!("{} draws gave no effect", format::count(n as u64)),
    }
}

/// The effect in samples drawn anew; `None` for a method that has no such interval.
pub(super) fn drawn(
    data: ArmsOutcome<'_>,
    asked: &EffectOptions,
    draws: Draws,
    confidence: Confidence,
) -> Option<Result<Bootstrap, StatsError>> {
    let columns = data.arms.covariates.columns();
    let arms = data.as_arms(&columns);
    let resampling = draws.resampling();
    let by_weights = |weighting| {
        Some(bootstrap_weighted(
            &arms,
            weighting,
            &resampling,
            confidence,
        ))
    };
    match asked.method {
        ComparisonMethod::AttWeights => by_weights(Weighting::Propensity(Estimand::Treated)),
        ComparisonMethod::Overlap => by_weights(Weighting::Propensity(Estimand::Overlap)),
        ComparisonMethod::Entropy => by_weights(Weighting::Entropy),
        ComparisonMethod::Unadjusted | ComparisonMethod::Aipw => None,
        ComparisonMethod::Matched => {
            let calipers = data.arms.calipers();
            let options = BootstrapOptions {
                draws: resampling.draws,
                seed: resampling.seed,
                threads: resampling.threads,
                matching: greedy(&asked.rule, &calipers),
                exact: data.arms.exact.as_deref(),
                adjust_for: &columns,
            };
            Some(bootstrap_matched(&arms, &options, confidence))
        }
    }
}

/// How draws differ from a rule on the scale of the probability itself.
pub(super) fn scale_of_draws(scale: ScoreScale) -> &'static str {
    match scale {
        ScoreScale::Logit => "",
        ScoreScale::Probability => ";draws are matched on the logit",
    }
}

impl CohortEffect {
    /// The intervals of the draws that were asked for.
    pub(super) fn about_draws(
        &self,
        draws: Draws,
        drawn: &Result<Bootstrap, StatsError>,
    ) -> Vec<Estimate> {
        let found = match drawn {
            Ok(found) => found,
            Err(error) => {
                let record = self.drawn_record(draws, PERCENTILES);
                return vec![refused(record, &self.arms.in_words(error))];
            }
        };
        let told = |(errors, interval): ReadInterval| {
            let record = self.drawn_record(draws, errors);
            match interval {
                Ok(interval) => {
                    let record = Estimate {
                        note: about_failed(found),
                        ..record
                    };
                    valued(record, Some(found.value), Some(interval), self.confidence)
                }
                Err(reason) => refused(record, reason),
            }
        };
        draws.read(found).into_iter().map(told).collect()
    }

    /// A record of the difference, whose interval comes from draws.
    fn drawn_record(&self, draws: Draws, errors: &str) -> Estimate {
        let method = self.options.method;
        let entry = self.entry(method);
        let (id, scale) = match method {
            ComparisonMethod::Matched if self.options.risk_sets.is_some() => {
                ("bootstrap-risk-sets/1", "")
            }
            ComparisonMethod::Matched => (
                "bootstrap-matched/1",
                scale_of_draws(self.options.rule.scale),
            ),
            _ => ("bootstrap-weighted/1", ""),
        };
        let entry = Entry {
            method: id.to_owned(),
            options: format!("{};{}{scale}", entry.options, draws.words()),
            ..entry
        };
        let group = Group::of("method", method.code()).and("errors", errors);
        entry.record(group, Statistic::Difference, self.unit())
    }
}
