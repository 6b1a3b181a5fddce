//! Whether moves are given as moves, with their reasons.

use jiff::civil::{Date, date};
use kinfolk_model::care::{CONTINUES, Episode, ShortCode};

use super::{ChildRows, Found, breach, is_temporary};
use crate::returns::origin::Rowed;
use crate::returns::rules;

/// From when moves with the same carer (T, U) and reasons for moves are collected.
const SINCE: Date = date(2015, 4, 1);
const CUSTODY: ShortCode = ShortCode::of("CUSTOD");
const ADOPTION_WITH_CURRENT_CARERS: [ShortCode; 2] = [ShortCode::of("A3"), ShortCode::of("A5")];
const WITH_PARENTS: ShortCode = ShortCode::of("P1");
/// Single period of accommodation, section 20.
const ACCOMMODATED: ShortCode = ShortCode::of("V2");
/// Reasons for a new episode that do not say that the child went to other carers.
const NO_MOVE: [ShortCode; 4] = [
    ShortCode::of("S"),
    ShortCode::of("T"),
    ShortCode::of("U"),
    ShortCode::of("L"),
];
/// Reasons that say that there is another placement.
const OTHER_PLACEMENT: [ShortCode; 4] = [
    ShortCode::of("P"),
    ShortCode::of("B"),
    ShortCode::of("T"),
    ShortCode::of("U"),
];

pub(super) fn check(child: &ChildRows<'_>, found: &mut Found) {
    let ten = child.birthday(10);
    for row in &child.history {
        alone(row, found);
        let is_custody = row.record.reason_moved == CUSTODY;
        if is_custody
            && row
                .record
                .ended
                .zip(ten)
                .is_some_and(|(ended, ten)| ended < ten)
        {
            found.push(breach(
                &rules::CUSTODY_UNDER_TEN,
                row,
                "reason_place_change",
            ));
        }
    }
    for (before, after) in child.continuations() {
        reason(before, after, found);
    }
}

fn alone(row: &Rowed<Episode>, found: &mut Found) {
    let Episode {
        placement,
        legal_status,
        reason_new,
        ..
    } = row.record;
    let is_with_current_carers = ADOPTION_WITH_CURRENT_CARERS.contains(&placement);
    // A change of legal status during the adoption placement (L) starts a row of its own.
    let is_move = !NO_MOVE.contains(&reason_new);
    if is_with_current_carers && is_move && row.record.started >= SINCE {
        found.push(breach(&rules::ADOPTION_AS_MOVE, row, "rne"));
    }
    if placement == WITH_PARENTS && legal_status == ACCOMMODATED {
        found.push(breach(&rules::PARENTS_IN_ACCOMMODATION, row, "ls"));
    }
    if row.record.ended.is_none() && !row.record.reason_moved.is_blank() {
        found.push(breach(
            &rules::REASON_MOVED_WHILE_OPEN,
            row,
            "reason_place_change",
        ));
    }
}

fn reason(before: &Rowed<Episode>, after: &Rowed<Episode>, found: &mut Found) {
    let is_move = OTHER_PLACEMENT.contains(&after.record.reason_new);
    let is_continued = before.record.reason_ended == CONTINUES && after.record.started >= SINCE;
    if !is_move || !is_continued {
        return;
    }
    let is_around_temporary = is_temporary(&before.record) || is_temporary(&after.record);
    let rule = match (is_around_temporary, before.record.reason_moved.is_blank()) {
        (false, true) => &rules::REASON_MOVED_MISSING,
        (true, false) => &rules::REASON_MOVED_FOR_TEMPORARY,
        _ => return,
    };
    found.push(breach(rule, before, "reason_place_change"));
}
