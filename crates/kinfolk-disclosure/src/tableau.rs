//! How a set of unknown counts can change together: linear programming from a known solution.
//!
//! The unknowns are changes against the true counts, so nothing changed is always a solution, and
//! each equation says that the changes in it cancel out. The equations are solved for some of the
//! changes (the basic ones) in terms of the others; [`Tableau::push`] then moves one change as far as
//! it is asked, exchanging basic and other changes whenever a bound is met, as in the simplex method
//! for bounded variables.
//!
//! Arithmetic is in floating point. That is harmless, because whoever uses a solution checks it in
//! whole numbers.

use std::ops::RangeInclusive;

/// Differences below this count as none.
const TINY: f64 = 1e-7;
/// After so many exchanges a push gives up.
const MOST_EXCHANGES: usize = 400;

/// Changes that cancel out in every equation, and how far each may go.
#[derive(Debug)]
pub(crate) struct Tableau {
    /// Each row says: its basic change, and these multiples of the others, add up to nothing.
    rows: Vec<Vec<f64>>,
    /// The basic change of each row.
    basic: Vec<usize>,
    /// The row of each change, if it is basic.
    row_of: Vec<Option<usize>>,
    bounds: Vec<RangeInclusive<f64>>,
    changes: Vec<f64>,
}

/// How far a change can go, and what stops it.
struct Reach {
    distance: f64,
    /// The row whose basic change meets a bound; `None` when it is the moving change itself, or the
    /// aim is reached.
    stopped_by: Option<usize>,
}

impl Tableau {
    /// Solves equations, given as factors of the changes.
    pub(crate) fn new(equations: Vec<Vec<f64>>, bounds: Vec<RangeInclusive<f64>>) -> Self {
        let n = bounds.len();
        let mut tableau = Self {
            rows: equations,
            basic: Vec::new(),
            row_of: vec![None; n],
            bounds,
            changes: vec![0.0; n],
        };
        let mut solved = 0;
        for change in 0..n {
            let row =
                (solved..tableau.rows.len()).find(|&row| tableau.rows[row][change].abs() > TINY);
            if let Some(row) = row {
                tableau.rows.swap(solved, row);
                tableau.basic.push(change);
                tableau.row_of[change] = Some(solved);
                tableau.eliminate(solved, change);
                solved += 1;
            }
        }
        tableau.rows.truncate(solved);
        tableau
    }

    /// Goes back to no change at all.
    pub(crate) fn reset(&mut self) {
        self.changes.fill(0.0);
    }

    /// Moves one change towards `aim`, calling `visit` at each solution on the way; stops when it
    /// says so, or when nothing further is possible.
    pub(crate) fn push(&mut self, change: usize, aim: f64, mut visit: impl FnMut(&[f64]) -> bool) {
        for _ in 0..MOST_EXCHANGES {
            let missing = aim - self.changes[change];
            if missing.abs() < TINY {
                return;
            }
            let Some((entering, direction)) = self.entering(change, missing.signum()) else {
                return;
            };
            let reach = self.reach(entering, direction, change, missing.abs());
            self.walk(entering, direction * reach.distance);
            if reach.distance > TINY && visit(&self.changes) {
                return;
            }
            if let Some(row) = reach.stopped_by {
                self.exchange(row, entering);
            }
        }
    }

    /// A change outside the basis, and its direction, that moves `change` in `wanted` direction; the
    /// first such, so that exchanges do not go round in circles.
    fn entering(&self, change: usize, wanted: f64) -> Option<(usize, f64)> {
        let Some(row) = self.row_of[change] else {
            return self.may_move(change, wanted).then_some((change, wanted));
        };
        let factors = self.rows[row].iter().enumerate();
        factors
            .filter(|(other, factor)| factor.abs() > TINY && self.row_of[*other].is_none())
            .map(|(other, factor)| (other, -wanted * factor.signum()))
            .find(|&(other, direction)| self.may_move(other, direction))
    }

    fn may_move(&self, change: usize, direction: f64) -> bool {
        self.room(change, direction) > TINY
    }

    /// How far a change may go in a direction.
    fn room(&self, change: usize, direction: f64) -> f64 {
        match direction > 0.0 {
            true => self.bounds[change].end() - self.changes[change],
            false => self.changes[change] - self.bounds[change].start(),
        }
    }

