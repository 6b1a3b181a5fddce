//! `kinfolk match`, `kinfolk effect` and `kinfolk survival`.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Run, kinfolk};

/// Forty children in two arms, alike but for age; those of the programme stay more often.
fn cohort() -> String {
    let mut text = "child_id,arm,age,placement,authority,stayed,score,days\n".to_owned();
    for child in 0..40 {
        let arm = if child % 4 == 0 || child % 7 == 0 {
            "programme"
        } else {
            "comparator"
        };
        let age = 5 + (child * 5) % 11 + i32::from(arm == "programme");
        let placement = ["foster", "kinship", "residential"][child as usize % 3];
        let stayed = if (child * 7) % 10 < if arm == "programme" { 6 } else { 4 } {
            "yes"
        } else {
            "no"
        };
        let score = 10 + (child * 3) % 13 - if arm == "programme" { 2 } else { 0 };
        let days = 30 + (child * 37) % 400;
        text += &format!(
            "c{child:02},{arm},{age},{placement},{},{stayed},{score},{days}\n",
            child % 5
        );
    }
    text
}

/// Three hundred children, a quarter of them in the programme, the older the likelier.
fn large_cohort() -> String {
    let mut text = "child_id,arm,age,stayed,score,days\n".to_owned();
    for child in 0..300_usize {
        let mixed = |salt: usize| (child * 7919 + salt * 104_729 + 13) * (child + salt + 3) % 1009;
        let age = 5 + mixed(1) % 11;
        let is_treated = mixed(2) % 100 < 2 * age + 5;
        let arm = if is_treated {
            "programme"
        } else {
            "comparator"
        };
        let stayed = if mixed(3) % 10 < 6 { "yes" } else { "no" };
        let score = 10 + mixed(4) % 13 - usize::from(is_treated);
        text += &format!(
            "c{child:03},{arm},{age},{stayed},{score},{}\n",
            30 + mixed(5) % 400
        );
    }
    text
}

fn folder_with(content: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.csv"), content).unwrap();
    folder
}

fn run(content: &str, arguments: &[&str]) -> Run {
    kinfolk(arguments, folder_with(content).path())
}

fn estimates(run: &Run) -> Vec<Value> {
    let summary: Value = serde_json::from_str(&run.stdout).unwrap();
    summary["estimates"].as_array().unwrap().clone()
}

/// The first estimate with a measure, a group and a statistic.
#[track_caller]
fn find(estimates: &[Value], measure: &str, group: &str, statistic: &str) -> Value {
    let found = estimates.iter().find(|record| {
        record["measure"] == measure && record["group"] == group && record["statistic"] == statistic
    });
    found.unwrap().clone()
}

const COVARIATES: [&str; 2] = ["--covariates", "age,placement"];

#[test]
fn pairs_are_a_table_and_balance_is_on_standard_output() {
    let folder = folder_with(&cohort());
    let arguments = [&["match", "in.csv", "-o", "pairs.csv"][..], &COVARIATES].concat();
    let run = kinfolk(&arguments, folder.path()).ends(0);
    let pairs = fs::read_to_string(folder.path().join("pairs.csv")).unwrap();
    assert!(
        pairs.starts_with("treated_id,control_id,distance\nc00,c"),
        "{pairs}"
    );
    let found = estimates(&run);
    let n_pairs = find(&found, "matching.pairs", "figure=pairs", "count");
    assert_eq!(n_pairs["value"], (pairs.lines().count() - 1) as f64);
    let before = find(
        &found,
        "matching.balance",
        "stage=before;covariate=age",
        "effect_size",
    );
    let after = find(
        &found,
        "matching.balance",
        "stage=after;covariate=age",
        "effect_size",
    );
    let size = |record: &Value| record["value"].as_f64().unwrap().abs();
    assert!(size(&after) < size(&before), "{before} {after}");
    run.complains("Words as 1 and 0: placement beside foster.");
}

