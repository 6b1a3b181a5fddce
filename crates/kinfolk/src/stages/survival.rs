//! How long until an event, from a plain table of times and events.

use kinfolk_ingest::plain::cohort::{
    read_arms, read_cells, read_endings, read_times, read_weights,
};
use kinfolk_ingest::plain::{PlainReader, PlainTable};
use kinfolk_model::{Estimate, Group, Statistic, Unit, format};
use kinfolk_outcomes::comparison::Covariates;
use kinfolk_stats::survival::{
    Band, Clock, CoxModel, CurveQuantile, Endings, FollowUp, compare_restricted_means, cox,
    cumulative_incidence, gray, kaplan_meier, log_rank, proportional_hazards, restricted_mean,
};
use kinfolk_stats::{Confidence, Interval, StatsError};

use super::cohort::{Cohort, covariates};
use super::matched_survival::{MatchedTimes, read_cohort};
use super::records::{Entry, arm_code, refused, valued};
use super::summary::Summary;
use crate::Error;

/// The ending that is asked about.
const EVENT: u32 = 1;
/// The horizon where none is asked for, in days.
const YEAR: f64 = 365.0;

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct SurvivalOptions {
    /// The column of the time watched, in days.
    pub time: String,
    /// The column of what ended it: 0 nothing, 1 the event, 2 or more what rules the event out.
    pub event: String,
    /// The column of the arm, where there are two.
    pub arm: Option<String>,
    /// Covariates of the regression.
    pub covariates: Vec<String>,
    /// The column of groups with hazards of their own.
    pub strata: Option<String>,
    /// The column of who belongs together.
    pub cluster: Option<String>,
    /// The column of how much each child counts, for curves and mean times beside the plain ones.
    pub weights: Option<String>,
    /// Mean times of the arms once pairs are found, beside those of the arms as they are.
    pub matched: Option<MatchedTimes>,
    /// Days at which shares are given; by quarters of the horizon where there are none.
    pub at: Vec<f64>,
    /// The horizon of mean times, in days; a year, or as far as both arms were watched, without.
    pub horizon: Option<f64>,
    /// The level of intervals.
    pub confidence: f64,
}

/// Curves, tests and regressions of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct SurvivalTable {
    pub(super) options: SurvivalOptions,
    pub(super) confidence: Confidence,
    file: String,
    pub(super) follow_up: FollowUp,
    endings: Endings,
    causes: Vec<u32>,
    treated: Option<Vec<bool>>,
    covariates: Covariates,
    strata: Option<Vec<u32>>,
    pub(super) clusters: Option<Vec<u32>>,
    weights: Option<Vec<f64>>,
    pub(super) cohort: Option<Cohort>,
    pub(super) horizon: f64,
}

/// Reads a table of times and events.
///
/// # Errors
///
/// [`Error::Plain`] when a column is missing or a cell cannot be used, [`Error::Stats`] for an option
/// out of range, [`Error::Comparison`] for pairs without arms or covariates.
pub fn survival_of(reader: PlainReader, options: &SurvivalOptions) -> Result<SurvivalTable, Error> {
    let confidence = Confidence::new(options.confidence)?;
    let table = PlainTable::of(reader)?;
    let times = read_times(table.column(&options.time)?)?;
    let causes = read_endings(table.column(&options.event)?)?;
    let cells = |name: &Option<String>| {
        let names = name.as_ref().map(std::slice::from_ref);
        names.map(|names| read_cells(&table, names)).transpose()
    };
    let treated = match &options.arm {
        Some(name) => Some(read_arms(table.column(name)?)?),
        None => None,
    };
    let events: Vec<bool> = causes.iter().map(|&cause| cause == EVENT).collect();
    Ok(SurvivalTable {
        horizon: horizon(options, &times, treated.as_deref()),
        follow_up: FollowUp::new(&times, &events)?,
        endings: Endings::new(&times, &causes)?,
        covariates: covariates(&table, &options.covariates)?,
        strata: cells(&options.strata)?,
        clusters: cells(&options.cluster)?,
        weights: match &options.weights {
            Some(name) => Some(read_weights(table.column(name)?)?),
            None => None,
        },
        cohort: read_cohort(&table, options, treated.as_deref())?,
        options: options.clone(),
        file: table.header().file().to_owned(),
        confidence,
        causes,
        treated,
    })
}

