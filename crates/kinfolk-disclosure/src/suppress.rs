//! Which counts are hidden: the small ones, and those that would give them away.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::Profile;
use crate::field::Field;
use crate::span::Span;
use crate::system::{CellAt, System};

/// What is to be published of a system, and what must not follow from it.
#[derive(Debug)]
pub(crate) struct Task<'a> {
    pub(crate) system: &'a System,
    pub(crate) profile: &'a Profile,
    /// How much each estimate matters, 0 for one that is not published.
    pub(crate) weights: &'a [u32],
    /// Cells that must be hidden whatever their size.
    pub(crate) forced: &'a BTreeSet<CellAt>,
}

impl Task<'_> {
    /// Whether a cell must not become known.
    pub(crate) fn is_guarded(&self, cell: CellAt) -> bool {
        self.forced.contains(&cell) || self.profile.hides(self.system.cells[cell].children)
    }

    /// The estimates that are published.
    pub(crate) fn published(&self) -> impl Iterator<Item = usize> {
        let weights = self.weights.iter().enumerate();
        weights.filter(|(_, weight)| **weight > 0).map(|(at, _)| at)
    }
}

/// Decides which cells are hidden.
///
/// Cells are published in the order of their importance, each only if no guarded cell follows from
/// it and those before it. So the most important counts stay, and what is held back cannot be worked
/// out by adding and subtracting: if it followed from what came later, the guarded cell would too.
pub(crate) fn suppress(task: &Task<'_>) -> Vec<bool> {
    let importance = importance(task);
    let guarded: Vec<CellAt> = (0..task.system.cells.len())
        .filter(|&cell| task.is_guarded(cell))
        .collect();
    let mut hidden = vec![false; task.system.cells.len()];
    // Where percentages are rounded like their counts, rounding guards, and the audit says whether it
    // does so enough. Where they are not, they give rounded counts back.
    if guarded.is_empty() || task.profile.rounds_shares {
        for cell in guarded {
            hidden[cell] = importance[cell] > 0;
        }
        return hidden;
    }
    let mut span = Span::new(task.system, guarded);
    for cell in order(task, &importance) {
        hidden[cell] = task.is_guarded(cell) || !span.publish(cell);
    }
    hidden
}

/// How much is lost when a cell is hidden: 0 for a cell that is not published. The denominator
/// counts once more, because a base without a number says more than a number without a base.
pub(crate) fn importance(task: &Task<'_>) -> Vec<u32> {
    let mut importance = vec![0; task.system.cells.len()];
    for at in task.published() {
        let fields = &task.system.fields[at];
        let cells = fields.all().chain(fields.behind_value());
        let cells = cells.chain(fields.blurred());
        for cell in cells.chain(fields.cell(Field::Denominator)) {
            importance[cell] += task.weights[at];
        }
    }
    importance
}

/// The cells that the published estimates give away exactly.
fn given_away(task: &Task<'_>) -> Vec<bool> {
    let mut given_away = vec![false; task.system.cells.len()];
    for at in task.published() {
        for cell in task.system.fields[at].all() {
            given_away[cell] = true;
        }
    }
    given_away
}

/// The published cells, the most important first. True zeros come before all where they are shown,
/// published or not: they cannot give a guarded cell away by themselves, and a reader may guess them.
/// Only those of counts that no estimate has are not guessed. Sums of which the print leaves a range
/// are no part of this: the audit says whether the range is wide enough.
/// Counts behind which no child stands come next.
fn order(task: &Task<'_>, importance: &[u32]) -> Vec<CellAt> {
    let cells = &task.system.cells;
    let given_away = given_away(task);
    let is_zero = |cell: CellAt| {
        task.profile.shows_zero() && cells[cell].value == 0 && task.system.is_in_estimates[cell]
    };
    let mut order: Vec<CellAt> = (0..cells.len())
        .filter(|&cell| given_away[cell] || is_zero(cell))
        .collect();
    order.sort_by_key(|&cell| {
        (
            !is_zero(cell),
            cells[cell].children.is_some(),
            Reverse(importance[cell]),
            Reverse(cells[cell].value),
            cell,
        )
    });
    order
}
