//! What holds for a made-up study whatever its plan.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use kinfolk_model::{Country, Period, RawCell, RawTable};
use kinfolk_synth::{StudyPlan, SyntheticStudy, demo_plan, generate_study, national_plans};
use proptest::prelude::*;

/// The steps of a child's history, in the only order that is possible.
const STEPS: [&str; 8] = [
    "date_of_birth",
    "care_start",
    "referral_date",
    "start_date",
    "conference_date",
    "plan_date",
    "review_date",
    "end_date",
];

fn plan() -> impl Strategy<Value = StudyPlan> {
    let countries = [Country::England, Country::Scotland, Country::Wales];
    (0..countries.len(), 0..60_usize, any::<u64>(), 1..=3_i16).prop_map(
        move |(country, n_children, seed, years)| StudyPlan {
            authority: "Anywhere".to_owned(),
            country: countries[country],
            period: Period {
                start: date(2021, 4, 1),
                end: date(2021 + years, 3, 31),
            },
            n_children,
            seed,
            benchmark: None,
        },
    )
}

/// The rows of a table by header; blank cells are left out.
fn records<'a>(study: &'a SyntheticStudy, name: &str) -> Vec<BTreeMap<&'a str, &'a RawCell>> {
    let records = |table: &'a RawTable| -> Vec<BTreeMap<&'a str, &'a RawCell>> {
        let filled = |row: &'a Vec<RawCell>| {
            let cells = table.header.iter().map(String::as_str).zip(row);
            cells.filter(|(_, cell)| **cell != RawCell::Blank).collect()
        };
        table.rows.iter().map(filled).collect()
    };
    study.table(name).map(records).unwrap_or_default()
}

fn day(record: &BTreeMap<&str, &RawCell>, column: &str) -> Option<Date> {
    match record.get(column) {
        Some(RawCell::Date(day)) => Some(*day),
        _ => None,
    }
}

fn text<'a>(record: &BTreeMap<&str, &'a RawCell>, column: &str) -> &'a str {
    match record.get(column) {
        Some(RawCell::Text(text)) => text,
        _ => "",
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn days_are_in_order_and_none_lies_after_the_period(plan in plan()) {
        let study = generate_study(&plan);
        for child in records(&study, "children") {
            let days: Vec<Date> = STEPS.iter().filter_map(|step| day(&child, step)).collect();
            prop_assert!(days.is_sorted(), "{child:?}");
            prop_assert!(days.iter().all(|day| *day <= plan.period.end), "{child:?}");
        }
    }

    #[test]
    fn every_row_belongs_to_a_child_and_identifiers_differ(plan in plan()) {
        let study = generate_study(&plan);
        let children: BTreeSet<&str> = records(&study, "children")
            .iter()
            .map(|child| text(child, "child_id"))
            .collect();
        prop_assert_eq!(children.len(), plan.n_children);
        let check = |table: &str, within: &[&str]| {
            let rows = records(&study, table);
            let known = rows.iter().all(|row| children.contains(text(row, "child_id")));
            let key = |row: &BTreeMap<&str, &RawCell>| {
                within.iter().map(|c| text(row, c).to_owned()).collect::<Vec<_>>()
            };
            known && rows.iter().map(key).collect::<BTreeSet<_>>().len() == rows.len()
        };
        prop_assert!(check("objectives", &["objective_id"]));
        prop_assert!(check("connections", &["child_id", "person_id"]));
        prop_assert!(check("questionnaires", &["response_id"]));
    }

    #[test]
    fn a_child_does_not_depend_on_those_after_it(plan in plan(), more in 1..20_usize) {
        let longer = StudyPlan { n_children: plan.n_children + more, ..plan.clone() };
        let (study, longer) = (generate_study(&plan), generate_study(&longer));
        let ids = records(&study, "children");
        for (child, same) in ids.iter().zip(records(&longer, "children")) {
            prop_assert_eq!(child, &same);
        }
    }

    #[test]
    fn returns_count_the_children_of_the_period(plan in plan()) {
        let study = generate_study(&plan);
        let children = records(&study, "children");
        let returns = records(&study, "monitoring");
        let check = |column: &str, step: &str| {
            let returned: f64 = returns
                .iter()
                .map(|quarter| match quarter.get(column) {
                    Some(RawCell::Number(count)) => *count,
                    _ => f64::NAN,
                })
                .sum();
            let days = children.iter().filter_map(|child| day(child, step));
            returned == days.filter(|day| plan.period.contains(*day)).count() as f64
        };
        prop_assert!(check("referrals", "referral_date"));
        prop_assert!(check("starts", "start_date"));
        prop_assert!(check("conferences", "conference_date"));
        prop_assert!(check("plans", "plan_date"));
        prop_assert!(check("reviews", "review_date"));
    }
}

/// The share of cells of a column that say so, among those filled.
fn share(study: &SyntheticStudy, table: &str, column: &str, wanted: &str) -> f64 {
    let rows = records(study, table);
    let filled: Vec<&str> = rows
        .iter()
        .map(|row| text(row, column))
        .filter(|t| !t.is_empty())
        .collect();
    filled.iter().filter(|t| **t == wanted).count() as f64 / filled.len() as f64
}

#[test]
fn many_children_are_as_the_published_figures_say() {
    let many = generate_study(&StudyPlan {
        n_children: 4000,
        ..demo_plan()
    });
    let near = |found: f64, expected: f64, by: f64| {
        assert!(
            (found - expected).abs() < by,
            "{found} is not near {expected}"
        );
    };
    near(share(&many, "objectives", "status", "met"), 0.80, 0.03);
    let trackers: BTreeSet<&str> = records(&many, "connections")
        .iter()
        .map(|row| text(row, "child_id"))
        .collect();
    let people = |column| {
        let rows = records(&many, "connections");
        rows.iter().filter(|row| text(row, column) == "yes").count() as f64 / trackers.len() as f64
    };
    near(people("at_start"), 7.0, 0.3);
    near(people("after"), 26.0, 0.6);
    let with_objectives: BTreeSet<&str> = records(&many, "objectives")
        .iter()
        .map(|row| text(row, "child_id"))
        .collect();
    let n_objectives = records(&many, "objectives").len() as f64;
    near(n_objectives / with_objectives.len() as f64, 2.95, 0.1);
}

#[test]
fn no_child_gives_an_empty_study() {
    let study = generate_study(&StudyPlan {
        n_children: 0,
        ..demo_plan()
    });
    for name in ["children", "objectives", "connections", "questionnaires"] {
        assert!(
            study.table(name).is_some_and(|table| table.rows.is_empty()),
            "{name}"
        );
    }
}

#[test]
fn every_study_says_that_it_is_made_up() {
    for plan in national_plans(41, 1) {
        let study = generate_study(&plan);
        assert!(study.study_toml.contains("synthetic = true"));
        assert!(
            study
                .study_toml
                .contains(&format!("{} is an invented authority", plan.authority))
        );
    }
}
