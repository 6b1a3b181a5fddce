//! Identifiers whose leading zeros a spreadsheet dropped, as the others of their column show.

use std::collections::BTreeSet;

use kinfolk_model::Finding;
use kinfolk_model::schema::ColumnKind;

use crate::cell::{self, ReadId};
use crate::rules;
use crate::sheet::Raw;
use crate::table::Assigned;

/// Warns of each identifier in digits that is shorter than others which begin with a zero.
pub(crate) fn lost_zeros(sheets: &[Assigned]) -> Vec<Finding> {
    sheets.iter().flat_map(in_sheet).collect()
}

fn in_sheet(assigned: &Assigned) -> Vec<Finding> {
    let layout = &assigned.layout;
    layout
        .columns
        .iter()
        .filter(|found| {
            let column = layout.table.column(found.name);
            column.is_some_and(|column| matches!(column.kind, ColumnKind::Identifier))
        })
        .flat_map(|found| in_column(assigned, found.column))
        .collect()
}

fn in_column(assigned: &Assigned, column: u32) -> Vec<Finding> {
    let Some(length) = fixed_length(assigned, column) else {
        return Vec::new();
    };
    let Assigned { sheet, layout } = assigned;
    let short = digits_below(assigned, column, |id| {
        id.len() < length && !id.starts_with('0')
    });
    short
        .into_iter()
        .map(|(row, id)| {
            let message = format!(
                "`{id}` is shorter than the others, which have {length} digits with zeros in front"
            );
            Finding {
                value: Some(id),
                ..rules::ID_REFORMATTED.at(layout.place(sheet, row, column), message)
            }
        })
        .collect()
}

/// How long the identifiers with zeros in front are: these mean a fixed width only where all that have
/// one are equally long.
fn fixed_length(assigned: &Assigned, column: u32) -> Option<usize> {
    let header_row = assigned.layout.header_row;
    let lengths = assigned.sheet.rows.read_parts(|part| {
        let mut lengths = BTreeSet::new();
        part.visit_column(column, |row, raw| {
            if row > header_row && begins_with_zero(raw) {
                lengths.extend(digits(raw).map(|id| id.len()));
            }
        });
        lengths
    });
    let lengths: BTreeSet<usize> = lengths.into_iter().flatten().collect();
    lengths.first().copied().filter(|_| lengths.len() == 1)
}

fn begins_with_zero(raw: &Raw) -> bool {
    matches!(raw, Raw::Text(text) if text.len() > 1 && text.starts_with('0'))
}

/// The identifiers in digits below the header that are meant, with their rows.
fn digits_below(
    Assigned { sheet, layout }: &Assigned,
    column: u32,
    is_meant: impl Fn(&str) -> bool + Sync,
) -> Vec<(u32, String)> {
    let parts = sheet.rows.read_parts(|part| {
        let mut found = Vec::new();
        part.visit_column(column, |row, raw| {
            let id = digits(raw).filter(|id| row > layout.header_row && is_meant(id));
            found.extend(id.map(|id| (row, id)));
        });
        found
    });
    parts.into_iter().flatten().collect()
}

fn digits(raw: &Raw) -> Option<String> {
    match cell::identifier(raw) {
        ReadId::Certain(id) if cell::is_digits(&id) => Some(id),
        _ => None,
    }
}
