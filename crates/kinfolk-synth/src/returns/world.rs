//! What made-up children go through: how long episodes last, how they end, where they are.

use super::child::{self, Made, Reason};
use super::{ReturnsPlan, england};
use crate::random::Stream;

/// In which world the children of made-up returns live.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReturnsWorld {
    /// Short episodes and many of them, some ten rows of five returns for each child: for measuring how
    /// fast returns are read.
    Dense,
    /// Shares near those published for England: boys and girls, how long children are in care, moves,
    /// the same carer for two years, foster care, children who go missing.
    #[default]
    England,
}

/// The draws of the dense world; weights and per cent.
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

pub(super) const DENSE: World = World {
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

impl ReturnsWorld {
    /// The child at that place in the plan.
    pub(super) fn child(self, plan: &ReturnsPlan, at: usize, stream: &mut Stream) -> Made {
        match self {
            Self::Dense => child::make_up(plan, at, stream),
            Self::England => england::make_up(plan, at, stream),
        }
    }
}
