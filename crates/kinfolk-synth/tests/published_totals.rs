//! The rows of the reconstruction give the published totals, counted without any other crate.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;

use kinfolk_model::{RawCell, RawTable};
use kinfolk_synth::{SyntheticStudy, reconstruct_frg_2020};

fn table<'a>(study: &'a SyntheticStudy, name: &str) -> &'a RawTable {
    study.table(name).unwrap()
}

fn cells<'a>(table: &'a RawTable, column: &str) -> impl Iterator<Item = &'a RawCell> {
    let at = table.header.iter().position(|h| h == column).unwrap();
    table.rows.iter().map(move |row| &row[at])
}

fn texts<'a>(table: &'a RawTable, column: &str) -> Vec<&'a str> {
    cells(table, column)
        .map(|cell| match cell {
            RawCell::Text(text) => text.as_str(),
            RawCell::Blank => "",
            other => panic!("{other:?} is no text"),
        })
        .collect()
}

fn numbers(table: &RawTable, column: &str) -> Vec<f64> {
    cells(table, column)
        .filter_map(|cell| match cell {
            RawCell::Number(number) => Some(*number),
            _ => None,
        })
        .collect()
}

/// Per cent to the nearest whole.
fn per_cent(part: usize, whole: usize) -> u32 {
    (part as f64 / whole as f64 * 100.0).round() as u32
}

#[test]
fn children_by_nation() {
    let study = reconstruct_frg_2020();
    let countries = texts(table(&study, "children"), "country");
    let of = |country| countries.iter().filter(|c| **c == country).count();
    assert_eq!(
        (of("England"), of("Scotland"), countries.len()),
        (753, 223, 976)
    );
    let ages = numbers(table(&study, "children"), "age_at_referral");
    assert_eq!(ages.iter().copied().fold(f64::INFINITY, f64::min), 3.0);
}

#[test]
fn objectives_by_kind() {
    let study = reconstruct_frg_2020();
    let objectives = table(&study, "objectives");
    let children: BTreeSet<&str> = texts(objectives, "child_id").into_iter().collect();
    assert_eq!(children.len(), 90);
    let kinds = texts(objectives, "category");
    let statuses = texts(objectives, "status");
    let count = |kind: &str| {
        let of_kind = || {
            kinds
                .iter()
                .zip(&statuses)
                .filter(|(k, _)| kind.is_empty() || **k == kind)
        };
        (
            of_kind().count(),
            of_kind().filter(|(_, s)| **s == "met").count(),
        )
    };
    assert_eq!(count(""), (267, 228));
    let share_met = |kind| {
        let (set, met) = count(kind);
        per_cent(met, set)
    };
    assert_eq!(share_met("wider_family"), 82);
    assert_eq!(share_met("carers_and_professionals"), 93);
    assert_eq!(share_met("father"), 63);
    assert_eq!(count("specific_request"), (33, 26));
    assert_eq!(per_cent(33, 267), 12);
    assert!((49..=53).contains(&count("family_history").0));
}

#[test]
fn outcomes_of_ninety_children() {
    let study = reconstruct_frg_2020();
    let check = |name: &str, words: std::ops::RangeInclusive<f64>| {
        let answers = texts(table(&study, "children"), name);
        let of = |answer| answers.iter().filter(|a| **a == answer).count();
        assert_eq!(of("yes") + of("no"), 90, "{name}");
        assert!(words.contains(&(of("yes") as f64 / 90.0)), "{name}");
    };
    check("relationship_repaired", 0.48..=0.499);
    check("long_term_commitment", 0.744..=0.756);
    check("new_direct_contact", 0.851..=0.87);
    check("family_history_knowledge", 0.66..=0.67);
    check("identity_belonging", 0.801..=0.82);
}

#[test]
fn people_around_182_children() {
    let study = reconstruct_frg_2020();
    let people = table(&study, "connections");
    let counts = table(&study, "connection_counts");
    let mut children: BTreeSet<&str> = texts(counts, "child_id").into_iter().collect();
    children.extend(texts(people, "child_id"));
    assert_eq!(children.len(), 182);
    let yes = |column| {
        texts(people, column)
            .iter()
            .filter(|a| **a == "yes")
            .count() as f64
    };
    let total = |column: &str| numbers(counts, column).iter().sum::<f64>();
    assert_eq!(yes("at_start") + total("before"), 7.0 * 182.0);
    assert_eq!(yes("after") + total("after"), 26.0 * 182.0);
    assert_eq!(numbers(people, "age"), [101.0]);
}

#[test]
fn ratings_of_children_and_network() {
    let study = reconstruct_frg_2020();
    let answers = table(&study, "questionnaires");
    let respondents = texts(answers, "respondent");
    let statements = texts(answers, "statement");
    let of = |respondent: &str, statement: &str| -> Vec<&RawCell> {
        respondents
            .iter()
            .zip(&statements)
            .zip(cells(answers, "answer"))
            .filter(|((r, s), _)| **r == respondent && **s == statement)
            .map(|(_, answer)| answer)
            .collect()
    };
    let check = |respondent: &str, statement: &str, n: usize, tenths: f64| {
        let ratings: Vec<f64> = of(respondent, statement)
            .into_iter()
            .filter_map(|cell| match cell {
                RawCell::Number(rating) => Some(*rating),
                _ => None,
            })
            .collect();
        assert_eq!(ratings.len(), n, "{statement}");
        let mean = ratings.iter().sum::<f64>() / n as f64;
        assert_eq!((mean * 10.0).round(), tenths, "{statement}");
    };
    check("child", "kept_informed", 25, 49.0);
    check("child", "more_people", 25, 47.0);
    check("child", "helped_to_talk", 25, 47.0);
    check("child", "plan_clear", 25, 48.0);
    check("network", "good_idea", 191, 47.0);
    check("network", "clear_role", 191, 46.0);
    check("network", "plan_clear", 191, 46.0);
    for statement in ["agreed_to_take_part", "asked_whom_to_involve", "glad"] {
        let yes = RawCell::Text("yes".to_owned());
        assert_eq!(of("child", statement), vec![&yes; 25], "{statement}");
    }
}

#[test]
fn conferences_plans_and_coordinators() {
    let study = reconstruct_frg_2020();
    let returns = table(&study, "monitoring");
    assert_eq!(numbers(returns, "conferences"), [254.0]);
    assert_eq!(numbers(returns, "plans"), [354.0]);
    assert_eq!(numbers(returns, "coordinators_trained"), [187.0]);
}
