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
use rayon::prelude::*;

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
    let confidence = Confidence::new(settings.confidence).unwrap_or_default();
    let chapters = chapters(facts, settings);
    let written: Vec<Ledger> = chapters
        .par_iter()
        .with_max_len(1)
        .map(|write| {
            let mut ledger = Ledger::new(confidence);
            write(&mut ledger);
            ledger
        })
        .collect();
    let mut whole = Ledger::new(confidence);
    for ledger in written {
        whole.append(ledger);
    }
    whole.finish()
}

type Chapter<'f> = Box<dyn Fn(&mut Ledger) + Sync + 'f>;

/// What is written side by side, none of which reads what another wrote, in the order of the report.
fn chapters<'f>(facts: &'f Facts, settings: &'f Settings) -> Vec<Chapter<'f>> {
    vec![
        Box::new(|ledger| reach::estimate_reach(ledger, facts)),
        Box::new(|ledger| criteria::estimate_criteria(ledger, facts)),
        Box::new(|ledger| flow::estimate_flow(ledger, facts)),
        Box::new(|ledger| profile::estimate_profile(ledger, facts)),
        Box::new(|ledger| returns::estimate_returns(ledger, facts, settings)),
        Box::new(|ledger| extremes::estimate_extremes(ledger, facts)),
        Box::new(|ledger| monitoring::estimate_quarters(ledger, facts, settings)),
        Box::new(|ledger| objectives::estimate_objectives(ledger, facts)),
        Box::new(|ledger| outcomes::estimate_outcomes(ledger, facts)),
        Box::new(|ledger| tracker::estimate_trackers(ledger, facts)),
        Box::new(|ledger| questionnaires::estimate_questionnaires(ledger, facts, settings)),
        Box::new(|ledger| sdq::estimate_sdq(ledger, facts, settings)),
        Box::new(|ledger| stability::estimate_study_care(ledger, facts)),
        Box::new(|ledger| comparison::estimate_comparison(ledger, facts, settings)),
        Box::new(|ledger| coverage::estimate_coverage(ledger, facts)),
    ]
}

/// Every measure of placement stability, from returns; `confidence` is the level of intervals.
pub fn estimate_care(care: &CareFacts, confidence: f64) -> Estimates {
    let mut ledger = Ledger::new(Confidence::new(confidence).unwrap_or_default());
    stability::estimate_stability(&mut ledger, care);
    ledger.finish()
}
