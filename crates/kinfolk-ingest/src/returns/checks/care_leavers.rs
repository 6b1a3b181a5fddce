//! Care leavers' rows against each other and against age.

use kinfolk_model::care::{CareLeaver, ShortCode, return_ends};

use super::{ChildRows, Found, breach};
use crate::returns::origin::Rowed;
use crate::returns::rules;

const DIED: ShortCode = ShortCode::of("DIED");

pub(super) fn check(child: &ChildRows<'_>, found: &mut Found) {
    for row in child.care_leavers {
        answers(row, found);
        ages(child, row, found);
        let died_before = child.care_leavers.iter().any(|earlier| {
            earlier.record.year < row.record.year && earlier.record.in_touch == DIED
        }) || child.history.iter().any(|episode| {
            episode.record.reason_ended.as_str() == "E2" && episode.record.year < row.record.year
        });
        if died_before {
            found.push(breach(&rules::DIED_BEFORE, row, "in_touch"));
        }
    }
}

fn answers(row: &Rowed<CareLeaver>, found: &mut Found) {
    let CareLeaver {
        in_touch,
        activity,
        accommodation,
        ..
    } = row.record;
    let n_blank = [in_touch, activity, accommodation]
        .iter()
        .filter(|code| code.is_blank())
        .count();
    if n_blank == 1 || n_blank == 2 {
        return found.push(breach(&rules::CARE_LEAVER_PARTLY, row, "in_touch"));
    }
    let says_nothing = |code: ShortCode| code.is_blank() || code.as_str() == "0";
    match in_touch.as_str() {
        "DIED" | "RHOM" if !says_nothing(activity) || !says_nothing(accommodation) => {
            found.push(breach(&rules::NOT_FOLLOWED_BUT_ACTIVE, row, "activ"));
        }
        "YES" if says_nothing(activity) || says_nothing(accommodation) => {
            found.push(breach(&rules::IN_TOUCH_BUT_UNKNOWN, row, "activ"));
        }
        _ => {}
    }
}

fn ages(child: &ChildRows<'_>, row: &Rowed<CareLeaver>, found: &mut Found) {
    let end = return_ends(row.record.year);
    let is_younger_than = |age| child.birthday(age).is_some_and(|day| day > end);
    if is_younger_than(17) {
        found.push(breach(&rules::CARE_LEAVER_TOO_YOUNG, row, "dob"));
    } else if is_younger_than(18) && row.record.accommodation.first() == b'T' {
        found.push(breach(&rules::FOYER_UNDER_18, row, "accom"));
    }
}
