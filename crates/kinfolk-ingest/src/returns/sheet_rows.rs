//! Rows from a block of delimited text, and from a sheet of a workbook.

use std::borrow::Cow;

use super::columns::{CellText, Rows};
use crate::plain::{Block, BlockColumns, Header, Kind, Selection};
use crate::sheet::{RawRow, Sheet};

/// A block of a delimited file, split into columns.
pub(super) struct BlockRows {
    block: Block,
    columns: BlockColumns,
}

impl BlockRows {
    pub(super) fn new(block: Block, header: &Header) -> Self {
        let every =
            (0..header.len()).fold(Selection::new(), |wanted, at| wanted.and(at, Kind::Text));
        let columns = block.read_with_long_rows(header, &every.without_formulas());
        Self { block, columns }
    }
}

impl Rows for BlockRows {
    fn len(&self) -> usize {
        self.columns.records.len()
    }

    fn number(&self, at: usize) -> u64 {
        self.columns.records.get(at).map_or(0, |record| record.row)
    }

    fn too_long(&self) -> Vec<usize> {
        self.columns.long_rows.iter().map(|(at, _)| *at).collect()
    }

    fn column(&self, place: usize) -> impl Iterator<Item = CellText<'_>> {
        self.block.texts(&self.columns, place)
    }
}

/// The rows of a sheet below its header.
pub(super) struct SheetRows<'s> {
    rows: &'s [RawRow],
}

impl<'s> SheetRows<'s> {
    /// The header, and the rows below it; `None` for a sheet without rows.
    pub(super) fn new(sheet: &'s Sheet) -> Option<(Vec<String>, Self)> {
        let (first, rows) = sheet.rows.split_first()?;
        let n_columns = first.cells.last().map_or(0, |(column, _)| *column);
        let headers = (1..=n_columns)
            .map(|column| first.get(column).map(|raw| raw.shown()).unwrap_or_default())
            .collect();
        Some((headers, Self { rows }))
    }
}

impl Rows for SheetRows<'_> {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn number(&self, at: usize) -> u64 {
        self.rows.get(at).map_or(0, |row| u64::from(row.number))
    }

    fn column(&self, place: usize) -> impl Iterator<Item = CellText<'_>> {
        let column = u32::try_from(place + 1).unwrap_or(u32::MAX);
        self.rows
            .iter()
            .map(move |row| row.get(column).map(|raw| Cow::Owned(raw.shown())))
    }
}
