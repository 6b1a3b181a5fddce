//! Intraclass correlations against R's psych: `tests/reference/intraclass.R`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use kinfolk_stats::{Confidence, Estimated, Raters, intraclass_correlation};
use serde_json::Value;

const MODELS: [Raters; 3] = [Raters::OfEachTarget, Raters::DrawnFromMany, Raters::Fixed];

fn cases() -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference/intraclass.json");
    let text = std::fs::read_to_string(path).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    file["cases"].as_array().unwrap().clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    let values = value.as_array().unwrap();
    values.iter().map(|value| value.as_f64().unwrap()).collect()
}

fn close(found: f64, expected: f64, what: &str) {
    let gap = (found - expected).abs() / expected.abs().max(1.0);
    assert!(gap < 1e-8, "{what}: {found} is not {expected}");
}

#[test]
fn correlations_and_their_intervals_agree_with_psych() {
    for case in cases() {
        let rows: Vec<Vec<f64>> = case["ratings"]
            .as_array()
            .unwrap()
            .iter()
            .map(numbers)
            .collect();
        let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
        let confidence = Confidence::new(case["level"].as_f64().unwrap()).unwrap();
        let [icc, lower, upper] = ["icc", "lower", "upper"].map(|part| numbers(&case[part]));
        for (at, raters) in MODELS.into_iter().enumerate() {
            let what = format!("{} {raters:?}", case["name"]);
            let found = intraclass_correlation(&rows, raters, confidence)
                .unwrap()
                .unwrap();
            let agrees = |found: Estimated, at: usize| {
                let ends = found.interval.unwrap();
                close(found.value, icc[at], &what);
                close(ends.lower, lower[at], &what);
                close(ends.upper, upper[at], &what);
            };
            agrees(found.single, at);
            agrees(found.average, at + 3);
            if raters == Raters::Fixed {
                close(found.average.value, case["alpha"].as_f64().unwrap(), &what);
            }
        }
    }
}
