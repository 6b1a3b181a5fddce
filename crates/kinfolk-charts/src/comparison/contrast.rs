//! What two arms are held against each other by, and how that is told and placed on an axis.

use kinfolk_disclosure::Released;
use kinfolk_model::{Statistic, Unit, format};

/// How a contrast between the arms is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contrast {
    /// A difference of shares, in percentage points.
    Points,
    /// A difference of numbers, in the unit of the outcome.
    Numbers,
    /// A ratio of rates, on the logarithm.
    Ratios,
}

impl Contrast {
    pub(super) fn of(released: &Released) -> Self {
        match (released.statistic(), released.unit()) {
            (Statistic::HazardRatio, _) => Self::Ratios,
            (_, Unit::Proportion) => Self::Points,
            _ => Self::Numbers,
        }
    }

    /// `+24`, `-1.5`, `0.67`.
    pub(super) fn text(self, number: f64) -> String {
        match self {
            Self::Points => format::signed(100.0 * number, 0),
            Self::Numbers => format::signed(number, 1),
            Self::Ratios => format::number(number, 2),
        }
    }

    /// Where a number lies in the units of the axis, on which 0 is none.
    pub(super) fn place(self, number: f64) -> f64 {
        match self {
            Self::Points => 100.0 * number,
            Self::Numbers => number,
            Self::Ratios => number.log2(),
        }
    }

    /// The head of its column.
    pub(super) fn head(self) -> &'static str {
        match self {
            Self::Points | Self::Numbers => "Difference",
            Self::Ratios => "Hazard ratio",
        }
    }

    /// What stands below the axis.
    pub(super) fn axis_words(self) -> &'static str {
        match self {
            Self::Points => "percentage points, programme less comparators",
            Self::Numbers => "programme less comparators",
            Self::Ratios => "rate in the programme, as a multiple of that of comparators",
        }
    }
}
