//! The effect in samples drawn anew.

use std::num::NonZeroUsize;

use kinfolk_model::{Code, ComparisonMethod, Estimate, Group, ScoreScale, Statistic, format};
use kinfolk_outcomes::comparison::{ArmsOutcome, greedy};
use kinfolk_stats::effect::{
    BootstrapOptions, Resampling, WeightedBootstrap, Weighting, bootstrap_matched,
    bootstrap_weighted,
};
use kinfolk_stats::matching::Estimand;
use kinfolk_stats::{Confidence, StatsError};

use super::effect::{CohortEffect, EffectOptions};
use super::records::{Entry, refused, valued};

/// How often to draw the sample anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draws {
    /// How many times.
    pub n: usize,
    /// What the draws are counted from.
    pub seed: u64,
}

/// The effect in samples drawn anew; `None` for a method that has no such interval.
pub(super) fn drawn(
    data: ArmsOutcome<'_>,
    asked: &EffectOptions,
    draws: Draws,
    confidence: Confidence,
) -> Option<Result<WeightedBootstrap, StatsError>> {
    let columns = data.arms.covariates.columns();
    let arms = data.as_arms(&columns);
    let threads = NonZeroUsize::new(rayon::current_num_threads()).unwrap_or(NonZeroUsize::MIN);
    let by_weights = |weighting| {
        let resampling = Resampling {
            draws: draws.n,
            seed: draws.seed,
            threads,
        };
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
                draws: draws.n,
                seed: draws.seed,
                threads,
                matching: greedy(&asked.rule, &calipers),
                exact: data.arms.exact.as_deref(),
                adjust_for: &columns,
            };
            let drawn = bootstrap_matched(&arms, &options, confidence);
            Some(drawn.map(|drawn| WeightedBootstrap {
                drawn,
                bias_corrected: None,
            }))
        }
    }
}

impl CohortEffect {
    /// The percentiles of the draws, and those corrected for bias and skew where there are any.
    pub(super) fn about_draws(
        &self,
        drawn: &Result<WeightedBootstrap, StatsError>,
    ) -> Vec<Estimate> {
        let record = self.drawn_record("bootstrap");
        match drawn {
            Ok(found) => {
                let note = match found.drawn.n_failed {
                    0 => String::new(),
                    n => format!("{n} draws gave no effect"),
                };
                let value = Some(found.drawn.value);
                let valued = |record, interval| {
                    let record = Estimate {
                        note: note.clone(),
                        ..record
                    };
                    valued(record, value, Some(interval), self.confidence)
                };
                let corrected = found.bias_corrected;
                let corrected =
                    corrected.map(|interval| valued(self.drawn_record("bootstrap-bca"), interval));
                let plain = valued(record, found.drawn.interval);
                std::iter::once(plain).chain(corrected).collect()
            }
            Err(error) => vec![refused(record, &self.arms.in_words(error))],
        }
    }

    /// A record of the difference, whose interval comes from draws.
    fn drawn_record(&self, errors: &str) -> Estimate {
        let method = self.options.method;
        let entry = self.entry(method);
        let draws = self.options.bootstrap.unwrap_or(Draws { n: 0, seed: 0 });
        let (id, scale) = match (method, self.options.rule.scale) {
            (ComparisonMethod::Matched, ScoreScale::Logit) => ("bootstrap-matched/1", ""),
            (ComparisonMethod::Matched, ScoreScale::Probability) => {
                ("bootstrap-matched/1", ";draws are matched on the logit")
            }
            _ => ("bootstrap-weighted/1", ""),
        };
        let entry = Entry {
            method: id.to_owned(),
            options: format!(
                "{};draws={};seed={}{scale}",
                entry.options,
                format::exact(draws.n as f64),
                draws.seed
            ),
            ..entry
        };
        let group = Group::of("method", method.code()).and("errors", errors);
        entry.record(group, Statistic::Difference, self.unit())
    }
}
