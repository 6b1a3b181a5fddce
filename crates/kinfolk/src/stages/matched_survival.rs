//! Mean times of the arms once pairs are found, and how they vary from sample to sample.

use kinfolk_ingest::plain::PlainTable;
use kinfolk_model::{CovariateCaliper, Estimate, Group, MatchRule, Statistic, Unit};
use kinfolk_outcomes::comparison::{calipers_of, greedy, pair, rule_options};
use kinfolk_stats::StatsError;
use kinfolk_stats::effect::{Arms, Bootstrap, BootstrapOptions, bootstrap_mean_times};
use kinfolk_stats::survival::{RestrictedMean, RestrictedMeanContrast, weighted_restricted_mean};

use super::SurvivalTable;
use super::cohort::{Cohort, CohortColumns};
use super::effect_draws::{Draws, about_failed, scale_of_draws};
use super::records::{Entry, refused, told, valued};
use super::survival::SurvivalOptions;
use crate::Error;

/// How pairs are found for mean times: by propensity score on the covariates, as for
/// [`match_cohort`](super::match_cohort).
#[derive(Debug, Clone, PartialEq)]
pub struct MatchedTimes {
    /// The column of the child, which decides between equally near comparators.
    pub child_id: String,
    /// Columns in which pairs must be the same.
    pub exact: Vec<String>,
    /// Covariates in which pairs must lie near each other.
    pub calipers: Vec<CovariateCaliper>,
    /// How comparators are found.
    pub rule: MatchRule,
    /// Intervals of the difference from samples drawn anew.
    pub draws: Option<Draws>,
}

/// The children as they are matched; `None` where no pairs are asked for.
///
/// # Errors
///
/// [`Error::Plain`] when a column is missing or a cell cannot be used; [`Error::Comparison`] without arms
/// or covariates, or for a caliper of something else than a covariate of numbers.
pub(super) fn read_cohort(
    table: &PlainTable,
    options: &SurvivalOptions,
    treated: Option<&[bool]>,
) -> Result<Option<Cohort>, Error> {
    let Some(asked) = &options.matched else {
        return Ok(None);
    };
    let (Some(treated), Some(arm), false) = (treated, &options.arm, options.covariates.is_empty())
    else {
        return Err(Error::Comparison {
            file: table.header().file().to_owned(),
            reason: "pairs need a column of the arm, and covariates".to_owned(),
        });
    };
    let columns = CohortColumns {
        child_id: asked.child_id.clone(),
        arm: arm.clone(),
        covariates: options.covariates.clone(),
        exact: asked.exact.clone(),
        calipers: asked.calipers.clone(),
    };
    Cohort::with_arms(table, &columns, treated.to_vec()).map(Some)
}

impl SurvivalTable {
    /// The mean time of those matched in either arm and what lies between them, without regard to pairs;
    /// then the difference with intervals of draws.
    pub(super) fn about_matched(&self) -> Vec<Estimate> {
        let (Some(asked), Some(cohort)) = (&self.options.matched, &self.cohort) else {
            return Vec::new();
        };
        let difference = self.matched_record(asked, Statistic::Difference);
        let weights = match pair(&cohort.arms, &asked.rule) {
            Ok(found) if !found.matches.pairs.is_empty() => found.matches.weights(cohort.ids.len()),
            Ok(_) => return vec![refused(difference, &StatsError::NoOverlap.to_string())],
            Err(error) => return vec![refused(difference, &cohort.arms.in_words(&error))],
        };
        let arms = [true, false].map(|arm| self.matched_mean(asked, (arm, &weights)));
        let [(programme, first), (comparator, second)] = arms;
        let mut records = vec![first, second];
        if let (Ok(programme), Ok(comparator)) = (programme, comparator) {
            let found = RestrictedMeanContrast::of(programme, comparator, self.confidence);
            records.push(self.valued(difference, found.difference, found.difference_interval));
        }
        if let Some(draws) = asked.draws {
            let drawn = self.drawn(cohort, asked, draws);
            records.extend(self.about_drawn(asked, draws, &drawn));
        }
        records
    }

