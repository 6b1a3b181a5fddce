//! The Practice Summary: one row per child.

use jiff::civil::Date;

use crate::ChildId;
use crate::code::code_set;

code_set! {
    /// The nation whose rules apply to a child.
    Country as "country" {
        England = "England", "England", ["england", "eng", "en"];
        Scotland = "Scotland", "Scotland", ["scotland", "sco"];
        Wales = "Wales", "Wales", ["wales", "wal", "cymru"];
    }
}

code_set! {
    /// Sex as recorded.
    Sex as "sex" {
        Female = "female", "Female", ["f", "girl", "2"];
        Male = "male", "Male", ["m", "boy", "1"];
        Other = "other", "Other";
        NotKnown = "not_known", "Not known", ["unknown", "nk", "9"];
    }
}

code_set! {
    /// Broad ethnic group, as the census of England and Wales groups them.
    Ethnicity as "ethnicity" {
        White = "white", "White", ["white_british", "wbri", "woth", "wirt"];
        Mixed = "mixed", "Mixed or multiple", ["mixed_or_multiple", "mixed_ethnic_background"];
        Asian = "asian", "Asian", ["asian_or_asian_british"];
        Black = "black", "Black", ["black_or_black_british", "black_african", "black_caribbean"];
        Other = "other", "Other";
        NotKnown = "not_known", "Not known", ["unknown", "nk", "not_stated", "refused", "nobt", "refu"];
    }
}

code_set! {
    /// Where a child lives, in broad kinds.
    PlacementType as "placement_type" {
        FosterCare = "foster_care", "Foster care", ["foster", "fostering", "foster_placement"];
        KinshipCare = "kinship_care", "With relatives or friends", ["kinship", "connected_carer", "friends_and_family"];
        ChildrensHome = "childrens_home", "Children\u{2019}s home", ["residential", "residential_care", "childrens_homes"];
        SupportedAccommodation = "supported_accommodation", "Supported accommodation", ["semi_independent", "independent_living"];
        WithParents = "with_parents", "With parents", ["placed_with_parents"];
        Other = "other", "Other";
        NotKnown = "not_known", "Not known", ["unknown", "nk"];
    }
}

code_set! {
    /// Yes, no, or an answer that nobody knows.
    YesNo as "yes or no" {
        Yes = "yes", "Yes", ["y", "true", "1"];
        No = "no", "No", ["n", "false", "0"];
        NotKnown = "not_known", "Not known", ["unknown", "nk", "dont_know"];
    }
}

code_set! {
    /// What a coordinator recorded about one outcome for one child.
    Outcome as "outcome" {
        Yes = "yes", "Yes", ["y", "true", "1"];
        No = "no", "No", ["n", "false", "0"];
        TooSoon = "too_soon", "Too soon to say", ["too_early", "too_soon_to_tell"];
        NotKnown = "not_known", "Not known", ["unknown", "nk", "dont_know"];
    }
}

code_set! {
    /// The outcomes that a Practice Summary records.
    OutcomeName as "outcome name" {
        RelationshipRepaired = "relationship_repaired", "A relationship repaired";
        LongTermCommitment = "long_term_commitment", "A long-term commitment from the network";
        NewDirectContact = "new_direct_contact", "New direct contact in the care plan";
        FamilyHistoryKnowledge = "family_history_knowledge", "More knowledge of family history";
        IdentityBelonging = "identity_belonging", "Stronger identity and belonging";
    }
}

code_set! {
    /// Why the work with a child ended.
    EndReason as "end_reason" {
        Completed = "completed", "Work completed", ["complete", "closed"];
        CriteriaNotMet = "criteria_not_met", "Did not meet the criteria of the service", ["did_not_meet_criteria", "not_eligible", "ineligible"];
        Declined = "declined", "Chose not to take part", ["chose_not_to_take_part", "refused"];
        Withdrew = "withdrew", "Withdrew later", ["withdrawn", "child_withdrew"];
        ReturnedHome = "returned_home", "Returned home", ["return_home", "rehabilitated_home"];
        Adopted = "adopted", "Adopted or special guardianship", ["adoption", "sgo", "special_guardianship"];
        MovedAway = "moved_away", "Moved away", ["moved_area"];
        LeftCare = "left_care", "Left care", ["turned_18", "aged_out"];
        Other = "other", "Another reason";
    }
}

/// A Practice Summary. A field that is `None` was blank.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "each field is a column that `schema` documents"
)]
pub struct Child {
    pub child_id: ChildId,
    pub authority: Option<String>,
    pub country: Option<Country>,
    pub sex: Option<Sex>,
    pub date_of_birth: Option<Date>,
    pub age_at_referral: Option<u8>,
    pub ethnicity: Option<Ethnicity>,
    pub disability: Option<YesNo>,
    pub care_start: Option<Date>,
    pub legal_status: Option<String>,
    pub placement_type: Option<PlacementType>,
    pub plan_to_return_home: Option<YesNo>,
    pub plan_for_adoption: Option<YesNo>,
    pub referral_date: Option<Date>,
    pub start_date: Option<Date>,
    pub conference_date: Option<Date>,
    pub plan_date: Option<Date>,
    pub review_date: Option<Date>,
    pub end_date: Option<Date>,
    pub end_reason: Option<EndReason>,
    pub relationship_repaired: Option<Outcome>,
    pub long_term_commitment: Option<Outcome>,
    pub new_direct_contact: Option<Outcome>,
    pub family_history_knowledge: Option<Outcome>,
    pub identity_belonging: Option<Outcome>,
}

impl Child {
    /// A child of whom nothing but the identifier is known.
    pub fn new(child_id: ChildId) -> Self {
        Self {
            child_id,
            authority: None,
            country: None,
            sex: None,
            date_of_birth: None,
            age_at_referral: None,
            ethnicity: None,
            disability: None,
            care_start: None,
            legal_status: None,
            placement_type: None,
            plan_to_return_home: None,
            plan_for_adoption: None,
            referral_date: None,
            start_date: None,
            conference_date: None,
            plan_date: None,
            review_date: None,
            end_date: None,
            end_reason: None,
            relationship_repaired: None,
            long_term_commitment: None,
            new_direct_contact: None,
            family_history_knowledge: None,
            identity_belonging: None,
        }
    }

    /// What was recorded for one outcome.
    pub fn outcome(&self, name: OutcomeName) -> Option<Outcome> {
        match name {
            OutcomeName::RelationshipRepaired => self.relationship_repaired,
            OutcomeName::LongTermCommitment => self.long_term_commitment,
            OutcomeName::NewDirectContact => self.new_direct_contact,
            OutcomeName::FamilyHistoryKnowledge => self.family_history_knowledge,
            OutcomeName::IdentityBelonging => self.identity_belonging,
        }
    }
}
