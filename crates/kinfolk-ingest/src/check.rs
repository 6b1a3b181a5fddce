//! Rules that look at more than one row: copies, children without a Practice Summary, totals.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use kinfolk_model::{Child, ChildId, Finding, Monitoring, Period, format};

use crate::folder::file_place;
use crate::rules;
use crate::table::{Assigned, Located, Record, Rows};

/// This many unknown children, and no known one, mean that the two tables use different identifiers.
const FEWEST_FOR_ALL: usize = 3;

/// Sets aside every row whose key an earlier row has.
pub(crate) fn set_copies_aside<R: Record>(rows: &mut Rows<R>, sheets: &[Assigned]) {
    let mut first: BTreeMap<String, Located<R>> = BTreeMap::new();
    let mut kept_without_key = Vec::new();
    let mut order = Vec::new();
    let mut reported = BTreeSet::new();
    for located in rows.located.drain(..) {
        let Some(key) = located.record.key() else {
            order.push(Kept::Plain(kept_without_key.len()));
            kept_without_key.push(Some(located));
            continue;
        };
        match first.get(&key) {
            None => {
                order.push(Kept::Keyed(key.clone()));
                first.insert(key, located);
            }
            Some(earlier) => {
                rows.n_set_aside += 1;
                if reported.insert((located.sheet, located.row)) {
                    rows.findings.extend(copy(earlier, &located, sheets));
                }
            }
        }
    }
    rows.located = order
        .into_iter()
        .filter_map(|kept| match kept {
            Kept::Plain(at) => kept_without_key.get_mut(at).and_then(Option::take),
            Kept::Keyed(key) => first.remove(&key),
        })
        .collect();
}

/// Where a kept row waits.
enum Kept {
    Plain(usize),
    Keyed(String),
}

fn copy<R: Record>(
    earlier: &Located<R>,
    later: &Located<R>,
    sheets: &[Assigned],
) -> Option<Finding> {
    let first = sheets.get(earlier.sheet)?;
    let where_first = if earlier.sheet == later.sheet {
        format!("row {}", earlier.row)
    } else {
        format!("row {} of {}", earlier.row, first.sheet.source())
    };
    let (rule, message) = if earlier.record == later.record {
        (
            &rules::DUPLICATE_ROW,
            format!("the row says the same as {where_first}"),
        )
    } else {
        let column = R::KEY_COLUMN;
        (
            &rules::DUPLICATE_ID,
            format!("{column} stands in {where_first} already"),
        )
    };
    let mut finding = at(rule, later, R::KEY_COLUMN, message, sheets)?;
    finding.row_set_aside = true;
    Some(finding)
}

/// A finding at a column of a record's row.
fn at<R: Record>(
    rule: &rules::Rule,
    located: &Located<R>,
    column: &str,
    message: String,
    sheets: &[Assigned],
) -> Option<Finding> {
    let Assigned { sheet, layout } = sheets.get(located.sheet)?;
    let column = layout.column(column)?;
    let raw = sheet
        .rows
        .binary_search_by_key(&located.row, |row| row.number)
        .ok()
        .and_then(|row| sheet.rows.get(row))
        .and_then(|row| row.get(column));
    Some(Finding {
        child_id: located.record.child_id().cloned(),
        value: raw.map(crate::sheet::Raw::shown),
        ..rule.at(layout.place(sheet, located.row, column), message)
    })
}

/// Warns of children that the children table does not know: once for each child and sheet, or once
/// for a whole sheet whose identifiers are others altogether.
pub(crate) fn orphans<R: Record>(
    rows: &Rows<R>,
    known: &BTreeSet<ChildId>,
    sheets: &[Assigned],
) -> Vec<Finding> {
    let mut by_sheet: BTreeMap<usize, Sightings<'_, R>> = BTreeMap::new();
    for located in &rows.located {
        let Some(child) = located.record.child_id() else {
            continue;
        };
        let sightings = by_sheet.entry(located.sheet).or_default();
        if known.contains(child) {
            sightings.n_known += 1;
        } else {
            sightings.unknown.entry(child).or_default().push(located);
        }
    }
    by_sheet
        .values()
        .flat_map(|sightings| sightings.findings(sheets))
        .collect()
}

/// The children that one sheet names.
struct Sightings<'a, R> {
    n_known: usize,
    unknown: BTreeMap<&'a ChildId, Vec<&'a Located<R>>>,
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
    fn findings(&self, sheets: &[Assigned]) -> Vec<Finding> {
        if self.n_known == 0 && self.unknown.len() >= FEWEST_FOR_ALL {
            let first = self.unknown.values().flatten().min_by_key(|l| l.row);
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
            .filter_map(|(child, located)| {
                let first = located.first()?;
                let message = match located.len() {
                    1 => format!("child {child} does not stand in the children table"),
                    n => format!(
                        "child {child} does not stand in the children table; {n} rows here name it"
                    ),
                };
                at(&rules::ORPHAN_ID, first, "child_id", message, sheets)
            })
            .collect()
    }
}

/// Notes each count of the quarterly returns that differs from what the Practice Summaries say for
/// the same period.
pub(crate) fn monitoring_against_children(
    monitoring: &Rows<Monitoring>,
    children: &Rows<Child>,
    period: Period,
    sheets: &[Assigned],
) -> Vec<Finding> {
    STEPS
        .iter()
        .filter_map(|step| disagreement(step, monitoring, children, period, sheets))
        .collect()
}

/// A step that both tables count.
struct Step {
    column: &'static str,
    returned: fn(&Monitoring) -> Option<u32>,
    recorded: fn(&Child) -> Option<Date>,
}

const STEPS: &[Step] = &[
    Step {
        column: "referrals",
        returned: |row| row.referrals,
        recorded: |child| child.referral_date,
    },
    Step {
        column: "starts",
        returned: |row| row.starts,
        recorded: |child| child.start_date,
    },
    Step {
        column: "conferences",
        returned: |row| row.conferences,
        recorded: |child| child.conference_date,
    },
    Step {
        column: "plans",
        returned: |row| row.plans,
        recorded: |child| child.plan_date,
    },
    Step {
        column: "reviews",
        returned: |row| row.reviews,
        recorded: |child| child.review_date,
    },
];

fn disagreement(
    step: &Step,
    monitoring: &Rows<Monitoring>,
    children: &Rows<Child>,
    period: Period,
    sheets: &[Assigned],
) -> Option<Finding> {
    let in_period: Vec<_> = monitoring
        .located
        .iter()
        .filter(|located| period.contains(located.record.quarter.first_day()))
        .collect();
    let first = in_period.first()?;
    let returned: Option<Vec<u32>> = in_period
        .iter()
        .map(|located| (step.returned)(&located.record))
        .collect();
    let returned: u64 = returned?.into_iter().map(u64::from).sum();
    let dates: Vec<Date> = children
        .located
        .iter()
        .filter_map(|located| (step.recorded)(&located.record))
        .collect();
    let recorded = dates.iter().filter(|date| period.contains(**date)).count() as u64;
    if dates.is_empty() || returned == recorded {
        return None;
    }
    let Assigned { sheet, layout } = sheets.get(first.sheet)?;
    let mut place = file_place(&sheet.file);
    place.sheet.clone_from(&sheet.name);
    place.row = Some(layout.header_row);
    place.column = layout.column(step.column);
    place.header = place
        .column
        .and_then(|column| layout.header(column))
        .map(str::to_owned);
    let message = format!(
        "the returns give {} {}, the Practice Summaries {}",
        format::count(returned),
        step.column,
        format::count(recorded)
    );
    Some(rules::MONITORING_DISAGREES.at(place, message))
}
