//! An outcome of pairs at the same time in care, from a plain table.

use kinfolk_ingest::plain::PlainTable;
use kinfolk_ingest::plain::cohort::{read_days, read_outcome, read_times};
use kinfolk_model::ComparisonMethod;
use kinfolk_outcomes::Timeline;
use kinfolk_outcomes::comparison::{ChildrenInCare, OutcomeInCare, TimesInCare};

use super::cohort::Cohort;
use super::effect::EffectOptions;
use super::effect_rows::read_clusters;
use super::risk_sets::{TimeColumns, check_rule, read_times_in_care};
use crate::Error;

/// Where a table says how long each child had been in care when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskSetColumns {
    /// When each child joined and left.
    pub times: TimeColumns,
    /// For an outcome of days, how it is followed; the outcome stands as it is without.
    pub dated: Option<DatedOutcome>,
}

/// An outcome whose column holds the days in care on which it came about, with semicolons between them;
/// blank for never. It counts from the day after that on which the one of a pair joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedOutcome {
    /// For how many days both of a pair are followed. Who is watched for less, and had no event, has no
    /// known outcome.
    pub days: u16,
    /// The column of the day in care up to which events were recorded. Who left before it has no event
    /// any more, and is known to have none. Without it records end when a child leaves.
    pub watched: Option<String>,
}

/// The children of a table who are compared at the same time in care.
///
/// # Errors
///
/// [`Error::Plain`] when a column is missing or a cell cannot be used; [`Error::RiskSets`] for an option
/// that does not go with it.
pub(super) fn read_children(
    table: &PlainTable,
    options: &EffectOptions,
    columns: &RiskSetColumns,
) -> Result<(Cohort, ChildrenInCare), Error> {
    check(options)?;
    let times = read_times_in_care(table, &columns.times)?;
    let treated = times.joined.iter().map(Option::is_some).collect();
    let mut cohort = Cohort::with_arms(table, &options.columns, treated)?;
    cohort.arms.clusters = read_clusters(table, options.cluster.as_ref())?;
    let children = ChildrenInCare {
        arms: cohort.arms.clone(),
        outcome: match &columns.dated {
            None => OutcomeInCare::Settled(read_outcome(table.column(&options.outcome)?)?),
            Some(dated) => OutcomeInCare::Dated {
                timelines: timelines(table, &options.outcome, dated, &times)?,
                days: i32::from(dated.days),
            },
        },
        times,
    };
    Ok((cohort, children))
}

fn check(options: &EffectOptions) -> Result<(), Error> {
    check_rule(options.rule)?;
    match options.method {
        ComparisonMethod::Matched => Ok(()),
        _ => Err(Error::RiskSets(
            "a method other than matched: only in a pair has one who did not join a day to be followed from",
        )),
    }
}

/// Parts of a day are cut off.
fn timelines(
    table: &PlainTable,
    outcome: &str,
    dated: &DatedOutcome,
    times: &TimesInCare,
) -> Result<Vec<Timeline>, Error> {
    let events = read_days(table.column(outcome)?)?;
    let watched = match &dated.watched {
        Some(name) => read_times(table.column(name)?)?,
        None => times.left.clone(),
    };
    let rows = events.into_iter().zip(watched).zip(&times.left);
    let timeline = |((events, watched), &left): ((Vec<f64>, f64), &f64)| {
        let ended = (left < watched).then_some(left as i32);
        let days = events.into_iter().map(|day| day as i32).collect();
        Timeline::of_event(days, ended, watched as i32)
    };
    Ok(rows.map(timeline).collect())
}
