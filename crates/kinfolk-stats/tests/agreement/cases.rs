//! Cases that a script in `tests/reference` has written.

use std::path::Path;

use kinfolk_stats::Confidence;
use serde_json::Value;

const RELATIVE: f64 = 1e-8;

/// The cases of one method in one file.
pub(crate) fn cases(file: &str, method: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference");
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    let cases = all[method].as_array().unwrap().clone();
    assert!(!cases.is_empty(), "{method}");
    cases
}

pub(crate) fn number(case: &Value, key: &str) -> f64 {
    case[key].as_f64().unwrap()
}

pub(crate) fn whole(case: &Value, key: &str) -> u64 {
    case[key].as_u64().unwrap()
}

pub(crate) fn numbers(case: &Value, key: &str) -> Vec<f64> {
    let list = case[key].as_array().unwrap();
    list.iter().map(|value| value.as_f64().unwrap()).collect()
}

pub(crate) fn level(case: &Value) -> Confidence {
    Confidence::new(number(case, "level")).unwrap()
}

/// Every expected number is among those found and agrees with it.
#[track_caller]
pub(crate) fn agree(case: &Value, found: &[(&str, f64)]) {
    let expected = case["expected"].as_object().unwrap();
    for (name, expected) in expected {
        let (_, found) = found.iter().find(|(key, _)| key == name).unwrap();
        let expected = expected.as_f64().unwrap();
        // Below 1e-12 only the size of a number can matter.
        assert!(
            (found - expected).abs() <= RELATIVE * expected.abs().max(1e-12),
            "{name}: {found} is not {expected} in {case}"
        );
    }
}