    fn reach(&self, entering: usize, direction: f64, aimed: usize, missing: f64) -> Reach {
        let mut reach = Reach {
            distance: self.room(entering, direction),
            stopped_by: None,
        };
        if entering == aimed {
            reach.distance = reach.distance.min(missing);
        }
        for (row, factors) in self.rows.iter().enumerate() {
            let speed = -factors[entering] * direction;
            if speed.abs() < TINY {
                continue;
            }
            let basic = self.basic[row];
            let room = self.room(basic, speed.signum()).max(0.0) / speed.abs();
            // The aim is no bound: reaching it stops the walk without an exchange.
            if basic == aimed && missing / speed.abs() <= room.min(reach.distance) {
                reach.distance = missing / speed.abs();
                reach.stopped_by = None;
            } else if room < reach.distance - TINY || self.is_earlier(room, basic, &reach) {
                reach.distance = room.min(reach.distance);
                reach.stopped_by = Some(row);
            }
        }
        reach
    }

    /// Whether, of two that stop the walk at the same place, this one comes first.
    fn is_earlier(&self, room: f64, basic: usize, reach: &Reach) -> bool {
        let other = reach.stopped_by.map(|row| self.basic[row]);
        (room - reach.distance).abs() <= TINY && other.is_some_and(|other| basic < other)
    }

    fn walk(&mut self, entering: usize, distance: f64) {
        self.changes[entering] += distance;
        for (row, factors) in self.rows.iter().enumerate() {
            self.changes[self.basic[row]] -= factors[entering] * distance;
        }
    }

    fn exchange(&mut self, row: usize, entering: usize) {
        self.row_of[self.basic[row]] = None;
        self.row_of[entering] = Some(row);
        self.basic[row] = entering;
        self.eliminate(row, entering);
    }

    /// Makes the factor of a change one in its row and nothing in all others.
    fn eliminate(&mut self, row: usize, change: usize) {
        let lead = self.rows[row][change];
        self.rows[row].iter_mut().for_each(|factor| *factor /= lead);
        let solved = std::mem::take(&mut self.rows[row]);
        for other in &mut self.rows {
            let factor = other.get(change).copied().unwrap_or(0.0);
            if factor.abs() > TINY {
                for (left, taken) in other.iter_mut().zip(&solved) {
                    *left -= factor * taken;
                }
            }
        }
        self.rows[row] = solved;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pushes the first change and gives back all changes.
    fn check(equations: &[&[f64]], bounds: &[(f64, f64)], aim: f64, expected: &[f64]) {
        let equations = equations.iter().map(|row| row.to_vec()).collect();
        let bounds = bounds.iter().map(|&(low, high)| low..=high).collect();
        let mut tableau = Tableau::new(equations, bounds);
        let mut last = vec![0.0; expected.len()];
        tableau.push(0, aim, |changes| {
            last = changes.to_vec();
            false
        });
        assert_eq!(last, expected);
    }

    #[test]
    fn what_is_free_moves_alone() {
        check(&[], &[(-1.0, 9.0)], 2.0, &[2.0]);
        check(&[], &[(-1.0, 1.0)], 2.0, &[1.0]);
        check(&[], &[(-1.0, 1.0)], -5.0, &[-1.0]);
    }

    #[test]
    fn a_part_moves_against_another_as_far_as_that_goes() {
        let sum: &[f64] = &[1.0, 1.0];
        check(&[sum], &[(-9.0, 9.0), (-3.0, 9.0)], 5.0, &[3.0, -3.0]);
        check(&[sum], &[(-9.0, 9.0), (-9.0, 9.0)], 5.0, &[5.0, -5.0]);
    }

    #[test]
    fn when_one_is_exhausted_the_next_moves() {
        let sum: &[f64] = &[1.0, 1.0, 1.0];
        let bounds = [(-9.0, 9.0), (-2.0, 9.0), (-2.0, 9.0)];
        check(&[sum], &bounds, 3.0, &[3.0, -2.0, -1.0]);
    }

    #[test]
    fn what_the_equations_fix_does_not_move() {
        let equations: &[&[f64]] = &[&[1.0, 1.0, 0.0], &[0.0, 1.0, 1.0], &[1.0, 0.0, 1.0]];
        check(equations, &[(-9.0, 9.0); 3], 1.0, &[0.0; 3]);
    }
}
