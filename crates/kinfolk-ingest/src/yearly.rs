//! Yearly outcomes (OC2) of a study: they stand in a table of it, or within the XML form of its returns. Either
//! way the SDQ and the histories in care get all of them.

use std::collections::{BTreeMap, BTreeSet};

use kinfolk_model::care::{
    CareChild, CareRecords, Episode, ShortCode, YearlyAnswers, YearlyOutcomes,
    is_twelve_months_in_care, return_ends,
};
use kinfolk_model::{ChildId, Code, Finding, Oc2, Study, format, parse_code};

use crate::folder::file_place;
use crate::returns::{YEARLY_ROW_MISSING, one_for_each_start};
use crate::rules;

/// The table, by its name.
const TABLE: &str = "oc2";

/// Puts the rows of the returns among those of the study, and the rows of the study among the returns. A row
/// of a child and year that the study has already is set aside.
pub(crate) fn share_yearly_outcomes(study: &mut Study) -> Vec<Finding> {
    let of_table = years_with_answers(study);
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
    let mut findings = rows_missing(study, &of_table);
    findings.extend(repeated);
    findings
}

/// The years of returns of which the table of the study has answers, and not the SDQ alone.
fn years_with_answers(study: &Study) -> BTreeSet<i16> {
    let rows = study.oc2.rows.iter();
    let answered = rows.filter(|row| row.answers != YearlyAnswers::default());
    let of_returns = &study.care.records.years;
    let years = answered.map(|row| row.year);
    years.filter(|year| of_returns.contains(year)).collect()
}

/// Children who took part, had been looked after for twelve months, and have no row in the table of a year. Others
/// may be left out of a table of the study.
fn rows_missing(study: &Study, years: &BTreeSet<i16>) -> Vec<Finding> {
    let (Some(source), false) = (study.oc2.sources.first(), years.is_empty()) else {
        return Vec::new();
    };
    let children = study.children.rows.iter();
    let of_programme = children.filter(|child| child.start_date.is_some());
    let of_programme: BTreeSet<&ChildId> = of_programme.map(|child| &child.child_id).collect();
    let records = &study.care.records;
    let mut findings = Vec::new();
    for of_child in records.episodes.chunk_by(|a, b| a.child == b.child) {
        let child = of_child
            .first()
            .and_then(|row| records.children.get(row.child as usize));
        let Some(child) = child.filter(|child| of_programme.contains(&child.child_id)) else {
            continue;
        };
        let rows = in_order_of_start(of_child);
        let history = one_for_each_start(&rows, |row| row);
        let is_due = |year: &&i16| {
            let end = return_ends(**year);
            let history = history.iter().copied();
            // One that an earlier return left open, and this one does not have, has ended.
            let mut of_year = rows.iter().filter(|row| row.year == **year);
            !has_row(records, of_child, **year)
                && of_year.any(|row| row.is_open_on(end))
                && is_twelve_months_in_care(history, end)
        };
        findings.extend(years.iter().filter(is_due).map(|year| Finding {
            child_id: Some(child.child_id.clone()),
            ..YEARLY_ROW_MISSING.at(
                file_place(source),
                format!(
                    "no row for the year that ended on {}",
                    format::day(return_ends(*year))
                ),
            )
        }));
    }
    findings
}

/// Whether the child of these rows has yearly outcomes of a year.
fn has_row(records: &CareRecords, of_child: &[Episode], year: i16) -> bool {
    let of = |row: &YearlyOutcomes| (row.child, row.year);
    let child = of_child.first().map(|row| row.child);
    child.is_some_and(|child| {
        records
            .yearly
            .binary_search_by_key(&(child, year), of)
            .is_ok()
    })
}

fn in_order_of_start(rows: &[Episode]) -> Vec<Episode> {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|row| row.started);
    rows
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
