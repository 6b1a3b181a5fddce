//! Matching and weighting against R's MatchIt and against SciPy; `tests/reference/matching.R` and
//! `matching.py` made the numbers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::PathBuf;

use kinfolk_stats::matching::{
    Bins, Caliper, Candidates, CovariateBalance, CovariateCaliper, Denominator, Greedy, Order,
    balance_entropy, coarsen, compare_balance, match_greedily, match_optimally, match_within_cells,
    propensity,
};
use serde_json::Value;

const RELATIVE: f64 = 1e-8;
const COVARIATES: [&str; 4] = ["age", "difficulties", "sex", "moves"];

fn read(name: &str) -> Value {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference");
    serde_json::from_str(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|x| x.as_f64().unwrap())
        .collect()
}

#[track_caller]
fn close(found: f64, expected: f64, what: &str) {
    let bound = RELATIVE * expected.abs().max(1e-6);
    assert!(
        (found - expected).abs() <= bound,
        "{found} is not {expected}: {what}"
    );
}

#[track_caller]
fn all_close(found: &[f64], expected: &Value, what: &str) {
    let expected = numbers(expected);
    assert_eq!(found.len(), expected.len(), "{what}");
    for (&found, expected) in found.iter().zip(expected) {
        close(found, expected, what);
    }
}

/// The made-up children of both arms.
struct Cohort {
    treated: Vec<bool>,
    covariates: Vec<Vec<f64>>,
    authorities: Vec<u32>,
    keys: Vec<u64>,
}

impl Cohort {
    fn new(made: &Value) -> Self {
        let column = |name: &str| numbers(&made["cohort"][name]);
        let treated: Vec<bool> = column("treated").iter().map(|&x| x == 1.0).collect();
        Self {
            keys: (0..treated.len() as u64).collect(),
            treated,
            covariates: COVARIATES.map(column).to_vec(),
            authorities: column("authority").iter().map(|&x| x as u32).collect(),
        }
    }

    fn columns(&self) -> Vec<&[f64]> {
        self.covariates.iter().map(Vec::as_slice).collect()
    }

    fn column(&self, name: &str) -> &[f64] {
        &self.covariates[COVARIATES.iter().position(|other| *other == name).unwrap()]
    }

    fn candidates<'a>(&'a self, distance: &'a [f64], within: bool) -> Candidates<'a> {
        Candidates {
            treated: &self.treated,
            distance,
            keys: &self.keys,
            exact: within.then_some(&self.authorities),
        }
    }
}

#[test]
fn propensity_agrees_with_glm() {
    let made = read("matching.json");
    let cohort = Cohort::new(&made);
    let found = propensity(&cohort.columns(), &cohort.treated).unwrap();
    let expected = &made["propensity"];
    all_close(
        &found.coefficients,
        &expected["coefficients"],
        "coefficients",
    );
    all_close(&found.scores, &expected["scores"], "scores");
    all_close(&found.logits, &expected["logits"], "logits");
    close(
        found.deviance,
        expected["deviance"].as_f64().unwrap(),
        "deviance",
    );
}

#[track_caller]
fn balance_agrees(cohort: &Cohort, weights: &[f64], expected: &Value, sizes: &Value, what: &str) {
    let found = compare_balance(
        &cohort.columns(),
        &cohort.treated,
        weights,
        Denominator::Treated,
    )
    .unwrap();
    for (found, expected) in found.covariates.iter().zip(expected.as_array().unwrap()) {
        covariate_agrees(found, expected, what);
    }
    // MatchIt's rows: effective and plain size of the comparators and the treated.
    close(found.control.effective, sizes[0][0].as_f64().unwrap(), what);
    close(found.treated.effective, sizes[0][1].as_f64().unwrap(), what);
    assert_eq!(
        found.control.n as f64,
        sizes[1][0].as_f64().unwrap(),
        "{what}"
    );
    assert_eq!(
        found.treated.n as f64,
        sizes[1][1].as_f64().unwrap(),
        "{what}"
    );
}

#[track_caller]
fn covariate_agrees(found: &CovariateBalance, expected: &Value, what: &str) {
    let expected_at = |index: usize| expected[index].as_f64();
    close(found.mean_treated, expected_at(0).unwrap(), what);
    close(found.mean_control, expected_at(1).unwrap(), what);
    close(
        found.standardised_difference.unwrap(),
        expected_at(2).unwrap(),
        what,
    );
    assert_eq!(
        found.variance_ratio.is_some(),
        expected_at(3).is_some(),
        "{what}"
    );
    if let (Some(found), Some(expected)) = (found.variance_ratio, expected_at(3)) {
        close(found, expected, what);
    }
    close(found.distribution_mean, expected_at(4).unwrap(), what);
    close(found.distribution_max, expected_at(5).unwrap(), what);
}

