//! Temporary placements (T0 to T4): how long, and whether the child returns.

use jiff::civil::Date;
use kinfolk_model::care::{CONTINUES, Episode, STARTED, ShortCode, return_ends, return_starts};

use super::{ChildRows, Found, breach, is_temporary};
use crate::returns::origin::Rowed;
use crate::returns::rules;

const CARERS_ON_HOLIDAY: ShortCode = ShortCode::of("T3");
/// How many stays for the carers' holiday a year may have.
const MOST_HOLIDAYS: usize = 2;

pub(super) fn check(child: &ChildRows<'_>, found: &mut Found) {
    for (at, row) in child.history.iter().enumerate() {
        if is_temporary(&row.record) {
            alone(row, found);
            let before = at
                .checked_sub(1)
                .and_then(|before| child.history.get(before));
            returns(
                before.copied(),
                row,
                child.history.get(at + 1).copied(),
                found,
            );
        }
    }
    too_many_holidays(child, found);
}

fn alone(row: &Rowed<Episode>, found: &mut Found) {
    let Episode {
        reason_new,
        reason_ended,
        ended,
        ..
    } = row.record;
    if reason_new == STARTED {
        found.push(breach(&rules::TEMPORARY_STARTS_CARE, row, "place"));
    }
    if ended.is_some() && reason_ended != CONTINUES {
        found.push(breach(&rules::TEMPORARY_ENDS_CARE, row, "place"));
    }
    if row.record.is_short_break() {
        found.push(breach(&rules::TEMPORARY_IN_BREAKS, row, "place"));
    }
    let (longest, rule) = match row.record.placement.as_str() {
        "T1" => (42, &rules::HOSPITAL_TOO_LONG),
        "T3" => (21, &rules::HOLIDAY_TOO_LONG),
        "T4" => (7, &rules::TEMPORARY_TOO_LONG),
        _ => return,
    };
    let last = ended.unwrap_or_else(|| return_ends(row.record.year));
    if days_between(row.record.started, last) > longest {
        found.push(breach(rule, row, "place"));
    }
}

fn days_between(started: Date, ended: Date) -> i32 {
    started.until(ended).map_or(0, |span| span.get_days())
}

/// Whether the child is back where it was. Time away may have several episodes.
fn returns(
    before: Option<&Rowed<Episode>>,
    row: &Rowed<Episode>,
    after: Option<&Rowed<Episode>>,
    found: &mut Found,
) {
    let (Some(before), Some(after)) = (before, after) else {
        return;
    };
    let is_within_care = before.record.reason_ended == CONTINUES
        && row.record.reason_ended == CONTINUES
        && after.record.reason_new != STARTED;
    if !is_within_care || is_temporary(&before.record) || is_temporary(&after.record) {
        return;
    }
    let is_back = before.record.placement == after.record.placement
        && before.record.placement_postcode == after.record.placement_postcode
        && after.record.reason_new.as_str() == "P";
    if !is_back {
        found.push(breach(&rules::NO_RETURN, after, "place"));
    }
}

fn too_many_holidays(child: &ChildRows<'_>, found: &mut Found) {
    for year in child.years {
        let days = return_starts(*year)..=return_ends(*year);
        let holidays = child.history.iter().filter(|row| {
            row.record.placement == CARERS_ON_HOLIDAY && days.contains(&row.record.started)
        });
        found.extend(
            holidays
                .skip(MOST_HOLIDAYS)
                .map(|row| breach(&rules::HOLIDAYS_TOO_MANY, row, "place")),
        );
    }
}
