//! A study against comparators: by hand, refused, in any order, and a known effect found again.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::date;
use kinfolk_model::{
    Arm, ChildId, Code, CohortChild, CohortValue, ComparatorPool, ComparisonMethod,
    ComparisonSettings, CompetingEnd, CovariateCaliper, Estimate, Estimates, Event, Group, Key,
    MatchRule, Statistic, Study, Table, measure,
};
use kinfolk_outcomes::analyse;
use proptest::prelude::*;

use super::any_study::settings;

fn asked(outcomes: &[&str], covariates: &[&str]) -> ComparisonSettings {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    ComparisonSettings {
        outcomes: names(outcomes),
        covariates: names(covariates),
        exact: Vec::new(),
        calipers: Vec::new(),
        authority: None,
        method: ComparisonMethod::Matched,
        rule: MatchRule::default(),
        follow_up_days: 365,
        competing: vec![CompetingEnd::ReturnHome],
        margin: None,
    }
}

fn child(id: usize, arm: Arm, values: &[(&str, CohortValue)]) -> CohortChild {
    let values = values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()));
    CohortChild {
        child_id: ChildId::new(&format!("{id:05}")),
        arm,
        index_date: Some(date(2023, 6, 1)),
        care_start: None,
        date_of_birth: None,
        watched_until: None,
        values: values.collect::<BTreeMap<_, _>>(),
    }
}

fn yes_or_no(is_yes: bool) -> CohortValue {
    CohortValue::Words(if is_yes { "yes" } else { "no" }.to_owned())
}

fn study(rows: Vec<CohortChild>, events: Vec<Event>, asked: ComparisonSettings) -> Study {
    let mut study = Study::new(settings());
    study.settings.comparison = Some(asked);
    study.cohort = Table::from_rows(rows);
    study.events = Table::from_rows(events);
    study
}

fn find(estimates: &Estimates, measure: &str, arm: &str, group: &str, kind: Statistic) -> Estimate {
    let key = Key {
        arm: arm.to_owned(),
        ..Key::new(measure, group.parse::<Group>().unwrap(), kind)
    };
    let found = estimates.get(&key).cloned();
    found.ok_or(key).unwrap()
}

/// 56 of 70 in the programme and 48 of 80 comparators, ages alike.
fn newcombe() -> Study {
    let row = |id: usize, arm, is_yes| {
        let age = CohortValue::Number(8.0 + (id % 7) as f64);
        child(id, arm, &[("age", age), ("same_home", yes_or_no(is_yes))])
    };
    let programme = (0..70).map(|at| row(at, Arm::Programme, at < 56));
    let comparators = (0..80).map(|at| row(100 + at, Arm::Comparator, at < 48));
    let rows = programme.chain(comparators).collect();
    study(rows, Vec::new(), asked(&["same_home"], &["age"]))
}

#[test]
fn the_arms_as_they_are_by_hand() {
    let found = analyse(&newcombe());
    let level = |arm| {
        let share = find(
            &found,
            "stability.same_home",
            arm,
            "",
            Statistic::Proportion,
        );
        (share.numerator, share.denominator)
    };
    assert_eq!(level("programme"), (Some(56), Some(70)));
    assert_eq!(level("comparator"), (Some(48), Some(80)));
    for (measure, group) in [
        ("effect.same_home", "method=unadjusted"),
        ("stability.same_home.difference", ""),
    ] {
        let difference = find(&found, measure, "", group, Statistic::Difference);
        // Newcombe's own example: 0.20 (0.0524 to 0.3339).
        let numbers = [difference.value, difference.lower, difference.upper];
        for (number, expected) in numbers.into_iter().zip([0.2, 0.0524, 0.3339]) {
            assert!((number.unwrap() - expected).abs() < 0.5e-4, "{number:?}");
        }
        assert_eq!(difference.denominator, Some(150));
    }
}

#[test]
fn every_figure_is_known_and_sums_hold() {
    let found = analyse(&newcombe());
    for record in &found.records {
        assert!(measure(&record.measure).is_some(), "{}", record.measure);
        assert!(
            record.value.is_some() || !record.note.is_empty(),
            "{}",
            record.key()
        );
    }
    check_sums(&found);
}