    /// The mean time of those of an arm who count, as a number and as a record.
    fn matched_mean(
        &self,
        asked: &MatchedTimes,
        (arm, weights): (bool, &[f64]),
    ) -> (Result<RestrictedMean, StatsError>, Estimate) {
        let counts = |row: usize| self.is_in(Some(arm), row) && weights[row] > 0.0;
        let own = self.follow_up.subset(counts);
        let weights: Vec<f64> = (0..weights.len())
            .filter(|&row| counts(row))
            .map(|row| weights[row])
            .collect();
        let mean = weighted_restricted_mean(&own, &weights, self.horizon, self.confidence);
        let record = Estimate {
            denominator: Some(own.len() as u64),
            ..self.in_arm(Some(arm), self.matched_record(asked, Statistic::Mean))
        };
        let found = mean.as_ref().map(|mean| (*mean).into());
        let record = told(record, found, self.confidence);
        (mean, record)
    }

    fn drawn(
        &self,
        cohort: &Cohort,
        asked: &MatchedTimes,
        draws: Draws,
    ) -> Result<Bootstrap, StatsError> {
        let columns = cohort.arms.covariates.columns();
        let (calipers, resampling) = (cohort.arms.calipers(), draws.resampling());
        let clusters = self.clusters.as_ref();
        let clusters: Option<Vec<usize>> =
            clusters.map(|labels| labels.iter().map(|&label| label as usize).collect());
        // Follow-up takes the place of an outcome.
        let nothing = vec![0.0; cohort.ids.len()];
        let arms = Arms {
            treated: &cohort.arms.treated,
            outcome: &nothing,
            covariates: &columns,
            clusters: clusters.as_deref(),
        };
        let options = BootstrapOptions {
            draws: resampling.draws,
            seed: resampling.seed,
            threads: resampling.threads,
            matching: greedy(&asked.rule, &calipers),
            exact: cohort.arms.exact.as_deref(),
            adjust_for: &[],
        };
        let watched = (&self.follow_up, self.horizon);
        bootstrap_mean_times(&arms, watched, &options, self.confidence)
    }

    fn about_drawn(
        &self,
        asked: &MatchedTimes,
        draws: Draws,
        drawn: &Result<Bootstrap, StatsError>,
    ) -> Vec<Estimate> {
        let record = |errors: &str| {
            let record = self.matched_record(asked, Statistic::Difference);
            let scale = scale_of_draws(asked.rule.scale);
            Estimate {
                group: matched_group().and("errors", errors),
                method: "bootstrap-mean-times/1".to_owned(),
                options: format!("{};{}{scale}", record.options, draws.words()),
                ..record
            }
        };
        let found = match drawn {
            Ok(found) => found,
            Err(error) => return vec![refused(record("bootstrap"), &error.to_string())],
        };
        let told = |(errors, interval)| match interval {
            Ok(interval) => {
                let record = Estimate {
                    note: about_failed(found),
                    ..record(errors)
                };
                valued(record, Some(found.value), Some(interval), self.confidence)
            }
            Err(reason) => refused(record(errors), reason),
        };
        draws.read(found).into_iter().map(told).collect()
    }

    fn matched_record(&self, asked: &MatchedTimes, statistic: Statistic) -> Estimate {
        let mean = self.mean_entry();
        let mut words = vec![
            mean.options.clone(),
            format!("covariates={}", self.options.covariates.join(",")),
            rule_options(&asked.rule),
        ];
        words.extend(calipers_of(&asked.calipers));
        if !asked.exact.is_empty() {
            words.push(format!("exact={}", asked.exact.join(",")));
        }
        let entry = Entry {
            population: "children of the programme with a comparator, and their comparators",
            method: "restricted-mean-weighted/1".to_owned(),
            options: words.join(";"),
            ..mean
        };
        entry.record(matched_group(), statistic, Unit::Days)
    }
}

fn matched_group() -> Group {
    Group::of("method", "matched")
}
