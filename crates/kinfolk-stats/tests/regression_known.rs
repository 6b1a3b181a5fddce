//! Regressions where answers are known without them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kinfolk_stats::regression::{
    Errors, LeastSquares, LogisticErrors, Penalty, Rows, least_squares, logistic,
};
use kinfolk_stats::{Confidence, StatsError};
use proptest::prelude::*;

const ARM: [f64; 8] = [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0];
const SCORES: [f64; 8] = [3.0, 5.0, 4.0, 7.0, 6.0, 9.0, 8.0, 12.0];
const ALL: [Errors; 9] = [
    Errors::Classical,
    Errors::Hc0,
    Errors::Hc1,
    Errors::Hc2,
    Errors::Hc3,
    Errors::Cr0,
    Errors::Cr1,
    Errors::Cr1s,
    Errors::Cr2,
];

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance * expected.abs().max(1.0),
        "{found} is not {expected}"
    );
}

fn error_of(fit: &LeastSquares, at: usize, errors: Errors) -> f64 {
    fit.coefficient(at, errors, Confidence::default())
        .unwrap()
        .standard_error
}

#[test]
fn two_groups_are_a_difference_of_means_with_welchs_error() {
    let fit = least_squares(&Rows::new(&SCORES, &[&ARM])).unwrap();
    let difference = fit
        .coefficient(1, Errors::Hc2, Confidence::default())
        .unwrap();
    close(difference.value, 8.4 - 4.0, 1e-12);
    // Variances 1 of three and 5.3 of five.
    close(
        difference.standard_error,
        (1.0_f64 / 3.0 + 5.3 / 5.0).sqrt(),
        1e-12,
    );
    assert_eq!(difference.degrees_of_freedom, 6.0);
}

#[test]
fn rows_that_are_their_own_clusters_have_the_errors_of_rows() {
    let fit = least_squares(&Rows::new(&SCORES, &[&ARM])).unwrap();
    for at in 0..2 {
        close(
            error_of(&fit, at, Errors::Cr0),
            error_of(&fit, at, Errors::Hc0),
            1e-12,
        );
        close(
            error_of(&fit, at, Errors::Cr1s),
            error_of(&fit, at, Errors::Hc1),
            1e-12,
        );
        close(
            error_of(&fit, at, Errors::Cr2),
            error_of(&fit, at, Errors::Hc2),
            1e-12,
        );
    }
    // Satterthwaite's degrees for an even spread: (1/3 + 1/5)² / (1/3²/2 + 1/5²/4).
    let cr2 = fit
        .coefficient(1, Errors::Cr2, Confidence::default())
        .unwrap();
    let expected = (8.0_f64 / 15.0).powi(2) / (1.0 / 18.0 + 1.0 / 100.0);
    close(cr2.degrees_of_freedom, expected, 1e-12);
}

#[test]
fn pairs_with_the_arm_inside_are_the_paired_t_test() {
    let before = [20.0, 17.0, 25.0, 14.0, 9.0, 30.0];
    let after = [17.0, 18.0, 19.0, 14.0, 8.0, 24.0];
    let outcome: Vec<f64> = before.iter().chain(&after).copied().collect();
    let arm: Vec<f64> = (0..12).map(|row| f64::from(u8::from(row >= 6))).collect();
    let pairs: Vec<usize> = (0..12).map(|row| row % 6).collect();
    let covariates = [arm.as_slice()];
    let rows = Rows {
        clusters: Some(&pairs),
        ..Rows::new(&outcome, &covariates)
    };
    let cr2 = least_squares(&rows)
        .unwrap()
        .coefficient(1, Errors::Cr2, Confidence::default())
        .unwrap();
    let paired = kinfolk_stats::paired_t_test(&before, &after)
        .unwrap()
        .unwrap();
    close(cr2.t, paired.t, 1e-10);
    close(cr2.degrees_of_freedom, 5.0, 1e-10);
    close(cr2.p_value, paired.p_value, 1e-10);
}

#[test]
fn rows_that_cannot_be_are_refused() {
    let none: [f64; 8] = [1.0; 8];
    let twice = ARM.map(|arm| 3.0 - 2.0 * arm);
    let check = |covariates: &[&[f64]], expected: StatsError| {
        let rows = Rows::new(&SCORES, covariates);
        assert_eq!(least_squares(&rows).unwrap_err(), expected);
        let yes = ARM;
        assert!(logistic(&Rows::new(&yes, covariates), Penalty::None).is_err());
    };
    check(&[&none], StatsError::Collinear { covariate: 0 });
    check(&[&ARM, &twice], StatsError::Collinear { covariate: 1 });
    check(
        &[&ARM[..7]],
        StatsError::UnequalLengths {
            what: "a covariate",
            found: 7,
            expected: 8,
        },
    );
    let few = least_squares(&Rows::new(&SCORES[..2], &[&[0.0, 1.0]])).unwrap_err();
    assert_eq!(few.to_string(), "2 rows are too few for 2 coefficients");
    let weights = [1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0];
    let rows = Rows {
        weights: Some(&weights),
        ..Rows::new(&SCORES, &[])
    };
    assert_eq!(
        least_squares(&rows).unwrap_err(),
        StatsError::Weight { at: 2, value: 0.0 }
    );
    let halves = [0.5; 8];
    let odd = logistic(&Rows::new(&halves, &[&ARM]), Penalty::None).unwrap_err();
    assert_eq!(odd, StatsError::Probability(0.5));
}