#[test]
fn events_within_follow_up_count_and_competing_ends_rule_them_out() {
    let index = date(2023, 6, 1);
    let event = |id: usize, kind: &str, days: i32| Event {
        child_id: ChildId::new(&format!("{id:05}")),
        date: index.checked_add(days.days()).unwrap(),
        kind: kind.to_owned(),
        end_date: None,
    };
    let mut events = Vec::new();
    let mut rows = Vec::new();
    for id in 0..40 {
        let arm = if id < 20 {
            Arm::Programme
        } else {
            Arm::Comparator
        };
        rows.push(child(
            id,
            arm,
            &[("age", CohortValue::Number((id % 5) as f64))],
        ));
    }
    // Of the programme: one moves in time, one too late, one is home before, one is lost sight of.
    events.extend([
        event(0, "placement_move", 365),
        event(1, "placement_move", 366),
        event(2, "return_home", 20),
        event(2, "placement_move", 40),
    ]);
    rows[3].watched_until = index.checked_add(100.days()).ok();
    let found = analyse(&study(
        rows,
        events,
        asked(&["same_home", "placement_move"], &["age"]),
    ));
    let check = |outcome: &str, expected: (u64, u64, u64)| {
        let measure = format!("effect.{outcome}");
        let group = "method=unadjusted";
        let share = find(&found, &measure, "programme", group, Statistic::Proportion);
        let counts = (share.numerator, share.denominator, share.n_missing);
        assert_eq!(
            counts,
            (Some(expected.0), Some(expected.1), Some(expected.2)),
            "{outcome}"
        );
    };
    check("same_home", (17, 19, 1));
    check("placement_move", (1, 19, 1));
}

/// 60 children of either arm, of whom so many move, go home, are adopted and leave care, each on a day of
/// its own from the first; nobody is lost sight of.
fn with_ends(counts: [[usize; 4]; 2]) -> Study {
    let kinds = ["placement_move", "return_home", "adoption", "left_care"];
    let index = date(2023, 6, 1);
    let (mut rows, mut events) = (Vec::new(), Vec::new());
    for (arm, counts) in Arm::ALL.iter().zip(counts) {
        let first = rows.len();
        for at in 0..60 {
            let age = CohortValue::Number((at % 5) as f64);
            rows.push(child(first + at, *arm, &[("age", age)]));
        }
        let happened = kinds
            .iter()
            .zip(counts)
            .flat_map(|(kind, n)| vec![*kind; n]);
        for (at, kind) in happened.enumerate() {
            events.push(Event {
                child_id: ChildId::new(&format!("{:05}", first + at)),
                date: index.checked_add((5 * at as i32 + 1).days()).unwrap(),
                kind: kind.to_owned(),
                end_date: None,
            });
        }
    }
    let mut asked = asked(&["same_home"], &["age"]);
    asked.method = ComparisonMethod::AttWeights;
    asked.competing = vec![
        CompetingEnd::ReturnHome,
        CompetingEnd::Adoption,
        CompetingEnd::LeftCare,
    ];
    study(rows, events, asked)
}

#[test]
fn ends_that_few_met_stand_together_and_shares_are_counts_where_nobody_is_lost() {
    let check = |counts: [[usize; 4]; 2], expected: &[(&str, [u32; 2])]| {
        let found = analyse(&with_ends(counts));
        check_sums(&found);
        let curves = found.records.iter().filter(|record| {
            record.measure == "survival.incidence" && record.group.get("day") == Some("365")
        });
        let mut shares: Vec<(String, String, f64)> = curves
            .map(|record| {
                let ending = record.group.get("ending").unwrap().to_owned();
                (record.arm.clone(), ending, record.value.unwrap())
            })
            .collect();
        for (at, arm) in ["programme", "comparator"].into_iter().enumerate() {
            for (ending, n) in expected {
                let (own, code, share) = shares.remove(0);
                assert_eq!((own.as_str(), code.as_str()), (arm, *ending));
                let expected = f64::from(n[at]) / 60.0;
                assert!((share - expected).abs() < 1e-12, "{code} {share}");
            }
        }
        assert!(shares.is_empty(), "{shares:?}");
    };
    check(
        [[12, 8, 6, 0], [20, 6, 7, 0]],
        &[
            ("event", [12, 20]),
            ("return_home", [8, 6]),
            ("adoption", [6, 7]),
        ],
    );
    // Two who were adopted stand with those who left care, who are fewer than those at home.
    check(
        [[12, 9, 2, 7], [20, 8, 1, 6]],
        &[
            ("event", [12, 20]),
            ("return_home", [9, 8]),
            ("adoption+left_care", [9, 7]),
        ],
    );
    check(
        [[12, 3, 2, 4], [20, 2, 3, 2]],
        &[
            ("event", [12, 20]),
            ("return_home+adoption+left_care", [9, 7]),
        ],
    );
    check([[12, 0, 0, 0], [20, 0, 0, 0]], &[("event", [12, 20])]);
}

