//! Children of the study in the return on children looked after.

use std::collections::BTreeSet;

use kinfolk_model::{ChildId, Finding, Study, format};

use crate::folder::file_place;
use crate::rules;

/// Says how many children of the study the returns know. Both must use the same identifier.
pub(crate) fn children_in_returns(study: &Study) -> Finding {
    let of_study: BTreeSet<&ChildId> = study.children.rows.iter().map(|c| &c.child_id).collect();
    let in_returns = study.care.records.children.iter();
    let n_found = in_returns
        .filter(|child| of_study.contains(&child.child_id))
        .count();
    let rule = match (n_found, of_study.len()) {
        (0, 1..) => &rules::RETURNS_KNOW_NOBODY,
        _ => &rules::RETURNS_KNOW,
    };
    let message = format!(
        "{} of {} children of the study are in the returns",
        format::count(n_found as u64),
        format::count(of_study.len() as u64)
    );
    let source = study
        .care
        .tables
        .iter()
        .find_map(|table| table.sources.first());
    let folder = source
        .and_then(|path| path.rsplit_once('/'))
        .map_or(".", |(folder, _)| folder);
    rule.at(file_place(folder), message)
}
