//! What the programme did to an outcome, from a plain table: the arms as they are, and adjusted.

use std::num::NonZeroUsize;

use kinfolk_ingest::plain::cohort::{read_cells, read_outcome};
use kinfolk_ingest::plain::{PlainReader, PlainTable};
use kinfolk_model::{Estimate, Group, Statistic, Unit, format};
use kinfolk_stats::effect::{
    Arms, Bootstrap, BootstrapOptions, Effect, Effects, OutcomeKind, Population, Weighting,
    bootstrap_matched, doubly_robust, standardised, unadjusted, weighted,
};
use kinfolk_stats::matching::{Estimand, propensity};
use kinfolk_stats::{Confidence, StatsError};

use super::cohort::{Cohort, CohortColumns, kept};
use super::matching::{MatchRule, ScoreScale, find_pairs};
use super::records::{Entry, arm_code, valued};
use super::summary::Summary;
use crate::Error;

/// How the arms are made comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EffectMethod {
    /// Not at all.
    Unadjusted,
    /// Pairs by propensity score, then a regression within each arm.
    #[default]
    Matched,
    /// Comparators weighted to be like the programme's children.
    AttWeights,
    /// Both arms weighted to the children who might have been in either.
    Overlap,
    /// Comparators weighted so that the means of all covariates agree.
    Entropy,
    /// Outcome regression and propensity score together.
    Aipw,
}

impl EffectMethod {
    /// Every method.
    pub const ALL: [Self; 6] = [
        Self::Unadjusted,
        Self::Matched,
        Self::AttWeights,
        Self::Overlap,
        Self::Entropy,
        Self::Aipw,
    ];

    /// Its name on the command line and in estimates.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unadjusted => "unadjusted",
            Self::Matched => "matched",
            Self::AttWeights => "att-weights",
            Self::Overlap => "overlap",
            Self::Entropy => "entropy",
            Self::Aipw => "aipw",
        }
    }

    fn method(self, kind: OutcomeKind) -> &'static str {
        match (self, kind) {
            (Self::Unadjusted, OutcomeKind::YesOrNo) => "newcombe/1",
            (Self::Unadjusted, OutcomeKind::Measured) => "welch/1",
            (Self::Matched, _) => "g-computation-cr2/1",
            (Self::AttWeights, _) => "att-weights-sandwich/1",
            (Self::Overlap, _) => "overlap-weights-sandwich/1",
            (Self::Entropy, _) => "entropy-balancing-sandwich/1",
            (Self::Aipw, _) => "aipw-att/1",
        }
    }

    fn of_whom(self) -> &'static str {
        match self {
            Self::Unadjusted => "children of both arms with the outcome recorded",
            Self::Matched => "children of the programme with a comparator",
            Self::AttWeights | Self::Entropy | Self::Aipw => "children of the programme",
            Self::Overlap => "children who might have been in either arm",
        }
    }
}

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
    /// How the arms are made comparable, beside the comparison as they are.
    pub method: EffectMethod,
    /// How comparators are found, where they are.
    pub rule: MatchRule,
    /// The level of intervals.
    pub confidence: f64,
    /// For the matched effect, an interval from samples drawn anew as well.
    pub bootstrap: Option<Draws>,
}

/// The effect, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortEffect {
    options: EffectOptions,
    confidence: Confidence,
    cohort: Cohort,
    kind: OutcomeKind,
    /// How many children have no outcome, by arm: programme, comparator.
    pub n_missing: [usize; 2],
    found: Vec<(EffectMethod, Result<Found, StatsError>)>,
    drawn: Option<Result<Bootstrap, StatsError>>,
}

