//! The second half: estimates from one row for each child, form and return.

mod alike;
mod breakdown;
mod circle;
mod comparison;
mod connections;
mod coverage;
mod criteria;
mod entry;
mod extremes;
mod flow;
mod ledger;
mod monitoring;
mod objectives;
mod outcomes;
mod people;
mod profile;
mod quality;
mod questionnaires;
mod reach;
mod return_kind;
mod returns;
mod sdq;
mod stability;
mod tally;
mod tracker;

use kinfolk_model::{Estimates, Settings, Study};
use kinfolk_stats::Confidence;

use crate::care::CareFacts;
use crate::{Facts, derive};
use ledger::Ledger;

pub use quality::assess_quality;
pub use stability::{PublishedOptions, estimate_published, refused_measure};

/// Every measure that the tables of a study feed, in the order of the report.
///
/// A measure whose table is absent has no record. Where the table is there and nothing can be
/// computed, the record has no value and a note that says why.
///
/// ```
/// # use jiff::civil::date;
/// # use kinfolk_model::{Child, ChildId, Country, DisclosureProfile, Period, Settings, Study, Table};
/// # let settings = Settings {
/// #     title: String::new(), authorities: vec![], country: Country::England,
/// #     period: Period { start: date(2024, 4, 1), end: date(2025, 3, 31) },
/// #     synthetic: true, notice: String::new(), confidence: 0.95, seed: 1, follow_up_days: 365,
/// #     disclosure: DisclosureProfile::Internal, sdq: Default::default(), care: Default::default(),
/// #     comparison: None,
/// #     statements: Default::default(), benchmark: None,
/// # };
/// let mut study = Study::new(settings);
/// study.children = Table::from_rows(vec![Child::new(ChildId::new("C1"))]);
/// let estimates = kinfolk_outcomes::analyse(&study);
/// assert_eq!(estimates.records[0].measure, "reach.children");
/// assert_eq!(estimates.records[0].value, Some(1.0));
/// ```
pub fn analyse(study: &Study) -> Estimates {
    estimate(&derive(study), &study.settings)
}

/// Every measure from derived rows. The rows of several studies may be put together, as long as no
/// child, form or return stands in two of them; the level of intervals, the period and the words
/// for statements are those of `settings`.
pub fn estimate(facts: &Facts, settings: &Settings) -> Estimates {
    let mut ledger = Ledger::new(Confidence::new(settings.confidence).unwrap_or_default());
    reach::estimate_reach(&mut ledger, facts);
    criteria::estimate_criteria(&mut ledger, facts);
    flow::estimate_flow(&mut ledger, facts);
    profile::estimate_profile(&mut ledger, facts);
    returns::estimate_returns(&mut ledger, facts, settings);
    extremes::estimate_extremes(&mut ledger, facts);
    monitoring::estimate_quarters(&mut ledger, facts, settings);
    objectives::estimate_objectives(&mut ledger, facts);
    outcomes::estimate_outcomes(&mut ledger, facts);
    connections::estimate_connections(&mut ledger, facts);
    circle::estimate_circle(&mut ledger, facts);
    questionnaires::estimate_questionnaires(&mut ledger, facts, settings);
    sdq::estimate_sdq(&mut ledger, facts, settings);
    stability::estimate_study_care(&mut ledger, facts);
    comparison::estimate_comparison(&mut ledger, facts, settings);
    coverage::estimate_coverage(&mut ledger, facts);
    ledger.finish()
}

/// Every measure of placement stability, from returns; `confidence` is the level of intervals.
pub fn estimate_care(care: &CareFacts, confidence: f64) -> Estimates {
    let mut ledger = Ledger::new(Confidence::new(confidence).unwrap_or_default());
    stability::estimate_stability(&mut ledger, care);
    ledger.finish()
}
