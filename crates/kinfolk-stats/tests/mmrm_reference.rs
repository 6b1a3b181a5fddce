//! The repeated-measures model against R; `tests/reference/mmrm.R` made the numbers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;

use kinfolk_stats::mmrm::{
    Covariance, DegreesMethod, Effect, Fit, Inference, Likelihood, Model, Panel, fit,
};
use serde_json::Value;

/// R finds the optimum, and the derivatives there, by numerical differences.
const OF_ESTIMATES: f64 = 1e-7;
const OF_DEGREES: f64 = 1e-5;
/// A deviance is flat at its optimum, so it is known best.
const OF_DEVIANCE: f64 = 1e-11;

fn reference() -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference/mmrm.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    list(value).iter().map(|v| v.as_f64().unwrap()).collect()
}

/// Rows of scores and of what else is known.
struct Rows(Vec<(Vec<Option<f64>>, Vec<f64>)>);

impl Rows {
    fn children(reference: &Value) -> Self {
        let children = &reference["children"];
        let rows = list(&children["scores"])
            .iter()
            .zip(list(&children["known"]));
        let scores = |row: &Value| list(row).iter().map(Value::as_f64).collect();
        Self(
            rows.map(|(row, known)| (scores(row), numbers(known)))
                .collect(),
        )
    }

    fn fev_data() -> Self {
        let path =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference/fev_data.csv");
        let text = std::fs::read_to_string(path).unwrap();
        let rows = text.lines().skip(1).map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let is = |cell: usize, value: &str| f64::from(u8::from(cells[cell] == value));
            let known = [
                is(1, "Black"),
                is(1, "White"),
                is(2, "Female"),
                is(3, "TRT"),
            ];
            let scores = cells[4..].iter().map(|cell| cell.parse().ok()).collect();
            (scores, known.to_vec())
        });
        Self(rows.collect())
    }

    /// The last covariates, as many as the model has.
    fn panel(&self, n_covariates: usize) -> Panel {
        let mut panel = Panel::with_covariates(self.0[0].0.len(), n_covariates);
        for (scores, known) in &self.0 {
            let used = &known[known.len() - n_covariates..];
            panel.push_with_covariates(scores, used).unwrap();
        }
        panel
    }
}

fn covariance(name: &Value) -> Covariance {
    match name.as_str().unwrap() {
        "unstructured" => Covariance::Unstructured,
        "heterogeneous_toeplitz" => Covariance::HeterogeneousToeplitz,
        "toeplitz" => Covariance::Toeplitz,
        "autoregressive" => Covariance::Autoregressive,
        _ => Covariance::CompoundSymmetry,
    }
}

fn degrees(name: &Value) -> DegreesMethod {
    match name.as_str().unwrap() {
        "satterthwaite" => DegreesMethod::Satterthwaite,
        "kenward_roger" => DegreesMethod::KenwardRoger,
        "kenward_roger_linear" => DegreesMethod::KenwardRogerLinear,
        _ => DegreesMethod::KenwardRogerExpected,
    }
}

fn effect(name: &Value) -> Effect {
    if name == "common" {
        Effect::Common
    } else {
        Effect::PerVisit
    }
}

fn fitted(rows: &Rows, case: &Value) -> Fit {
    let effects: Vec<Effect> = list(&case["effects"]).iter().map(effect).collect();
    let likelihood = if case["reml"] == true {
        Likelihood::Restricted
    } else {
        Likelihood::Full
    };
    let model = Model {
        means: effects[0],
        covariates: effects[1..].to_vec(),
        ladder: vec![covariance(&case["covariance"])],
        likelihood,
    };
    let panel = rows.panel(effects.len() - 1);
    fit(&panel, &model).unwrap().fit.unwrap()
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64, what: &str) {
    let bound = tolerance * expected.abs().max(1e-3);
    assert!(
        (found - expected).abs() <= bound,
        "{found} is not {expected}: {what}"
    );
}

#[test]
fn every_case_agrees_with_r() {
    let reference = reference();
    let (children, fev_data) = (Rows::children(&reference), Rows::fev_data());
    assert!(list(&reference["cases"]).len() > 10);
    for case in list(&reference["cases"]) {
        let what = format!("{} {} {}", case["data"], case["covariance"], case["reml"]);
        let rows = if case["data"] == "children" {
            &children
        } else {
            &fev_data
        };
        agrees(&fitted(rows, case), case, &what);
    }
}

fn agrees(fit: &Fit, case: &Value, what: &str) {
    close(
        fit.deviance(),
        case["deviance"].as_f64().unwrap(),
        OF_DEVIANCE,
        what,
    );
    for (row, values) in list(&case["between_visits"]).iter().enumerate() {
        for (column, value) in numbers(values).into_iter().enumerate() {
            let found = fit.covariance_between(row, column).unwrap();
            close(found, value, OF_ESTIMATES * 10.0, what);
        }
    }
    for (at, value) in numbers(&case["coefficients"]).into_iter().enumerate() {
        let found = fit.coefficient(at, Inference::default()).unwrap();
        close(found.value, value, OF_ESTIMATES, what);
    }
    for contrast in list(&case["contrasts"]) {
        for test in list(&contrast["tests"]) {
            let inference = Inference {
                degrees: degrees(&test["method"]),
                ..Inference::default()
            };
            let found = fit
                .contrast(&numbers(&contrast["weights"]), inference)
                .unwrap();
            let what = format!("{what} {}", test["method"]);
            let expected = |key: &str| test[key].as_f64().unwrap();
            close(
                found.value,
                contrast["value"].as_f64().unwrap(),
                OF_ESTIMATES,
                &what,
            );
            close(
                found.standard_error,
                expected("standard_error"),
                OF_ESTIMATES,
                &what,
            );
            close(
                found.degrees_of_freedom,
                expected("degrees"),
                OF_DEGREES,
                &what,
            );
            close(found.p_value, expected("p_value"), OF_DEGREES, &what);
        }
    }
}

/// lme4 stops a little before the optimum.
#[test]
fn compound_symmetry_agrees_with_pbkrtest() {
    let reference = reference();
    let children = Rows::children(&reference);
    let case = list(&reference["cases"])
        .iter()
        .find(|case| case["covariance"] == "compound_symmetry" && case["data"] == "children")
        .unwrap();
    let fit = fitted(&children, case);
    let inference = Inference {
        degrees: DegreesMethod::KenwardRogerExpected,
        ..Inference::default()
    };
    for (contrast, package) in list(&case["contrasts"])
        .iter()
        .zip(list(&reference["pbkrtest"]))
    {
        let weights = numbers(&contrast["weights"]);
        let found = fit.contrast(&weights, inference).unwrap();
        let package = numbers(package);
        close(found.standard_error, package[0], 1e-4, "pbkrtest");
        close(found.degrees_of_freedom, package[1], 1e-4, "pbkrtest");
    }
}
