//! A release in the making: hide, drop, print and audit until nothing more has to be hidden.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use kinfolk_model::{Estimate, Estimates, Key};

use crate::audit::{self, Audit, Leak};
use crate::design::Design;
use crate::field::Field;
use crate::figure::Printer;
use crate::suppress::{Task, importance, suppress};
use crate::system::{CellAt, Fields, System};
use crate::view::{Bounds, Reader, View};
use crate::{DisclosureError, Profile, Released};

/// A set whose loss matters least.
const DROPPABLE: u32 = 1;

/// Against one leak, so many counts are hidden one by one; then all that are nearest at once, because
/// where single ones did not help more of them seldom do, and each costs an audit.
const MOST_SINGLE_TRIES: usize = 4;

/// A release in the making.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    pub(crate) estimates: &'a Estimates,
    pub(crate) system: &'a System,
    pub(crate) profile: &'a Profile,
    /// What counts are rounded to.
    pub(crate) base: u64,
    pub(crate) design: &'a Design,
    /// Cells that are hidden whatever their size; the audit may add some.
    pub(crate) forced: BTreeSet<CellAt>,
}

/// What a plan comes to.
#[derive(Debug)]
pub(crate) struct Settled {
    /// The figures, each with its place among the estimates.
    pub(crate) published: Vec<(usize, Released)>,
    /// Which droppable sets are dropped.
    pub(crate) dropped: BTreeSet<usize>,
    /// Estimates that are left out because a sign in their place would still say too much.
    pub(crate) withdrawn: BTreeSet<usize>,
    pub(crate) audit: Audit,
    pub(crate) known: Known,
}

/// What the print says of each count of children, printed or not.
pub(crate) type Known = BTreeMap<(Key, Field), Bounds>;

