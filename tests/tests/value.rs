//! From costs and an effect found in the same study to the page; and the appraisals of many authorities.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::Path;

use kinfolk::model::{Estimate, Estimates};
use kinfolk::outputs::Output;
use kinfolk::prelude::*;
use kinfolk::{Format, Opened, RollUpOptions};
use kinfolk_tests::{output, root, visible_text};

/// What the demonstration assumes of weeks in children's homes.
const ASSUMED: &str = "{ value = 0.03, low = -0.02, high = 0.08 }";
const RESEARCH: &str = "\n[research]\nfixed = 1000\neach_child = 10\nprice_year = 2024\nyears = 3\n\
    source = \"invented\"\n";

fn settings(authority: &str, method: &str) -> String {
    format!(
        r#"[study]
title = "An effect found here"
authority = "{authority}"
country = "England"
period = {{ start = 2024-04-01, end = 2025-03-31 }}

[analysis]
confidence = 0.95
seed = 1
follow_up_days = 365
disclosure = "dfe-csc"
sdq_baseline = "last-before-start"
sdq_mmrm_df = "satterthwaite"

[comparison]
outcomes = ["same_home"]
covariates = ["age"]
exact = []
method = "{method}"
caliper = 0.2
scale = "logit"
ratio = 1
follow_up_days = 365
competing = []
"#
    )
}

