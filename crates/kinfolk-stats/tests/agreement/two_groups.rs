//! Two groups against SciPy and statsmodels; `tests/reference/two_groups.py` made the numbers.

use crate::cases::{agree, cases, level, number, numbers, whole};
use kinfolk_stats::{
    Confidence, Estimated, EventRate, PairedProportions, Proportion, Sample, barnard_exact,
    benjamini_hochberg, clopper_pearson, fisher_exact, holm, mann_whitney, paired_risk_difference,
    pearson_chi_square, poisson_rate, poisson_rate_ratio, risk_difference, welch_difference,
};
use serde_json::Value;

const FILE: &str = "two_groups.json";

fn groups(case: &Value) -> (Proportion, Proportion) {
    let group = |key: &str| {
        let counts = case[key].as_array().unwrap();
        let [s, n] = [&counts[0], &counts[1]].map(|count| count.as_u64().unwrap());
        Proportion::new(s, n).unwrap()
    };
    (group("first"), group("second"))
}

fn samples(case: &Value) -> (Sample, Sample) {
    let sample = |key| Sample::new(numbers(case, key)).unwrap();
    (sample("first"), sample("second"))
}

#[track_caller]
fn agree_estimate(case: &Value, found: Estimated) {
    let interval = found.interval.unwrap();
    agree(
        case,
        &[
            ("value", found.value),
            ("lower", interval.lower),
            ("upper", interval.upper),
        ],
    );
}

#[test]
fn clopper_pearson_agrees_with_statsmodels() {
    for case in cases(FILE, "clopper_pearson") {
        let proportion = Proportion::new(whole(&case, "successes"), whole(&case, "trials"));
        agree_estimate(
            &case,
            clopper_pearson(proportion.unwrap(), level(&case)).unwrap(),
        );
    }
}

#[test]
fn risk_differences_agree_with_statsmodels() {
    for case in cases(FILE, "newcombe") {
        let (first, second) = groups(&case);
        agree_estimate(&case, risk_difference(first, second, level(&case)).unwrap());
    }
}

#[test]
fn paired_risk_differences_agree_with_the_formula() {
    for case in cases(FILE, "newcombe_paired") {
        let cells = case["cells"].as_array().unwrap();
        let cell = |at: usize| cells[at].as_u64().unwrap();
        let pairs = PairedProportions {
            both: cell(0),
            first_only: cell(1),
            second_only: cell(2),
            neither: cell(3),
        };
        agree_estimate(&case, paired_risk_difference(pairs, level(&case)).unwrap());
    }
}

#[test]
fn fisher_agrees_with_scipy() {
    for case in cases(FILE, "fisher") {
        let (first, second) = groups(&case);
        let found = fisher_exact(first, second, level(&case)).unwrap();
        let mut all = vec![
            ("two_sided", found.two_sided),
            ("less", found.less),
            ("greater", found.greater),
            ("mid_p", found.mid_p),
            ("lower", found.odds_ratio.lower),
        ];
        all.extend(found.odds_ratio.value.map(|value| ("odds_ratio", value)));
        all.extend(found.odds_ratio.upper.map(|upper| ("upper", upper)));
        agree(&case, &all);
        let expected = &case["expected"];
        assert_eq!(
            found.odds_ratio.upper.is_some(),
            expected["upper"].is_number()
        );
        assert_eq!(
            found.odds_ratio.value.is_some(),
            expected["odds_ratio"].is_number()
        );
    }
}

#[test]
fn barnard_agrees_with_a_count_in_whole_numbers() {
    for case in cases(FILE, "barnard") {
        let (first, second) = groups(&case);
        agree(&case, &[("p_value", barnard_exact(first, second).unwrap())]);
    }
}

#[test]
fn chi_square_agrees_with_scipy() {
    for case in cases(FILE, "pearson") {
        let (first, second) = groups(&case);
        let found = pearson_chi_square(first, second).unwrap();
        agree(
            &case,
            &[
                ("statistic", found.test.statistic),
                ("p_value", found.test.p_value),
                ("least_expected", found.least_expected),
            ],
        );
    }
}

#[test]
fn welch_agrees_with_scipy() {
    for case in cases(FILE, "welch") {
        let (first, second) = samples(&case);
        let found = welch_difference(&first, &second, level(&case)).unwrap();
        let (interval, test) = (found.difference.interval.unwrap(), found.test.unwrap());
        agree(
            &case,
            &[
                ("value", found.difference.value),
                ("lower", interval.lower),
                ("upper", interval.upper),
                ("t", test.t),
                ("df", test.degrees_of_freedom),
                ("p_value", test.p_value),
            ],
        );
    }
}

#[test]
fn mann_whitney_agrees_with_scipy_and_with_every_way_to_part_the_values() {
    for case in cases(FILE, "mann_whitney") {
        let (first, second) = samples(&case);
        let found = mann_whitney(&first, &second, Confidence::default()).unwrap();
        agree(
            &case,
            &[
                ("u", found.u),
                ("superiority", found.superiority),
                ("exact", found.exact.unwrap()),
                ("normal", found.normal),
                ("normal_corrected", found.normal_corrected),
                ("shift", found.shift.value),
            ],
        );
    }
}

#[test]
fn poisson_rates_agree_with_scipy() {
    for case in cases(FILE, "poisson_rate") {
        let rate = EventRate::new(whole(&case, "events"), number(&case, "exposure")).unwrap();
        agree_estimate(&case, poisson_rate(rate, level(&case)));
    }
}

#[test]
fn ratios_of_poisson_rates_agree_with_scipy() {
    for case in cases(FILE, "poisson_rate_ratio") {
        let rate = |key: &str| {
            let pair = case[key].as_array().unwrap();
            EventRate::new(pair[0].as_u64().unwrap(), pair[1].as_f64().unwrap()).unwrap()
        };
        let found = poisson_rate_ratio(rate("first"), rate("second"), level(&case)).unwrap();
        agree(
            &case,
            &[
                ("ratio", found.ratio.value.unwrap()),
                ("lower", found.ratio.lower),
                ("upper", found.ratio.upper.unwrap()),
                ("p_value", found.p_value),
            ],
        );
    }
}

#[test]
fn adjusted_probabilities_agree_with_statsmodels() {
    for case in cases(FILE, "multiplicity") {
        let p_values = numbers(&case, "p_values");
        let named = |name: &str, adjusted: Vec<f64>| -> Vec<(String, f64)> {
            let all = adjusted.into_iter().enumerate();
            all.map(|(at, p)| (format!("{name} {at}"), p)).collect()
        };
        let found = [
            named("holm", holm(&p_values).unwrap()),
            named("benjamini_hochberg", benjamini_hochberg(&p_values).unwrap()),
        ]
        .concat();
        let found: Vec<(&str, f64)> = found.iter().map(|(n, p)| (n.as_str(), *p)).collect();
        agree(&case, &found);
    }
}
