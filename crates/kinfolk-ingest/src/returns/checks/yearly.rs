//! Yearly outcomes against each other and against age.

use kinfolk_model::care::{YearlyAnswers, YearlyOutcomes};

use super::{ChildRows, Found, breach, last_day};
use crate::returns::origin::Rowed;
use crate::returns::rules;

/// From this age on convictions are asked about.
const OF_RESPONSIBILITY: i16 = 10;
/// From this age on development assessments are not.
const OF_SCHOOL: i16 = 5;

pub(super) fn check(child: &ChildRows<'_>, found: &mut Found) {
    for row in child.yearly {
        answers(row, found);
        interventions(row, found);
        ages(child, row, found);
    }
}

/// What goes with an answer of the two that depend on age.
fn answers(row: &Rowed<YearlyOutcomes>, found: &mut Found) {
    let YearlyAnswers {
        immunisations,
        teeth_check,
        health_assessment,
        substance_misuse,
        ..
    } = row.record.answers;
    let asked_of_all = [
        immunisations,
        teeth_check,
        health_assessment,
        substance_misuse,
    ];
    if asked_of_all.iter().all(Option::is_some) {
        return;
    }
    if row.record.answers.convicted == Some(true) {
        found.push(breach(&rules::CONVICTED_ONLY, row, "convicted"));
    }
    if row.record.answers.health_check == Some(true) {
        found.push(breach(&rules::HEALTH_CHECK_ONLY, row, "health_check"));
    }
}

/// What is said of interventions goes with what is said of substance misuse.
fn interventions(row: &Rowed<YearlyOutcomes>, found: &mut Found) {
    let YearlyAnswers {
        substance_misuse,
        intervention_received: received,
        intervention_offered: offered,
        ..
    } = row.record.answers;
    if substance_misuse == Some(true) {
        if received.is_none() {
            found.push(breach(
                &rules::INTERVENTION_BLANK,
                row,
                "intervention_received",
            ));
        } else if received == Some(true) && offered.is_some() {
            found.push(breach(
                &rules::INTERVENTION_TWICE,
                row,
                "intervention_offered",
            ));
        }
    } else if received.is_some() || offered.is_some() {
        found.push(breach(
            &rules::INTERVENTION_WITHOUT_MISUSE,
            row,
            "intervention_received",
        ));
    }
}

fn ages(child: &ChildRows<'_>, row: &Rowed<YearlyOutcomes>, found: &mut Found) {
    let end = last_day(row.record.year);
    let is_younger_than = |age| child.birthday(age).map(|day| day > end);
    let answers = row.record.answers;
    if answers.convicted.is_some() && is_younger_than(OF_RESPONSIBILITY) == Some(true) {
        found.push(breach(&rules::CONVICTED_TOO_YOUNG, row, "convicted"));
    }
    if answers.health_check.is_some() && is_younger_than(OF_SCHOOL) == Some(false) {
        found.push(breach(&rules::HEALTH_CHECK_TOO_OLD, row, "health_check"));
    }
}
