//! Whether episodes follow one another as their reasons say.

use kinfolk_model::care::{CONTINUES, Episode, STARTED, ShortCode, return_starts};

use super::{Breach, ChildRows, Found, breach, is_same_placement};
use crate::returns::origin::Rowed;
use crate::returns::rules;

/// Died; found to be 18 or older.
const LAST: [ShortCode; 2] = [ShortCode::of("E2"), ShortCode::of("E15")];

pub(super) fn check(child: &ChildRows<'_>, found: &mut Found) {
    first_starts_care(child, found);
    last_does_not_continue(child, found);
    check_order(child, found);
    for (before, after) in child.continuations() {
        changes_what_it_says(before, after, found);
        if before.record.need != after.record.need {
            found.push(breach(&rules::NEED_CHANGES, after, "cin"));
        }
    }
}

/// Whether each episode begins where the one before it ends, or care with it.
pub(super) fn check_order(child: &ChildRows<'_>, found: &mut Found) {
    for (before, after) in child.pairs() {
        follows(before, after, found);
    }
}

/// Of a child who was in care before the first return that is here, the first episode is not known.
fn first_starts_care(child: &ChildRows<'_>, found: &mut Found) {
    let (Some(first), Some(year)) = (child.history.first(), child.years.first()) else {
        return;
    };
    if first.record.started >= return_starts(*year) && first.record.reason_new != STARTED {
        found.push(breach(&rules::FIRST_IS_NO_START, first, "rne"));
    }
}

fn last_does_not_continue(child: &ChildRows<'_>, found: &mut Found) {
    if let Some(last) = child.history.last()
        && last.record.ended.is_some()
        && last.record.reason_ended == CONTINUES
    {
        found.push(breach(&rules::NOTHING_FOLLOWS, last, "rec"));
    }
}

fn follows(before: &Rowed<Episode>, after: &Rowed<Episode>, found: &mut Found) {
    let starts = after.record.reason_new == STARTED;
    let continues = before.record.reason_ended == CONTINUES;
    let Some(ended) = before.record.ended else {
        return found.extend(left_open(before, after));
    };
    let started = after.record.started;
    if LAST.contains(&before.record.reason_ended) {
        found.push(breach(&rules::AFTER_THE_LAST, after, "decom"));
    } else if ended > started {
        found.push(breach(&rules::ROWS_OVERLAP, after, "decom"));
    } else if !continues && !starts && !before.record.reason_ended.is_blank() {
        found.push(breach(&rules::START_NOT_MARKED, after, "rne"));
    } else if ended < started && !starts {
        found.push(breach(&rules::NOT_SAME_DAY, after, "decom"));
    } else if ended < started && continues {
        found.push(breach(&rules::NOTHING_FOLLOWS, before, "rec"));
    } else if ended == started && starts && !after.record.is_short_break() {
        found.push(breach(&rules::STARTS_AGAIN, after, "rne"));
    }
}

/// An episode that lasts in the return that has the next one is left open. One of an earlier return
/// ought to have been carried over; where the next began before the year, the rules for rows carried
/// over say so.
fn left_open(before: &Rowed<Episode>, after: &Rowed<Episode>) -> Option<Breach> {
    let is_same_return = before.record.year == after.record.year;
    let began_in_year = after.record.started >= return_starts(after.record.year);
    if is_same_return {
        Some(breach(&rules::LEFT_OPEN, before, "dec"))
    } else {
        began_in_year.then(|| breach(&rules::OPEN_NOT_CARRIED, after, "decom"))
    }
}

fn changes_what_it_says(before: &Rowed<Episode>, after: &Rowed<Episode>, found: &mut Found) {
    let changes_status = before.record.legal_status != after.record.legal_status;
    let changes_placement = !is_same_placement(&before.record, &after.record);
    let (rule, is_kept) = match after.record.reason_new.as_str() {
        "L" => (&rules::ONLY_LEGAL, changes_status && !changes_placement),
        "P" | "T" => (&rules::ONLY_PLACEMENT, changes_placement && !changes_status),
        "B" | "U" => (&rules::BOTH_CHANGE, changes_placement && changes_status),
        _ => return,
    };
    if !is_kept {
        found.push(breach(rule, after, "rne"));
    }
}
