//! Rows arranged so that their totals are those of Family Rights Group's impact report of 2020.
//!
//! No random number is drawn. A constant marked *published* stands in that report or follows from
//! it; every other value only fills a cell that a row cannot do without, and means nothing.

mod children;
mod objectives;
mod questionnaires;
mod tracker;

use kinfolk_model::{Country, FinancialQuarter, Monitoring};

use crate::study::SyntheticStudy;
use crate::table;

/// Published: conferences held, plans made and coordinators trained in both nations.
const CONFERENCES: u32 = 254;
const PLANS: u32 = 354;
const COORDINATORS: u32 = 187;

const STUDY_TOML: &str = r#"# A reconstruction: rows arranged so that their totals are published ones. No record is real.

[study]
title = "Lifelong Links to 2020: a reconstruction of published figures"
authority = "England and Scotland"
country = "England"
period = { start = 2017-04-01, end = 2020-09-30 }
synthetic = true
notice = "A reconstruction. Rows were made up so that their totals equal figures that Family Rights Group published in 2020. What that report did not publish, such as ages, dates, spreads and intervals, only fills the rows and means nothing."

[analysis]
confidence = 0.95
seed = 20200930
follow_up_days = 365
# No record is of a real child, and the totals are public.
disclosure = "internal"
sdq_baseline = "last-before-start"
sdq_mmrm_df = "satterthwaite"
"#;

/// The study whose analysis gives back the figures published in 2020.
pub fn reconstruct_frg_2020() -> SyntheticStudy {
    SyntheticStudy {
        study_toml: STUDY_TOML.to_owned(),
        voices_toml: String::new(),
        words: Vec::new(),
        tables: [
            table::children(&children::children()),
            table::objectives(&objectives::objectives()),
            table::connections(&tracker::connections()),
            table::connection_counts(&tracker::connection_counts()),
            table::questionnaires(&questionnaires::questionnaires()),
            table::monitoring(&monitoring()),
        ]
        .map(table::without_blank_columns)
        .to_vec(),
    }
}

/// One return for all authorities, dated with the last quarter, because only totals are published.
fn monitoring() -> Vec<Monitoring> {
    FinancialQuarter::new(2020, 2)
        .map(|quarter| Monitoring {
            authority: "England and Scotland".to_owned(),
            country: None,
            programme: None,
            quarter,
            referrals: None,
            starts: None,
            conferences: Some(CONFERENCES),
            plans: Some(PLANS),
            reviews: None,
            coordinators_trained: Some(COORDINATORS),
        })
        .into_iter()
        .collect()
}

/// The identifier of the child at that place among those of its nation.
fn child_id(country: Country, place: usize) -> kinfolk_model::ChildId {
    let prefix = match country {
        Country::England => "E",
        Country::Scotland => "S",
        Country::Wales => "W",
    };
    kinfolk_model::ChildId::new(&format!("{prefix}-{:03}", place + 1))
}