#[test]
fn what_the_data_cannot_carry_is_refused_without_a_count() {
    let check = |rows: Vec<CohortChild>, group: &str, expected: &str| {
        let found = analyse(&study(rows, Vec::new(), asked(&["same_home"], &["age"])));
        let difference = find(&found, "effect.same_home", "", group, Statistic::Difference);
        assert_eq!(difference.value, None);
        assert!(difference.note.contains(expected), "{}", difference.note);
        assert!(
            !difference.note.contains(|c: char| c.is_ascii_digit()),
            "{}",
            difference.note
        );
    };
    let row = |id: usize, arm, age: f64| {
        child(
            id,
            arm,
            &[
                ("age", CohortValue::Number(age)),
                ("same_home", yes_or_no(id.is_multiple_of(2))),
            ],
        )
    };
    let comparators = |n: usize| (0..n).map(|at| row(100 + at, Arm::Comparator, (at % 6) as f64));
    let one = std::iter::once(row(0, Arm::Programme, 3.0)).chain(comparators(30));
    check(
        one.collect(),
        "method=unadjusted",
        "refused: an arm is too small",
    );
    let few = (0..6)
        .map(|at| row(at, Arm::Programme, (at % 6) as f64))
        .chain(comparators(30));
    check(
        few.collect(),
        "method=matched",
        "refused: too few children of an arm",
    );
    let apart = (0..20)
        .map(|at| row(at, Arm::Programme, 20.0 + at as f64))
        .chain(comparators(30));
    check(
        apart.collect(),
        "method=matched",
        "covariate age tells the arms",
    );
}

fn check_sums(found: &Estimates) {
    let structure = &found.structure;
    for sum in &structure.sums {
        let parts = sum.parts.iter().map(|part| structure.cells[part].value);
        assert_eq!(
            structure.cells[&sum.total].value,
            parts.sum::<u64>(),
            "{sum:?}"
        );
    }
    let keys: std::collections::BTreeSet<Key> = found.records.iter().map(Estimate::key).collect();
    assert_eq!(keys.len(), found.records.len());
}

/// 300 children who move mostly in their first hundred days in care, some of whom go home or join the
/// programme, which changes nothing. All but the programme's would be followed from the start of care.
fn early_moves(seed: u64, pool: ComparatorPool) -> Study {
    let (mut rows, mut events) = (Vec::new(), Vec::new());
    for id in 0..300_usize {
        let draw = |n: u64| mixed(seed, 8 * id as u64 + n);
        let age = 4.0 + 10.0 * draw(0);
        let start = date(2021, 1, 1).checked_add(((200.0 * draw(1)) as i32).days());
        let start = start.unwrap();
        let on = |day: f64| start.checked_add((day as i32).days()).unwrap();
        let mut happens = |kind: &str, day: f64| {
            events.push(Event {
                child_id: ChildId::new(&format!("{id:05}")),
                date: on(day),
                kind: kind.to_owned(),
                end_date: None,
            });
        };
        if draw(2) < 0.6 {
            happens("placement_move", 1.0 + 99.0 * draw(3));
        }
        if draw(4) < 0.5 {
            happens("placement_move", 100.0 + 400.0 * draw(5));
        }
        let joins = 100.0 + 200.0 * draw(6);
        let is_treated = draw(7) < 0.1 + 0.04 * (age - 4.0);
        let arm = if is_treated {
            Arm::Programme
        } else {
            Arm::Comparator
        };
        rows.push(CohortChild {
            care_start: Some(start),
            index_date: Some(if is_treated { on(joins) } else { start }),
            watched_until: Some(on(if id % 9 == 0 { 250.0 } else { 900.0 })),
            ..child(id, arm, &[("age", CohortValue::Number(age))])
        });
    }
    let mut asked = asked(&["same_home"], &["age"]);
    asked.rule.pool = pool;
    asked.follow_up_days = 200;
    study(rows, events, asked)
}

