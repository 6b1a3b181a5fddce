//! Rows of a breakdown, and the rows that may stand for several.

use kinfolk_model::{BreakdownRow, Key, Pool};

/// A declared way to join rows. `of` names rows or pools declared before.
#[derive(Debug, Clone, Copy)]
pub(super) struct PoolSpec<'a> {
    pub(super) code: &'a str,
    pub(super) label: &'a str,
    pub(super) of: &'a [&'a str],
}

/// A pool of at least two rows that a study has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PresentPool {
    pub(super) code: String,
    pub(super) label: String,
    /// Rows and smaller pools.
    pub(super) of: Vec<String>,
    /// The finest rows.
    pub(super) members: Vec<String>,
}

impl PresentPool {
    pub(super) fn with_records(self, records: Vec<Key>) -> Pool {
        Pool {
            row: row(&self.code, &self.label, records),
            of: self.of,
        }
    }
}

pub(super) fn row(code: &str, label: &str, records: Vec<Key>) -> BreakdownRow {
    BreakdownRow {
        code: code.to_owned(),
        label: label.to_owned(),
        records,
    }
}

/// The pools that join at least two of the rows that are there. A pool left with one row stands
/// aside, and that row takes its place in larger pools.
pub(super) fn present_pools(specs: &[PoolSpec<'_>], rows: &[&str]) -> Vec<PresentPool> {
    let mut pools: Vec<PresentPool> = Vec::new();
    for spec in specs {
        let of = resolve(spec, specs, rows, &pools);
        if of.len() > 1 {
            pools.push(PresentPool {
                code: spec.code.to_owned(),
                label: spec.label.to_owned(),
                members: finest(&of, &pools),
                of,
            });
        }
    }
    pools
}

/// The finest rows of a row or pool.
pub(super) fn members_of<'a>(code: &'a str, pools: &'a [PresentPool]) -> Vec<&'a str> {
    match pools.iter().find(|pool| pool.code == code) {
        Some(pool) => pool.members.iter().map(String::as_str).collect(),
        None => vec![code],
    }
}

fn resolve(
    spec: &PoolSpec<'_>,
    specs: &[PoolSpec<'_>],
    rows: &[&str],
    pools: &[PresentPool],
) -> Vec<String> {
    spec.of
        .iter()
        .flat_map(|code| {
            let stands = rows.contains(code) || pools.iter().any(|pool| pool.code == *code);
            match specs.iter().find(|inner| inner.code == *code) {
                _ if stands => vec![(*code).to_owned()],
                Some(inner) => resolve(inner, specs, rows, pools),
                None => Vec::new(),
            }
        })
        .collect()
}

fn finest(of: &[String], pools: &[PresentPool]) -> Vec<String> {
    of.iter()
        .flat_map(|code| members_of(code, pools))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPECS: &[PoolSpec<'_>] = &[
        PoolSpec {
            code: "low",
            label: "Low",
            of: &["a", "b"],
        },
        PoolSpec {
            code: "high",
            label: "High",
            of: &["c", "d"],
        },
        PoolSpec {
            code: "any",
            label: "Any",
            of: &["low", "high"],
        },
    ];

    #[test]
    fn only_pools_that_join_something_are_there() {
        let check = |rows: &[&str], expected: &[(&str, &[&str], &[&str])]| {
            let found = present_pools(SPECS, rows);
            let found: Vec<(&str, Vec<&str>, Vec<&str>)> = found
                .iter()
                .map(|pool| {
                    let of = pool.of.iter().map(String::as_str).collect();
                    (
                        pool.code.as_str(),
                        of,
                        pool.members.iter().map(String::as_str).collect(),
                    )
                })
                .collect();
            let expected: Vec<_> = expected
                .iter()
                .map(|(code, of, members)| (*code, of.to_vec(), members.to_vec()))
                .collect();
            assert_eq!(found, expected);
        };
        check(
            &["a", "b", "c", "d"],
            &[
                ("low", &["a", "b"], &["a", "b"]),
                ("high", &["c", "d"], &["c", "d"]),
                ("any", &["low", "high"], &["a", "b", "c", "d"]),
            ],
        );
        check(
            &["a", "b", "d"],
            &[
                ("low", &["a", "b"], &["a", "b"]),
                ("any", &["low", "d"], &["a", "b", "d"]),
            ],
        );
        check(&["a", "c"], &[("any", &["a", "c"], &["a", "c"])]);
        check(&["a", "b"], &[("low", &["a", "b"], &["a", "b"])]);
        check(&["b"], &[]);
        check(&[], &[]);
    }
}
