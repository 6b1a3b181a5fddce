//! The attacker: what each hidden count can still be, given everything that is printed.
//!
//! The audit does not trust the step that hid the counts. It reads the released figures, and looks
//! for other worlds: whole tables of counts, different from the true one, that agree with every
//! printed number, every sum, the rounding of counts and percentages, and the meaning of `[c]`. A
//! hidden count is safe only when worlds are found in which it has enough different values. What
//! cannot be shown to be safe counts as given away.

use std::collections::BTreeSet;

use crate::system::CellAt;
use crate::view::View;
use crate::world::Search;
use crate::{DisclosureError, Profile};

/// What the audit found: for the records of the organisation, not for print. The number of counts
/// that are small, beside the number hidden with them, would help to tell which is which.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// Counts printed as `[c]` because they are small.
    pub primary: usize,
    /// Counts printed as `[c]` because they would give a small one away.
    pub secondary: usize,
    /// Small counts that are not printed at all, yet must not follow from what is.
    pub unpublished: usize,
    /// Sums that tie the counts together.
    pub equations: usize,
    /// The fewest values that were found possible for any hidden count; the search stops at what
    /// the rules ask for. `None` when nothing is hidden.
    pub fewest_values: Option<u64>,
}

impl Audit {
    /// How many counts are printed as `[c]`.
    pub fn hidden(&self) -> usize {
        self.primary + self.secondary
    }
}

/// A hidden count of which the print says too much.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Leak {
    pub(crate) cell: CellAt,
    low: u64,
    high: u64,
    found: u64,
}

impl Leak {
    pub(crate) fn into_error(self, view: &View<'_>, profile: &Profile) -> DisclosureError {
        DisclosureError::Recoverable {
            cell: view.system.names[self.cell].clone(),
            low: self.low,
            high: self.high,
            found: self.found,
            required: profile.possible_values,
        }
    }
}

/// Attacks every hidden count.
///
/// # Errors
///
/// The first count, in the order of their names, of which too few values are possible.
pub(crate) fn audit(
    view: &View<'_>,
    profile: &Profile,
    is_small: impl Fn(CellAt) -> bool,
) -> Result<Audit, Leak> {
    let mut audit = Audit {
        equations: view.system.equations.len(),
        ..Audit::default()
    };
    let mut searches = searches(view);
    for cell in 0..view.system.cells.len() {
        match (view.is_withheld[cell], is_small(cell)) {
            (false, false) => continue,
            (true, true) => audit.primary += 1,
            (true, false) => audit.secondary += 1,
            (false, true) => audit.unpublished += 1,
        }
        if is_silent(view, cell) {
            continue;
        }
        let found = possible_values(&mut searches, cell, profile.possible_values);
        if found < profile.possible_values {
            return Err(leak(view, cell, found));
        }
        audit.fewest_values = Some(audit.fewest_values.map_or(found, |least| least.min(found)));
    }
    Ok(audit)
}

/// First only what is not printed changes, which is the easier search. Where printed counts are
/// rounded they may change as well.
fn searches<'a>(view: &'a View<'a>) -> Vec<Search<'a>> {
    let mut searches = vec![Search::new(view, |cell| !view.is_shown[cell])];
    let is_rounded = |cell: CellAt| view.is_shown[cell] && view.bounds[cell].is_open();
    if (0..view.bounds.len()).any(is_rounded) {
        searches.push(Search::new(view, |_| true));
    }
    searches
}

