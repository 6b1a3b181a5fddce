//! How the counts behind the estimates hang together: what disclosure control works on.
//!
//! A reader of a report sees numbers; an attacker sees equations. Whoever makes an estimate says
//! which counts it carries (as named [`Cell`]s, so that the same count in two places is one cell),
//! how cells add up, which breakdowns may be joined, and which may be dropped whole.

use std::collections::{BTreeMap, BTreeSet};

use crate::Key;

/// The name of a count, e.g. `objectives/category=father/met`. The same name is the same count.
pub type CellName = String;

/// A count that some estimate carries or that follows from those that do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The count itself.
    pub value: u64,
    /// How many distinct children stand behind it. Rules for small numbers look at this.
    /// Counts that stand for no child (coordinators, conferences in a return) say `None` and are
    /// never small.
    pub children: Option<u64>,
}

/// Which cell each count of one estimate is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// The cell that the value itself is, when the value is a count.
    pub value: Option<CellName>,
    /// The numerator.
    pub numerator: Option<CellName>,
    /// The denominator.
    pub denominator: Option<CellName>,
    /// The number missing.
    pub missing: Option<CellName>,
    /// Further cells that the value gives away once it is shown: if one must be hidden, so must
    /// value and interval. A mean gives away the sum that it is made from: for the mean number of
    /// siblings, the number of siblings in all, behind which stand the children who have any.
    pub rests_on: Vec<CellName>,
    /// Sums by which the value moves as a mean does: by one part of the denominator for each unit, its
    /// interval with it. Printed with few decimals, it leaves a range of them. A standard deviation
    /// names them too, and leaves any: it must be hidden with them, and says nothing of them by itself. What
    /// it says of them with others follows from [`Scores`].
    pub mean_of: Vec<CellName>,
}

/// What a cell adds up when it is the sum of one score for each child. With mean, interval and standard
/// deviation of two groups, a reader has the sum of the squares of the few between them, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scores {
    /// How many scores are added up.
    pub n: u64,
    /// What their squares add up to.
    pub squares: u64,
    /// The highest score that there can be; the lowest is 0.
    pub highest: u64,
}

/// `total` is the sum of `parts`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The whole.
    pub total: CellName,
    /// Its parts; all of them. A part that is named several times counts as often.
    pub parts: Vec<CellName>,
}

/// One row of a breakdown, e.g. the objectives about fathers: every estimate that speaks of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakdownRow {
    /// The member's code, e.g. `father`.
    pub code: String,
    /// The words, e.g. `Father`.
    pub label: String,
    /// The estimates that speak of this row.
    pub records: Vec<Key>,
}

/// A row that may stand for several others when one of them is too small to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    /// The joint row.
    pub row: BreakdownRow,
    /// The codes that it stands for: rows or smaller pools.
    pub of: Vec<String>,
}

/// A table by one property, with the declared ways to make it coarser, finest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    /// Its id: the measure and the group key, e.g. `objectives.category`.
    pub id: String,
    /// What it breaks down, in words for the reader, e.g. `Objectives by what the child wanted`.
    pub title: String,
    /// The finest rows.
    pub rows: Vec<BreakdownRow>,
    /// The pools, smaller ones before those that contain them.
    pub pools: Vec<Pool>,
}

/// How the counts of all estimates hang together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Structure {
    /// Every cell.
    pub cells: BTreeMap<CellName, Cell>,
    /// Which cells are sums of scores.
    pub scores: BTreeMap<CellName, Scores>,
    /// Which cells each estimate carries. An estimate that is not here carries no count of children.
    pub carried: BTreeMap<Key, Carried>,
    /// How cells add up. For each proportion, numerator and the rest add up to the denominator; the
    /// rest is a cell of its own.
    pub sums: Vec<Sum>,
    /// Breakdowns whose rows may be joined.
    pub breakdowns: Vec<Breakdown>,
    /// Sets of estimates that are dropped whole rather than shown with holes, each with the words
    /// that say what was dropped, e.g. `How unmet objectives stand, for fathers`.
    pub droppable: Vec<(String, BTreeSet<Key>)>,
}

impl Structure {
    /// Adds what another part of the analysis says.
    pub fn extend(&mut self, other: Self) {
        self.cells.extend(other.cells);
        self.scores.extend(other.scores);
        self.carried.extend(other.carried);
        self.sums.extend(other.sums);
        self.breakdowns.extend(other.breakdowns);
        self.droppable.extend(other.droppable);
    }
}
