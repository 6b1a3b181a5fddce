//! What the programme did to an outcome, from a plain table: the arms as they are, and adjusted.

use std::num::NonZeroUsize;

use kinfolk_ingest::plain::cohort::{read_cells, read_outcome};
use kinfolk_ingest::plain::{PlainReader, PlainTable};
use kinfolk_model::{
    Code, ComparisonMethod, Estimate, Group, MatchRule, ScoreScale, Statistic, Unit, format,
};
use kinfolk_outcomes::comparison::{
    ArmsOutcome, ComparedArms, LEFT_OUT, MethodEffects, NOT_ALIKE, PartEffect, calipers_of,
    effects_by, effects_in_parts, greedy, method_id, of_whom, rule_options,
};
use kinfolk_stats::effect::{
    BootstrapOptions, Effect, OutcomeKind, Resampling, WeightedBootstrap, Weighting,
    bootstrap_matched, bootstrap_weighted,
};
use kinfolk_stats::matching::Estimand;
use kinfolk_stats::{Confidence, StatsError};

use super::authorities::{InAuthorities, read_authorities};
use super::cohort::{Cohort, CohortColumns};
use super::records::{Entry, arm_code, refused, valued};
use super::summary::Summary;
use crate::Error;

/// How often to draw the sample anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draws {
    /// How many times.
    pub n: usize,
    /// What the draws are counted from.
    pub seed: u64,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectOptions {
    /// What the columns are called.
    pub columns: CohortColumns,
    /// The column of the outcome: a number, or yes and no.
    pub outcome: String,
    /// Who belongs together, such as an authority; each child on its own (each pair, once matched)
    /// without.
    pub cluster: Option<String>,
    /// The authority of each child: the effect is then also estimated within each and over all but each, and
    /// the authorities' effects averaged, unless the arms stay as they are.
    pub authority: Option<String>,
    /// How the arms are made comparable, beside the comparison as they are.
    pub method: ComparisonMethod,
    /// How comparators are found, where they are.
    pub rule: MatchRule,
    /// The level of intervals.
    pub confidence: f64,
    /// For an effect by pairs or weights, an interval from samples drawn anew as well.
    pub bootstrap: Option<Draws>,
}

/// The effect, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortEffect {
    options: EffectOptions,
    confidence: Confidence,
    file: String,
    arms: ComparedArms,
    kind: OutcomeKind,
    /// How many children have no outcome, by arm: programme, comparator.
    pub n_missing: [usize; 2],
    found: Vec<(ComparisonMethod, Result<MethodEffects, StatsError>)>,
    drawn: Option<Result<WeightedBootstrap, StatsError>>,
    parts: Vec<PartEffect>,
}

/// Compares an outcome between the arms, as they are and adjusted.
///
/// What the data cannot carry (one child, no overlap, a cell too small) is a record without a value and
/// with the reason.
///
/// # Errors
///
/// [`Error::Plain`] when a column is missing or a cell cannot be used; [`Error::Comparison`] when a
/// covariate says nothing new; [`Error::Stats`] for an option out of range.
pub fn effect_of(reader: PlainReader, options: &EffectOptions) -> Result<CohortEffect, Error> {
    let confidence = Confidence::new(options.confidence)?;
    let table = PlainTable::of(reader)?;
    let mut cohort = Cohort::read(&table, &options.columns)?;
    cohort.arms.clusters = read_clusters(&table, options.cluster.as_ref())?;
    let outcomes = read_outcome(table.column(&options.outcome)?)?;
    let known: Vec<bool> = outcomes.iter().map(Option::is_some).collect();
    let arms = cohort.arms.subset(&known);
    let values: Vec<f64> = outcomes.into_iter().flatten().collect();
    let data = ArmsOutcome {
        arms: &arms,
        outcome: &values,
    };
    let refusals = Refusals(&cohort);
    let mut found = Vec::new();
    for method in methods(options.method) {
        let effects = effects_by(method, data, &options.rule, confidence);
        found.push((method, refusals.told(effects)?));
    }
    let drawn = match options.bootstrap {
        Some(draws) => match drawn(data, options, draws, confidence) {
            Some(drawn) => Some(refusals.told(drawn)?),
            None => None,
        },
        None => None,
    };
    let parts = match &options.authority {
        Some(name) => {
            let authorities = kept(read_authorities(&table, name)?, &known);
            refusals.in_parts(data, &authorities, (options, confidence))?
        }
        None => Vec::new(),
    };
    Ok(CohortEffect {
        parts,
        options: options.clone(),
        confidence,
        kind: data.kind(),
        n_missing: [true, false].map(|arm| cohort.arms.n_in(arm) - arms.n_in(arm)),
        found,
        drawn,
        arms,
        file: cohort.file,
    })
}

