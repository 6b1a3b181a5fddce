//! `kinfolk analyse`.

use std::fs;

use crate::support::{TODAY, kinfolk, names, with_study};

#[test]
fn estimates_are_whole_and_say_that_they_are_internal() {
    let folder = with_study();
    let arguments = ["analyse", "study", "--out", "out", "--as-of", TODAY];
    let run = kinfolk(&arguments, folder.path()).ends(0);
    assert_eq!(run.stdout, "");
    assert_eq!(
        names(&folder.path().join("out")),
        [
            "estimates.csv",
            "estimates.json",
            "estimates.parquet",
            "manifest.json"
        ]
    );
    let text = fs::read_to_string(folder.path().join("out/estimates.json")).unwrap();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["schema"], "kinfolk.estimates/1");
    assert_eq!(document["disclosure"], "internal, not for publication");
    let records = document["estimates"].as_array().unwrap();
    let reached = records
        .iter()
        .find(|record| record["measure"] == "reach.children" && record["group"] == "")
        .unwrap();
    assert_eq!(reached["value"], 24.0);
    assert!(!text.contains("[c]"));
    kinfolk(&["verify", "out"], folder.path()).ends(0);
}
