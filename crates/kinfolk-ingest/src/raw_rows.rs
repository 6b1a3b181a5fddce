//! The rows of a sheet, whichever way they are held.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::sheet::{Raw, RawRow};
use crate::text_rows::TextRows;

/// How many rows of a workbook make a part that is read at one go.
const ROWS_A_PART: usize = 8192;

/// How many parts are read side by side.
const PARTS_AT_ONCE: usize = 32;

/// Rows in order; blank ones are left out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum RawRows {
    /// Of a workbook, cell by cell.
    Cells(Arc<Vec<RawRow>>),
    /// Of delimited text, of any length.
    Text(Arc<TextRows>),
}

/// Some rows of a sheet that follow one another.
#[derive(Debug, Clone)]
pub(crate) struct Part<'r> {
    rows: &'r RawRows,
    /// Rows of a workbook, or noted places of a text.
    range: Range<usize>,
}

impl From<Vec<RawRow>> for RawRows {
    fn from(rows: Vec<RawRow>) -> Self {
        Self::Cells(Arc::new(rows))
    }
}

impl RawRows {
    pub(crate) fn is_empty(&self) -> bool {
        self.head(1).is_empty()
    }

    /// How many rows there are at most.
    pub(crate) fn n_at_most(&self) -> usize {
        match self {
            Self::Cells(rows) => rows.len(),
            Self::Text(rows) => rows.n_at_most(),
        }
    }

    /// The first rows.
    pub(crate) fn head(&self, n_rows: usize) -> Vec<RawRow> {
        let mut head = Vec::new();
        self.whole().visit_while(|row| {
            head.push(row.clone());
            head.len() < n_rows
        });
        head
    }

    /// Whether a row stands below another.
    pub(crate) fn has_below(&self, header_row: u32) -> bool {
        let mut has_one = false;
        self.whole().visit_while(|row| {
            has_one = row.number > header_row;
            !has_one
        });
        has_one
    }

    /// A cell that is not blank.
    pub(crate) fn cell(&self, row: u32, column: u32) -> Option<Cow<'_, Raw>> {
        match self {
            Self::Cells(rows) => {
                let at = rows.binary_search_by_key(&row, |row| row.number).ok()?;
                rows.get(at)?.get(column).map(Cow::Borrowed)
            }
            Self::Text(rows) => rows.cell(row, column).map(Cow::Owned),
        }
    }

    /// All rows.
    pub(crate) fn whole(&self) -> Part<'_> {
        let range = match self {
            Self::Cells(rows) => 0..rows.len(),
            Self::Text(rows) => rows.whole(),
        };
        Part { rows: self, range }
    }

    /// Reads the rows in pieces, side by side, and adds what each piece yields in the order of the
    /// rows. Not all pieces are read before the first are added, so that what they yield is held once.
    pub(crate) fn read_parts<T: Send>(
        &self,
        read: impl Fn(&Part<'_>) -> T + Sync,
        mut add: impl FnMut(T),
    ) {
        let ranges: Vec<Range<usize>> = match self {
            Self::Cells(rows) => (0..rows.len())
                .step_by(ROWS_A_PART)
                .map(|start| start..(start + ROWS_A_PART).min(rows.len()))
                .collect(),
            Self::Text(rows) => rows.parts().collect(),
        };
        let read = |range: &Range<usize>| {
            let range = range.clone();
            read(&Part { rows: self, range })
        };
        for ranges in ranges.chunks(PARTS_AT_ONCE) {
            let parts: Vec<T> = ranges.par_iter().map(read).collect();
            parts.into_iter().for_each(&mut add);
        }
    }
}

impl Part<'_> {
    /// How long its text is; nothing where it has none.
    pub(crate) fn n_bytes(&self) -> usize {
        match self.rows {
            RawRows::Cells(_) => 0,
            RawRows::Text(rows) => rows.n_bytes(self.range.clone()),
        }
    }

    /// Goes through the rows.
    pub(crate) fn visit(&self, mut visit: impl FnMut(&RawRow)) {
        self.visit_while(|row| {
            visit(row);
            true
        });
    }

    /// Goes through the rows until told to stop.
    pub(crate) fn visit_while(&self, mut visit: impl FnMut(&RawRow) -> bool) {
        match self.rows {
            RawRows::Cells(rows) => {
                let mut rows = rows.get(self.range.clone()).unwrap_or_default().iter();
                rows.all(visit);
            }
            RawRows::Text(rows) => rows.visit(self.range.clone(), &mut visit),
        }
    }

    /// Goes through the cells of one column that are not blank, with their rows.
    pub(crate) fn visit_column(&self, column: u32, mut visit: impl FnMut(u32, &Raw)) {
        match self.rows {
            RawRows::Cells(rows) => {
                for row in rows.get(self.range.clone()).unwrap_or_default() {
                    if let Some(raw) = row.get(column) {
                        visit(row.number, raw);
                    }
                }
            }
            RawRows::Text(rows) => rows.visit_column(self.range.clone(), column, visit),
        }
    }
}
