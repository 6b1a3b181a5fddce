//! Yearly outcomes against each other, against age and against time in care.

use super::{ChildRows, Found, breach, first_day, is_short_break, last_day};
use crate::returns::answers::Answered;

pub(super) fn check(child: &ChildRows<'_>, found: &mut Found) {
    for row in child.yearly {
        let year = row.record.year;
        let answered = Answered {
            answers: row.record.answers,
            born: child.child.date_of_birth,
            twelve_months: has_twelve_months(child, year),
            last_day: last_day(year),
        };
        let broken = answered.breaches().into_iter();
        found.extend(broken.map(|(rule, column)| breach(rule, row, column)));
    }
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
