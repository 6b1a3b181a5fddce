//! A publishable design: which rows are joined before anything is blanked.
//!
//! For each breakdown, every way to use its declared pools is weighed. A way is better when fewer
//! rows hold a number that would have to be hidden, then when fewer rows are lost by joining. A pool
//! is used only when it makes a row safe and is safe itself.

use std::collections::{BTreeMap, BTreeSet};

use kinfolk_model::{Breakdown, BreakdownRow, Estimates, Key};

use crate::system::{CellAt, System};
use crate::{Profile, ReleasedRow};

/// More pools than this are not weighed against each other; the finest are.
const MOST_POOLS: usize = 14;

/// What is published of the breakdowns.
#[derive(Debug, Default)]
pub(crate) struct Design {
    /// Estimates that are left out, because their row was joined or their pool is not needed.
    pub(crate) left_out: BTreeSet<Key>,
    pub(crate) breakdowns: Vec<(String, Vec<ReleasedRow>)>,
    pub(crate) joinings: Vec<Joining>,
}

/// Chooses the rows of every breakdown.
pub(crate) fn choose(estimates: &Estimates, system: &System, profile: &Profile) -> Design {
    let mut print = Print::new(estimates, system, profile);
    let mut design = Design::default();
    let mut kept = BTreeSet::new();
    for breakdown in &estimates.structure.breakdowns {
        let table = Table::new(breakdown, &print);
        let chosen = table.choose();
        print.learn(&table.published(&chosen));
        table.describe(&chosen, &mut design, &mut kept);
    }
    // An estimate that speaks of two rows stays if either does.
    design.left_out.retain(|key| !kept.contains(key));
    design
}

/// What the estimates outside all breakdowns give away.
struct Print<'a> {
    system: &'a System,
    profile: &'a Profile,
    /// Where each estimate stands.
    index: BTreeMap<Key, usize>,
    /// Estimates that would rather be dropped than force rows together.
    droppable: BTreeSet<&'a Key>,
    known: Vec<bool>,
}

impl<'a> Print<'a> {
    fn new(estimates: &'a Estimates, system: &'a System, profile: &'a Profile) -> Self {
        let structure = &estimates.structure;
        let mut print = Self {
            system,
            profile,
            index: estimates.index().into_iter().collect(),
            droppable: structure
                .droppable
                .iter()
                .flat_map(|(_, keys)| keys)
                .collect(),
            known: vec![false; system.cells.len()],
        };
        let in_rows: BTreeSet<&Key> = structure
            .breakdowns
            .iter()
            .flat_map(every_row)
            .flat_map(|row| &row.records)
            .collect();
        let outside = print.index.keys().filter(|key| !in_rows.contains(key));
        let cells = print.safe_cells(outside);
        print.known = print.follow(vec![false; system.cells.len()], cells).0;
        print
    }

    /// What a reader has from tables before counts in those after, so that they are joined where their
    /// rows, less rows of another table, would give a small number away.
    fn learn(&mut self, rows: &[&BreakdownRow]) {
        let keys = rows.iter().flat_map(|row| row.records.iter());
        let cells = self.safe_cells(keys);
        let known = std::mem::take(&mut self.known);
        self.known = self.follow(known, cells).0;
    }

    fn is_small(&self, cell: CellAt) -> bool {
        self.profile.hides(self.system.cells[cell].children)
    }

    /// The cells of these estimates, less those of sets that may be dropped.
    fn cells<'k>(&'k self, keys: impl Iterator<Item = &'k Key>) -> impl Iterator<Item = CellAt> {
        keys.filter(|key| !self.droppable.contains(*key))
            .filter_map(|key| self.index.get(key))
            .flat_map(|&at| self.system.fields[at].all())
    }

    fn safe_cells<'k>(&'k self, keys: impl Iterator<Item = &'k Key>) -> Vec<CellAt> {
        self.cells(keys)
            .filter(|&cell| !self.is_small(cell))
            .collect()
    }

    /// Adds cells to what is known, and what follows where all but one cell of a sum are known;
    /// says also whether a small cell follows.
    fn follow(&self, mut known: Vec<bool>, mut fresh: Vec<CellAt>) -> (Vec<bool>, bool) {
        let mut gives_away = false;
        while let Some(cell) = fresh.pop() {
            if std::mem::replace(&mut known[cell], true) {
                continue;
            }
            for &index in &self.system.equations_of[cell] {
                let mut unknown = self.system.equations[index].cells().filter(|&c| !known[c]);
                if let (Some(last), None) = (unknown.next(), unknown.next()) {
                    gives_away |= self.is_small(last);
                    fresh.push(last);
                }
            }
        }
        (known, gives_away)
    }

    /// Whether a row must hide something: a cell of its own is small, or one follows from it.
    fn is_unsafe(&self, row: &BreakdownRow) -> bool {
        self.cells(row.records.iter())
            .any(|cell| self.is_small(cell))
            || self
                .follow(self.known.clone(), self.safe_cells(row.records.iter()))
                .1
    }

    fn exists(&self, row: &BreakdownRow) -> bool {
        row.records.iter().any(|key| self.index.contains_key(key))
    }
}

fn every_row(breakdown: &Breakdown) -> impl Iterator<Item = &BreakdownRow> {
    let pools = breakdown.pools.iter().map(|pool| &pool.row);
    breakdown.rows.iter().chain(pools)
}

/// A breakdown with its pools as sets of rows.
struct Table<'a> {
    breakdown: &'a Breakdown,
    /// Whether each row must hide something.
    is_unsafe: Vec<bool>,
    /// The rows that each pool stands for.
    members: Vec<BTreeSet<usize>>,
    /// Pools that make a row safe and are safe themselves.
    useful: Vec<usize>,
}

