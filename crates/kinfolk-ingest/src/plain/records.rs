//! The records of a block, one after the other.

use std::borrow::Cow;

use super::block::Block;
use super::cells::{Span, is_space, offset, said, split, unquoted};

/// A record of a block, and the way to the next.
pub(crate) struct Records<'b> {
    text: &'b str,
    delimiter: u8,
    n_columns: usize,
    /// The cells of the record.
    cells: Vec<Span>,
    n_at_most: u64,
    start: usize,
    row: u64,
    /// Where the next record begins, and its row.
    next: (usize, u64),
}

impl<'b> Records<'b> {
    /// Before the first record of a block, of a table with so many columns.
    pub(super) fn of(block: &'b Block, n_columns: usize) -> Self {
        Self {
            text: &block.text,
            delimiter: block.delimiter,
            n_columns,
            cells: Vec::with_capacity(n_columns),
            n_at_most: block.n_records,
            start: 0,
            row: block.first_row,
            next: (0, block.first_row),
        }
    }

    /// Goes to the next record that is not blank; whether there is one.
    pub(crate) fn advance(&mut self) -> bool {
        while self.next.0 < self.text.len() {
            (self.start, self.row) = self.next;
            let bytes = self.text.as_bytes();
            let end = split(bytes, self.start, self.delimiter, &mut self.cells);
            self.next = (end + 1, self.row + 1);
            if !self.cells.iter().all(|&cell| is_space(self.written(cell))) {
                return true;
            }
        }
        false
    }

    /// How many records the block has at most.
    pub(crate) fn n_at_most(&self) -> usize {
        usize::try_from(self.n_at_most).unwrap_or_default()
    }

    /// The row, from 1, as a spreadsheet counts.
    pub(crate) fn row(&self) -> u64 {
        self.row
    }

    /// What a cell says, by its place from 0; `None` where it is missing.
    pub(crate) fn cell(&self, place: usize) -> Option<Cow<'b, str>> {
        let cell = *self.cells.get(place)?;
        said(self.written(cell))
    }

    /// Whether cells beyond the last header say something; blank ones are tolerated.
    pub(crate) fn is_too_long(&self) -> bool {
        let beyond = self.cells.get(self.n_columns..).unwrap_or_default();
        let mut beyond = beyond.iter().map(|&cell| unquoted(self.written(cell)));
        !beyond.all(|cell| is_space(&cell))
    }

    /// The cells as they are written.
    pub(super) fn cells(&self) -> &[Span] {
        &self.cells
    }

    /// Where the record begins in the block, and where its last cell ends.
    pub(super) fn span(&self) -> Span {
        let end = self.cells.last().map_or(0, |&(_, end)| end);
        (offset(self.start), end)
    }

    fn written(&self, (start, end): Span) -> &'b str {
        &self.text[start as usize..end as usize]
    }
}
