//! A million draws of four options at 501 thresholds, with the answer that symmetry gives. The time is
//! held in optimised builds only.

use std::time::Instant;

use kinfolk_economics::{Options, acceptability};

const N_DRAWS: usize = if cfg!(debug_assertions) {
    20_000
} else {
    1_000_000
};
const N_OPTIONS: usize = 4;
const MOST_SECONDS: f64 = 0.25;

/// Evenly scattered numbers from 0 to 1 (additive recurrence with an irrational step).
fn scattered(step: f64) -> Vec<f64> {
    (1..=N_DRAWS).map(|at| (at as f64 * step).fract()).collect()
}

#[test]
fn a_million_draws_in_a_quarter_of_a_second() {
    let steps = [2f64, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0, 19.0].map(f64::sqrt);
    let costs: Vec<Vec<f64>> = steps[..N_OPTIONS]
        .iter()
        .map(|step| scattered(*step))
        .collect();
    let effects: Vec<Vec<f64>> = steps[N_OPTIONS..]
        .iter()
        .map(|step| scattered(*step))
        .collect();
    let thresholds: Vec<f64> = (0..=500).map(|at| f64::from(at) / 100.0).collect();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(2)
        .build()
        .unwrap();
    let options = Options {
        costs: &costs,
        effects: &effects,
    };
    let begun = Instant::now();
    let found = pool
        .install(|| acceptability(&options, &thresholds))
        .unwrap();
    let seconds = begun.elapsed().as_secs_f64();
    for at in &found {
        // Options are drawn alike, so each is best in a quarter of draws.
        for share in &at.probability_best {
            assert!((share - 0.25).abs() < 0.01, "{at:?}");
        }
    }
    // With nothing paid for effects the best costs least: the mean least of four is 1/5 against 1/2.
    assert!(
        (found[0].perfect_information - 0.3).abs() < 0.005,
        "{:?}",
        found[0]
    );
    if !cfg!(debug_assertions) {
        assert!(seconds < MOST_SECONDS, "{seconds} s");
    }
}
