//! Kinds of home in broad groups.

use super::ShortCode;
use crate::code::code_set;

code_set! {
    /// Where a child of a return lives, in broad kinds; the codes are those of `placement_type` where
    /// both have the kind.
    HomeKind as "kind of home" {
        FosterCare = "foster_care", "Foster care";
        KinshipCare = "kinship_care", "With relatives or friends";
        WithParents = "with_parents", "With parents";
        PlacedForAdoption = "placed_for_adoption", "Placed for adoption";
        ChildrensHome = "childrens_home", "Children\u{2019}s home or residential school";
        SupportedAccommodation = "supported_accommodation", "Supported or independent living";
        Other = "other", "Other";
    }
}

impl HomeKind {
    /// The kind of a placement code (PLACE). A code that nobody knows is of another kind.
    ///
    /// ```
    /// # use kinfolk_model::care::{HomeKind, ShortCode};
    /// assert_eq!(HomeKind::of(ShortCode::of("U3")), HomeKind::KinshipCare);
    /// assert_eq!(HomeKind::of(ShortCode::of("R5")), HomeKind::Other);
    /// ```
    pub fn of(place: ShortCode) -> Self {
        match place.as_str() {
            "U1" | "U2" | "U3" | "Q1" => Self::KinshipCare,
            "U4" | "U5" | "U6" | "Q2" => Self::FosterCare,
            "P1" => Self::WithParents,
            "A1" | "A2" | "A3" | "A4" | "A5" | "A6" => Self::PlacedForAdoption,
            "K1" | "K2" | "S1" => Self::ChildrensHome,
            "K3" | "H5" | "P2" => Self::SupportedAccommodation,
            _ => Self::Other,
        }
    }
}
