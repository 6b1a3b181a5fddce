//! A few rows each, at the edges of methods: nobody with the event, everybody, ties, late entries, strata
//! and clusters of one row, studies that do not differ. `tests/reference/edges.R` made the numbers.

use kinfolk_stats::survival::{
    Band, CoxModel, Endings, FollowUp, Ties, cox, cumulative_incidence, gray, kaplan_meier,
    log_rank, restricted_mean,
};
use kinfolk_stats::{Confidence, Estimated, HartungKnapp, pool_effects};
use serde_json::Value;

use super::{RELATIVE, all_close, cases, close, close_within, labels, numbers, same};

/// metafor stops its search for the spread of studies there.
const OF_SPREAD: f64 = 1e-6;

fn follow_up(case: &Value) -> FollowUp {
    let events: Vec<bool> = numbers(&case["event"]).iter().map(|e| *e == 1.0).collect();
    let times = numbers(&case["time"]);
    match case["entry"].is_null() {
        true => FollowUp::new(&times, &events).unwrap(),
        false => FollowUp::with_entries(&numbers(&case["entry"]), &times, &events).unwrap(),
    }
}

fn labels_of(value: &Value) -> Option<Vec<u32>> {
    (!value.is_null()).then(|| labels(value))
}

/// Holds shares and their limits at each time to those of R, which has none where a share is 0 or 1 for
/// certain.
fn check_points(
    case: &Value,
    shares: &str,
    found_at: impl Fn(f64) -> Option<Estimated>,
    what: &str,
) {
    for (at, time) in numbers(&case["at"]).into_iter().enumerate() {
        let found = found_at(time).unwrap();
        same(Some(found.value), &case[shares][at], what);
        let limits = found.interval;
        same(limits.map(|i| i.lower), &case["lower"][at], what);
        same(limits.map(|i| i.upper), &case["upper"][at], what);
    }
}

#[test]
fn curves() {
    for case in cases("edges.json", "curves") {
        let what = case.to_string();
        let band = match case["band"].as_str().unwrap() {
            "log-log" => Band::LogLog,
            "log" => Band::Log,
            _ => Band::Plain,
        };
        let rows = follow_up(&case);
        let curve = kaplan_meier(&rows, band, Confidence::default()).unwrap();
        check_points(&case, "survival", |time| curve.at(time), &what);
        let median = curve.median();
        let found = [median.time, median.lower, median.upper];
        for (at, found) in found.into_iter().enumerate() {
            same(found, &case["median"][at], &what);
        }
        if let Some(horizon) = case["horizon"].as_f64() {
            let mean = restricted_mean(&rows, horizon, Confidence::default()).unwrap();
            let found = [mean.value, mean.standard_error];
            all_close(&found, &case["mean"], RELATIVE, &what);
        }
    }
}

#[test]
fn tests_of_curves() {
    for case in cases("edges.json", "log_rank") {
        let what = case.to_string();
        let (groups, strata) = (labels(&case["group"]), labels_of(&case["strata"]));
        let rho = case["rho"].as_f64().unwrap();
        let found = log_rank(&follow_up(&case), &groups, strata.as_deref(), rho).unwrap();
        close(
            found.chi_square,
            case["chi_square"].as_f64().unwrap(),
            &what,
        );
    }
    for case in cases("edges.json", "gray") {
        let what = case.to_string();
        let endings = Endings::new(&numbers(&case["time"]), &labels(&case["ending"])).unwrap();
        let (groups, strata) = (labels(&case["group"]), labels(&case["strata"]));
        for (cause, expected) in (1..).zip(numbers(&case["chi_square"])) {
            let found = gray(&endings, cause, &groups, Some(&strata), 0.0).unwrap();
            close(found.chi_square, expected, &what);
        }
    }
}

#[test]
fn hazards() {
    for case in cases("edges.json", "cox") {
        let what = case.to_string();
        let (rows, x) = (follow_up(&case), numbers(&case["x"]));
        let (strata, clusters) = (labels_of(&case["strata"]), labels_of(&case["cluster"]));
        let weights = (!case["weights"].is_null()).then(|| numbers(&case["weights"]));
        let covariates: [&[f64]; 1] = [&x];
        let model = CoxModel {
            strata: strata.as_deref(),
            clusters: clusters.as_deref(),
            weights: weights.as_deref(),
            ties: match case["ties"].as_str().unwrap() {
                "efron" => Ties::Efron,
                _ => Ties::Breslow,
            },
            ..CoxModel::new(&rows, &covariates)
        };
        let fit = cox(&model).unwrap();
        let errors = fit.robust_errors.as_ref().unwrap_or(&fit.standard_errors);
        let expected = |name: &str| case[name].as_f64().unwrap();
        close(fit.coefficients[0], expected("coefficient"), &what);
        close(errors[0], expected("error"), &what);
        close(fit.log_likelihood, expected("log_likelihood"), &what);
    }
}

#[test]
fn first_endings() {
    for case in cases("edges.json", "incidence") {
        let what = case.to_string();
        let endings = Endings::new(&numbers(&case["time"]), &labels(&case["ending"])).unwrap();
        let curve = cumulative_incidence(&endings, 1, Band::LogLog, Confidence::default()).unwrap();
        check_points(&case, "incidence", |time| curve.at(time), &what);
    }
}

#[test]
fn studies_pooled() {
    for case in cases("edges.json", "pooled") {
        let what = case.to_string();
        let rule = match case["test"].as_str().unwrap() {
            "knha" => HartungKnapp::AsItIs,
            _ => HartungKnapp::NeverNarrower,
        };
        let (effects, variances) = (numbers(&case["effect"]), numbers(&case["variance"]));
        let found = pool_effects(&effects, &variances, rule, Confidence::default());
        let found = found.unwrap().unwrap();
        let average = found.average.unwrap();
        let prediction = found.prediction.unwrap();
        let numbers = [
            ("average", average.value),
            ("error", average.standard_error),
            ("lower", average.interval.lower),
            ("upper", average.interval.upper),
            ("tau_squared", found.tau_squared),
            ("i_squared", found.i_squared),
            ("q", found.q),
        ];
        for (name, number) in numbers {
            let expected = case[name].as_f64().unwrap();
            close_within(number, expected, OF_SPREAD, &format!("{name} of {what}"));
        }
        let range = [prediction.lower, prediction.upper];
        all_close(&range, &case["prediction"], OF_SPREAD, &what);
    }
}