#[test]
fn at_the_same_time_in_care_nobody_is_credited_with_time_it_had_to_survive() {
    const STUDIES: u64 = 12;
    let mut sums = [0.0, 0.0];
    for seed in 1..=STUDIES {
        for (sum, pool) in sums
            .iter_mut()
            .zip([ComparatorPool::Any, ComparatorPool::RiskSet])
        {
            let found = analyse(&early_moves(seed, pool));
            let group = "method=matched";
            let matched = find(&found, "effect.same_home", "", group, Statistic::Difference);
            *sum += matched.value.ok_or(&matched.note).unwrap();
            check_sums(&found);
        }
    }
    let [any, risk_set] = sums.map(|sum| sum / STUDIES as f64);
    // The standard error of either mean is about 0.015.
    assert!(any > 0.25, "{any}");
    assert!(risk_set.abs() < 0.05, "{risk_set}");
}

/// A study with a caliper of the age of so many years.
fn near_in_age(mut study: Study, width: f64) -> Study {
    let asked = study.settings.comparison.as_mut().unwrap();
    asked.calipers = vec![CovariateCaliper {
        covariate: "age".to_owned(),
        width,
    }];
    asked.rule.caliper = None;
    study
}

/// The figure of a step of the flow.
fn matched(study: &Study) -> f64 {
    let found = analyse(study);
    let step = find(
        &found,
        "matching.flow",
        "programme",
        "step=matched",
        Statistic::Count,
    );
    step.value.unwrap()
}

#[test]
fn a_caliper_of_a_covariate_leaves_out_whom_nobody_is_near() {
    let check = |rule: ComparatorPool, ages: [f64; 4], width: f64, expected: f64| {
        let rows = ages.iter().enumerate().map(|(at, age)| {
            let arm = [Arm::Programme, Arm::Comparator][at % 2];
            CohortChild {
                care_start: Some(date(2023, 1, 1)),
                ..child(
                    at,
                    arm,
                    &[
                        ("age", CohortValue::Number(*age)),
                        ("good", yes_or_no(at > 1)),
                    ],
                )
            }
        });
        let mut study = study(rows.collect(), Vec::new(), asked(&["good"], &["age"]));
        study.settings.comparison.as_mut().unwrap().rule.pool = rule;
        let study = near_in_age(study, width);
        assert_eq!(matched(&study), expected, "{rule} {ages:?} within {width}");
    };
    for pool in [ComparatorPool::Any, ComparatorPool::RiskSet] {
        // Programme, comparator, programme, comparator: 9 with 10 and 14 with 11, or 9 with 11 in turn.
        check(pool, [9.0, 10.0, 14.0, 11.0], 10.0, 2.0);
        check(pool, [9.0, 10.0, 14.0, 11.0], 2.0, 1.0);
        check(pool, [9.0, 10.0, 14.0, 11.0], 0.5, 0.0);
    }
}

#[test]
fn a_caliper_of_a_covariate_of_words_leaves_nobody_to_compare() {
    let rows = (0..8).map(|at| {
        let arm = [Arm::Programme, Arm::Comparator][at % 2];
        child(
            at,
            arm,
            &[("age", yes_or_no(at < 4)), ("good", yes_or_no(at % 3 == 0))],
        )
    });
    let study = study(rows.collect(), Vec::new(), asked(&["good"], &["age"]));
    assert_eq!(matched(&near_in_age(study, 1.0)), 0.0);
}

