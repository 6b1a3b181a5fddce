//! Rows of a table, one after the other, whatever the form of the file.

use std::borrow::Cow;

use crate::plain::Records;
use crate::sheet::{Raw, RawRow, Sheet};

/// A cell: `None` where it is blank.
pub(super) type CellText<'t> = Option<Cow<'t, str>>;

/// Some rows of a file, and which of them is being read.
pub(super) trait Rows {
    /// Goes to the next row; whether there is one.
    fn advance(&mut self) -> bool;
    /// How many rows there are at most, as far as that is known beforehand.
    fn n_at_most(&self) -> usize {
        0
    }
    /// Which row of the file it is, from 1.
    fn number(&self) -> u64;
    /// Whether the row has something beyond the last header.
    fn is_too_long(&self) -> bool {
        false
    }
    /// A cell of the row, by its place from 0.
    fn cell(&self, place: usize) -> CellText<'_>;
}

impl Rows for Records<'_> {
    fn n_at_most(&self) -> usize {
        self.n_at_most()
    }

    fn advance(&mut self) -> bool {
        self.advance()
    }

    fn number(&self) -> u64 {
        self.row()
    }

    fn is_too_long(&self) -> bool {
        self.is_too_long()
    }

    fn cell(&self, place: usize) -> CellText<'_> {
        self.cell(place)
    }
}

/// The rows of a sheet below its header.
pub(super) struct SheetRows {
    row: Option<RawRow>,
    ahead: std::vec::IntoIter<RawRow>,
}

impl SheetRows {
    /// The header, and the rows below it; `None` for a sheet without rows.
    pub(super) fn new(sheet: &Sheet) -> Option<(Vec<String>, Self)> {
        let headers = headers(sheet)?;
        let mut ahead = sheet.rows.head(usize::MAX).into_iter();
        ahead.next();
        Some((headers, Self { row: None, ahead }))
    }
}

/// The headers of a sheet; `None` for one without rows.
pub(super) fn headers(sheet: &Sheet) -> Option<Vec<String>> {
    let head = sheet.rows.head(1);
    let first = head.first()?;
    let n_columns = first.cells.last().map_or(0, |(column, _)| *column);
    let shown = |column| first.get(column).map(Raw::shown).unwrap_or_default();
    Some((1..=n_columns).map(shown).collect())
}

impl Rows for SheetRows {
    fn advance(&mut self) -> bool {
        self.row = self.ahead.next();
        self.row.is_some()
    }

    fn number(&self) -> u64 {
        self.row.as_ref().map_or(0, |row| u64::from(row.number))
    }

    fn cell(&self, place: usize) -> CellText<'_> {
        let column = u32::try_from(place + 1).ok()?;
        let raw = self.row.as_ref()?.get(column)?;
        Some(Cow::Owned(raw.shown()))
    }
}