/// A year, or the last time to which both arms were watched if that is sooner.
fn horizon(options: &SurvivalOptions, times: &[f64], treated: Option<&[bool]>) -> f64 {
    let last = |arm: Option<bool>| {
        let rows = times.iter().enumerate().filter(|(row, _)| {
            arm.is_none_or(|arm| treated.is_some_and(|treated| treated[*row] == arm))
        });
        rows.map(|(_, &time)| time).fold(0.0, f64::max)
    };
    let watched = match treated {
        Some(_) => last(Some(true)).min(last(Some(false))),
        None => last(None),
    };
    options.horizon.unwrap_or(YEAR.min(watched))
}

impl SurvivalTable {
    /// Everything as estimates.
    pub fn summary(&self) -> Summary {
        let mut records = Vec::new();
        for arm in self.arms() {
            records.extend(self.about_curve(arm));
        }
        if let Some(weights) = &self.weights {
            records.extend(self.about_weighted(weights));
        }
        records.extend(self.about_matched());
        records.extend(self.about_arms());
        records.extend(self.about_hazards());
        if self.causes.iter().any(|&cause| cause > EVENT) {
            records.extend(self.about_endings());
        }
        Summary::new(&self.file, records)
    }

    /// How many were watched, and to how many the event happened.
    pub fn n_and_events(&self) -> (usize, usize) {
        (self.follow_up.len(), self.follow_up.n_events())
    }

    /// The days up to which mean times reach.
    pub fn horizon(&self) -> f64 {
        self.horizon
    }

    pub(super) fn arms(&self) -> Vec<Option<bool>> {
        match self.treated {
            Some(_) => vec![Some(true), Some(false)],
            None => vec![None],
        }
    }

    pub(super) fn is_in(&self, arm: Option<bool>, row: usize) -> bool {
        let own = self.treated.as_ref().map(|treated| treated[row]);
        arm.is_none() || arm == own
    }

    pub(super) fn at(&self) -> Vec<f64> {
        match self.options.at.as_slice() {
            [] => [0.25, 0.5, 0.75, 1.0]
                .map(|part| part * self.horizon)
                .to_vec(),
            at => at.to_vec(),
        }
    }

    pub(super) fn entry(&self, measure: &str, method: &str, options: String) -> Entry {
        Entry {
            measure: measure.to_owned(),
            population: "children watched",
            method: method.to_owned(),
            options,
        }
    }

    pub(super) fn in_arm(&self, arm: Option<bool>, record: Estimate) -> Estimate {
        let n = (0..self.causes.len())
            .filter(|&row| self.is_in(arm, row))
            .count();
        Estimate {
            arm: arm.map_or("", arm_code).to_owned(),
            denominator: Some(n as u64),
            ..record
        }
    }

    fn about_curve(&self, arm: Option<bool>) -> Vec<Estimate> {
        let own = self.follow_up.subset(|row| self.is_in(arm, row));
        let curve = kaplan_meier(&own, Band::LogLog, self.confidence);
        let entry = self.entry(
            "survival.curve",
            "kaplan-meier/1",
            "band=log-log".to_owned(),
        );
        let mut records = Vec::new();
        for (time, at_risk) in self.at().into_iter().zip(own.numbers_at_risk(&self.at())) {
            let group = Group::of("day", &format::exact(time));
            let found = curve.as_ref().and_then(|curve| curve.at(time));
            let share = entry.record(group.clone(), Statistic::Proportion, Unit::Proportion);
            let share = Estimate {
                note: match found {
                    Some(_) => self.about_competition(),
                    None => "nobody was watched for so long".to_owned(),
                },
                ..self.in_arm(arm, share)
            };
            let interval = found.and_then(|found| found.interval);
            let value = found.map(|found| found.value);
            records.push(valued(share, value, interval, self.confidence));
            let entry = self.entry("survival.at_risk", "count/1", String::new());
            let left = entry.record(group, Statistic::Count, Unit::Children);
            records.push(Estimate {
                value: Some(at_risk as f64),
                ..self.in_arm(arm, left)
            });
        }
        let median = curve.as_ref().map(|curve| curve.median());
        records.push(self.about_median(arm, median));
        records.push(self.about_mean(arm, &own));
        records
    }

