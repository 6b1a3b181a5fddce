//! The comparators that are still free, in order along the line.

use std::ops::Range;

use super::Candidates;

/// Comparators sorted by cell, place on the line, and key. Taking one, and finding the nearest free
/// one, both cost next to nothing: each place points to the next free place on either side.
pub(super) struct Pool {
    rows: Vec<u32>,
    places: Vec<f64>,
    keys: Vec<u64>,
    /// The cells and where they begin, ascending, with one entry beyond the last.
    cells: Vec<(u32, usize)>,
    free_above: Chain,
    free_below: Chain,
}

/// A free comparator: its position in the pool and how far away it lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Near {
    pub(super) position: usize,
    pub(super) distance: f64,
}

impl Pool {
    pub(super) fn new(candidates: &Candidates) -> Self {
        let mut controls: Vec<(u32, f64, u64, u32)> = (0..candidates.treated.len())
            .filter(|&row| !candidates.treated[row])
            // Adding 0 makes one of the two zeros.
            .map(|row| {
                let place = candidates.distance[row] + 0.0;
                (
                    candidates.cell(row),
                    place,
                    candidates.keys[row],
                    row as u32,
                )
            })
            .collect();
        controls.sort_unstable_by(|a, b| {
            (a.0.cmp(&b.0))
                .then(a.1.total_cmp(&b.1))
                .then(a.2.cmp(&b.2))
        });
        let n = controls.len();
        let mut cells: Vec<(u32, usize)> = Vec::new();
        for (position, control) in controls.iter().enumerate() {
            if cells.last().is_none_or(|&(cell, _)| cell != control.0) {
                cells.push((control.0, position));
            }
        }
        cells.push((u32::MAX, n));
        Self {
            rows: controls.iter().map(|control| control.3).collect(),
            places: controls.iter().map(|control| control.1).collect(),
            keys: controls.iter().map(|control| control.2).collect(),
            cells,
            free_above: Chain::new(n),
            free_below: Chain::new(n),
        }
    }

    pub(super) fn row(&self, position: usize) -> usize {
        self.rows[position] as usize
    }

    pub(super) fn key(&self, position: usize) -> u64 {
        self.keys[position]
    }

    pub(super) fn is_free(&mut self, position: usize) -> bool {
        self.free_above.find(position) == position
    }

    pub(super) fn take(&mut self, position: usize) {
        self.free_above.pass(position, position + 1);
        // Shifted by one, so that 0 can stand for none.
        self.free_below.pass(position + 1, position);
    }

    /// The positions of a cell.
    pub(super) fn cell(&self, cell: u32) -> Range<usize> {
        let last = self.cells.len() - 1;
        match self.cells[..last].binary_search_by_key(&cell, |&(cell, _)| cell) {
            Ok(index) => self.cells[index].1..self.cells[index + 1].1,
            Err(_) => 0..0,
        }
    }

    /// The nearest free comparator in a cell, no farther than `most`, that `accept`s; of those equally
    /// near, the one with the smallest key.
    pub(super) fn nearest(
        &mut self,
        place: f64,
        cell: Range<usize>,
        most: f64,
        accept: impl Fn(usize) -> bool,
    ) -> Option<Near> {
        let split = cell.start + self.places[cell.clone()].partition_point(|&other| other < place);
        let mut above = self.above(split, &cell);
        let mut below = self.below(split, &cell);
        loop {
            let gap_above = above.map_or(f64::INFINITY, |at| self.places[at] - place);
            let gap_below = below.map_or(f64::INFINITY, |at| place - self.places[at]);
            let distance = gap_above.min(gap_below);
            if !(distance <= most && distance.is_finite()) {
                return None;
            }
            let here = gap_above <= gap_below;
            let there = gap_below <= gap_above;
            let found_above = above
                .filter(|_| here)
                .and_then(|at| self.first(at, &cell, &accept));
            let found_below = below
                .filter(|_| there)
                .and_then(|at| self.first(at, &cell, &accept));
            let found = [found_above, found_below].into_iter().flatten();
            if let Some(position) = found.min_by_key(|&position| self.keys[position]) {
                return Some(Near { position, distance });
            }
            if let Some(at) = above.filter(|_| here) {
                above = self.above(self.end_of_ties(at, &cell), &cell);
            }
            if let Some(at) = below.filter(|_| there) {
                below = self.below(self.start_of_ties(at, &cell), &cell);
            }
        }
    }

    /// The first free position from `from` up.
    fn above(&mut self, from: usize, cell: &Range<usize>) -> Option<usize> {
        Some(self.free_above.find(from)).filter(|&position| position < cell.end)
    }

    /// The first free position below `from`.
    fn below(&mut self, from: usize, cell: &Range<usize>) -> Option<usize> {
        let position = self.free_below.find(from).checked_sub(1)?;
        (position >= cell.start).then_some(position)
    }

    /// Of the free comparators at the same place, the accepted one with the smallest key.
    fn first(
        &mut self,
        at: usize,
        cell: &Range<usize>,
        accept: &impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let place = self.places[at];
        let mut next = self.above(self.start_of_ties(at, cell), cell);
        while let Some(position) = next.filter(|&position| self.places[position] == place) {
            if accept(self.row(position)) {
                return Some(position);
            }
            next = self.above(position + 1, cell);
        }
        None
    }

    fn start_of_ties(&self, at: usize, cell: &Range<usize>) -> usize {
        let place = self.places[at];
        if at == cell.start || self.places[at - 1] < place {
            return at;
        }
        cell.start + self.places[cell.start..at].partition_point(|&other| other < place)
    }

    fn end_of_ties(&self, at: usize, cell: &Range<usize>) -> usize {
        let place = self.places[at];
        at + self.places[at..cell.end].partition_point(|&other| other <= place)
    }
}

/// Positions that point onward once they are taken; paths shorten as they are walked (union-find).
struct Chain(Vec<u32>);

impl Chain {
    fn new(n: usize) -> Self {
        Self((0..=n as u32).collect())
    }

    fn find(&mut self, mut position: usize) -> usize {
        while self.0[position] as usize != position {
            let onward = self.0[self.0[position] as usize];
            self.0[position] = onward;
            position = onward as usize;
        }
        position
    }

    fn pass(&mut self, position: usize, onward: usize) {
        self.0[position] = onward as u32;
    }
}
