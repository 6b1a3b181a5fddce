//! Rows of all parts dealt out to the children.

use kinfolk_model::care::{CareLeaver, Episode, MissingEpisode, YearlyOutcomes, return_year};
use rayon::prelude::*;

use super::identity::Statement;
use super::origin::{Origin, Rowed};
use super::part::Part;

/// A part of a table, and what its rows do not know of themselves.
pub(super) struct Placed {
    pub(super) part: Part,
    /// The table, in the order in which tables are read.
    pub(super) table: u32,
    /// Where the child of each of its identifiers stands among all children.
    pub(super) children: Vec<u32>,
    /// The year of each of its returns.
    pub(super) years: Vec<i16>,
}

/// A row of a part.
pub(super) trait PartRow: Copy + Ord + Send + Sync {
    /// Its child: within its part, and among all children once it is dealt.
    fn child(&self) -> u32;
    /// The row with its child among all, its year and its table.
    fn dealt(self, from: &Placed) -> Self;
}

impl Placed {
    fn child(&self, child: u32) -> u32 {
        self.children
            .get(child as usize)
            .copied()
            .unwrap_or_default()
    }

    fn year(&self, number: i16) -> i16 {
        let at = usize::try_from(number).unwrap_or_default();
        self.years.get(at).copied().unwrap_or_default()
    }

    fn origin(&self, origin: Origin) -> Origin {
        let table = self.table;
        Origin { table, ..origin }
    }
}

impl PartRow for Rowed<Episode> {
    fn child(&self) -> u32 {
        self.record.child
    }

    fn dealt(self, from: &Placed) -> Self {
        let record = Episode {
            child: from.child(self.record.child),
            year: from.year(self.record.year),
            ..self.record
        };
        let origin = from.origin(self.origin);
        Self { record, origin }
    }
}

impl PartRow for Rowed<MissingEpisode> {
    fn child(&self) -> u32 {
        self.record.child
    }

    fn dealt(self, from: &Placed) -> Self {
        // An extract has times missing of many years, each in that in which it ended.
        let ended = self.record.ended.filter(|_| from.part.is_of_extract());
        let record = MissingEpisode {
            child: from.child(self.record.child),
            year: ended.map_or_else(|| from.year(self.record.year), return_year),
            ..self.record
        };
        let origin = from.origin(self.origin);
        Self { record, origin }
    }
}

impl PartRow for Rowed<CareLeaver> {
    fn child(&self) -> u32 {
        self.record.child
    }

    fn dealt(self, from: &Placed) -> Self {
        let record = CareLeaver {
            child: from.child(self.record.child),
            year: from.year(self.record.year),
            ..self.record
        };
        let origin = from.origin(self.origin);
        Self { record, origin }
    }
}

impl PartRow for Rowed<YearlyOutcomes> {
    fn child(&self) -> u32 {
        self.record.child
    }

    fn dealt(self, from: &Placed) -> Self {
        let record = YearlyOutcomes {
            child: from.child(self.record.child),
            year: from.year(self.record.year),
            ..self.record
        };
        let origin = from.origin(self.origin);
        Self { record, origin }
    }
}

impl PartRow for Statement {
    fn child(&self) -> u32 {
        self.child
    }

    fn dealt(self, from: &Placed) -> Self {
        let (child, year) = (from.child(self.child), from.year(self.year));
        self.at(child, year, from.origin(self.origin))
    }
}

/// The rows of all parts in the order of the children, and every row of one child in an order of its
/// own, so that the order of files and rows changes nothing.
///
/// Rows come year by year, those of one child together, so they are dealt out to the children first:
/// that is far less work than to compare each with all.
pub(super) fn dealt<R: PartRow>(
    parts: &[Placed],
    n_children: usize,
    rows: impl Fn(&Part) -> &[R] + Sync,
) -> Vec<R> {
    let runs: Vec<Vec<Run>> = parts
        .par_iter()
        .map(|part| runs(part, rows(&part.part)))
        .collect();
    let mut next = vec![0; n_children + 1];
    for run in runs.iter().flatten() {
        next[run.child as usize + 1] += run.n as usize;
    }
    for at in 1..next.len() {
        next[at] += next[at - 1];
    }
    let mut places = vec![(0, 0); next[n_children]];
    for (part, runs) in (0u32..).zip(&runs) {
        let mut at = 0u32;
        for run in runs {
            let next = &mut next[run.child as usize];
            for place in &mut places[*next..*next + run.n as usize] {
                *place = (part, at);
                at += 1;
            }
            *next += run.n as usize;
        }
    }
    let row = |(part, at): &(u32, u32)| {
        let from = &parts[*part as usize];
        rows(&from.part)[*at as usize].dealt(from)
    };
    let mut dealt: Vec<R> = places.par_iter().map(row).collect();
    put_in_order(&mut dealt);
    dealt
}

/// Puts every row of one child in an order of its own. Children stand in order already.
pub(super) fn put_in_order<R: PartRow>(rows: &mut [R]) {
    rows.par_chunk_by_mut(|a, b| a.child() == b.child())
        .for_each(<[R]>::sort_unstable);
}

/// Rows of a part that follow each other and are about one child.
struct Run {
    child: u32,
    n: u32,
}

fn runs<R: PartRow>(part: &Placed, rows: &[R]) -> Vec<Run> {
    let alike = rows.chunk_by(|a, b| a.child() == b.child());
    let run = |alike: &[R]| Run {
        child: alike.first().map_or(0, |row| part.child(row.child())),
        n: u32::try_from(alike.len()).unwrap_or(u32::MAX),
    };
    alike.map(run).collect()
}
