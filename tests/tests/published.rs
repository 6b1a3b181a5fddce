//! The analysis of the reconstruction gives back each figure that was published in 2020.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::path::Path;
use std::sync::LazyLock;

use kinfolk::prelude::*;

/// The estimates of `data/published/frg-2020`.
static ESTIMATES: LazyLock<Estimates> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data/published/frg-2020");
    let options = ReadOptions {
        today: date(2020, 12, 1),
    };
    let opened = kinfolk::open(&folder, &options).unwrap();
    assert_eq!(opened.findings, [], "the reconstruction has findings");
    kinfolk::analyse(&opened)
});

/// The estimate of a measure; the group is written as in files, e.g. `category=father`.
fn estimate(measure: &str, group: &str, statistic: Statistic) -> &'static Estimate {
    let group =
        group
            .split(';')
            .filter(|part| !part.is_empty())
            .fold(Group::all(), |group, part| {
                let (key, value) = part.split_once('=').unwrap();
                group.and(key, value)
            });
    let key = Key::new(measure, group, statistic);
    let found = ESTIMATES.get(&key);
    found.unwrap_or_else(|| panic!("no estimate {key:?}"))
}

/// A count, a least or a greatest value is exactly so.
fn is_exactly(measure: &str, group: &str, statistic: Statistic, expected: f64) {
    let found = estimate(measure, group, statistic).value;
    assert_eq!(found, Some(expected), "{measure} {group}");
}

/// A share is so many of so many, and rounds to the published percentage.
fn is_share(measure: &str, group: &str, (numerator, denominator): (u64, u64), per_cent: f64) {
    let found = estimate(measure, group, Statistic::Proportion);
    let counts = (found.numerator, found.denominator);
    assert_eq!(
        counts,
        (Some(numerator), Some(denominator)),
        "{measure} {group}"
    );
    let share = found.value.unwrap();
    assert_eq!((share * 100.0).round(), per_cent, "{measure} {group}");
}

/// A mean rests on so many answers or children, and rounds to the published tenth.
fn is_mean(measure: &str, group: &str, n: u64, published: f64) {
    let found = estimate(measure, group, Statistic::Mean);
    assert_eq!(found.denominator, Some(n), "{measure} {group}");
    let mean = found.value.unwrap();
    assert_eq!(
        (mean * 10.0).round(),
        (published * 10.0).round(),
        "{measure} {group}"
    );
}

#[test]
fn reach() {
    is_exactly("reach.children", "country=England", Statistic::Count, 753.0);
    is_exactly(
        "reach.children",
        "country=Scotland",
        Statistic::Count,
        223.0,
    );
    is_share("reach.meets_criteria", "country=England", (600, 753), 80.0);
    is_share("reach.meets_criteria", "country=Scotland", (137, 223), 61.0);
    is_exactly("reach.conferences", "", Statistic::Count, 254.0);
    is_exactly("reach.plans", "", Statistic::Count, 354.0);
    is_exactly("reach.coordinators_trained", "", Statistic::Count, 187.0);
    is_exactly("reach.youngest_child", "", Statistic::Minimum, 3.0);
    is_exactly("reach.oldest_connection", "", Statistic::Maximum, 101.0);
}

#[test]
fn objectives() {
    is_exactly("objectives.children", "", Statistic::Count, 90.0);
    is_exactly("objectives.set", "", Statistic::Count, 267.0);
    is_share("objectives.met", "", (228, 267), 85.0);
    is_share("objectives.met", "category=wider_family", (76, 93), 82.0);
    is_share(
        "objectives.met",
        "category=carers_and_professionals",
        (66, 71),
        93.0,
    );
    is_share("objectives.met", "category=father", (12, 19), 63.0);
    is_share(
        "objectives.met",
        "category=specific_request",
        (26, 33),
        79.0,
    );
    let history = estimate(
        "objectives.set",
        "category=family_history",
        Statistic::Count,
    );
    let share = history.value.unwrap() / 267.0;
    assert!((0.18..0.2).contains(&share), "nearly a fifth: {share}");
}

#[test]
fn outcomes_of_ninety_children() {
    is_share("outcomes.relationship_repaired", "", (44, 90), 49.0);
    is_share("outcomes.long_term_commitment", "", (68, 90), 76.0);
    is_share("outcomes.new_direct_contact", "", (77, 90), 86.0);
    is_share("outcomes.family_history_knowledge", "", (60, 90), 67.0);
    is_share("outcomes.identity_belonging", "", (73, 90), 81.0);
}

#[test]
fn people_around_children() {
    is_mean("connections.before", "", 182, 7.0);
    is_mean("connections.after", "", 182, 26.0);
    is_exactly("connections.change", "", Statistic::Difference, 19.0);
}

#[test]
fn ratings_of_children() {
    let check = |statement: &str, published| {
        let group = format!("respondent=child;statement={statement}");
        is_mean("questionnaire.rating", &group, 25, published);
    };
    check("kept_informed", 4.9);
    check("more_people", 4.7);
    check("helped_to_talk", 4.7);
    check("plan_clear", 4.8);
    for statement in ["agreed_to_take_part", "asked_whom_to_involve", "glad"] {
        let group = format!("respondent=child;statement={statement}");
        is_share("questionnaire.agree", &group, (25, 25), 100.0);
    }
}

#[test]
fn ratings_of_network_members() {
    let check = |statement: &str, published| {
        let group = format!("respondent=network;statement={statement}");
        is_mean("questionnaire.rating", &group, 191, published);
    };
    check("good_idea", 4.7);
    check("clear_role", 4.6);
    check("plan_clear", 4.6);
}
