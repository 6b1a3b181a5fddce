//! Figures of published evaluations, worked out again from what they print. Numbers after the
//! decimal point are as many as are published or were worked out with R and SciPy.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kinfolk_stats::published::{Printed, Summary, coefficient_test, compare_means, fit_of_squares};
use kinfolk_stats::{
    ChiSquareTest, Confidence, HartungKnapp, Proportion, fisher_exact, odds_ratio,
    pearson_chi_square, pool_effects, risk_difference, risk_ratio, wilson,
};

/// Equal to the digits given.
#[track_caller]
fn near(found: f64, expected: f64, digits: i32) {
    let bound = 0.5001 * 10.0_f64.powi(-digits);
    assert!(
        (found - expected).abs() <= bound,
        "{found} is not {expected}"
    );
}

fn of(successes: u64, trials: u64) -> Proportion {
    Proportion::new(successes, trials).unwrap()
}

/// The area-level study of Lifelong Links and homelessness, from the log published with it.
#[test]
fn regressions_of_the_area_level_study() {
    let fit = fit_of_squares([614.71825, 740.860697], [2, 54]).unwrap();
    near(fit.f, 22.40, 2);
    near(fit.r_squared, 0.4535, 4);
    near(fit.r_squared_adjusted, 0.4332, 4);
    near(fit.root_mean_square_error, 3.7040, 4);
    let found = coefficient_test(-2.612076, 1.141587, 54, Confidence::default()).unwrap();
    near(found.test.t, -2.29, 2);
    near(found.test.p_value, 0.0261, 4);
    near(found.interval.lower, -4.9008, 4);
    near(found.interval.upper, -0.3233, 4);

    let fit = fit_of_squares([518.66902, 3712.83975], [2, 54]).unwrap();
    near(fit.f, 3.77, 2);
    near(fit.p_value, 0.0293, 4);
    let found = coefficient_test(1.660277, 2.555605, 54, Confidence::default()).unwrap();
    near(found.test.t, 0.65, 2);
    near(found.test.p_value, 0.5187, 4);
    near(found.interval.lower, -3.4634, 4);
    near(found.interval.upper, 6.7840, 4);
}

/// Family Finding trials in New Jersey and Kentucky: placed with or near family.
#[test]
fn tables_of_two_trials() {
    let confidence = Confidence::default();
    let (programme, control) = (of(109, 275), of(48, 167));
    let difference = risk_difference(programme, control, confidence).unwrap();
    near(difference.value, 0.1089, 4);
    near(difference.interval.unwrap().lower, 0.0171, 4);
    near(difference.interval.unwrap().upper, 0.1953, 4);
    let ratio = risk_ratio(programme, control, confidence).unwrap().estimate;
    near(ratio.value, 1.379, 3);
    near(ratio.interval.unwrap().lower, 1.042, 3);
    near(ratio.interval.unwrap().upper, 1.824, 3);
    near(
        odds_ratio(programme, control, confidence)
            .unwrap()
            .estimate
            .value,
        1.628,
        3,
    );
    let test = pearson_chi_square(programme, control).unwrap();
    near(test.test.statistic, 5.384, 3);
    near(test.test.p_value, 0.0203, 4);
    near(test.corrected.statistic, 4.919, 3);
    near(test.corrected.p_value, 0.0266, 4);
    let exact = fisher_exact(programme, control, confidence).unwrap();
    near(exact.two_sided, 0.0240, 4);

    let kentucky = pearson_chi_square(of(40, 154), of(41, 152)).unwrap().test;
    near(kentucky.statistic, 0.039, 3);
    near(kentucky.p_value, 0.843, 3);
    let interim = pearson_chi_square(of(81, 269), of(39, 165)).unwrap().test;
    // SciPy gives 2.14346; 2.144, as sometimes quoted, is not its rounding.
    near(interim.statistic, 2.143, 3);
    near(interim.p_value, 0.143, 3);
}

/// Family group conferences, had the arms been of one size, and the headline of 74% against 41%.
#[test]
fn percentages_without_their_counts_say_little() {
    let conferences = pearson_chi_square(of(462, 1274), of(572, 1274))
        .unwrap()
        .test;
    near(conferences.statistic, 19.71, 1);
    let headline = pearson_chi_square(of(74, 100), of(41, 100)).unwrap().test;
    near(headline.statistic, 22.28, 2);
    near(headline.p_value * 1e6, 2.4, 1);
    let (few, fewer) = (of(15, 20), of(8, 20));
    near(
        pearson_chi_square(few, fewer).unwrap().test.p_value,
        0.025,
        3,
    );
    let exact = fisher_exact(few, fewer, Confidence::default()).unwrap();
    near(exact.two_sided, 0.054, 3);
    let confidence = Confidence::default();
    near(
        risk_ratio(of(74, 100), of(41, 100), confidence)
            .unwrap()
            .estimate
            .value,
        1.805,
        3,
    );
    near(
        odds_ratio(of(74, 100), of(41, 100), confidence)
            .unwrap()
            .estimate
            .value,
        4.096,
        3,
    );
}

