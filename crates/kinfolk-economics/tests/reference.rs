//! Cases computed by other software; `tests/reference/value.py` writes them.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::fs;
use std::path::{Path, PathBuf};

use kinfolk_economics::{
    AtThreshold, OptionMeans, Options, Standing, acceptability, frontier, partial_information,
    single_cut_information,
};
use kinfolk_stats::Distribution;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn reference() -> Value {
    let text = fs::read_to_string(root().join("tests/reference/value.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().unwrap().iter();
    list.map(|number| number.as_f64().unwrap()).collect()
}

fn lists(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().unwrap().iter().map(numbers).collect()
}

#[track_caller]
fn close(found: f64, expected: f64) {
    let scale = expected.abs().max(1.0);
    assert!(
        (found - expected).abs() <= 1e-8 * scale,
        "{found} is not {expected}"
    );
}

fn check_thresholds(found: &[AtThreshold], expected: &[Value]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        for (share, wanted) in found
            .probability_best
            .iter()
            .zip(numbers(&expected["probability_best"]))
        {
            close(*share, wanted);
        }
        for (net, wanted) in found
            .mean_net_benefit
            .iter()
            .zip(numbers(&expected["mean_net_benefit"]))
        {
            close(*net, wanted);
        }
        assert_eq!(found.best as u64, expected["best"].as_u64().unwrap());
        close(found.frontier, expected["frontier"].as_f64().unwrap());
        close(
            found.perfect_information,
            expected["perfect_information"].as_f64().unwrap(),
        );
    }
}

#[test]
fn every_net_benefit_by_brute_force() {
    let reference = reference();
    let (costs, effects) = (lists(&reference["costs"]), lists(&reference["effects"]));
    let expected = reference["thresholds"].as_array().unwrap();
    let thresholds: Vec<f64> = expected
        .iter()
        .map(|at| at["threshold"].as_f64().unwrap())
        .collect();
    let options = Options {
        costs: &costs,
        effects: &effects,
    };
    check_thresholds(&acceptability(&options, &thresholds).unwrap(), expected);
    // The frontier is not the largest share, or the case would not tell the two apart.
    assert!(expected.iter().any(|at| {
        let shares = numbers(&at["probability_best"]);
        shares
            .iter()
            .any(|share| *share > at["frontier"].as_f64().unwrap())
    }));
}

#[test]
fn knowing_one_input() {
    let reference = reference();
    let (costs, effects) = (lists(&reference["costs"]), lists(&reference["effects"]));
    let threshold = reference["partial_threshold"].as_f64().unwrap();
    let nets: Vec<Vec<f64>> = costs
        .iter()
        .zip(&effects)
        .map(|(costs, effects)| {
            let pairs = costs.iter().zip(effects);
            pairs
                .map(|(cost, effect)| threshold * effect - cost)
                .collect()
        })
        .collect();
    for (name, expected) in reference["partial"].as_object().unwrap() {
        let input = numbers(&reference["inputs"][name]);
        let wanted = |key: &str| expected[key].as_f64().unwrap();
        close(
            partial_information(&input, &nets, 10).unwrap(),
            wanted("ten_blocks"),
        );
        close(
            partial_information(&input, &nets, 20).unwrap(),
            wanted("twenty_blocks"),
        );
        close(
            single_cut_information(&input, &nets).unwrap(),
            wanted("single_cut"),
        );
    }
}

#[test]
fn values_at_normal_scores() {
    let reference = reference();
    let check = |name: &str, distribution: Distribution| {
        let expected = &reference["distributions"][name];
        let scores = numbers(&expected["scores"]);
        for (score, wanted) in scores.iter().zip(numbers(&expected["values"])) {
            close(distribution.at(*score), wanted);
        }
    };
    check("beta", Distribution::beta(0.74, 0.05).unwrap());
    check("gamma", Distribution::gamma(2995.0, 400.0).unwrap());
    check("lognormal", Distribution::lognormal(1.02, 0.3).unwrap());
    check("pert", Distribution::pert(10.0, 20.0, 60.0).unwrap());
}

/// A sample on which three other programs agree; it does not come with kinfolk.
#[test]
fn a_sample_on_which_three_programs_agree() {
    let Some(file) = std::env::var_os("KINFOLK_PSA") else {
        println!("skipped: KINFOLK_PSA names no file");
        return;
    };
    let sample = fs::read_to_string(file).unwrap();
    let rows: Vec<Vec<f64>> = sample
        .lines()
        .skip(1)
        .map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect())
        .collect();
    let column = |at: usize| -> Vec<f64> { rows.iter().map(|row| row[at]).collect() };
    let costs = [column(4), column(5), column(6)];
    let effects = [column(7), column(8), column(9)];
    let options = Options {
        costs: &costs,
        effects: &effects,
    };
    let thresholds = [0.0, 5e3, 10e3, 13e3, 16e3, 20e3, 30e3, 50e3];
    let found = acceptability(&options, &thresholds).unwrap();
    let information = [
        34.683_42,
        237.113_06,
        314.618_02,
        289.846_486,
        233.336_424,
        192.434_12,
        151.596_2,
        150.946_76,
    ];
    for (at, expected) in found.iter().zip(information) {
        close(at.perfect_information, expected);
    }
    assert_eq!(found[2].probability_best, [0.26, 0.306, 0.434]);
    assert_eq!(found[2].frontier, 0.306);
    let best: Vec<usize> = found.iter().map(|at| at.best).collect();
    assert_eq!(best, [0, 0, 1, 2, 2, 2, 2, 2]);
    let mean = |list: &[f64]| list.iter().sum::<f64>() / list.len() as f64;
    let option = |at: usize| OptionMeans {
        name: at.to_string(),
        cost: mean(&costs[at]),
        effect: mean(&effects[at]),
    };
    let ranked = frontier(&[option(2), option(0), option(1)]);
    let extra = |at: usize| match ranked[at].1 {
        Standing::Costs(extra) => extra,
        _ => f64::NAN,
    };
    close(extra(1), 6_405.709_057_814_673);
    // Six decimals are given.
    assert!((extra(2) - 11_345.526_052).abs() < 1e-6, "{}", extra(2));
    let nets: Vec<Vec<f64>> = (0..3)
        .map(|at| {
            costs[at]
                .iter()
                .zip(&effects[at])
                .map(|(c, e)| 13e3 * e - c)
                .collect()
        })
        .collect();
    let partial = |at, blocks| partial_information(&column(at), &nets, blocks).unwrap();
    close(partial(1, 10), 86.844_661_999_999_52);
    close(partial(1, 20), 100.138_291_999_999_64);
    close(partial(2, 20), 13.257_372);
    close(partial(3, 10), 145.101_408);
}
