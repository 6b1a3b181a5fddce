//! Ranks, ratios and rates against R; `tests/reference/ranks_and_rates.R` made the numbers.

use crate::cases::{agree, cases, level, numbers};
use kinfolk_stats::{
    Confidence, CountRows, Proportion, RateModel, Ratio, Sample, StatsError, ZeroRule, hedges_g,
    mann_whitney, negative_binomial, odds_ratio, quasi_poisson, risk_ratio, wilcoxon_signed_rank,
};
use serde_json::Value;

const FILE: &str = "ranks_and_rates.json";

fn samples(case: &Value) -> (Sample, Sample) {
    let sample = |key| Sample::new(numbers(case, key)).unwrap();
    (sample("first"), sample("second"))
}

#[test]
fn shifts_agree_with_wilcox_test() {
    for case in cases(FILE, "shift") {
        let (first, second) = samples(&case);
        let found = mann_whitney(&first, &second, level(&case)).unwrap();
        let interval = found.shift.interval.unwrap();
        agree(
            &case,
            &[
                ("exact", found.exact.unwrap()),
                ("shift", found.shift.value),
                ("lower", interval.lower),
                ("upper", interval.upper),
            ],
        );
    }
}

#[test]
fn exact_probabilities_with_ties_agree_with_coin() {
    for case in cases(FILE, "permuted") {
        let (first, second) = samples(&case);
        let found = mann_whitney(&first, &second, Confidence::default()).unwrap();
        agree(&case, &[("exact", found.exact.unwrap())]);
    }
    for case in cases(FILE, "signed_rank") {
        let zeros = match case["zeros"].as_str().unwrap() {
            "pratt" => ZeroRule::Pratt,
            _ => ZeroRule::Drop,
        };
        let (before, after) = (numbers(&case, "before"), numbers(&case, "after"));
        let found = wilcoxon_signed_rank(&before, &after, zeros)
            .unwrap()
            .unwrap();
        agree(
            &case,
            &[("exact", found.exact.unwrap()), ("normal", found.normal)],
        );
    }
}

#[test]
fn ratios_agree_with_metafor() {
    let check = |method, ratio: fn(Proportion, Proportion, Confidence) -> Option<Ratio>| {
        for case in cases(FILE, method) {
            let group = |key| {
                let counts = numbers(&case, key);
                Proportion::new(counts[0] as u64, counts[1] as u64).unwrap()
            };
            let found = ratio(group("first"), group("second"), level(&case))
                .unwrap()
                .estimate;
            let interval = found.interval.unwrap();
            agree(
                &case,
                &[
                    ("value", found.value),
                    ("lower", interval.lower),
                    ("upper", interval.upper),
                ],
            );
        }
    };
    check("risk_ratio", risk_ratio);
    check("odds_ratio", odds_ratio);
}

#[test]
fn hedges_g_agrees_with_metafor() {
    for case in cases(FILE, "hedges_g") {
        let (first, second) = samples(&case);
        let found = hedges_g(&first, &second, level(&case)).unwrap().corrected;
        let interval = found.interval.unwrap();
        agree(
            &case,
            &[
                ("g", found.value),
                ("lower", interval.lower),
                ("upper", interval.upper),
            ],
        );
    }
}

type Fit = fn(CountRows<'_>, Confidence) -> Result<Option<RateModel>, StatsError>;

#[track_caller]
fn check_rates(method: &str, fit: Fit) {
    for case in cases(FILE, method) {
        let events: Vec<u64> = numbers(&case, "events").iter().map(|&n| n as u64).collect();
        let lists = case["covariates"].as_array().unwrap();
        let list = |list: &Value| -> Vec<f64> {
            list.as_array()
                .unwrap()
                .iter()
                .map(|value| value.as_f64().unwrap())
                .collect()
        };
        let covariates: Vec<Vec<f64>> = lists.iter().map(list).collect();
        let rows = CountRows {
            events: &events,
            exposure: &numbers(&case, "exposure"),
            covariates: &covariates,
        };
        let found = parts(&fit(rows, level(&case)).unwrap().unwrap());
        let found: Vec<(&str, f64)> = found.iter().map(|(name, x)| (name.as_str(), *x)).collect();
        agree(&case, &found);
    }
}

fn parts(model: &RateModel) -> Vec<(String, f64)> {
    let mut all = vec![("dispersion".to_owned(), model.dispersion)];
    for (at, term) in std::iter::once(&model.baseline)
        .chain(&model.terms)
        .enumerate()
    {
        let interval = term.ratio.interval.unwrap();
        all.extend([
            (format!("term {at}"), term.ratio.value),
            (format!("term {at} error"), term.standard_error),
            (format!("term {at} lower"), interval.lower),
            (format!("term {at} upper"), interval.upper),
            (format!("term {at} p_value"), term.p_value),
        ]);
    }
    all
}

#[test]
fn quasi_poisson_agrees_with_glm() {
    check_rates("quasi_poisson", quasi_poisson);
}

#[test]
fn negative_binomial_agrees_with_glm_nb() {
    check_rates("negative_binomial", negative_binomial);
}
