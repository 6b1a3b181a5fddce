//! Comparators at the same time in care, from a plain table.

use kinfolk_ingest::plain::cohort::{read_times, read_times_or_never};
use kinfolk_ingest::plain::{PlainError, PlainReader, PlainTable};
use kinfolk_model::{ComparatorPool, MatchRule, ScoreScale};
use kinfolk_outcomes::comparison::{RiskSetPairs, TimesInCare, pair_in_risk_sets};
use kinfolk_stats::matching::{Pair, propensity};

use super::cohort::{Cohort, CohortColumns};
use super::matching::{CohortMatch, Found};
use crate::Error;

/// What the columns of times in care are called, in days since care began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeColumns {
    /// When the child's work began; blank for one of whom it never did.
    pub joined: String,
    /// When the child was last in care and watched.
    pub left: String,
}

/// From when, and for how long, a pair is followed; in days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairFollowed {
    /// The time in care from which both are followed.
    pub from: f64,
    /// How long the child of the programme is.
    pub treated: f64,
    /// How long its comparator is, until it joins itself if it does.
    pub control: f64,
}

/// Finds for each child of the programme a comparator who was in care and not yet in the programme
/// when it had been in care as long, by the log hazard of joining; the earliest first, each a
/// comparator once. A child may be a comparator first and join later.
///
/// The column of the arm is not read: who has a time of joining is in the programme.
///
/// # Errors
///
/// As for [`match_cohort`](super::match_cohort); [`Error::RiskSets`] for a rule that does not go with it.
pub fn match_in_risk_sets(
    reader: PlainReader,
    columns: &CohortColumns,
    times: &TimeColumns,
    rule: MatchRule,
) -> Result<CohortMatch, Error> {
    check_rule(rule)?;
    let table = PlainTable::of(reader)?;
    columns.check_named(table.header().file())?;
    let times = read_times_in_care(&table, times)?;
    let treated = times.joined.iter().map(Option::is_some).collect();
    let mut cohort = Cohort::with_arms(&table, columns, treated)?;
    let rule = MatchRule {
        pool: ComparatorPool::RiskSet,
        ..rule
    };
    let RiskSetPairs {
        second_rows,
        arms,
        matches,
    } = pair_in_risk_sets(&cohort.arms, &times, &rule).map_err(|error| cohort.named(&error))?;
    let n = cohort.ids.len();
    let second: Vec<String> = second_rows
        .iter()
        .map(|&row| cohort.ids[row].clone())
        .collect();
    cohort.ids.extend(second);
    cohort.arms = arms;
    let columns_of = cohort.arms.covariates.columns();
    let scores = propensity(&columns_of, &cohort.arms.treated);
    let scores = scores.map_err(|error| cohort.named(&error))?;
    let first_row = |row: usize| row.checked_sub(n).map_or(row, |place| second_rows[place]);
    let followed = |pair: &Pair| followed(&times, pair.treated, first_row(pair.control));
    let found = Found {
        followed: matches.pairs.iter().filter_map(followed).collect(),
        scores,
        matches,
        n_children: n,
    };
    CohortMatch::of(cohort, found, columns, rule)
}

/// # Errors
///
/// [`PlainError`] when a column is missing or a cell cannot be used.
pub(super) fn read_times_in_care(
    table: &PlainTable,
    columns: &TimeColumns,
) -> Result<TimesInCare, PlainError> {
    table.header().require(&[&columns.joined, &columns.left])?;
    Ok(TimesInCare {
        joined: read_times_or_never(table.column(&columns.joined)?)?,
        left: read_times(table.column(&columns.left)?)?,
    })
}

/// # Errors
///
/// [`Error::RiskSets`] for a rule that does not go with comparators at the same time in care.
pub(super) fn check_rule(rule: MatchRule) -> Result<(), Error> {
    match rule {
        MatchRule { ratio: 2.., .. } => Err(Error::RiskSets(
            "a ratio above 1: a comparator is taken once, so the first to join would leave fewer to those who join later",
        )),
        MatchRule {
            scale: ScoreScale::Probability,
            ..
        } => Err(Error::RiskSets(
            "a scale of the propensity score: near is near in the log hazard of joining",
        )),
        _ => Ok(()),
    }
}

fn followed(times: &TimesInCare, treated: usize, control: usize) -> Option<PairFollowed> {
    let from = times.joined[treated]?;
    let until = times.joined[control].unwrap_or(f64::INFINITY);
    Some(PairFollowed {
        from,
        treated: times.left[treated] - from,
        control: times.left[control].min(until) - from,
    })
}
