//! The children who were reached, and the outcomes of the ninety whose form recorded them.

use jiff::civil::{Date, date};
use kinfolk_model::{Child, Country, Outcome, YesNo};

use super::child_id;
use crate::child::after;

/// Published: children reached in a nation, and how many of them met the trial criteria.
struct Reach {
    country: Country,
    children: usize,
    met_criteria: usize,
    /// Filled in: the years in care of a child who did not meet them.
    years_in_care_beyond: i64,
}

const ENGLAND: Reach = Reach {
    country: Country::England,
    children: 753,
    met_criteria: 600,
    years_in_care_beyond: 4,
};
const SCOTLAND: Reach = Reach {
    country: Country::Scotland,
    children: 223,
    met_criteria: 137,
    years_in_care_beyond: 6,
};

/// Published: children whose form recorded objectives and outcomes.
pub(super) const WITH_OUTCOMES: usize = 90;
/// Of those ninety, the whole number nearest to the published words: "just under half", "three
/// quarters", "over 85%", "two thirds", "over 80%".
const REPAIRED: usize = 44;
const COMMITMENT: usize = 68;
const NEW_CONTACT: usize = 77;
const FAMILY_HISTORY: usize = 60;
const IDENTITY: usize = 73;

/// Published: the youngest child was three.
const YOUNGEST: u8 = 3;
/// Filled in: the other children are spread evenly over these ages.
const AGES: std::ops::Range<u8> = 4..16;
/// Filled in: when each child was referred.
const REFERRED: Date = date(2018, 10, 1);

/// All children: those of England first, and in each nation those who met the criteria first.
pub(super) fn children() -> Vec<Child> {
    let mut children: Vec<Child> = [ENGLAND, SCOTLAND].iter().flat_map(of_nation).collect();
    for (place, child) in children.iter_mut().take(WITH_OUTCOMES).enumerate() {
        record_outcomes(child, place);
    }
    children
}

fn of_nation(reach: &Reach) -> impl Iterator<Item = Child> + '_ {
    (0..reach.children).map(|place| {
        let years = if place < reach.met_criteria {
            1
        } else {
            reach.years_in_care_beyond
        };
        let mut child = Child::new(child_id(reach.country, place));
        child.country = Some(reach.country);
        child.age_at_referral = Some(age(reach.country, place));
        child.referral_date = Some(REFERRED);
        child.care_start = Some(after(REFERRED, -365 * years));
        child.plan_to_return_home = Some(YesNo::No);
        child.plan_for_adoption = Some(YesNo::No);
        child
    })
}

fn age(country: Country, place: usize) -> u8 {
    if country == Country::England && place == 0 {
        return YOUNGEST;
    }
    let step = place % AGES.len();
    AGES.start + u8::try_from(step).unwrap_or_default()
}

/// Each outcome was reached by the first of the ninety, as many as the constant says.
fn record_outcomes(child: &mut Child, place: usize) {
    let reached = |n: usize| Some(if place < n { Outcome::Yes } else { Outcome::No });
    child.relationship_repaired = reached(REPAIRED);
    child.long_term_commitment = reached(COMMITMENT);
    child.new_direct_contact = reached(NEW_CONTACT);
    child.family_history_knowledge = reached(FAMILY_HISTORY);
    child.identity_belonging = reached(IDENTITY);
}
