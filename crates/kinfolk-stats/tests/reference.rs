//! The methods against SciPy and statsmodels; `tests/reference/intervals.py` made the numbers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;

use kinfolk_stats::{
    Confidence, Estimated, Proportion, Sample, mean, median, paired_difference,
    paired_median_difference, quantile, wilson, wilson_clustered,
};
use serde_json::Value;

const RELATIVE: f64 = 1e-8;

fn cases(method: &str) -> Vec<Value> {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference/intervals.json");
    let text = std::fs::read_to_string(path).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    let cases = all[method].as_array().unwrap().clone();
    assert!(!cases.is_empty(), "{method}");
    cases
}

fn number(case: &Value, key: &str) -> f64 {
    case[key].as_f64().unwrap()
}

fn whole(case: &Value) -> u64 {
    case.as_u64().unwrap()
}

fn numbers(case: &Value, key: &str) -> Vec<f64> {
    let list = case[key].as_array().unwrap();
    list.iter().map(|value| value.as_f64().unwrap()).collect()
}

fn confidence(case: &Value) -> Confidence {
    Confidence::new(number(case, "level")).unwrap()
}

fn sample(case: &Value) -> Sample {
    Sample::new(numbers(case, "values")).unwrap()
}

#[track_caller]
fn close(found: f64, expected: f64, case: &Value) {
    let bound = RELATIVE * expected.abs().max(1e-6);
    assert!(
        (found - expected).abs() <= bound,
        "{found} is not {expected} in {case}"
    );
}

/// `limits` of a case are two numbers, or null where the sample allows none.
#[track_caller]
fn close_estimate(found: Estimated, value: &str, case: &Value) {
    close(found.value, number(case, value), case);
    let limits = [
        found.interval.map(|i| i.lower),
        found.interval.map(|i| i.upper),
    ];
    for (limit, expected) in limits.into_iter().zip(case["limits"].as_array().unwrap()) {
        assert_eq!(limit.is_some(), expected.is_number(), "{case}");
        if let (Some(limit), Some(expected)) = (limit, expected.as_f64()) {
            close(limit, expected, case);
        }
    }
}

#[test]
fn wilson_agrees_with_statsmodels() {
    for case in cases("wilson") {
        let (successes, trials) = (whole(&case["successes"]), whole(&case["trials"]));
        let proportion = Proportion::new(successes, trials).unwrap();
        let interval = wilson(proportion, confidence(&case))
            .unwrap()
            .interval
            .unwrap();
        close(interval.lower, case["limits"][0].as_f64().unwrap(), &case);
        close(interval.upper, case["limits"][1].as_f64().unwrap(), &case);
    }
}

#[test]
fn clustered_wilson_agrees_with_statsmodels() {
    for case in cases("wilson_cluster") {
        let clusters: Vec<Proportion> = case["clusters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| Proportion::new(whole(&pair[0]), whole(&pair[1])).unwrap())
            .collect();
        let found = wilson_clustered(&clusters, confidence(&case)).unwrap();
        close(found.share, number(&case, "value"), &case);
        close(
            found.design_effect.unwrap(),
            number(&case, "design_effect"),
            &case,
        );
        close(
            found.effective_trials,
            number(&case, "effective_trials"),
            &case,
        );
        close(found.interval.lower, number(&case, "lower"), &case);
        close(found.interval.upper, number(&case, "upper"), &case);
    }
}

#[test]
fn the_mean_agrees_with_statsmodels() {
    for case in cases("mean") {
        close_estimate(
            mean(&sample(&case), confidence(&case)).unwrap(),
            "mean",
            &case,
        );
    }
}

#[test]
fn the_paired_difference_agrees_with_scipy() {
    for case in cases("paired") {
        let (before, after) = (numbers(&case, "before"), numbers(&case, "after"));
        let found = paired_difference(&before, &after, confidence(&case)).unwrap();
        close_estimate(found.unwrap(), "mean", &case);
    }
}

#[test]
fn the_median_agrees_with_scipy() {
    for case in cases("median") {
        close_estimate(
            median(&sample(&case), confidence(&case)).unwrap(),
            "median",
            &case,
        );
    }
}

#[test]
fn the_paired_median_agrees_with_scipy() {
    let pairs = &cases("paired")[0];
    for case in cases("median")
        .iter()
        .filter(|case| case["name"] == "differences")
    {
        let (before, after) = (numbers(pairs, "before"), numbers(pairs, "after"));
        let found = paired_median_difference(&before, &after, confidence(case)).unwrap();
        close_estimate(found.unwrap(), "median", case);
    }
}

#[test]
fn quantiles_agree_with_numpy() {
    for case in cases("quantile") {
        let found = quantile(&sample(&case), number(&case, "probability"))
            .unwrap()
            .unwrap();
        close(found, number(&case, "quantile"), &case);
    }
}
