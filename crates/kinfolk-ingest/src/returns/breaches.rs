//! Rules that rows break together with others, gathered by table, column and rule.

use std::collections::BTreeMap;

use kinfolk_model::{Finding, fold};

use super::names::Headers;
use super::notes::Notes;
use super::origin::Origin;
use crate::rules::Rule;

/// A table of a file, as findings name it.
#[derive(Debug, Clone)]
pub(super) struct TableRead {
    pub(super) file: String,
    pub(super) sheet: Option<String>,
    pub(super) headers: Headers,
}

/// A rule that a row breaks, and the column to look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Breach {
    pub(super) rule: &'static Rule,
    pub(super) origin: Origin,
    pub(super) column: &'static str,
    /// Whether the row takes no part for that.
    pub(super) is_set_aside: bool,
}

/// Everything that was found.
#[derive(Debug, Default)]
pub(super) struct Breaches(BTreeMap<(u32, &'static str), Notes>);

impl Breaches {
    pub(super) fn add(&mut self, breach: Breach, child: &str) {
        let Breach {
            rule,
            origin,
            column,
            is_set_aside,
        } = breach;
        let notes = self.0.entry((origin.table, column)).or_default();
        let note = match is_set_aside {
            true => Notes::set_aside,
            false => Notes::add,
        };
        note(notes, rule, None, u64::from(origin.row), Some(child), "");
    }

    /// How many rows of a table were set aside.
    pub(super) fn n_set_aside(&self, table: u32) -> u64 {
        let of_table = self.0.iter().filter(|((of, _), _)| *of == table);
        of_table.map(|(_, notes)| notes.n_set_aside()).sum()
    }

    /// Adds what was found of the children that follow.
    pub(super) fn append(mut self, later: Self) -> Self {
        for (key, notes) in later.0 {
            self.0.entry(key).or_default().append(notes);
        }
        self
    }

    pub(super) fn into_findings(self, tables: &[TableRead]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for ((table, column), notes) in self.0 {
            let Some(read) = usize::try_from(table).ok().and_then(|at| tables.get(at)) else {
                continue;
            };
            let Headers { shown, columns } = &read.headers;
            let at = columns.iter().position(|name| fold(name) == column);
            let told = notes.into_findings(&read.file, read.sheet.as_deref(), shown);
            findings.extend(told.into_iter().map(|mut finding| {
                finding.place.column = at.and_then(|at| u32::try_from(at + 1).ok());
                finding.place.header = at.and_then(|at| shown.get(at).cloned());
                finding
            }));
        }
        findings
    }
}