/// Carers' SDQ totals after 24 weeks of two treatments, unadjusted.
#[test]
fn means_of_a_pilot_trial() {
    let usual = Summary::new(21, 17.1, 7.0).unwrap();
    let treated = Summary::new(14, 19.0, 7.4).unwrap();
    let found = compare_means(usual, treated, Confidence::new(0.90).unwrap());
    near(found.welch.difference.value, -1.90, 2);
    let interval = found.welch.difference.interval.unwrap();
    near(interval.lower, -6.157, 3);
    near(interval.upper, 2.357, 3);
    let test = found.welch.test.unwrap();
    near(test.t, -0.760, 3);
    near(test.degrees_of_freedom, 26.91, 2);
    near(test.p_value, 0.454, 3);
    near(found.pooled.unwrap().t, -0.769, 3);
    near(found.pooled.unwrap().p_value, 0.447, 3);
    let size = found.size.unwrap();
    near(size.uncorrected.value, -0.265, 3);
    near(size.corrected.value, -0.259, 3);
}

#[test]
fn statistics_have_the_probabilities_printed_beside_them() {
    near(ChiSquareTest::new(3.99, 1).p_value, 0.0458, 4);
    near(ChiSquareTest::new(5.43, 1).p_value, 0.0198, 4);
}

/// What the monitoring reports of Lifelong Links and two headlines can have behind them.
#[test]
fn counts_behind_rounded_figures() {
    near(
        wilson(of(228, 267), Confidence::default()).unwrap().value,
        0.854,
        3,
    );
    // 12% of 267 objectives, 79% of those met: only one pair of counts gives both.
    let both: Vec<(u64, u64)> = Printed::new(12.0, 0)
        .counts(267)
        .flat_map(|n| Printed::new(79.0, 0).counts(n).map(move |met| (n, met)))
        .collect();
    assert_eq!(both, [(33, 26)]);
    for (mean, sums) in [(4.9, 122..=123), (4.7, 117..=118), (4.8, 119..=121)] {
        assert_eq!(Printed::new(mean, 1).sums(25), sums, "{mean}");
    }
    let first = |found: Vec<u64>, n: usize| found.into_iter().take(n).collect::<Vec<_>>();
    let shares = |value: f64| first(Printed::new(value, 0).sizes_for_share(60), 4);
    assert_eq!(shares(74.0), [19, 23, 27, 31]);
    assert_eq!(shares(41.0), [17, 22, 27, 29]);
    let means = |value: f64| Printed::new(value, 2).sizes_for_mean(60);
    assert_eq!(first(means(16.77), 6), [13, 22, 26, 30, 31, 35]);
    assert_eq!(first(means(12.44), 6), [9, 16, 18, 25, 27, 32]);
    let both = means(16.77).into_iter().find(|n| means(12.44).contains(n));
    assert_eq!(both, Some(39));
    // A percentage that its own counts do not give.
    assert!(!Printed::new(36.0, 0).counts(172).contains(&61));
    assert!(Printed::new(32.0, 0).agrees_with(100.0 * 55.0 / 171.0));
}

#[test]
fn two_stages_of_one_study_pooled() {
    // The second stage is known to three decimals only.
    let found = pool_effects(
        &[-2.612076, -2.568],
        &[1.141587_f64.powi(2), 2.121_f64.powi(2)],
        HartungKnapp::AsItIs,
        Confidence::default(),
    );
    let common = found.unwrap().unwrap().common.unwrap();
    near(common.value, -2.6022, 4);
    near(common.standard_error, 1.0052, 4);
    near(common.p_value, 0.0096, 4);
}

#[test]
fn numbers_that_cannot_be_are_refused() {
    assert!(Summary::new(0, 1.0, 1.0).is_err());
    assert!(Summary::new(3, f64::NAN, 1.0).is_err());
    assert!(Summary::new(3, 1.0, -1.0).is_err());
    assert!(coefficient_test(1.0, 0.0, 5, Confidence::default()).is_err());
    assert!(coefficient_test(1.0, 1.0, 0, Confidence::default()).is_err());
    assert!(fit_of_squares([1.0, 0.0], [1, 1]).is_err());
    assert!(fit_of_squares([1.0, 1.0], [1, 0]).is_err());
    let alone = Summary::new(1, 2.0, 0.0).unwrap();
    let found = compare_means(alone, alone, Confidence::default());
    assert_eq!(
        (found.pooled, found.size, found.welch.test),
        (None, None, None)
    );
    assert!(Printed::new(74.0, 0).counts(5).is_empty());
}