/// The arms as they are always come first.
fn methods(asked: ComparisonMethod) -> Vec<ComparisonMethod> {
    let mut methods = vec![ComparisonMethod::Unadjusted, asked];
    methods.dedup();
    methods
}

fn read_clusters(table: &PlainTable, name: Option<&String>) -> Result<Option<Vec<usize>>, Error> {
    let Some(name) = name else {
        return Ok(None);
    };
    let labels = read_cells(table, std::slice::from_ref(name))?;
    Ok(Some(
        labels.into_iter().map(|label| label as usize).collect(),
    ))
}

/// Tells what the data refuse from what is no data at all.
struct Refusals<'a>(&'a Cohort);

impl Refusals<'_> {
    fn told<T>(&self, found: Result<T, StatsError>) -> Result<Result<T, StatsError>, Error> {
        match found {
            Err(error) if !error.is_refusal() => Err(self.0.named(&error)),
            found => Ok(found),
        }
    }

    /// Nothing where the arms stay as they are.
    fn in_parts(
        &self,
        data: ArmsOutcome<'_>,
        authorities: &[Option<String>],
        (options, confidence): (&EffectOptions, Confidence),
    ) -> Result<Vec<PartEffect>, Error> {
        if options.method == ComparisonMethod::Unadjusted {
            return Ok(Vec::new());
        }
        let by = (&options.rule, confidence);
        let parts = effects_in_parts(options.method, data, authorities, by);
        let told = |part: PartEffect| {
            let found = self.told(part.found)?;
            Ok(PartEffect { found, ..part })
        };
        parts.into_iter().map(told).collect()
    }
}

/// Those of whom the outcome is known.
fn kept<T>(values: Vec<T>, known: &[bool]) -> Vec<T> {
    let rows = values.into_iter().zip(known);
    rows.filter_map(|(value, known)| known.then_some(value))
        .collect()
}

