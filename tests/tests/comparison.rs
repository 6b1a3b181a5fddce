//! A study against comparators, from its files to its released figures, beside an analysis of the same files in R.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;

use kinfolk::model::{Arm, Code, Estimate, Estimates, Group, Key, Statistic};
use kinfolk::prelude::ReadOptions;
use kinfolk::stages::{
    CohortColumns, ComparisonMethod, CovariateCaliper, DatedOutcome, DrawIntervals, Draws,
    EffectOptions, MatchRule, RiskSetColumns, ScoreScale, TimeColumns, effect_of,
    match_in_risk_sets, open_table,
};
use kinfolk::{Format, Opened, RollUpOptions};
use kinfolk_tests::{open_study, output, report_of, root, visible_text};
use serde_json::Value;

const STUDY: &str = "data/demo-comparator";
const OUTCOMES: [&str; 2] = ["same_home", "missing"];

fn reference() -> Value {
    let path = root().join("tests/reference/comparison.json");
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn key(measure: &str, arm: Option<Arm>, group: &str, kind: Statistic) -> Key {
    Key {
        arm: arm.map(Code::code).unwrap_or_default().to_owned(),
        ..Key::new(measure, group.parse::<Group>().unwrap(), kind)
    }
}

fn find<'e>(estimates: &'e Estimates, key: &Key) -> &'e Estimate {
    estimates.get(key).ok_or(key).unwrap()
}

#[track_caller]
fn check(found: Option<f64>, expected: &Value, tolerance: f64) {
    let (found, expected) = (found.unwrap(), expected.as_f64().unwrap());
    let room = tolerance * expected.abs().max(1e-3);
    assert!((found - expected).abs() <= room, "{found} {expected}");
}

/// Value and both ends.
#[track_caller]
fn check_interval(found: &Estimate, value: &Value, ends: &Value, tolerance: f64) {
    check(found.value, value, tolerance);
    check(found.lower, &ends[0], tolerance);
    check(found.upper, &ends[1], tolerance);
}

/// Equations are solved until they stand still, by either program in its own way.
const SOLVED: f64 = 1e-7;
const EXACT: f64 = 1e-8;

#[test]
fn pairs_and_balance_are_those_of_r() {
    let (found, r) = (kinfolk::analyse(&open_study(STUDY).unwrap()), reference());
    let count = |arm, step: &str| {
        let key = key(
            "matching.flow",
            Some(arm),
            &format!("step={step}"),
            Statistic::Count,
        );
        find(&found, &key).value.unwrap()
    };
    let pairs = r["pairs"].as_array().unwrap();
    assert_eq!(count(Arm::Programme, "matched"), pairs.len() as f64);
    assert_eq!(count(Arm::Comparator, "matched"), pairs.len() as f64);
    let n = |part: &str| r[part].as_f64().unwrap();
    assert_eq!(
        count(Arm::Comparator, "cohort"),
        n("n_comparators") + n("n_second")
    );
    let names = [
        "age",
        "sex=male",
        "legal_status=care order",
        "legal_status=interim order",
        "sdq",
        "placements_before",
    ];
    for stage in ["before", "after"] {
        for (at, name) in names.iter().enumerate() {
            let group = format!("stage={stage};covariate={name}");
            let key = key("matching.balance", None, &group, Statistic::EffectSize);
            let expected = &r["balance"][stage][at];
            let (found, expected) = (
                find(&found, &key).value.unwrap(),
                expected.as_f64().unwrap(),
            );
            assert!(
                (found - expected).abs() < 1e-8,
                "{group}: {found} {expected}"
            );
        }
    }
}

