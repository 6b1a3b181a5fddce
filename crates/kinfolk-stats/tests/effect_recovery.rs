//! Made-up cohorts in which the effect is known and the arms differ: intervals hold it as often as they
//! say, and the plain difference does not.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kinfolk_stats::Confidence;
use kinfolk_stats::effect::{
    Arms, Effects, Population, Weighting, doubly_robust, standardised, unadjusted, weighted,
};
use kinfolk_stats::matching::{Candidates, Estimand, Greedy, match_greedily, propensity};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Fewer where the build is slow.
const SEEDS: u64 = if cfg!(debug_assertions) { 100 } else { 500 };
const CHILDREN: usize = 300;
const LEVEL: f64 = 0.95;

/// Who is treated, three confounders, and what the outcome would be in either arm.
struct Cohort {
    treated: Vec<bool>,
    covariates: [Vec<f64>; 3],
    outcome: Vec<f64>,
    /// The mean effect on the treated of this cohort.
    effect: f64,
}

#[derive(Clone, Copy)]
enum Outcome {
    Score,
    Stays,
}

fn chance(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

fn normal(random: &mut ChaCha8Rng) -> f64 {
    let (u, v): (f64, f64) = (random.random(), random.random());
    (-2.0 * (1.0 - u).ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}

impl Cohort {
    fn make(seed: u64, kind: Outcome) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut made = Self {
            treated: Vec::new(),
            covariates: Default::default(),
            outcome: Vec::new(),
            effect: 0.0,
        };
        let mut n_treated = 0.0;
        for _ in 0..CHILDREN {
            let x = [
                normal(&mut random),
                normal(&mut random),
                f64::from(random.random::<f64>() < 0.4),
            ];
            let treated =
                random.random::<f64>() < chance(-1.1 + 0.5 * x[0] - 0.4 * x[1] + 0.5 * x[2]);
            let arm = f64::from(u8::from(treated));
            let (outcome, effect) = match kind {
                Outcome::Score => {
                    let base = 15.0 + 2.0 * x[0] - 1.5 * x[1] + x[2] + 3.0 * normal(&mut random);
                    (base - 2.0 * arm, -2.0)
                }
                Outcome::Stays => {
                    let log_odds =
                        |arm: f64| 0.1 + 0.6 * x[0] - 0.5 * x[1] + 0.3 * x[2] + 0.8 * arm;
                    let yes = random.random::<f64>() < chance(log_odds(arm));
                    let effect = chance(log_odds(1.0)) - chance(log_odds(0.0));
                    (f64::from(u8::from(yes)), effect)
                }
            };
            made.treated.push(treated);
            made.outcome.push(outcome);
            for (column, x) in made.covariates.iter_mut().zip(x) {
                column.push(x);
            }
            made.effect += arm * effect;
            n_treated += arm;
        }
        made.effect /= n_treated;
        made
    }

    fn effects(&self, method: Method) -> Effects {
        let columns: Vec<&[f64]> = self.covariates.iter().map(Vec::as_slice).collect();
        let arms = Arms {
            treated: &self.treated,
            outcome: &self.outcome,
            covariates: &columns,
            clusters: None,
        };
        let confidence = Confidence::default();
        match method {
            Method::Unadjusted => unadjusted(&arms, confidence),
            Method::Matched => {
                let (weights, pairs) = self.matched(&columns);
                let arms = Arms {
                    clusters: Some(&pairs),
                    ..arms
                };
                standardised(&arms, &weights, confidence)
            }
            Method::Weighted(weighting) => weighted(&arms, weighting, confidence),
            Method::DoublyRobust => doubly_robust(&arms, Population::Treated, confidence),
        }
        .unwrap()
    }

    fn matched(&self, columns: &[&[f64]]) -> (Vec<f64>, Vec<usize>) {
        let scores = propensity(columns, &self.treated).unwrap();
        let keys: Vec<u64> = (0..CHILDREN as u64).collect();
        let candidates = Candidates {
            treated: &self.treated,
            distance: &scores.logits,
            keys: &keys,
            exact: None,
        };
        // Without a caliper, so that all the treated count, of whom the effect is known.
        let how = Greedy {
            caliper: None,
            ..Greedy::default()
        };
        let matches = match_greedily(&candidates, &how).unwrap();
        let mut pairs: Vec<usize> = (0..CHILDREN).collect();
        for pair in &matches.pairs {
            pairs[pair.control] = pair.treated;
        }
        (matches.weights(CHILDREN), pairs)
    }
}

#[derive(Debug, Clone, Copy)]
enum Method {
    Unadjusted,
    Matched,
    Weighted(Weighting),
    DoublyRobust,
}

/// How often the interval holds the effect.
fn coverage(method: Method, kind: Outcome) -> f64 {
    let held = (0..SEEDS).filter(|&seed| {
        let cohort = Cohort::make(seed, kind);
        let interval = cohort.effects(method).difference.interval.unwrap();
        interval.lower <= cohort.effect && cohort.effect <= interval.upper
    });
    held.count() as f64 / SEEDS as f64
}

fn check(kind: Outcome) {
    // Three standard errors of a share of so many seeds.
    let margin = 3.0 * (LEVEL * (1.0 - LEVEL) / SEEDS as f64).sqrt();
    for method in [
        Method::Matched,
        Method::Weighted(Weighting::Propensity(Estimand::Treated)),
        Method::Weighted(Weighting::Entropy),
        Method::DoublyRobust,
    ] {
        let found = coverage(method, kind);
        assert!((found - LEVEL).abs() <= margin, "{method:?}: {found}");
    }
    let plain = coverage(Method::Unadjusted, kind);
    assert!(
        plain < LEVEL - 2.0 * margin,
        "the arms hardly differ: {plain}"
    );
}

#[test]
fn a_difference_of_means_is_recovered() {
    check(Outcome::Score);
}

#[test]
fn a_difference_of_shares_is_recovered() {
    check(Outcome::Stays);
}