    fn about_competition(&self) -> String {
        if self.causes.iter().any(|&cause| cause > EVENT) {
            "children with another ending count as no longer watched; survival.incidence allows for it"
                .to_owned()
        } else {
            String::new()
        }
    }

    fn about_median(&self, arm: Option<bool>, median: Option<CurveQuantile>) -> Estimate {
        let entry = self.entry(
            "survival.median",
            "kaplan-meier/1",
            "band=log-log".to_owned(),
        );
        let record = entry.record(Group::all(), Statistic::Median, Unit::Days);
        let time = median.and_then(|median| median.time);
        let upper = median.and_then(|median| median.upper);
        Estimate {
            value: time,
            lower: median.and_then(|median| median.lower),
            upper,
            level: Some(self.confidence.level()),
            note: match (time, upper) {
                (None, _) => "the event did not happen to half of the children while watched",
                (_, None) => "the upper end of the interval lies beyond what was watched",
                _ => "",
            }
            .to_owned(),
            ..self.in_arm(arm, record)
        }
    }

    pub(super) fn mean_entry(&self) -> Entry {
        let options = format!("horizon={}", format::exact(self.horizon));
        self.entry("survival.restricted_mean", "restricted-mean/1", options)
    }

    fn about_mean(&self, arm: Option<bool>, own: &FollowUp) -> Estimate {
        let record = self
            .mean_entry()
            .record(Group::all(), Statistic::Mean, Unit::Days);
        let record = self.in_arm(arm, record);
        match restricted_mean(own, self.horizon, self.confidence) {
            Ok(mean) => valued(
                record,
                Some(mean.value),
                Some(mean.interval),
                self.confidence,
            ),
            Err(error) => refused(record, &error.to_string()),
        }
    }

    fn about_arms(&self) -> Vec<Estimate> {
        let Some(treated) = &self.treated else {
            return Vec::new();
        };
        let groups: Vec<u32> = treated.iter().map(|&treated| u32::from(treated)).collect();
        let options = self.strata_words();
        let entry = self.entry("survival.log_rank", "log-rank/1", options);
        let test = log_rank(&self.follow_up, &groups, self.strata.as_deref(), 0.0);
        let mut records = vec![self.p_value(&entry, Group::all(), test.map(|test| test.p_value))];
        let of = |arm: bool| self.follow_up.subset(|row| treated[row] == arm);
        let entry = self.mean_entry();
        let difference = entry.record(Group::all(), Statistic::Difference, Unit::Days);
        match compare_restricted_means(&of(true), &of(false), self.horizon, self.confidence) {
            Ok(found) => {
                records.push(self.valued(difference, found.difference, found.difference_interval));
                let ratio = entry.record(Group::all(), Statistic::Ratio, Unit::None);
                records.push(valued(
                    ratio,
                    found.ratio,
                    found.ratio_interval,
                    self.confidence,
                ));
            }
            Err(error) => records.push(refused(difference, &error.to_string())),
        }
        records
    }

    pub(super) fn valued(&self, record: Estimate, value: f64, interval: Interval) -> Estimate {
        valued(record, Some(value), Some(interval), self.confidence)
    }

    fn p_value(&self, entry: &Entry, group: Group, found: Result<f64, StatsError>) -> Estimate {
        let record = entry.record(group, Statistic::PValue, Unit::None);
        match found {
            Ok(p_value) => valued(record, Some(p_value), None, self.confidence),
            Err(error) => refused(record, &error.to_string()),
        }
    }

    fn strata_words(&self) -> String {
        let strata = self.options.strata.iter();
        strata.map(|name| format!("strata={name}")).collect()
    }

    /// The arm, then the covariates.
    fn hazard_columns(&self) -> Vec<(String, Vec<f64>)> {
        let arm = self.treated.iter().map(|treated| {
            let column = treated.iter().map(|&treated| f64::from(u8::from(treated)));
            ("arm=programme".to_owned(), column.collect())
        });
        let covariates = self.covariates.0.iter();
        arm.chain(covariates.map(|column| (column.name.clone(), column.values.clone())))
            .collect()
    }

