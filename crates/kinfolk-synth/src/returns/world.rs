//! What made-up children go through: how long episodes last, how they end, where they are.

use super::child::Reason;

/// In which world the children of made-up returns live.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReturnsWorld {
    /// Short episodes and many of them, some ten rows of five returns for each child: for measuring how
    /// fast returns are read.
    Dense,
    /// Shares near those published for England: boys and girls, three or more placements in a year,
    /// foster care, children who go missing.
    #[default]
    England,
}

/// The draws of a world; weights and per cent.
pub(super) struct World {
    /// How long before the first return care may have begun, in days.
    pub(super) lead_days: i64,
    /// The shortest and the longest episode of a kind, in days.
    pub(super) lengths: &'static [((i64, i64), i64)],
    /// In how many cases of a hundred an episode is the last.
    pub(super) leaves: i64,
    pub(super) reasons: &'static [(Reason, i64)],
    pub(super) places: &'static [(&'static str, i64)],
    pub(super) girls: i64,
    /// In how many cases of a hundred a child goes missing in a year of which a day is drawn on which
    /// it is in care.
    pub(super) missing: i64,
}

const DENSE: World = World {
    lead_days: 1100,
    lengths: &[((20, 240), 1)],
    leaves: 4,
    reasons: &[
        (Reason::Legal, 30),
        (Reason::Placement, 35),
        (Reason::SameCarer, 12),
        (Reason::LegalAndPlacement, 13),
        (Reason::LegalAndSameCarer, 10),
    ],
    places: &[("U4", 30), ("U6", 50), ("K2", 15), ("U1", 5)],
    girls: 47,
    missing: 5,
};

/// Department for Education: boys 57% of children looked after on 31 March 2024; three or more
/// placements 10% in 2025 (8,500 of 81,770); in foster care 75% on 31 March 2015 (52,050 of 69,540);
/// missing at some time 11% of those looked after in the year to 31 March 2018. The rest of the mix,
/// and ages, are not calibrated.
const ENGLAND: World = World {
    lead_days: 2200,
    lengths: &[((15, 90), 48), ((90, 360), 34), ((360, 1800), 22)],
    leaves: 14,
    reasons: &[
        (Reason::Legal, 38),
        (Reason::Placement, 43),
        (Reason::SameCarer, 5),
        (Reason::LegalAndPlacement, 9),
        (Reason::LegalAndSameCarer, 5),
    ],
    places: &[
        ("U1", 9),
        ("U4", 22),
        ("U6", 44),
        ("K2", 17),
        ("R1", 4),
        ("S1", 4),
    ],
    girls: 43,
    missing: 13,
};

impl ReturnsWorld {
    pub(super) fn draws(self) -> &'static World {
        match self {
            Self::Dense => &DENSE,
            Self::England => &ENGLAND,
        }
    }
}
