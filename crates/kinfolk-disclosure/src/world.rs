//! Other worlds: tables of counts that agree with everything a reader knows.

use std::collections::BTreeSet;

use crate::scores::{self, Moved};
use crate::system::CellAt;
use crate::tableau::Tableau;
use crate::view::{Bounds, View};

/// Changes in smaller fractions than one of this are not made whole.
const LARGEST_FACTOR: u32 = 720;

/// Scores that lie farther apart are not exchanged.
const FARTHEST_EXCHANGE: u32 = 40;

/// A search for other worlds, from the true one.
#[derive(Debug)]
pub(crate) struct Search<'a> {
    view: &'a View<'a>,
    truth: Vec<i64>,
    /// The values of each count in the worlds found.
    seen: Vec<BTreeSet<i64>>,
    /// Counts that may change.
    is_open: Vec<bool>,
    /// For a total of which nothing is known but its parts, the equation that it follows from.
    follows_from: Vec<Option<usize>>,
    /// The cluster of each count that may change.
    cluster_of: Vec<Option<usize>>,
    clusters: Vec<Cluster>,
    /// How the counts of each cluster can change together; made when first needed.
    tableaux: Vec<Option<Tableau>>,
}

/// Counts that may change and are tied together by sums.
#[derive(Debug)]
struct Cluster {
    cells: Vec<CellAt>,
    equations: Vec<usize>,
}

impl<'a> Search<'a> {
    /// Starts from the true counts, of which only those that are free may change.
    pub(crate) fn new(view: &'a View<'a>, is_free: impl Fn(CellAt) -> bool) -> Self {
        let cells = view.system.cells.iter();
        let truth: Vec<i64> = cells
            .map(|cell| i64::try_from(cell.value).unwrap_or(i64::MAX))
            .collect();
        let mut search = Self {
            view,
            seen: truth.iter().map(|&value| BTreeSet::from([value])).collect(),
            is_open: (0..truth.len())
                .map(|cell| view.bounds[cell].is_open() && is_free(cell))
                .collect(),
            follows_from: (0..truth.len())
                .map(|cell| follows_from(view, cell))
                .collect(),
            cluster_of: vec![None; truth.len()],
            clusters: Vec::new(),
            tableaux: Vec::new(),
            truth,
        };
        for cell in 0..search.truth.len() {
            let is_new = search.cluster_of[cell].is_none() && search.follows_from[cell].is_none();
            if search.is_open[cell] && is_new {
                search.gather(cell);
            }
        }
        search
    }

    /// How many different values of a cell are found possible; stops at `enough`.
    pub(crate) fn possible_values(&mut self, cell: CellAt, enough: u64) -> u64 {
        if let Some(equation) = self.follows_from[cell] {
            return self.possible_totals(equation, enough);
        }
        let Some(index) = self.cluster_of[cell] else {
            return 1;
        };
        let steps = (1..enough.max(2)).flat_map(|step| [step as i64, -(step as i64)]);
        for step in steps {
            if self.n_seen(cell) < enough {
                self.look(index, cell, step);
            }
        }
        self.n_seen(cell)
    }

    /// How many different values of a total that follows from its parts are found possible.
    fn possible_totals(&mut self, equation: usize, enough: u64) -> u64 {
        let equation = &self.view.system.equations[equation];
        for &part in &equation.parts {
            if self.n_seen(equation.total) < enough {
                self.possible_values(part, enough);
            }
        }
        self.n_seen(equation.total)
    }

    fn n_seen(&self, cell: CellAt) -> u64 {
        self.seen[cell].len() as u64
    }

    /// Puts a count, and all others that may change with it, into a cluster.
    fn gather(&mut self, first: CellAt) {
        let index = self.clusters.len();
        let (mut cells, mut equations) = (Vec::new(), BTreeSet::new());
        let mut waiting = vec![first];
        while let Some(cell) = waiting.pop() {
            if !self.is_open[cell] || self.cluster_of[cell].is_some() {
                continue;
            }
            self.cluster_of[cell] = Some(index);
            cells.push(cell);
            for &equation in &self.view.system.equations_of[cell] {
                let total = self.view.system.equations[equation].total;
                if self.follows_from[total].is_none() && equations.insert(equation) {
                    waiting.extend(self.view.system.equations[equation].cells());
                }
            }
        }
        cells.sort_unstable();
        self.clusters.push(Cluster {
            cells,
            equations: equations.into_iter().collect(),
        });
        self.tableaux.push(None);
    }

    /// Looks for a world in which a count is changed by `step`.
    fn look(&mut self, index: usize, cell: CellAt, step: i64) {
        let aim = self.truth[cell] + step;
        if !self.view.bounds[cell].hold(aim) {
            return;
        }
        let made = self.tableaux[index].take();
        let mut tableau =
            made.unwrap_or_else(|| tableau(self.view, &self.truth, &self.clusters[index]));
        let place = self.clusters[index].cells.binary_search(&cell);
        if let Ok(place) = place {
            tableau.reset();
            tableau.push(place, step as f64, |changes| {
                self.visit(index, changes);
                self.seen[cell].contains(&aim)
            });
        }
        self.tableaux[index] = Some(tableau);
    }

