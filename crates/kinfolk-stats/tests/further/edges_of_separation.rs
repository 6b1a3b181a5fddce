//! Regressions of few rows, half of which have coefficients without end.
//! `tests/reference/edges_of_separation.py` made the numbers.

use kinfolk_stats::regression::{LogisticErrors, Penalty, Rows, logistic};
use kinfolk_stats::survival::{CoxModel, FollowUp, cox};
use kinfolk_stats::{Confidence, CountRows, StatsError, negative_binomial, quasi_poisson};
use serde_json::Value;

use super::{all_close, cases, labels, numbers};

/// Both stop once a step moves coefficients by less than this.
const OF_STEPS: f64 = 1e-8;

fn columns(case: &Value) -> Vec<Vec<f64>> {
    case["x"].as_array().unwrap().iter().map(numbers).collect()
}

#[test]
fn outcomes_that_covariates_tell_apart() {
    for case in cases("edges_of_separation.json", "logistic") {
        let what = case.to_string();
        let (x, y) = (columns(&case), numbers(&case["y"]));
        let covariates: Vec<&[f64]> = x.iter().map(Vec::as_slice).collect();
        let rows = Rows::new(&y, &covariates);
        for (penalty, expected) in [(Penalty::None, "plain"), (Penalty::Firth, "firth")] {
            let found = logistic(&rows, penalty);
            if case[expected].is_null() {
                let separated = matches!(found, Err(StatsError::Separated { .. }));
                assert!(separated, "{:?} {what}", found.err());
                continue;
            }
            let found = found.map_err(|error| format!("{error} {what}")).unwrap();
            let terms: Vec<_> = (0..found.n_coefficients())
                .map(|at| found.coefficient(at, LogisticErrors::Model, Confidence::default()))
                .collect();
            let values: Vec<f64> = terms.iter().map(|term| term.unwrap().value).collect();
            let errors: Vec<f64> = terms
                .iter()
                .map(|term| term.unwrap().standard_error)
                .collect();
            all_close(&values, &case[expected][0], OF_STEPS, &what);
            all_close(&errors, &case[expected][1], OF_STEPS, &what);
        }
    }
}

#[test]
fn hazards_that_covariates_tell_apart() {
    for case in cases("edges_of_separation.json", "cox") {
        let what = case.to_string();
        let x = columns(&case);
        let covariates: Vec<&[f64]> = x.iter().map(Vec::as_slice).collect();
        let events: Vec<bool> = labels(&case["event"]).iter().map(|e| *e == 1).collect();
        let rows = FollowUp::new(&numbers(&case["time"]), &events).unwrap();
        let found = cox(&CoxModel::new(&rows, &covariates));
        if case["plain"].is_null() {
            let separated = matches!(found, Err(StatsError::Separated { .. }));
            assert!(separated, "{found:?} {what}");
            continue;
        }
        let found = found.map_err(|error| format!("{error} {what}")).unwrap();
        all_close(&found.coefficients, &case["plain"][0], OF_STEPS, &what);
        all_close(&found.standard_errors, &case["plain"][1], OF_STEPS, &what);
    }
}

#[test]
fn rates_that_covariates_tell_apart() {
    for case in cases("edges_of_separation.json", "rates") {
        let what = case.to_string();
        let (covariates, exposure) = (columns(&case), numbers(&case["years"]));
        let events: Vec<u64> = labels(&case["events"]).into_iter().map(u64::from).collect();
        let rows = CountRows {
            events: &events,
            exposure: &exposure,
            covariates: &covariates,
        };
        let found = quasi_poisson(rows, Confidence::default()).unwrap();
        let spread = negative_binomial(rows, Confidence::default()).unwrap();
        assert_eq!(
            spread.is_none(),
            case["plain"].is_null(),
            "{spread:?} {what}"
        );
        if case["plain"].is_null() {
            assert_eq!(found, None, "{what}");
            continue;
        }
        let found = found.unwrap();
        let terms = || std::iter::once(&found.baseline).chain(&found.terms);
        let logs: Vec<f64> = terms().map(|term| term.log).collect();
        all_close(&logs, &case["plain"][0], OF_STEPS, &what);
        let errors: Vec<f64> = terms()
            .map(|term| term.standard_error / found.dispersion.sqrt())
            .collect();
        all_close(&errors, &case["plain"][1], OF_STEPS, &what);
    }
}
