//! Why nothing was released.

use kinfolk_model::{CellName, Key};

/// Why nothing was released.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DisclosureError {
    /// A hidden count can be worked out from what would be printed, whatever else is hidden.
    #[error(
        "`{cell}` is hidden, yet what is printed leaves only {low} to {high}, of which {found} \
         are possible; the rules ask for {required}"
    )]
    Recoverable {
        /// The hidden count.
        cell: CellName,
        /// The smallest value that the print allows.
        low: u64,
        /// The largest value that the print allows.
        high: u64,
        /// How many different values were found to agree with all that is printed.
        found: u64,
        /// How many the rules ask for.
        required: u64,
    },
    /// So few children stand behind the study that none of its figures about children can be shown.
    #[error(
        "too few children stand behind the study: every figure about children would be withheld \
         ({withheld} of them)"
    )]
    NothingLeft {
        /// How many figures would be withheld.
        withheld: usize,
    },
    /// A count that one authority withholds follows from the figures of all authorities less those
    /// of the others.
    #[error(
        "all authorities less the others leave only {low} to {high} for the {field} of `{key}`, which one of them withholds"
    )]
    RollUp {
        /// The figure.
        key: Box<Key>,
        /// Which number of it.
        field: &'static str,
        /// The smallest value that the print allows.
        low: u64,
        /// The largest value that the print allows.
        high: u64,
    },
    /// An estimate or a sum names a count that the structure does not hold.
    #[error("`{by}` names the count `{cell}`, which the structure does not hold")]
    UnknownCell {
        /// The count.
        cell: CellName,
        /// Who names it.
        by: String,
    },
    /// An estimate and the structure disagree about a count.
    #[error("the {field} of `{key}` is {printed}, but its count `{cell}` is {held}")]
    Mismatch {
        /// The estimate.
        key: Box<Key>,
        /// Which number of it.
        field: &'static str,
        /// What the estimate says.
        printed: u64,
        /// The count.
        cell: CellName,
        /// What the structure says.
        held: u64,
    },
    /// A total is not the sum of its parts.
    #[error("the parts of `{total}` add up to {parts}, but it is {held}")]
    Unbalanced {
        /// The total.
        total: CellName,
        /// The sum of the parts.
        parts: u64,
        /// What the structure says.
        held: u64,
    },
}

impl DisclosureError {
    /// Whether the rules refused (rather than the input being wrong): the command then ends with
    /// exit code 5.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self,
            Self::Recoverable { .. } | Self::NothingLeft { .. } | Self::RollUp { .. }
        )
    }
}
