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
    kinfolk(&["verify", "out/ashcombe"], folder.path()).ends(0);
    kinfolk(&["verify", "out/all-authorities"], folder.path()).ends(0);
    each(folder.path(), "again", &["--jobs", "1"]).ends(0);
    assert!(files(&folder.path().join("out")) == files(&folder.path().join("again")));
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
