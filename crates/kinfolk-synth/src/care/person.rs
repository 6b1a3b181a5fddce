//! Who is looked after, since when, and until when.

use jiff::civil::Date;
use kinfolk_model::{Child, EndReason, Ethnicity, PlacementType, Sex};

use super::Years;
use crate::child::after;
use crate::in_care::{NEEDS, TimeInCare, at_eighteen, early_ending};
use crate::plan::StudyPlan;
use crate::random::Stream;
use crate::returns::ReturnsWorld;
use crate::sdq::last_day_in_care;

/// Completed years when care begins, in the dense world.
const AGES_AT_ENTRY: [(i64, i64); 8] = [
    (0, 18),
    (2, 12),
    (5, 14),
    (8, 14),
    (11, 15),
    (13, 14),
    (15, 9),
    (16, 4),
];
/// How long care lasts there, in days; the last lasts until the child is of age.
const STAYS: [((i64, i64), i64); 5] = [
    ((30, 180), 14),
    ((181, 540), 20),
    ((541, 1200), 22),
    ((1201, 2600), 16),
    ((8000, 8000), 28),
];
/// Someone looked after.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) born: Date,
    pub(super) sex: Sex,
    pub(super) ethnicity: &'static str,
    pub(super) need: &'static str,
    pub(super) care_start: Date,
    /// When care ends, and why; it may be after the last return.
    pub(super) leaves: (Date, &'static str),
    /// Where the child is known to live on a day.
    pub(super) home: Option<(Date, Place)>,
    pub(super) status: &'static str,
}

/// A kind of home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Foster,
    Kinship,
    ChildrensHome,
    Supported,
    Parents,
}

impl Person {
    /// A child of the study, as the Practice Summary has it.
    pub(super) fn of_child(child: &Child, stream: &mut Stream) -> Self {
        let born = child.date_of_birth.unwrap_or_default();
        let referral = child.referral_date.unwrap_or_default();
        let (at_eighteen, why) = at_eighteen(born, stream);
        let leaves = match last_day_in_care(child) {
            Some(day) if day < at_eighteen => (day, ending(child)),
            _ => (at_eighteen, why),
        };
        Self {
            id: child.child_id.to_string(),
            born,
            sex: child.sex.unwrap_or(Sex::Female),
            ethnicity: ethnicity(child.ethnicity),
            need: stream.choose(&NEEDS),
            care_start: child.care_start.unwrap_or(referral),
            leaves,
            home: Some((referral, place(child.placement_type))),
            status: status(child.legal_status.as_deref()),
        }
    }

    /// Another child in care of the authority, at some time in the years of the returns.
    pub(super) fn of_authority(
        plan: &StudyPlan,
        number: usize,
        years: Years,
        world: ReturnsWorld,
        stream: &mut Stream,
    ) -> Self {
        let prefix: String = plan.authority.chars().take(3).collect();
        let time = match world {
            ReturnsWorld::England => {
                TimeInCare::within(years.first_day(), years.last_day(), stream)
            }
            ReturnsWorld::Dense => dense_time(years, stream),
        };
        Self {
            id: format!("{}-{:04}", prefix.to_uppercase(), 1000 + number),
            born: time.born,
            sex: stream.choose(&[(Sex::Female, 44), (Sex::Male, 56)]),
            ethnicity: ethnicity(Some(stream.choose(&[
                (Ethnicity::White, 71),
                (Ethnicity::Mixed, 11),
                (Ethnicity::Black, 8),
                (Ethnicity::Asian, 6),
                (Ethnicity::Other, 4),
            ]))),
            need: stream.choose(&NEEDS),
            care_start: time.started,
            leaves: time.leaves,
            home: None,
            status: stream.choose(&[("C2", 62), ("C1", 16), ("V2", 22)]),
        }
    }
}

/// A time in care in the dense world.
fn dense_time(years: Years, stream: &mut Stream) -> TimeInCare {
    let age = stream.choose(&AGES_AT_ENTRY);
    let length = i64::from((years.last_day() - years.first_day()).get_days());
    // Those who came long before are there because they stayed.
    let came_before = stream.chance(52);
    let started = match came_before {
        true => after(years.first_day(), -stream.between(1, 1500)),
        false => after(years.first_day(), stream.between(0, length - 20)),
    };
    let born = after(started, -(age * 365 + stream.between(10, 700)));
    let (shortest, longest) = stream.choose(&STAYS);
    let day = after(
        started.max(years.first_day()),
        stream.between(shortest, longest),
    );
    let of_age = at_eighteen(born, stream);
    let early = (day, early_ending(stream));
    TimeInCare {
        born,
        started,
        leaves: if early.0 < of_age.0 { early } else { of_age },
    }
}

fn ending(child: &Child) -> &'static str {
    match child.end_reason {
        Some(EndReason::ReturnedHome) => "E4A",
        Some(EndReason::MovedAway) => "E3",
        _ => "E8",
    }
}

fn ethnicity(group: Option<Ethnicity>) -> &'static str {
    match group {
        Some(Ethnicity::White) => "WBRI",
        Some(Ethnicity::Mixed) => "MWBC",
        Some(Ethnicity::Asian) => "APKN",
        Some(Ethnicity::Black) => "BAFR",
        Some(Ethnicity::Other) => "OOTH",
        Some(Ethnicity::NotKnown) | None => "NOBT",
    }
}

fn place(kind: Option<PlacementType>) -> Place {
    match kind {
        Some(PlacementType::KinshipCare) => Place::Kinship,
        Some(PlacementType::ChildrensHome) => Place::ChildrensHome,
        Some(PlacementType::SupportedAccommodation) => Place::Supported,
        Some(PlacementType::WithParents) => Place::Parents,
        _ => Place::Foster,
    }
}

fn status(words: Option<&str>) -> &'static str {
    match words {
        Some("Interim care order") => "C1",
        Some("Section 20") => "V2",
        _ => "C2",
    }
}
