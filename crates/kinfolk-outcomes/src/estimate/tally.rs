//! A named count with the children behind it.

use kinfolk_model::{Cell, CellName, Scores};
use rayon::prelude::*;

/// Fewer rows than this are not worth another thread.
const ROWS_FOR_A_THREAD: usize = 20_000;

/// A count, its name among the cells, and how many distinct children (or other people to protect)
/// stand behind it; `None` for a count that stands for nobody.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tally {
    pub(super) name: CellName,
    pub(super) value: u64,
    pub(super) children: Option<u64>,
    /// What is known of the scores that it adds up, where it does.
    pub(super) scores: Option<Scores>,
}

impl Tally {
    /// Adds up a count over rows, one row a person.
    pub(super) fn of<T: Sync>(
        name: impl Into<CellName>,
        rows: &[T],
        count: impl Fn(&T) -> u32 + Sync,
    ) -> Self {
        let [tally] = Self::several([name.into()], rows, |row| [count(row)]);
        tally
    }

    /// Adds up several counts over the same rows in one go.
    pub(super) fn several<T: Sync, const N: usize>(
        names: [CellName; N],
        rows: &[T],
        counts: impl Fn(&T) -> [u32; N] + Sync,
    ) -> [Self; N] {
        let add = |sums: [(u64, u64); N], more: [(u64, u64); N]| {
            std::array::from_fn(|at| (sums[at].0 + more[at].0, sums[at].1 + more[at].1))
        };
        // Whole numbers add up to the same on any number of threads.
        let sums = rows
            .par_iter()
            .with_min_len(ROWS_FOR_A_THREAD)
            .map(|row| counts(row).map(|count| (u64::from(count), u64::from(count > 0))))
            .reduce(|| [(0, 0); N], add);
        let mut sums = sums.into_iter();
        names.map(|name| {
            let (value, children) = sums.next().unwrap_or_default();
            Self {
                name,
                value,
                children: Some(children),
                scores: None,
            }
        })
    }

    /// Counts the rows of which the question says yes.
    pub(super) fn where_<T: Sync>(
        name: impl Into<CellName>,
        rows: &[T],
        question: impl Fn(&T) -> bool + Sync,
    ) -> Self {
        Self::of(name, rows, |row| u32::from(question(row)))
    }

    /// A count each of which stands for another person.
    pub(super) fn of_people(name: impl Into<CellName>, value: u64) -> Self {
        Self {
            name: name.into(),
            value,
            children: Some(value),
            scores: None,
        }
    }

    /// A count that stands for nobody who must be protected.
    pub(super) fn of_things(name: impl Into<CellName>, value: u64) -> Self {
        Self {
            name: name.into(),
            value,
            children: None,
            scores: None,
        }
    }

    /// The same count under the name of the whole when it is all of it, so that one count is one
    /// cell.
    pub(super) fn within(self, whole: &Self) -> Self {
        if self.value == whole.value && self.children == whole.children {
            whole.clone()
        } else {
            self
        }
    }

    /// The same count as a cell that hangs together with no other: what a number rests on that must be
    /// hidden where the count is small, and gives nothing else away.
    pub(super) fn alone(&self) -> Self {
        Self {
            name: format!("{} alone", self.name),
            ..self.clone()
        }
    }

    /// What is left of a whole, of which each unit is another person.
    pub(super) fn rest_of(&self, whole: &Self) -> Self {
        Self::of_people(
            format!("{} without {}", whole.name, self.name),
            whole.value.saturating_sub(self.value),
        )
    }

    pub(super) fn cell(&self) -> Cell {
        Cell {
            value: self.value,
            children: self.children,
        }
    }

    pub(super) fn is_zero(&self) -> bool {
        self.value == 0
    }
}