#[test]
fn the_order_of_rows_changes_no_pair_at_the_same_time_in_care() {
    let whole = early_moves(3, ComparatorPool::RiskSet);
    let mut turned = whole.clone();
    turned.cohort.rows.reverse();
    assert_eq!(analyse(&whole), analyse(&turned));
}

/// A number from 0 to 1 that is the same on every run.
pub(crate) fn mixed(seed: u64, at: u64) -> f64 {
    let mut state =
        seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ at.wrapping_mul(0xD1B5_4A32_D192_ED03);
    for _ in 0..3 {
        state ^= state >> 31;
        state = state.wrapping_mul(0x94D0_49BB_1331_11EB);
    }
    (state >> 11) as f64 / (1u64 << 53) as f64
}

/// 60 of the programme and 240 comparators. Older children are likelier to be in the programme and
/// stay less often; the programme adds 20 points.
fn confounded(seed: u64) -> Study {
    let mut rows = Vec::new();
    let (mut n, mut at) = ([0, 0], 0);
    while n != [60, 240] {
        at += 1;
        let age = 4.0 + 12.0 * mixed(seed, 4 * at);
        let is_treated = mixed(seed, 4 * at + 1) < 0.08 + 0.05 * (age - 4.0);
        let (arm, place, most) = match is_treated {
            true => (Arm::Programme, 0, 60),
            false => (Arm::Comparator, 1, 240),
        };
        if n[place] == most {
            continue;
        }
        n[place] += 1;
        let chance = 0.75 - 0.04 * (age - 4.0) + if is_treated { 0.2 } else { 0.0 };
        let outcome = yes_or_no(mixed(seed, 4 * at + 2) < chance);
        let values = [("age", CohortValue::Number(age)), ("same_home", outcome)];
        rows.push(child(rows.len(), arm, &values));
    }
    study(rows, Vec::new(), asked(&["same_home"], &["age"]))
}

#[test]
fn a_known_effect_is_found_where_the_arms_as_they_are_mislead() {
    const STUDIES: u64 = 40;
    let (mut sums, mut n_covered) = ([0.0, 0.0], 0);
    for seed in 1..=STUDIES {
        let found = analyse(&confounded(seed));
        let of = |group| find(&found, "effect.same_home", "", group, Statistic::Difference);
        let (unadjusted, matched) = (of("method=unadjusted"), of("method=matched"));
        sums[0] += unadjusted.value.unwrap();
        sums[1] += matched.value.unwrap();
        let holds = matched.lower.unwrap() <= 0.2 && 0.2 <= matched.upper.unwrap();
        n_covered += u64::from(holds);
    }
    let [unadjusted, matched] = sums.map(|sum| sum / STUDIES as f64);
    // The standard error of either mean is about 0.015.
    assert!((matched - 0.2).abs() < 0.035, "{matched}");
    assert!(unadjusted < matched - 0.05, "{unadjusted} {matched}");
    assert!((35..=40).contains(&n_covered), "{n_covered}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn the_order_of_rows_changes_nothing(seed in 1u64..40, turn in 1usize..200) {
        let whole = confounded(seed);
        let mut turned = whole.clone();
        turned.cohort.rows.rotate_left(turn);
        turned.cohort.rows.swap(0, 7);
        prop_assert_eq!(analyse(&whole), analyse(&turned));
    }
}

/// `n` children of either arm in each authority: more of the programme stay, by the same share everywhere.
fn of_authorities(names: &[&str], method: ComparisonMethod) -> Study {
    let mut rows = Vec::new();
    for (place, name) in names.iter().enumerate() {
        for at in 0..160 {
            let arm = [Arm::Programme, Arm::Comparator][at % 2];
            let stays = (at / 2) % 10 < if arm == Arm::Programme { 7 } else { 5 };
            let values = [
                (
                    "age",
                    CohortValue::Number(8.0 + ((at * 7 + place) % 9) as f64),
                ),
                ("place", CohortValue::Words((*name).to_owned())),
                ("same_home", yes_or_no(stays)),
            ];
            rows.push(child(1_000 * place + at, arm, &values));
        }
    }
    let asked = ComparisonSettings {
        authority: Some("place".to_owned()),
        method,
        ..asked(&["same_home"], &["age", "place"])
    };
    study(rows, Vec::new(), asked)
}

