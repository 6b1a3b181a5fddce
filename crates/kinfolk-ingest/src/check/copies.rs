//! Rows that were already there, and rows that share an identifier.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use kinfolk_model::{Finding, format};
use rayon::prelude::*;

use super::at;
use crate::rules;
use crate::table::{Assigned, Key, Located, Record, Rows};

/// This many rows, all of them copies of another sheet's, mean that the sheet itself is a copy.
const FEWEST_FOR_ALL: usize = 2;

/// Sets aside every row whose key an earlier row has.
pub(crate) fn set_copies_aside<R: Record>(rows: &mut Rows<R>, sheets: &[Assigned]) {
    let firsts = firsts(&rows.located);
    if firsts.is_empty() {
        return;
    }
    let located = std::mem::take(&mut rows.located);
    let mut kept_at: BTreeMap<usize, usize> = firsts.values().map(|first| (*first, 0)).collect();
    let mut copies = Vec::new();
    for (at, located) in located.into_iter().enumerate() {
        if let Some(first) = firsts.get(&at) {
            copies.push((kept_at.get(first).copied().unwrap_or_default(), located));
            continue;
        }
        if let Some(place) = kept_at.get_mut(&at) {
            *place = rows.located.len();
        }
        rows.located.push(located);
    }
    rows.n_set_aside += copies.len();
    let findings = about_copies(&rows.located, &copies, sheets);
    rows.findings.extend(findings);
}

/// For each row whose key an earlier row has, the first such row. Keys are compared by a short sum
/// before they are compared in full, so that a long table needs no second table of keys.
fn firsts<R: Record>(located: &[Located<R>]) -> BTreeMap<usize, usize> {
    let mut sums: Vec<(u64, usize)> = (0..located.len())
        .into_par_iter()
        .filter_map(|at| Some((sum(&key(located, at)?), at)))
        .collect();
    sums.par_sort_unstable();
    let mut firsts = BTreeMap::new();
    for alike in sums.chunk_by(|one, next| one.0 == next.0) {
        if alike.len() == 1 {
            continue;
        }
        let mut by_key: BTreeMap<Key<'_>, usize> = BTreeMap::new();
        for &(_, at) in alike {
            let Some(key) = key(located, at) else {
                continue;
            };
            match by_key.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(at);
                }
                Entry::Occupied(entry) => {
                    firsts.insert(at, *entry.get());
                }
            }
        }
    }
    firsts
}

fn key<R: Record>(located: &[Located<R>], at: usize) -> Option<Key<'_>> {
    located.get(at)?.record.key()
}

/// A sum that differs for nearly all keys, the same in every run.
fn sum(key: &Key<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// A row, and the place among the kept rows of the one that it repeats.
type Copy<R> = (usize, Located<R>);

/// A row that was kept, and one that repeats it.
type Pair<'a, R> = (&'a Located<R>, &'a Located<R>);

fn about_copies<R: Record>(
    kept: &[Located<R>],
    copies: &[Copy<R>],
    sheets: &[Assigned],
) -> Vec<Finding> {
    let mut by_sheet: BTreeMap<usize, Vec<Pair<'_, R>>> = BTreeMap::new();
    for (first, copy) in copies {
        if let Some(first) = kept.get(*first) {
            by_sheet.entry(copy.sheet).or_default().push((first, copy));
        }
    }
    let mut findings = Vec::new();
    for (sheet, copies) in by_sheet {
        let keeps_nothing = !kept.iter().any(|located| located.sheet == sheet);
        match whole_sheet(&copies, sheets).filter(|_| keeps_nothing) {
            Some(finding) => findings.push(finding),
            None => findings.extend(row_by_row(&copies, sheets)),
        }
    }
    findings
}

/// One finding for a sheet of which every row is a copy of a row in one other sheet.
fn whole_sheet<R: Record>(copies: &[Pair<'_, R>], sheets: &[Assigned]) -> Option<Finding> {
    let (first, copy) = copies.first()?;
    let is_alike = copies.iter().all(|(earlier, later)| {
        earlier.record == later.record
            && earlier.sheet == first.sheet
            && earlier.sheet != later.sheet
    });
    let n_rows = rows_of(copies).len();
    if !is_alike || n_rows < FEWEST_FOR_ALL {
        return None;
    }
    let original = sheets.get(first.sheet)?.sheet.source();
    let Assigned { sheet, layout } = sheets.get(copy.sheet)?;
    let place = kinfolk_model::Place {
        row: Some(layout.header_row),
        ..sheet.place()
    };
    let message = format!(
        "each of the {} rows stands in {original} already",
        format::count(n_rows as u64)
    );
    Some(rules::TABLE_COPIED.at(place, message))
}

fn rows_of<R>(copies: &[Pair<'_, R>]) -> BTreeSet<u32> {
    copies.iter().map(|(_, copy)| copy.row).collect()
}

/// One finding for each row, however many answers a wide form holds.
fn row_by_row<R: Record>(copies: &[Pair<'_, R>], sheets: &[Assigned]) -> Vec<Finding> {
    let mut told = BTreeSet::new();
    copies
        .iter()
        .filter(|(_, copy)| told.insert(copy.row))
        .filter_map(|(first, copy)| about_copy(first, copy, sheets))
        .collect()
}

fn about_copy<R: Record>(
    first: &Located<R>,
    copy: &Located<R>,
    sheets: &[Assigned],
) -> Option<Finding> {
    let where_first = if first.sheet == copy.sheet {
        format!("row {}", first.row)
    } else {
        format!(
            "row {} of {}",
            first.row,
            sheets.get(first.sheet)?.sheet.source()
        )
    };
    let column = R::KEY_COLUMN;
    let (rule, message) = if first.record == copy.record {
        (
            &rules::DUPLICATE_ROW,
            format!("the row says the same as {where_first}"),
        )
    } else {
        (
            R::SAME_KEY,
            format!("the {} stands in {where_first} already", R::SHARED),
        )
    };
    Some(Finding {
        row_set_aside: true,
        ..at(rule, copy, column, message, sheets)?
    })
}
