//! The scales of the SDQ and the items that each is made of.

/// The items of the five scales, in the order of [`Scale::OF_ITEMS`].
pub(super) use kinfolk_model::{SDQ_SCALES as ITEMS, SdqItem as Item};

/// Something that the SDQ gives a score for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scale {
    /// Emotional symptoms, 0 to 10.
    Emotional,
    /// Conduct problems, 0 to 10.
    Conduct,
    /// Hyperactivity and inattention, 0 to 10.
    Hyperactivity,
    /// Problems with peers, 0 to 10.
    Peer,
    /// Prosocial behaviour, 0 to 10; more is better, and it is no part of the total.
    Prosocial,
    /// Total difficulties, 0 to 40: the first four scales.
    Total,
    /// Conduct and hyperactivity, 0 to 20.
    Externalising,
    /// Emotional and peer, 0 to 20.
    Internalising,
    /// What the difficulties do to the child's life: 0 to 10, of teachers 0 to 6.
    Impact,
}

/// How many items make up one of the five scales.
pub(super) const ITEMS_PER_SCALE: usize = 5;

impl Scale {
    /// The five scales that are made of items, in the order of score sheets.
    pub const OF_ITEMS: [Self; 5] = [
        Self::Emotional,
        Self::Conduct,
        Self::Hyperactivity,
        Self::Peer,
        Self::Prosocial,
    ];

    /// The scales that have bands.
    pub const WITH_BANDS: [Self; 7] = [
        Self::Emotional,
        Self::Conduct,
        Self::Hyperactivity,
        Self::Peer,
        Self::Prosocial,
        Self::Total,
        Self::Impact,
    ];

    /// The words that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Emotional => "Emotional symptoms",
            Self::Conduct => "Conduct problems",
            Self::Hyperactivity => "Hyperactivity",
            Self::Peer => "Peer problems",
            Self::Prosocial => "Prosocial behaviour",
            Self::Total => "Total difficulties",
            Self::Externalising => "Externalising",
            Self::Internalising => "Internalising",
            Self::Impact => "Impact",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_belongs_to_one_scale_and_five_are_reversed() {
        let mut places: Vec<usize> = ITEMS.iter().flatten().map(|item| item.at).collect();
        places.sort_unstable();
        assert_eq!(places, (0..25).collect::<Vec<_>>());
        let mut numbers: Vec<usize> = ITEMS
            .iter()
            .flatten()
            .filter(|item| item.reversed)
            .map(|item| item.at + 1)
            .collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [7, 11, 14, 21, 25]);
    }
}