#[test]
fn effects_by_authority_and_their_average_are_those_of_r() {
    let (found, r) = (kinfolk::analyse(&open_study(STUDY).unwrap()), reference());
    for outcome in OUTCOMES {
        let r = &r["authorities"][outcome];
        let measure = format!("effect.{outcome}");
        let of = |group: &str, kind| find(&found, &key(&measure, None, group, kind)).clone();
        for (part, word) in [("within", "authority"), ("without", "without")] {
            let names = r[part].as_object().unwrap();
            assert_eq!(names.len(), 4);
            for (name, expected) in names {
                let group = format!("{word}={name};method=matched");
                let own = of(&group, Statistic::Difference);
                assert_eq!(own.denominator, expected["n"].as_u64(), "{group}");
                check_interval(&own, &expected["difference"], &expected["interval"], SOLVED);
            }
        }
        check_hazards(&found, outcome, r);
        let pooled = &r["pooled"];
        let average = of("pooled=average", Statistic::Difference);
        check_interval(&average, &pooled["average"], &pooled["interval"], SOLVED);
        assert_eq!(average.denominator, Some(4));
        // Authorities differ by no more than chance here, so nothing is said of another.
        assert!(pooled["tau"].as_f64().unwrap() < 1e-6);
        let next = key(&measure, None, "pooled=next", Statistic::Difference);
        assert!(found.get(&next).is_none());
        for (group, kind, name) in [
            ("pooled=average", Statistic::PValue, "p_value"),
            ("pooled=apart", Statistic::StandardDeviation, "tau"),
            ("pooled=apart", Statistic::Proportion, "i_squared"),
            ("pooled=apart", Statistic::PValue, "q_p_value"),
        ] {
            check(of(group, kind).value, &pooled[name], SOLVED);
        }
    }
}

/// The plain table that `kinfolk match --risk-set` reads, from the study's own.
fn plain_table() -> String {
    let opened = open_study(STUDY).unwrap();
    let last = opened.study.settings.period.end;
    let mut text =
        "id,age,male,care,interim,sdq,before,authority,joined,left,watched,missing\n".to_owned();
    for child in &opened.study.cohort.rows {
        let start = child.care_start.unwrap();
        let days = |day: jiff::civil::Date| (day - start).get_days();
        let events = opened.study.events.rows.iter();
        let own = events.filter(|event| event.child_id == child.child_id);
        let missing = own.clone().filter(|event| event.kind == "missing");
        let missing: Vec<String> = missing.map(|event| days(event.date).to_string()).collect();
        let ends = own
            .filter(|event| ["return_home", "adoption"].contains(&event.kind.as_str()))
            .map(|event| days(event.date));
        let birth = child.date_of_birth.unwrap();
        let adult = birth.checked_add(jiff::Span::new().years(18)).unwrap();
        let left = ends.chain([days(adult), days(last)]).min().unwrap();
        let value = |name: &str| child.values[name].to_string();
        let joined = child
            .index_date
            .map_or(String::new(), |day| days(day).to_string());
        text += &format!(
            "{},{},{},{},{},{},{},{},{joined},{left},{},{}\n",
            child.child_id.as_str(),
            f64::from((start - birth).get_days()) / 365.25,
            u8::from(value("sex") == "male"),
            u8::from(value("legal_status") == "care order"),
            u8::from(value("legal_status") == "interim order"),
            value("sdq"),
            value("placements_before"),
            value("authority"),
            days(last),
            missing.join(";"),
        );
    }
    text
}

/// What its columns are called.
fn plain_columns() -> (CohortColumns, TimeColumns) {
    let covariates = ["age", "male", "care", "interim", "sdq", "before"];
    let columns = CohortColumns {
        child_id: "id".to_owned(),
        covariates: covariates.map(str::to_owned).to_vec(),
        ..CohortColumns::default()
    };
    let times = TimeColumns {
        joined: "joined".to_owned(),
        left: "left".to_owned(),
    };
    (columns, times)
}

/// The same number but for the last digits.
#[track_caller]
fn same(one: Option<f64>, other: Option<f64>, what: &Key) {
    let is_same = match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= EXACT * other.abs().max(1e-3),
        (one, other) => one == other,
    };
    assert!(is_same, "{what}: {one:?} {other:?}");
}

/// What is asked of it: who went missing within a year.
fn asked_in_care() -> EffectOptions {
    let (columns, times) = plain_columns();
    EffectOptions {
        columns,
        outcome: "missing".to_owned(),
        cluster: None,
        authority: None,
        method: ComparisonMethod::Matched,
        rule: MatchRule::default(),
        confidence: 0.95,
        bootstrap: None,
        risk_sets: Some(RiskSetColumns {
            times,
            dated: Some(DatedOutcome {
                days: 365,
                watched: Some("watched".to_owned()),
            }),
        }),
    }
}

/// What is found of a table.
fn effects_of(text: &str, options: &EffectOptions) -> Estimates {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("care.csv");
    fs::write(&path, text).unwrap();
    let found = effect_of(open_table(&path).unwrap(), options).unwrap();
    Estimates {
        records: found.summary().estimates,
        ..Estimates::default()
    }
}

