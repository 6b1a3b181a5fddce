//! What the further columns of a cohort hold, and whether they are the ones that `study.toml` names.

use std::collections::{BTreeMap, BTreeSet};

use kinfolk_model::{
    CohortChild, CohortValue, ComparisonSettings, Event, Finding, Place, fold, format,
};

use crate::folder::file_place;
use crate::row::cut;
use crate::rules::{self, Rule};
use crate::table::{Assigned, Located, Rows};

/// The outcome that events of placement moves give where no column does.
const SAME_HOME: &str = "same_home";
/// The covariates that follow from dates where no column has their name.
const AGE: &str = "age";
const YEARS_IN_CARE: &str = "years_in_care";
/// The kind of event that ends staying in the same home.
const PLACEMENT_MOVE: &str = "placement_move";

/// Makes each further column one of numbers or one of words, by what most of its cells hold. Words
/// among numbers are told and treated as missing.
pub(crate) fn settle_columns(rows: &mut Rows<CohortChild>, sheets: &[Assigned]) {
    let numeric = columns_of_numbers(&rows.located);
    for located in &mut rows.located {
        let values = std::mem::take(&mut located.record.values);
        for (name, value) in values {
            match (numeric.contains(&name), value) {
                (true, CohortValue::Words(words)) => {
                    let message =
                        format!("`{}` is no number, as others in {name} are", cut(&words));
                    let rule = &rules::MIXED_TEXT_AND_NUMBER;
                    rows.findings
                        .extend(at_value(rule, located, &name, message, sheets));
                }
                (false, CohortValue::Number(number)) => {
                    let words = CohortValue::Words(format::exact(number));
                    located.record.values.insert(name, words);
                }
                (_, value) => {
                    located.record.values.insert(name, value);
                }
            }
        }
    }
}

fn columns_of_numbers(located: &[Located<CohortChild>]) -> BTreeSet<String> {
    let mut counts: BTreeMap<&String, (usize, usize)> = BTreeMap::new();
    for (name, value) in located.iter().flat_map(|located| &located.record.values) {
        let count = counts.entry(name).or_default();
        count.0 += usize::from(matches!(value, CohortValue::Number(_)));
        count.1 += 1;
    }
    let most = counts.into_iter().filter(|(_, (n, all))| 2 * n > *all);
    most.map(|(name, _)| name.clone()).collect()
}

/// A finding at a further column of a row.
fn at_value(
    rule: &Rule,
    located: &Located<CohortChild>,
    name: &str,
    message: String,
    sheets: &[Assigned],
) -> Option<Finding> {
    let assigned = sheets.get(located.sheet)?;
    let layout = &assigned.layout;
    let mut extra = layout.extra.iter().copied();
    let column = extra.find(|at| layout.header(*at).map(fold).as_deref() == Some(name))?;
    Some(Finding {
        child_id: Some(located.record.child_id.clone()),
        value: super::cell_at(located, column, assigned).map(|raw| raw.shown()),
        ..rule.at(layout.place(&assigned.sheet, located.row, column), message)
    })
}

/// Holds `[comparison]` against the tables: a comparison without a cohort, a cohort without a
/// comparison, columns that are nowhere, outcomes that cannot be counted.
pub(crate) fn comparison(
    cohort: &Rows<CohortChild>,
    events: &Rows<Event>,
    settings: Option<&ComparisonSettings>,
    sheets: &[Assigned],
) -> Vec<Finding> {
    let Some(settings) = settings else {
        return unasked(cohort);
    };
    if cohort.located.is_empty() {
        let message = "[comparison] is there, but no row of a cohort";
        return vec![rules::COMPARISON_WITHOUT_COHORT.at(file_place("study.toml"), message)];
    }
    let known: BTreeSet<&str> = columns(&cohort.located);
    let kinds: BTreeSet<&str> = events
        .located
        .iter()
        .map(|located| located.record.kind.as_str())
        .collect();
    let columns = settings.covariates.iter().chain(&settings.exact);
    let mut findings: Vec<Finding> = columns
        .chain(&settings.authority)
        .filter(|name| !known.contains(name.as_str()))
        .map(|name| missing(name, "no cohort has such a column"))
        .collect();
    findings.extend(calipers(cohort, settings, sheets));
    for name in &settings.outcomes {
        if known.contains(name.as_str()) {
            findings.extend(outcomes(cohort, name, sheets));
        } else if !is_event(name, &kinds) {
            findings.push(missing(
                name,
                "no cohort has such a column, and no event such a kind",
            ));
        }
    }
    findings
}

/// Calipers of columns of words, each told once.
fn calipers(
    cohort: &Rows<CohortChild>,
    settings: &ComparisonSettings,
    sheets: &[Assigned],
) -> Vec<Finding> {
    let of_words =
        |name: &String| {
            let mut words = cohort.located.iter().filter_map(|located| {
                match located.record.values.get(name)? {
                    CohortValue::Words(words) => Some((located, words)),
                    CohortValue::Number(_) => None,
                }
            });
            let (located, words) = words.next()?;
            let message = format!("`{}` is no number, and {name} has a caliper", cut(words));
            at_value(&rules::CALIPER_OF_WORDS, located, name, message, sheets)
        };
    let calipers = settings.calipers.iter();
    calipers
        .filter_map(|own| of_words(&own.covariate))
        .collect()
}

/// The further columns, and the covariates that follow from dates.
fn columns(located: &[Located<CohortChild>]) -> BTreeSet<&str> {
    let rows = || located.iter().map(|located| &located.record);
    let mut columns: BTreeSet<&str> = rows()
        .flat_map(|child| child.values.keys())
        .map(String::as_str)
        .collect();
    let has = |day: fn(&CohortChild) -> bool| {
        rows().any(|child| child.index_date.is_some() && day(child))
    };
    columns.extend(has(|child| child.date_of_birth.is_some()).then_some(AGE));
    columns.extend(has(|child| child.care_start.is_some()).then_some(YEARS_IN_CARE));
    columns
}

fn is_event(name: &str, kinds: &BTreeSet<&str>) -> bool {
    kinds.contains(name) || (name == SAME_HOME && kinds.contains(PLACEMENT_MOVE))
}

fn unasked(cohort: &Rows<CohortChild>) -> Vec<Finding> {
    let source = cohort
        .sources
        .first()
        .filter(|_| !cohort.located.is_empty());
    let finding = source.map(|source| {
        let (file, sheet) = match source.split_once('#') {
            Some((file, sheet)) => (file, Some(sheet.to_owned())),
            None => (source.as_str(), None),
        };
        let place = Place {
            sheet,
            ..file_place(file)
        };
        rules::COHORT_WITHOUT_COMPARISON.at(place, "study.toml has no [comparison]")
    });
    finding.into_iter().collect()
}

fn missing(name: &str, why: &str) -> Finding {
    let place = Place {
        header: Some(name.to_owned()),
        ..file_place("study.toml")
    };
    rules::COMPARISON_COLUMN_MISSING.at(place, format!("`{name}`: {why}"))
}

/// Words that are neither yes nor no.
fn outcomes(cohort: &Rows<CohortChild>, name: &str, sheets: &[Assigned]) -> Vec<Finding> {
    let uncounted = cohort.located.iter().filter_map(|located| {
        let value = located.record.values.get(name)?;
        value.as_outcome().is_none().then_some((located, value))
    });
    uncounted
        .filter_map(|(located, value)| {
            let CohortValue::Words(words) = value else {
                return None;
            };
            let message = format!("`{}` is no number, yes or no", cut(words));
            at_value(&rules::OUTCOME_UNREADABLE, located, name, message, sheets)
        })
        .collect()
}
