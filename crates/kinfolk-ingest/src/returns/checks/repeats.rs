//! Rows that say what another row of the same return says already, or of the same thing something else.

use kinfolk_model::care::{CareLeaver, Episode, MissingEpisode, YearlyOutcomes};

use super::{ChildRows, Found, breach};
use crate::returns::breaches::Breach;
use crate::returns::origin::Rowed;
use crate::returns::rules;

/// Copies of episodes are told of here and set aside where histories are made, which tells by reason
/// how many there were.
pub(super) fn check(child: &ChildRows<'_>, found: &mut Found) {
    let copies = repeated(child.episodes, |row, before| row == before);
    found.extend(copies.map(|(row, _)| breach(&rules::ROW_TWICE, row, "child")));
    let of_one_start = child
        .episodes
        .chunk_by(|a, b| a.record.started == b.record.started);
    found.extend(of_one_start.flat_map(rivals));
    check_besides_episodes(child, found);
}

/// Of rows with one start, those of a return that has another such row, and that say something else than it.
fn rivals(alike: &[Rowed<Episode>]) -> impl Iterator<Item = Breach> {
    alike.iter().enumerate().filter_map(|(at, row)| {
        let mut before = alike[..at]
            .iter()
            .filter(|other| other.record.year == row.record.year);
        let is_rival = before.clone().all(|other| other.record != row.record);
        (before.next().is_some() && is_rival).then(|| breach(&rules::ROW_RIVAL, row, "decom"))
    })
}

pub(super) fn check_besides_episodes(child: &ChildRows<'_>, found: &mut Found) {
    set_aside(child.missing, found);
    set_aside(child.care_leavers, found);
    set_aside(child.yearly, found);
}

/// A row of which one return holds one.
pub(in crate::returns) trait Once: PartialEq {
    /// Whether the two are about the same thing, so that only one of them can count.
    fn is_about_same(&self, other: &Self) -> bool;
}

impl Once for MissingEpisode {
    fn is_about_same(&self, other: &Self) -> bool {
        self == other
    }
}

impl Once for CareLeaver {
    fn is_about_same(&self, other: &Self) -> bool {
        (self.child, self.year) == (other.child, other.year)
    }
}

impl Once for YearlyOutcomes {
    fn is_about_same(&self, other: &Self) -> bool {
        (self.child, self.year) == (other.child, other.year)
    }
}

/// Of sorted rows that are about the same thing keeps the first.
pub(in crate::returns) fn keep_first<R: Once>(rows: &mut Vec<Rowed<R>>) {
    rows.dedup_by(|row, before| row.record.is_about_same(&before.record));
}

/// Tells of each row that is not kept.
fn set_aside<R: Once>(rows: &[Rowed<R>], found: &mut Found) {
    let dropped = repeated(rows, R::is_about_same);
    found.extend(dropped.map(|(row, before)| {
        let is_copy = row.record == before.record;
        let rule = if is_copy {
            &rules::ROW_TWICE
        } else {
            &rules::ROW_RIVAL
        };
        Breach {
            is_set_aside: true,
            ..breach(rule, row, "child")
        }
    }));
}

/// The rows that repeat the one before, with it. Rows of a child are sorted, so that they stand right
/// behind.
fn repeated<R>(
    rows: &[Rowed<R>],
    is_repeated: impl Fn(&R, &R) -> bool,
) -> impl Iterator<Item = (&Rowed<R>, &Rowed<R>)> {
    let pairs = rows.iter().skip(1).zip(rows);
    pairs.filter(move |(row, before)| is_repeated(&row.record, &before.record))
}
