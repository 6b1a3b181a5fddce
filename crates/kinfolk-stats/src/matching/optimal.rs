//! Pairs that are nearest on the whole.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::{Caliper, Candidates, Matches, Pair};
use crate::StatsError;

/// Which pairs are nearest on the whole? One comparator each: as many pairs as the caliper and the
/// cells allow, and of all such sets of pairs one with the smallest sum of distances.
///
/// See `docs/methods/matching-optimal.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`], [`StatsError::OneArm`],
/// [`StatsError::KeyTwice`], [`StatsError::Caliper`].
pub fn match_optimally(
    candidates: &Candidates,
    caliper: Option<Caliper>,
) -> Result<Matches, StatsError> {
    candidates.check()?;
    let width = caliper
        .map(|caliper| caliper.width(candidates.distance))
        .transpose()?;
    let points = points(candidates);
    let mut pairs = Vec::new();
    for cell in points.chunk_by(|a, b| a.cell == b.cell) {
        pairs.extend(Sweep::over(cell, width.unwrap_or(f64::INFINITY)).pairs());
    }
    Ok(Matches::new(pairs, candidates, width))
}

/// A subject on the line.
#[derive(Debug, Clone, Copy)]
struct Point {
    cell: u32,
    place: f64,
    key: u64,
    row: u32,
    treated: bool,
}

/// Subjects by cell, place and key.
fn points(candidates: &Candidates) -> Vec<Point> {
    let point = |row: usize| Point {
        cell: candidates.cell(row),
        place: candidates.distance[row] + 0.0,
        key: candidates.keys[row],
        row: row as u32,
        treated: candidates.treated[row],
    };
    let mut points: Vec<Point> = (0..candidates.treated.len()).map(point).collect();
    points.sort_unstable_by(|a, b| {
        (a.cell.cmp(&b.cell))
            .then(a.place.total_cmp(&b.place))
            .then(a.key.cmp(&b.key))
    });
    points
}

/// One walk along the line.
///
/// On a line the best pairs never cross, so a set of pairs is known by its balance: at each place, how
/// many more treated subjects than comparators lie behind and look ahead (below 0: comparators look
/// ahead). Moving on by a gap costs the gap times the size of the balance. The least cost of reaching a
/// place with a balance is a convex function of the balance, so it is held as its sorted slopes. A
/// comparator may be used or not, which adds a slope of 0; a treated subject may be kept or dropped,
/// which adds a slope of minus one whole subject; a gap makes slopes above balance 0 dearer and those
/// below cheaper by its length. The caliper bounds the balance: whoever looks ahead must lie within
/// it. At the end the balance is 0, and the slopes below 0 are the choices taken.
struct Sweep<'a> {
    points: &'a [Point],
    /// Slopes below balance 0, and from 0 up.
    below: Slopes,
    above: Slopes,
    /// For each point, whether it ended below.
    taken: Vec<bool>,
}

impl<'a> Sweep<'a> {
    fn over(points: &'a [Point], width: f64) -> Self {
        let mut sweep = Self {
            points,
            below: Slopes::new(1.0),
            above: Slopes::new(-1.0),
            taken: vec![false; points.len()],
        };
        let mut treated_in_reach = Reach::new(points, true);
        let mut controls_in_reach = Reach::new(points, false);
        for (index, point) in points.iter().enumerate() {
            sweep.bound(
                treated_in_reach.count(index, point.place, width),
                controls_in_reach.count(index, point.place, width),
            );
            sweep.add(index, point);
        }
        sweep.bound(0, 0);
        sweep
    }

    /// Keeps the balance between minus the comparators and the treated that are still in reach.
    fn bound(&mut self, treated: usize, controls: usize) {
        while self.above.len() > treated {
            self.above.pop_last();
        }
        while self.below.len() > controls {
            if let Some(index) = self.below.pop_first() {
                self.taken[index] = true;
            }
        }
    }

