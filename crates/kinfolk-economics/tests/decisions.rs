//! Acceptability, frontier and perfect information, against a loop over everything.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use common::close;
use kinfolk_economics::{AtThreshold, EconomicsError, Options, acceptability};
use proptest::prelude::*;

fn run(costs: &[Vec<f64>], effects: &[Vec<f64>], thresholds: &[f64]) -> Vec<AtThreshold> {
    acceptability(&Options { costs, effects }, thresholds).unwrap()
}

/// The best option of one draw: the first of the highest.
fn best(costs: &[Vec<f64>], effects: &[Vec<f64>], threshold: f64, draw: usize) -> (usize, f64) {
    let mut best = (0, f64::NEG_INFINITY);
    for option in 0..costs.len() {
        let net = threshold * effects[option][draw] - costs[option][draw];
        if net > best.1 {
            best = (option, net);
        }
    }
    best
}

fn check(costs: &[Vec<f64>], effects: &[Vec<f64>], thresholds: &[f64]) {
    let n = costs[0].len();
    for found in run(costs, effects, thresholds) {
        let mut counts = vec![0.0; costs.len()];
        let mut highest = 0.0;
        for draw in 0..n {
            let (option, net) = best(costs, effects, found.threshold, draw);
            counts[option] += 1.0 / n as f64;
            highest += net / n as f64;
        }
        for (share, expected) in found.probability_best.iter().zip(&counts) {
            assert!((share - expected).abs() < 1e-12, "{found:?} {counts:?}");
        }
        let mean = found.mean_net_benefit[found.best];
        close(found.perfect_information, highest - mean);
        assert_eq!(found.frontier, found.probability_best[found.best]);
    }
}

#[test]
fn two_draws_by_hand() {
    // Draw 1: the new option costs 10 and gains 2; draw 2: it costs 10 and gains nothing.
    let costs = [vec![0.0, 0.0], vec![10.0, 10.0]];
    let effects = [vec![0.0, 0.0], vec![2.0, 0.0]];
    let found = run(&costs, &effects, &[0.0, 5.0, 6.0, 20.0]);
    let best: Vec<usize> = found.iter().map(|at| at.best).collect();
    let new: Vec<f64> = found.iter().map(|at| at.probability_best[1]).collect();
    let information: Vec<f64> = found.iter().map(|at| at.perfect_information).collect();
    // At 5 both are alike in draw 1, so the first counts.
    assert_eq!(new, [0.0, 0.0, 0.5, 0.5]);
    assert_eq!(best, [0, 0, 0, 1]);
    assert_eq!(information, [0.0, 0.0, 1.0, 5.0]);
    assert_eq!(found[2].frontier, 0.5);
}

#[test]
fn lists_that_do_not_fit_are_refused() {
    let one = [vec![1.0, 2.0]];
    let refuse = |costs: &[Vec<f64>], effects: &[Vec<f64>], thresholds: &[f64]| {
        acceptability(&Options { costs, effects }, thresholds).unwrap_err()
    };
    let lengths = |error| matches!(error, EconomicsError::Lengths { .. });
    assert!(lengths(refuse(&[], &[], &[1.0])));
    assert!(lengths(refuse(&one, &[], &[1.0])));
    assert!(lengths(refuse(&one, &[vec![1.0]], &[1.0])));
    assert!(lengths(refuse(&[vec![]], &[vec![]], &[1.0])));
    assert_eq!(
        refuse(&one, &one, &[1.0, 1.0]),
        EconomicsError::Thresholds(1.0)
    );
    assert!(matches!(
        refuse(&one, &one, &[f64::NAN]),
        EconomicsError::Thresholds(_)
    ));
    assert_eq!(run(&one, &one, &[]), []);
}

/// Numbers with many ties.
fn coarse() -> impl Strategy<Value = f64> {
    (-6i32..=6).prop_map(|number| f64::from(number) / 2.0)
}

proptest! {
    #[test]
    fn the_envelope_is_the_loop(
        rows in prop::collection::vec(prop::collection::vec((coarse(), coarse()), 4), 1..80),
        fine in prop::collection::vec(-3.0f64..3.0, 4),
    ) {
        let list = |pick: &dyn Fn(&(f64, f64)) -> f64| -> Vec<Vec<f64>> {
            (0..4).map(|option| rows.iter().map(|row| pick(&row[option])).collect()).collect()
        };
        let thresholds: Vec<f64> = (0..21).map(|at| f64::from(at) / 4.0).collect();
        let (costs, effects) = (list(&|pair| pair.0), list(&|pair| pair.1));
        check(&costs, &effects, &thresholds);
        let moved: Vec<Vec<f64>> = effects
            .iter()
            .zip(&fine)
            .map(|(list, by)| list.iter().map(|effect| effect * by).collect())
            .collect();
        check(&costs, &moved, &thresholds);
    }

    #[test]
    fn shares_add_up_and_options_may_change_places(
        rows in prop::collection::vec(prop::collection::vec((0.0f64..9.0, 0.0f64..9.0), 3), 2..40),
    ) {
        let list = |order: [usize; 3], pick: &dyn Fn(&(f64, f64)) -> f64| -> Vec<Vec<f64>> {
            order.iter().map(|o| rows.iter().map(|row| pick(&row[*o])).collect()).collect()
        };
        let thresholds = [0.0, 0.7, 1.3, 4.0];
        let order = [2, 0, 1];
        let first = run(&list([0, 1, 2], &|p| p.0), &list([0, 1, 2], &|p| p.1), &thresholds);
        let second = run(&list(order, &|p| p.0), &list(order, &|p| p.1), &thresholds);
        for (one, other) in first.iter().zip(&second) {
            prop_assert!((one.probability_best.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert!(one.perfect_information >= 0.0);
            for (place, option) in order.iter().enumerate() {
                prop_assert_eq!(other.probability_best[place], one.probability_best[*option]);
            }
        }
        // With nothing paid for effects the cheapest on average is best.
        let cost = |option: usize| rows.iter().map(|row| row[option].0).sum::<f64>();
        let cheapest = (0..3).min_by(|a, b| cost(*a).total_cmp(&cost(*b))).unwrap();
        prop_assert!((cost(first[0].best) - cost(cheapest)).abs() < 1e-9);
    }
}
