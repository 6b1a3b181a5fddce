//! Sheets to tables: every row of one kind, valid or set aside.

mod children;
mod cohort;
mod connections;
mod events;
mod monitoring;
mod objectives;
pub(crate) mod oc2;
mod questionnaires;
pub(crate) mod sdq;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use kinfolk_model::{ChildId, Finding, Place, Table};

use crate::check;
use crate::gathered::Gathered;
use crate::header::Layout;
use crate::raw_rows::Part;
use crate::row::{Context, RowReader};
use crate::rules::{self, Rule};
use crate::sheet::{Format, Raw, RawRow, Sheet};

/// A kind of row.
pub(crate) trait Record: Sized + PartialEq + Send + Sync {
    /// The table's name in the schema.
    const TABLE: &'static str;
    /// The column at which a second row with the same key is reported.
    const KEY_COLUMN: &'static str;
    /// The rule that such a row breaks, unless it says the same as the first.
    const SAME_KEY: &'static Rule = &rules::DUPLICATE_ID;
    /// What two rows share that have the same key.
    const SHARED: &'static str = Self::KEY_COLUMN;

    /// Adds what the row yields: one record, or, in a wide questionnaire, one for each answer. `None`
    /// is a record that was set aside.
    fn read(row: &mut RowReader<'_>, records: &mut Vec<Option<Self>>);

    /// What no two rows may share; `None` where rows may be alike.
    fn key(&self) -> Option<Key<'_>>;

    /// The child whose row it is.
    fn child_id(&self) -> Option<&ChildId>;
}

/// The parts of what no two rows may share; those that a table does not need are blank.
pub(crate) type Key<'r> = [Cow<'r, str>; 3];

/// A sheet and how to read it.
#[derive(Debug, Clone)]
pub(crate) struct Assigned {
    pub(crate) sheet: Sheet,
    pub(crate) layout: Layout,
}

/// A record and where it came from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Located<R> {
    pub(crate) record: R,
    /// Which of the sheets.
    pub(crate) sheet: usize,
    pub(crate) row: u32,
}

/// Every row of one kind.
#[derive(Debug)]
pub(crate) struct Rows<R> {
    pub(crate) located: Vec<Located<R>>,
    pub(crate) n_read: usize,
    pub(crate) n_set_aside: usize,
    pub(crate) sources: Vec<String>,
    /// Every child that a row names, set aside or not, in the order of the rows; one that rows in
    /// succession name stands here once.
    pub(crate) children: Vec<ChildId>,
    pub(crate) findings: Gathered,
    /// How long the identifiers in digits are that begin with a zero, by sheet and column.
    pub(crate) lengths_with_zero: BTreeMap<(usize, u32), BTreeSet<usize>>,
}

impl<R> Default for Rows<R> {
    fn default() -> Self {
        Self {
            located: Vec::new(),
            n_read: 0,
            n_set_aside: 0,
            sources: Vec::new(),
            children: Vec::new(),
            findings: Gathered::default(),
            lengths_with_zero: BTreeMap::new(),
        }
    }
}

impl<R> Rows<R> {
    /// Adds the rows that follow.
    fn append(&mut self, later: Self) {
        self.located.extend(later.located);
        self.n_read += later.n_read;
        self.n_set_aside += later.n_set_aside;
        self.children.extend(later.children);
        self.findings.append(later.findings);
        for (column, lengths) in later.lengths_with_zero {
            let so_far = self.lengths_with_zero.entry(column).or_default();
            so_far.extend(lengths);
        }
    }

    fn note_child(&mut self, child: Option<&ChildId>) {
        let is_new = |child: &&ChildId| self.children.last() != Some(*child);
        if let Some(child) = child.filter(is_new) {
            self.children.push(child.clone());
        }
    }

    /// The valid rows with the account of the others; what was found goes to `findings`.
    pub(crate) fn into_table(self, findings: &mut Gathered) -> Table<R> {
        findings.append(self.findings);
        let records = self.located.into_iter().map(|located| located.record);
        let mut rows: Vec<R> = records.collect();
        // Without their places the records need less room.
        rows.shrink_to_fit();
        Table {
            rows,
            n_read: self.n_read,
            n_set_aside: self.n_set_aside,
            sources: self.sources,
        }
    }
}

