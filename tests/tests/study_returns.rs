//! Returns inside a study: the same figures as on their own, and none that gives a small number away.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;

use kinfolk::model::{DisclosureProfile, Estimates, Key};
use kinfolk::prelude::*;
use kinfolk::stages::{CareOptions, MoveRule, SameHomeOptions, StabilityOptions, placements_of};
use kinfolk::synth::{
    ReturnsWorld, StudyPlan, StudyReturnsPlan, demo_plan, generate_study, study_returns,
    write_folder,
};
use kinfolk_tests::{open_study, root};

/// The estimates about every child of the returns, by key.
fn of_everyone(estimates: &Estimates) -> BTreeMap<Key, &Estimate> {
    let records = estimates.records.iter();
    records
        .filter(|r| r.measure.starts_with("stability.") || r.measure.starts_with("leavers."))
        .filter(|r| r.arm.is_empty())
        .filter(|r| {
            let of_study = ["stability.found", "stability.same_home.difference"];
            !of_study.contains(&r.measure.as_str())
        })
        .map(|record| (record.key(), record))
        .collect()
}

#[test]
fn returns_in_a_study_give_what_they_give_alone() {
    let opened = open_study("data/demo").unwrap();
    let on = opened.study.settings.care_day();
    let options = CareOptions {
        stability: StabilityOptions {
            on,
            short_break_starts: opened.study.settings.care.short_break_starts,
        },
        rule: MoveRule::default(),
        same_home: SameHomeOptions::up_to(on, opened.study.settings.follow_up_days),
        country: opened.study.settings.country,
    };
    let read = ReadOptions {
        today: opened.as_of,
    };
    let returns = root().join("data/demo/returns");
    let alone = placements_of(&[returns], &read, options, 0.95).unwrap();
    let (inside, alone) = (kinfolk::analyse(&opened), alone.estimates());
    let inside: BTreeMap<Key, &Estimate> = of_everyone(&inside)
        .into_iter()
        .filter(|(key, _)| {
            let published = [
                "stability.published",
                "stability.funnel",
                "stability.authorities",
            ];
            !published.contains(&key.measure.as_str())
        })
        .collect();
    let alone = of_everyone(alone);
    assert!(alone.len() > 50);
    assert_eq!(inside, alone);
}

#[test]
fn returns_are_inputs_of_the_report() {
    let opened = open_study("data/demo").unwrap();
    let is_return = |path: &str| path.starts_with("returns/");
    let n = opened
        .inputs
        .iter()
        .filter(|input| is_return(&input.path))
        .count();
    // Five tables in each of four years; of the first no care leaver is asked.
    assert_eq!(n, 4 * 5 - 1);
    let tables = &opened.study.care.tables;
    let records = &opened.study.care.records;
    let used = |name: &str| {
        let table = tables.iter().find(|table| table.name == name).unwrap();
        usize::try_from(table.n_read - table.n_set_aside).unwrap()
    };
    assert_eq!(used("episodes"), records.episodes.len());
    assert_eq!(used("missing"), records.missing.len());
    assert_eq!(used("oc3"), records.care_leavers.len());
}

/// A made-up study with returns, opened under a profile.
fn made_up(seed: u64, disclosure: DisclosureProfile) -> Opened {
    let plan = StudyPlan {
        n_children: 30 + 5 * usize::try_from(seed).unwrap(),
        seed,
        benchmark: None,
        ..demo_plan()
    };
    let mut study = generate_study(&plan);
    let returns = StudyReturnsPlan {
        n_years: 3,
        n_others: 60,
        world: ReturnsWorld::England,
    };
    study.tables.extend(study_returns(&plan, returns));
    let folder = tempfile::tempdir().unwrap();
    write_folder(&study, folder.path()).unwrap();
    let today = jiff::civil::date(2026, 1, 1);
    let mut opened = kinfolk::open(folder.path(), &ReadOptions { today }).unwrap();
    opened.study.settings.disclosure = disclosure;
    opened
}

/// The counts that a reader of the released figures sees, by cell.
fn seen(estimates: &Estimates, released: &[Estimate]) -> BTreeMap<String, u64> {
    let mut seen = BTreeMap::new();
    for record in released {
        let Some(carried) = estimates.structure.carried.get(&record.key()) else {
            continue;
        };
        let value = record.value.map(|value| value as u64);
        let pairs = [
            (&carried.value, value),
            (&carried.numerator, record.numerator),
            (&carried.denominator, record.denominator),
            (&carried.missing, record.n_missing),
        ];
        for (cell, number) in pairs {
            seen.extend(cell.clone().zip(number));
        }
    }
    seen
}

/// Every count that follows from those seen, one sum at a time, until no more does.
fn followed(estimates: &Estimates, mut known: BTreeMap<String, u64>) -> BTreeMap<String, u64> {
    loop {
        let before = known.len();
        for sum in &estimates.structure.sums {
            let unknown: Vec<&String> = sum
                .parts
                .iter()
                .filter(|p| !known.contains_key(*p))
                .collect();
            let parts: u64 = sum.parts.iter().filter_map(|part| known.get(part)).sum();
            match (known.get(&sum.total), unknown.as_slice()) {
                (Some(total), [only]) => {
                    let rest = total.saturating_sub(parts);
                    known.insert((*only).clone(), rest);
                }
                (None, []) => {
                    known.insert(sum.total.clone(), parts);
                }
                _ => {}
            }
        }
        if known.len() == before {
            return known;
        }
    }
}

/// Under this profile counts are exact, and one to five children are too few to show.
#[test]
fn no_small_number_follows_by_subtraction() {
    for seed in 1..=4 {
        let opened = made_up(seed, DisclosureProfile::DfeCsc);
        let estimates = kinfolk::analyse(&opened);
        let release = kinfolk::release(&estimates, &opened.study).unwrap();
        let known = followed(&estimates, seen(&estimates, &release.to_estimates()));
        assert!(known.len() > 100, "{}", known.len());
        let about_children = known
            .iter()
            .filter(|(name, _)| name.contains("care") || name.contains("stability"));
        for (name, value) in about_children {
            let cell = estimates.structure.cells[name];
            assert_eq!(cell.value, *value, "{name}");
            let is_small = cell
                .children
                .is_some_and(|children| (1..=5).contains(&children));
            assert!(!is_small, "seed {seed}: {name} is {value}");
        }
    }
}

#[test]
fn every_profile_releases_a_study_with_returns() {
    for profile in [
        DisclosureProfile::NhsRound5,
        DisclosureProfile::Tre,
        DisclosureProfile::Internal,
    ] {
        let opened = made_up(6, profile);
        let estimates = kinfolk::analyse(&opened);
        let release = kinfolk::release(&estimates, &opened.study).unwrap();
        let of_service = release
            .to_estimates()
            .into_iter()
            .filter(|r| r.arm == "programme");
        assert!(of_service.count() > 10, "{profile}");
    }
}
