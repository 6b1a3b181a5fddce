//! One answer from three front ends: the Rust façade, the Python module, and the program where it has
//! been built. The façade's answers are written here; `front_ends/parity.py` compares the others.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use kinfolk::frames::estimates_to_json;
use kinfolk::model::{Code, Country, Estimates, SdqBaseline};
use kinfolk::prelude::{Date, ReadOptions};
use kinfolk::stages::{
    CareOptions, ChangeColumns, ChangeOptions, CohortColumns, ComparisonMethod, DrawIntervals,
    Draws, EffectOptions, MatchRule, MoveRule, RiskSetColumns, SameHomeOptions, ScoreOptions,
    StabilityOptions, Summary, SurvivalOptions, TimeColumns, effect_of, match_cohort,
    match_in_risk_sets, open_table, placements_of, score_sdq, sdq_change, survival_of,
};
use kinfolk::synth::{CohortPlan, write_cohort};

use support::{INTERPRETER, crate_folder, interpreter, package};

const TODAY: &str = "2025-06-01";
const ON: &str = "2025-03-31";
const COVARIATES: [&str; 4] = ["age", "years_in_care", "sdq", "placements_before"];

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn demo() -> PathBuf {
    crate_folder().join("../../data/demo")
}

/// The program, where it stands beside the tests.
fn program() -> Option<PathBuf> {
    let test = std::env::current_exe().unwrap();
    let name = format!("kinfolk{}", std::env::consts::EXE_SUFFIX);
    let program = test.parent()?.parent()?.join(name);
    program.is_file().then_some(program)
}

/// Forty questionnaires of twenty children, some items blank.
fn questionnaires() -> String {
    let items: Vec<String> = (1..=25).map(|item| format!("item_{item}")).collect();
    let mut lines = vec![format!("child_id,informant,{}", items.join(","))];
    for row in 0..40 {
        let answer = |item: usize| match (row * 7 + item * 5) % 11 {
            10 => String::new(),
            n => (n % 3).to_string(),
        };
        let answers: Vec<String> = (1..=25).map(answer).collect();
        lines.push(format!(
            "c{:02},parent_carer,{}",
            row / 2,
            answers.join(",")
        ));
    }
    lines.join("\n") + "\n"
}

/// Two totals of each of thirty children.
fn totals() -> String {
    let mut lines = vec!["child_id,date,informant,total".to_owned()];
    for child in 0..30 {
        let (first, last) = (10 + child * 7 % 19, 8 + child * 5 % 17);
        lines.push(format!("c{child:02},2023-05-01,parent_carer,{first}"));
        lines.push(format!("c{child:02},2024-05-01,parent_carer,{last}"));
    }
    lines.join("\n") + "\n"
}

/// Two hundred children in care, every fourth of whom joins the programme while there.
fn in_care() -> String {
    let mut lines = vec!["child_id,age,moves,joined,left,home,calm".to_owned()];
    for child in 0..200 {
        let (age, moves) = (5 + child * 7 % 11, child * 5 % 4);
        let joined = match (child + child / 7) % 4 {
            0 => (100 + child * 13 % 600).to_string(),
            _ => String::new(),
        };
        let left = 800 + child * 17 % 900;
        let (home, calm) = (child % 12, u8::from(child * 11 % 7 < 4));
        lines.push(format!(
            "c{child:03},{age},{moves},{joined},{left},{home},{calm}"
        ));
    }
    lines.join("\n") + "\n"
}

fn cohort_columns() -> CohortColumns {
    CohortColumns {
        covariates: COVARIATES.map(str::to_owned).to_vec(),
        exact: vec!["female".to_owned()],
        ..CohortColumns::default()
    }
}

fn effect_options(method: ComparisonMethod) -> EffectOptions {
    EffectOptions {
        columns: cohort_columns(),
        outcome: "same_home".to_owned(),
        cluster: None,
        authority: None,
        method,
        rule: MatchRule::default(),
        confidence: 0.95,
        bootstrap: (method == ComparisonMethod::Matched).then_some(Draws {
            n: 100,
            seed: 7,
            intervals: DrawIntervals::Both,
        }),
        risk_sets: None,
    }
}

fn survival_options() -> SurvivalOptions {
    SurvivalOptions {
        time: "days".to_owned(),
        event: "moved".to_owned(),
        arm: Some("arm".to_owned()),
        covariates: COVARIATES.map(str::to_owned).to_vec(),
        strata: None,
        cluster: Some("authority".to_owned()),
        weights: None,
        matched: None,
        at: Vec::new(),
        horizon: None,
        confidence: 0.95,
    }
}

