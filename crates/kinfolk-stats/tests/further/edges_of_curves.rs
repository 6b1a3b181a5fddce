//! Curves and their tests of a handful of rows. `tests/reference/edges_of_curves.R` made the numbers.

use kinfolk_stats::survival::{
    Band, Endings, FollowUp, cumulative_incidence, kaplan_meier, log_rank, restricted_mean,
};
use kinfolk_stats::{Confidence, StatsError};
use serde_json::Value;

use super::{RELATIVE, all_close, cases, close, labels, number, numbers, same};

fn follow_up(case: &Value) -> FollowUp {
    let times = numbers(&case["time"]);
    let events: Vec<bool> = labels(&case["event"]).iter().map(|e| *e == 1).collect();
    match case["entry"].as_array() {
        Some(_) => FollowUp::with_entries(&numbers(&case["entry"]), &times, &events).unwrap(),
        None => FollowUp::new(&times, &events).unwrap(),
    }
}

#[test]
fn curves() {
    for case in cases("edges_of_curves.json", "curves") {
        let what = case.to_string();
        let band = match case["band"].as_str().unwrap() {
            "log-log" => Band::LogLog,
            "log" => Band::Log,
            _ => Band::Plain,
        };
        let rows = follow_up(&case);
        let curve = kaplan_meier(&rows, band, Confidence::default()).unwrap();
        for (at, time) in numbers(&case["at"]).into_iter().enumerate() {
            let found = curve.at(time).unwrap();
            same(Some(found.value), &case["survival"][at], &what);
            // R has limits of 1 where nobody has had the event yet.
            if found.value < 1.0 {
                same(found.interval.map(|i| i.lower), &case["lower"][at], &what);
                same(found.interval.map(|i| i.upper), &case["upper"][at], &what);
            }
        }
        let median = curve.median();
        same(median.time, &case["median"][0], &what);
        // R takes limits for falling, which they need not be where rows enter late.
        if numbers(&case["entry"]).iter().all(|entry| *entry == 0.0) {
            same(median.lower, &case["median"][1], &what);
            same(median.upper, &case["median"][2], &what);
        }
        if !case["mean"].is_null() {
            let mean = restricted_mean(&rows, number(&case["horizon"]), Confidence::default());
            let mean = mean.unwrap();
            let found = [mean.value, mean.standard_error];
            all_close(&found, &case["mean"], RELATIVE, &what);
        }
    }
}

#[test]
fn tests_of_curves() {
    for case in cases("edges_of_curves.json", "log_rank") {
        let what = case.to_string();
        let (groups, strata) = (labels(&case["group"]), labels(&case["stratum"]));
        let rho = number(&case["rho"]);
        let found = log_rank(&follow_up(&case), &groups, Some(&strata), rho);
        match case["chi_square"].as_f64() {
            Some(expected) => close(found.unwrap().chi_square, expected, &what),
            None => assert_eq!(found, Err(StatsError::NothingToCompare), "{what}"),
        }
    }
}

#[test]
fn shares_that_came_to_an_ending() {
    for case in cases("edges_of_curves.json", "incidence") {
        let what = case.to_string();
        let endings = Endings::new(&numbers(&case["time"]), &labels(&case["ending"])).unwrap();
        let curve = cumulative_incidence(&endings, 1, Band::LogLog, Confidence::default()).unwrap();
        let points = curve.points();
        let shares: Vec<f64> = points.iter().map(|point| point.incidence).collect();
        let errors: Vec<f64> = points.iter().map(|point| point.standard_error).collect();
        all_close(&shares, &case["incidence"], RELATIVE, &what);
        all_close(&errors, &case["errors"], RELATIVE, &what);
    }
}