#[test]
fn the_protocol_says_what_could_be_found_before_any_outcome() {
    let folder = folder_with(&cohort());
    let arguments = [
        &["match", "in.csv", "--protocol", "page.md"][..],
        &COVARIATES,
    ]
    .concat();
    let run = kinfolk(&arguments, folder.path()).ends(0);
    let page = fs::read_to_string(folder.path().join("page.md")).unwrap();
    for words in [
        "- 40 children in `in.csv`",
        "- Within 0.2 standard deviations of it over all children",
        "- Covariates: age, placement=kinship, placement=residential",
        "four times in five, a difference of",
    ] {
        assert!(page.contains(words), "no `{words}` in: {page}");
    }
    assert!(!page.contains("stayed"), "{page}");
    let found = find(&estimates(&run), "matching.detectable", "", "effect_size");
    assert!(found["value"].as_f64().unwrap() > 0.5, "{found}");
}

#[test]
fn pairs_keep_to_the_calipers_of_covariates() {
    let folder = folder_with(&cohort());
    let arguments = [
        "match",
        "in.csv",
        "--caliper",
        "none",
        "-o",
        "pairs.csv",
        "--protocol",
        "page.md",
        "--caliper-of",
        "age=1",
        "--caliper-of",
        "score=2.5",
        "--covariates",
        "age,score",
    ];
    let run = kinfolk(&arguments, folder.path()).ends(0);
    let text = cohort();
    let value = |id: &str, at: usize| -> f64 {
        let mut rows = text.lines().map(|row| row.split(',').collect::<Vec<_>>());
        rows.find(|row| row[0] == id).unwrap()[at].parse().unwrap()
    };
    let pairs = fs::read_to_string(folder.path().join("pairs.csv")).unwrap();
    let pairs: Vec<Vec<&str>> = pairs
        .lines()
        .skip(1)
        .map(|row| row.split(',').collect())
        .collect();
    assert!(pairs.len() > 3, "{pairs:?}");
    for pair in &pairs {
        for (at, width) in [(2, 1.0), (6, 2.5)] {
            assert!(
                (value(pair[0], at) - value(pair[1], at)).abs() <= width,
                "{pair:?}"
            );
        }
    }
    let found = find(&estimates(&run), "matching.pairs", "figure=pairs", "count");
    let options = found["options"].as_str().unwrap();
    assert!(options.contains(";calipers=age:1,score:2.5"), "{options}");
    let page = fs::read_to_string(folder.path().join("page.md")).unwrap();
    assert!(
        page.contains("- No further apart than 2.5 in score, in its own unit"),
        "{page}"
    );
}

#[test]
fn a_caliper_of_what_is_no_covariate_of_numbers_is_refused_by_name() {
    let check = |caliper: &str, code: i32, words: &str| {
        for rest in [
            &["match", "in.csv"][..],
            &["effect", "in.csv", "--outcome", "stayed"],
        ] {
            let arguments = [rest, &COVARIATES, &["--caliper-of", caliper]].concat();
            run(&cohort(), &arguments).ends(code).complains(words);
        }
    };
    check(
        "height=1",
        3,
        "height has a caliper and is none of the covariates",
    );
    check("placement=1", 3, "placement has a caliper and is of words");
    check("age=0", 2, "a number above 0, as in age=1");
    check("age", 2, "a number above 0, as in age=1");
}

#[test]
fn arms_are_made_alike_in_what_is_named_and_came_before() {
    const OUTCOME: [&str; 4] = ["effect", "in.csv", "--outcome", "stayed"];
    let check = |more: &[&str], code: i32, words: &str| {
        let run = run(&cohort(), &[&OUTCOME, more].concat());
        run.ends(code).complains(words);
    };
    let unnamed = "nothing is named in which the arms should be alike";
    run(&cohort(), &["match", "in.csv"])
        .ends(2)
        .complains(unnamed);
    let in_care = "child_id,joined,left\na,10,400\nb,50,400\nc,,30\nd,,400\n";
    let risk_sets = "match in.csv --risk-set --joined joined --left left";
    let risk_sets: Vec<&str> = risk_sets.split(' ').collect();
    run(in_care, &risk_sets).ends(2).complains(unnamed);
    check(&[], 2, unnamed);
    check(&["--method", "entropy"], 2, unnamed);
    check(
        &["--covariates", "age,stayed"],
        2,
        "`stayed` is the outcome",
    );
    check(&["--covariates", "age,arm"], 2, "`arm` is the arm");
    check(&["--method", "unadjusted"], 0, "");
}

