//! Children whom other tables name and the children table does not.

use std::collections::BTreeMap;

use kinfolk_model::{ChildId, Finding, format};

use super::at;
use super::known::Known;
use crate::rules;
use crate::table::{Assigned, Located, Record, Rows};

/// This many unknown children, and no known one, mean that the two tables use different identifiers.
const FEWEST_FOR_ALL: usize = 3;

/// Warns of children that the children table does not know: once for each child and sheet, or once
/// for a whole sheet whose identifiers are others altogether.
pub(crate) fn orphans<R: Record>(
    rows: &Rows<R>,
    known: &Known,
    sheets: &[Assigned],
) -> Vec<Finding> {
    let mut by_sheet: BTreeMap<usize, Sightings<'_, R>> = BTreeMap::new();
    let mut last_known = None;
    for located in &rows.located {
        let Some(child) = located.record.child_id() else {
            continue;
        };
        let sightings = by_sheet.entry(located.sheet).or_default();
        // The rows of a child mostly stand together.
        if last_known == Some(child) || known.contains(child) {
            last_known = Some(child);
            sightings.n_known += 1;
        } else {
            let sighted = sightings.unknown.entry(child);
            sighted.or_insert((located, 0)).1 += 1;
        }
    }
    by_sheet
        .values()
        .flat_map(|sightings| sightings.findings(known, sheets))
        .collect()
}

/// The children that one sheet names.
struct Sightings<'a, R> {
    n_known: usize,
    /// The first record that names each, and how many do.
    unknown: BTreeMap<&'a ChildId, (&'a Located<R>, u64)>,
}

impl<R> Default for Sightings<'_, R> {
    fn default() -> Self {
        Self {
            n_known: 0,
            unknown: BTreeMap::new(),
        }
    }
}

impl<R: Record> Sightings<'_, R> {
    fn findings(&self, known: &Known, sheets: &[Assigned]) -> Vec<Finding> {
        if self.n_known == 0 && self.unknown.len() >= FEWEST_FOR_ALL {
            let first = self.unknown.values().map(|(first, _)| first);
            let first = first.min_by_key(|first| first.row);
            let message = format!(
                "none of the {} children named here stands in the children table",
                format::count(self.unknown.len() as u64)
            );
            return first
                .and_then(|first| at(&rules::ORPHAN_ID, first, "child_id", message, sheets))
                .into_iter()
                .collect();
        }
        self.unknown
            .iter()
            .filter_map(|(child, &(first, n))| {
                let mut message = format!("child {child} does not stand in the children table");
                if n > 1 {
                    let n = format::count(n);
                    message = format!("{message}; {n} records here name it");
                }
                if let Some(alike) = known.spelt_alike(child) {
                    message = format!("{message}; the table has {alike}");
                }
                at(&rules::ORPHAN_ID, first, "child_id", message, sheets)
            })
            .collect()
    }
}
