//! One made-up child: who it is, where it lives, and what its Practice Summary says.

use jiff::{ToSpan, civil::Date};
use kinfolk_model::{
    Child, ChildId, Country, EndReason, Ethnicity, Outcome, PlacementType, Sex, YesNo,
};

use crate::journey::{Journey, journey};
use crate::plan::StudyPlan;
use crate::random::Stream;

/// How many days before the period the first children were referred.
const LEAD_DAYS: i64 = 460;
/// The last days of the period, in which nobody is referred.
const QUIET_DAYS: i64 = 46;

const AGES: [(i64, i64); 14] = [
    (4, 2),
    (5, 3),
    (6, 5),
    (7, 6),
    (8, 8),
    (9, 10),
    (10, 11),
    (11, 12),
    (12, 12),
    (13, 12),
    (14, 11),
    (15, 9),
    (16, 7),
    (17, 3),
];
const SEXES: [(Sex, i64); 2] = [(Sex::Female, 47), (Sex::Male, 53)];
const ETHNICITIES: [(Ethnicity, i64); 5] = [
    (Ethnicity::White, 71),
    (Ethnicity::Mixed, 13),
    (Ethnicity::Black, 9),
    (Ethnicity::Asian, 5),
    (Ethnicity::Other, 2),
];
const DISABILITIES: [(Option<YesNo>, i64); 4] = [
    (Some(YesNo::No), 78),
    (Some(YesNo::Yes), 14),
    (Some(YesNo::NotKnown), 4),
    (None, 4),
];
const HOMES: [(PlacementType, i64); 5] = [
    (PlacementType::FosterCare, 64),
    (PlacementType::ChildrensHome, 20),
    (PlacementType::KinshipCare, 14),
    (PlacementType::WithParents, 1),
    (PlacementType::Other, 1),
];
const HOMES_AT_SIXTEEN: [(PlacementType, i64); 3] = [
    (PlacementType::FosterCare, 40),
    (PlacementType::ChildrensHome, 30),
    (PlacementType::SupportedAccommodation, 30),
];
/// Completed years in care at referral.
const YEARS_IN_CARE: [(i64, i64); 6] = [(0, 30), (1, 33), (2, 26), (3, 6), (4, 4), (5, 1)];

/// Makes up the child at that place in the plan.
pub(crate) fn child(plan: &StudyPlan, index: usize, stream: &mut Stream) -> Child {
    let mut child = Child::new(child_id(plan, index));
    child.authority = Some(plan.authority.clone());
    child.country = Some(plan.country);
    describe(&mut child, plan, stream);
    let journey = journey(&child, plan.period.end, stream);
    record_journey(&mut child, &journey);
    record_outcomes(&mut child, stream);
    child
}

/// The first three letters of the authority and a number: no name, nothing that a spreadsheet mangles.
fn child_id(plan: &StudyPlan, index: usize) -> ChildId {
    let prefix: String = plan.authority.chars().take(3).collect();
    ChildId::new(&format!("{}-{:03}", prefix.to_uppercase(), index + 1))
}

fn describe(child: &mut Child, plan: &StudyPlan, stream: &mut Stream) {
    let referral = referral_date(plan, stream);
    let age = stream.choose(&AGES);
    let days_in_care = (stream.choose(&YEARS_IN_CARE) * 365 + stream.between(20, 350))
        .min(age * 365 + stream.between(0, 60));
    child.referral_date = Some(referral);
    child.date_of_birth = Some(before(
        before(referral, age * 365 + age / 4),
        stream.between(70, 355),
    ));
    child.care_start = Some(before(referral, days_in_care));
    child.sex = Some(stream.choose(&SEXES));
    child.ethnicity = Some(stream.choose(&ETHNICITIES));
    child.disability = stream.choose(&DISABILITIES);
    child.placement_type = Some(home(age, stream));
    child.legal_status = Some(legal_status(plan.country, stream).to_owned());
    child.plan_to_return_home = Some(yes_in(stream, 9));
    child.plan_for_adoption = Some(yes_in(stream, 1));
}

/// A day between [`LEAD_DAYS`] before the period and [`QUIET_DAYS`] before its end.
fn referral_date(plan: &StudyPlan, stream: &mut Stream) -> Date {
    let length = i64::from((plan.period.end - plan.period.start).get_days());
    after(
        plan.period.start,
        stream.between(-LEAD_DAYS, length - QUIET_DAYS),
    )
}

fn home(age: i64, stream: &mut Stream) -> PlacementType {
    if age >= 16 {
        stream.choose(&HOMES_AT_SIXTEEN)
    } else {
        stream.choose(&HOMES)
    }
}

fn legal_status(country: Country, stream: &mut Stream) -> &'static str {
    match country {
        Country::Scotland => stream.choose(&[
            ("Compulsory supervision order", 72),
            ("Section 25", 20),
            ("Permanence order", 8),
        ]),
        Country::England | Country::Wales => stream.choose(&[
            ("Care order", 70),
            ("Interim care order", 14),
            (accommodated(country), 14),
            ("Placement order", 2),
        ]),
    }
}

fn accommodated(country: Country) -> &'static str {
    match country {
        Country::Wales => "Section 76",
        Country::England | Country::Scotland => "Section 20",
    }
}

fn yes_in(stream: &mut Stream, per_cent: i64) -> YesNo {
    if stream.chance(per_cent) {
        YesNo::Yes
    } else {
        YesNo::No
    }
}

fn record_journey(child: &mut Child, journey: &Journey) {
    child.start_date = journey.start;
    child.conference_date = journey.conference;
    child.plan_date = journey.plan;
    child.review_date = journey.review;
    child.end_date = journey.end.map(|(day, _)| day);
    child.end_reason = journey.end.map(|(_, reason)| reason);
}

/// Outcomes are recorded once there is a plan; before the review some cannot be told yet.
fn record_outcomes(child: &mut Child, stream: &mut Stream) {
    if child.plan_date.is_none() {
        return;
    }
    let reviewed = child.review_date.is_some();
    child.relationship_repaired = outcome(48, reviewed, stream);
    child.long_term_commitment = outcome(76, reviewed, stream);
    child.new_direct_contact = outcome(84, reviewed, stream);
    child.family_history_knowledge = outcome(67, reviewed, stream);
    child.identity_belonging = outcome(80, reviewed, stream);
}

fn outcome(per_cent_yes: i64, reviewed: bool, stream: &mut Stream) -> Option<Outcome> {
    let told = if stream.chance(per_cent_yes) {
        Outcome::Yes
    } else {
        Outcome::No
    };
    let too_soon = if reviewed { 1 } else { 45 };
    stream.choose(&[
        (Some(told), 97 - too_soon),
        (Some(Outcome::TooSoon), too_soon),
        (Some(Outcome::NotKnown), 2),
        (None, 1),
    ])
}

/// The day that many days later; the same day where the calendar ends.
pub(crate) fn after(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}

fn before(day: Date, days: i64) -> Date {
    after(day, -days)
}

/// Whether the work with a child came to nothing before there was a plan.
pub(crate) fn stopped_early(child: &Child) -> bool {
    child.plan_date.is_none()
        && child
            .end_reason
            .is_some_and(|reason| reason != EndReason::Completed)
}
