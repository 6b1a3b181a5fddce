//! The counts that one estimate prints.

use kinfolk_model::{Carried, CellName, Estimate};

use crate::{Released, Shown};

/// One of the counts that an estimate prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// The value, where it is a count.
    Value,
    Numerator,
    Denominator,
    Missing,
}

impl Field {
    pub(crate) const ALL: [Self; 4] = [
        Self::Value,
        Self::Numerator,
        Self::Denominator,
        Self::Missing,
    ];

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Numerator => "numerator",
            Self::Denominator => "denominator",
            Self::Missing => "number missing",
        }
    }

    /// The cell that an estimate says it is.
    pub(crate) fn cell(self, carried: &Carried) -> Option<&CellName> {
        let cell = match self {
            Self::Value => &carried.value,
            Self::Numerator => &carried.numerator,
            Self::Denominator => &carried.denominator,
            Self::Missing => &carried.missing,
        };
        cell.as_ref()
    }

    /// The count in an estimate.
    pub(crate) fn count(self, estimate: &Estimate) -> Option<u64> {
        match self {
            Self::Value => estimate.value.map(whole),
            Self::Numerator => estimate.numerator,
            Self::Denominator => estimate.denominator,
            Self::Missing => estimate.n_missing,
        }
    }

    /// The count in a released figure.
    pub(crate) fn shown(self, released: &Released) -> Shown<u64> {
        match self {
            Self::Value => match released.value {
                Shown::Figure(value) => Shown::Figure(whole(value)),
                Shown::Withheld => Shown::Withheld,
                Shown::Absent => Shown::Absent,
            },
            Self::Numerator => released.numerator,
            Self::Denominator => released.denominator,
            Self::Missing => released.n_missing,
        }
    }
}

/// A count that is held as a real number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a value with a cell of its own is a count"
)]
fn whole(value: f64) -> u64 {
    value.round() as u64
}
