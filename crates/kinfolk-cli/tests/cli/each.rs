//! `kinfolk report --each`.

use std::fs;
use std::path::Path;

use crate::support::{Run, TODAY, files, kinfolk, names, with_nation};

fn each(folder: &Path, out: &str, more: &[&str]) -> Run {
    let arguments = [
        &[
            "report",
            "--each",
            "nation",
            "--out",
            out,
            "--as-of",
            TODAY,
            "--formats",
            "html,data",
        ][..],
        more,
    ]
    .concat();
    kinfolk(&arguments, folder)
}

#[test]
fn every_authority_has_its_report_beside_that_of_all() {
    let folder = with_nation("4");
    let run = each(folder.path(), "out", &["--jobs", "2"]).ends(0);
    assert_eq!(run.stdout, "");
    for place in [
        "all-authorities",
        "ashcombe",
        "brackenfield",
        "calderbrook",
        "hartwell",
    ] {
        assert!(run.stderr.contains(place), "{place}: {}", run.stderr);
        let made = names(&folder.path().join("out").join(place));
        assert!(
            made.contains(&"report.html".to_owned()),
            "{place}: {made:?}"
        );
    }
    let page = fs::read_to_string(folder.path().join("out/ashcombe/report.html")).unwrap();
    assert!(page.contains("All authorities"));
    // Counts of one authority are exact; those of all are rounded, beside shares that are not of those.
    const ROUNDED: &str = "Counts of children are rounded to the nearest 10";
    assert!(!page.contains(ROUNDED) && !page.contains(">about "));
    let all = fs::read_to_string(folder.path().join("out/all-authorities/report.html")).unwrap();
    assert!(all.contains(ROUNDED) && all.contains(", about "), "{all}");
    kinfolk(&["verify", "out/ashcombe"], folder.path()).ends(0);
    kinfolk(&["verify", "out/all-authorities"], folder.path()).ends(0);
    each(folder.path(), "again", &["--jobs", "1"]).ends(0);
    assert!(files(&folder.path().join("out")) == files(&folder.path().join("again")));
}

/// The count of a measure in a report's estimates, where its group begins so.
fn count(folder: &Path, report: &str, (measure, group): (&str, &str)) -> f64 {
    let path = folder.join("out").join(report).join("estimates.json");
    let text = fs::read_to_string(path).unwrap();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let estimates = document["estimates"].as_array().unwrap();
    let found = estimates
        .iter()
        .find(|found| found["measure"] == measure && found["group"] == group);
    found.unwrap()["value"].as_f64().unwrap()
}

#[test]
fn the_returns_of_authorities_stay_apart_and_add_up() {
    let folder = tempfile::tempdir().unwrap();
    for (name, others) in [("one", "60"), ("other", "90")] {
        let study = format!("nation/{name}");
        let made = ["synth", "--children", "12", "--years", "2", "--seed", "7"];
        let more = ["--others", others, "--out", &study];
        kinfolk(&[&made[..], &more].concat(), folder.path()).ends(0);
    }
    each(folder.path(), "out", &[]).ends(0);
    // Identifiers of both begin anew, so children would fall together if they were not kept apart.
    for key in [
        ("stability.children", ""),
        ("stability.rows", "became=read"),
        ("stability.rows", "became=used"),
    ] {
        let of = |report| count(folder.path(), report, key);
        let (one, other) = (of("one"), of("other"));
        assert!(0.0 < one && one < other, "{key:?}");
        assert_eq!(of("all-authorities"), one + other, "{key:?}");
    }
}

#[test]
fn one_authority_that_fails_does_not_stop_the_others() {
    let folder = with_nation("3");
    fs::remove_file(folder.path().join("nation/hartwell/study.toml")).unwrap();
    let run = each(folder.path(), "out", &[])
        .ends(1)
        .complains("hartwell: Error:");
    assert!(run.stderr.contains("failed"), "{}", run.stderr);
    let made = names(&folder.path().join("out"));
    for name in ["all-authorities/report.html", "ashcombe/report.html"] {
        assert!(made.iter().any(|file| file == name), "{name}: {made:?}");
    }
    assert!(!folder.path().join("out/hartwell").exists());
    let text = fs::read_to_string(folder.path().join("out/all-authorities/manifest.json")).unwrap();
    assert!(!text.contains("hartwell"), "{text}");
}

#[test]
fn a_folder_without_studies_is_wrong_usage() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("nation")).unwrap();
    each(folder.path(), "out", &[])
        .ends(2)
        .complains("holds a study.toml");
}

#[test]
fn the_name_for_all_authorities_is_kept() {
    let folder = with_nation("1");
    let nation = folder.path().join("nation");
    fs::rename(nation.join("hartwell"), nation.join("all-authorities")).unwrap();
    each(folder.path(), "out", &[])
        .ends(2)
        .complains("the name kept");
    assert!(!folder.path().join("out").exists());
}