impl<'a> Table<'a> {
    fn new(breakdown: &'a Breakdown, print: &Print<'_>) -> Self {
        let is_unsafe: Vec<bool> = breakdown
            .rows
            .iter()
            .map(|row| print.is_unsafe(row))
            .collect();
        let members = members(breakdown);
        let useful = (0..breakdown.pools.len())
            .filter(|&pool| members[pool].iter().any(|&row| is_unsafe[row]))
            .filter(|&pool| {
                let row = &breakdown.pools[pool].row;
                print.exists(row) && !print.is_unsafe(row)
            })
            .take(MOST_POOLS)
            .collect();
        Self {
            breakdown,
            is_unsafe,
            members,
            useful,
        }
    }

    /// The best set of pools that share no row.
    fn choose(&self) -> Vec<usize> {
        let mut best = (self.cost(&[]), Vec::new());
        self.weigh(0, &mut Vec::new(), &mut best);
        best.1
    }

    fn weigh(&self, from: usize, chosen: &mut Vec<usize>, best: &mut ((usize, usize), Vec<usize>)) {
        for at in from..self.useful.len() {
            let pool = self.useful[at];
            if chosen
                .iter()
                .any(|&other| !self.members[pool].is_disjoint(&self.members[other]))
            {
                continue;
            }
            chosen.push(pool);
            let cost = self.cost(chosen);
            if cost < best.0 {
                *best = (cost, chosen.clone());
            }
            self.weigh(at + 1, chosen, best);
            chosen.pop();
        }
    }

    /// How many rows stay unsafe, and how many are lost by joining.
    fn cost(&self, chosen: &[usize]) -> (usize, usize) {
        let joined: BTreeSet<usize> = self.joined(chosen);
        let still_unsafe = (0..self.is_unsafe.len())
            .filter(|row| self.is_unsafe[*row] && !joined.contains(row))
            .count();
        (still_unsafe, joined.len() - chosen.len())
    }

    fn joined(&self, chosen: &[usize]) -> BTreeSet<usize> {
        let members = chosen.iter().flat_map(|&pool| &self.members[pool]);
        members.copied().collect()
    }

    /// The rows and pools that are published in full.
    fn published(&self, chosen: &[usize]) -> Vec<&'a BreakdownRow> {
        let joined = self.joined(chosen);
        let rows = self.breakdown.rows.iter().enumerate();
        let single = rows
            .filter(|(at, _)| !joined.contains(at) && !self.is_unsafe[*at])
            .map(|(_, row)| row);
        let pools = chosen.iter().map(|&pool| &self.breakdown.pools[pool].row);
        single.chain(pools).collect()
    }

    /// Writes down the rows, what they leave out and why.
    fn describe(&self, chosen: &[usize], design: &mut Design, kept: &mut BTreeSet<Key>) {
        let joined = self.joined(chosen);
        let mut rows = Vec::new();
        for (at, row) in self.breakdown.rows.iter().enumerate() {
            if joined.contains(&at) {
                design.left_out.extend(row.records.iter().cloned());
                // The joint row stands where the first of its members stood.
                if let Some(&pool) = chosen
                    .iter()
                    .find(|&&pool| self.members[pool].first() == Some(&at))
                {
                    rows.push(self.joint_row(pool));
                    design.joinings.push(self.joining(pool));
                }
            } else {
                kept.extend(row.records.iter().cloned());
                rows.push(ReleasedRow {
                    code: row.code.clone(),
                    label: row.label.clone(),
                    joined: Vec::new(),
                });
            }
        }
        for (at, pool) in self.breakdown.pools.iter().enumerate() {
            match chosen.contains(&at) {
                true => kept.extend(pool.row.records.iter().cloned()),
                false => design.left_out.extend(pool.row.records.iter().cloned()),
            }
        }
        design.breakdowns.push((self.breakdown.id.clone(), rows));
    }

    fn joint_row(&self, pool: usize) -> ReleasedRow {
        let row = &self.breakdown.pools[pool].row;
        ReleasedRow {
            code: row.code.clone(),
            label: row.label.clone(),
            joined: self.labels(pool).map(str::to_owned).collect(),
        }
    }

    fn labels(&self, pool: usize) -> impl Iterator<Item = &str> {
        let members = self.members[pool].iter();
        members.map(|&row| self.breakdown.rows[row].label.as_str())
    }

    fn joining(&self, pool: usize) -> Joining {
        Joining {
            table: self.breakdown.id.clone(),
            title: self.breakdown.title.clone(),
            labels: self.labels(pool).map(str::to_owned).collect(),
        }
    }
}

/// Rows of one table that were joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Joining {
    /// The id of the breakdown.
    pub(crate) table: String,
    /// What it breaks down.
    pub(crate) title: String,
    /// The rows.
    pub(crate) labels: Vec<String>,
}

/// The rows that each pool stands for, through smaller pools.
fn members(breakdown: &Breakdown) -> Vec<BTreeSet<usize>> {
    let mut by_code: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, row) in breakdown.rows.iter().enumerate() {
        by_code.insert(&row.code, BTreeSet::from([at]));
    }
    breakdown
        .pools
        .iter()
        .map(|pool| {
            let members: BTreeSet<usize> = pool
                .of
                .iter()
                .filter_map(|code| by_code.get(code.as_str()))
                .flatten()
                .copied()
                .collect();
            by_code.insert(&pool.row.code, members.clone());
            members
        })
        .collect()
}
