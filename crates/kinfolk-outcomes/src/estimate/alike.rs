//! Rows that are alike, counted once.

use std::collections::BTreeMap;

use kinfolk_model::CellName;
use rayon::prelude::*;

use super::tally::Tally;

/// Fewer rows than this are not worth another thread.
const ROWS_FOR_A_THREAD: usize = 20_000;

/// What rows, one a person, say, and how many say it. Of a million children a few hundred differ in
/// what estimates ask about, so many questions about the same rows are asked of these.
pub(super) struct Alike<K> {
    kinds: Vec<(K, u64)>,
}

impl<K: Ord + Send> Alike<K> {
    /// Counts rows by what they say.
    pub(super) fn of<'r, T: Sync>(rows: &'r [T], said: impl Fn(&'r T) -> K + Sync) -> Self {
        let count = |mut kinds: BTreeMap<K, u64>, row| {
            *kinds.entry(said(row)).or_default() += 1;
            kinds
        };
        let kinds = rows
            .par_iter()
            .with_min_len(ROWS_FOR_A_THREAD)
            .fold(BTreeMap::new, count)
            .reduce(BTreeMap::new, together);
        Self {
            kinds: kinds.into_iter().collect(),
        }
    }
}

fn together<K: Ord>(mut kinds: BTreeMap<K, u64>, more: BTreeMap<K, u64>) -> BTreeMap<K, u64> {
    for (kind, n) in more {
        *kinds.entry(kind).or_default() += n;
    }
    kinds
}

impl<K> Alike<K> {
    /// Everything that any row says, in order.
    pub(super) fn kinds(&self) -> impl Iterator<Item = &K> {
        self.kinds.iter().map(|(kind, _)| kind)
    }

    /// Adds up a count over the rows.
    pub(super) fn tally(&self, name: impl Into<CellName>, count: impl Fn(&K) -> u32) -> Tally {
        let [tally] = self.tallies([name.into()], |kind| [count(kind)]);
        tally
    }

    /// Counts the rows of which the question says yes.
    pub(super) fn where_(&self, name: impl Into<CellName>, question: impl Fn(&K) -> bool) -> Tally {
        self.tally(name, |kind| u32::from(question(kind)))
    }

    /// Adds up several counts over the same rows.
    pub(super) fn tallies<const N: usize>(
        &self,
        names: [CellName; N],
        counts: impl Fn(&K) -> [u32; N],
    ) -> [Tally; N] {
        let mut tallies = names.map(|name| Tally::of_people(name, 0));
        for (kind, n) in &self.kinds {
            for (tally, count) in tallies.iter_mut().zip(counts(kind)) {
                tally.value += u64::from(count) * n;
                if count > 0 {
                    tally.children = tally.children.map(|children| children + n);
                }
            }
        }
        tallies
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_those_of_the_rows_one_by_one() {
        let rows = [3_u32, 0, 3, 1, 0, 2];
        let alike = Alike::of(&rows, |row| *row);
        let kinds: Vec<u32> = alike.kinds().copied().collect();
        assert_eq!(kinds, [0, 1, 2, 3]);
        assert_eq!(
            alike.tally("n", |row| *row),
            Tally::of("n", &rows, |row| *row)
        );
        assert_eq!(
            alike.where_("many", |row| *row > 1),
            Tally::where_("many", &rows, |row| *row > 1)
        );
        let none = Alike::of(&[0_u32; 0], |row| *row);
        assert_eq!(none.tally("n", |row| *row), Tally::of_people("n", 0));
    }
}
