//! Effects against R; `tests/reference/effect.R` made the numbers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::num::NonZeroUsize;
use std::path::PathBuf;

use kinfolk_stats::effect::{
    Arms, Bootstrap, BootstrapOptions, Effect, Effects, Population, Weighting, bootstrap_matched,
    bootstrap_mean_times, doubly_robust, standardised, unadjusted, weighted,
};
use kinfolk_stats::matching::{
    Caliper, Candidates, CovariateCaliper, Estimand, Greedy, match_greedily, propensity,
};
use kinfolk_stats::survival::{FollowUp, weighted_restricted_mean};
use kinfolk_stats::{Confidence, StatsError};
use serde_json::Value;

const RELATIVE: f64 = 1e-8;

struct Cohort {
    made: Value,
    treated: Vec<bool>,
    covariates: Vec<Vec<f64>>,
    weights: Vec<f64>,
    pairs: Vec<usize>,
    authorities: Vec<usize>,
}

fn numbers(value: &Value) -> Vec<f64> {
    let values = value.as_array().unwrap();
    values.iter().map(|x| x.as_f64().unwrap()).collect()
}

fn labels(value: &Value) -> Vec<usize> {
    numbers(value).iter().map(|&x| x as usize).collect()
}

impl Cohort {
    fn read() -> Self {
        let path =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference/effect.json");
        let made: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let column = |name: &str| numbers(&made["cohort"][name]);
        Self {
            treated: column("treated").iter().map(|&x| x == 1.0).collect(),
            covariates: ["age", "difficulties", "sex"].map(column).to_vec(),
            weights: numbers(&made["weights"]),
            pairs: labels(&made["pair"]),
            authorities: labels(&made["cohort"]["authority"]),
            made,
        }
    }

    fn outcome(&self, name: &str) -> Vec<f64> {
        numbers(&self.made["cohort"][name])
    }

    fn columns(&self) -> Vec<&[f64]> {
        self.covariates.iter().map(Vec::as_slice).collect()
    }
}

#[track_caller]
fn close(found: f64, expected: f64, relative: f64, what: &str) {
    assert!(
        (found - expected).abs() <= relative * expected.abs().max(1e-3),
        "{found} is not {expected}: {what}"
    );
}

/// The value, its error and, where they are given, the degrees of freedom. A ratio is given by its
/// logarithm.
#[track_caller]
fn agrees(found: &Effect, value: f64, expected: &Value, relative: f64, what: &str) {
    let expected = numbers(expected);
    close(value, expected[0], relative, what);
    close(found.standard_error.unwrap(), expected[1], relative, what);
    if let Some(&degrees) = expected.get(2) {
        close(found.degrees_of_freedom.unwrap(), degrees, relative, what);
    }
}

#[track_caller]
fn all_agree(found: &Effects, expected: &Value, relative: f64, what: &str) {
    close(
        found.mean_treated,
        expected["treated"].as_f64().unwrap(),
        relative,
        what,
    );
    close(
        found.mean_control,
        expected["control"].as_f64().unwrap(),
        relative,
        what,
    );
    agrees(
        &found.difference,
        found.difference.value,
        &expected["difference"],
        relative,
        what,
    );
    for (found, name) in [
        (found.ratio, "log_ratio"),
        (found.odds_ratio, "log_odds_ratio"),
    ] {
        if let Some(found) = found {
            agrees(&found, found.value.ln(), &expected[name], relative, what);
        }
    }
}

#[test]
fn regression_within_arms_agrees_with_clubsandwich() {
    let cohort = Cohort::read();
    let columns = cohort.columns();
    for (name, clusters, key) in [
        ("score", &cohort.pairs, "score_by_pair"),
        ("score", &cohort.authorities, "score_by_authority"),
        ("stable", &cohort.pairs, "stable_by_pair"),
        ("stable", &cohort.authorities, "stable_by_authority"),
    ] {
        let outcome = cohort.outcome(name);
        let arms = Arms {
            treated: &cohort.treated,
            outcome: &outcome,
            covariates: &columns,
            clusters: Some(clusters),
        };
        let found = standardised(&arms, &cohort.weights, Confidence::default()).unwrap();
        let expected = &cohort.made["within_arms"][key];
        match name {
            "score" => agrees(
                &found.difference,
                found.difference.value,
                expected,
                RELATIVE,
                key,
            ),
            _ => all_agree(&found, expected, RELATIVE, key),
        }
    }
}

