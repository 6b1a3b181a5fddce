//! Sheets to tables: every row of one kind, valid or set aside.

mod children;
mod connections;
mod monitoring;
mod objectives;
mod questionnaires;

use std::collections::BTreeSet;

use kinfolk_model::{ChildId, Finding, Table};
use rayon::prelude::*;

use crate::header::Layout;
use crate::row::{Context, RowReader};
use crate::rules;
use crate::sheet::{RawRow, Sheet};

/// A kind of row.
pub(crate) trait Record: Sized + PartialEq + Send {
    /// The table's name in the schema.
    const TABLE: &'static str;
    /// The column at which a second row with the same key is reported.
    const KEY_COLUMN: &'static str;

    /// What the row yields: one record, or, in a wide questionnaire, one for each answer. `None` is a
    /// record that was set aside.
    fn read(row: &mut RowReader<'_>) -> Vec<Option<Self>>;

    /// What no two rows may share; `None` where rows may be alike.
    fn key(&self) -> Option<String>;

    /// The child whose row it is.
    fn child_id(&self) -> Option<&ChildId>;
}

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
    /// Every child that a row names, set aside or not.
    pub(crate) children: BTreeSet<ChildId>,
    pub(crate) findings: Vec<Finding>,
}

impl<R> Rows<R> {
    /// The valid rows with the account of the others; what was found goes to `findings`.
    pub(crate) fn into_table(self, findings: &mut Vec<Finding>) -> Table<R> {
        findings.extend(self.findings);
        Table {
            rows: self
                .located
                .into_iter()
                .map(|located| located.record)
                .collect(),
            n_read: self.n_read,
            n_set_aside: self.n_set_aside,
            sources: self.sources,
        }
    }
}

/// Reads every sheet of one kind, in parallel, keeping their order.
pub(crate) fn read_rows<R: Record>(sheets: &[Assigned], context: Context<'_>) -> Rows<R> {
    let parts: Vec<Rows<R>> = sheets
        .par_iter()
        .enumerate()
        .filter(|(_, assigned)| assigned.layout.table.name == R::TABLE)
        .map(|(at, assigned)| read_sheet(at, assigned, context))
        .collect();
    let mut rows = Rows {
        located: Vec::new(),
        n_read: 0,
        n_set_aside: 0,
        sources: Vec::new(),
        children: BTreeSet::new(),
        findings: Vec::new(),
    };
    for part in parts {
        rows.located.extend(part.located);
        rows.n_read += part.n_read;
        rows.n_set_aside += part.n_set_aside;
        rows.sources.extend(part.sources);
        rows.children.extend(part.children);
        rows.findings.extend(part.findings);
    }
    rows
}

fn read_sheet<R: Record>(at: usize, assigned: &Assigned, context: Context<'_>) -> Rows<R> {
    let Assigned { sheet, layout } = assigned;
    let mut rows = Rows {
        located: Vec::new(),
        n_read: 0,
        n_set_aside: 0,
        sources: vec![sheet.source()],
        children: BTreeSet::new(),
        findings: Vec::new(),
    };
    for raw in sheet
        .rows
        .iter()
        .filter(|raw| raw.number > layout.header_row)
    {
        if is_outside(layout, raw) {
            rows.findings.push(outside(sheet, raw));
        } else {
            read_row(
                at,
                &mut RowReader::new(sheet, layout, raw, context),
                &mut rows,
            );
        }
    }
    rows
}

fn read_row<R: Record>(at: usize, row: &mut RowReader<'_>, rows: &mut Rows<R>) {
    let records = R::read(row);
    let n_set_aside = records.iter().filter(|record| record.is_none()).count();
    rows.n_read += records.len();
    rows.n_set_aside += n_set_aside;
    rows.children.extend(row.child_id.clone());
    if !records.is_empty() && n_set_aside == records.len() {
        for finding in &mut row.findings {
            finding.row_set_aside = true;
        }
    }
    rows.findings.append(&mut row.findings);
    let number = row.raw.number;
    let located = records.into_iter().flatten().map(|record| Located {
        record,
        sheet: at,
        row: number,
    });
    rows.located.extend(located);
}

/// Whether a row says something, but not in any column of the table.
fn is_outside(layout: &Layout, raw: &RawRow) -> bool {
    let is_of_table = |column: u32| {
        layout.columns.iter().any(|found| found.column == column)
            || layout.statements.iter().any(|found| found.column == column)
    };
    !raw.cells.iter().any(|(column, _)| is_of_table(*column))
}

fn outside(sheet: &Sheet, raw: &RawRow) -> Finding {
    let place = kinfolk_model::Place {
        file: sheet.file.clone(),
        sheet: sheet.name.clone(),
        row: Some(raw.number),
        ..Default::default()
    };
    rules::TEXT_OUTSIDE_TABLE.at(place, "nothing in this row stands in a column of the table")
}

/// Parts of a key as one text that no other parts give.
fn joined(parts: &[&str]) -> String {
    parts.join("\u{1f}")
}
