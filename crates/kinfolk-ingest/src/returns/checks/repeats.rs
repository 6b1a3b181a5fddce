//! Rows that say what another row of the same return says already.

use super::{ChildRows, Found, breach};
use crate::returns::origin::Rowed;
use crate::returns::rules;

pub(super) fn check(child: &ChildRows<'_>, found: &mut Found) {
    copies(child.episodes, found);
    copies(child.missing, found);
    copies(child.care_leavers, found);
}

/// Rows of a child are sorted, so a copy stands right behind what it repeats.
fn copies<R: PartialEq>(rows: &[Rowed<R>], found: &mut Found) {
    let pairs = rows.windows(2);
    let second = pairs
        .filter(|pair| pair[0].record == pair[1].record)
        .map(|pair| &pair[1]);
    found.extend(second.map(|row| breach(&rules::ROW_TWICE, row, "child")));
}