#[test]
fn comparators_at_the_same_time_in_care_are_followed_from_it() {
    // Child b is a comparator until it joins itself; c has left care by then.
    let care = "child_id,age,joined,left\na,9,10,400\nb,9.5,50,400\nc,8,,30\nd,4,,400\n";
    let folder = folder_with(care);
    let arguments = "match in.csv --covariates age --caliper none --risk-set --joined joined --left left \
                     -o pairs.csv";
    let run = kinfolk(&arguments.split(' ').collect::<Vec<_>>(), folder.path()).ends(0);
    let pairs = fs::read_to_string(folder.path().join("pairs.csv")).unwrap();
    let rows: Vec<Vec<&str>> = pairs
        .lines()
        .map(|line| line.split(',').collect())
        .collect();
    let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<_>>();
    assert_eq!(column(0), ["treated_id", "a", "b"]);
    assert_eq!(column(1), ["control_id", "b", "d"]);
    assert_eq!(column(3), ["from_day", "10", "50"]);
    assert_eq!(column(4), ["treated_days", "390", "350"]);
    assert_eq!(column(5), ["control_days", "40", "350"]);
    let n_pairs = find(&estimates(&run), "matching.pairs", "figure=pairs", "count");
    assert_eq!(n_pairs["value"], 2.0);
    assert_eq!(n_pairs["method"], "match-risk-sets/1");
    let alone = ["match", "in.csv", "--covariates", "age", "--risk-set"];
    kinfolk(&alone, folder.path()).ends(2);
}

#[test]
fn an_outcome_of_days_counts_from_the_time_in_care_of_the_pair() {
    // Sixteen pairs, a year of age apart, so that each child takes its own. Who joins on day 100 has an
    // event within the next 50 days in six of them; comparators of seven have, five others before.
    let mut care = "child_id,age,joined,left,seen,event\n".to_owned();
    for pair in 0..16 {
        let own = if pair % 3 == 0 { "31;150" } else { "100" };
        let other = match pair {
            0..7 => "149",
            7..12 => "31;151",
            _ => "",
        };
        // The last comparator left care before the 50 days were over, and is known to have no event.
        let left = if pair == 15 { 120 } else { 400 };
        care += &format!("p{pair:02},{},100,400,400,{own}\n", pair % 9);
        care += &format!("c{pair:02},{},,{left},400,{other}\n", pair % 9);
    }
    let arguments = "effect in.csv --outcome event --covariates age --caliper none --risk-set \
                     --joined joined --left left --follow-up 50 --watched seen";
    let arguments: Vec<&str> = arguments.split_whitespace().collect();
    let found = estimates(&run(&care, &arguments).ends(0));
    for (arm, share) in [("programme", 6.0 / 16.0), ("comparator", 7.0 / 16.0)] {
        let own = found
            .iter()
            .find(|record| record["group"] == "method=unadjusted" && record["arm"] == arm);
        assert_eq!(own.unwrap()["value"], share, "{arm}");
    }
    let matched = find(&found, "effect.event", "method=matched", "difference");
    assert_eq!(matched["denominator"], 32.0);
    let options = matched["options"].as_str().unwrap();
    assert!(
        options.starts_with("days=50;covariates=age;comparators=risk-set;"),
        "{options}"
    );
    for (more, words) in [
        (&["--method", "aipw"][..], "a day to be followed from"),
        (&["--ratio", "2"], "a comparator is taken once"),
        (&["--scale", "probability"], "cannot be used with"),
    ] {
        let arguments = [&arguments[..], more].concat();
        run(&care, &arguments).ends(2).complains(words);
    }
    let more =
        "--method matched --cluster age --bootstrap 100 --seed 7 --draw-intervals percentile";
    let more: Vec<&str> = more.split(' ').collect();
    let found = estimates(&run(&care, &[&arguments[..], &more].concat()).ends(0));
    let clustered = find(&found, "effect.event", "method=matched", "difference");
    assert_eq!(clustered["value"], matched["value"]);
    assert_ne!(clustered["lower"], matched["lower"]);
    let options = clustered["options"].as_str().unwrap();
    assert!(options.ends_with(";cluster=age"), "{options}");
    let group = "method=matched;errors=bootstrap";
    let drawn = find(&found, "effect.event", group, "difference");
    assert_eq!(drawn["method"], "bootstrap-risk-sets/1");
    assert!(drawn["lower"].as_f64() < drawn["upper"].as_f64(), "{drawn}");
    run(&care.replace(",31;150", ",31,150"), &arguments).ends(3);
}