fn change_options() -> ChangeOptions {
    ChangeOptions {
        sd: 5.8,
        reliability: 0.72,
        baseline: SdqBaseline::First,
        informant: None,
        columns: ChangeColumns::default(),
    }
}

fn placements_in_demo() -> Summary {
    let options = CareOptions {
        stability: StabilityOptions {
            on: day(ON),
            short_break_starts: kinfolk::model::care::ShortBreakStarts::LeftOut,
        },
        rule: MoveRule::default(),
        same_home: SameHomeOptions::up_to(day(ON), 365),
        country: Country::England,
    };
    let read = ReadOptions { today: day(TODAY) };
    let found = placements_of(&[demo().join("returns")], &read, options, 0.95);
    found.unwrap().summary()
}

/// Writes what the façade says of every method, and what the others are to read.
fn write_answers(folder: &Path) {
    let plan = CohortPlan {
        n_children: 400,
        n_authorities: 8,
        ..CohortPlan::default()
    };
    write_cohort(&plan, folder).unwrap();
    fs::write(folder.join("items.csv"), questionnaires()).unwrap();
    fs::write(folder.join("totals.csv"), totals()).unwrap();
    fs::write(folder.join("care.csv"), in_care()).unwrap();
    let table = |name: &str| open_table(&folder.join(name)).unwrap();
    let write = |name: &str, summary: &Summary| {
        let path = folder.join(format!("{name}.facade.json"));
        fs::write(path, summary.to_json().unwrap()).unwrap();
    };
    let mut scored = Vec::new();
    score_sdq(table("items.csv"), &ScoreOptions::default(), &mut scored).unwrap();
    fs::write(folder.join("sdq_score.facade.csv"), scored).unwrap();
    let changes = sdq_change(table("totals.csv"), &change_options()).unwrap();
    write("sdq_change", &changes.summary());
    write("placements", &placements_in_demo());
    let matched = match_cohort(table("cohort.csv"), &cohort_columns(), MatchRule::default());
    write("match", &matched.unwrap().summary());
    let columns = CohortColumns {
        covariates: vec!["age".to_owned(), "moves".to_owned()],
        ..CohortColumns::default()
    };
    let times = TimeColumns {
        joined: "joined".to_owned(),
        left: "left".to_owned(),
    };
    let matched = match_in_risk_sets(table("care.csv"), &columns, &times, MatchRule::default());
    write("match_in_risk_sets", &matched.unwrap().summary());
    let in_care = EffectOptions {
        columns,
        outcome: "calm".to_owned(),
        cluster: Some("home".to_owned()),
        risk_sets: Some(RiskSetColumns { times, dated: None }),
        ..effect_options(ComparisonMethod::Matched)
    };
    let found = effect_of(table("care.csv"), &in_care).unwrap();
    write("effect_in_risk_sets", &found.summary());
    for &method in ComparisonMethod::ALL {
        let found = effect_of(table("cohort.csv"), &effect_options(method)).unwrap();
        let name = method.code();
        write(&format!("effect.{name}"), &found.summary());
    }
    let found = survival_of(table("cohort.csv"), &survival_options()).unwrap();
    write("survival", &found.summary());
    write_study(folder, &write);
}

fn write_study(folder: &Path, write: &dyn Fn(&str, &Summary)) {
    let read = ReadOptions { today: day(TODAY) };
    let opened = kinfolk::open(&demo(), &read).unwrap();
    let records = kinfolk::analyse(&opened).records;
    let json = estimates_to_json(&records, &opened.study.settings, "internal").unwrap();
    fs::write(folder.join("estimates.json"), json).unwrap();
    let named = Estimates {
        records,
        ..Estimates::default()
    };
    let appraised = kinfolk::value(&demo().join("costs.toml"), &named).unwrap();
    write("value", &appraised.summary());
}

#[test]
fn three_front_ends_give_equal_estimates() {
    let Some(python) = interpreter() else {
        println!("skipped: no Python from 3.10 on; name one in {INTERPRETER}");
        return;
    };
    let package = package();
    let folder = tempfile::tempdir().unwrap();
    write_answers(folder.path());
    let mut run = Command::new(python);
    run.arg(crate_folder().join("tests/front_ends/parity.py"))
        .env("PYTHONPATH", package.path())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("KINFOLK_STUDY", demo())
        .env("KINFOLK_ANSWERS", folder.path());
    match program() {
        Some(program) => drop(run.env("KINFOLK_PROGRAM", program)),
        None => {
            println!("skipped: the program is not built, so only two of the three are compared")
        }
    }
    let output = run.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    println!("{said}");
    assert!(output.status.success(), "{said}");
}
