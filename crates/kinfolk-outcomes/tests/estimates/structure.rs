//! What the estimates say of their cells holds, for any study.

use std::collections::BTreeSet;

use kinfolk_model::{Estimate, Estimates, Key, MEASURES, Statistic};
use kinfolk_outcomes::{Facts, analyse, derive, estimate};
use proptest::prelude::*;

use super::any_study::{any_study, settings};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_sum_holds(study in any_study(16)) {
        let structure = analyse(&study).structure;
        for sum in &structure.sums {
            let parts: u64 = sum.parts.iter().map(|part| structure.cells[part].value).sum();
            prop_assert_eq!(structure.cells[&sum.total].value, parts, "{:?}", sum);
            let distinct: BTreeSet<_> = sum.parts.iter().collect();
            // Points count an answer as often as it has points: 1 to 5 of five answers.
            let n_parts = if sum.total.ends_with("/points") { 15 } else { distinct.len() };
            prop_assert_eq!(n_parts, sum.parts.len(), "{:?}", sum);
        }
    }

    #[test]
    fn children_behind_a_cell_are_no_more_than_it_counts(study in any_study(16)) {
        for (name, cell) in &analyse(&study).structure.cells {
            let children = cell.children.unwrap_or_default();
            prop_assert!(children <= cell.value, "{}: {:?}", name, cell);
            prop_assert_eq!(children == 0, cell.value == 0 || cell.children.is_none(), "{}: {:?}", name, cell);
        }
    }

    #[test]
    fn every_carried_cell_is_the_number_in_the_record(study in any_study(16)) {
        let estimates = analyse(&study);
        let places = estimates.index();
        let cells = &estimates.structure.cells;
        for (key, carried) in &estimates.structure.carried {
            let record = &estimates.records[places[key]];
            let check = |cell: &Option<String>, number: Option<u64>| {
                cell.is_none() || cell.as_ref().map(|name| cells[name].value) == number
            };
            prop_assert!(check(&carried.value, record.value.map(|value| value as u64)), "{}", key);
            prop_assert!(check(&carried.numerator, record.numerator), "{}", key);
            prop_assert!(check(&carried.denominator, record.denominator), "{}", key);
            prop_assert!(check(&carried.missing, record.n_missing), "{}", key);
            prop_assert!(carried.rests_on.iter().all(|name| cells.contains_key(name)), "{}", key);
        }
    }

    #[test]
    fn every_count_of_people_is_carried(study in any_study(16)) {
        let estimates = analyse(&study);
        for record in estimates.records.iter().filter(|record| record.value.is_some()) {
            let carried = &estimates.structure.carried[&record.key()];
            prop_assert_eq!(carried.value.is_some(), record.statistic == Statistic::Count);
            prop_assert_eq!(carried.numerator.is_some(), record.numerator.is_some(), "{}", record.key());
            prop_assert_eq!(carried.denominator.is_some(), record.denominator.is_some(), "{}", record.key());
            let missing = record.n_missing.is_some_and(|missing| missing > 0);
            prop_assert_eq!(carried.missing.is_some(), missing, "{}", record.key());
        }
    }

    #[test]
    fn a_proportion_is_tied_to_its_rest(study in any_study(16)) {
        let structure = analyse(&study).structure;
        for (key, carried) in structure.carried.iter().filter(|(key, _)| key.statistic == Statistic::Proportion) {
            let (numerator, denominator) = (carried.numerator.as_ref(), carried.denominator.as_ref());
            let tied = numerator == denominator || structure.sums.iter().any(|sum| {
                Some(&sum.total) == denominator && sum.parts.len() == 2 && sum.parts.first() == numerator
            });
            prop_assert!(tied, "{}", key);
        }
    }

    #[test]
    fn breakdowns_and_droppable_sets_speak_of_records_that_are_there(study in any_study(16)) {
        let estimates = analyse(&study);
        let places = estimates.index();
        let is_there = |key: &Key| places.contains_key(key);
        let mut ids = BTreeSet::new();
        for breakdown in &estimates.structure.breakdowns {
            prop_assert!(ids.insert(breakdown.id.clone()), "{}", breakdown.id);
            let mut codes: Vec<&str> = breakdown.rows.iter().map(|row| row.code.as_str()).collect();
            for pool in &breakdown.pools {
                prop_assert!(pool.of.len() > 1);
                prop_assert!(pool.of.iter().all(|code| codes.contains(&code.as_str())), "{:?}", pool);
                codes.push(&pool.row.code);
            }
            let distinct: BTreeSet<_> = codes.iter().collect();
            prop_assert_eq!(distinct.len(), codes.len(), "{}", breakdown.id);
            let rows = breakdown.rows.iter().chain(breakdown.pools.iter().map(|pool| &pool.row));
            for row in rows {
                prop_assert!(!row.records.is_empty() && row.records.iter().all(is_there), "{:?}", row);
                prop_assert!(!row.label.is_empty());
            }
        }
        for (words, keys) in &estimates.structure.droppable {
            prop_assert!(!words.is_empty() && keys.iter().all(is_there), "{}", words);
        }
    }

    #[test]
    fn records_are_sound(study in any_study(16)) {
        let estimates = analyse(&study);
        prop_assert_eq!(estimates.index().len(), estimates.records.len());
        for record in &estimates.records {
            if let Err(fault) = sound(record) {
                prop_assert!(false, "{}: {}", record.key(), fault);
            }
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(study in any_study(16)) {
        let mut reversed = study.clone();
        reversed.children.rows.reverse();
        reversed.objectives.rows.reverse();
        reversed.connections.rows.reverse();
        reversed.connection_counts.rows.reverse();
        reversed.questionnaires.rows.reverse();
        reversed.monitoring.rows.reverse();
        reversed.sdq.rows.reverse();
        reversed.oc2.rows.reverse();
        prop_assert_eq!(analyse(&study), analyse(&reversed));
    }

    #[test]
    fn a_study_may_be_split_by_child(study in any_study(16)) {
        let whole = derive(&study);
        let mut first = study.clone();
        let mut second = study.clone();
        let in_first = |id: &kinfolk_model::ChildId| id.as_str().ends_with(['0', '3', '4', '7']);
        first.children.rows.retain(|row| in_first(&row.child_id));
        second.children.rows.retain(|row| !in_first(&row.child_id));
        first.objectives.rows.retain(|row| in_first(&row.child_id));
        second.objectives.rows.retain(|row| !in_first(&row.child_id));
        first.connections.rows.retain(|row| in_first(&row.child_id));
        second.connections.rows.retain(|row| !in_first(&row.child_id));
        first.connection_counts.rows.retain(|row| in_first(&row.child_id));
        second.connection_counts.rows.retain(|row| !in_first(&row.child_id));
        let of_first = |id: &Option<kinfolk_model::ChildId>| id.as_ref().is_some_and(in_first);
        first.questionnaires.rows.retain(|row| of_first(&row.child_id));
        second.questionnaires.rows.retain(|row| !of_first(&row.child_id));
        second.monitoring.rows.clear();
        first.sdq.rows.retain(|row| in_first(&row.child_id));
        second.sdq.rows.retain(|row| !in_first(&row.child_id));
        first.oc2.rows.retain(|row| in_first(&row.child_id));
        second.oc2.rows.retain(|row| !in_first(&row.child_id));
        let joined = join(derive(&first), derive(&second));
        prop_assert_eq!(estimate(&whole, &study.settings), estimate(&joined, &study.settings));
    }
}

fn join(first: Facts, second: Facts) -> Facts {
    let mut children = first.children;
    children.extend(second.children);
    children.sort_by(|a, b| a.child_id.cmp(&b.child_id));
    let mut forms = first.forms;
    forms.extend(second.forms);
    forms.sort_by_key(|form| (form.respondent, form.response_id.clone()));
    Facts {
        children,
        forms,
        returns: [first.returns, second.returns].concat(),
        care: first.care,
        cohort: [first.cohort, second.cohort].concat(),
        tables: &first.tables | &second.tables,
    }
}

pub(crate) fn sound(record: &Estimate) -> Result<(), String> {
    let numbers = [record.value, record.lower, record.upper, record.level];
    if numbers.iter().flatten().any(|number| !number.is_finite()) {
        return Err("a number is not finite".to_owned());
    }
    if MEASURES.iter().all(|measure| measure.id != record.measure) {
        return Err("no such measure".to_owned());
    }
    if record.value.is_none() && record.note.is_empty() {
        return Err("neither value nor note".to_owned());
    }
    if record.population.is_empty() || record.method.is_empty() {
        return Err("no population or method".to_owned());
    }
    if record.lower.is_some() != record.upper.is_some()
        || record.lower.is_some() != record.level.is_some()
    {
        return Err("half an interval".to_owned());
    }
    bounded(record)
}

fn bounded(record: &Estimate) -> Result<(), String> {
    let (Some(value), lower, upper) = (record.value, record.lower, record.upper) else {
        return Ok(());
    };
    if lower.is_some_and(|lower| lower > value) || upper.is_some_and(|upper| upper < value) {
        return Err(format!("{value} outside {lower:?} to {upper:?}"));
    }
    let is_share = record.statistic == Statistic::Proportion;
    let all = [Some(value), lower, upper];
    if is_share
        && !all
            .iter()
            .flatten()
            .all(|share| (0.0..=1.0).contains(share))
    {
        return Err("a share outside 0 to 1".to_owned());
    }
    if is_share && record.numerator.zip(record.denominator).is_none() {
        return Err("a share without its counts".to_owned());
    }
    Ok(())
}

#[test]
fn a_study_without_tables_has_no_estimates() {
    let nothing = kinfolk_model::Study::new(settings());
    assert_eq!(analyse(&nothing), Estimates::default());
}
