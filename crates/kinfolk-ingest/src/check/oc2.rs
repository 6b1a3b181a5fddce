//! Rules of the yearly return on outcomes (OC2), by the numbers under which the sector knows them.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use kinfolk_model::{Finding, Oc2, Period, Place, Sdq, format};
use rayon::prelude::*;

use super::known::Known;
use super::sdq::Births;
use super::{at, cell_at};
use crate::cell;
use crate::returns::{Answered, SaidOfSdq};
use crate::rules;
use crate::table::oc2::{YearOfSheet, year_of_sheet};
use crate::table::{Assigned, Located, Record, Rows};

/// Fewer rows than this are not worth another thread.
const ROWS_FOR_A_THREAD: usize = 4_096;

/// Notes what holds for whole sheets: where the year came from, and that every score is zero.
pub(crate) fn returns_as_a_whole(
    rows: &Rows<Oc2>,
    period: Period,
    sheets: &[Assigned],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, assigned) in sheets.iter().enumerate() {
        if assigned.layout.table.name == Oc2::TABLE {
            // Where there are days of completion, the sheet's year serves only the rows without one.
            let is_used = rows.located.iter().any(|located| {
                located.sheet == number && !has_day_of_completion(located, assigned)
            });
            findings.extend(is_used.then(|| year_taken(assigned, period)).flatten());
            findings.extend(only_zeros(number, rows, assigned));
        }
    }
    findings
}

fn has_day_of_completion(located: &Located<Oc2>, assigned: &Assigned) -> bool {
    let column = assigned.layout.completed;
    let raw = column.and_then(|column| cell_at(located, column, assigned));
    // The century of a year of two digits does not matter here.
    raw.is_some_and(|raw| cell::date(&raw, Date::ZERO).is_some())
}

fn year_taken(assigned: &Assigned, period: Period) -> Option<Finding> {
    if assigned.layout.column("year").is_some() {
        return None;
    }
    let message = match year_of_sheet(&assigned.sheet, period) {
        YearOfSheet::Named(year) => format!("{year} was taken from the name"),
        YearOfSheet::OfPeriod(year) => format!("{year} was taken from the period of the study"),
    };
    Some(rules::OC2_YEAR_TAKEN.at(header_place(assigned), message))
}

fn only_zeros(number: usize, rows: &Rows<Oc2>, assigned: &Assigned) -> Option<Finding> {
    let of_sheet = rows
        .located
        .iter()
        .filter(|located| located.sheet == number);
    let scores: Vec<u8> = of_sheet
        .filter_map(|located| located.record.sdq_score)
        .collect();
    let is_zero = !scores.is_empty() && scores.iter().all(|score| *score == 0);
    is_zero.then(|| {
        let n = format::count(scores.len() as u64);
        let message = format!("scores: {n}, each of them 0");
        rules::OC2_ONLY_ZEROS.at(header_place(assigned), message)
    })
}

fn header_place(Assigned { sheet, layout }: &Assigned) -> Place {
    Place {
        row: Some(layout.header_row),
        ..sheet.place()
    }
}

/// Notes how many children of a return the programme does not know, which is as it should be; but
/// warns where it knows none of them.
pub(crate) fn other_children(rows: &Rows<Oc2>, known: &Known, sheets: &[Assigned]) -> Vec<Finding> {
    let (ours, others): (Vec<_>, Vec<_>) = rows
        .located
        .iter()
        .partition(|located| known.contains(&located.record.child_id));
    if ours.is_empty() {
        return super::orphans(rows, known, sheets);
    }
    about_others(&others, sheets).into_iter().collect()
}

/// Sets aside what a return with days of completion says of children whom the programme does not
/// know, unless it knows none of them.
pub(crate) fn set_strangers_aside(rows: &mut Rows<Sdq>, known: &Known, sheets: &[Assigned]) {
    let is_of_return = |located: &Located<Sdq>| {
        let assigned = sheets.get(located.sheet);
        assigned.is_some_and(|assigned| assigned.layout.completed.is_some())
    };
    let is_known = |located: &Located<Sdq>| known.contains(&located.record.child_id);
    let knows_any = |located: &Located<Sdq>| is_of_return(located) && is_known(located);
    if !rows.located.iter().any(knows_any) {
        return;
    }
    let (strangers, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut rows.located)
        .into_iter()
        .partition(|located| is_of_return(located) && !is_known(located));
    rows.located = kept;
    rows.n_set_aside += strangers.len();
    let strangers: Vec<&Located<Sdq>> = strangers.iter().collect();
    rows.findings
        .extend(about_others(&strangers, sheets).map(|finding| Finding {
            row_set_aside: true,
            ..finding
        }));
}