    /// Notes the worlds that lie in the direction of these changes, either way. Multiples of changes
    /// that cancel out cancel out too, so changes in fractions lead to worlds where bounds are wide.
    fn visit(&mut self, index: usize, changes: &[f64]) {
        if let Some(factor) = whole_multiple(changes) {
            for multiple in [factor, 2.0 * factor, -factor, -2.0 * factor] {
                self.note(index, changes, multiple);
            }
            if self.moves_scores(index, changes) {
                self.exchange(index, changes, factor);
            }
        }
    }

    fn moves_scores(&self, index: usize, changes: &[f64]) -> bool {
        let cells = self.clusters[index].cells.iter().zip(changes);
        let moves = |cell: CellAt| self.view.system.is_scored[cell];
        cells
            .into_iter()
            .any(|(&cell, &change)| change != 0.0 && moves(cell))
    }

    /// Where two children exchange their scores, squares add up to the same as before: a world that only
    /// a large multiple of a change leads to.
    fn exchange(&mut self, index: usize, changes: &[f64], factor: f64) {
        for multiple in (3..=FARTHEST_EXCHANGE).map(|steps| f64::from(steps) * factor) {
            self.note(index, changes, multiple);
            self.note(index, changes, -multiple);
        }
    }

    /// Notes the values of a world if it is one: whole numbers that agree with all that is known.
    fn note(&mut self, index: usize, changes: &[f64], multiple: f64) {
        let cluster = &self.clusters[index];
        let mut world = self.truth.clone();
        for (&cell, change) in cluster.cells.iter().zip(changes) {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "changes are whole and bounded far below 2^53"
            )]
            let change = (multiple * change).round() as i64;
            world[cell] += change;
        }
        if self.is_possible(cluster, &world) {
            for &cell in &cluster.cells {
                self.seen[cell].insert(world[cell]);
            }
            for equation in self.follows_from.iter().flatten() {
                let equation = &self.view.system.equations[*equation];
                let total = equation.parts.iter().map(|&part| world[part]).sum();
                self.seen[equation.total].insert(total);
            }
        }
    }

    /// Whether scores could add up so that every mean, interval and standard deviation is printed the
    /// same.
    fn has_scores(&self, world: &[i64]) -> bool {
        let scored = self.view.system.scored.iter().zip(&self.view.prints);
        scores::can_add_up(scored.map(|(scored, prints)| Moved {
            scored,
            prints,
            by: world[scored.cell] - self.truth[scored.cell],
        }))
    }

    fn is_possible(&self, cluster: &Cluster, world: &[i64]) -> bool {
        let equations = &self.view.system.equations;
        let balances = |index: &usize| {
            let parts = equations[*index].parts.iter();
            world[equations[*index].total] == parts.map(|&part| world[part]).sum()
        };
        cluster
            .cells
            .iter()
            .all(|&cell| self.view.bounds[cell].hold(world[cell]))
            && cluster.equations.iter().all(balances)
            && self
                .view
                .shares
                .iter()
                .all(|share| share.agrees(world[share.numerator], world[share.denominator]))
            && self.has_scores(world)
    }
}

/// The smallest factor that makes all changes whole.
fn whole_multiple(changes: &[f64]) -> Option<f64> {
    let is_whole = |change: f64| (change - change.round()).abs() < 1e-6;
    let mut factors = (1..=LARGEST_FACTOR).map(f64::from);
    factors.find(|factor| changes.iter().all(|change| is_whole(factor * change)))
}

/// The equation of a total that stands in no other and of which the print says nothing. It then
/// rules out no world: whatever its parts are, they have a sum. Leaving it out of the search matters
/// where it counts parts several times, for then the search meets few whole numbers.
fn follows_from(view: &View<'_>, cell: CellAt) -> Option<usize> {
    let [equation] = view.system.equations_of[cell][..] else {
        return None;
    };
    let is_told = view.is_shown[cell] || view.is_withheld[cell];
    let is_total = view.system.equations[equation].total == cell;
    let mut shares = view.shares.iter();
    let has_share = shares.any(|share| share.numerator == cell || share.denominator == cell);
    (is_total && !is_told && !has_share).then_some(equation)
}

fn tableau(view: &View<'_>, truth: &[i64], cluster: &Cluster) -> Tableau {
    let place = |cell: CellAt| cluster.cells.binary_search(&cell).ok();
    let row = |&index: &usize| {
        let mut row = vec![0.0; cluster.cells.len()];
        let equation = &view.system.equations[index];
        if let Some(place) = place(equation.total) {
            row[place] += 1.0;
        }
        for place in equation.parts.iter().filter_map(|&part| place(part)) {
            row[place] -= 1.0;
        }
        row
    };
    let bounds = cluster.cells.iter().map(|&cell| {
        let Bounds { low, high } = view.bounds[cell];
        (low - truth[cell]) as f64..=(high - truth[cell]) as f64
    });
    Tableau::new(
        cluster.equations.iter().map(row).collect(),
        bounds.collect(),
    )
}