/// Draws with percentiles only.
fn draws(n: usize) -> Option<Draws> {
    Some(Draws {
        n,
        seed: 4107,
        intervals: DrawIntervals::Percentile,
    })
}

#[test]
fn errors_by_authority_at_the_same_time_in_care_are_those_of_r() {
    let options = EffectOptions {
        cluster: Some("authority".to_owned()),
        ..asked_in_care()
    };
    let found = effects_of(&plain_table(), &options);
    let r = &reference()["missing"]["by_authority"];
    let of = |kind| find(&found, &key("effect.missing", None, "method=matched", kind));
    let difference = of(Statistic::Difference);
    check_interval(difference, &r["difference"], &r["interval"], SOLVED);
    let ratio = of(Statistic::RiskRatio);
    check_interval(ratio, &r["ratio"], &r["ratio_interval"], SOLVED);
    assert!(difference.options.ends_with("cluster=authority"));
    let note = &difference.note;
    assert!(note.contains("some pairs lie across clusters"), "{note}");
    // Within authorities no pair does.
    let mut within = options;
    within.columns.exact = vec!["authority".to_owned()];
    let found = effects_of(&plain_table(), &within);
    let key = key(
        "effect.missing",
        None,
        "method=matched",
        Statistic::Difference,
    );
    assert_eq!(find(&found, &key).note, "");
}

/// The rows of a table, each child as many times as its place among all says, modulo three.
fn taken_modulo_three(text: &str) -> String {
    let (header, rows) = text.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.sort_unstable();
    let copies = rows.iter().enumerate().flat_map(|(at, row)| {
        let (id, rest) = row.split_once(',').unwrap();
        (0..at % 3).map(move |copy| format!("{id}-{copy},{rest}\n"))
    });
    format!("{header}\n{}", copies.collect::<String>())
}

#[test]
fn draws_at_the_same_time_in_care_find_and_follow_pairs_anew_as_r_does() {
    let of = |text: &str, n: usize| {
        let options = EffectOptions {
            bootstrap: draws(n),
            ..asked_in_care()
        };
        let group = "method=matched;errors=bootstrap";
        let key = key("effect.missing", None, group, Statistic::Difference);
        find(&effects_of(text, &options), &key).clone()
    };
    let r = &reference()["drawn"];
    let whole = of(&plain_table(), 200);
    check(whole.value, &r["whole"], SOLVED);
    assert_eq!(whole.method, "bootstrap-risk-sets/1");
    // A sample that holds some children twice and others not at all.
    let known = of(&taken_modulo_three(&plain_table()), 2);
    check(known.value, &r["known"], SOLVED);
    // The width of 200 draws against the spread of 300 of R's own: each is known to a twentieth.
    let width = (whole.upper.unwrap() - whole.lower.unwrap()) / (2.0 * 1.96);
    check(Some(width), &r["error"], 0.2);
}

#[test]
fn effects_at_the_same_time_in_care_are_those_of_the_study() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("care.csv");
    fs::write(&path, plain_table()).unwrap();
    let options = EffectOptions {
        authority: Some("authority".to_owned()),
        ..asked_in_care()
    };
    let found = effect_of(open_table(&path).unwrap(), &options).unwrap();
    let study = kinfolk::analyse(&open_study(STUDY).unwrap());
    let told = found.summary().estimates;
    // As they are and in pairs: two levels and four numbers; authorities: four, five of all, four left out.
    assert_eq!(told.len(), 2 * 6 + 4 + 5 + 4);
    for record in told {
        let key = record.key();
        let in_study = find(&study, &key);
        same(record.value, in_study.value, &key);
        if record.denominator.is_some() {
            assert_eq!(record.denominator, in_study.denominator, "{key}");
        }
        // A study gives the interval of a share by itself too.
        if record.statistic != Statistic::Proportion {
            same(record.lower, in_study.lower, &key);
            same(record.upper, in_study.upper, &key);
        }
    }
}

