//! Findings in the order in which people work through them, repetitions told once.

use std::collections::BTreeMap;

use kinfolk_model::{Finding, Place, format};

use crate::gathered::{Alike, Gathered, alike};
use crate::rules::{self, Rule};

/// What is wrong with a whole column is told at its first cell.
const TOLD_ONCE_A_COLUMN: &[Rule] = &[
    rules::DATE_TWO_DIGIT_YEAR,
    rules::DATE_AS_NUMBER,
    rules::NUMBER_AS_TEXT,
    rules::ID_REFORMATTED,
    rules::ROW_WITHOUT_RECORD,
    rules::SDQ_FORM_AS_DATE,
    rules::SDQ_MISSING_CODE,
    rules::OC2_PLACEHOLDER_DATE,
];

/// Sorts findings by place and rule, and gathers those that a whole column shares.
pub(crate) fn tidy(gathered: Gathered) -> Vec<Finding> {
    let (mut findings, mut unlisted) = gathered.into_parts();
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    // A sheet that is read as two tables tells the same twice.
    findings.dedup();
    let mut n_alike: BTreeMap<Alike, u64> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| is_shared(finding)) {
        let column = alike(finding);
        let n_unlisted = unlisted.remove(&column).unwrap_or_default();
        *n_alike.entry(column).or_default() += 1 + n_unlisted;
    }
    let mut kept = Vec::with_capacity(findings.len());
    for mut finding in findings {
        let column = alike(&finding);
        if let Some(n) = unlisted.remove(&column) {
            let n = format::count(n);
            finding.message = format!("{}; {n} more alike are not listed", finding.message);
        }
        match is_shared(&finding).then(|| n_alike.remove(&column)) {
            // An earlier cell of the column has told it.
            Some(None) => continue,
            Some(Some(n)) if n > 1 => {
                let (others, cells) = (format::count(n - 1), if n == 2 { "cell" } else { "cells" });
                finding.message = format!("{}; {others} more {cells} alike", finding.message);
                finding.child_id = None;
            }
            _ => {}
        }
        kept.push(finding);
    }
    kept
}

type Order<'a> = (
    &'a str,
    Option<&'a str>,
    Option<u32>,
    Option<u32>,
    &'a str,
    &'a str,
);

fn order(finding: &Finding) -> Order<'_> {
    let Place {
        file,
        sheet,
        row,
        column,
        ..
    } = &finding.place;
    (
        file,
        sheet.as_deref(),
        *row,
        *column,
        &finding.rule,
        &finding.message,
    )
}

/// Whether a finding is told once for its whole column.
fn is_shared(finding: &Finding) -> bool {
    TOLD_ONCE_A_COLUMN
        .iter()
        .any(|rule| rule.id == finding.rule)
}
