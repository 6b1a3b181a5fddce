//! Methods on made-up rows, and at their edges, against R; `tests/reference/further.R`, `edges.R`,
//! `edges_of_curves.R`, `edges_of_matching.py`, `edges_of_models.R`, `edges_of_separation.py`, `edges_of_tests.R` and
//! `boschloo.py` made the numbers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod edges;
mod edges_of_curves;
mod edges_of_matching;
mod edges_of_models;
mod edges_of_separation;
mod edges_of_tests;

use std::path::PathBuf;

use kinfolk_stats::matching::{Candidates, balance_entropy, match_optimally};
use kinfolk_stats::regression::{Errors, Rows, least_squares};
use kinfolk_stats::sensitivity::rosenbaum_bound;
use kinfolk_stats::survival::{
    Band, Clock, CoxModel, Endings, FollowUp, cox, gray, log_rank, proportional_hazards,
    restricted_mean, weighted_kaplan_meier, weighted_restricted_mean,
};
use kinfolk_stats::{
    Confidence, CountRows, PairedProportions, Proportion, bca_interval, boschloo_exact,
    fisher_exact, holm, mcnemar, negative_binomial, paired_risk_difference, quasi_poisson, wilson,
};
use serde_json::Value;

const RELATIVE: f64 = 1e-8;

fn cases(file: &str, method: &str) -> Vec<Value> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/reference");
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    let cases = all[method].as_array().unwrap().clone();
    assert!(cases.len() > 2, "{method}");
    cases
}