/// The effect in samples drawn anew; `None` for a method that has no such interval.
fn drawn(
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
    /// The effects as estimates: unadjusted first, then adjusted.
    pub fn summary(&self) -> Summary {
        let mut records = Vec::new();
        for (method, found) in &self.found {
            match found {
                Ok(found) => records.extend(self.about(*method, found)),
                Err(error) => records.push(self.refusal(*method, error)),
            }
        }
        if let Some(drawn) = &self.drawn {
            records.extend(self.about_draws(drawn));
        }
        records.extend(self.about_authorities());
        Summary::new(&self.file, records)
    }

    /// The difference of each method in turn, with its interval, or why there is none.
    pub fn differences(&self) -> impl Iterator<Item = (ComparisonMethod, Result<Effect, String>)> {
        self.found.iter().map(|(method, found)| {
            let difference = match found {
                Ok(found) => Ok(found.effects.difference),
                Err(error) => Err(self.arms.in_words(error)),
            };
            (*method, difference)
        })
    }

    fn about_authorities(&self) -> Vec<Estimate> {
        let method = self.options.method;
        let told = InAuthorities {
            measure: format!("effect.{}", self.options.outcome),
            method,
            kind: self.kind,
            options: self.option_words(method),
            parts: &self.parts,
            confidence: self.confidence,
        };
        told.records()
    }

    /// What words stand beside, for the columns of words.
    pub fn references(&self) -> Vec<String> {
        self.arms.covariates.references()
    }

    fn entry(&self, method: ComparisonMethod) -> Entry {
        Entry {
            measure: format!("effect.{}", self.options.outcome),
            population: of_whom(method),
            method: method_id(method, self.kind).to_owned(),
            options: self.option_words(method),
        }
    }

    fn option_words(&self, method: ComparisonMethod) -> String {
        if method == ComparisonMethod::Unadjusted {
            return String::new();
        }
        let columns = &self.options.columns;
        let mut words = vec![format!("covariates={}", columns.covariates.join(","))];
        if method == ComparisonMethod::Matched {
            words.push(rule_options(&self.options.rule));
            words.extend(calipers_of(&columns.calipers));
            if !columns.exact.is_empty() {
                words.push(format!("exact={}", columns.exact.join(",")));
            }
        }
        let cluster = match (&self.options.cluster, method) {
            (Some(name), _) => name.as_str(),
            (None, ComparisonMethod::Matched) => "pair",
            (None, _) => "child",
        };
        words.push(format!("cluster={cluster}"));
        if !self.references().is_empty() {
            words.push(format!("reference={}", self.references().join(",")));
        }
        words.join(";")
    }

    fn unit(&self) -> Unit {
        match self.kind {
            OutcomeKind::YesOrNo => Unit::Proportion,
            OutcomeKind::Measured => Unit::None,
        }
    }

    fn refusal(&self, method: ComparisonMethod, error: &StatsError) -> Estimate {
        let group = Group::of("method", method.code());
        let entry = self.entry(method);
        let record = Estimate {
            n_missing: Some(self.n_missing.iter().sum::<usize>() as u64),
            ..entry.record(group, Statistic::Difference, self.unit())
        };
        refused(record, &self.arms.in_words(error))
    }

    fn about(&self, method: ComparisonMethod, found: &MethodEffects) -> Vec<Estimate> {
        let (entry, effects) = (self.entry(method), &found.effects);
        let group = Group::of("method", method.code());
        let mut records = Vec::new();
        let level = match self.kind {
            OutcomeKind::YesOrNo => Statistic::Proportion,
            OutcomeKind::Measured => Statistic::Mean,
        };
        for (arm, mean, at) in [
            (true, effects.mean_treated, 0),
            (false, effects.mean_control, 1),
        ] {
            records.push(Estimate {
                arm: arm_code(arm).to_owned(),
                value: Some(mean),
                denominator: Some(found.n[at] as u64),
                n_missing: Some(self.n_missing[at] as u64),
                ..entry.record(group.clone(), level, self.unit())
            });
        }
        let mut push = |statistic, unit, effect: Option<Effect>| {
            let Some(effect) = effect else { return };
            let record = Estimate {
                denominator: Some(found.n.iter().sum::<usize>() as u64),
                n_missing: Some(self.n_missing.iter().sum::<usize>() as u64),
                note: caution(method, found).to_owned(),
                ..entry.record(group.clone(), statistic, unit)
            };
            let value = Some(effect.value);
            records.push(valued(record, value, effect.interval, self.confidence));
        };
        push(Statistic::Difference, self.unit(), Some(effects.difference));
        push(Statistic::RiskRatio, Unit::None, effects.ratio);
        push(Statistic::OddsRatio, Unit::None, effects.odds_ratio);
        if let Some(p_value) = effects.difference.p_value {
            let record = entry.record(group, Statistic::PValue, Unit::None);
            records.push(valued(record, Some(p_value), None, self.confidence));
        }
        records
    }

    /// The percentiles of the draws, and those corrected for bias and skew where there are any.
    fn about_draws(&self, drawn: &Result<WeightedBootstrap, StatsError>) -> Vec<Estimate> {
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

fn caution(method: ComparisonMethod, found: &MethodEffects) -> &'static str {
    match method {
        ComparisonMethod::Unadjusted => NOT_ALIKE,
        _ if found.effects.n_left_out > 0 => LEFT_OUT,
        _ => "",
    }
}