/// Effects, and how many children of either arm they rest on.
#[derive(Debug, Clone, PartialEq)]
struct Found {
    effects: Effects,
    n: [usize; 2],
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
    let whole = Cohort::read(&table, &options.columns)?;
    let outcomes = read_outcome(table.column(&options.outcome)?)?;
    let clusters = match &options.cluster {
        Some(name) => Some(read_cells(&table, std::slice::from_ref(name))?),
        None => None,
    };
    let keep: Vec<bool> = outcomes.iter().map(Option::is_some).collect();
    let cohort = whole.subset(&keep);
    let input = Input {
        outcome: outcomes.into_iter().flatten().collect(),
        clusters: clusters.map(|labels| {
            let labels = kept(&labels, &keep).into_iter();
            labels.map(|label| label as usize).collect()
        }),
        cohort: &cohort,
        options,
        confidence,
    };
    let kind = input.arms(&[]).kind();
    let mut found = vec![(
        EffectMethod::Unadjusted,
        input.found(EffectMethod::Unadjusted)?,
    )];
    if options.method != EffectMethod::Unadjusted {
        found.push((options.method, input.found(options.method)?));
    }
    let drawn = match options.bootstrap {
        Some(draws) if options.method == EffectMethod::Matched => Some(input.drawn(draws)?),
        _ => None,
    };
    let n_missing = [true, false].map(|arm| whole.n_in(arm) - cohort.n_in(arm));
    drop(input);
    Ok(CohortEffect {
        options: options.clone(),
        confidence,
        kind,
        n_missing,
        found,
        drawn,
        cohort,
    })
}

struct Input<'a> {
    cohort: &'a Cohort,
    outcome: Vec<f64>,
    clusters: Option<Vec<usize>>,
    options: &'a EffectOptions,
    confidence: Confidence,
}

