//! Rules that look at more than one row.

mod copies;
mod orphans;
mod returns;
mod zeros;

use kinfolk_model::Finding;

pub(crate) use copies::set_copies_aside;
pub(crate) use orphans::orphans;
pub(crate) use returns::monitoring_against_children;
pub(crate) use zeros::lost_zeros;

use crate::rules::Rule;
use crate::sheet::Raw;
use crate::table::{Assigned, Located, Record};

/// A finding at a column of a record's row.
fn at<R: Record>(
    rule: &Rule,
    located: &Located<R>,
    column: &str,
    message: String,
    sheets: &[Assigned],
) -> Option<Finding> {
    let Assigned { sheet, layout } = sheets.get(located.sheet)?;
    let column = layout.column(column)?;
    let raw = sheet
        .rows
        .binary_search_by_key(&located.row, |row| row.number)
        .ok()
        .and_then(|row| sheet.rows.get(row))
        .and_then(|row| row.get(column));
    Some(Finding {
        child_id: located.record.child_id().cloned(),
        value: raw.map(Raw::shown),
        ..rule.at(layout.place(sheet, located.row, column), message)
    })
}
