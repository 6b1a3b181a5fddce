//! Weighted effects on samples drawn anew: near the sandwich errors, and the same on any number of threads.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::num::NonZeroUsize;

use kinfolk_stats::effect::{Arms, Resampling, Weighting, bootstrap_weighted, weighted};
use kinfolk_stats::matching::Estimand;
use kinfolk_stats::{Confidence, StatsError};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const ALL: [Weighting; 4] = [
    Weighting::Propensity(Estimand::Treated),
    Weighting::Propensity(Estimand::Everybody),
    Weighting::Propensity(Estimand::Overlap),
    Weighting::Entropy,
];

/// Arms of so many in all, an outcome of yes or no and two covariates that matter for both.
fn made_up(n: usize) -> (Vec<bool>, Vec<f64>, [Vec<f64>; 2]) {
    let mut random = ChaCha8Rng::seed_from_u64(8);
    let mut next = || random.random::<f64>();
    let ages: Vec<f64> = (0..n).map(|_| 4.0 + 13.0 * next()).collect();
    let moves: Vec<f64> = (0..n).map(|_| (4.0 * next()).floor()).collect();
    let share = |x: f64| 1.0 / (1.0 + (-x).exp());
    let treated: Vec<bool> = (0..n)
        .map(|row| next() < share(0.1 * (ages[row] - 10.0) - 0.3 * (moves[row] - 1.5)))
        .collect();
    let outcome = (0..n)
        .map(|row| {
            let effect = f64::from(u8::from(treated[row]));
            f64::from(u8::from(
                next() < share(0.6 * effect - 0.4 * moves[row] + 0.5),
            ))
        })
        .collect();
    (treated, outcome, [ages, moves])
}

fn drawn(draws: usize, threads: usize) -> Resampling {
    Resampling {
        draws,
        seed: 5,
        threads: NonZeroUsize::new(threads).unwrap(),
    }
}

#[test]
fn draws_spread_as_the_sandwich_says_on_any_number_of_threads() {
    let (treated, outcome, covariates) = made_up(400);
    let columns: Vec<&[f64]> = covariates.iter().map(Vec::as_slice).collect();
    let arms = Arms {
        treated: &treated,
        outcome: &outcome,
        covariates: &columns,
        clusters: None,
    };
    let confidence = Confidence::default();
    for weighting in ALL {
        let expected = weighted(&arms, weighting, confidence).unwrap().difference;
        let found = bootstrap_weighted(&arms, weighting, &drawn(600, 2), confidence).unwrap();
        let again = bootstrap_weighted(&arms, weighting, &drawn(600, 1), confidence).unwrap();
        assert_eq!(found, again);
        let drawn = &found;
        assert!(
            (drawn.value - expected.value).abs() < 1e-12,
            "{weighting:?}"
        );
        let interval = expected.interval.unwrap();
        let error = (interval.upper - interval.lower) / (2.0 * 1.96);
        // A standard deviation of 600 draws is out by 3 per cent, twelve at the most.
        let ratio = drawn.standard_error / error;
        assert!((0.88..1.14).contains(&ratio), "{weighting:?} {ratio}");
        for own in [drawn.interval, found.bias_corrected.unwrap()] {
            for (found, expected) in [(own.lower, interval.lower), (own.upper, interval.upper)] {
                assert!(
                    (found - expected).abs() < 0.5 * error,
                    "{weighting:?} {own:?}"
                );
            }
        }
    }
}

#[test]
fn clusters_are_drawn_whole() {
    let (treated, outcome, covariates) = made_up(300);
    // Everybody twice, as one cluster: draws spread as those of the single rows.
    let twice = |values: &[f64]| [values, values].concat();
    let columns: Vec<Vec<f64>> = covariates.iter().map(|column| twice(column)).collect();
    let pairs: Vec<usize> = (0..600).map(|row| row % 300).collect();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let both = [treated.clone(), treated.clone()].concat();
    let outcomes = twice(&outcome);
    let arms = Arms {
        treated: &both,
        outcome: &outcomes,
        covariates: &columns,
        clusters: Some(&pairs),
    };
    let single: Vec<&[f64]> = covariates.iter().map(Vec::as_slice).collect();
    let alone = Arms {
        treated: &treated,
        outcome: &outcome,
        covariates: &single,
        clusters: None,
    };
    let confidence = Confidence::default();
    let error = |arms: &Arms| {
        let found = bootstrap_weighted(arms, Weighting::Entropy, &drawn(200, 2), confidence);
        found.unwrap().standard_error
    };
    assert!((error(&arms) / error(&alone) - 1.0).abs() < 1e-6);
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let (treated, outcome, covariates) = made_up(60);
    let columns: Vec<&[f64]> = covariates.iter().map(Vec::as_slice).collect();
    let arms = Arms {
        treated: &treated,
        outcome: &outcome,
        covariates: &columns,
        clusters: None,
    };
    let refused = bootstrap_weighted(&arms, ALL[2], &drawn(1, 1), Confidence::default());
    assert_eq!(
        refused,
        Err(StatsError::DrawsFailed {
            failed: 0,
            draws: 1
        })
    );
}
