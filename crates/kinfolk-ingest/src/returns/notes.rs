//! What is found in the cells of a file, gathered by rule and column: a file may hold millions of
//! rows, and a fault in all of them is one fault.

use std::collections::BTreeMap;

use kinfolk_model::{ChildId, Finding, Place};

use crate::rules::Rule;

/// How many rows with the same fault are named one by one.
const SHOWN: usize = 20;

/// A cell with a fault.
#[derive(Debug, Clone)]
struct Seen {
    row: u64,
    child: Option<ChildId>,
    value: String,
}

#[derive(Debug)]
struct Alike {
    rule: &'static Rule,
    n: u64,
    is_set_aside: bool,
    shown: Vec<Seen>,
}

impl Alike {
    fn put(&mut self, row: u64, child: Option<&str>, value: &str) {
        self.n += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(Seen {
                row,
                child: child.map(ChildId::new),
                value: value.to_owned(),
            });
        }
    }
}

/// Everything that was found in a file or in a part of one.
#[derive(Debug, Default)]
pub(super) struct Notes(BTreeMap<(&'static str, Option<usize>), Alike>);

impl Notes {
    /// Notes a cell, or, without a column, a row.
    pub(super) fn add(
        &mut self,
        rule: &'static Rule,
        column: Option<usize>,
        row: u64,
        child: Option<&str>,
        value: &str,
    ) {
        self.alike(rule, column).put(row, child, value);
    }

    /// Notes a row that takes no part.
    pub(super) fn set_aside(
        &mut self,
        rule: &'static Rule,
        column: Option<usize>,
        row: u64,
        child: Option<&str>,
        value: &str,
    ) {
        let alike = self.alike(rule, column);
        alike.is_set_aside = true;
        alike.put(row, child, value);
    }

    fn alike(&mut self, rule: &'static Rule, column: Option<usize>) -> &mut Alike {
        self.0.entry((rule.id, column)).or_insert(Alike {
            rule,
            n: 0,
            is_set_aside: false,
            shown: Vec::new(),
        })
    }

    /// Adds what was found in the rows that follow.
    pub(super) fn append(&mut self, later: Self) {
        for (key, mut more) in later.0 {
            match self.0.get_mut(&key) {
                Some(alike) => {
                    alike.n += more.n;
                    let room = SHOWN.saturating_sub(alike.shown.len());
                    alike.shown.extend(more.shown.drain(..).take(room));
                }
                None => {
                    self.0.insert(key, more);
                }
            }
        }
    }

    /// How many rows were set aside.
    pub(super) fn n_set_aside(&self) -> u64 {
        let aside = self.0.values().filter(|alike| alike.is_set_aside);
        aside.map(|alike| alike.n).sum()
    }

    /// As findings; `names` are the file's headers.
    pub(super) fn into_findings(
        self,
        file: &str,
        sheet: Option<&str>,
        names: &[String],
    ) -> Vec<Finding> {
        let place = |row, column: Option<usize>| Place {
            file: file.to_owned(),
            sheet: sheet.map(str::to_owned),
            row: u32::try_from(row).ok(),
            column: column.and_then(|at| u32::try_from(at + 1).ok()),
            header: column.and_then(|at| names.get(at).cloned()),
        };
        let mut findings = Vec::new();
        for ((_, column), alike) in self.0 {
            let n_more = alike.n - alike.shown.len() as u64;
            for (at, seen) in alike.shown.into_iter().enumerate() {
                let more = if at == 0 && n_more > 0 {
                    format!("; {n_more} more rows alike are not listed")
                } else {
                    String::new()
                };
                let mut finding = alike.rule.at(
                    place(seen.row, column),
                    format!("{}{more}", message(alike.rule, &seen.value)),
                );
                finding.child_id = seen.child;
                finding.value = (!seen.value.is_empty()).then_some(seen.value);
                finding.row_set_aside = alike.is_set_aside;
                findings.push(finding);
            }
        }
        findings
    }
}

fn message(rule: &Rule, value: &str) -> String {
    if value.is_empty() {
        rule.in_a_sentence()
    } else {
        format!("{}: `{value}`", rule.in_a_sentence())
    }
}
