//! The returns that a study holds.

use super::CareRecords;

/// The returns of a study: their records, and what became of the rows of each table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CareReturns {
    /// The rows that can be used.
    pub records: CareRecords,
    /// Every table that was read, by name.
    pub tables: Vec<ReturnAccount>,
}

/// A table of the return, over all files that hold one: `n_read` is the rows used and those set
/// aside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReturnAccount {
    /// The table, e.g. `episodes`.
    pub name: String,
    /// Rows below the headers, blank ones not counted.
    pub n_read: u64,
    /// Rows set aside, each with a finding.
    pub n_set_aside: u64,
    /// The files (and sheets) that hold it.
    pub sources: Vec<String>,
}

impl CareReturns {
    /// Whether any file held a table of the return.
    pub fn is_present(&self) -> bool {
        !self.tables.is_empty()
    }
}
