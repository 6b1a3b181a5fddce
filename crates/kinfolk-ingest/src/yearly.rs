//! Yearly outcomes (OC2) of a study: they stand in a table of it, or within the XML form of its returns. Either
//! way the SDQ and the histories in care get all of them.

use std::collections::{BTreeMap, BTreeSet};

use kinfolk_model::care::{CareChild, ShortCode, YearlyOutcomes};
use kinfolk_model::{ChildId, Code, Finding, Oc2, Study, parse_code};

use crate::folder::file_place;
use crate::rules;

/// The table, by its name.
const TABLE: &str = "oc2";

/// Puts the rows of the returns among those of the study, and the rows of the study among the returns. A row
/// of a child and year that the study has already is set aside.
pub(crate) fn share_yearly_outcomes(study: &mut Study) -> Option<Finding> {
    let repeated = take_from_returns(study);
    let records = &mut study.care.records;
    let known: BTreeMap<&ChildId, u32> = records
        .children
        .iter()
        .zip(0..)
        .map(|(child, place)| (&child.child_id, place))
        .collect();
    let rows = study.oc2.rows.iter();
    let mut yearly: Vec<YearlyOutcomes> = rows
        .filter_map(|row| {
            Some(YearlyOutcomes {
                child: *known.get(&row.child_id)?,
                year: row.year,
                sdq_score: row.sdq_score,
                sdq_reason: row
                    .sdq_reason
                    .map_or(ShortCode::BLANK, |reason| ShortCode::of(reason.code())),
                answers: row.answers,
            })
        })
        .collect();
    yearly.sort_unstable();
    records.yearly = yearly;
    repeated
}

/// The rows of an XML form; what is said of those that a table of the study has already.
fn take_from_returns(study: &mut Study) -> Option<Finding> {
    let accounts = &mut study.care.tables;
    let at = accounts.iter().position(|account| account.name == TABLE)?;
    let account = accounts.remove(at);
    let records = &study.care.records;
    let own = study.oc2.rows.iter();
    let mut known: BTreeSet<(ChildId, i16)> =
        own.map(|row| (row.child_id.clone(), row.year)).collect();
    let mut n_repeated = 0;
    for row in &records.yearly {
        let Some(child) = records.children.get(row.child as usize) else {
            continue;
        };
        if known.insert((child.child_id.clone(), row.year)) {
            study.oc2.rows.push(in_study(row, child));
        } else {
            n_repeated += 1;
        }
    }
    let n_read = usize::try_from(account.n_read).unwrap_or(usize::MAX);
    let n_aside = usize::try_from(account.n_set_aside).unwrap_or(usize::MAX);
    study.oc2.n_read += n_read;
    study.oc2.n_set_aside += n_aside + n_repeated;
    let file = account.sources.first().cloned().unwrap_or_default();
    study.oc2.sources.extend(account.sources);
    (n_repeated > 0).then(|| {
        let message = format!(
            "{n_repeated} rows of yearly outcomes are of a child and year that another table holds"
        );
        rules::DUPLICATE_ROW.at(file_place(&file), message)
    })
}

fn in_study(row: &YearlyOutcomes, child: &CareChild) -> Oc2 {
    Oc2 {
        child_id: child.child_id.clone(),
        year: row.year,
        date_of_birth: child.date_of_birth,
        sdq_score: row.sdq_score,
        // A score says that there is no reason for having none.
        sdq_reason: parse_code(row.sdq_reason.as_str())
            .ok()
            .filter(|_| row.sdq_score.is_none()),
        looked_after_12_months: None,
        answers: row.answers,
    }
}
