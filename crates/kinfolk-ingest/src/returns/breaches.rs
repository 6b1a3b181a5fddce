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
        } = breach;
        let notes = self.0.entry((origin.table, column)).or_default();
        notes.add(rule, None, u64::from(origin.row), Some(child), "");
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
