//! Placement stability against a second implementation, `tests/reference/placements.py`.

#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at the first thing that is not there"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use kinfolk::model::Code;
use kinfolk::model::care::ShortBreakStarts;
use kinfolk::prelude::{Date, ReadOptions, date};
use kinfolk::stages::{
    CareFacts, CareOptions, ChildStability, MoveRule, SameHomeOptions, StabilityOptions,
    placements_of,
};
use serde_json::{Value, json};

fn reference() -> PathBuf {
    kinfolk_tests::root().join("tests/reference")
}

fn facts_on(folder: &Path, on: Date) -> CareFacts {
    let options = CareOptions {
        stability: StabilityOptions {
            on,
            short_break_starts: ShortBreakStarts::LeftOut,
        },
        rule: MoveRule::default(),
        same_home: SameHomeOptions::up_to(on, 365),
    };
    let read = ReadOptions {
        today: date(2026, 1, 1),
    };
    let found = placements_of(&[folder.to_owned()], &read, options, 0.95);
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
