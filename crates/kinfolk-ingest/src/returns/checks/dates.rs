//! Whether the days of an episode can be.

use jiff::civil::{Date, date};

use kinfolk_model::care::return_ends;

use super::{ChildRows, Found, breach};
use crate::returns::rules;

/// When the Act came into force under which children are looked after.
const ACT: Date = date(1991, 10, 14);

pub(super) fn check(child: &ChildRows<'_>, found: &mut Found) {
    let of_age = child.birthday(18);
    about_age(child, of_age, found);
    for row in child.episodes {
        let (started, end) = (row.record.started, return_ends(row.record.year));
        if started < ACT {
            found.push(breach(&rules::BEFORE_THE_ACT, row, "decom"));
        }
        if started > end {
            found.push(breach(&rules::STARTS_AFTER_YEAR, row, "decom"));
        } else if row.record.ended.is_some_and(|ended| ended > end) {
            found.push(breach(&rules::ENDS_AFTER_YEAR, row, "dec"));
        }
        if child.child.date_of_birth.is_some_and(|born| started < born) {
            found.push(breach(&rules::BORN_LATER, row, "decom"));
        }
        if of_age.is_some_and(|of_age| started >= of_age) {
            found.push(breach(&rules::STARTED_AT_18, row, "decom"));
        }
    }
}

/// What the latest row says of a child whose age is not known, or who should have left.
fn about_age(child: &ChildRows<'_>, of_age: Option<Date>, found: &mut Found) {
    let Some(last) = child.history.last() else {
        return;
    };
    if child.has_births && child.child.date_of_birth.is_none() {
        found.push(breach(&rules::BIRTH_UNKNOWN, last, "child"));
    }
    let end = return_ends(last.record.year);
    if last.record.is_open_on(end) && of_age.is_some_and(|of_age| of_age <= end) {
        found.push(breach(&rules::STILL_AT_18, last, "dec"));
    }
}
