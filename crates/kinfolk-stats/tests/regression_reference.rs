//! Regressions and meta-analysis against R; `tests/reference/regression.R` made the numbers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;

use kinfolk_stats::regression::{Errors, LogisticErrors, Penalty, Rows, least_squares, logistic};
use kinfolk_stats::{Confidence, Contrast, HartungKnapp, pool_effects, pool_leaving_one_out};
use serde_json::Value;

const RELATIVE: f64 = 1e-8;
/// metafor and brglm stop at steps of their own.
const OF_SEARCHES: f64 = 1e-7;
/// clubSandwich takes covariates as they come, pounds beside an intercept, and loses digits.
const OF_DEGREES: f64 = 1e-7;

fn reference() -> Value {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference/regression.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn cases<'a>(reference: &'a Value, method: &str) -> &'a [Value] {
    let cases = reference[method].as_array().unwrap();
    assert!(!cases.is_empty(), "{method}");
    cases
}

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().unwrap();
    list.iter().map(|v| v.as_f64().unwrap()).collect()
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64, what: &str) {
    let bound = tolerance * expected.abs().max(1e-6);
    assert!(
        (found - expected).abs() <= bound,
        "{found} is not {expected}: {what}"
    );
}

fn columns(case: &Value) -> Vec<Vec<f64>> {
    case["covariates"]
        .as_array()
        .unwrap()
        .iter()
        .map(numbers)
        .collect()
}

fn with_rows<T>(reference: &Value, case: &Value, outcome: &str, run: impl Fn(&Rows) -> T) -> T {
    let outcome = numbers(&reference["rows"][outcome]);
    let labels = numbers(&reference["rows"]["authority"]);
    let labels: Vec<usize> = labels.into_iter().map(|label| label as usize).collect();
    let columns = columns(case);
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let weights = case["weights"]
        .as_array()
        .map(|_| numbers(&case["weights"]));
    run(&Rows {
        outcome: &outcome,
        covariates: &columns,
        weights: weights.as_deref(),
        clusters: Some(&labels),
    })
}

#[test]
fn least_squares_agrees_with_lm_sandwich_and_club_sandwich() {
    let all = [
        (Errors::Classical, "classical"),
        (Errors::Hc0, "hc0"),
        (Errors::Hc1, "hc1"),
        (Errors::Hc2, "hc2"),
        (Errors::Hc3, "hc3"),
        (Errors::Cr0, "cr0"),
        (Errors::Cr1, "cr1"),
        (Errors::Cr1s, "cr1s"),
        (Errors::Cr2, "cr2"),
    ];
    let reference = reference();
    for case in cases(&reference, "linear") {
        let fit = with_rows(&reference, case, "after", |rows| {
            least_squares(rows).unwrap()
        });
        for (at, value) in numbers(&case["coefficients"]).into_iter().enumerate() {
            for (errors, key) in all {
                let what = format!("{} {key} {at}", case["label"]);
                let found = fit.coefficient(at, errors, Confidence::default()).unwrap();
                close(found.value, value, RELATIVE, &what);
                let expected = numbers(&case["errors"][key])[at];
                close(found.standard_error, expected, RELATIVE, &what);
            }
            let cr2 = fit
                .coefficient(at, Errors::Cr2, Confidence::default())
                .unwrap();
            let degrees = numbers(&case["cr2_degrees"])[at];
            close(
                cr2.degrees_of_freedom,
                degrees,
                OF_DEGREES,
                &format!("{} {at}", case["label"]),
            );
        }
    }
}

#[test]
fn logistic_regression_agrees_with_glm_and_sandwich() {
    let all = [
        (LogisticErrors::Model, "model"),
        (LogisticErrors::Hc0, "hc0"),
        (LogisticErrors::Cr0, "cr0"),
        (LogisticErrors::Cr1, "cr1"),
    ];
    let reference = reference();
    for case in cases(&reference, "logistic") {
        let fit = with_rows(&reference, case, "stable", |rows| {
            logistic(rows, Penalty::FirthIfSeparated).unwrap()
        });
        assert!(!fit.is_penalised());
        if let Some(expected) = case["log_likelihood"].as_f64() {
            close(fit.log_likelihood(), expected, RELATIVE, "log-likelihood");
        }
        let weight_scale = mean_weight(case).sqrt();
        for (at, value) in numbers(&case["coefficients"]).into_iter().enumerate() {
            for (errors, key) in all {
                let what = format!("{} {key} {at}", case["label"]);
                let found = fit.coefficient(at, errors, Confidence::default()).unwrap();
                close(found.value, value, RELATIVE, &what);
                // R takes weights of a likelihood for counts, kinfolk for shares of the rows.
                let scale = if key == "model" { weight_scale } else { 1.0 };
                let expected = numbers(&case["errors"][key])[at] * scale;
                close(found.standard_error, expected, RELATIVE, &what);
            }
        }
    }
}

fn mean_weight(case: &Value) -> f64 {
    case["weights"].as_array().map_or(1.0, |weights| {
        numbers(&case["weights"]).iter().sum::<f64>() / weights.len() as f64
    })
}