/// Costs for 72 children, one effect of which is one that the study finds.
fn costs(method: &str) -> String {
    let found = format!(r#"{{ estimate = "effect.same_home", group = "method={method}" }}"#);
    let demo = fs::read_to_string(root().join("data/demo/costs.toml")).unwrap();
    assert!(demo.contains(ASSUMED));
    demo.replace(ASSUMED, &found)
        .replace("{ estimate = \"reach.children\" }", "72")
        .replace("draws = 10000", "draws = 500")
        + RESEARCH
}

/// Arms, each so many children with so many who stay in the same home.
fn cohort(arms: [(u32, u32); 2]) -> String {
    let of_arm = |(name, (n, stay)): (&str, (u32, u32))| -> String {
        let row = |child| {
            let stays = if child < stay { "yes" } else { "no" };
            format!("{name}-{child:03},{name},{},{stays}\n", 8 + child * 5 % 9)
        };
        (0..n).map(row).collect()
    };
    let rows: String = ["programme", "comparator"]
        .into_iter()
        .zip(arms)
        .map(of_arm)
        .collect();
    format!("child_id,arm,age,same_home\n{rows}")
}

fn write_study(folder: &Path, authority: &str, method: &str, arms: [(u32, u32); 2]) {
    fs::create_dir_all(folder).unwrap();
    for (name, text) in [
        ("study.toml", settings(authority, method)),
        ("cohort.csv", cohort(arms)),
        ("costs.toml", costs(method)),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
}

fn opened(method: &str, arms: [(u32, u32); 2]) -> Opened {
    let folder = tempfile::tempdir().unwrap();
    write_study(folder.path(), "Hartwell", method, arms);
    let today = jiff::civil::date(2026, 1, 1);
    kinfolk::open(folder.path(), &ReadOptions { today }).unwrap()
}

fn figure(estimates: &Estimates, measure: &str, group: &str) -> Estimate {
    let found = estimates
        .of(measure)
        .find(|record| record.group.to_string() == group);
    found
        .cloned()
        .unwrap_or_else(|| panic!("no {measure} of {group}"))
}

/// The words of the chapter on value.
fn chapter(opened: &Opened) -> String {
    let options = ReportOptions {
        formats: vec![Format::Html],
        ..ReportOptions::all_formats("study")
    };
    let outputs: Vec<Output> = kinfolk::report(opened, &options).unwrap();
    let page = String::from_utf8(output(&outputs, "report.html").to_vec()).unwrap();
    let from = page.find("id=\"value\"").unwrap();
    let chapter = &page[from..];
    visible_text(&chapter[..chapter.find("</section>").unwrap()])
}

#[test]
fn an_effect_found_in_the_study_is_appraised_with_its_interval() {
    let opened = opened("unadjusted", [(200, 150), (200, 80)]);
    let estimates = kinfolk::analyse(&opened);
    let effect = estimates
        .of("effect.same_home")
        .find(|record| record.value == Some(0.35))
        .cloned()
        .unwrap();
    let number = figure(&estimates, "value.outcomes", "outcome=weeks_in_homes");
    // 72 children, 0.8 of whom take part and 0.9 of these stay; nothing is taken off for deadweight.
    let served = 72.0 * 0.8 * 0.9;
    assert!((number.value.unwrap() / (served * 0.35) - 1.0).abs() < 1e-12);
    // The interval of the effect, and somewhat more from how many take part and stay.
    let width = |record: &Estimate| record.upper.unwrap() - record.lower.unwrap();
    let more = width(&number) / (width(&effect) * served);
    assert!((1.0..1.25).contains(&more), "{more}");
    let input = "input=outcome.weeks_in_homes.difference";
    let stated = figure(&estimates, "value.input", input);
    assert_eq!(stated.value, None);
    assert!(stated.note.ends_with("an estimate of this study"));
    assert!(
        !estimates.of("value.input").any(|record| {
            record.group.to_string() == "input=outcome.weeks_in_homes.deadweight"
        })
    );
    // 400 children behind the effect, so four times as many are 1,600 more.
    let study = format!("case=fiscal;{input};times=4");
    let worth = figure(&estimates, "value.larger_study", &study)
        .value
        .unwrap();
    let net = figure(&estimates, "value.larger_study_net", &study)
        .value
        .unwrap();
    let decisions: f64 = (1..=3).map(|year| 1.035f64.powi(-year)).sum();
    assert!((net - (worth * decisions - 1000.0 - 16_000.0)).abs() < 1e-6);
    let words = chapter(&opened);
    for said in [
        "Some effects are differences found in this study",
        "A further study,",
        "If the effects found and assumed here hold",
        "from the study",
        "none against a comparison group",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
}

#[test]
fn an_effect_that_is_refused_is_named_and_nothing_is_appraised() {
    let opened = opened("overlap", [(200, 150), (3, 1)]);
    let words = chapter(&opened);
    let said = "What the programme is worth is not reckoned here";
    assert!(
        words.contains(said) && words.contains("refused: "),
        "{words}"
    );
    assert!(!words.contains('£'), "{words}");
    let found = kinfolk::check_value(&opened);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].rule, "estimate-missing");
}

#[test]
fn a_return_that_would_give_a_small_number_back_is_withheld() {
    let opened = opened("unadjusted", [(40, 38), (40, 20)]);
    let words = chapter(&opened);
    assert!(
        words.contains("What the programme is worth is withheld here"),
        "{words}"
    );
    assert!(!words.contains('£'), "{words}");
}

#[test]
fn a_return_near_one_is_found_before_a_report_is_made() {
    let folder = tempfile::tempdir().unwrap();
    write_study(
        folder.path(),
        "Hartwell",
        "unadjusted",
        [(200, 150), (200, 80)],
    );
    let demo = fs::read_to_string(root().join("data/demo/costs.toml")).unwrap();
    let near = demo.replace("{ estimate = \"reach.children\" }", "44");
    fs::write(folder.path().join("costs.toml"), near).unwrap();
    let today = jiff::civil::date(2026, 1, 1);
    let opened = kinfolk::open(folder.path(), &ReadOptions { today }).unwrap();
    let found = kinfolk::check_value(&opened);
    assert!(
        found.iter().any(|finding| finding.rule == "ratio-near-one"),
        "{found:?}"
    );
}

#[test]
fn appraisals_of_authorities_stand_side_by_side_and_unranked() {
    let parent = tempfile::tempdir().unwrap();
    let arms = [(200, 150), (200, 80)];
    write_study(&parent.path().join("a"), "Wells", "unadjusted", arms);
    write_study(
        &parent.path().join("b"),
        "Ashcombe",
        "unadjusted",
        [(200, 150), (200, 120)],
    );
    write_study(
        &parent.path().join("c"),
        "Hartwell",
        "unadjusted",
        [(40, 38), (40, 20)],
    );
    write_study(&parent.path().join("d"), "Dale", "unadjusted", arms);
    fs::remove_file(parent.path().join("d/costs.toml")).unwrap();
    let out = tempfile::tempdir().unwrap();
    let today = jiff::civil::date(2026, 1, 1);
    let options = RollUpOptions {
        parent: parent.path().to_owned(),
        out: out.path().to_owned(),
        formats: vec![Format::Html, Format::Data],
        reading: ReadOptions { today },
    };
    for outcome in kinfolk::roll_up(&options, &()).unwrap() {
        assert!(outcome.result.is_ok(), "{outcome:?}");
    }
    let read = |folder: &str| {
        let bytes = fs::read(out.path().join(folder).join("estimates.json")).unwrap();
        kinfolk::frames::estimates_from_json(&bytes)
            .unwrap()
            .estimates
    };
    let all = read("all-authorities");
    let fiscal: Vec<&Estimate> = all
        .iter()
        .filter(|record| record.measure == "value.return_per_pound")
        .filter(|record| record.group.get("case") == Some("fiscal"))
        .collect();
    let names: Vec<&str> = fiscal
        .iter()
        .filter_map(|record| record.group.get("authority"))
        .collect();
    assert_eq!(names, ["Ashcombe", "Hartwell", "Wells"]);
    assert!(
        fiscal[1].value.is_none() && fiscal[1].note.contains("[c]"),
        "{:?}",
        fiscal[1]
    );
    let own = read("a");
    let own = own.iter().find(|record| {
        record.measure == "value.return_per_pound" && record.group.to_string() == "case=fiscal"
    });
    let own = own.unwrap();
    assert_eq!(
        (own.value, own.lower, own.upper),
        (fiscal[2].value, fiscal[2].lower, fiscal[2].upper)
    );
    let page = fs::read_to_string(out.path().join("all-authorities/report.html")).unwrap();
    let words = visible_text(&page);
    assert!(words.contains("neither ranked nor added up"), "{words}");
}
