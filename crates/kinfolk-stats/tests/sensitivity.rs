//! Sensitivity against R's stats; `tests/reference/sensitivity.R` made the numbers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;

use kinfolk_stats::sensitivity::{
    Confounder, Estimate, Power, TwoArms, detectable_difference, if_confounded,
    power_of_difference, power_of_shares, rosenbaum_bound, rosenbaum_bound_yes_or_no,
    tipping_gamma,
};
use serde_json::Value;

const RELATIVE: f64 = 1e-8;

fn read() -> Value {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference/sensitivity.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn cases(method: &str) -> Vec<Value> {
    let cases = read()[method].as_array().unwrap().clone();
    assert!(!cases.is_empty(), "{method}");
    cases
}

fn number(case: &Value, key: &str) -> f64 {
    case[key].as_f64().unwrap()
}

#[track_caller]
fn close(found: f64, case: &Value, key: &str) {
    let expected = number(case, key);
    let bound = RELATIVE * expected.abs().max(1e-6);
    assert!(
        (found - expected).abs() <= bound,
        "{found} is not {expected}: {key} of {case}"
    );
}

fn differences() -> Vec<f64> {
    let made = read();
    made["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|x| x.as_f64().unwrap())
        .collect()
}

#[test]
fn bounds_of_the_signed_rank_test() {
    for case in cases("rosenbaum") {
        let found = rosenbaum_bound(&differences(), number(&case, "gamma"))
            .unwrap()
            .unwrap();
        close(found.p_lower, &case, "p_lower");
        close(found.p_upper, &case, "p_upper");
    }
    let found = tipping_gamma(&differences(), 0.05).unwrap().unwrap();
    close(found, &read(), "tipping");
}

#[test]
fn bounds_of_mcnemar_s_test() {
    for case in cases("mcnemar") {
        let count = |key: &str| case[key].as_u64().unwrap();
        let gamma = number(&case, "gamma");
        let found = rosenbaum_bound_yes_or_no(count("treated_only"), count("discordant"), gamma);
        let found = found.unwrap().unwrap();
        close(found.p_lower, &case, "p_lower");
        close(found.p_upper, &case, "p_upper");
    }
}

fn arms(case: &Value) -> TwoArms {
    TwoArms {
        treated: number(case, "n"),
        control: number(case, "n"),
        design_effect: 1.0,
    }
}

#[test]
fn power_agrees_with_r() {
    for case in cases("means") {
        let (difference, level) = (number(&case, "difference"), number(&case, "level"));
        close(
            power_of_difference(&arms(&case), difference, level).unwrap(),
            &case,
            "power",
        );
    }
    for case in cases("shares") {
        let (treated, control) = (number(&case, "treated"), number(&case, "control"));
        let found = power_of_shares(&arms(&case), treated, control, number(&case, "level"));
        close(found.unwrap(), &case, "power");
    }
    for case in cases("detectable") {
        let asked = Power {
            level: number(&case, "level"),
            power: number(&case, "power"),
        };
        close(
            detectable_difference(&arms(&case), &asked).unwrap(),
            &case,
            "difference",
        );
    }
}

/// A confounder that was left out and then put in: the formula gives what the regression gives.
#[test]
fn a_confounder_does_what_the_formula_says() {
    let made = read();
    let case = &made["regression"];
    let estimate = Estimate {
        value: number(case, "value"),
        standard_error: number(case, "standard_error"),
        degrees: number(case, "degrees"),
    };
    let confounder = Confounder {
        of_treatment: number(case, "z_of_treatment"),
        of_outcome: number(case, "z_of_outcome"),
    };
    let found = if_confounded(&estimate, &confounder).unwrap();
    close(found.value, case, "with_z");
    close(found.standard_error, case, "with_z_error");
}