#[test]
fn weighted_means_agree_with_stacked_equations() {
    // The reference takes its slopes numerically.
    let relative = 1e-6;
    let cohort = Cohort::read();
    let columns = cohort.columns();
    for (key, weighting) in [
        ("att", Weighting::Propensity(Estimand::Treated)),
        ("ate", Weighting::Propensity(Estimand::Everybody)),
        ("overlap", Weighting::Propensity(Estimand::Overlap)),
        ("entropy", Weighting::Entropy),
    ] {
        for (set, name, clusters) in [
            ("score", "score", None),
            ("stable", "stable", None),
            (
                "score_by_authority",
                "score",
                Some(cohort.authorities.as_slice()),
            ),
        ] {
            let outcome = cohort.outcome(name);
            let arms = Arms {
                treated: &cohort.treated,
                outcome: &outcome,
                covariates: &columns,
                clusters,
            };
            let found = weighted(&arms, weighting, Confidence::default()).unwrap();
            all_agree(
                &found,
                &cohort.made["weighted"][set][key],
                relative,
                &format!("{set} {key}"),
            );
        }
    }
}

#[test]
fn aipw_agrees_with_its_definition() {
    let cohort = Cohort::read();
    let columns = cohort.columns();
    for (key, population) in [
        ("treated", Population::Treated),
        ("everybody", Population::Everybody),
    ] {
        for name in ["score", "stable"] {
            let outcome = cohort.outcome(name);
            let arms = Arms {
                treated: &cohort.treated,
                outcome: &outcome,
                covariates: &columns,
                clusters: None,
            };
            let found = doubly_robust(&arms, population, Confidence::default()).unwrap();
            let expected = numbers(&cohort.made["doubly_robust"][name][key]);
            close(found.mean_treated, expected[0], RELATIVE, name);
            close(found.mean_control, expected[1], RELATIVE, name);
            close(
                found.difference.standard_error.unwrap(),
                expected[2],
                RELATIVE,
                name,
            );
        }
    }
}

fn arms<'a>(treated: &'a [bool], outcome: &'a [f64], covariates: &'a [&'a [f64]]) -> Arms<'a> {
    Arms {
        treated,
        outcome,
        covariates,
        clusters: None,
    }
}

#[test]
fn without_covariates_all_methods_give_the_difference_of_means() {
    let treated = [true, true, true, false, false, false, false];
    let outcome = [4.0, 6.0, 8.0, 1.0, 2.0, 3.0, 4.0];
    let arms = arms(&treated, &outcome, &[]);
    let confidence = Confidence::default();
    let found = [
        unadjusted(&arms, confidence).unwrap(),
        standardised(&arms, &[1.0; 7], confidence).unwrap(),
        weighted(&arms, Weighting::Propensity(Estimand::Treated), confidence).unwrap(),
        doubly_robust(&arms, Population::Everybody, confidence).unwrap(),
    ];
    for found in found {
        close(found.difference.value, 3.5, 1e-12, "difference");
        close(found.mean_treated, 6.0, 1e-12, "treated");
        close(found.mean_control, 2.5, 1e-12, "control");
        assert!(found.ratio.is_none());
    }
    // CR2 with one subject a cluster is HC2, which here is Welch's.
    close(
        found[1].difference.standard_error.unwrap(),
        found[0].difference.standard_error.unwrap(),
        1e-12,
        "error",
    );
}

#[test]
fn what_data_cannot_carry_is_refused() {
    let confidence = Confidence::default();
    let x = [1.0, 2.0, 1.5, 2.5, 1.2, 2.2, 1.7, 2.7];
    let y = [0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0];
    let check = |treated: &[bool], x: &[f64], expected: StatsError| {
        let found = weighted(
            &arms(treated, &y, &[x]),
            Weighting::Propensity(Estimand::Treated),
            confidence,
        );
        assert!(expected.is_refusal());
        assert_eq!(found, Err(expected));
    };
    let one = [true, false, false, false, false, false, false, false];
    let lone = StatsError::ArmTooSmall {
        arm: "treated",
        n: 1,
        least: 2,
    };
    check(&one, &x, lone.clone());
    assert_eq!(
        unadjusted(&arms(&one, &y, &[]), confidence),
        Err(lone.clone())
    );
    assert_eq!(
        standardised(&arms(&one, &y, &[]), &[1.0; 8], confidence),
        Err(lone)
    );
    check(&[true; 8], &x, StatsError::OneArm);
    let half = [true, true, true, true, false, false, false, false];
    let small = StatsError::CellTooSmall {
        arm: "treated",
        which: "with",
        n: 2,
        least: 5,
    };
    check(&half, &x, small);
    let apart = [5.0, 6.0, 7.0, 8.0, 1.0, 2.0, 3.0, 4.0];
    let measured = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.5];
    let found = weighted(
        &arms(&half, &measured, &[&apart]),
        Weighting::Propensity(Estimand::Treated),
        confidence,
    );
    assert!(found.unwrap_err().is_refusal());
}

