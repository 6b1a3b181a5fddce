//! Where a row came from.

/// A row of a table of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Origin {
    /// Which table, in the order in which tables are read.
    pub(super) table: u32,
    /// Which row of the file, from 1.
    pub(super) row: u32,
}

/// A record, and where it came from. Records that are alike stand in the order of their files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rowed<R> {
    pub(super) record: R,
    pub(super) origin: Origin,
}

/// The records without their origins.
pub(super) fn records<R>(rowed: Vec<Rowed<R>>) -> Vec<R> {
    rowed.into_iter().map(|row| row.record).collect()
}