#[test]
fn authorities_stand_by_name_with_their_average_and_without_each() {
    let found = analyse(&of_authorities(
        &["West", "East", "South"],
        ComparisonMethod::Aipw,
    ));
    let measure = "effect.same_home";
    let groups = |key: &str| -> Vec<String> {
        let own = found.records.iter().filter(|record| {
            record.measure == measure && record.statistic == Statistic::Difference
        });
        own.filter_map(|record| Some(record.group.get(key)?.to_owned()))
            .collect()
    };
    assert_eq!(groups("authority"), ["East", "South", "West"]);
    assert_eq!(groups("without"), ["East", "South", "West"]);
    let average = find(&found, measure, "", "pooled=average", Statistic::Difference);
    assert!((average.value.unwrap() - 0.2).abs() < 0.02, "{average:?}");
    assert_eq!(average.denominator, Some(3));
    for name in ["East", "South", "West"] {
        let group = format!("authority={name};method=aipw");
        let own = find(&found, measure, "", &group, Statistic::Difference);
        assert_eq!(own.denominator, Some(160));
        let group = format!("without={name};method=aipw");
        let others = find(&found, measure, "", &group, Statistic::Difference);
        assert_eq!(others.denominator, Some(320));
    }
}

#[test]
fn without_pairs_the_authorities_add_up_to_all() {
    let found = analyse(&of_authorities(&["East", "West"], ComparisonMethod::Aipw));
    let sums = &found.structure.sums;
    let of_all = sums.iter().find(|sum| {
        sum.parts.iter().any(|part| part.contains("authority=East"))
            && sum.parts.iter().any(|part| part.contains("authority=West"))
    });
    assert!(of_all.is_some());
}

#[test]
fn two_authorities_have_no_average_and_one_has_nothing_of_its_own() {
    let found = analyse(&of_authorities(
        &["East", "West"],
        ComparisonMethod::Matched,
    ));
    let average = find(
        &found,
        "effect.same_home",
        "",
        "pooled=average",
        Statistic::Difference,
    );
    assert_eq!(average.value, None);
    assert!(
        average
            .note
            .starts_with("refused: fewer than three authorities")
    );
    let one = analyse(&of_authorities(&["East"], ComparisonMethod::Matched));
    let by_authority = |record: &Estimate| record.group.get("authority").is_some();
    assert!(!one.records.iter().any(by_authority));
    let as_they_are = analyse(&of_authorities(
        &["East", "South", "West"],
        ComparisonMethod::Unadjusted,
    ));
    assert!(!as_they_are.records.iter().any(by_authority));
}

#[test]
fn an_authority_with_few_children_is_in_no_average_and_nobody_tells_its_size() {
    let mut whole = of_authorities(&["East", "North", "South", "West"], ComparisonMethod::Aipw);
    let in_north = |child: &CohortChild| child.values["place"].to_string() == "North";
    let mut n_north = 0;
    whole.cohort.rows.retain(|child| {
        n_north += usize::from(in_north(child));
        !in_north(child) || n_north <= 16
    });
    let found = analyse(&whole);
    check_sums(&found);
    let of = |group: &str| {
        let measure = "effect.same_home";
        find(&found, measure, "", group, Statistic::Difference)
    };
    let north = of("authority=North;method=aipw");
    assert_eq!((north.value, north.denominator), (None, None));
    assert!(
        north.note.contains("fewer than ten children"),
        "{}",
        north.note
    );
    for name in ["East", "South", "West"] {
        for key in ["authority", "without"] {
            let own = of(&format!("{key}={name};method=aipw"));
            assert!(own.value.is_some() && own.denominator.is_none(), "{own:?}");
        }
    }
    let left_out = |record: &Estimate| record.group.get("without") == Some("North");
    assert!(!found.records.iter().any(left_out));
    assert_eq!(of("pooled=average").denominator, Some(3));
}
