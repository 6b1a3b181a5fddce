//! Identifiers whose leading zeros a spreadsheet dropped, as the others of their column show.

use kinfolk_model::Finding;
use kinfolk_model::schema::ColumnKind;
use smol_str::SmolStr;

use crate::cell::{self, ReadId};
use crate::header::{Found, Layout};
use crate::rules;
use crate::sheet::Raw;
use crate::table::{Assigned, Rows};

/// The columns of identifiers.
pub(crate) fn identifiers(layout: &Layout) -> Vec<u32> {
    let is_identifier = |found: &&Found| {
        let column = layout.table.column(found.name);
        column.is_some_and(|column| matches!(column.kind, ColumnKind::Identifier))
    };
    let found = layout.columns.iter().filter(is_identifier);
    found.map(|found| found.column).collect()
}

/// How long an identifier in digits is that begins with a zero.
pub(crate) fn length_with_zero(raw: &Raw) -> Option<usize> {
    match raw {
        Raw::Text(text) if text.starts_with('0') && text.len() > 1 => {
            digits(raw).map(|id| id.len())
        }
        _ => None,
    }
}

/// Warns of each identifier in digits that is shorter than others which begin with a zero.
pub(crate) fn lost_zeros<R>(rows: &Rows<R>, sheets: &[Assigned]) -> Vec<Finding> {
    // Zeros at the front mean a fixed width only where all that have one are equally long.
    let fixed = rows
        .lengths_with_zero
        .iter()
        .filter_map(|(place, lengths)| {
            let length = lengths.first().filter(|_| lengths.len() == 1)?;
            Some((place, *length))
        });
    fixed
        .flat_map(|(&(sheet, column), length)| {
            let assigned = sheets.get(sheet);
            assigned.map(|assigned| in_column(assigned, column, length))
        })
        .flatten()
        .collect()
}

/// The identifiers of a column that are shorter than they should be.
fn in_column(assigned: &Assigned, column: u32, length: usize) -> Vec<Finding> {
    let Assigned { sheet, layout } = assigned;
    let mut findings = Vec::new();
    sheet.rows.whole().visit_column(column, |row, raw| {
        let is_meant = |id: &SmolStr| id.len() < length && !id.starts_with('0');
        if row > layout.header_row
            && let Some(id) = digits(raw).filter(is_meant)
        {
            let message = format!(
                "`{id}` is shorter than the others, which have {length} digits with zeros in front"
            );
            findings.push(Finding {
                value: Some(id.to_string()),
                ..rules::ID_REFORMATTED.at(layout.place(sheet, row, column), message)
            });
        }
    });
    findings
}

fn digits(raw: &Raw) -> Option<SmolStr> {
    match cell::identifier(raw) {
        ReadId::Certain(id) if cell::is_digits(&id) => Some(id),
        _ => None,
    }
}