#[test]
fn the_order_of_rows_changes_no_pair() {
    let text = cohort();
    let (header, rows) = text.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    let turned = format!("{header}\n{}\n", rows.join("\n"));
    let pairs = |content: &str| {
        let folder = folder_with(content);
        let arguments = [&["match", "in.csv", "-o", "pairs.csv"][..], &COVARIATES].concat();
        kinfolk(&arguments, folder.path()).ends(0);
        let text = fs::read_to_string(folder.path().join("pairs.csv")).unwrap();
        let ids = |line: &str| line.rsplit_once(',').unwrap().0.to_owned();
        text.lines().map(ids).collect::<Vec<String>>()
    };
    assert_eq!(pairs(&text), pairs(&turned));
}

#[test]
fn an_effect_stands_beside_the_arms_as_they_are() {
    for method in ["matched", "att-weights", "overlap", "entropy", "aipw"] {
        let arguments = [
            "effect",
            "in.csv",
            "--outcome",
            "score",
            "--method",
            method,
            "--caliper",
            "none",
        ];
        let run = run(&cohort(), &[&arguments[..], &COVARIATES].concat()).ends(0);
        let found = estimates(&run);
        for method in ["unadjusted", method] {
            let group = format!("method={method}");
            let difference = find(&found, "effect.score", &group, "difference");
            assert!(
                difference["lower"].as_f64() < difference["value"].as_f64(),
                "{difference}"
            );
            assert_eq!(difference["level"], 0.95);
        }
    }
}

#[test]
fn shares_have_ratios_and_draws_have_a_seed() {
    let arguments = [
        "effect",
        "in.csv",
        "--outcome",
        "stayed",
        "--method",
        "att-weights",
    ];
    let found = estimates(&run(&cohort(), &[&arguments[..], &COVARIATES].concat()).ends(0));
    for statistic in ["difference", "risk_ratio", "odds_ratio"] {
        find(&found, "effect.stayed", "method=att-weights", statistic);
    }
    let arguments = [
        "effect",
        "in.csv",
        "--outcome",
        "score",
        "--covariates",
        "age",
        "--caliper",
        "none",
        "--bootstrap",
        "200",
        "--seed",
        "3",
    ];
    let drawn = run(&cohort(), &arguments).ends(0).stdout;
    assert!(drawn.contains("draws=200;seed=3"), "{drawn}");
    let one_thread = [&arguments[..], &["--jobs", "1"]].concat();
    assert_eq!(run(&cohort(), &one_thread).stdout, drawn);
    run(&cohort(), &arguments[..10]).ends(2);
}

#[test]
fn matched_draws_are_read_for_the_intervals_that_are_asked_for() {
    let check = |which: &[&str], expected: &[&str]| {
        let arguments = "effect in.csv --outcome score --covariates age --bootstrap 400 --seed 3";
        let arguments: Vec<&str> = arguments.split(' ').chain(which.iter().copied()).collect();
        let found = estimates(&run(&large_cohort(), &arguments).ends(0));
        let drawn: Vec<&str> = found
            .iter()
            .filter_map(|record| {
                record["group"]
                    .as_str()?
                    .split_once("errors=")
                    .map(|parts| parts.1)
            })
            .collect();
        assert_eq!(drawn, expected, "{which:?}");
        for errors in expected {
            let group = format!("method=matched;errors={errors}");
            let record = find(&found, "effect.score", &group, "difference");
            assert_eq!(record["method"], "bootstrap-matched/1");
            let [lower, value, upper] =
                ["lower", "value", "upper"].map(|part| record[part].as_f64().unwrap());
            assert!(lower < value && value < upper, "{record}");
        }
    };
    check(&[], &["bootstrap", "bootstrap-bca"]);
    check(&["--draw-intervals", "percentile"], &["bootstrap"]);
    check(&["--draw-intervals", "bca"], &["bootstrap-bca"]);
}