    fn add(&mut self, index: usize, point: &Point) {
        let place = point.place;
        let slope = Slope {
            subjects: if point.treated { -1 } else { 0 },
            distance: 0.0,
            index: index as u32,
        };
        if point.treated {
            match self.below.last(place).filter(|highest| slope < *highest) {
                None => self.above.insert(slope, place),
                Some(highest) => {
                    self.below.pop_last();
                    self.below.insert(slope, place);
                    self.above.insert(highest, place);
                }
            }
        } else {
            match self.above.first(place).filter(|lowest| *lowest < slope) {
                None => self.below.insert(slope, place),
                Some(lowest) => {
                    self.above.pop_first();
                    self.above.insert(slope, place);
                    self.below.insert(lowest, place);
                }
            }
        }
    }

    /// A treated subject taken is kept; a comparator taken is left unused. Those kept and those used
    /// are as many, and pair off in order.
    fn pairs(&self) -> Vec<Pair> {
        let chosen = |treated: bool| {
            let points = self.points.iter().zip(&self.taken);
            let points =
                points.filter(move |(point, taken)| point.treated == treated && **taken == treated);
            points.map(|(point, _)| point)
        };
        let pair = |(treated, control): (&Point, &Point)| Pair {
            treated: treated.row as usize,
            control: control.row as usize,
            distance: (treated.place - control.place).abs(),
        };
        chosen(true).zip(chosen(false)).map(pair).collect()
    }
}

/// How many of one arm that have been passed still lie within reach of a place.
struct Reach<'a> {
    points: &'a [Point],
    treated: bool,
    passed: usize,
    first: usize,
    n: usize,
}

impl<'a> Reach<'a> {
    fn new(points: &'a [Point], treated: bool) -> Self {
        Self {
            points,
            treated,
            passed: 0,
            first: 0,
            n: 0,
        }
    }

    fn count(&mut self, passed: usize, place: f64, width: f64) -> usize {
        let arm = |point: &Point| usize::from(point.treated == self.treated);
        self.n += self.points[self.passed..passed]
            .iter()
            .map(arm)
            .sum::<usize>();
        self.passed = passed;
        while self.first < passed && place - self.points[self.first].place > width {
            self.n -= usize::from(self.points[self.first].treated == self.treated);
            self.first += 1;
        }
        self.n
    }
}

/// What one step up in balance costs: whole subjects first, then distance.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Slope {
    subjects: i32,
    distance: f64,
    /// The point whose choice it is.
    index: u32,
}

impl Eq for Slope {}

impl Ord for Slope {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.subjects.cmp(&other.subjects))
            .then(self.distance.total_cmp(&other.distance))
            .then(self.index.cmp(&other.index))
    }
}

impl PartialOrd for Slope {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Sorted slopes that all shift as the walk moves on: each is held as it would be at place 0.
struct Slopes {
    /// 1 where moving on makes them cheaper, −1 where dearer.
    direction: f64,
    slopes: BTreeSet<Slope>,
}

impl Slopes {
    fn new(direction: f64) -> Self {
        Self {
            direction,
            slopes: BTreeSet::new(),
        }
    }

    fn len(&self) -> usize {
        self.slopes.len()
    }

    fn insert(&mut self, slope: Slope, place: f64) {
        self.slopes.insert(Slope {
            distance: slope.distance + self.direction * place,
            ..slope
        });
    }

    fn first(&self, place: f64) -> Option<Slope> {
        self.slopes.first().map(|slope| self.here(slope, place))
    }

    fn last(&self, place: f64) -> Option<Slope> {
        self.slopes.last().map(|slope| self.here(slope, place))
    }

    fn here(&self, slope: &Slope, place: f64) -> Slope {
        Slope {
            distance: slope.distance - self.direction * place,
            ..*slope
        }
    }

    fn pop_first(&mut self) -> Option<usize> {
        self.slopes.pop_first().map(|slope| slope.index as usize)
    }

    fn pop_last(&mut self) -> Option<usize> {
        self.slopes.pop_last().map(|slope| slope.index as usize)
    }
}

#[cfg(test)]
mod tests;
