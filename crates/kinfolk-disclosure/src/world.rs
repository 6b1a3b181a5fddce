//! Other worlds: tables of counts that agree with everything a reader knows.

use std::collections::BTreeSet;

use crate::system::CellAt;
use crate::view::View;

/// How many counts one move may change, tried from few to many.
const LENGTHS: [usize; 6] = [1, 4, 8, 16, 32, 64];
/// How many steps a search may take before it gives up.
const STEPS: usize = 20_000;

/// A search for other worlds, from the true one.
#[derive(Debug)]
pub(crate) struct Search<'a> {
    view: &'a View<'a>,
    truth: Vec<i64>,
    world: Vec<i64>,
    /// Counts that the move at hand has changed.
    moved: BTreeSet<CellAt>,
    /// Sums that the move at hand has put out of balance, in order of discovery.
    residual: Vec<i64>,
    unbalanced: BTreeSet<usize>,
    /// The values of each count in the worlds found.
    seen: Vec<BTreeSet<i64>>,
    steps: usize,
}

impl<'a> Search<'a> {
    /// Starts from the true counts.
    pub(crate) fn new(view: &'a View<'a>) -> Self {
        let cells = view.system.cells.iter();
        let truth: Vec<i64> = cells
            .map(|cell| i64::try_from(cell.value).unwrap_or(i64::MAX))
            .collect();
        Self {
            view,
            world: truth.clone(),
            moved: BTreeSet::new(),
            residual: vec![0; view.system.equations.len()],
            unbalanced: BTreeSet::new(),
            seen: truth.iter().map(|&value| BTreeSet::from([value])).collect(),
            truth,
            steps: 0,
        }
    }

    /// How many different values of a cell are found possible; stops at `enough`.
    pub(crate) fn possible_values(&mut self, cell: CellAt, enough: u64) -> u64 {
        for step in [1, -1] {
            self.world.clone_from(&self.truth);
            while self.n_seen(cell) < enough && self.find(cell, step) {}
        }
        self.n_seen(cell)
    }

    fn n_seen(&self, cell: CellAt) -> u64 {
        self.seen[cell].len() as u64
    }

    /// Moves to a world in which the cell is one step on, or two where one is impossible.
    fn find(&mut self, cell: CellAt, step: i64) -> bool {
        [step, 2 * step].into_iter().any(|step| {
            self.steps = STEPS;
            LENGTHS
                .into_iter()
                .any(|length| self.shift(cell, step, length))
        })
    }

    /// Changes a cell and whatever must change with it; leaves the world as it was on failure.
    fn shift(&mut self, cell: CellAt, step: i64, length: usize) -> bool {
        let value = self.world[cell] + step;
        if length == 0 || self.steps == 0 || !self.view.bounds[cell].hold(value) {
            return false;
        }
        self.steps -= 1;
        self.apply(cell, step);
        self.moved.insert(cell);
        let is_found = self.mend(length - 1);
        self.moved.remove(&cell);
        if is_found {
            self.seen[cell].insert(value);
        } else {
            self.apply(cell, -step);
        }
        is_found
    }

    /// Brings the first unbalanced sum back into balance, and all others after it.
    fn mend(&mut self, length: usize) -> bool {
        let Some(&index) = self.unbalanced.first() else {
            return self.agrees_with_shares();
        };
        let view = self.view;
        let equation = &view.system.equations[index];
        let residual = self.residual[index];
        let mut choices: Vec<CellAt> = equation
            .cells()
            .filter(|cell| !self.moved.contains(cell))
            .collect();
        choices.sort_by_key(|&cell| view.system.equations_of[cell].len());
        choices.into_iter().any(|cell| {
            let step = if cell == equation.total {
                -residual
            } else {
                residual
            };
            self.shift(cell, step, length)
        })
    }

    fn apply(&mut self, cell: CellAt, step: i64) {
        self.world[cell] += step;
        for &index in &self.view.system.equations_of[cell] {
            let is_total = self.view.system.equations[index].total == cell;
            self.residual[index] += if is_total { step } else { -step };
            if self.residual[index] == 0 {
                self.unbalanced.remove(&index);
            } else {
                self.unbalanced.insert(index);
            }
        }
    }

    fn agrees_with_shares(&self) -> bool {
        self.view
            .shares
            .iter()
            .all(|share| share.agrees(self.world[share.numerator], self.world[share.denominator]))
    }
}
