//! Identifiers whose leading zeros a spreadsheet dropped, as the others of their column show.

use std::collections::BTreeSet;

use kinfolk_model::Finding;
use kinfolk_model::schema::ColumnKind;

use crate::cell::{self, ReadId};
use crate::rules;
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

fn in_column(Assigned { sheet, layout }: &Assigned, column: u32) -> Vec<Finding> {
    let ids: Vec<(u32, String)> = sheet
        .rows
        .iter()
        .filter(|row| row.number > layout.header_row)
        .filter_map(|row| match cell::identifier(row.get(column)?) {
            ReadId::Certain(id) if cell::is_digits(&id) => Some((row.number, id)),
            _ => None,
        })
        .collect();
    let with_zero = ids
        .iter()
        .filter(|(_, id)| id.starts_with('0') && id.len() > 1);
    let lengths: BTreeSet<usize> = with_zero.map(|(_, id)| id.len()).collect();
    // Zeros at the front mean a fixed width only where all that have one are equally long.
    let (Some(length), 1) = (lengths.first(), lengths.len()) else {
        return Vec::new();
    };
    ids.iter()
        .filter(|(_, id)| id.len() < *length && !id.starts_with('0'))
        .map(|(row, id)| {
            let message = format!(
                "`{id}` is shorter than the others, which have {length} digits with zeros in front"
            );
            Finding {
                value: Some(id.clone()),
                ..rules::ID_REFORMATTED.at(layout.place(sheet, *row, column), message)
            }
        })
        .collect()
}
