//! Figures that official statistics publish about areas.

use crate::code::code_set;

code_set! {
    /// A measure of children in care and care leavers that official statistics publish.
    PublishedMeasure as "published measure" {
        ThreeOrMoreInYear = "three_or_more_in_year", "Three or more placements in the year";
        ThreeOrMoreInTwoYears = "three_or_more_in_two_years", "Three or more placements in two years";
        SameCarerTwoYears = "same_carer_two_years", "The same carer for two years";
        SuitableAccommodation17To18 = "suitable_accommodation_17_to_18", "Care leavers of 17 and 18 in suitable accommodation";
        SuitableAccommodation19To21 = "suitable_accommodation_19_to_21", "Care leavers of 19 to 21 in suitable accommodation";
    }
}

/// An area of official statistics.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PublishedArea {
    /// All of England.
    England,
    /// A region, by name.
    Region(String),
    /// An authority.
    Authority {
        /// The three-digit code that lists of statistical neighbours use.
        code: String,
        /// Its name.
        name: String,
        /// The region that it is part of.
        region: String,
    },
}

impl PublishedArea {
    /// Whether it is the authority of that name, whatever its case, or of that three-digit code.
    pub fn is_authority(&self, wanted: &str) -> bool {
        let wanted = wanted.trim();
        let is_meant = |name: &str| name.to_lowercase() == wanted.to_lowercase();
        matches!(self, Self::Authority { name, code, .. } if is_meant(name) || code == wanted)
    }

    /// The three-digit code of an authority; `None` for a larger area.
    pub fn authority_code(&self) -> Option<&str> {
        match self {
            Self::Authority { code, .. } => Some(code),
            Self::England | Self::Region(_) => None,
        }
    }
}

/// A share as published: so many of so many. A number is `None` where the release withholds it or has
/// none (`c`, `z`, `x`, or `k` for one that rounds to nothing).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedShare {
    /// The year in which the return ends.
    pub year: i16,
    /// The area.
    pub area: PublishedArea,
    /// What is measured.
    pub measure: PublishedMeasure,
    /// Children who count.
    pub numerator: Option<u64>,
    /// Children who are asked about.
    pub denominator: Option<u64>,
}

impl PublishedShare {
    /// What it is about: year, measure, and the area by code where it has one.
    pub fn subject(&self) -> (i16, PublishedMeasure, String) {
        let area = match &self.area {
            PublishedArea::England => String::new(),
            PublishedArea::Region(name) => name.clone(),
            PublishedArea::Authority { code, .. } => code.clone(),
        };
        (self.year, self.measure, area)
    }
}

/// An authority's statistical neighbours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbours {
    /// The authority's three-digit code.
    pub code: String,
    /// The codes of its neighbours, the nearest first.
    pub neighbours: Vec<String>,
}

/// What official statistics say, as read from the files that a study names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishedStatistics {
    /// The shares of every area and year.
    pub shares: Vec<PublishedShare>,
    /// Every authority's neighbours; none where no list is named.
    pub neighbours: Vec<Neighbours>,
}
