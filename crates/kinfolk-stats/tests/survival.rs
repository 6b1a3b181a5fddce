//! Survival against R's survival and cmprsk; `tests/reference/survival.R` made the numbers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;

use kinfolk_stats::Confidence;
use kinfolk_stats::survival::{
    Band, Clock, CoxModel, Endings, FollowUp, IncidencePoint, Ties, WholeModelTest, cox,
    cumulative_incidence, gray, kaplan_meier, log_rank, proportional_hazards, restricted_mean,
};
use serde_json::Value;

const RELATIVE: f64 = 1e-8;

fn cases(method: &str) -> Vec<Value> {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference/survival.json");
    let text = std::fs::read_to_string(path).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    let cases = all[method].as_array().unwrap().clone();
    assert!(!cases.is_empty(), "{method}");
    cases
}

/// A single number is written without brackets.
fn listed(case: &Value, key: &str) -> Vec<Option<f64>> {
    match &case[key] {
        Value::Array(list) => list.iter().map(Value::as_f64).collect(),
        single => vec![single.as_f64()],
    }
}

fn numbers(case: &Value, key: &str) -> Vec<f64> {
    listed(case, key).into_iter().map(Option::unwrap).collect()
}

fn labels(case: &Value, key: &str) -> Option<Vec<u32>> {
    (!case[key].is_null()).then(|| {
        numbers(case, key)
            .into_iter()
            .map(|label| label as u32)
            .collect()
    })
}

fn follow_up(case: &Value) -> FollowUp {
    let times = numbers(case, "time");
    let events: Vec<bool> = numbers(case, "event")
        .iter()
        .map(|&event| event == 1.0)
        .collect();
    if case["entry"].is_null() {
        FollowUp::new(&times, &events).unwrap()
    } else {
        FollowUp::with_entries(&numbers(case, "entry"), &times, &events).unwrap()
    }
}

#[track_caller]
fn close(found: f64, expected: f64, what: &str) {
    close_within(found, expected, what, RELATIVE);
}

#[track_caller]
fn close_within(found: f64, expected: f64, what: &str, relative: f64) {
    let bound = relative * expected.abs().max(1e-6);
    assert!(
        (found - expected).abs() <= bound,
        "{found} is not {expected}: {what}"
    );
}

#[track_caller]
fn all_close(found: &[f64], case: &Value, key: &str) {
    all_close_within(found, case, key, RELATIVE);
}

#[track_caller]
fn all_close_within(found: &[f64], case: &Value, key: &str, relative: f64) {
    let expected = numbers(case, key);
    assert_eq!(found.len(), expected.len(), "{key} of {}", case["name"]);
    for (&found, expected) in found.iter().zip(expected) {
        let what = format!("{key} of {}", case["name"]);
        close_within(found, expected, &what, relative);
    }
}

#[track_caller]
fn all_close_where_known(found: &[Option<f64>], case: &Value, key: &str) {
    let expected = listed(case, key);
    assert_eq!(found.len(), expected.len(), "{key} of {}", case["name"]);
    for (at, (&found, expected)) in found.iter().zip(expected).enumerate() {
        let what = format!("{key} of {} at {at}", case["name"]);
        assert_eq!(found.is_some(), expected.is_some(), "{what}");
        if let (Some(found), Some(expected)) = (found, expected) {
            close(found, expected, &what);
        }
    }
}

fn band(case: &Value) -> Band {
    match case["band"].as_str().unwrap() {
        "log-log" => Band::LogLog,
        "log" => Band::Log,
        _ => Band::Plain,
    }
}

#[test]
fn kaplan_meier_agrees_with_survfit() {
    for case in cases("kaplan_meier") {
        let confidence = Confidence::new(case["level"].as_f64().unwrap()).unwrap();
        let curve = kaplan_meier(&follow_up(&case), band(&case), confidence).unwrap();
        let points = curve.points();
        let column = |pick: fn(&kinfolk_stats::survival::CurvePoint) -> f64| {
            points.iter().map(pick).collect::<Vec<f64>>()
        };
        all_close(&column(|point| point.time), &case, "times");
        all_close(&column(|point| point.at_risk as f64), &case, "at_risk");
        all_close(&column(|point| point.events as f64), &case, "events");
        all_close(&column(|point| point.censored as f64), &case, "censored");
        all_close(&column(|point| point.survival), &case, "survival");
        let errors: Vec<_> = points.iter().map(|point| point.standard_error).collect();
        all_close_where_known(&errors, &case, "standard_error");
        let lower: Vec<_> = points
            .iter()
            .map(|point| point.interval.map(|i| i.lower))
            .collect();
        let upper: Vec<_> = points
            .iter()
            .map(|point| point.interval.map(|i| i.upper))
            .collect();
        all_close_where_known(&lower, &case, "lower");
        all_close_where_known(&upper, &case, "upper");
        let probabilities = numbers(&case, "probabilities");
        let quantiles: Vec<_> = probabilities
            .iter()
            .map(|&p| curve.quantile(p).unwrap())
            .collect();
        let part = |pick: fn(&kinfolk_stats::survival::CurveQuantile) -> Option<f64>| {
            quantiles.iter().map(pick).collect::<Vec<_>>()
        };
        all_close_where_known(&part(|q| q.time), &case, "quantile");
        all_close_where_known(&part(|q| q.lower), &case, "quantile_lower");
        all_close_where_known(&part(|q| q.upper), &case, "quantile_upper");
    }
}

