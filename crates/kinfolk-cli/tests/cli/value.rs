//! `kinfolk value`.

use std::fs;

use crate::support::kinfolk;

const COSTS: &str = include_str!("../../../../data/demo/costs.toml");

fn run(text: &str, arguments: &[&str]) -> crate::support::Run {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("costs.toml"), text).unwrap();
    kinfolk(
        &[&["value", "costs.toml"][..], arguments].concat(),
        folder.path(),
    )
}

fn alone() -> String {
    COSTS
        .replace("{ estimate = \"reach.children\" }", "72")
        .replace("draws = 10000", "draws = 200")
}

#[test]
fn the_appraisal_goes_to_standard_output_and_talk_to_standard_error() {
    let run = run(&alone(), &[])
        .ends(0)
        .complains("Return for each pound");
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let estimates = json["estimates"].as_array().unwrap();
    let ratios = estimates
        .iter()
        .filter(|e| e["measure"] == "value.return_per_pound");
    assert!(ratios.count() > 3);
    assert_eq!(json["disclosure"], "internal, not for publication");
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads() {
    let one = run(&alone(), &["--jobs", "1"]).ends(0);
    let three = run(&alone(), &["--jobs", "3"]).ends(0);
    assert_eq!(one.stdout, three.stdout);
}

#[test]
fn a_file_with_errors_is_not_appraised() {
    let text = alone().replace("comparator =", "deadweight = 0.2\ncomparator =");
    let run = run(&text, &[])
        .ends(3)
        .complains("deadweight-with-comparator");
    assert!(run.stdout.contains("\"estimates\": []"), "{}", run.stdout);
}

#[test]
fn warnings_count_when_one_is_strict() {
    run(&alone(), &["--strict"])
        .ends(4)
        .complains("unit-cost-old");
    run(&alone(), &["--quiet"]).ends(0);
}

#[test]
fn a_file_that_is_not_there_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    kinfolk(&["value", "costs.toml"], folder.path())
        .ends(1)
        .complains("costs.toml");
}
