//! Rules of the Strengths and Difficulties Questionnaire that look at a whole sheet or at the child.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use kinfolk_model::{Child, ChildId, Finding, Informant, Place, Sdq, SdqBaseline, SdqForm, format};
use rayon::prelude::*;

use super::at;
use crate::cell::{self, ReadInteger};
use crate::rules;
use crate::table::sdq::ITEMS;
use crate::table::{Assigned, Located, Record, Rows};

/// Dates of birth by child, to look up and nothing else: the order is no order.
pub(crate) type Births<'a> = HashMap<&'a ChildId, Date>;

/// The dates of birth that the Practice Summaries give.
pub(crate) fn births(children: &Rows<Child>) -> Births<'_> {
    let born = |located: &'_ Located<Child>| located.record.date_of_birth;
    children
        .located
        .iter()
        .filter_map(|located| Some((&located.record.child_id, born(located)?)))
        .collect()
}

/// Sets aside every row of a sheet whose items are coded from 1 to 3: no answer is 0 and some are 3.
pub(crate) fn set_coded_from_one_aside(rows: &mut Rows<Sdq>, sheets: &[Assigned]) {
    for (number, assigned) in sheets.iter().enumerate() {
        let is_sdq = assigned.layout.table.name == Sdq::TABLE;
        if !is_sdq || !is_coded_from_one(assigned) {
            continue;
        }
        let n_before = rows.located.len();
        rows.located.retain(|located| located.sheet != number);
        let n_refused = n_before - rows.located.len();
        rows.n_set_aside += n_refused;
        // Each answer of 3 has been told as being out of range, which is beside the point.
        rows.findings
            .take_back(&rules::SDQ_OUTSIDE_RANGE, &assigned.sheet.place());
        rows.findings.push(Finding {
            row_set_aside: true,
            ..rules::SDQ_CODED_FROM_ONE.at(
                header_place(assigned),
                format!(
                    "no item is 0 and some are 3; none of the {} questionnaires was scored",
                    format::count(n_refused as u64)
                ),
            )
        });
    }
}

fn is_coded_from_one(Assigned { sheet, layout }: &Assigned) -> bool {
    let columns: Vec<u32> = ITEMS
        .iter()
        .filter_map(|item| layout.column(item))
        .collect();
    let (mut has_zero, mut has_three) = (false, false);
    sheet.rows.whole().visit_while(|row| {
        let is_below = row.number > layout.header_row;
        let items = columns.iter().filter_map(|column| row.get(*column));
        for raw in items.filter(|_| is_below) {
            let answer = cell::integer(raw).map(ReadInteger::value);
            has_zero |= answer == Ok(0);
            has_three |= answer == Ok(3);
        }
        !has_zero
    });
    has_three && !has_zero
}

fn header_place(Assigned { sheet, layout }: &Assigned) -> Place {
    Place {
        row: Some(layout.header_row),
        ..sheet.place()
    }
}

/// Warns when the rule of the study finds a baseline for no child at all.
pub(crate) fn no_baseline(
    rows: &Rows<Sdq>,
    children: &Rows<Child>,
    rule: SdqBaseline,
    sheets: &[Assigned],
) -> Option<Finding> {
    let starts: BTreeMap<&ChildId, Date> = children
        .located
        .iter()
        .filter_map(|child| Some((&child.record.child_id, child.record.start_date?)))
        .collect();
    let serves = |sdq: &Sdq| {
        let start = starts.get(&sdq.child_id);
        match rule {
            SdqBaseline::First => true,
            SdqBaseline::NearestStart => start.is_some(),
            SdqBaseline::LastBeforeStart => start.is_some_and(|start| sdq.date <= *start),
        }
    };
    let first = rows.located.first()?;
    let has_one = rows.located.iter().any(|sdq| serves(&sdq.record));
    let message = format!(
        "sdq_baseline is {rule}, and none of {} questionnaires is such a one",
        format::count(rows.located.len() as u64)
    );
    let place = header_place(sheets.get(first.sheet)?);
    (!has_one).then(|| rules::SDQ_NO_BASELINE.at(place, message))
}

