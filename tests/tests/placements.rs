//! Placement stability against a second implementation, `tests/reference/placements.py`.

#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at the first thing that is not there"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use kinfolk::model::care::ShortBreakStarts;
use kinfolk::prelude::*;
use kinfolk::stages::{
    CareFacts, CareOptions, ChildStability, MoveRule, SameHomeOptions, StabilityOptions,
    placements_of,
};
use serde_json::{Value, json};

fn reference() -> PathBuf {
    kinfolk_tests::root().join("tests/reference")
}

fn options_on(on: Date) -> CareOptions {
    CareOptions {
        stability: StabilityOptions {
            on,
            short_break_starts: ShortBreakStarts::LeftOut,
        },
        rule: MoveRule::default(),
        same_home: SameHomeOptions::up_to(on, 365),
        country: Country::England,
    }
}

fn facts_on(folder: &Path, on: Date) -> CareFacts {
    let read = ReadOptions {
        today: date(2026, 1, 1),
    };
    let found = placements_of(&[folder.to_owned()], &read, options_on(on), 0.95);
    found.unwrap().facts
}

/// The measures in the form in which the script writes them.
fn measured(facts: &CareFacts) -> Value {
    let default = MoveRule::default();
    let n = |question: &dyn Fn(&ChildStability) -> bool| {
        let all = facts.children.iter();
        all.filter(|child| question(child.under(default))).count()
    };
    let mut measured = json!({
        "in_care": n(&|child| child.in_care),
        "left_out": n(&|child| child.left_out),
    });
    for rule in MoveRule::ALL {
        let (moves, temporary) = (rule.counted.code(), rule.temporary.code());
        measured[format!("moves={moves};temporary={temporary}")] = under(facts, rule);
    }
    measured
}

fn under(facts: &CareFacts, rule: MoveRule) -> Value {
    let children = || facts.children.iter().map(|child| child.under(rule));
    let share = |answer: &dyn Fn(&ChildStability) -> Option<bool>| {
        let asked: Vec<bool> = children()
            .filter(|c| c.in_care)
            .filter_map(answer)
            .collect();
        json!([asked.iter().filter(|yes| **yes).count(), asked.len()])
    };
    json!({
        "three_or_more_in_year": share(&|child| Some(child.has_three_or_more_in_year())),
        "three_or_more_in_two_years": share(&|child| child.has_three_or_more_in_two_years()),
        "same_carer_two_years": share(&|child| child.same_carer_two_years),
        "moves_and_days": [
            children().map(|child| child.moves_in_year).sum::<u32>(),
            children().map(|child| child.days_in_year).sum::<u32>(),
        ],
    })
}

/// Holds every measure on every day against what the script found in the same folder.
fn check(folder: &Path, expected: &Value) {
    let days = expected.as_object().unwrap();
    assert!(days.len() > 2);
    for (day, expected) in days {
        let facts = facts_on(folder, day.parse().unwrap());
        assert_eq!(&measured(&facts), expected, "{day}");
    }
}

#[test]
fn a_second_implementation_finds_the_same() {
    let text = std::fs::read_to_string(reference().join("placements.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    let three = |rule: &str| expected["2024-03-31"][rule]["three_or_more_in_year"][0].as_u64();
    assert!(three("moves=spb;temporary=bridge") < three("moves=spbtu;temporary=bridge"));
    assert!(three("moves=spbtu;temporary=bridge") < three("moves=all;temporary=bridge"));
    check(&reference().join("placements"), &expected);
}

/// Runs where `KINFOLK_RETURNS` names a folder of returns and Python is there.
#[test]
fn a_second_implementation_finds_the_same_in_returns_of_your_own() {
    let Some(folder) = std::env::var_os("KINFOLK_RETURNS").map(PathBuf::from) else {
        println!("skipped: KINFOLK_RETURNS names no folder of returns");
        return;
    };
    let mut script = Command::new("python3");
    let Ok(output) = script
        .arg(reference().join("placements.py"))
        .arg(&folder)
        .output()
    else {
        println!("skipped: there is no python3");
        return;
    };
    assert!(output.status.success());
    check(&folder, &serde_json::from_slice(&output.stdout).unwrap());
}

/// The measures of the made-up returns on a day, as they may leave the building.
fn released_on(on: Date, disclosure: DisclosureProfile) -> (Estimates, Release) {
    let options = options_on(on);
    let read = ReadOptions {
        today: date(2026, 1, 1),
    };
    let folder = reference().join("placements");
    let estimates = placements_of(&[folder], &read, options, 0.95)
        .unwrap()
        .estimates()
        .clone();
    let mut settings = kinfolk_tests::open_study("data/demo")
        .unwrap()
        .study
        .settings;
    settings.disclosure = disclosure;
    let release = kinfolk::release(&estimates, &Study::new(settings)).unwrap();
    (estimates, release)
}

#[test]
fn small_numbers_of_returns_do_not_leave_the_building() {
    for year in [2022, 2023, 2024] {
        let (estimates, release) = released_on(date(year, 3, 31), DisclosureProfile::DfeCsc);
        let of_children = |record: &&Released| {
            record.statistic() == Statistic::Count && record.unit() != Unit::Rows
        };
        for record in release.records().iter().filter(of_children) {
            if let Shown::Figure(value) = record.value() {
                assert!(value == 0.0 || value >= 6.0, "{} {value}", record.measure());
            }
        }
        let measure = "stability.three_or_more";
        let shown = release.of(measure).count();
        let all = estimates.records.iter();
        let all = all.filter(|record| record.measure == measure).count();
        // The table of rules is there whole, for one window or both, or not at all.
        assert!(
            [all, all - 6, all - 12].contains(&shown),
            "{year}: {shown} of {all}"
        );
        assert!(shown >= 2);
    }
}
