//! `kinfolk placements`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Run, kinfolk, names};

/// Made-up returns of three years.
fn returns() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference/placements")
}

/// A folder with those returns in `returns`.
fn with_returns() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("returns")).unwrap();
    for name in names(&returns()) {
        let copy = folder.path().join("returns").join(&name);
        fs::copy(returns().join(name), copy).unwrap();
    }
    folder
}

fn placements(folder: &Path, arguments: &[&str]) -> Run {
    let all = [&["placements", "returns", "--on", "2024-03-31"], arguments].concat();
    kinfolk(&all, folder)
}

fn estimate<'j>(json: &'j Value, measure: &str, group: &str) -> &'j Value {
    let estimates = json["estimates"].as_array().unwrap();
    let mut alike = estimates.iter().filter(|e| e["measure"] == measure);
    alike.find(|e| e["group"] == group).unwrap()
}

fn summary(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn returns_must_be_there_and_cover_the_day() {
    let folder = with_returns();
    fs::write(folder.path().join("other.csv"), "a,b\n1,2\n").unwrap();
    let check = |path: &str, day: &str, words: &str| {
        let run = kinfolk(&["placements", path, "--on", day], folder.path());
        run.ends(2).complains(words);
    };
    check(
        "other.csv",
        "2024-03-31",
        "No table of a return from which children can be counted in other.csv",
    );
    check(
        "returns",
        "2026-03-31",
        "No return here covers 31 March 2026",
    );
    check(
        "returns",
        "2020-03-30",
        "No return here covers 30 March 2020",
    );
}

#[test]
fn the_summary_goes_to_standard_output_and_talk_to_standard_error() {
    let folder = with_returns();
    let run = placements(folder.path(), &[]);
    assert!(run.stderr.contains("6 tables read"), "{}", run.stderr);
    let json = summary(&run);
    assert_eq!(json["disclosure"], "internal, not for publication");
    let expected = fs::read_to_string(returns().join("../placements.json")).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let expected = &expected["2024-03-31"]["moves=spb;temporary=bridge"]["three_or_more_in_year"];
    let found = estimate(&json, "stability.three_or_more", "window=year");
    assert_eq!(found["numerator"], expected[0]);
    assert_eq!(found["denominator"], expected[1]);
    let options = found["options"].as_str().unwrap();
    assert_eq!(
        options,
        "moves=spb;temporary=bridge;short_break_starts=left_out"
    );
}

#[test]
fn the_table_has_a_row_for_each_child() {
    let folder = with_returns();
    placements(folder.path(), &["-o", "children.csv"]);
    let table = fs::read_to_string(folder.path().join("children.csv")).unwrap();
    assert!(table.starts_with("child_id,in_care_on_day,"), "{table}");
    let a6 = table.lines().find(|line| line.starts_with("B1,")).unwrap();
    assert!(a6.contains("yes"), "{a6}");
    placements(folder.path(), &["-o", "children.parquet"]);
    let parquet = fs::read(folder.path().join("children.parquet")).unwrap();
    assert!(parquet.starts_with(b"PAR1"));
}

#[test]
fn another_rule_and_another_first_day_are_said() {
    let folder = with_returns();
    let arguments = [
        "--moves",
        "all",
        "--home-from",
        "2023-01-01",
        "--home-days",
        "90",
    ];
    let json = summary(&placements(folder.path(), &arguments));
    let found = estimate(&json, "stability.same_home", "outcome=same");
    assert_eq!(
        found["population"],
        "children looked after on 1 January 2023"
    );
    let estimates = json["estimates"].as_array().unwrap();
    let share = estimates
        .iter()
        .find(|e| e["measure"] == "stability.same_home" && e["statistic"] == "proportion");
    let options = share.unwrap()["options"].as_str().unwrap();
    assert_eq!(
        options,
        "from=2023-01-01;days=90;moves=all;temporary=bridge"
    );
}

#[test]
fn the_same_returns_give_the_same_bytes_on_any_number_of_threads() {
    let folder = with_returns();
    let one = placements(folder.path(), &["--jobs", "1"]);
    let three = placements(folder.path(), &["--jobs", "3"]);
    assert_eq!(one.stdout, three.stdout);
}

#[test]
fn errors_in_the_data_end_with_3_and_outputs_are_written_all_the_same() {
    let folder = with_returns();
    let path = folder.path().join("returns/2023-2024-episodes.csv");
    let rows = fs::read_to_string(&path).unwrap();
    fs::write(&path, rows.replacen("13/04/2023", "31/31/2023", 1)).unwrap();
    let run = placements(folder.path(), &["-o", "children.csv"]).ends(3);
    assert!(!summary(&run)["estimates"].as_array().unwrap().is_empty());
    assert!(folder.path().join("children.csv").exists());
}

#[test]
fn wrong_usage_ends_with_2() {
    let folder = with_returns();
    kinfolk(&["placements", "returns"], folder.path())
        .ends(2)
        .complains("--on");
    placements(folder.path(), &["--moves", "some"])
        .ends(2)
        .complains("`some` is no moves");
    let nowhere = ["placements", "nowhere", "--on", "2024-03-31"];
    let run = kinfolk(&nowhere, folder.path()).complains("nowhere");
    assert_ne!(run.code, 0);
}

#[test]
fn the_help_says_what_is_read_and_what_was_not_checked() {
    let folder = tempfile::tempdir().unwrap();
    let run = kinfolk(&["placements", "--help"], folder.path()).ends(0);
    for words in ["SSDA903", "--home-from", "checked\nfor disclosure"] {
        assert!(run.stdout.contains(words), "no `{words}` in {}", run.stdout);
    }
}