impl Plan<'_> {
    /// Settles what is published. Each round hides at least one more count, drops at least one more
    /// set or withdraws at least one more estimate, so it ends.
    ///
    /// # Errors
    ///
    /// When the audit works out a hidden count and nothing is left to withhold that could prevent it.
    pub(crate) fn settle(mut self) -> Result<Settled, DisclosureError> {
        let (mut dropped, mut withdrawn) = (BTreeSet::new(), BTreeSet::new());
        let mut tries = BTreeMap::new();
        loop {
            let weights = self.weights(&dropped, &withdrawn);
            let hidden = suppress(&self.task(&weights));
            let holed = self.sets_to_drop(&weights, &hidden);
            if !holed.is_empty() {
                dropped.extend(holed);
                continue;
            }
            let guarded = self.guarded(&weights);
            let published = self.print(&weights, (&hidden, &guarded));
            match self.attack(&published, &weights, &mut tries)? {
                Verdict::Hide(cells) => self.forced.extend(cells),
                Verdict::Drop(set) => {
                    dropped.insert(set);
                }
                Verdict::Withdraw(estimates) => withdrawn.extend(estimates),
                Verdict::Safe(audit, known) => {
                    return Ok(Settled {
                        published,
                        dropped,
                        withdrawn,
                        audit,
                        known,
                    });
                }
            }
        }
    }

    /// The cells that must not become known, small or forced.
    fn guarded(&self, weights: &[u32]) -> Vec<bool> {
        let task = self.task(weights);
        let cells = 0..self.system.cells.len();
        cells.map(|cell| task.is_guarded(cell)).collect()
    }

    fn task<'t>(&'t self, weights: &'t [u32]) -> Task<'t> {
        Task {
            system: self.system,
            profile: self.profile,
            weights,
            forced: &self.forced,
        }
    }

    /// Audits; says what to hide next when a hidden count can be worked out.
    fn attack(
        &self,
        published: &[(usize, Released)],
        weights: &[u32],
        tries: &mut BTreeMap<CellAt, usize>,
    ) -> Result<Verdict, DisclosureError> {
        let task = self.task(weights);
        let reader = Reader {
            profile: self.profile,
            base: self.base,
            forced: &self.forced,
        };
        let view = View::read(self.system, published, &reader);
        let leak = match audit::audit(&view, self.profile, |cell| self.is_small(cell)) {
            Ok(audit) => return Ok(Verdict::Safe(audit, self.known(&view))),
            Err(leak) => leak,
        };
        let importance = importance(&task);
        let may_be_hidden =
            |cell: CellAt| self.system.value(cell) > 0 || !self.profile.shows_zero();
        let tried = tries.entry(leak.cell).or_default();
        *tried += 1;
        let near = audit::all_expendable(&view, &leak, may_be_hidden);
        let least = audit::most_expendable(&view, &near, &importance);
        let hide: BTreeSet<CellAt> = match *tried > MOST_SINGLE_TRIES {
            true => near.clone(),
            false => least.into_iter().collect(),
        };
        // What blurs a sum may be enough when fewer figures speak of the sums beside it.
        let spoken_of = match hide.iter().any(|&cell| self.system.is_blurred(cell)) {
            true => &near,
            false => &hide,
        };
        self.set_that_speaks_of(spoken_of, weights)
            .map(Verdict::Drop)
            .or_else(|| (!hide.is_empty()).then_some(Verdict::Hide(hide)))
            .or_else(|| self.withhold_more(&view, &leak, weights))
            .ok_or_else(|| leak.into_error(&view, self.profile))
    }

    /// What to leave out when nothing that is left to hide helps: of what speaks, even by a sign, of
    /// the counts nearest to the leak, the smallest set that may be dropped, else every estimate.
    fn withhold_more(&self, view: &View<'_>, leak: &Leak, weights: &[u32]) -> Option<Verdict> {
        let is_told = |cell: CellAt| view.is_shown[cell] || view.is_withheld[cell];
        let cells = audit::nearest(view, leak.cell, is_told);
        if let Some(set) = self.set_that_speaks_of(&cells, weights) {
            return Some(Verdict::Drop(set));
        }
        let is_near = |cell: CellAt| cells.contains(&cell);
        let speaks = |at: &usize| {
            let fields = &self.system.fields[*at];
            let mut own = fields.all().chain(fields.blurred());
            weights[*at] > 0 && own.any(is_near)
        };
        let estimates: BTreeSet<usize> = (0..weights.len()).filter(speaks).collect();
        (!estimates.is_empty()).then_some(Verdict::Withdraw(estimates))
    }

    /// The smallest set that may be dropped of those that give one of these cells away, or leave a range
    /// of it. Without the set the cell may no longer help a reader, and what matters more may stay.
    fn set_that_speaks_of(&self, cells: &BTreeSet<CellAt>, weights: &[u32]) -> Option<usize> {
        let is_one = |cell: CellAt| cells.contains(&cell);
        let sets = self.count_in_sets(weights, [&is_one, &is_one]);
        let size = |at: usize| self.estimates.structure.droppable[at].1.len();
        sets.into_keys().min_by_key(|&at| (size(at), at))
    }

    fn known(&self, view: &View<'_>) -> Known {
        let mut known = BTreeMap::new();
        for (estimate, fields) in self.estimates.records.iter().zip(&self.system.fields) {
            for field in Field::ALL {
                if let Some(cell) = fields.cell(field)
                    && self.system.cells[cell].children.is_some()
                {
                    known.insert((estimate.key(), field), view.bounds[cell]);
                }
            }
        }
        known
    }

    fn is_small(&self, cell: CellAt) -> bool {
        self.profile.hides(self.system.cells[cell].children)
    }

    /// How much each estimate matters: headlines most, sets that may be dropped least, what is left
    /// out not at all.
    fn weights(&self, dropped: &BTreeSet<usize>, withdrawn: &BTreeSet<usize>) -> Vec<u32> {
        let (mut gone, mut droppable) = (BTreeSet::new(), BTreeSet::new());
        for (at, (_, keys)) in self.estimates.structure.droppable.iter().enumerate() {
            match dropped.contains(&at) {
                true => gone.extend(keys),
                false => droppable.extend(keys),
            }
        }
        let weight = |(at, estimate): (usize, &Estimate)| {
            let key = estimate.key();
            let is_gone = gone.contains(&key) || withdrawn.contains(&at);
            if is_gone || self.design.left_out.contains(&key) {
                0
            } else if droppable.contains(&key) {
                DROPPABLE
            } else {
                headline_weight(&key)
            }
        };
        self.estimates
            .records
            .iter()
            .enumerate()
            .map(weight)
            .collect()
    }

    /// The sets that are dropped next: all that hold a small number; else the one with most holes,
    /// because dropping it may leave the others whole.
    fn sets_to_drop(&self, weights: &[u32], hidden: &[bool]) -> Vec<usize> {
        let is_small = |cell: CellAt| self.is_small(cell);
        let small = self.count_in_sets(weights, [&is_small, &is_small]);
        if !small.is_empty() {
            return small.into_keys().collect();
        }
        let task = self.task(weights);
        let is_hidden = |cell: CellAt| hidden[cell];
        let holed = self.count_in_sets(weights, [&is_hidden, &|cell| task.is_guarded(cell)]);
        let most = holed
            .into_iter()
            .max_by_key(|&(at, holes)| (holes, Reverse(at)));
        most.map(|(at, _)| at).into_iter().collect()
    }

    /// How many cells of each set that is still published are of a kind, of those that it gives away
    /// and of those that it leaves a range of; sets without are left out.
    fn count_in_sets(
        &self,
        weights: &[u32],
        [exact, blurred]: [&dyn Fn(CellAt) -> bool; 2],
    ) -> BTreeMap<usize, usize> {
        let index = self.estimates.index();
        let count_in = |fields: &Fields| {
            let in_full = fields.all().filter(|&cell| exact(cell)).count();
            in_full + fields.blurred().filter(|&cell| blurred(cell)).count()
        };
        let count = |keys: &BTreeSet<Key>| {
            keys.iter()
                .filter_map(|key| index.get(key))
                .filter(|&&at| weights[at] > 0)
                .map(|&at| count_in(&self.system.fields[at]))
                .sum()
        };
        let sets = self.estimates.structure.droppable.iter().enumerate();
        sets.map(|(at, (_, keys))| (at, count(keys)))
            .filter(|&(_, count)| count > 0)
            .collect()
    }

    fn print(
        &self,
        weights: &[u32],
        (hidden, guarded): (&[bool], &[bool]),
    ) -> Vec<(usize, Released)> {
        let printer = Printer {
            system: self.system,
            profile: self.profile,
            base: self.base,
            hidden,
            guarded,
        };
        let records = self.estimates.records.iter().enumerate();
        records
            .filter(|(at, _)| weights[*at] > 0)
            .map(|(at, estimate)| (at, printer.print(estimate, &self.system.fields[at])))
            .collect()
    }
}

/// What the audit says.
enum Verdict {
    Safe(Audit, Known),
    Hide(BTreeSet<CellAt>),
    Drop(usize),
    Withdraw(BTreeSet<usize>),
}

/// Figures about all matter most, then those about one part.
fn headline_weight(key: &Key) -> u32 {
    match key.group.pairs().count() {
        0 => 64,
        1 => 16,
        _ => 4,
    }
}
