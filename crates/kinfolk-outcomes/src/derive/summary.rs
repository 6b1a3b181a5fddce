//! One child's Practice Summary.

use jiff::civil::Date;
use kinfolk_model::{
    Child, Code, Country, Ethnicity, Outcome, OutcomeName, PlacementType, Settings, Sex,
};

use super::age::completed_years;
use super::criteria::{AtReferral, CriteriaFacts, derive_criteria};
use super::flow::{FlowFacts, Step, derive_flow};

/// What a Practice Summary says, reduced to what the estimates need.
#[derive(Debug, Clone, PartialEq)]
pub struct SummaryFacts {
    /// The nation whose rules apply.
    pub country: Country,
    /// Sex; `None` where not known or blank.
    pub sex: Option<Sex>,
    /// Broad ethnic group; `None` where not known or blank.
    pub ethnicity: Option<Ethnicity>,
    /// Where the child lived; `None` where not known or blank.
    pub home: Option<PlacementType>,
    /// Age in completed years at referral.
    pub age: Option<u8>,
    /// Completed years in care at referral.
    pub years_in_care: Option<u8>,
    /// The trial criteria.
    pub criteria: CriteriaFacts,
    /// How far the work came.
    pub flow: FlowFacts,
    /// Whether any step of the work is dated.
    pub has_dated_step: bool,
    /// The conference, where one was held by the end of the period.
    pub conference: Option<WhenDated>,
    /// The plan, likewise.
    pub plan: Option<WhenDated>,
    /// The review, likewise.
    pub review: Option<WhenDated>,
    /// What was recorded for each outcome, in the order of [`OutcomeName::ALL`]; `None` where blank.
    pub outcomes: [Option<Outcome>; 5],
}

/// Whether something dated fell into the period or before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhenDated {
    /// Before the period.
    Earlier,
    /// In the period.
    InPeriod,
}

impl SummaryFacts {
    /// What was recorded for one outcome.
    pub fn outcome(&self, name: OutcomeName) -> Option<Outcome> {
        self.outcomes[name as usize]
    }

    /// Whether anything was recorded for any outcome.
    pub fn has_outcomes(&self) -> bool {
        self.outcomes.iter().any(Option::is_some)
    }

    /// Whether work started.
    pub fn started(&self) -> bool {
        self.flow.reached(Step::Started)
    }
}

pub(super) fn derive_summary(child: &Child, settings: &Settings) -> SummaryFacts {
    let at_referral = AtReferral {
        country: child.country.unwrap_or(settings.country),
        age: age(child),
        years_in_care: years_in_care(child),
        plan_to_return_home: child.plan_to_return_home,
        plan_for_adoption: child.plan_for_adoption,
    };
    let dated = |day: Option<Date>| when_dated(day, settings);
    SummaryFacts {
        country: at_referral.country,
        sex: child.sex.filter(|sex| *sex != Sex::NotKnown),
        ethnicity: child
            .ethnicity
            .filter(|group| *group != Ethnicity::NotKnown),
        home: child
            .placement_type
            .filter(|home| *home != PlacementType::NotKnown),
        age: at_referral.age,
        years_in_care: at_referral.years_in_care,
        criteria: derive_criteria(&at_referral),
        flow: derive_flow(child, settings),
        has_dated_step: has_dated_step(child),
        conference: dated(child.conference_date),
        plan: dated(child.plan_date),
        review: dated(child.review_date),
        outcomes: std::array::from_fn(|at| child.outcome(OutcomeName::ALL[at])),
    }
}

/// The day of referral, or of the start where no referral is dated.
fn referral(child: &Child) -> Option<Date> {
    child.referral_date.or(child.start_date)
}

fn age(child: &Child) -> Option<u8> {
    match (child.date_of_birth, referral(child)) {
        (Some(birth), Some(day)) => completed_years(birth, day),
        _ => child.age_at_referral,
    }
}

fn years_in_care(child: &Child) -> Option<u8> {
    completed_years(child.care_start?, referral(child)?)
}

fn has_dated_step(child: &Child) -> bool {
    [
        child.start_date,
        child.conference_date,
        child.plan_date,
        child.review_date,
    ]
    .iter()
    .any(Option::is_some)
}

fn when_dated(day: Option<Date>, settings: &Settings) -> Option<WhenDated> {
    let day = day.filter(|day| *day <= settings.period.end)?;
    Some(if day < settings.period.start {
        WhenDated::Earlier
    } else {
        WhenDated::InPeriod
    })
}