#[test]
fn greedy_matching_agrees_with_matchit() {
    let made = read("matching.json");
    let cohort = Cohort::new(&made);
    for case in made["greedy"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let distance = numbers(match case["scale"].as_str().unwrap() {
            "logit" => &made["propensity"]["logits"],
            _ => &made["propensity"]["scores"],
        });
        let limits: Vec<CovariateCaliper> = case["limits"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(covariate, width)| CovariateCaliper {
                values: cohort.column(covariate),
                caliper: match case["own_unit"] == true {
                    true => Caliper::Units(width.as_f64().unwrap()),
                    false => Caliper::StandardDeviations(width.as_f64().unwrap()),
                },
            })
            .collect();
        let how = Greedy {
            order: match case["order"].as_str().unwrap() {
                "largest" => Order::Largest,
                "smallest" => Order::Smallest,
                _ => Order::Rows,
            },
            ratio: case["ratio"].as_u64().unwrap() as usize,
            caliper: case["caliper"].as_f64().map(Caliper::StandardDeviations),
            covariate_calipers: &limits,
        };
        let candidates = cohort.candidates(&distance, case["exact"].is_string());
        let found = match_greedily(&candidates, &how).unwrap();
        let mut pairs: Vec<Vec<f64>> = found
            .pairs
            .iter()
            .map(|pair| vec![pair.treated as f64, pair.control as f64])
            .collect();
        let mut expected: Vec<Vec<f64>> = case["pairs"]
            .as_array()
            .unwrap()
            .iter()
            .map(numbers)
            .collect();
        pairs.sort_by(|a, b| a.partial_cmp(b).unwrap());
        expected.sort_by(|a, b| a.partial_cmp(b).unwrap());
        assert_eq!(pairs, expected, "{name}");
        let weights = found.weights(cohort.treated.len());
        all_close(&weights, &case["weights"], name);
        let (balance, sizes) = (&case["balance"], &case["balance"]["sizes"]);
        balance_agrees(
            &cohort,
            &weights,
            &balance["matched"],
            &serde_json::json!([sizes[2], sizes[3]]),
            name,
        );
        let even = vec![1.0; weights.len()];
        balance_agrees(
            &cohort,
            &even,
            &balance["all"],
            &serde_json::json!([sizes[0], sizes[1]]),
            name,
        );
    }
}

#[test]
fn matching_within_cells_agrees_with_matchit() {
    let made = read("matching.json");
    let cohort = Cohort::new(&made);
    for case in made["cells"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let bins = |covariate: &str| match case["cutpoints"][covariate].as_u64() {
            Some(count) => Bins::Count(count as usize),
            None => Bins::Sturges,
        };
        let coarse = COVARIATES.map(|name| coarsen(cohort.column(name), bins(name)).unwrap());
        let columns: Vec<&[u32]> = coarse.iter().map(Vec::as_slice).collect();
        let found = match_within_cells(&cohort.treated, &columns).unwrap();
        assert_eq!(
            found.n_cells as u64,
            case["n_cells"].as_u64().unwrap(),
            "{name}"
        );
        all_close(&found.weights, &case["weights"], name);
        let (balance, sizes) = (&case["balance"], &case["balance"]["sizes"]);
        balance_agrees(
            &cohort,
            &found.weights,
            &balance["matched"],
            &serde_json::json!([sizes[2], sizes[3]]),
            name,
        );
    }
}

#[test]
fn optimal_pairs_agree_with_an_assignment() {
    let made = read("matching.json");
    let cohort = Cohort::new(&made);
    let logits = numbers(&made["propensity"]["logits"]);
    for case in read("matching_scipy.json")["optimal"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let candidates = cohort.candidates(&logits, case["exact"].as_bool().unwrap());
        let caliper = case["caliper"].as_f64().map(Caliper::StandardDeviations);
        let found = match_optimally(&candidates, caliper).unwrap();
        assert_eq!(
            found.pairs.len() as u64,
            case["n_pairs"].as_u64().unwrap(),
            "{name}"
        );
        let total = found.pairs.iter().map(|pair| pair.distance).sum();
        close(total, case["total"].as_f64().unwrap(), name);
    }
}

#[test]
fn entropy_weights_agree_with_the_dual_solved_by_scipy() {
    let made = read("matching.json");
    let cohort = Cohort::new(&made);
    let weights = balance_entropy(&cohort.columns(), &cohort.treated).unwrap();
    let controls: Vec<f64> = (0..weights.len())
        .filter(|&row| !cohort.treated[row])
        .map(|row| weights[row])
        .collect();
    all_close(
        &controls,
        &read("matching_scipy.json")["entropy"],
        "entropy",
    );
    let found = compare_balance(
        &cohort.columns(),
        &cohort.treated,
        &weights,
        Denominator::Treated,
    )
    .unwrap();
    for covariate in found.covariates {
        assert!((covariate.mean_treated - covariate.mean_control).abs() < 1e-9);
    }
}