#[test]
fn log_rank_agrees_with_survdiff() {
    for case in cases("log_rank") {
        let groups = labels(&case, "group").unwrap();
        let strata = labels(&case, "stratum");
        let rho = case["rho"].as_f64().unwrap();
        let found = log_rank(&follow_up(&case), &groups, strata.as_deref(), rho).unwrap();
        let observed: Vec<f64> = found.groups.iter().map(|group| group.observed).collect();
        let expected: Vec<f64> = found.groups.iter().map(|group| group.expected).collect();
        all_close(&observed, &case, "observed");
        all_close(&expected, &case, "expected");
        all_close(&[found.chi_square], &case, "chi_square");
        all_close(&[found.degrees as f64], &case, "degrees");
        all_close(&[found.p_value], &case, "p");
    }
}

/// What a regression case is fitted to.
struct CoxCase {
    follow_up: FollowUp,
    covariates: Vec<Vec<f64>>,
    strata: Option<Vec<u32>>,
    clusters: Option<Vec<u32>>,
    weights: Option<Vec<f64>>,
    ties: Ties,
}

impl CoxCase {
    fn new(case: &Value) -> Self {
        let columns = case["covariates"].as_array().unwrap();
        let column = |column: &Value| {
            column
                .as_array()
                .unwrap()
                .iter()
                .map(|x| x.as_f64().unwrap())
                .collect()
        };
        Self {
            follow_up: follow_up(case),
            covariates: columns.iter().map(column).collect(),
            strata: labels(case, "stratum"),
            clusters: labels(case, "cluster"),
            weights: (!case["weight"].is_null()).then(|| numbers(case, "weight")),
            ties: match case["ties"].as_str().unwrap() {
                "efron" => Ties::Efron,
                _ => Ties::Breslow,
            },
        }
    }

    fn with<T>(&self, run: impl FnOnce(&CoxModel) -> T) -> T {
        let columns: Vec<&[f64]> = self.covariates.iter().map(Vec::as_slice).collect();
        run(&CoxModel {
            follow_up: &self.follow_up,
            covariates: &columns,
            strata: self.strata.as_deref(),
            clusters: self.clusters.as_deref(),
            weights: self.weights.as_deref(),
            ties: self.ties,
        })
    }
}

#[test]
fn cox_agrees_with_coxph() {
    for case in cases("cox") {
        let found = CoxCase::new(&case).with(cox).unwrap();
        all_close(&found.coefficients, &case, "coefficients");
        all_close(&found.standard_errors, &case, "standard_errors");
        assert_eq!(
            found.robust_errors.is_some(),
            !case["robust_errors"].is_null()
        );
        if let Some(robust) = &found.robust_errors {
            all_close(robust, &case, "robust_errors");
            all_close(
                &[found.robust_score.unwrap().chi_square],
                &case,
                "robust_score",
            );
        }
        all_close(
            &[found.log_likelihood_null, found.log_likelihood],
            &case,
            "log_likelihood",
        );
        all_close(
            &[found.likelihood_ratio.chi_square],
            &case,
            "likelihood_ratio",
        );
        all_close(&[found.wald.chi_square], &case, "wald");
        all_close(&[found.score.chi_square], &case, "score");
    }
}

#[test]
fn proportional_hazards_agree_with_cox_zph() {
    for case in cases("cox") {
        for (clock, key) in [
            (Clock::KaplanMeier, "proportional_km"),
            (Clock::Identity, "proportional_identity"),
            (Clock::Log, "proportional_log"),
        ] {
            if case[key].is_null() {
                continue;
            }
            let found = CoxCase::new(&case)
                .with(|model| proportional_hazards(model, &cox(model).unwrap(), clock).unwrap());
            let tests = found.covariates.iter().chain([&found.global]);
            // R solves for coefficients and drift at once, which costs it digits.
            all_close_within(
                &tests.map(|test| test.chi_square).collect::<Vec<_>>(),
                &case,
                key,
                1e-8,
            );
        }
    }
}

fn endings(case: &Value) -> Endings {
    Endings::new(&numbers(case, "time"), &labels(case, "cause").unwrap()).unwrap()
}

#[test]
fn cumulative_incidence_agrees_with_survfit() {
    for case in cases("incidence") {
        for (cause, share, error) in [(1, "first", "first_error"), (2, "second", "second_error")] {
            let found =
                cumulative_incidence(&endings(&case), cause, Band::Log, Confidence::default())
                    .unwrap();
            let points = found.points();
            let column =
                |pick: fn(&IncidencePoint) -> f64| points.iter().map(pick).collect::<Vec<f64>>();
            all_close(&column(|point| point.time), &case, "times");
            all_close(&column(|point| point.at_risk as f64), &case, "at_risk");
            all_close(&column(|point| point.incidence), &case, share);
            all_close(&column(|point| point.standard_error), &case, error);
        }
    }
}

#[test]
fn gray_agrees_with_cuminc() {
    for case in cases("gray") {
        let groups = labels(&case, "group").unwrap();
        let strata = labels(&case, "stratum");
        let rho = case["rho"].as_f64().unwrap();
        let tests: Vec<WholeModelTest> = [1, 2]
            .iter()
            .map(|&cause| gray(&endings(&case), cause, &groups, strata.as_deref(), rho).unwrap())
            .collect();
        let column =
            |pick: fn(&WholeModelTest) -> f64| tests.iter().map(pick).collect::<Vec<f64>>();
        all_close(&column(|test| test.chi_square), &case, "chi_square");
        all_close(&column(|test| test.degrees as f64), &case, "degrees");
        all_close(&column(|test| test.p_value), &case, "p");
    }
}

#[test]
fn restricted_means_agree_with_survfit() {
    for case in cases("restricted_mean") {
        let horizon = case["horizon"].as_f64().unwrap();
        let found = restricted_mean(&follow_up(&case), horizon, Confidence::default()).unwrap();
        all_close(&[found.value], &case, "mean");
        all_close(&[found.standard_error], &case, "standard_error");
    }
}