    fn about_hazards(&self) -> Vec<Estimate> {
        let columns = self.hazard_columns();
        if columns.is_empty() {
            return Vec::new();
        }
        let values: Vec<&[f64]> = columns
            .iter()
            .map(|(_, values)| values.as_slice())
            .collect();
        let model = CoxModel {
            strata: self.strata.as_deref(),
            clusters: self.clusters.as_deref(),
            ..CoxModel::new(&self.follow_up, &values)
        };
        let entry = self.entry("survival.hazard_ratio", "cox/1", self.cox_words());
        let of = |name: &str| Group::of("covariate", name);
        let fit = match cox(&model) {
            Ok(fit) => fit,
            Err(error) => {
                let record = entry.record(of(&columns[0].0), Statistic::HazardRatio, Unit::None);
                return vec![refused(record, &in_words(&error, &columns))];
            }
        };
        let mut records = Vec::new();
        for (at, (name, _)) in columns.iter().enumerate() {
            let ratio = entry.record(of(name), Statistic::HazardRatio, Unit::None);
            let ratio = Estimate {
                numerator: Some(fit.n_events as u64),
                denominator: Some(fit.n as u64),
                ..ratio
            };
            let interval = fit.hazard_ratio_interval(at, self.confidence);
            records.push(self.valued(ratio, fit.hazard_ratio(at), interval));
            records.push(self.p_value(&entry, of(name), Ok(fit.p_value(at))));
        }
        let tests = proportional_hazards(&model, &fit, Clock::KaplanMeier);
        let entry = self.entry(
            "survival.proportional_hazards",
            "proportional-hazards/1",
            format!("{};clock=kaplan-meier", self.cox_words()),
        );
        match tests {
            Ok(tests) => {
                for ((name, _), test) in columns.iter().zip(&tests.covariates) {
                    records.push(self.p_value(&entry, of(name), Ok(test.p_value)));
                }
                records.push(self.p_value(&entry, Group::all(), Ok(tests.global.p_value)));
            }
            Err(error) => records.push(self.p_value(&entry, Group::all(), Err(error))),
        }
        records
    }

    fn cox_words(&self) -> String {
        let mut words = vec!["ties=efron".to_owned()];
        let strata = self.options.strata.iter();
        words.extend(strata.map(|name| format!("strata={name}")));
        let cluster = self.options.cluster.iter();
        words.extend(cluster.map(|name| format!("cluster={name}")));
        words.join(";")
    }

    fn about_endings(&self) -> Vec<Estimate> {
        let mut kinds: Vec<u32> = self
            .causes
            .iter()
            .copied()
            .filter(|&kind| kind > 0)
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        let mut records = Vec::new();
        for kind in kinds {
            for arm in self.arms() {
                records.extend(self.about_ending(kind, arm));
            }
            if let Some(treated) = &self.treated {
                let groups: Vec<u32> = treated.iter().map(|&treated| u32::from(treated)).collect();
                let test = gray(&self.endings, kind, &groups, self.strata.as_deref(), 0.0);
                let entry = self.entry("survival.incidence", "gray/1", self.strata_words());
                let group = Group::of("ending", &kind.to_string());
                records.push(self.p_value(&entry, group, test.map(|test| test.p_value)));
            }
        }
        records
    }

    fn about_ending(&self, kind: u32, arm: Option<bool>) -> Vec<Estimate> {
        let own = self.endings.subset(|row| self.is_in(arm, row));
        let curve = cumulative_incidence(&own, kind, Band::LogLog, self.confidence);
        let options = "band=log-log".to_owned();
        let entry = self.entry("survival.incidence", "cumulative-incidence/1", options);
        let record = |time: f64| {
            let group = Group::of("ending", &kind.to_string()).and("day", &format::exact(time));
            let record = entry.record(group, Statistic::Proportion, Unit::Proportion);
            let record = self.in_arm(arm, record);
            match curve.as_ref().and_then(|curve| curve.at(time)) {
                Some(found) => valued(record, Some(found.value), found.interval, self.confidence),
                None => refused(record, "nobody was watched for so long"),
            }
        };
        self.at().into_iter().map(record).collect()
    }
}

fn in_words(error: &StatsError, columns: &[(String, Vec<f64>)]) -> String {
    let name = |at: usize| columns.get(at).map_or("", |(name, _)| name.as_str());
    match error {
        StatsError::Collinear { covariate } => format!(
            "{} says nothing that those before it do not say; leave it out",
            name(*covariate)
        ),
        StatsError::Separated { covariate } => format!(
            "{} tells apart without fail to whom the event happens",
            name(*covariate)
        ),
        other => other.to_string(),
    }
}
