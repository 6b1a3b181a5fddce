//! What the programme did to an outcome, from a plain table: the arms as they are, and adjusted.

use kinfolk_ingest::plain::{PlainReader, PlainTable};
use kinfolk_model::{
    Code, ComparatorPool, ComparisonMethod, Estimate, Group, MatchRule, Statistic, Unit,
};
use kinfolk_outcomes::comparison::{
    ACROSS, ComparedArms, LEFT_OUT, MethodEffects, NOT_ALIKE, PartEffect, calipers_of, method_id,
    of_whom, rule_options,
};
use kinfolk_stats::effect::{Bootstrap, Effect, OutcomeKind};
use kinfolk_stats::{Confidence, StatsError};

use super::authorities::{InAuthorities, read_authorities};
use super::cohort::{Cohort, CohortColumns};
use super::effect_draws::Draws;
use super::effect_in_care::RiskSetColumns;
use super::effect_rows::Rows;
use super::records::{Entry, arm_code, refused, valued};
use super::summary::Summary;
use crate::Error;

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
    /// Comparators from those in care as long and not yet in the programme, and from where to follow
    /// both; any comparator without. The method is then [`ComparisonMethod::Matched`], one comparator each,
    /// and the column of the arm is not read: who has a time of joining is in the programme.
    pub risk_sets: Option<RiskSetColumns>,
}

/// The effect, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortEffect {
    pub(super) options: EffectOptions,
    pub(super) confidence: Confidence,
    file: String,
    pub(super) arms: ComparedArms,
    kind: OutcomeKind,
    /// How many children have no outcome, by arm: programme, comparator.
    pub n_missing: [usize; 2],
    found: Vec<(ComparisonMethod, Result<MethodEffects, StatsError>)>,
    pub(super) drawn: Option<Result<Bootstrap, StatsError>>,
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
/// covariate says nothing new; [`Error::Alike`] when a covariate is the outcome or the arm, or none is named;
/// [`Error::Stats`] for an option out of range.
pub fn effect_of(reader: PlainReader, options: &EffectOptions) -> Result<CohortEffect, Error> {
    let confidence = Confidence::new(options.confidence)?;
    let table = PlainTable::of(reader)?;
    let file = table.header().file();
    let outcome = (options.outcome.as_str(), "the outcome");
    options.columns.check_apart(file, &[outcome])?;
    if options.method != ComparisonMethod::Unadjusted {
        options.columns.check_named(file)?;
    }
    let (cohort, rows) = Rows::read(&table, options)?;
    let mut options = options.clone();
    if options.risk_sets.is_some() {
        options.rule.pool = ComparatorPool::RiskSet;
    }
    let (data, refusals) = (rows.data(), Refusals(&cohort));
    let mut found = Vec::new();
    for method in methods(options.method) {
        let effects = rows.effects(method, &options.rule, confidence);
        found.push((method, refusals.told(effects)?));
    }
    let drawn = options
        .bootstrap
        .and_then(|draws| rows.drawn(&options, draws, confidence));
    let parts = match &options.authority {
        Some(name) if options.method != ComparisonMethod::Unadjusted => {
            rows.in_parts(read_authorities(&table, name)?, (&options, confidence))
        }
        _ => Vec::new(),
    };
    Ok(CohortEffect {
        drawn: drawn.map(|drawn| refusals.told(drawn)).transpose()?,
        parts: refusals.of_parts(parts)?,
        confidence,
        kind: data.kind(),
        n_missing: rows.n_missing(),
        found,
        arms: data.arms.clone(),
        options,
        file: cohort.file,
    })
}

/// The arms as they are always come first.
fn methods(asked: ComparisonMethod) -> Vec<ComparisonMethod> {
    let mut methods = vec![ComparisonMethod::Unadjusted, asked];
    methods.dedup();
    methods
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

    fn of_parts(&self, parts: Vec<PartEffect>) -> Result<Vec<PartEffect>, Error> {
        let told = |part: PartEffect| {
            let found = self.told(part.found)?;
            Ok(PartEffect { found, ..part })
        };
        parts.into_iter().map(told).collect()
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
        if let Some((draws, drawn)) = self.options.bootstrap.zip(self.drawn.as_ref()) {
            records.extend(self.about_draws(draws, drawn));
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

    pub(super) fn entry(&self, method: ComparisonMethod) -> Entry {
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
        let dated = self.options.risk_sets.as_ref();
        let dated = dated.and_then(|columns| columns.dated.as_ref());
        let days = dated.map(|dated| format!("days={}", dated.days));
        let mut words = Vec::from_iter(days);
        words.push(format!("covariates={}", columns.covariates.join(",")));
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

    pub(super) fn unit(&self) -> Unit {
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
                note: caution(method, found),
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
}

fn caution(method: ComparisonMethod, found: &MethodEffects) -> String {
    if method == ComparisonMethod::Unadjusted {
        return NOT_ALIKE.to_owned();
    }
    let left_out = (found.effects.n_left_out > 0).then_some(LEFT_OUT);
    let across = (found.n_across > 0).then_some(ACROSS);
    Vec::from_iter(left_out.into_iter().chain(across)).join("; ")
}
