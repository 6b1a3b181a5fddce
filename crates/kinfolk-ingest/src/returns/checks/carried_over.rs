//! Whether what lasted at the end of one return is in the next as it was.

use kinfolk_model::care::{Episode, ShortCode, return_starts};

use super::{ChildRows, Found, breach};
use crate::returns::origin::Rowed;
use crate::returns::rules;
use crate::rules::Rule;

/// Codes and how those begin that replaced them.
const REPLACED: [(ShortCode, &str); 3] = [
    (ShortCode::of("H5"), "K3"),
    (ShortCode::of("P2"), "K3"),
    (ShortCode::of("Z1"), "Z1"),
];

pub(super) fn check(child: &ChildRows<'_>, found: &mut Found) {
    for row in child.episodes {
        let year = row.record.year;
        if row.record.started >= return_starts(year) || !child.has_return(year - 1) {
            continue;
        }
        match in_return_before(child, row) {
            Some(before) => compare(before, row, found),
            None => found.push(not_carried(child, row)),
        }
    }
}

/// The row of the return before that starts on the same day.
fn in_return_before<'r>(child: &ChildRows<'r>, row: &Rowed<Episode>) -> Option<&'r Rowed<Episode>> {
    child.episodes.iter().find(|before| {
        before.record.year == row.record.year - 1 && before.record.started == row.record.started
    })
}

fn not_carried(child: &ChildRows<'_>, row: &Rowed<Episode>) -> super::Breach {
    let year = row.record.year - 1;
    let in_year = |before: &&Rowed<Episode>| before.record.year == year;
    let before: Vec<_> = child.episodes.iter().filter(in_year).collect();
    let is_left_open = before.iter().any(|before| {
        let reported_again = child.episodes.iter().any(|again| {
            again.record.year == row.record.year && again.record.started == before.record.started
        });
        before.record.ended.is_none() && !reported_again
    });
    let rule = if before.is_empty() {
        &rules::CHILD_NOT_CARRIED
    } else if is_left_open {
        &rules::OPEN_NOT_CARRIED
    } else {
        &rules::ROW_NOT_CARRIED
    };
    breach(rule, row, "decom")
}

fn compare(before: &Rowed<Episode>, row: &Rowed<Episode>, found: &mut Found) {
    let (earlier, later) = (&before.record, &row.record);
    let facts: [(bool, &'static Rule, &'static str); 6] = [
        (
            earlier.reason_new == later.reason_new,
            &rules::REASON_CHANGED,
            "rne",
        ),
        (
            earlier.legal_status == later.legal_status,
            &rules::LEGAL_STATUS_CHANGED,
            "ls",
        ),
        (earlier.need == later.need, &rules::NEED_CHANGED, "cin"),
        (
            is_same_kind(earlier.placement, later.placement),
            &rules::PLACEMENT_CHANGED,
            "place",
        ),
        (
            earlier.provider == later.provider,
            &rules::PROVIDER_CHANGED,
            "place_provider",
        ),
        (earlier.urn == later.urn, &rules::URN_CHANGED, "urn"),
    ];
    for (is_same, rule, column) in facts {
        if !is_same {
            found.push(breach(rule, row, column));
        }
    }
}

fn is_same_kind(earlier: ShortCode, later: ShortCode) -> bool {
    let is_renamed =
        |(old, new): &(ShortCode, &str)| *old == earlier && later.as_str().starts_with(new);
    earlier == later || REPLACED.iter().any(is_renamed)
}