#[test]
fn firths_penalty_agrees_with_brglm() {
    let reference = reference();
    for case in cases(&reference, "firth") {
        let (outcome, columns) = (numbers(&case["outcome"]), columns(case));
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let rows = Rows::new(&outcome, &columns);
        let fit = logistic(&rows, Penalty::Firth).unwrap();
        let separated = case["label"] == "separated";
        assert_eq!(logistic(&rows, Penalty::None).is_err(), separated);
        let fallback = logistic(&rows, Penalty::FirthIfSeparated).unwrap();
        assert_eq!(fallback.is_penalised(), separated);
        let expected = numbers(&case["coefficients"])
            .into_iter()
            .zip(numbers(&case["errors"]));
        for (at, (value, error)) in expected.enumerate() {
            let found = fit
                .coefficient(at, LogisticErrors::Model, Confidence::default())
                .unwrap();
            close(found.value, value, OF_SEARCHES, "brglm");
            close(found.standard_error, error, OF_SEARCHES, "brglm");
        }
    }
}

#[test]
fn pooled_effects_agree_with_metafor() {
    let reference = reference();
    for case in cases(&reference, "meta_analysis") {
        let what = case["label"].to_string();
        let (effects, variances) = (numbers(&case["effects"]), numbers(&case["variances"]));
        let pooled = |rule| {
            pool_effects(&effects, &variances, rule, Confidence::default())
                .unwrap()
                .unwrap()
        };
        let found = pooled(HartungKnapp::AsItIs);
        let near = |found: f64, expected: &Value| {
            close(found, expected.as_f64().unwrap(), OF_SEARCHES, &what);
        };
        near(found.tau_squared, &case["tau_squared"]);
        near(found.q, &case["q"]);
        near(found.q_p_value, &case["q_p_value"]);
        near(found.i_squared, &case["i_squared"]);
        near(found.common.unwrap().value, &case["common"]["value"]);
        near(
            found.common.unwrap().standard_error,
            &case["common"]["standard_error"],
        );
        near(
            found.average_normal.unwrap().value,
            &case["normal"]["value"],
        );
        limits_agree(found.average_normal.unwrap(), &case["normal"], &what);
        limits_agree(found.average.unwrap(), &case["as_it_is"], &what);
        near(found.average.unwrap().p_value, &case["as_it_is"]["p_value"]);
        near(found.prediction.unwrap().lower, &case["prediction"][0]);
        near(found.prediction.unwrap().upper, &case["prediction"][1]);
        let cautious = pooled(HartungKnapp::NeverNarrower).average.unwrap();
        limits_agree(cautious, &case["never_narrower"], &what);
        let left_out = pool_leaving_one_out(
            &effects,
            &variances,
            HartungKnapp::AsItIs,
            Confidence::default(),
        )
        .unwrap();
        for (found, expected) in left_out.iter().zip(case["left_out"].as_array().unwrap()) {
            if expected.is_number() {
                near(found.unwrap().average_normal.unwrap().value, expected);
            }
        }
    }
}

fn limits_agree(found: Contrast, expected: &Value, what: &str) {
    let number = |value: &Value| value.as_f64().unwrap();
    close(
        found.standard_error,
        number(&expected["standard_error"]),
        OF_SEARCHES,
        what,
    );
    close(
        found.interval.lower,
        number(&expected["limits"][0]),
        OF_SEARCHES,
        what,
    );
    close(
        found.interval.upper,
        number(&expected["limits"][1]),
        OF_SEARCHES,
        what,
    );
}

/// The thirteen trials of the BCG vaccine, as reviews print them.
#[test]
fn the_bcg_trials_give_the_published_figures() {
    let reference = reference();
    let case = &cases(&reference, "meta_analysis")[0];
    let (effects, variances) = (numbers(&case["effects"]), numbers(&case["variances"]));
    let found = pool_effects(
        &effects,
        &variances,
        HartungKnapp::AsItIs,
        Confidence::default(),
    )
    .unwrap()
    .unwrap();
    let to = |found: f64, expected: f64, digits: i32| {
        let bound = 0.5001 * 10.0_f64.powi(-digits);
        assert!(
            (found - expected).abs() < bound,
            "{found} is not {expected}"
        );
    };
    to(found.q, 152.233_008, 6);
    to(found.tau_squared, 0.313_243, 6);
    to(100.0 * found.i_squared, 92.22, 2);
    let [common, normal, average] =
        [found.common, found.average_normal, found.average].map(Option::unwrap);
    to(common.value, -0.430_285, 6);
    to(common.standard_error, 0.040_499, 6);
    to(normal.value, -0.714_532, 6);
    to(normal.standard_error, 0.179_782, 6);
    to(normal.interval.lower, -1.0669, 4);
    to(normal.interval.upper, -0.3622, 4);
    to(average.standard_error, 0.180_792, 6);
    to(average.interval.lower, -1.1084, 4);
    to(average.interval.upper, -0.3206, 4);
    to(found.prediction.unwrap().lower.exp(), 0.1359, 4);
    to(found.prediction.unwrap().upper.exp(), 1.7629, 4);
}
