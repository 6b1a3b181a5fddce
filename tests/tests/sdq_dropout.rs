//! Fewer children have a score each year: the headlines of the chapter stay, and nobody lost between
//! two years is given away.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use kinfolk::model::{
    Child, ChildId, Informant, ReliableChange, Sdq, SdqEntered, SdqImpactItems, SdqSettings,
};
use kinfolk::prelude::*;

const START: Date = date(2020, 5, 1);

/// How many children have a score at the baseline and at each year.
const SCORED: [usize; 5] = [60, 51, 42, 37, 35];

fn settings(disclosure: DisclosureProfile) -> Settings {
    let reliable_change = ReliableChange {
        sd: 5.8,
        reliability: 0.72,
        source: "made up".to_owned(),
    };
    Settings {
        title: "A study".to_owned(),
        authorities: vec!["Hartwell".to_owned()],
        country: Country::England,
        period: Period {
            start: date(2019, 4, 1),
            end: date(2025, 3, 31),
        },
        synthetic: true,
        notice: String::new(),
        confidence: 0.95,
        seed: 1,
        follow_up_days: 365,
        disclosure,
        care: Default::default(),
        sdq: SdqSettings {
            reliable_change: Some(reliable_change),
            ..SdqSettings::default()
        },
        comparison: None,
        statements: Default::default(),
        benchmark: None,
    }
}

/// A number from 0 to `below` less one that is the same on every run.
fn mixed(seed: u64, child: usize, wave: usize, below: u64) -> u64 {
    let mut state = seed * 1_000_003 + child as u64 * 8_191 + wave as u64 * 131;
    for _ in 0..3 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state ^= state >> 29;
    }
    (state >> 20) % below
}

fn score(seed: u64, child: usize, wave: usize) -> u8 {
    let first = 7 + mixed(seed, child, 0, 11) + mixed(seed, child, 9, 11);
    let total = match wave {
        0 => first,
        _ => (first + 4 - wave as u64 + mixed(seed, child, wave, 7)).saturating_sub(6),
    };
    u8::try_from(total).unwrap()
}

fn questionnaire(child: usize, wave: usize, total: u8) -> Sdq {
    Sdq {
        child_id: ChildId::new(&format!("C{child:03}")),
        date: START.checked_add((365 * wave as i64).days()).unwrap(),
        informant: Informant::ParentCarer,
        form: None,
        version: None,
        carer_id: None,
        items: Default::default(),
        impact_items: SdqImpactItems::default(),
        entered: SdqEntered {
            total: Some(total),
            ..SdqEntered::default()
        },
    }
}

/// Those who are still there at a wave, in an order that differs from seed to seed.
fn scored(seed: u64, wave: usize) -> Vec<usize> {
    let mut children: Vec<usize> = (0..SCORED[0]).collect();
    children.sort_by_key(|&child| mixed(seed, child, 77, 1 << 30));
    children.truncate(SCORED[wave]);
    children
}

fn study(seed: u64, disclosure: DisclosureProfile) -> Study {
    let mut study = Study::new(settings(disclosure));
    let children = (0..SCORED[0]).map(|child| Child {
        start_date: Some(START),
        date_of_birth: Some(date(2010, 1, 1)),
        ..Child::new(ChildId::new(&format!("C{child:03}")))
    });
    study.children = Table::from_rows(children.collect());
    let rows = (0..SCORED.len()).flat_map(|wave| {
        let children = scored(seed, wave).into_iter();
        children.map(move |child| questionnaire(child, wave, score(seed, child, wave)))
    });
    study.sdq = Table::from_rows(rows.collect());
    study
}

fn released(seed: u64, disclosure: DisclosureProfile) -> Release {
    let opened = Opened {
        name: "dropout".to_owned(),
        study: study(seed, disclosure),
        findings: Vec::new(),
        inputs: Vec::new(),
        benchmark: None,
        as_of: date(2025, 6, 1),
    };
    kinfolk::release(&kinfolk::analyse(&opened), &opened.study).unwrap()
}

fn group(wave: &str, more: &[(&str, &str)]) -> Group {
    let group = Group::of("informant", "parent_carer").and("wave", wave);
    more.iter()
        .fold(group, |group, (key, value)| group.and(key, value))
}

/// The figures without which the chapter says nothing.
fn headlines() -> Vec<(&'static str, Group, Statistic)> {
    let waves = ["baseline", "year_1", "year_2", "year_3", "year_4"];
    let mut wanted = Vec::new();
    for (at, wave) in waves.into_iter().enumerate() {
        let whole = group(wave, &[]);
        wanted.push(("sdq.completeness", whole, Statistic::Proportion));
        let everyone = group(wave, &[("who", "everyone")]);
        wanted.push(("sdq.mean", everyone.clone(), Statistic::Mean));
        wanted.push(("sdq.mean", everyone, Statistic::StandardDeviation));
        for method in ["paired", "repeated_measures"].iter().filter(|_| at > 0) {
            let change = group(wave, &[("method", method)]);
            wanted.push(("sdq.change", change, Statistic::Difference));
        }
    }
    wanted
}

/// The headlines that are withheld or left out.
fn lost(release: &Release) -> Vec<String> {
    let is_shown = |(measure, group, statistic): &(&str, Group, Statistic)| {
        let found = release.get(measure, group, *statistic);
        found.is_some_and(|released| {
            released.value().figure().is_some() && released.denominator().figure().is_some()
        })
    };
    let headlines = headlines().into_iter();
    headlines
        .filter(|headline| !is_shown(headline))
        .map(|(measure, group, _)| format!("{measure}[{group}]"))
        .collect()
}

#[test]
fn numbers_means_and_changes_of_every_year_stay() {
    for seed in 1..=12 {
        let release = released(seed, DisclosureProfile::DfeCsc);
        assert_eq!(lost(&release), Vec::<String>::new(), "seed {seed}");
    }
}

/// Where three values must be left for each hidden number, a year may go, and not the chapter.
#[test]
fn stricter_rules_cost_a_year_and_not_the_chapter() {
    for seed in 1..=3 {
        let lost = lost(&released(seed, DisclosureProfile::Tre));
        assert!(lost.len() <= 5, "seed {seed}: {lost:?}");
        let means = lost.iter().filter(|key| key.starts_with("sdq.mean"));
        assert!(means.count() <= 2, "seed {seed}: {lost:?}");
    }
}