/// The matched difference of draws within a caliper of some values, in their own unit.
fn drawn_within(cohort: &Cohort, values: &[f64], width: f64) -> Result<Bootstrap, StatsError> {
    let (columns, outcome) = (cohort.columns(), cohort.outcome("score"));
    let limit = [CovariateCaliper {
        values,
        caliper: Caliper::Units(width),
    }];
    let options = BootstrapOptions {
        draws: 100,
        seed: 7,
        threads: NonZeroUsize::MIN,
        matching: Greedy {
            covariate_calipers: &limit,
            ..Greedy::default()
        },
        exact: None,
        adjust_for: &columns,
    };
    let arms = arms(&cohort.treated, &outcome, &columns);
    bootstrap_matched(&arms, &options, Confidence::default())
}

#[test]
fn every_draw_keeps_to_calipers_of_covariates() {
    let cohort = Cohort::read();
    let first = cohort.columns()[0];
    let wide = drawn_within(&cohort, first, 1e6).unwrap();
    let near = drawn_within(&cohort, first, 1.0).unwrap();
    assert_ne!(wide.value, near.value);
    assert_eq!(near.n_draws, 100);
    // Nobody is near anybody but the copies of itself, which are of one arm.
    let apart: Vec<f64> = (0..first.len()).map(|row| row as f64).collect();
    let nobody = drawn_within(&cohort, &apart, 0.5);
    assert_eq!(nobody, Err(StatsError::NoOverlap));
    let short = drawn_within(&cohort, &apart[1..], 0.5);
    assert!(
        matches!(short, Err(StatsError::UnequalLengths { .. })),
        "{short:?}"
    );
}

