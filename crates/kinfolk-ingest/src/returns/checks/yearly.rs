//! Yearly outcomes against each other, against age and against time in care.

use jiff::civil::Date;
use kinfolk_model::care::{ShortCode, YearlyOutcomes};
use kinfolk_model::parse_code;

use super::{ChildRows, Found, breach, first_day, is_short_break, last_day};
use crate::returns::answers::Answered;
use crate::returns::origin::Rowed;
use crate::returns::said_of_sdq::SaidOfSdq;
use crate::rules;

pub(super) fn check(child: &ChildRows<'_>, found: &mut Found) {
    for row in child.yearly {
        let year = row.record.year;
        let born = child.child.date_of_birth;
        let twelve_months = has_twelve_months(child, year);
        let answered = Answered {
            answers: row.record.answers,
            born,
            twelve_months,
            last_day: last_day(year),
        };
        let broken = answered.breaches().into_iter();
        found.extend(broken.map(|(rule, column)| breach(rule, row, column)));
        if child.sdq_years.contains(&year) {
            of_sdq(row, born, twelve_months, found);
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

/// Whether a child was looked after on every day of a year and still is on its last, short breaks apart;
/// `None` where no episode tells.
fn has_twelve_months(child: &ChildRows<'_>, year: i16) -> Option<bool> {
    if child.history.is_empty() {
        return None;
    }
    let (first, last) = (first_day(year), last_day(year));
    let mut covered = first;
    for episode in child.history.iter().map(|row| &row.record) {
        let is_of_year = episode.started <= last && episode.ended.is_none_or(|end| end > first);
        if !is_of_year {
            continue;
        }
        if episode.started > covered || is_short_break(episode) {
            return Some(false);
        }
        let starts_anew = episode.started > first && episode.reason_new == super::STARTED;
        match episode.ended {
            _ if starts_anew => return Some(false),
            None => return Some(true),
            Some(ended) => covered = ended,
        }
    }
    Some(covered > last)
}
