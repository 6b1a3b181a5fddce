//! The rows of one table being read: whose each is, and an account of what is found in them.

use jiff::civil::Date;
use smol_str::SmolStr;

use super::notes::Notes;
use super::origin::Origin;
use super::rows::{CellText, Rows};
use super::rules;
use crate::cell::{ReadId, identifier, is_digits};
use crate::rules::Rule;
use crate::sheet::Raw;

/// Rows, with an account of what is found in them.
pub(super) struct Reader<R> {
    rows: R,
    pub(super) today: Date,
    pub(super) notes: Notes,
    /// How many rows were read.
    pub(super) n_rows: u64,
    /// The identifiers of the children of whom a record was made, each once for all records in a row.
    pub(super) ids: Vec<SmolStr>,
    child_column: usize,
    /// Whose the row is.
    child: Option<SmolStr>,
    /// The child's number among the identifiers, once a record was made.
    number: Option<u32>,
}

impl<R: Rows> Reader<R> {
    pub(super) fn new(rows: R, child_column: usize, today: Date) -> Self {
        Self {
            rows,
            today,
            notes: Notes::default(),
            n_rows: 0,
            ids: Vec::new(),
            child_column,
            child: None,
            number: None,
        }
    }

    /// Goes to the next row; whether there is one. The child is read first, so that every fault of
    /// the row names it; a row without one is set aside.
    pub(super) fn advance(&mut self) -> bool {
        if !self.rows.advance() {
            return false;
        }
        self.n_rows += 1;
        self.read_child();
        true
    }

    fn read_child(&mut self) {
        let cell = self.rows.cell(self.child_column);
        let (row, column) = (self.rows.number(), self.child_column);
        if self.rows.is_too_long() {
            // Its cells have moved, so it belongs to nobody.
            let said = cell.as_deref();
            self.notes
                .set_aside(&rules::ROW_TOO_LONG, None, row, said, "");
            (self.child, self.number) = (None, None);
            return;
        }
        // Digits alone, as most identifiers are, need no second look.
        match cell.as_deref().filter(|text| is_digits(text)) {
            Some(digits) if self.child.as_deref() == Some(digits) => return,
            Some(digits) => self.child = Some(SmolStr::new(digits)),
            None => self.child = child(cell.as_deref(), (row, column), &mut self.notes),
        }
        self.number = None;
    }

    /// Whether the row is somebody's.
    pub(super) fn has_child(&self) -> bool {
        self.child.is_some()
    }

    /// A cell of the row.
    pub(super) fn cell(&self, place: usize) -> CellText<'_> {
        self.rows.cell(place)
    }

    /// The number of the row's child among the identifiers, and where the row stands, the table apart;
    /// `None` where it is nobody's.
    pub(super) fn whose(&mut self) -> Option<(u32, Origin)> {
        let child = self.child.as_ref()?;
        let number = *self.number.get_or_insert_with(|| {
            self.ids.push(child.clone());
            u32::try_from(self.ids.len() - 1).unwrap_or(u32::MAX)
        });
        let row = u32::try_from(self.rows.number()).unwrap_or(u32::MAX);
        Some((number, Origin { table: 0, row }))
    }

    /// Notes something about a cell, with what the cell says, unless its row is nobody's and set aside
    /// for that.
    pub(super) fn note_cell(&mut self, rule: &'static Rule, place: usize) {
        let cell = self.rows.cell(place);
        let value = cell.as_deref().unwrap_or_default();
        if let Some(child) = &self.child {
            let row = self.rows.number();
            self.notes.add(rule, Some(place), row, Some(child), value);
        }
    }

    /// Whether the row has nothing in a column.
    pub(super) fn is_blank(&self, place: usize) -> bool {
        self.rows
            .cell(place)
            .is_none_or(|cell| cell.trim().is_empty())
    }

    /// Notes something about a cell, with another value or none.
    pub(super) fn note(&mut self, rule: &'static Rule, place: usize, value: &str) {
        if let Some(child) = &self.child {
            let row = self.rows.number();
            self.notes.add(rule, Some(place), row, Some(child), value);
        }
    }

    /// Notes that the row takes no part.
    pub(super) fn set_aside(&mut self, rule: &'static Rule, place: Option<usize>) {
        let (row, child) = (self.rows.number(), self.child.as_deref());
        self.notes.set_aside(rule, place, row, child, "");
    }
}

/// The identifier in a cell, by its row and column; `None` where there is none.
fn child(cell: Option<&str>, (row, column): (u64, usize), notes: &mut Notes) -> Option<SmolStr> {
    let Some(raw) = cell.and_then(Raw::from_text) else {
        notes.set_aside(&rules::CHILD_MISSING, Some(column), row, None, "");
        return None;
    };
    match identifier(&raw) {
        ReadId::Certain(id) => Some(SmolStr::new(id)),
        ReadId::Reformatted(id) => {
            let (rule, shown) = (&rules::CHILD_REFORMATTED, raw.shown());
            notes.add(rule, Some(column), row, Some(&id), &shown);
            Some(SmolStr::new(id))
        }
        ReadId::Mangled => {
            let (rule, shown) = (&rules::CHILD_MANGLED, raw.shown());
            notes.set_aside(rule, Some(column), row, None, &shown);
            None
        }
    }
}
