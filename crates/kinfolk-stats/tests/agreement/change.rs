//! Paired change against SciPy and statsmodels; `tests/reference/change.py` made the numbers.

use crate::cases::{agree, cases, level, number, numbers, whole};
use kinfolk_stats::{
    EffectSize, ZeroRule, bhapkar, expected_regression, mcnemar, paired_effect_sizes,
    paired_t_test, stuart_maxwell, wilcoxon_signed_rank,
};
use serde_json::Value;

const FILE: &str = "change.json";

fn pairs(case: &Value) -> (Vec<f64>, Vec<f64>) {
    (numbers(case, "before"), numbers(case, "after"))
}

#[test]
fn paired_t_agrees_with_scipy() {
    for case in cases(FILE, "paired_t") {
        let (before, after) = pairs(&case);
        let found = paired_t_test(&before, &after).unwrap().unwrap();
        agree(
            &case,
            &[
                ("t", found.t),
                ("df", found.degrees_of_freedom),
                ("p_value", found.p_value),
            ],
        );
    }
}

#[test]
fn effect_sizes_agree_with_their_definitions() {
    for case in cases(FILE, "effect_sizes") {
        let (before, after) = pairs(&case);
        let found = paired_effect_sizes(&before, &after, level(&case))
            .unwrap()
            .unwrap();
        let mut all = vec![
            ("correlation".to_owned(), found.correlation.unwrap()),
            ("correction".to_owned(), found.correction),
        ];
        for (name, size) in [
            ("d_z", found.d_z),
            ("d_rm", found.d_rm),
            ("d_av", found.d_av),
            ("d_pre", found.d_pre),
        ] {
            all.extend(parts(name, size.unwrap()));
        }
        let all: Vec<(&str, f64)> = all
            .iter()
            .map(|(name, value)| (name.as_str(), *value))
            .collect();
        agree(&case, &all);
    }
}

fn parts(name: &str, size: EffectSize) -> [(String, f64); 7] {
    let (plain, corrected) = (
        size.uncorrected.interval.unwrap(),
        size.corrected.interval.unwrap(),
    );
    [
        (name.to_owned(), size.uncorrected.value),
        (format!("{name}_error"), size.standard_error.unwrap()),
        (format!("{name}_lower"), plain.lower),
        (format!("{name}_upper"), plain.upper),
        (format!("{name}_corrected"), size.corrected.value),
        (format!("{name}_corrected_lower"), corrected.lower),
        (format!("{name}_corrected_upper"), corrected.upper),
    ]
}

#[test]
fn signed_ranks_agree_with_scipy_and_with_every_way_to_give_signs() {
    for case in cases(FILE, "signed_rank") {
        let (before, after) = pairs(&case);
        let zeros = match case["zeros"].as_str().unwrap() {
            "pratt" => ZeroRule::Pratt,
            _ => ZeroRule::Drop,
        };
        let found = wilcoxon_signed_rank(&before, &after, zeros)
            .unwrap()
            .unwrap();
        agree(
            &case,
            &[
                ("rises", found.rises),
                ("falls", found.falls),
                ("rank_biserial", found.rank_biserial),
                ("exact", found.exact.unwrap()),
                ("normal", found.normal),
                ("normal_corrected", found.normal_corrected),
            ],
        );
    }
}

#[test]
fn mcnemar_agrees_with_statsmodels() {
    for case in cases(FILE, "mcnemar") {
        let found = mcnemar(whole(&case, "first"), whole(&case, "second"));
        let (plain, corrected) = (
            found.chi_square.unwrap(),
            found.chi_square_corrected.unwrap(),
        );
        agree(
            &case,
            &[
                ("exact", found.exact),
                ("mid_p", found.mid_p),
                ("statistic", plain.statistic),
                ("p_value", plain.p_value),
                ("corrected_statistic", corrected.statistic),
                ("corrected_p_value", corrected.p_value),
            ],
        );
    }
}

#[test]
fn stuart_maxwell_and_bhapkar_agree_with_statsmodels() {
    for case in cases(FILE, "homogeneity") {
        let rows = case["table"].as_array().unwrap();
        let cell = |cell: &Value| cell.as_u64().unwrap();
        let table: Vec<Vec<u64>> = rows
            .iter()
            .map(|row| row.as_array().unwrap().iter().map(cell).collect())
            .collect();
        let stuart = stuart_maxwell(&table).unwrap().unwrap().test;
        let bhapkar = bhapkar(&table).unwrap().unwrap().test;
        agree(
            &case,
            &[
                ("statistic", stuart.statistic),
                ("p_value", stuart.p_value),
                ("bhapkar_statistic", bhapkar.statistic),
                ("bhapkar_p_value", bhapkar.p_value),
            ],
        );
    }
}

#[test]
fn regression_to_the_mean_agrees_with_a_truncated_normal() {
    for case in cases(FILE, "regression_to_mean") {
        let value = |key| number(&case, key);
        let fall = expected_regression(
            value("mean"),
            value("sd"),
            value("reliability"),
            value("cut"),
        );
        agree(&case, &[("fall", fall.unwrap())]);
    }
}