#[test]
fn what_does_not_go_with_the_same_time_in_care_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("care.csv");
    fs::write(
        &path,
        "child_id,age,joined,left,y\na,9,10,400,1\nb,9.5,,400,0\n",
    )
    .unwrap();
    let options = EffectOptions {
        columns: CohortColumns {
            covariates: vec!["age".to_owned()],
            ..CohortColumns::default()
        },
        outcome: "y".to_owned(),
        cluster: None,
        authority: None,
        method: ComparisonMethod::Matched,
        rule: MatchRule::default(),
        confidence: 0.95,
        bootstrap: None,
        risk_sets: Some(RiskSetColumns {
            times: plain_columns().1,
            dated: None,
        }),
    };
    let check = |options: EffectOptions, words: &str| {
        let error = effect_of(open_table(&path).unwrap(), &options).unwrap_err();
        assert!(
            error.is_usage() && error.to_string().contains(words),
            "{error}"
        );
    };
    let other = ComparisonMethod::Entropy;
    let with_rule = |rule| EffectOptions {
        rule,
        ..options.clone()
    };
    check(
        EffectOptions {
            method: other,
            ..options.clone()
        },
        "a method other than matched",
    );
    let rule = MatchRule::default();
    check(with_rule(MatchRule { ratio: 2, ..rule }), "a ratio above 1");
    let scale = ScoreScale::Probability;
    check(with_rule(MatchRule { scale, ..rule }), "a scale of the");
}

