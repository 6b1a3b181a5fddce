//! Tests and small tables at their edges: one pair, no discordant ones, arms without spread, raters who
//! disagree, hardly any degrees of freedom. `tests/reference/edges_of_tests.R` made the numbers.

use kinfolk_stats::sensitivity::{pool_imputations, rosenbaum_bound, rosenbaum_bound_yes_or_no};
use kinfolk_stats::survival::{FollowUp, restricted_mean, weighted_restricted_mean};
use kinfolk_stats::{
    Confidence, Estimated, Interval, Proportion, Raters, Sample, StatsError, benjamini_hochberg,
    hedges_g, holm, intraclass_correlation, quantile, risk_difference, stuart_maxwell,
    welch_difference, wilson,
};
use serde_json::Value;

use super::{RELATIVE, all_close, cases, close, number, numbers, same};

fn level(case: &Value) -> Confidence {
    Confidence::new(number(&case["level"])).unwrap()
}

fn with_limits(found: Estimated) -> [f64; 3] {
    let Interval { lower, upper } = found.interval.unwrap();
    [found.value, lower, upper]
}

#[test]
fn mean_times_beyond_the_last_time_seen() {
    for case in cases("edges_of_tests.json", "means_in_time") {
        let what = case.to_string();
        let times = numbers(&case["time"]);
        let events: Vec<bool> = numbers(&case["event"]).iter().map(|e| *e == 1.0).collect();
        let rows = FollowUp::new(&times, &events).unwrap();
        let horizon = number(&case["horizon"]);
        let evenly = vec![1.0; times.len()];
        let mean = restricted_mean(&rows, horizon, Confidence::default());
        let weighted = weighted_restricted_mean(&rows, &evenly, horizon, Confidence::default());
        if case["refused"] == true {
            let last = number(&case["last"]);
            let beyond = StatsError::Horizon { horizon, last };
            assert_eq!(mean.as_ref(), Err(&beyond), "{what}");
            assert_eq!(weighted.as_ref(), Err(&beyond), "{what}");
            continue;
        }
        let mean = mean.unwrap();
        all_close(
            &[mean.value, mean.standard_error],
            &case["mean"],
            RELATIVE,
            &what,
        );
        close(weighted.unwrap().value, mean.value, &what);
    }
}

#[test]
fn differences_of_shares_with_empty_cells() {
    for case in cases("edges_of_tests.json", "differences") {
        let what = case.to_string();
        let table = numbers(&case["table"]);
        let share = |at: usize| Proportion::new(table[at] as u64, table[at + 1] as u64).unwrap();
        for (at, limits) in [(0, "first"), (2, "second")] {
            let [_, lower, upper] = with_limits(wilson(share(at), level(&case)).unwrap());
            all_close(&[lower, upper], &case[limits], RELATIVE, &what);
        }
        let found = risk_difference(share(0), share(2), level(&case)).unwrap();
        all_close(&with_limits(found), &case["difference"], RELATIVE, &what);
    }
}

#[test]
fn raters_who_disagree() {
    for case in cases("edges_of_tests.json", "agreement") {
        let what = case.to_string();
        let ratings: Vec<Vec<f64>> = case["ratings"]
            .as_array()
            .unwrap()
            .iter()
            .map(numbers)
            .collect();
        let ratings: Vec<&[f64]> = ratings.iter().map(Vec::as_slice).collect();
        let forms = [Raters::OfEachTarget, Raters::DrawnFromMany, Raters::Fixed];
        for (at, raters) in forms.into_iter().enumerate() {
            let found = intraclass_correlation(&ratings, raters, level(&case)).unwrap();
            if case["icc"][at + 3].is_null() {
                assert_eq!(found, None, "{what}");
                continue;
            }
            let found = found.unwrap();
            for (at, found) in [(at, found.single), (at + 3, found.average)] {
                same(Some(found.value), &case["icc"][at], &what);
                // Without a lower limit there is no interval.
                let whole = !case["lower"][at].is_null();
                let limits = found.interval.filter(|_| whole);
                assert_eq!(found.interval.is_some(), whole, "{what}");
                if let Some(limits) = limits {
                    same(Some(limits.lower), &case["lower"][at], &what);
                    same(Some(limits.upper), &case["upper"][at], &what);
                }
            }
        }
    }
}

