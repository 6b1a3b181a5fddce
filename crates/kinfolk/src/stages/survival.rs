//! How long until an event, from a plain table of times and events.

use kinfolk_ingest::plain::cohort::{
    read_arms, read_cells, read_endings, read_times, read_weights,
};
use kinfolk_ingest::plain::{PlainReader, PlainTable};
use kinfolk_model::{Estimate, Group, Statistic, Unit};
use kinfolk_outcomes::comparison::Covariates;
use kinfolk_stats::survival::{Endings, FollowUp};
use kinfolk_stats::{Confidence, Estimated, Interval, StatsError};

use super::cohort::{Cohort, covariates};
use super::matched_survival::{MatchedTimes, read_cohort};
use super::records::{Entry, arm_code, told, valued};
use super::summary::Summary;
use crate::Error;

/// Why there is no share at a day.
pub(super) const NOT_WATCHED: &str = "nobody was watched for so long";
/// The ending that is asked about.
pub(super) const EVENT: u32 = 1;
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
    pub(super) endings: Endings,
    pub(super) causes: Vec<u32>,
    pub(super) treated: Option<Vec<bool>>,
    pub(super) covariates: Covariates,
    pub(super) strata: Option<Vec<u32>>,
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

    pub(super) fn valued(&self, record: Estimate, value: f64, interval: Interval) -> Estimate {
        valued(record, Some(value), Some(interval), self.confidence)
    }

    pub(super) fn p_value(
        &self,
        entry: &Entry,
        group: Group,
        found: Result<f64, StatsError>,
    ) -> Estimate {
        let record = entry.record(group, Statistic::PValue, Unit::None);
        let found = found.map(|p_value| Estimated {
            value: p_value,
            interval: None,
        });
        told(record, found, self.confidence)
    }

    pub(super) fn strata_words(&self) -> String {
        let strata = self.options.strata.iter();
        strata.map(|name| format!("strata={name}")).collect()
    }
}
