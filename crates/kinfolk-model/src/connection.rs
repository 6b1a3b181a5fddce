//! The connections tracker: people around a child, or their number.

use smol_str::SmolStr;

use crate::ChildId;
use crate::code::code_set;

code_set! {
    /// Who a person is to the child.
    Relationship as "relationship" {
        Parent = "parent", "Parents", ["mother", "father", "mum", "dad", "step_parent"];
        Sibling = "sibling", "Brothers and sisters", ["brother", "sister", "half_brother", "half_sister", "half_sibling"];
        Grandparent = "grandparent", "Grandparents", ["grandmother", "grandfather", "nan", "grandad"];
        AuntUncle = "aunt_uncle", "Aunts and uncles", ["aunt", "uncle", "auntie"];
        Cousin = "cousin", "Cousins";
        OtherRelative = "other_relative", "Other relatives", ["relative", "other_family", "wider_family"];
        FormerCarer = "former_carer", "Former carers", ["former_foster_carer", "ex_carer", "previous_carer"];
        CurrentCarer = "current_carer", "Current carers", ["carer", "foster_carer"];
        Teacher = "teacher", "Teachers", ["school_staff", "teaching_assistant"];
        SocialWorker = "social_worker", "Social workers", ["former_social_worker"];
        OtherProfessional = "other_professional", "Other professionals", ["professional", "mentor", "youth_worker"];
        Friend = "friend", "Friends", ["family_friend", "friends"];
        Other = "other", "Others";
    }
}

code_set! {
    /// The side of the family.
    Side as "side" {
        Maternal = "maternal", "Mother\u{2019}s side", ["mother", "mat"];
        Paternal = "paternal", "Father\u{2019}s side", ["father", "pat"];
    }
}

code_set! {
    /// How a child and a person are in touch.
    Contact as "contact" {
        Direct = "direct", "Meet", ["face_to_face", "in_person"];
        Indirect = "indirect", "Call or write", ["letterbox", "phone", "letters"];
        None = "none", "Not yet in touch", ["no", "no_contact"];
    }
}

/// One person in a child's tracker.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "each field is a column that `schema` documents"
)]
pub struct Connection {
    pub child_id: ChildId,
    pub person_id: SmolStr,
    pub relationship: Relationship,
    pub side: Option<Side>,
    pub age: Option<u8>,
    pub wanted: Option<bool>,
    pub at_start: bool,
    pub after: bool,
    pub at_12_months: Option<bool>,
    pub contact_at_start: Option<Contact>,
    pub contact: Option<Contact>,
    pub commitment: Option<SmolStr>,
}

/// The number of people around one child, where only counts exist.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "each field is a column that `schema` documents"
)]
pub struct ConnectionCount {
    pub child_id: ChildId,
    pub before: u16,
    pub after: u16,
    pub at_12_months: Option<u16>,
}