fn about_others<R: Record>(others: &[&Located<R>], sheets: &[Assigned]) -> Option<Finding> {
    let first = others.first()?;
    let children: BTreeSet<_> = others
        .iter()
        .filter_map(|located| located.record.child_id())
        .collect();
    let n = format::count(children.len() as u64);
    let message = format!("children without a Practice Summary: {n}");
    let finding = at(
        &rules::OC2_OTHER_CHILDREN,
        first,
        "child_id",
        message,
        sheets,
    )?;
    Some(Finding {
        child_id: None,
        value: None,
        ..finding
    })
}

/// Holds each row against the sector's rules. Of a return that lists every child in care, only the
/// rows of children whom the programme knows.
pub(crate) fn sector_rules(
    rows: &Rows<Oc2>,
    known: &Known,
    births: &Births<'_>,
    sheets: &[Assigned],
) -> Vec<Finding> {
    let filled = Filled::of(sheets);
    rows.located
        .par_iter()
        .with_min_len(ROWS_FOR_A_THREAD)
        .filter(|located| known.is_empty() || known.contains(&located.record.child_id))
        .flat_map_iter(|located| {
            let said = said_of_sdq(located, births, &filled);
            let of_answers = about_answers(located, births, sheets);
            said.breaches()
                .into_iter()
                .filter_map(|(rule, message)| at(rule, located, said.column(), message, sheets))
                .chain(of_answers)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// What the answers of a row break, by the same rules as in a return. A sheet of SDQ scores alone, and a row
/// without an answer, break none.
fn about_answers(located: &Located<Oc2>, births: &Births<'_>, sheets: &[Assigned]) -> Vec<Finding> {
    let record = &located.record;
    let answered = Answered {
        answers: record.answers,
        born: record
            .date_of_birth
            .or_else(|| births.get(&record.child_id).copied()),
        twelve_months: Some(record.looked_after_12_months.unwrap_or(true)),
        last_day: date(record.year, 3, 31),
    };
    let broken = answered.breaches().into_iter();
    broken
        .filter_map(|(rule, column)| {
            let found = |column| at(rule, located, column, rule.in_a_sentence(), sheets);
            found(column).or_else(|| found("child_id"))
        })
        .collect()
}

/// Which rows have something in the columns of the SDQ, be it readable or not.
struct Filled {
    scores: FilledCells,
    reasons: FilledCells,
}

/// The rows, sheet by sheet, that are not blank in a column.
struct FilledCells(Vec<Vec<u32>>);

impl Filled {
    fn of(sheets: &[Assigned]) -> Self {
        Self {
            scores: FilledCells::of("sdq_score", sheets),
            reasons: FilledCells::of("sdq_reason", sheets),
        }
    }
}

impl FilledCells {
    fn of(column: &str, sheets: &[Assigned]) -> Self {
        let of_sheet = |assigned: &Assigned| {
            let mut rows = Vec::new();
            let is_oc2 = assigned.layout.table.name == Oc2::TABLE;
            if let Some(column) = assigned.layout.column(column).filter(|_| is_oc2) {
                let whole = assigned.sheet.rows.whole();
                whole.visit_column(column, |row, _| rows.push(row));
            }
            rows
        };
        Self(sheets.par_iter().map(of_sheet).collect())
    }

    fn has<R>(&self, located: &Located<R>) -> bool {
        let rows = self.0.get(located.sheet);
        rows.is_some_and(|rows| rows.binary_search(&located.row).is_ok())
    }
}

/// What a row says of the SDQ, as far as the rules go.
fn said_of_sdq(located: &Located<Oc2>, births: &Births<'_>, filled: &Filled) -> SaidOfSdq {
    let record = &located.record;
    SaidOfSdq {
        has_score: filled.scores.has(located),
        has_reason: filled.reasons.has(located),
        reason: record.sdq_reason,
        twelve_months: Some(record.looked_after_12_months.unwrap_or(true)),
        born: record
            .date_of_birth
            .or_else(|| births.get(&record.child_id).copied()),
        year: record.year,
    }
}