fn possible_values(searches: &mut [Search<'_>], cell: CellAt, enough: u64) -> u64 {
    let mut most = 0;
    for search in searches {
        most = most.max(search.possible_values(cell, enough));
        if most >= enough {
            break;
        }
    }
    most
}

fn leak(view: &View<'_>, cell: CellAt, found: u64) -> Leak {
    let bounds = view.bounds[cell];
    let end = |end: i64| u64::try_from(end).unwrap_or(0);
    Leak {
        cell,
        low: end(bounds.low),
        high: end(bounds.high),
        found,
    }
}

/// Whether the print says nothing, not even by a sign, of a count or of any that a sum ties to it,
/// however far. It then cannot say too much.
fn is_silent(view: &View<'_>, cell: CellAt) -> bool {
    let is_told = |cell: CellAt| view.is_shown[cell] || view.is_withheld[cell];
    nearest(view, cell, is_told).is_empty()
}

/// The counts of a kind that are nearest to a count by the sums; itself, if it is one.
pub(crate) fn nearest(
    view: &View<'_>,
    cell: CellAt,
    is_of_kind: impl Fn(CellAt) -> bool,
) -> BTreeSet<CellAt> {
    let mut reached = BTreeSet::from([cell]);
    let mut edge = reached.clone();
    while !edge.is_empty() {
        let found: BTreeSet<CellAt> = edge.iter().copied().filter(|&c| is_of_kind(c)).collect();
        if !found.is_empty() {
            return found;
        }
        let cells: Vec<CellAt> = edge.into_iter().collect();
        edge = neighbours(view, &cells, &reached);
        reached.extend(&edge);
    }
    BTreeSet::new()
}

/// The one whose loss matters least.
pub(crate) fn most_expendable(
    view: &View<'_>,
    near: &BTreeSet<CellAt>,
    importance: &[u32],
) -> Option<CellAt> {
    let near = near.iter().copied();
    near.min_by_key(|&cell| (importance[cell], view.system.value(cell), cell))
}

/// All shown counts nearest to a leak, by the sums.
pub(crate) fn all_expendable(
    view: &View<'_>,
    leak: &Leak,
    may_be_hidden: impl Fn(CellAt) -> bool,
) -> BTreeSet<CellAt> {
    nearest(view, leak.cell, |cell| {
        cell != leak.cell && view.is_shown[cell] && may_be_hidden(cell)
    })
}

fn neighbours(view: &View<'_>, edge: &[CellAt], reached: &BTreeSet<CellAt>) -> BTreeSet<CellAt> {
    edge.iter()
        .flat_map(|&cell| &view.system.equations_of[cell])
        .flat_map(|&equation| view.system.equations[equation].cells())
        .filter(|cell| !reached.contains(cell))
        .collect()
}

#[cfg(test)]
mod tests {
    use kinfolk_model::{
        Carried, Cell, DisclosureProfile, Estimate, Estimates, Group, Key, Statistic, Sum, Unit,
    };

    use super::*;
    use crate::figure::Printer;
    use crate::system::System;
    use crate::view::Reader;
    use crate::{DisclosureError, profile};

    /// A count: its name, its value and whether it is printed as `[c]`.
    type Count = (&'static str, u64, bool);

    fn estimates(counts: &[Count], sums: &[(&str, &[&str])]) -> Estimates {
        let mut estimates = Estimates::default();
        for &(name, value, _) in counts {
            let key = Key::new("m", Group::of("part", name), Statistic::Count);
            let children = Some(value);
            let cell = Cell { value, children };
            estimates.structure.cells.insert(name.to_owned(), cell);
            let carried = Carried {
                value: Some(name.to_owned()),
                ..Carried::default()
            };
            estimates.structure.carried.insert(key.clone(), carried);
            estimates.records.push(count(key, value));
        }
        estimates.structure.sums = sums
            .iter()
            .map(|(total, parts)| Sum {
                total: (*total).to_owned(),
                parts: parts.iter().map(|part| (*part).to_owned()).collect(),
            })
            .collect();
        estimates
    }

    fn count(key: Key, value: u64) -> Estimate {
        Estimate {
            measure: key.measure,
            population: String::new(),
            arm: String::new(),
            group: key.group,
            statistic: key.statistic,
            value: Some(value as f64),
            lower: None,
            upper: None,
            level: None,
            unit: Unit::Children,
            numerator: None,
            denominator: None,
            n_missing: None,
            method: String::new(),
            options: String::new(),
            note: String::new(),
        }
    }

    /// Audits a print in which exactly the marked counts are hidden.
    fn audited(
        profile_id: DisclosureProfile,
        base: u64,
        counts: &[Count],
        sums: &[(&str, &[&str])],
    ) -> Result<Audit, DisclosureError> {
        let estimates = estimates(counts, sums);
        let rules = profile(profile_id);
        let system = System::new(&estimates)?;
        let is_hidden = |name: &str| counts.iter().any(|count| count.0 == name && count.2);
        let hidden: Vec<bool> = system.names.iter().map(|name| is_hidden(name)).collect();
        let printer = Printer {
            system: &system,
            profile: &rules,
            base,
            hidden: &hidden,
            guarded: &hidden,
        };
        let print = |(at, estimate)| (at, printer.print(estimate, &system.fields[at]));
        let published: Vec<_> = estimates.records.iter().enumerate().map(print).collect();
        let reader = Reader {
            profile: &rules,
            base,
            forced: &BTreeSet::new(),
        };
        let view = View::read(&system, &published, &reader);
        let is_small = |cell: CellAt| rules.hides(system.cells[cell].children);
        audit(&view, &rules, is_small).map_err(|leak| leak.into_error(&view, &rules))
    }

    fn check(counts: &[Count], sums: &[(&str, &[&str])], expected: Option<(&str, u64, u64)>) {
        let found = match audited(DisclosureProfile::DfeCsc, 1, counts, sums) {
            Ok(_) => None,
            Err(DisclosureError::Recoverable {
                cell, low, high, ..
            }) => Some((cell, low, high)),
            Err(error) => panic!("{error}"),
        };
        let found = found
            .as_ref()
            .map(|(cell, low, high)| (cell.as_str(), *low, *high));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_count_that_was_not_hidden_is_found() {
        check(&[("a", 3, false)], &[], Some(("a", 3, 3)));
        check(&[("a", 3, true)], &[], None);
        check(&[("a", 6, false)], &[], None);
    }

    #[test]
    fn a_total_less_the_rest_is_found() {
        let sums: &[(&str, &[&str])] = &[("t", &["a", "b", "c"])];
        let counts = [
            ("t", 30, false),
            ("a", 3, true),
            ("b", 12, false),
            ("c", 15, false),
        ];
        check(&counts, sums, Some(("a", 3, 3)));
        let counts = [
            ("t", 30, false),
            ("a", 3, true),
            ("b", 12, true),
            ("c", 15, false),
        ];
        check(&counts, sums, None);
    }

    #[test]
    fn signs_that_add_up_to_their_number_are_ones() {
        let sums: &[(&str, &[&str])] = &[("t", &["a", "b", "c"])];
        let counts = [
            ("t", 22, false),
            ("a", 1, true),
            ("b", 1, true),
            ("c", 20, false),
        ];
        check(&counts, sums, Some(("a", 1, 1)));
    }

    #[test]
    fn what_only_elimination_finds_is_found() {
        // Two rows hide a pair each, yet the columns tie the pairs: x + y = 9, y + z = 8, x + z = 7.
        let sums: &[(&str, &[&str])] =
            &[("p", &["x", "y"]), ("q", &["y", "z"]), ("r", &["x", "z"])];
        let totals = [("p", 9, false), ("q", 8, false), ("r", 7, false)];
        let parts = [("x", 4, true), ("y", 5, true), ("z", 3, true)];
        let counts: Vec<Count> = totals.into_iter().chain(parts).collect();
        let error = audited(DisclosureProfile::DfeCsc, 1, &counts, sums);
        assert!(matches!(
            error,
            Err(DisclosureError::Recoverable { found: 1, .. })
        ));
    }

    #[test]
    fn rounding_guards_what_subtraction_would_give_away() {
        let sums: &[(&str, &[&str])] = &[("t", &["a", "b"])];
        let counts = [("t", 23, false), ("a", 3, true), ("b", 20, false)];
        let exact = audited(DisclosureProfile::NhsRound5, 1, &counts, sums);
        assert!(exact.is_err());
        let rounded = audited(DisclosureProfile::NhsRound5, 5, &counts, sums);
        assert_eq!(rounded.map(|audit| audit.primary), Ok(1));
    }
}