#[test]
fn mean_times_of_the_matched_stand_beside_those_of_the_arms() {
    let arguments = "survival in.csv --time days --event stayed --arm arm --covariates age --horizon 300 \
                     --matched --bootstrap 1000 --seed 3";
    let arguments: Vec<&str> = arguments.split_whitespace().collect();
    let told = run(&large_cohort(), &arguments).ends(0);
    let found = estimates(&told);
    let record = |group: &str, kind: &str| find(&found, "survival.restricted_mean", group, kind);
    let number = |record: &Value, part: &str| record[part].as_f64().unwrap();
    let plain = record("method=matched", "difference");
    assert_eq!(plain["unit"], "days");
    let means: Vec<&Value> = found
        .iter()
        .filter(|own| own["group"] == "method=matched" && own["statistic"] == "mean")
        .collect();
    let between = number(means[0], "value") - number(means[1], "value");
    assert!((number(&plain, "value") - between).abs() < 1e-9);
    // As many comparators as children of the programme.
    assert_eq!(means[0]["denominator"], means[1]["denominator"]);
    for errors in ["bootstrap", "bootstrap-bca"] {
        let drawn = record(&format!("method=matched;errors={errors}"), "difference");
        assert!((number(&drawn, "value") - between).abs() < 1e-9, "{drawn}");
        assert!(number(&drawn, "lower") < between && between < number(&drawn, "upper"));
        let options = drawn["options"].as_str().unwrap();
        assert!(options.ends_with("draws=1000;seed=3"), "{options}");
    }
    let one_thread = [&arguments[..], &["--jobs", "1"]].concat();
    assert_eq!(run(&large_cohort(), &one_thread).stdout, told.stdout);
    for wrong in [
        "survival in.csv --time days --event stayed --matched",
        "survival in.csv --time days --event stayed --arm arm --covariates age --caliper none",
        "survival in.csv --time days --event stayed --arm arm --covariates age --bootstrap 200 --seed 3",
    ] {
        run(&large_cohort(), &wrong.split(' ').collect::<Vec<_>>()).ends(2);
    }
}

#[test]
fn weighted_effects_are_drawn_too_with_corrected_percentiles() {
    let arguments = [
        "effect",
        "in.csv",
        "--outcome",
        "score",
        "--covariates",
        "age",
        "--method",
        "overlap",
        "--bootstrap",
        "400",
        "--seed",
        "3",
    ];
    let found = estimates(&run(&cohort(), &arguments).ends(0));
    let drawn = |errors: &str| {
        let group = format!("method=overlap;errors={errors}");
        find(&found, "effect.score", &group, "difference")
    };
    let (plain, corrected) = (drawn("bootstrap"), drawn("bootstrap-bca"));
    assert_eq!(plain["method"], "bootstrap-weighted/1");
    assert_eq!(plain["value"], corrected["value"]);
    assert_ne!(plain["lower"], corrected["lower"]);
}

#[test]
fn curves_with_weights_stand_beside_the_plain_ones() {
    let text = "days,moved,arm,w\n10,1,1,1\n20,0,1,3\n30,1,1,2\n40,0,1,1\n\
        5,1,0,1\n15,1,0,2\n30,0,0,1.5\n40,0,0,1\n";
    let arguments = [
        "survival",
        "in.csv",
        "--time",
        "days",
        "--event",
        "moved",
        "--arm",
        "arm",
        "--at",
        "20",
        "--horizon",
        "30",
    ];
    let with_weights = [&arguments[..], &["--weights", "w"]].concat();
    let found = estimates(&run(text, &with_weights).ends(0));
    // Weight 7 at risk at day 10, of which 1 leaves.
    let share = find(&found, "survival.curve", "day=20;weights=w", "proportion");
    assert!((share["value"].as_f64().unwrap() - 6.0 / 7.0).abs() < 1e-12);
    let mean = find(&found, "survival.restricted_mean", "weights=w", "mean");
    assert!((mean["value"].as_f64().unwrap() - (10.0 + 20.0 * 6.0 / 7.0)).abs() < 1e-9);
    find(
        &found,
        "survival.restricted_mean",
        "weights=w",
        "difference",
    );
    run(&text.replace(",3\n", ",0\n"), &with_weights).ends(3);
}