#[test]
fn without_spread_there_is_nothing_to_judge() {
    let fit = least_squares(&Rows::new(&[2.0; 8], &[&ARM])).unwrap();
    for errors in ALL {
        assert_eq!(
            fit.coefficient(1, errors, Confidence::default()),
            None,
            "{errors:?}"
        );
    }
    let fit = least_squares(&Rows::new(&SCORES, &[&ARM])).unwrap();
    assert_eq!(fit.coefficient(2, Errors::Hc2, Confidence::default()), None);
    assert_eq!(
        fit.contrast(&[1.0], Errors::Hc2, Confidence::default()),
        None
    );
}

#[test]
fn one_cluster_has_no_spread_between_clusters() {
    let labels = [4; 8];
    let rows = Rows {
        clusters: Some(&labels),
        ..Rows::new(&SCORES, &[&ARM])
    };
    let fit = least_squares(&rows).unwrap();
    assert_eq!(fit.n_clusters(), 1);
    for errors in [Errors::Cr0, Errors::Cr1, Errors::Cr1s, Errors::Cr2] {
        assert_eq!(
            fit.coefficient(1, errors, Confidence::default()),
            None,
            "{errors:?}"
        );
    }
}

#[test]
fn a_table_of_four_has_its_odds_ratio() {
    // 3 of 8 yes with the arm 0, 6 of 9 with the arm 1.
    let arm: Vec<f64> = (0..17).map(|row| f64::from(u8::from(row >= 8))).collect();
    let yes: Vec<f64> = (0..17)
        .map(|row| f64::from(u8::from(row < 3 || (8..14).contains(&row))))
        .collect();
    let fit = logistic(&Rows::new(&yes, &[&arm]), Penalty::None).unwrap();
    let ratio = fit
        .coefficient(1, LogisticErrors::Model, Confidence::default())
        .unwrap();
    close(ratio.value, (6.0_f64 / 3.0 / (3.0 / 5.0)).ln(), 1e-10);
    let counts = [3.0, 5.0, 6.0, 3.0_f64];
    close(
        ratio.standard_error,
        counts.map(f64::recip).iter().sum::<f64>().sqrt(),
        1e-10,
    );
    assert_eq!(ratio.degrees_of_freedom, f64::INFINITY);
    close(fit.chances()[16], 6.0 / 9.0, 1e-10);
}

#[test]
fn firths_penalty_adds_a_half_to_each_cell_of_a_full_table() {
    let arm: Vec<f64> = (0..20).map(|row| f64::from(u8::from(row >= 10))).collect();
    let yes: Vec<f64> = (0..20).map(|row| f64::from(u8::from(row < 4))).collect();
    let covariates = [arm.as_slice()];
    let rows = Rows::new(&yes, &covariates);
    assert_eq!(
        logistic(&rows, Penalty::None).unwrap_err(),
        StatsError::Separated { covariate: 0 }
    );
    let fit = logistic(&rows, Penalty::FirthIfSeparated).unwrap();
    assert!(fit.is_penalised());
    let ratio = fit
        .coefficient(1, LogisticErrors::Model, Confidence::default())
        .unwrap();
    close(ratio.value, (0.5_f64 / 10.5 / (4.5 / 6.5)).ln(), 1e-9);
}

/// The rank of what is taken off is that of the covariates, so large clusters cost little.
#[test]
fn a_cluster_of_many_rows_is_no_burden() {
    let n = 6_000;
    let x: Vec<f64> = (0..n).map(|row| (row * 7919 % 1000) as f64).collect();
    let y: Vec<f64> = x
        .iter()
        .enumerate()
        .map(|(row, x)| x + (row % 17) as f64)
        .collect();
    let labels: Vec<usize> = (0..n).map(|row| row % 3).collect();
    let covariates = [x.as_slice()];
    let rows = Rows {
        clusters: Some(&labels),
        ..Rows::new(&y, &covariates)
    };
    let fit = least_squares(&rows).unwrap();
    let slope = fit
        .coefficient(1, Errors::Cr2, Confidence::default())
        .unwrap();
    assert!(
        (1.0..=2.000_001).contains(&slope.degrees_of_freedom),
        "{slope:?}"
    );
}

proptest! {
    #[test]
    fn units_and_offsets_of_covariates_change_nothing_else(
        pairs in prop::collection::vec((-50.0..50.0_f64, -20.0..20.0_f64, 0.2..3.0_f64), 8..30),
        factor in 0.01..100.0_f64,
        shift in -1e4..1e4_f64,
    ) {
        let x: Vec<f64> = pairs.iter().map(|pair| pair.0).collect();
        let moved: Vec<f64> = x.iter().map(|x| shift + factor * x).collect();
        let y: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
        let weights: Vec<f64> = pairs.iter().map(|pair| pair.2).collect();
        let labels: Vec<usize> = (0..x.len()).map(|row| row % 4).collect();
        let fit = |column: &[f64]| {
            let columns = [column];
            let rows = Rows {
                weights: Some(&weights),
                clusters: Some(&labels),
                ..Rows::new(&y, &columns)
            };
            least_squares(&rows).unwrap()
        };
        let (plain, moved) = (fit(&x), fit(&moved));
        for errors in ALL {
            let of = |fit: &LeastSquares| fit.coefficient(1, errors, Confidence::default()).unwrap();
            let (plain, moved) = (of(&plain), of(&moved));
            prop_assert!((plain.t - moved.t).abs() < 1e-6 * plain.t.abs().max(1.0));
            let degrees = (plain.degrees_of_freedom, moved.degrees_of_freedom);
            prop_assert!((degrees.0 - degrees.1).abs() < 1e-6 * degrees.0);
        }
    }
}
