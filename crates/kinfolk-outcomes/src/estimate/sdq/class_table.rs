//! Children by a class, each class with its number and its share.

use kinfolk_model::{Breakdown, BreakdownRow, Group, Key, Unit};

use crate::estimate::breakdown::{PoolSpec, PresentPool, members_of, present_pools, row};
use crate::estimate::entry::{Share, about};
use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

/// One class: its code, its words, and how many are in it.
#[derive(Debug, Clone)]
pub(super) struct Class {
    pub(super) code: &'static str,
    pub(super) label: &'static str,
    pub(super) tally: Tally,
}

/// Classes that do not overlap and together hold all of a group.
pub(super) struct ClassTable<'t> {
    pub(super) measure: &'static str,
    /// The group that all rows share.
    pub(super) group: Group,
    /// The key of the class in the groups of its rows.
    pub(super) key: &'static str,
    pub(super) title: String,
    pub(super) population: &'t str,
    /// What the classes were made by.
    pub(super) options: String,
    pub(super) whole: Tally,
    /// Who belongs to the population and is in no class; `None` when nobody can say.
    pub(super) missing: Option<Tally>,
    pub(super) classes: Vec<Class>,
}

/// The words and the name of a breakdown.
pub(super) struct Heading {
    pub(super) id: String,
    pub(super) title: String,
}

/// Writes tables of the same classes, with pools that may stand for several. Classes are joined in all
/// of them or in none, so that the tables can be compared.
pub(super) fn write_together(
    ledger: &mut Ledger,
    heading: Heading,
    tables: &[ClassTable<'_>],
    pools: &[PoolSpec<'_>],
) {
    let mut rows: Vec<BreakdownRow> = Vec::new();
    for table in tables {
        merge(&mut rows, table.write_rows(ledger));
    }
    let codes: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
    let present = present_pools(pools, &codes);
    let pools = present
        .iter()
        .map(|pool| {
            let keys = tables
                .iter()
                .flat_map(|table| table.write_pool(ledger, pool, &present));
            pool.clone().with_records(keys.collect())
        })
        .collect();
    ledger.breakdown(Breakdown {
        id: heading.id,
        title: heading.title,
        rows,
        pools,
    });
}

/// Adds the records of rows to the rows of the same codes.
fn merge(rows: &mut Vec<BreakdownRow>, more: Vec<BreakdownRow>) {
    for row in more {
        match rows.iter_mut().find(|known| known.code == row.code) {
            Some(known) => known.records.extend(row.records),
            None => rows.push(row),
        }
    }
}

impl ClassTable<'_> {
    /// Writes every class, with pools that may stand for several.
    pub(super) fn write_with_pools(self, ledger: &mut Ledger, pools: &[PoolSpec<'_>]) {
        let heading = Heading {
            id: format!("{}[{}]", self.measure, self.group),
            title: self.title.clone(),
        };
        write_together(ledger, heading, &[self], pools);
    }

    /// Writes every class; all are dropped when one cannot be shown.
    pub(super) fn write_droppable(&self, ledger: &mut Ledger) {
        let rows = self.write_rows(ledger).into_iter();
        let keys: Vec<Key> = rows.flat_map(|row| row.records).collect();
        ledger.droppable(self.title.clone(), keys);
    }

    fn write_rows(&self, ledger: &mut Ledger) -> Vec<BreakdownRow> {
        let tallies: Vec<Tally> = self.classes.iter().map(|c| c.tally.clone()).collect();
        ledger.sum(&self.whole, &tallies);
        let classes = self.classes.iter();
        classes
            .map(|class| {
                let keys = self.write(ledger, class.code, &class.tally);
                row(class.code, class.label, keys)
            })
            .collect()
    }

    fn write(&self, ledger: &mut Ledger, code: &str, count: &Tally) -> Vec<Key> {
        let group = self.group.clone().and(self.key, code);
        let subject = about(self.measure, group, self.population);
        let share = Share {
            missing: self.missing.as_ref(),
            ..Share::of(count, &self.whole)
        };
        vec![
            ledger.count(subject.clone(), Unit::Children, count),
            ledger.share(subject, &share, &self.options),
        ]
    }

    fn write_pool(&self, ledger: &mut Ledger, pool: &PresentPool, all: &[PresentPool]) -> Vec<Key> {
        let parts: Vec<Tally> = pool.of.iter().map(|code| self.tally(code, all)).collect();
        let tally = self.tally(&pool.code, all);
        ledger.sum(&tally, &parts);
        self.write(ledger, &pool.code, &tally)
    }

    /// How many are in a class or a pool.
    fn tally(&self, code: &str, pools: &[PresentPool]) -> Tally {
        let members = members_of(code, pools);
        let classes: Vec<&Class> = self
            .classes
            .iter()
            .filter(|class| members.contains(&class.code))
            .collect();
        match classes.as_slice() {
            [only] => only.tally.clone(),
            several => Tally::of_people(
                format!(
                    "{} in {}[{}]/{code}",
                    self.whole.name, self.measure, self.group
                ),
                several.iter().map(|class| class.tally.value).sum(),
            ),
        }
    }
}
