//! Rules that look at more than one row.

mod care;
mod cohort;
mod copies;
mod known;
mod oc2;
mod orphans;
mod returns;
mod sdq;
mod zeros;

use std::borrow::Cow;

use kinfolk_model::Finding;

pub(crate) use care::{children_in_returns, settle_day};
pub(crate) use cohort::{comparison, settle_columns};
pub(crate) use copies::set_copies_aside;
pub(crate) use known::Known;
pub(crate) use oc2::{other_children, returns_as_a_whole, sector_rules, set_strangers_aside};
pub(crate) use orphans::orphans;
pub(crate) use returns::monitoring_against_children;
pub(crate) use sdq::{
    births, forms_and_ages, informants_from_headers, no_baseline, set_coded_from_one_aside,
    set_unborn_aside,
};
pub(crate) use zeros::{identifiers, length_with_zero, lost_zeros};

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
    let at = layout.column(column)?;
    Some(Finding {
        child_id: located.record.child_id().cloned(),
        value: cell_of(located, column, sheets).map(|raw| raw.shown()),
        ..rule.at(layout.place(sheet, located.row, at), message)
    })
}

/// The cell of a record in a column of its table; `None` where it is blank.
fn cell_of<'a, R>(
    located: &Located<R>,
    column: &str,
    sheets: &'a [Assigned],
) -> Option<Cow<'a, Raw>> {
    let assigned = sheets.get(located.sheet)?;
    cell_at(located, assigned.layout.column(column)?, assigned)
}

/// The cell of a record in a column of its sheet.
fn cell_at<'a, R>(
    located: &Located<R>,
    column: u32,
    assigned: &'a Assigned,
) -> Option<Cow<'a, Raw>> {
    assigned.sheet.rows.cell(located.row, column)
}