#[test]
fn bounds_of_few_pairs() {
    for case in cases("edges_of_tests.json", "bounds") {
        let differences = numbers(&case["differences"]);
        let found = rosenbaum_bound(&differences, number(&case["gamma"]))
            .unwrap()
            .unwrap();
        all_close(
            &[found.p_lower, found.p_upper],
            &case["bounds"],
            RELATIVE,
            &case.to_string(),
        );
    }
    for case in cases("edges_of_tests.json", "parted") {
        let [treated, discordant] =
            ["treated", "discordant"].map(|name| number(&case[name]) as u64);
        let found = rosenbaum_bound_yes_or_no(treated, discordant, number(&case["gamma"]));
        let found = found.unwrap().unwrap();
        all_close(
            &[found.p_lower, found.p_upper],
            &case["bounds"],
            RELATIVE,
            &case.to_string(),
        );
    }
}

#[test]
fn imputations_with_few_degrees_of_freedom() {
    for case in cases("edges_of_tests.json", "imputed") {
        let what = case.to_string();
        let complete = match number(&case["complete"]) {
            endless if endless < 0.0 => f64::INFINITY,
            finite => finite,
        };
        let (estimates, variances) = (numbers(&case["estimate"]), numbers(&case["variance"]));
        let found = pool_imputations(&estimates, &variances, complete, Confidence::default());
        if case["limits"][0].is_null() {
            assert!(
                matches!(found, Err(StatsError::DegreesOfFreedom(_))),
                "{what}"
            );
            continue;
        }
        let found = found.unwrap().unwrap();
        let pooled = [
            found.value,
            found.total,
            found.due_to_missing,
            found.degrees,
        ];
        for (at, found) in pooled.into_iter().enumerate() {
            close(found, number(&case["pooled"][at]), &what);
        }
        // All of it is missing where no data set has a variance of its own.
        close(
            found.missing_information,
            case["pooled"][4].as_f64().unwrap_or(1.0),
            &what,
        );
        all_close(
            &[found.interval.lower, found.interval.upper],
            &case["limits"],
            RELATIVE,
            &what,
        );
        close(found.p_value, number(&case["p"]), &what);
    }
}

#[test]
fn adjusted_chances_and_quantiles() {
    for case in cases("edges_of_tests.json", "adjusted") {
        let (p, what) = (numbers(&case["p"]), case.to_string());
        all_close(&holm(&p).unwrap(), &case["holm"], RELATIVE, &what);
        let loose = benjamini_hochberg(&p).unwrap();
        all_close(&loose, &case["benjamini_hochberg"], RELATIVE, &what);
    }
    for case in cases("edges_of_tests.json", "quantiles") {
        let sample = Sample::new(numbers(&case["values"])).unwrap();
        let at = numbers(&case["at"]).into_iter();
        let found: Vec<f64> = at.map(|p| quantile(&sample, p).unwrap().unwrap()).collect();
        all_close(&found, &case["quantiles"], RELATIVE, &case.to_string());
    }
}

#[test]
fn means_of_arms_without_spread() {
    for case in cases("edges_of_tests.json", "two_means") {
        let what = case.to_string();
        let [first, second] =
            ["first", "second"].map(|arm| Sample::new(numbers(&case[arm])).unwrap());
        let welch = welch_difference(&first, &second, Confidence::default()).unwrap();
        let test = welch.test.unwrap();
        let mut found = with_limits(welch.difference).to_vec();
        found.extend([test.t, test.degrees_of_freedom, test.p_value]);
        all_close(&found, &case["welch"], RELATIVE, &what);
        let size = hedges_g(&first, &second, Confidence::default()).unwrap();
        all_close(
            &with_limits(size.corrected),
            &case["hedges"],
            RELATIVE,
            &what,
        );
    }
}

#[test]
fn bands_that_hardly_exchange() {
    for case in cases("edges_of_tests.json", "homogeneity") {
        let what = case.to_string();
        let counts = |row: &Value| numbers(row).into_iter().map(|n| n as u64).collect();
        let table: Vec<Vec<u64>> = case["table"]
            .as_array()
            .unwrap()
            .iter()
            .map(counts)
            .collect();
        let found = stuart_maxwell(&table).unwrap().unwrap();
        close(found.test.statistic, number(&case["statistic"]), &what);
        assert_eq!(
            found.test.degrees_of_freedom as f64,
            number(&case["degrees"]),
            "{what}"
        );
        close(found.test.p_value, number(&case["p"]), &what);
    }
}
