//! `kinfolk explain`.

use crate::support::kinfolk;

fn explain(topic: &[&str]) -> crate::support::Run {
    let folder = tempfile::tempdir().unwrap();
    kinfolk(&[&["explain"][..], topic].concat(), folder.path())
}

#[test]
fn every_kind_of_word_is_explained_on_standard_output() {
    for (topic, words) in [
        ("objectives.met", "Objectives met"),
        ("date-order", "Dates in an impossible order"),
        ("dfe-csc", "1 to 5"),
        ("children", "child_id*"),
        ("children.care_start", "present period of care"),
        ("objectives.status", "column"),
    ] {
        let run = explain(&[topic]).ends(0);
        assert!(run.stdout.contains(words), "{topic}: {}", run.stdout);
        assert_eq!(run.stderr, "");
    }
}

#[test]
fn every_word_is_listed() {
    let run = explain(&[]).ends(0);
    for words in [
        "Measures",
        "objectives.met",
        "date-order",
        "nhs-round5",
        "children.sex",
    ] {
        assert!(run.stdout.contains(words), "{words}");
    }
}

#[test]
fn an_unknown_word_ends_with_two_and_its_neighbours() {
    let run = explain(&["objectives.mett"])
        .ends(2)
        .complains("Did you mean objectives.met");
    assert_eq!(run.stdout, "");
    explain(&["xyzzy"])
        .ends(2)
        .complains("`xyzzy` is no measure");
}
