//! One pass over the subjects: sums of products for each pattern of missing visits. All that
//! follows reads these sums only, so its cost does not depend on the number of subjects.

use std::collections::BTreeMap;

use crate::matrix::Matrix;
use crate::mmrm::design::{Centres, Design};
use crate::mmrm::{Model, Panel};

/// Values are held as whole multiples of 2⁻⁴⁹ of the largest, so that sums of their products are
/// whole numbers: exact, and the same in any order of subjects. A sum of 2²⁹ products fits.
const BITS: i32 = 49;

/// Subjects seen at the same visits.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub(super) seen: Vec<usize>,
    pub(super) n_subjects: f64,
    /// Products of the constant and the covariates with each other.
    pub(super) known: Matrix,
    /// Products of the constant and the covariates with the scores; 0 where not seen.
    pub(super) known_scores: Matrix,
    /// Products of scores.
    pub(super) scores: Matrix,
}

/// All patterns, in a fixed order.
#[derive(Debug, Clone)]
pub(super) struct Patterns(pub(super) Vec<Pattern>);

/// How values of one column become whole numbers.
#[derive(Debug, Clone, Copy)]
struct Grid {
    centre: f64,
    power: i32,
}

impl Grid {
    /// The constant column.
    const ONE: Self = Self {
        centre: 0.0,
        power: BITS,
    };

    fn over(values: impl Iterator<Item = f64>) -> Self {
        let (least, most) = values
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        let centre = if least <= most {
            f64::midpoint(least, most)
        } else {
            0.0
        };
        let reach = most - centre;
        let power = if reach > 0.0 {
            reach.log2().floor() as i32 + 1
        } else {
            0
        };
        Self { centre, power }
    }

    fn whole(self, value: f64) -> i64 {
        ((value - self.centre) * 2.0_f64.powi(BITS - self.power)).round() as i64
    }

    fn step(self) -> f64 {
        2.0_f64.powi(self.power - BITS)
    }
}

/// Whole sums of products: constant, covariates and scores with each other, the lower triangle.
struct Sums(Vec<i128>);

impl Sums {
    fn add(&mut self, row: &[i64]) {
        let mut at = 0;
        for (i, &value) in row.iter().enumerate() {
            for &other in &row[..=i] {
                self.0[at] += i128::from(value) * i128::from(other);
                at += 1;
            }
        }
    }

    fn value(&self, row: usize, column: usize) -> f64 {
        let (low, high) = (row.min(column), row.max(column));
        self.0[high * (high + 1) / 2 + low] as f64
    }
}

/// Reads the subjects once.
pub(super) fn summarise(panel: &Panel, model: &Model) -> (Design, Patterns) {
    let grids = grids(panel);
    let n_known = 1 + panel.n_covariates();
    let patterns = Patterns(
        sums_by_pattern(panel, &grids)
            .into_iter()
            .map(|(seen, sums)| Pattern::new(seen, &sums, &grids, n_known))
            .collect(),
    );
    let design = Design::new(panel.n_visits(), model, centres(&grids, &patterns));
    (design, patterns)
}

fn centres(grids: &[Grid], patterns: &Patterns) -> Centres {
    let covariates = 1..grids.len() - 1;
    Centres {
        scores: grids[grids.len() - 1].centre,
        covariates: covariates.clone().map(|at| grids[at].centre).collect(),
        means: covariates.map(|at| patterns.mean(at)).collect(),
    }
}

/// One for the constant, one for each covariate, one for all scores.
fn grids(panel: &Panel) -> Vec<Grid> {
    let covariate =
        |at: usize| Grid::over(panel.subjects().map(move |(_, covariates)| covariates[at]));
    std::iter::once(Grid::ONE)
        .chain((0..panel.n_covariates()).map(covariate))
        .chain([Grid::over(panel.all_scores())])
        .collect()
}

fn sums_by_pattern(panel: &Panel, grids: &[Grid]) -> BTreeMap<Vec<usize>, Sums> {
    let (score_grid, known_grids) = (grids[grids.len() - 1], &grids[1..grids.len() - 1]);
    let length = grids.len() - 1 + panel.n_visits();
    let mut by_mask: BTreeMap<u64, Sums> = BTreeMap::new();
    let mut row = vec![0; length];
    row[0] = 1;
    for (scores, covariates) in panel.subjects() {
        let (known, seen) = row[1..].split_at_mut(covariates.len());
        for ((whole, &value), grid) in known.iter_mut().zip(covariates).zip(known_grids) {
            *whole = grid.whole(value);
        }
        let mut mask = 0;
        for (visit, (whole, &score)) in seen.iter_mut().zip(scores).enumerate() {
            *whole = if score.is_nan() {
                0
            } else {
                score_grid.whole(score)
            };
            mask |= u64::from(!score.is_nan()) << visit;
        }
        by_mask
            .entry(mask)
            .or_insert_with(|| Sums(vec![0; length * (length + 1) / 2]))
            .add(&row);
    }
    by_mask
        .into_iter()
        .map(|(mask, sums)| (visits_of(mask, panel.n_visits()), sums))
        .collect()
}

fn visits_of(mask: u64, n_visits: usize) -> Vec<usize> {
    (0..n_visits)
        .filter(|visit| mask >> visit & 1 == 1)
        .collect()
}

impl Pattern {
    fn new(seen: Vec<usize>, sums: &Sums, grids: &[Grid], n_known: usize) -> Self {
        let n_visits = sums_width(sums) - n_known;
        let step = |at: usize| grids[at.min(grids.len() - 1)].step();
        let entry = |row: usize, column: usize| sums.value(row, column) * step(row) * step(column);
        Self {
            seen,
            n_subjects: sums.value(0, 0),
            known: Matrix::from_fn(n_known, n_known, entry),
            known_scores: Matrix::from_fn(n_known, n_visits, |row, visit| {
                entry(row, n_known + visit)
            }),
            scores: Matrix::from_fn(n_visits, n_visits, |row, column| {
                entry(n_known + row, n_known + column)
            }),
        }
    }

    pub(super) fn n_scores(&self) -> f64 {
        self.n_subjects * self.seen.len() as f64
    }

    pub(super) fn sees(&self, visit: usize) -> bool {
        self.seen.contains(&visit)
    }
}

/// The width of the square whose lower triangle is held.
fn sums_width(sums: &Sums) -> usize {
    (1..).find(|n| n * (n + 1) / 2 >= sums.0.len()).unwrap_or(0)
}

impl Patterns {
    pub(super) fn n_subjects(&self) -> f64 {
        self.0.iter().map(|pattern| pattern.n_subjects).sum()
    }

    pub(super) fn n_scores(&self) -> f64 {
        self.0.iter().map(Pattern::n_scores).sum()
    }

    /// The mean of a covariate over subjects, in centred units.
    fn mean(&self, column: usize) -> f64 {
        let sum: f64 = self
            .0
            .iter()
            .map(|pattern| pattern.known[(0, column)])
            .sum();
        sum / self.n_subjects()
    }

    /// How many subjects were seen at both visits.
    pub(super) fn seen_at_both(&self, first: usize, second: usize) -> f64 {
        self.0
            .iter()
            .filter(|pattern| pattern.sees(first) && pattern.sees(second))
            .map(|pattern| pattern.n_subjects)
            .sum()
    }
}
