//! The attacker: what each hidden count can still be, given everything that is printed.
//!
//! The audit does not trust the step that hid the counts. It reads the released figures, and looks
//! for other worlds: whole tables of counts, different from the true one, that agree with every
//! printed number, every sum, the rounding of counts and percentages, and the meaning of `[c]`. A
//! hidden count is safe only when worlds are found in which it has enough different values. What
//! cannot be shown to be safe counts as given away.

use std::collections::BTreeSet;

use crate::system::CellAt;
use crate::view::View;
use crate::world::Search;
use crate::{DisclosureError, Profile};

/// What the audit found: for the records of the organisation, not for print. The number of counts
/// that are small, beside the number hidden with them, would help to tell which is which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// Counts printed as `[c]` because they are small.
    pub primary: usize,
    /// Counts printed as `[c]` because they would give a small one away.
    pub secondary: usize,
    /// Small counts that are not printed at all, yet must not follow from what is.
    pub unpublished: usize,
    /// Sums that tie the counts together.
    pub equations: usize,
    /// The fewest values that were found possible for any hidden count; the search stops at what
    /// the rules ask for. `None` when nothing is hidden.
    pub fewest_values: Option<u64>,
}

impl Audit {
    /// How many counts are printed as `[c]`.
    pub fn hidden(&self) -> usize {
        self.primary + self.secondary
    }
}

/// A hidden count of which the print says too much.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Leak {
    pub(crate) cell: CellAt,
    low: u64,
    high: u64,
    found: u64,
}

impl Leak {
    pub(crate) fn into_error(self, view: &View<'_>, profile: &Profile) -> DisclosureError {
        DisclosureError::Recoverable {
            cell: view.system.names[self.cell].clone(),
            low: self.low,
            high: self.high,
            found: self.found,
            required: profile.possible_values,
        }
    }
}

/// Attacks every hidden count.
///
/// # Errors
///
/// The first count, in the order of their names, of which too few values are possible.
pub(crate) fn audit(
    view: &View<'_>,
    profile: &Profile,
    is_small: impl Fn(CellAt) -> bool,
) -> Result<Audit, Leak> {
    let mut audit = Audit {
        equations: view.system.equations.len(),
        ..Audit::default()
    };
    let mut searches = searches(view);
    for cell in 0..view.system.cells.len() {
        match (view.is_withheld[cell], is_small(cell)) {
            (false, false) => continue,
            (true, true) => audit.primary += 1,
            (true, false) => audit.secondary += 1,
            (false, true) => audit.unpublished += 1,
        }
        let found = possible_values(&mut searches, cell, profile.possible_values);
        if found < profile.possible_values {
            return Err(leak(view, cell, found));
        }
        audit.fewest_values = Some(audit.fewest_values.map_or(found, |least| least.min(found)));
    }
    Ok(audit)
}

/// First only what is not printed changes, which is the easier search. Where printed counts are
/// rounded they may change as well.
fn searches<'a>(view: &'a View<'a>) -> Vec<Search<'a>> {
    let mut searches = vec![Search::new(view, |cell| !view.is_shown[cell])];
    let is_rounded = |cell: CellAt| view.is_shown[cell] && view.bounds[cell].is_open();
    if (0..view.bounds.len()).any(is_rounded) {
        searches.push(Search::new(view, |_| true));
    }
    searches
}

fn possible_values(searches: &mut [Search<'_>], cell: CellAt, enough: u64) -> u64 {
    let mut most = 0;
    for search in searches {
        most = most.max(search.possible_values(cell, enough));
        if most >= enough {
            break;
        }
    }
    most
}

fn leak(view: &View<'_>, cell: CellAt, found: u64) -> Leak {
    let bounds = view.bounds[cell];
    let end = |end: i64| u64::try_from(end).unwrap_or(0);
    Leak {
        cell,
        low: end(bounds.low),
        high: end(bounds.high),
        found,
    }
}

/// The shown count whose loss matters least among those nearest to a leak, by the sums.
pub(crate) fn most_expendable(
    view: &View<'_>,
    leak: &Leak,
    may_be_hidden: impl Fn(CellAt) -> bool,
    importance: &[u32],
) -> Option<CellAt> {
    let mut reached = BTreeSet::from([leak.cell]);
    let mut edge = vec![leak.cell];
    while !edge.is_empty() {
        let near = neighbours(view, &edge, &reached);
        let choice = near
            .iter()
            .copied()
            .filter(|&cell| view.is_shown[cell] && may_be_hidden(cell))
            .min_by_key(|&cell| (importance[cell], view.system.value(cell), cell));
        if choice.is_some() {
            return choice;
        }
        reached.extend(&near);
        edge = near.into_iter().collect();
    }
    None
}

fn neighbours(view: &View<'_>, edge: &[CellAt], reached: &BTreeSet<CellAt>) -> BTreeSet<CellAt> {
    edge.iter()
        .flat_map(|&cell| &view.system.equations_of[cell])
        .flat_map(|&equation| view.system.equations[equation].cells())
        .filter(|cell| !reached.contains(cell))
        .collect()
}