/// Reads every sheet of one kind in parts, side by side, keeping their order.
pub(crate) fn read_rows<R: Record>(sheets: &[Assigned], context: Context<'_>) -> Rows<R> {
    let mut rows = Rows::default();
    for (at, assigned) in sheets.iter().enumerate() {
        if assigned.layout.table.name == R::TABLE {
            rows.sources.push(assigned.sheet.source());
            // A wide form yields a record for each of its statements.
            let n_a_row = assigned.layout.statements.len().max(1);
            let n_at_most = n_a_row.saturating_mul(assigned.sheet.rows.n_at_most());
            // Without the room at once the records find it as they come.
            let _ = rows.located.try_reserve_exact(n_at_most);
            let read = |part: &Part<'_>| {
                let rows = read_part(at, assigned, part, context);
                context.meter.add(part.n_bytes() as u64);
                rows
            };
            let add = |part| rows.append(part);
            assigned.sheet.rows.read_parts(read, add);
        }
    }
    rows
}

fn read_part<R: Record>(
    at: usize,
    assigned: &Assigned,
    part: &Part<'_>,
    context: Context<'_>,
) -> Rows<R> {
    let Assigned { sheet, layout } = assigned;
    let mut rows = Rows::default();
    let identifiers = check::identifiers(layout);
    let mut records = Vec::new();
    part.visit(|raw| {
        if raw.number <= layout.header_row {
            return;
        }
        for &column in &identifiers {
            if let Some(length) = raw.get(column).and_then(check::length_with_zero) {
                let lengths = rows.lengths_with_zero.entry((at, column)).or_default();
                lengths.insert(length);
            }
        }
        let mut row = RowReader::new(sheet, layout, raw, context);
        match shape(assigned, raw) {
            Shape::Record => read_row(at, &mut row, &mut records, &mut rows),
            Shape::TooLong(column) => set_aside_long(row, column, &mut rows),
            Shape::NoRecord(message) => {
                let place = Place {
                    row: Some(raw.number),
                    ..sheet.place()
                };
                rows.findings
                    .push(rules::ROW_WITHOUT_RECORD.at(place, message));
            }
        }
    });
    rows
}

/// What a row is, before its cells are read.
enum Shape {
    Record,
    /// It reaches beyond the header, into this column.
    TooLong(u32),
    NoRecord(&'static str),
}

fn shape(Assigned { sheet, layout }: &Assigned, raw: &RawRow) -> Shape {
    let last = raw.cells.last().map_or(0, |(column, _)| *column);
    let mut read = raw
        .cells
        .iter()
        .filter(|(column, _)| layout.is_read(*column))
        .peekable();
    if read.peek().is_none() {
        Shape::NoRecord("nothing in this row stands in a column of the table")
    } else if read.all(|(column, cell)| is_header(cell, layout.header(*column))) {
        Shape::NoRecord("the row repeats the header")
    } else if sheet.format == Format::Delimited && last > layout.last_column() {
        Shape::TooLong(last)
    } else {
        Shape::Record
    }
}

/// Whether a cell says what stands above its column. Headers are text.
fn is_header(cell: &Raw, header: Option<&str>) -> bool {
    match cell {
        Raw::Text(text) => header == Some(text.as_str()),
        other => header == Some(&other.shown()),
    }
}

/// A delimiter inside a text has moved the cells behind it, so that none of them can be trusted.
fn set_aside_long<R>(mut row: RowReader<'_>, last: u32, rows: &mut Rows<R>) {
    let child_id = row.child_id();
    let place = Place {
        row: Some(row.raw.number),
        ..row.sheet.place()
    };
    let message = format!(
        "the row has {last} cells, the header {}",
        row.layout.last_column()
    );
    rows.findings.push(Finding {
        child_id: child_id.clone(),
        row_set_aside: true,
        ..rules::ROW_TOO_LONG.at(place, message)
    });
    rows.note_child(child_id.as_ref());
    rows.n_read += 1;
    rows.n_set_aside += 1;
}

/// Reads a row; `records` is room for what it yields.
fn read_row<R: Record>(
    at: usize,
    row: &mut RowReader<'_>,
    records: &mut Vec<Option<R>>,
    rows: &mut Rows<R>,
) {
    R::read(row, records);
    let n_set_aside = records.iter().filter(|record| record.is_none()).count();
    rows.n_read += records.len();
    rows.n_set_aside += n_set_aside;
    rows.note_child(row.child_id.as_ref());
    if !records.is_empty() && n_set_aside == records.len() {
        for finding in &mut row.findings {
            finding.row_set_aside = true;
        }
    }
    rows.findings.extend(row.findings.drain(..));
    let number = row.raw.number;
    let located = records.drain(..).flatten().map(|record| Located {
        record,
        sheet: at,
        row: number,
    });
    rows.located.extend(located);
}