#[test]
fn bootstrap_draws_do_not_depend_on_threads() {
    let cohort = Cohort::read();
    let columns = cohort.columns();
    let outcome = cohort.outcome("score");
    let arms = arms(&cohort.treated, &outcome, &columns);
    let draw = |threads: usize, seed: u64| {
        let options = BootstrapOptions {
            draws: 200,
            seed,
            threads: NonZeroUsize::new(threads).unwrap(),
            matching: Greedy {
                caliper: None,
                ..Greedy::default()
            },
            exact: None,
            adjust_for: &columns,
        };
        bootstrap_matched(&arms, &options, Confidence::default()).unwrap()
    };
    let found = draw(1, 7);
    assert_eq!(found, draw(3, 7));
    assert_ne!(found, draw(1, 8));
    assert_eq!((found.n_draws, found.n_failed), (200, 0));
    // The regression within the comparators is that of the matched sample's comparator arm, but on
    // MatchIt's pairs the line is the score and not its logit: the samples differ a little.
    let robust = standardised(&arms, &cohort.weights, Confidence::default()).unwrap();
    let error = robust.difference.standard_error.unwrap();
    assert!((found.value - robust.difference.value).abs() < error);
    assert!(
        (0.5..2.0).contains(&(found.standard_error / error)),
        "{found:?}"
    );
    assert!(found.interval.lower < found.value && found.value < found.interval.upper);
    // Corrected ends are percentiles of the same draws, moved.
    let corrected = found.bias_corrected.unwrap();
    assert!(corrected.lower < found.value && found.value < corrected.upper);
    assert_ne!(corrected, found.interval);
    let moved = (corrected.lower - found.interval.lower).abs();
    assert!(moved < found.standard_error, "{found:?}");
}

/// Times until an event that come sooner with the outcome, a fifth of them and the longest not seen to the end.
fn times_of(cohort: &Cohort) -> FollowUp {
    let outcome = cohort.outcome("score");
    let most = outcome.iter().copied().fold(f64::MIN, f64::max);
    let times: Vec<f64> = outcome.iter().map(|y| 30.0 + 10.0 * (most - y)).collect();
    let longest = times.iter().copied().fold(0.0, f64::max);
    let seen = |row: usize| !row.is_multiple_of(5) && times[row] < 0.7 * longest;
    let events: Vec<bool> = (0..times.len()).map(seen).collect();
    FollowUp::new(&times, &events).unwrap()
}

#[test]
fn mean_times_of_the_matched_are_drawn_with_their_pairs() {
    let cohort = Cohort::read();
    let (columns, follow_up) = (cohort.columns(), times_of(&cohort));
    let nothing = vec![0.0; cohort.treated.len()];
    let arms = arms(&cohort.treated, &nothing, &columns);
    let confidence = Confidence::default();
    let draw = |threads: usize, horizon: f64| {
        let options = BootstrapOptions {
            draws: 300,
            seed: 11,
            threads: NonZeroUsize::new(threads).unwrap(),
            matching: Greedy::default(),
            exact: None,
            adjust_for: &[],
        };
        bootstrap_mean_times(&arms, (&follow_up, horizon), &options, confidence)
    };
    let horizon = 150.0;
    let found = draw(1, horizon).unwrap();
    assert_eq!(Ok(found.clone()), draw(2, horizon));
    // The same by its parts: score, pairs, the mean time of those matched in either arm.
    let score = propensity(&columns, &cohort.treated).unwrap();
    let keys: Vec<u64> = (0..).take(cohort.treated.len()).collect();
    let candidates = Candidates {
        treated: &cohort.treated,
        distance: &score.logits,
        keys: &keys,
        exact: None,
    };
    let matches = match_greedily(&candidates, &Greedy::default()).unwrap();
    let weights = matches.weights(keys.len());
    let mean = |arm: bool| {
        let counts = |row: usize| cohort.treated[row] == arm && weights[row] > 0.0;
        let own: Vec<f64> = (0..weights.len())
            .filter(|&row| counts(row))
            .map(|row| weights[row])
            .collect();
        weighted_restricted_mean(&follow_up.subset(counts), &own, horizon, confidence).unwrap()
    };
    let (treated, control) = (mean(true), mean(false));
    let expected = treated.value - control.value;
    assert!(
        (found.value - expected).abs() < 1e-9 * expected.abs(),
        "{found:?}"
    );
    // Draws spread about as far as the errors of either mean say.
    let error = treated.standard_error.hypot(control.standard_error);
    assert!(
        (0.6..1.6).contains(&(found.standard_error / error)),
        "{error} {found:?}"
    );
    assert!(found.bias_corrected.is_some());
    let beyond = draw(1, 1e6);
    assert!(
        matches!(beyond, Err(StatsError::Horizon { .. })),
        "{beyond:?}"
    );
}