fn numbers(value: &Value) -> Vec<f64> {
    let list = value.as_array().unwrap();
    list.iter().map(|number| number.as_f64().unwrap()).collect()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn labels(value: &Value) -> Vec<u32> {
    numbers(value)
        .into_iter()
        .map(|label| label as u32)
        .collect()
}

/// Nothing, where R has nothing.
#[track_caller]
fn same(found: Option<f64>, expected: &Value, what: &str) {
    match expected.as_f64() {
        None => assert_eq!(found, None, "{what}"),
        Some(expected) => close(found.unwrap_or(f64::NAN), expected, what),
    }
}

#[track_caller]
fn close(found: f64, expected: f64, what: &str) {
    close_within(found, expected, RELATIVE, what);
}

#[track_caller]
fn close_within(found: f64, expected: f64, relative: f64, what: &str) {
    let bound = relative * expected.abs().max(1e-6);
    assert!(
        (found - expected).abs() <= bound,
        "{found} is not {expected}: {what}"
    );
}

#[track_caller]
fn all_close(found: &[f64], expected: &Value, relative: f64, what: &str) {
    let expected = numbers(expected);
    assert_eq!(found.len(), expected.len(), "{what}");
    for (found, expected) in found.iter().zip(expected) {
        close_within(*found, expected, relative, what);
    }
}

/// Rows of a case of time to an event.
struct Watched {
    follow_up: FollowUp,
    arm: Vec<f64>,
    age: Vec<f64>,
    groups: Vec<u32>,
    strata: Vec<u32>,
    clusters: Vec<u32>,
    weights: Vec<f64>,
}

impl Watched {
    fn of(case: &Value) -> Self {
        let events: Vec<bool> = numbers(&case["event"]).iter().map(|e| *e == 1.0).collect();
        Self {
            follow_up: FollowUp::new(&numbers(&case["time"]), &events).unwrap(),
            arm: numbers(&case["arm"]),
            age: numbers(&case["age"]),
            groups: labels(&case["arm"]),
            strata: labels(&case["stratum"]),
            clusters: labels(&case["cluster"]),
            weights: numbers(&case["weight"]),
        }
    }
}

#[test]
fn tests_and_hazards_of_made_up_rows() {
    for case in cases("further.json", "survival") {
        let name = case["name"].as_str().unwrap();
        let rows = Watched::of(&case);
        let plain = log_rank(&rows.follow_up, &rows.groups, None, 0.0).unwrap();
        close(plain.chi_square, case["log_rank"].as_f64().unwrap(), name);
        let by_stratum = log_rank(&rows.follow_up, &rows.groups, Some(&rows.strata), 0.0).unwrap();
        close(
            by_stratum.chi_square,
            case["log_rank_stratified"].as_f64().unwrap(),
            name,
        );
        let covariates: [&[f64]; 2] = [&rows.arm, &rows.age];
        let model = CoxModel::new(&rows.follow_up, &covariates);
        let fit = cox(&model).unwrap();
        let expected = &case["cox"];
        all_close(&fit.coefficients, &expected["coefficients"], RELATIVE, name);
        all_close(&fit.standard_errors, &expected["errors"], RELATIVE, name);
        let likelihoods = [fit.log_likelihood_null, fit.log_likelihood];
        all_close(&likelihoods, &expected["log_likelihood"], RELATIVE, name);
        close(
            fit.score.chi_square,
            expected["score"].as_f64().unwrap(),
            name,
        );
        let test = proportional_hazards(&model, &fit, Clock::KaplanMeier).unwrap();
        let mut found: Vec<f64> = test.covariates.iter().map(|t| t.chi_square).collect();
        found.push(test.global.chi_square);
        all_close(&found, &case["zph"], RELATIVE, name);
        let strata = CoxModel {
            strata: Some(&rows.strata),
            ..model
        };
        let fit = cox(&strata).unwrap();
        all_close(
            &fit.coefficients,
            &case["cox_strata"]["coefficients"],
            RELATIVE,
            name,
        );
        all_close(
            &fit.standard_errors,
            &case["cox_strata"]["errors"],
            RELATIVE,
            name,
        );
        let clustered = CoxModel {
            clusters: Some(&rows.clusters),
            ..model
        };
        let robust = cox(&clustered).unwrap().robust_errors.unwrap();
        all_close(&robust, &case["cox_cluster"], RELATIVE, name);
        let weighted = CoxModel {
            weights: Some(&rows.weights),
            ..clustered
        };
        let fit = cox(&weighted).unwrap();
        all_close(
            &fit.coefficients,
            &case["cox_weighted"]["coefficients"],
            RELATIVE,
            name,
        );
        let robust = fit.robust_errors.unwrap();
        all_close(&robust, &case["cox_weighted"]["errors"], RELATIVE, name);
    }
}

#[test]
fn mean_times_and_endings_of_made_up_rows() {
    for case in cases("further.json", "survival") {
        let name = case["name"].as_str().unwrap();
        let rows = Watched::of(&case);
        let tau = case["tau"].as_f64().unwrap();
        let mean = restricted_mean(&rows.follow_up, tau, Confidence::default()).unwrap();
        let found = [mean.value, mean.standard_error];
        all_close(&found, &case["restricted_mean"], RELATIVE, name);
        let causes = labels(&case["cause"]);
        let endings = Endings::new(&numbers(&case["time"]), &causes).unwrap();
        for (cause, expected) in (1..).zip(numbers(&case["gray"])) {
            let found = gray(&endings, cause, &rows.groups, None, 0.0).unwrap();
            close(found.chi_square, expected, name);
        }
    }
}

#[test]
fn weighted_curves_agree_with_survfit_and_its_residuals() {
    for case in cases("further.json", "survival") {
        let name = case["name"].as_str().unwrap();
        let rows = Watched::of(&case);
        let expected = &case["weighted"];
        let confidence = Confidence::default();
        let points =
            weighted_kaplan_meier(&rows.follow_up, &rows.weights, Band::LogLog, confidence);
        let curve = points.unwrap().unwrap();
        let points = curve.points();
        let times: Vec<f64> = points.iter().map(|point| point.time).collect();
        all_close(&times, &expected["time"], RELATIVE, name);
        let at_risk: Vec<f64> = points.iter().map(|point| point.at_risk).collect();
        all_close(&at_risk, &expected["at_risk"], RELATIVE, name);
        for (at, point) in points.iter().enumerate() {
            let share = expected["survival"][at].as_f64().unwrap();
            // R leaves a rest of rounding where the curve ends at nothing.
            if share < 1e-12 {
                assert_eq!(
                    (point.survival, point.standard_error),
                    (0.0, None),
                    "{name}"
                );
                continue;
            }
            close(point.survival, share, name);
            close(
                point.standard_error.unwrap(),
                expected["error"][at].as_f64().unwrap(),
                name,
            );
            if let Some(interval) = point.interval {
                close(
                    interval.lower,
                    expected["lower"][at].as_f64().unwrap(),
                    name,
                );
                close(
                    interval.upper,
                    expected["upper"][at].as_f64().unwrap(),
                    name,
                );
            }
        }
        let tau = case["tau"].as_f64().unwrap();
        let mean = weighted_restricted_mean(&rows.follow_up, &rows.weights, tau, confidence);
        let mean = mean.unwrap();
        close(mean.value, expected["mean"].as_f64().unwrap(), name);
        close(
            mean.standard_error,
            expected["mean_error"].as_f64().unwrap(),
            name,
        );
    }
}

#[test]
fn small_tables_of_made_up_counts() {
    for case in cases("further.json", "tables") {
        let name = case["name"].as_str().unwrap();
        let cells = numbers(&case["cells"]);
        let [both, first_only, second_only, neither] = [0, 1, 2, 3].map(|at| cells[at] as u64);
        // R's cells: yes both times; yes the first time; yes the second time; no both times.
        let pairs = PairedProportions {
            both,
            first_only,
            second_only,
            neither,
        };
        let found = paired_risk_difference(pairs, Confidence::default()).unwrap();
        let interval = found.interval.unwrap();
        let [value, lower, upper] = [0, 1, 2].map(|at| case["newcombe"][at].as_f64().unwrap());
        // There the first less the second.
        for (found, expected) in [
            (found.value, -value),
            (interval.lower, -upper),
            (interval.upper, -lower),
        ] {
            assert!(
                (found - expected).abs() < 1e-12,
                "{found} {expected} {name}"
            );
        }
        let changed = mcnemar(first_only, second_only);
        all_close(
            &[changed.exact, changed.mid_p],
            &case["mcnemar"],
            RELATIVE,
            name,
        );
        let two = numbers(&case["two"]);
        let share = Proportion::new(two[0] as u64, two[1] as u64).unwrap();
        let other = Proportion::new(two[2] as u64, two[3] as u64).unwrap();
        // Without a success anywhere there is one table only: R says 1, and there is nothing to test.
        let exact = fisher_exact(share, other, Confidence::default());
        assert_eq!(exact.is_none(), two[0] + two[2] == 0.0, "{name}");
        if let Some(exact) = exact {
            all_close(
                &[exact.two_sided, exact.less, exact.greater, exact.mid_p],
                &case["fisher"],
                RELATIVE,
                name,
            );
        }
        let interval = wilson(share, Confidence::default())
            .unwrap()
            .interval
            .unwrap();
        all_close(
            &[interval.lower, interval.upper],
            &case["score"],
            RELATIVE,
            name,
        );
        let adjusted = holm(&numbers(&case["holm"]["p"])).unwrap();
        all_close(&adjusted, &case["holm"]["adjusted"], RELATIVE, name);
    }
}

#[test]
fn few_clusters_of_made_up_rows() {
    for case in cases("further.json", "clusters") {
        let name = case["name"].as_str().unwrap();
        let (y, arm, x) = (
            numbers(&case["y"]),
            numbers(&case["arm"]),
            numbers(&case["x"]),
        );
        let weights = numbers(&case["weight"]);
        let clusters: Vec<usize> = numbers(&case["cluster"])
            .into_iter()
            .map(|c| c as usize)
            .collect();
        let rows = Rows {
            outcome: &y,
            covariates: &[&arm, &x],
            weights: Some(&weights),
            clusters: Some(&clusters),
        };
        let fit = least_squares(&rows).unwrap();
        for at in 0..3 {
            let found = fit
                .coefficient(at, Errors::Cr2, Confidence::default())
                .unwrap();
            close(
                found.value,
                case["coefficients"][at].as_f64().unwrap(),
                name,
            );
            close(
                found.standard_error,
                case["errors"][at].as_f64().unwrap(),
                name,
            );
            close(
                found.degrees_of_freedom,
                case["degrees"][at].as_f64().unwrap(),
                name,
            );
        }
    }
}

#[test]
fn rates_of_made_up_events() {
    for case in cases("further.json", "rates") {
        let name = case["name"].as_str().unwrap();
        let events: Vec<u64> = numbers(&case["events"])
            .into_iter()
            .map(|n| n as u64)
            .collect();
        let (years, arm) = (numbers(&case["years"]), numbers(&case["arm"]));
        let covariates = [arm];
        let rows = CountRows {
            events: &events,
            exposure: &years,
            covariates: &covariates,
        };
        let check = |model: &kinfolk_stats::RateModel, expected: &Value| {
            let terms = [&model.baseline, &model.terms[0]];
            all_close(
                &terms.map(|term| term.log),
                &expected["logs"],
                RELATIVE,
                name,
            );
            all_close(
                &terms.map(|term| term.standard_error),
                &expected["errors"],
                RELATIVE,
                name,
            );
        };
        let quasi = quasi_poisson(rows, Confidence::default()).unwrap().unwrap();
        check(&quasi, &case["quasi"]);
        close(
            quasi.dispersion,
            case["quasi"]["dispersion"].as_f64().unwrap(),
            name,
        );
        let fit = negative_binomial(rows, Confidence::default())
            .unwrap()
            .unwrap();
        check(&fit, &case["negative_binomial"]);
    }
}

#[test]
fn weights_pairs_and_bounds_of_made_up_rows() {
    for case in cases("further.json", "pairs") {
        let name = case["name"].as_str().unwrap();
        let treated: Vec<bool> = numbers(&case["treated"])
            .iter()
            .map(|t| *t == 1.0)
            .collect();
        let (one, two) = (numbers(&case["x1"]), numbers(&case["x2"]));
        let weights = balance_entropy(&[&one, &two], &treated).unwrap();
        let controls: Vec<f64> = weights
            .iter()
            .zip(&treated)
            .filter(|(_, t)| !**t)
            .map(|(w, _)| *w)
            .collect();
        all_close(&controls, &case["entropy"], RELATIVE, name);
        let place = numbers(&case["place"]);
        let keys: Vec<u64> = (0..place.len() as u64).collect();
        let candidates = Candidates {
            treated: &treated,
            distance: &place,
            keys: &keys,
            exact: None,
        };
        let matches = match_optimally(&candidates, None).unwrap();
        let total: f64 = matches.pairs.iter().map(|pair| pair.distance).sum();
        close(total, case["total"].as_f64().unwrap(), name);
        let gamma = case["gamma"].as_f64().unwrap();
        let bound = rosenbaum_bound(&numbers(&case["differences"]), gamma)
            .unwrap()
            .unwrap();
        all_close(
            &[bound.p_lower, bound.p_upper],
            &case["bounds"],
            RELATIVE,
            name,
        );
    }
}

#[test]
fn corrected_percentiles_agree_with_boot() {
    for case in cases("further.json", "bca") {
        let name = case["name"].as_str().unwrap();
        let value = case["value"].as_f64().unwrap();
        for (at, level) in numbers(&case["level"]).into_iter().enumerate() {
            let found = bca_interval(
                value,
                &numbers(&case["draws"]),
                &numbers(&case["influence"]),
                Confidence::new(level).unwrap(),
            );
            let found = found.unwrap().unwrap();
            close(found.lower, case["lower"][at].as_f64().unwrap(), name);
            close(found.upper, case["upper"][at].as_f64().unwrap(), name);
        }
    }
}

#[test]
fn boschloos_test_agrees_with_whole_numbers() {
    for case in cases("boschloo.json", "cases") {
        let table = numbers(&case["table"]);
        let share = |at: usize| Proportion::new(table[at] as u64, table[at + 1] as u64).unwrap();
        let found = boschloo_exact(share(0), share(2)).unwrap();
        let what = format!("{table:?}");
        close(found.less, case["less"].as_f64().unwrap(), &what);
        close(found.greater, case["greater"].as_f64().unwrap(), &what);
        close(found.two_sided, case["two_sided"].as_f64().unwrap(), &what);
    }
}
