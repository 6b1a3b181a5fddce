//! What a made-up child wanted, and what became of it.

use kinfolk_model::{Child, Objective, ObjectiveCategory, ObjectiveStatus};

use crate::child::stopped_early;
use crate::random::Stream;

/// How many objectives a child sets.
const NUMBERS: [(i64, i64); 6] = [(1, 10), (2, 27), (3, 34), (4, 18), (5, 8), (6, 3)];

/// What children want, in shares near those published in 2020.
const CATEGORIES: [(ObjectiveCategory, i64); 8] = [
    (ObjectiveCategory::WiderFamily, 31),
    (ObjectiveCategory::Siblings, 10),
    (ObjectiveCategory::Mother, 6),
    (ObjectiveCategory::Father, 14),
    (ObjectiveCategory::CarersAndProfessionals, 14),
    (ObjectiveCategory::Friends, 2),
    (ObjectiveCategory::FamilyHistory, 12),
    (ObjectiveCategory::SpecificRequest, 11),
];

const UNMET: [(ObjectiveStatus, i64); 4] = [
    (ObjectiveStatus::PartlyMet, 40),
    (ObjectiveStatus::InProgress, 25),
    (ObjectiveStatus::NotMet, 28),
    (ObjectiveStatus::Withdrawn, 7),
];

/// Objectives are written down once there is a plan, and seldom when the work stops before.
pub(crate) fn objectives(child: &Child, stream: &mut Stream) -> Vec<Objective> {
    let recorded = child.plan_date.is_some() && !stream.chance(5)
        || stopped_early(child) && child.start_date.is_some() && stream.chance(15);
    if !recorded {
        return Vec::new();
    }
    // Some children's wishes are all easier, or all harder, than others'.
    let ease = stream.choose(&[(-12, 1), (2, 2), (8, 2)]);
    (1..=stream.choose(&NUMBERS))
        .map(|number| objective(child, number, ease, stream))
        .collect()
}

fn objective(child: &Child, number: i64, ease: i64, stream: &mut Stream) -> Objective {
    let category = stream.choose(&CATEGORIES);
    let met = stream.chance((met_per_cent(category) + ease).min(98));
    let unmet = stream.choose(&UNMET);
    let status = match (stopped_early(child), met) {
        (true, _) => ObjectiveStatus::Withdrawn,
        (false, true) => ObjectiveStatus::Met,
        (false, false) => unmet,
    };
    Objective {
        child_id: child.child_id.clone(),
        objective_id: Some(format!("{}-{number}", child.child_id).into()),
        category,
        status,
    }
}

fn met_per_cent(category: ObjectiveCategory) -> i64 {
    match category {
        ObjectiveCategory::WiderFamily => 80,
        ObjectiveCategory::Siblings => 85,
        ObjectiveCategory::Mother => 74,
        ObjectiveCategory::Father => 63,
        ObjectiveCategory::CarersAndProfessionals => 93,
        ObjectiveCategory::Friends => 90,
        ObjectiveCategory::FamilyHistory => 87,
        ObjectiveCategory::SpecificRequest | ObjectiveCategory::Other => 76,
    }
}