impl Input<'_> {
    fn arms<'s>(&'s self, covariates: &'s [&'s [f64]]) -> Arms<'s> {
        Arms {
            treated: &self.cohort.treated,
            outcome: &self.outcome,
            covariates,
            clusters: self.clusters.as_deref(),
        }
    }

    /// The effect, or the reason for which the data refuse it.
    fn found(&self, method: EffectMethod) -> Result<Result<Found, StatsError>, Error> {
        let columns = self.cohort.columns();
        let arms = self.arms(&columns);
        let n = [self.cohort.n_in(true), self.cohort.n_in(false)];
        let everybody = |effects| Found { effects, n };
        let confidence = self.confidence;
        let by_weights = |weighting| weighted(&arms, weighting, confidence).map(everybody);
        let found = match method {
            EffectMethod::Unadjusted => unadjusted(&arms, confidence).map(everybody),
            EffectMethod::Matched => return self.matched(),
            EffectMethod::AttWeights => by_weights(Weighting::Propensity(Estimand::Treated)),
            EffectMethod::Overlap => by_weights(Weighting::Propensity(Estimand::Overlap)),
            EffectMethod::Entropy => by_weights(Weighting::Entropy),
            EffectMethod::Aipw => {
                doubly_robust(&arms, Population::Treated, confidence).map(everybody)
            }
        };
        self.refused(found)
    }

    fn refused<T>(&self, found: Result<T, StatsError>) -> Result<Result<T, StatsError>, Error> {
        match found {
            Err(error) if !error.is_refusal() => Err(self.cohort.named(&error)),
            found => Ok(found),
        }
    }

    fn matched(&self) -> Result<Result<Found, StatsError>, Error> {
        let columns = self.cohort.columns();
        let scores = match self.refused(propensity(&columns, &self.cohort.treated))? {
            Ok(scores) => scores,
            Err(error) => return Ok(Err(error)),
        };
        let matches = find_pairs(self.cohort, &scores, &self.options.rule)?;
        if matches.pairs.is_empty() {
            return Ok(Err(StatsError::NoOverlap));
        }
        let weights = matches.weights(self.outcome.len());
        // A treated child and its comparators are one cluster, named by its row.
        let mut pairs: Vec<usize> = (0..weights.len()).collect();
        for pair in &matches.pairs {
            pairs[pair.control] = pair.treated;
        }
        let mut arms = self.arms(&columns);
        arms.clusters = Some(self.clusters.as_deref().unwrap_or(&pairs));
        let n = [true, false].map(|arm| {
            let rows = self.cohort.treated.iter().zip(&weights);
            rows.filter(|&(&t, &weight)| t == arm && weight > 0.0)
                .count()
        });
        let found = standardised(&arms, &weights, self.confidence);
        self.refused(found.map(|effects| Found { effects, n }))
    }

    fn drawn(&self, draws: Draws) -> Result<Result<Bootstrap, StatsError>, Error> {
        let columns = self.cohort.columns();
        let threads = NonZeroUsize::new(rayon::current_num_threads()).unwrap_or(NonZeroUsize::MIN);
        let options = BootstrapOptions {
            draws: draws.n,
            seed: draws.seed,
            threads,
            matching: self.options.rule.greedy(),
            exact: self.cohort.exact.as_deref(),
            adjust_for: &columns,
        };
        self.refused(bootstrap_matched(
            &self.arms(&columns),
            &options,
            self.confidence,
        ))
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
            records.push(self.about_draws(drawn));
        }
        Summary::new(&self.cohort.file, records)
    }

    /// The difference of each method in turn, with its interval, or why there is none.
    pub fn differences(&self) -> impl Iterator<Item = (EffectMethod, Result<Effect, String>)> {
        self.found.iter().map(|(method, found)| {
            let difference = match found {
                Ok(found) => Ok(found.effects.difference),
                Err(error) => Err(self.cohort.in_words(error)),
            };
            (*method, difference)
        })
    }

    /// What words stand beside, for the columns of words.
    pub fn references(&self) -> Vec<String> {
        self.cohort.references()
    }

    fn entry(&self, method: EffectMethod) -> Entry {
        Entry {
            measure: format!("effect.{}", self.options.outcome),
            population: method.of_whom(),
            method: method.method(self.kind).to_owned(),
            options: self.option_words(method),
        }
    }

    fn option_words(&self, method: EffectMethod) -> String {
        if method == EffectMethod::Unadjusted {
            return String::new();
        }
        let columns = &self.options.columns;
        let mut words = vec![format!("covariates={}", columns.covariates.join(","))];
        if method == EffectMethod::Matched {
            words.push(self.options.rule.options());
            if !columns.exact.is_empty() {
                words.push(format!("exact={}", columns.exact.join(",")));
            }
        }
        let cluster = match (&self.options.cluster, method) {
            (Some(name), _) => name.as_str(),
            (None, EffectMethod::Matched) => "pair",
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

    fn refusal(&self, method: EffectMethod, error: &StatsError) -> Estimate {
        let group = Group::of("method", method.code());
        Estimate {
            note: format!("refused: {}", self.cohort.in_words(error)),
            n_missing: Some(self.n_missing.iter().sum::<usize>() as u64),
            ..self
                .entry(method)
                .record(group, Statistic::Difference, self.unit())
        }
    }

    fn about(&self, method: EffectMethod, found: &Found) -> Vec<Estimate> {
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
                note: self.caution(method, found),
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

    fn caution(&self, method: EffectMethod, found: &Found) -> String {
        let n_left_out = found.effects.n_left_out;
        match method {
            EffectMethod::Unadjusted => "the arms may differ in more than the programme".to_owned(),
            _ if n_left_out > 0 => format!(
                "{n_left_out} covariates that say nothing new in an arm, or decide the outcome there, were left \
                 out of the regression"
            ),
            _ => String::new(),
        }
    }

    fn about_draws(&self, drawn: &Result<Bootstrap, StatsError>) -> Estimate {
        let entry = self.entry(EffectMethod::Matched);
        let draws = self.options.bootstrap.unwrap_or(Draws { n: 0, seed: 0 });
        let scale = match self.options.rule.scale {
            ScoreScale::Logit => "",
            ScoreScale::Probability => ";draws are matched on the logit",
        };
        let entry = Entry {
            method: "bootstrap-matched/1".to_owned(),
            options: format!(
                "{};draws={};seed={}{scale}",
                entry.options,
                format::exact(draws.n as f64),
                draws.seed
            ),
            ..entry
        };
        let group = Group::of("method", "matched").and("errors", "bootstrap");
        let record = entry.record(group, Statistic::Difference, self.unit());
        match drawn {
            Ok(drawn) => {
                let note = match drawn.n_failed {
                    0 => String::new(),
                    n => format!("{n} draws gave no effect"),
                };
                valued(
                    Estimate { note, ..record },
                    Some(drawn.value),
                    Some(drawn.interval),
                    self.confidence,
                )
            }
            Err(error) => Estimate {
                note: format!("refused: {}", self.cohort.in_words(error)),
                ..record
            },
        }
    }
}