#[test]
fn the_command_on_a_plain_table_finds_the_pairs_of_r() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("care.csv");
    fs::write(&path, plain_table()).unwrap();
    let (columns, times) = plain_columns();
    let table = open_table(&path).unwrap();
    let found = match_in_risk_sets(table, &columns, &times, Default::default()).unwrap();
    let mut written = Vec::new();
    found.write_csv(&mut written).unwrap();
    let written = String::from_utf8(written).unwrap();
    let mut found: Vec<(&str, &str)> = written
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (cells[0], cells[1])
        })
        .collect();
    let r = reference();
    let text = |pair: &'_ Value, name: &str| pair[name].as_str().unwrap().to_owned();
    let pairs = r["pairs"].as_array().unwrap().iter();
    let mut expected: Vec<(String, String)> = pairs
        .map(|pair| (text(pair, "treated"), text(pair, "control")))
        .collect();
    found.sort_unstable();
    expected.sort_unstable();
    let expected: Vec<(&str, &str)> = expected
        .iter()
        .map(|(one, other)| (one.as_str(), other.as_str()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn effects_are_those_of_r() {
    let (found, r) = (kinfolk::analyse(&open_study(STUDY).unwrap()), reference());
    for outcome in OUTCOMES {
        let measure = format!("effect.{outcome}");
        for arm in Arm::ALL {
            let group = "method=unadjusted";
            let share = find(
                &found,
                &key(&measure, Some(*arm), group, Statistic::Proportion),
            );
            let counts = &r[outcome]["counts"][arm.code()];
            assert_eq!(share.numerator, counts[0].as_u64());
            assert_eq!(share.denominator, counts[1].as_u64());
        }
        let matched = &r[outcome]["matched"];
        let of = |kind| find(&found, &key(&measure, None, "method=matched", kind));
        let difference = of(Statistic::Difference);
        assert_eq!(difference.denominator, matched["n"].as_u64());
        check_interval(
            difference,
            &matched["difference"],
            &matched["interval"],
            SOLVED,
        );
        let ratio = of(Statistic::RiskRatio);
        check_interval(ratio, &matched["ratio"], &matched["ratio_interval"], SOLVED);
    }
}

#[test]
fn curves_and_endings_are_those_of_r() {
    let (found, r) = (kinfolk::analyse(&open_study(STUDY).unwrap()), reference());
    for (outcome, curve) in OUTCOMES
        .into_iter()
        .zip(["stability.survival", "survival.curve"])
    {
        let r = &r[outcome];
        for arm in Arm::ALL {
            let expected = &r["curves"][arm.code()];
            for (at, day) in [91, 182, 273, 365].into_iter().enumerate() {
                let group = format!("outcome={outcome};day={day}");
                let share = find(
                    &found,
                    &key(curve, Some(*arm), &group, Statistic::Proportion),
                );
                check(share.value, &expected["share"][at], EXACT);
                check(share.lower, &expected["lower"][at], EXACT);
                check(share.upper, &expected["upper"][at], EXACT);
            }
            for (ending, code) in [("event", "event"), ("other", "adoption+return_home")] {
                let expected = &r["incidence"][arm.code()][ending];
                let at = |group: String| {
                    let kind = Statistic::Proportion;
                    find(&found, &key("survival.incidence", Some(*arm), &group, kind))
                };
                let whole = at(format!("outcome={outcome};ending={ending}"));
                check(whole.value, &expected["share"][1], EXACT);
                for (place, day) in [182, 365].into_iter().enumerate() {
                    let by_day = at(format!("outcome={outcome};ending={code};day={day}"));
                    check(by_day.value, &expected["share"][place], EXACT);
                    check(by_day.lower, &expected["lower"][place], EXACT);
                    check(by_day.upper, &expected["upper"][place], EXACT);
                }
            }
        }
        let of = |measure: &str, group: &str, kind| {
            let group = format!("outcome={outcome}{group}");
            find(&found, &key(measure, None, &group, kind))
        };
        let mean = of("survival.restricted_mean", "", Statistic::Difference);
        let expected = &r["restricted_mean"];
        check_interval(mean, &expected["difference"], &expected["interval"], EXACT);
        let test = of("survival.log_rank", "", Statistic::PValue);
        check(test.value, &r["log_rank"], EXACT);
        let ratio = of("survival.hazard_ratio", "", Statistic::HazardRatio);
        let ends = Value::from(vec![
            r["hazard_ratio"][1].clone(),
            r["hazard_ratio"][2].clone(),
        ]);
        check_interval(ratio, &r["hazard_ratio"][0], &ends, SOLVED);
        for (at, ending) in [";ending=event", ";ending=other"].into_iter().enumerate() {
            let test = of("survival.incidence", ending, Statistic::PValue);
            check(test.value, &r["gray"][at], EXACT);
        }
    }
}

/// The hazard ratio in each authority, without each, and over all, of which R gives logarithms.
fn check_hazards(found: &Estimates, outcome: &str, r: &Value) {
    let kind = Statistic::HazardRatio;
    let of = |group: &str| {
        let group = format!("outcome={outcome};{group}");
        find(found, &key("survival.hazard_ratio", None, &group, kind))
    };
    let ratio = |log: &Value| Value::from(log.as_f64().unwrap().exp());
    for (part, word) in [("within", "authority"), ("without", "without")] {
        for (name, expected) in r[part].as_object().unwrap() {
            let own = of(&format!("{word}={name}"));
            check(own.value, &ratio(&expected["log_hazard"]), SOLVED);
        }
    }
    let pooled = &r["pooled_hazard"];
    let own = of("pooled=average");
    let ends = Value::from(vec![
        ratio(&pooled["interval"][0]),
        ratio(&pooled["interval"][1]),
    ]);
    check_interval(own, &ratio(&pooled["average"]), &ends, SOLVED);
    // Authorities differ by no more than chance here, so nothing is said of another.
    assert!(pooled["tau"].as_f64().unwrap() < 1e-6);
    let group = format!("outcome={outcome};pooled=next");
    assert!(
        found
            .get(&key("survival.hazard_ratio", None, &group, kind))
            .is_none()
    );
}

#[test]
fn released_figures_are_those_of_r_as_they_are_printed() {
    let opened = open_study(STUDY).unwrap();
    let release = kinfolk::release(&kinfolk::analyse(&opened), &opened.study).unwrap();
    let r = reference();
    let group: Group = "method=matched".parse().unwrap();
    let shown = release
        .get("effect.same_home", &group, Statistic::Difference)
        .unwrap();
    let matched = &r["same_home"]["matched"];
    let printed = |value: &Value| (100.0 * value.as_f64().unwrap()).round() / 100.0;
    let (lower, upper) = shown.interval().figure().unwrap();
    assert_eq!(
        shown.value().figure(),
        Some(printed(&matched["difference"]))
    );
    assert_eq!(lower, printed(&matched["interval"][0]));
    assert_eq!(upper, printed(&matched["interval"][1]));
}

/// The words of the web page.
fn page(opened: &Opened) -> String {
    let outputs = report_of(opened).unwrap();
    let html = String::from_utf8(output(&outputs, "report.html").to_vec()).unwrap();
    visible_text(&html)
}

#[test]
fn the_page_settles_before_it_tells_and_rates_itself() {
    let page = page(&open_study(STUDY).unwrap());
    let places = [
        "What was settled beforehand",
        "Who is compared",
        "Are the arms alike?",
        "What differs",
        "What came first",
        "How wrong could it be?",
        "How much does this prove?",
    ]
    .map(|words| page.find(words).ok_or(words).unwrap());
    assert!(places.is_sorted(), "{places:?}");
    assert!(page.contains("Level 2: two groups after the event, made alike in what was recorded."));
}

#[test]
fn the_page_tells_the_hazard_over_authorities_that_r_finds() {
    let page = page(&open_study(STUDY).unwrap());
    let r = &reference()["authorities"]["same_home"]["pooled_hazard"];
    let ratio = |log: &Value| format!("{:.2}", log.as_f64().unwrap().exp());
    let [lower, upper] = [0, 1].map(|at| ratio(&r["interval"][at]));
    let average = ratio(&r["average"]);
    let words = format!(
        "{average} times the rate among comparators (hazard ratio, 95%\u{a0}interval {lower} to {upper})"
    );
    assert!(page.contains(&words), "no `{words}`");
    let title = format!("On average {average} times the rate of comparators ({lower} to {upper})");
    assert!(page.contains(&title), "no `{title}`");
}

/// The study with pairs no further apart than so much in age.
fn near_in_age(width: f64) -> Opened {
    let mut opened = open_study(STUDY).unwrap();
    let asked = opened.study.settings.comparison.as_mut().unwrap();
    asked.calipers = vec![CovariateCaliper {
        covariate: "age".to_owned(),
        width,
    }];
    opened
}

#[test]
fn a_caliper_of_age_is_printed_and_costs_pairs() {
    let matched = |opened: &Opened| {
        let found = kinfolk::analyse(opened);
        let arm = Some(Arm::Programme);
        let key = key("matching.flow", arm, "step=matched", Statistic::Count);
        find(&found, &key).value.unwrap()
    };
    let (wide, near) = (near_in_age(100.0), near_in_age(0.25));
    assert_eq!(matched(&wide), matched(&open_study(STUDY).unwrap()));
    assert!(matched(&near) < matched(&wide));
    let page = page(&near);
    for words in ["Near in", "age (no further apart than 0.25)"] {
        assert!(page.contains(words), "no `{words}`");
    }
}

#[test]
fn a_refusal_is_told_with_its_reason_and_nothing_is_called_an_effect() {
    let mut opened = open_study(STUDY).unwrap();
    let asked = opened.study.settings.comparison.as_mut().unwrap();
    asked.rule.caliper = Some(1e-12);
    let page = page(&opened);
    for words in [
        "Still in the same home: the arms could not be made alike, because no child of the programme has \
         a comparator within the limits.",
        "The arms were not made alike. The difference is no measure of what the programme did.",
        "Level 1: two groups, not made alike.",
    ] {
        assert!(page.contains(words), "no `{words}`");
    }
    assert!(!page.contains("is the effect of the programme"));
}

/// Three authorities of 120 children each and one of twelve, with an age, a history and an outcome.
fn cohort_of_authorities() -> String {
    let mut text = "child_id,arm,authority,age,before,same_home\n".to_owned();
    for at in 0..372_usize {
        let authority = ["Ash", "Wyre", "Elm"].get(at / 120).unwrap_or(&"Tiny");
        let mixed = (at * 7919 + 13) % 1009;
        let (age, before) = (4 + mixed % 11, mixed / 11 % 4);
        let is_treated = mixed / 44 % 5 < 1 + age / 6;
        let stays = (mixed * 31 + at) % 97 < 70 - 3 * age + if is_treated { 20 } else { 0 };
        let arm = if is_treated {
            "programme"
        } else {
            "comparator"
        };
        let stays = if stays { "yes" } else { "no" };
        text += &format!("A{at:03},{arm},{authority},{age},{before},{stays}\n");
    }
    text
}

/// Settings that compare one outcome.
fn settings_of(authority: &str) -> String {
    format!(
        "[study]\ntitle = \"T\"\nauthority = \"{authority}\"\ncountry = \"England\"\n\
         period = {{ start = 2021-04-01, end = 2025-03-31 }}\n[comparison]\n\
         outcomes = [\"same_home\"]\ncovariates = [\"age\", \"before\"]\nmethod = \"aipw\"\n"
    )
}

#[test]
fn the_report_of_all_averages_what_the_studies_release() {
    let (parent, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let cohort = cohort_of_authorities();
    let (head, rows) = cohort.split_once('\n').unwrap();
    for name in ["Ash", "Elm", "Wyre", "Tiny"] {
        let folder = parent.path().join(name.to_lowercase());
        fs::create_dir(&folder).unwrap();
        let own = rows
            .lines()
            .filter(|row| row.contains(&format!(",{name},")));
        let text: String = own.map(|row| format!("{row}\n")).collect();
        fs::write(folder.join("cohort.csv"), format!("{head}\n{text}")).unwrap();
        fs::write(folder.join("study.toml"), settings_of(name)).unwrap();
    }
    let options = RollUpOptions {
        parent: parent.path().to_owned(),
        out: out.path().to_owned(),
        formats: vec![Format::Data],
        reading: ReadOptions {
            today: jiff::civil::date(2026, 1, 1),
        },
    };
    for outcome in kinfolk::roll_up(&options, &()).unwrap() {
        outcome.result.unwrap();
    }
    let read = |folder: &str| -> Vec<Value> {
        let path = out.path().join(folder).join("estimates.json");
        let file: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        file["estimates"].as_array().unwrap().clone()
    };
    let difference = |records: &[Value], group: &str| -> Option<Value> {
        let is_it = |record: &&Value| {
            record["measure"] == "effect.same_home"
                && record["group"] == group
                && record["statistic"] == "difference"
        };
        records.iter().find(is_it).cloned()
    };
    let all = read("all-authorities");
    let mut weighed = (0.0, 0.0);
    for name in ["Ash", "Elm", "Wyre"] {
        let own = difference(&read(&name.to_lowercase()), "method=aipw").unwrap();
        let told = difference(&all, &format!("authority={name};method=aipw")).unwrap();
        for number in ["value", "lower", "upper", "denominator"] {
            assert_eq!(own[number], told[number], "{name} {number}");
        }
        let width = own["upper"].as_f64().unwrap() - own["lower"].as_f64().unwrap();
        weighed.0 += own["value"].as_f64().unwrap() / width.powi(2);
        weighed.1 += width.powi(-2);
    }
    // The effects are alike, so the average is that weighed by their errors, as it is printed.
    let average = difference(&all, "pooled=average").unwrap();
    let expected = (100.0 * weighed.0 / weighed.1).round() / 100.0;
    assert_eq!(average["value"].as_f64(), Some(expected));
    assert_eq!(average["denominator"].as_f64(), Some(3.0));
    // Two that are left have no average.
    assert_eq!(
        difference(&all, "without=Ash").unwrap()["value"],
        Value::Null
    );
}

#[test]
fn the_command_tells_of_authorities_what_a_study_tells() {
    let folder = tempfile::tempdir().unwrap();
    let cohort = folder.path().join("cohort.csv");
    fs::write(&cohort, cohort_of_authorities()).unwrap();
    let settings = settings_of("Region") + "authority = \"authority\"\n";
    fs::write(folder.path().join("study.toml"), settings).unwrap();
    let opened = open_study(folder.path().to_str().unwrap()).unwrap();
    let study = kinfolk::analyse(&opened);
    let options = EffectOptions {
        columns: CohortColumns {
            covariates: ["age", "before"].map(str::to_owned).to_vec(),
            ..CohortColumns::default()
        },
        outcome: "same_home".to_owned(),
        cluster: None,
        authority: Some("authority".to_owned()),
        method: ComparisonMethod::Aipw,
        rule: MatchRule::default(),
        confidence: 0.95,
        bootstrap: None,
        risk_sets: None,
    };
    let found = effect_of(open_table(&cohort).unwrap(), &options).unwrap();
    let told = found.summary().estimates;
    let of_several = |record: &&Estimate| {
        ["authority", "without", "pooled"]
            .iter()
            .any(|key| record.group.get(key).is_some())
    };
    let own: Vec<&Estimate> = told.iter().filter(of_several).collect();
    // Four authorities, five numbers of their average, three left out.
    assert_eq!(own.len(), 4 + 5 + 3);
    let tiny = own
        .iter()
        .find(|record| record.group.get("authority") == Some("Tiny"));
    assert!(tiny.unwrap().note.contains("fewer than ten children"));
    for record in own {
        let in_study = find(&study, &record.key());
        let key = record.key();
        same(record.value, in_study.value, &key);
        same(record.lower, in_study.lower, &key);
        same(record.upper, in_study.upper, &key);
    }
}