#[test]
fn what_cannot_be_carried_is_a_record_with_its_reason() {
    let text = "child_id,arm,age,y\na,1,5,1\nb,0,6,0\nc,0,7,1\nd,0,8,0\n";
    let run = run(
        text,
        &["effect", "in.csv", "--outcome", "y", "--covariates", "age"],
    )
    .ends(0);
    let record = find(
        &estimates(&run),
        "effect.y",
        "method=unadjusted",
        "difference",
    );
    assert_eq!(record["value"], Value::Null);
    assert_eq!(
        record["note"],
        "refused: too few in the treated arm: 1, where 2 are needed"
    );
}

#[test]
fn cells_that_cannot_be_used_are_named() {
    let check = |from: &str, to: &str, words: &str| {
        let text = cohort().replacen(from, to, 1);
        let arguments = [&["match", "in.csv"][..], &COVARIATES].concat();
        run(&text, &arguments).ends(3).complains(words);
    };
    check(
        "c00,programme,6,",
        "c00,programme,,",
        "row 2, column age: blank",
    );
    check(
        "c01,comparator",
        "c00,comparator",
        "row 3, column child_id: `c00`",
    );
    check("c00,programme", "c00,both", "row 2, column arm: `both`");
    run(&cohort(), &["match", "in.csv", "--covariates", "height"])
        .ends(2)
        .complains("has no column height");
    run(
        &cohort(),
        &["match", "in.csv", "--covariates", "age", "--caliper", "-1"],
    )
    .ends(2);
    run(
        &cohort(),
        &[
            "effect",
            "in.csv",
            "--outcome",
            "score",
            "--covariates",
            "age,age",
        ],
    )
    .ends(3)
    .complains("covariate age says nothing");
}

#[test]
fn survival_gives_curves_tests_and_ratios() {
    let arguments = [
        "survival",
        "in.csv",
        "--time",
        "days",
        "--event",
        "stayed",
        "--arm",
        "arm",
        "--covariates",
        "age",
        "--at",
        "90,180",
        "--horizon",
        "300",
    ];
    let found = estimates(&run(&cohort(), &arguments).ends(0));
    find(&found, "survival.curve", "day=90", "proportion");
    find(&found, "survival.log_rank", "", "p_value");
    find(
        &found,
        "survival.hazard_ratio",
        "covariate=arm=programme",
        "hazard_ratio",
    );
    find(
        &found,
        "survival.proportional_hazards",
        "covariate=age",
        "p_value",
    );
    let difference = find(&found, "survival.restricted_mean", "", "difference");
    assert_eq!(difference["unit"], "days");
}

#[test]
fn endings_that_rule_the_event_out_have_shares_of_their_own() {
    let text = "days,end\n10,1\n20,2\n30,0\n40,1\n50,2\n60,0\n";
    let arguments = [
        "survival", "in.csv", "--time", "days", "--event", "end", "--at", "40",
    ];
    let found = estimates(&run(text, &arguments).ends(0));
    // By hand: 1/6 at day 10; at 40 three are left of whom one has it, and 2/3 had no ending before.
    let first = find(
        &found,
        "survival.incidence",
        "ending=1;day=40",
        "proportion",
    );
    assert!((first["value"].as_f64().unwrap() - (1.0 / 6.0 + 2.0 / 9.0)).abs() < 1e-12);
    let second = find(
        &found,
        "survival.incidence",
        "ending=2;day=40",
        "proportion",
    );
    assert!((second["value"].as_f64().unwrap() - 1.0 / 6.0).abs() < 1e-12);
}

#[test]
fn help_has_examples() {
    for command in ["match", "effect", "survival"] {
        let run = run("", &[command, "--help"]).ends(0);
        assert!(
            run.stdout.contains(&format!("  kinfolk {command} ")),
            "{}",
            run.stdout
        );
    }
}