/// Notes each sheet in which only the headers tell who answered.
pub(crate) fn informants_from_headers(sheets: &[Assigned]) -> Vec<Finding> {
    sheets
        .iter()
        // A yearly return asks carers, so that nothing was guessed.
        .filter(|assigned| assigned.layout.completed.is_none())
        .filter(|assigned| assigned.layout.column("informant").is_none())
        .filter_map(|assigned| {
            let informant = assigned.layout.informant?;
            let message = if assigned.layout.others.is_empty() {
                format!("every row was read as {informant}")
            } else {
                "each row was read as one questionnaire for each informant".to_owned()
            };
            Some(rules::SDQ_INFORMANT_FROM_HEADERS.at(header_place(assigned), message))
        })
        .collect()
}

/// Sets aside each questionnaire from before the child was born.
pub(crate) fn set_unborn_aside(rows: &mut Rows<Sdq>, births: &Births<'_>, sheets: &[Assigned]) {
    let is_unborn = |located: &Located<Sdq>| is_before_birth(&located.record, births);
    if !rows.located.par_iter().any(is_unborn) {
        return;
    }
    let located = std::mem::take(&mut rows.located);
    for located in located {
        match before_birth(&located, births, sheets) {
            Some(finding) => {
                rows.n_set_aside += 1;
                rows.findings.push(finding);
            }
            None => rows.located.push(located),
        }
    }
}

fn before_birth(
    located: &Located<Sdq>,
    births: &Births<'_>,
    sheets: &[Assigned],
) -> Option<Finding> {
    if !is_before_birth(&located.record, births) {
        return None;
    }
    let birth = births.get(&located.record.child_id)?;
    let message = format!("the questionnaire is from before the birth on {birth}");
    let finding = at(&rules::DATE_ORDER, located, "date", message, sheets)?;
    Some(Finding {
        row_set_aside: true,
        ..finding
    })
}

fn is_before_birth(record: &Sdq, births: &Births<'_>) -> bool {
    let birth = births.get(&record.child_id);
    birth.is_some_and(|birth| record.date < *birth)
}

/// Warns of each form that is not meant for the child's age.
pub(crate) fn forms_and_ages(
    rows: &Rows<Sdq>,
    births: &Births<'_>,
    sheets: &[Assigned],
) -> Vec<Finding> {
    rows.located
        .par_iter()
        .filter_map(|located| {
            let (column, message) = form_not_meant(&located.record, births)?;
            at(&rules::SDQ_FORM_AND_AGE, located, column, message, sheets)
        })
        .collect()
}

/// The column of what is doubtful about a form, and what that is.
fn form_not_meant(record: &Sdq, births: &Births<'_>) -> Option<(&'static str, String)> {
    let form = record.form.unwrap_or(SdqForm::Ages4To17);
    let (who, ages) = match (form, record.informant) {
        (SdqForm::Ages2To4, Informant::YoungPerson) => {
            let message = "there is no form for ages 2 to 4 that children fill in themselves";
            return Some(("form", message.to_owned()));
        }
        (SdqForm::Ages2To4, _) => ("the form for ages 2 to 4", 2..=4),
        (SdqForm::Ages4To17, Informant::YoungPerson) => ("the self-report", 11..=17),
        (SdqForm::Ages4To17, _) => ("the form for ages 4 to 17", 4..=17),
    };
    let age = age(*births.get(&record.child_id)?, record.date);
    let is_meant = ages.contains(&age);
    (!is_meant).then(|| ("date", format!("{who} was used when the child was {age}")))
}

/// Completed years.
fn age(birth: Date, day: Date) -> i16 {
    let had_birthday = (day.month(), day.day()) >= (birth.month(), birth.day());
    day.year() - birth.year() - i16::from(!had_birthday)
}
