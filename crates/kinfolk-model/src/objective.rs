//! What children wanted.

use smol_str::SmolStr;

use crate::ChildId;
use crate::code::code_set;

code_set! {
    /// What kind of thing a child wanted.
    ObjectiveCategory as "category" {
        WiderFamily = "wider_family", "Wider family", ["extended_family", "wider_family_members"];
        Siblings = "siblings", "Brothers and sisters", ["sibling", "brothers_and_sisters"];
        Mother = "mother", "Mother", ["mum", "maternal"];
        Father = "father", "Father", ["dad", "paternal"];
        CarersAndProfessionals = "carers_and_professionals", "Carers and professionals", ["carers", "professionals", "former_carers", "other_important_people"];
        Friends = "friends", "Friends", ["friend"];
        FamilyHistory = "family_history", "Family history", ["life_story", "identity"];
        SpecificRequest = "specific_request", "A specific request", ["specific", "request"];
        Other = "other", "Other";
    }
}

code_set! {
    /// What became of an objective.
    ObjectiveStatus as "status" {
        Met = "met", "Met", ["achieved", "yes", "complete", "completed"];
        PartlyMet = "partly_met", "Partly met", ["partially_met", "part_met", "partial"];
        NotMet = "not_met", "Not met", ["unmet", "no"];
        InProgress = "in_progress", "Under way", ["ongoing", "under_way", "started"];
        Withdrawn = "withdrawn", "Withdrawn", ["dropped", "no_longer_wanted"];
    }
}

/// One thing that one child wanted.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "each field is a column that `schema` documents"
)]
pub struct Objective {
    pub child_id: ChildId,
    pub objective_id: Option<SmolStr>,
    pub category: ObjectiveCategory,
    pub status: ObjectiveStatus,
}
