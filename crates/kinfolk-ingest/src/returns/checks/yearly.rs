//! Yearly outcomes against each other, against age and against time in care.

use jiff::civil::Date;
use kinfolk_model::care::{
    Episode, ShortCode, YearlyOutcomes, is_twelve_months_in_care, return_ends,
};
use kinfolk_model::parse_code;

use super::{ChildRows, Found, breach};
use crate::returns::answers::Answered;
use crate::returns::origin::Rowed;
use crate::returns::rules::YEARLY_ROW_MISSING;
use crate::returns::said_of_sdq::SaidOfSdq;
use crate::rules;

pub(super) fn check(child: &ChildRows<'_>, found: &mut Found) {
    rows_missing(child, found);
    for row in child.yearly {
        let year = row.record.year;
        let born = child.child.date_of_birth;
        let twelve_months = has_twelve_months(child, year);
        let answered = Answered {
            answers: row.record.answers,
            born,
            twelve_months,
            last_day: return_ends(year),
        };
        let broken = answered.breaches().into_iter();
        found.extend(broken.map(|(rule, column)| breach(rule, row, column)));
        if child.sdq_years.contains(&year) {
            of_sdq(row, born, twelve_months, found);
        }
    }
}

/// Years whose return has yearly outcomes, and none of a child who is due them; told at the episode in which the
/// child was on the last day.
fn rows_missing(child: &ChildRows<'_>, found: &mut Found) {
    for year in child.outcome_years {
        if child.yearly.iter().any(|row| row.record.year == *year) {
            continue;
        }
        let Some(current) = current(child, *year) else {
            continue;
        };
        if has_twelve_months(child, *year) == Some(true) {
            found.push(breach(&YEARLY_ROW_MISSING, current, "child"));
        }
    }
}

/// What a row of a return that asks about the SDQ says of it.
fn of_sdq(
    row: &Rowed<YearlyOutcomes>,
    born: Option<Date>,
    twelve_months: Option<bool>,
    found: &mut Found,
) {
    let record = &row.record;
    let said = SaidOfSdq {
        has_score: record.sdq_score.is_some(),
        has_reason: record.sdq_reason != ShortCode::BLANK,
        reason: parse_code(record.sdq_reason.as_str()).ok(),
        twelve_months,
        born,
        year: record.year,
    };
    if said.has_score && said.has_reason {
        found.push(breach(&rules::OC2_197A, row, "sdq_reason"));
    }
    let broken = said.breaches().into_iter();
    found.extend(broken.map(|(rule, _)| breach(rule, row, said.column())));
}

/// The episode of a return that lasts at the end of its year. One that an earlier return left open, and this one
/// does not have, is none.
fn current<'r>(child: &ChildRows<'r>, year: i16) -> Option<&'r Rowed<Episode>> {
    let mut of_year = child.episodes.iter().filter(|row| row.record.year == year);
    of_year.find(|row| row.record.is_open_on(return_ends(year)))
}

/// Whether a child had been looked after for twelve months at the end of a year; `None` where no episode tells.
fn has_twelve_months(child: &ChildRows<'_>, year: i16) -> Option<bool> {
    if child.history.is_empty() {
        return None;
    }
    if child.episode_years.contains(&year) && current(child, year).is_none() {
        return Some(false);
    }
    let history = child.history.iter().map(|row| &row.record);
    Some(is_twelve_months_in_care(history, return_ends(year)))
}
