//! Propensity score, match and effect drawn anew 2,000 times on 10,000 children with 8 covariates. The
//! limit is what the project promises for two cores in an optimised build.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench stops at the first surprise and prints what it measured"
)]

use std::num::NonZeroUsize;
use std::time::Instant;

use kinfolk_stats::Confidence;
use kinfolk_stats::effect::{Arms, Bootstrap, BootstrapOptions, bootstrap_matched};
use kinfolk_stats::matching::Greedy;

const SHRINK: usize = if cfg!(debug_assertions) { 20 } else { 1 };
const CHILDREN: usize = 10_000 / SHRINK;
const DRAWS: usize = 2_000 / SHRINK;
const MOST_SECONDS: f64 = 30.0;
/// What was done to the outcomes of the treated.
const EFFECT: f64 = -2.0;

fn main() {
    let cohort = Cohort::make();
    let begun = Instant::now();
    let two = cohort.draw(2);
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{} draws: {:.3} ({:.3} to {:.3}), {seconds:.2} s",
        two.n_draws, two.value, two.interval.lower, two.interval.upper
    );
    assert_eq!(two.n_failed, 0);
    assert!((two.value - EFFECT).abs() < 4.0 * two.standard_error);
    assert!(two.interval.lower < EFFECT && EFFECT < two.interval.upper);
    assert!(
        cfg!(debug_assertions) || seconds < MOST_SECONDS,
        "{seconds} s"
    );
}

struct Cohort {
    treated: Vec<bool>,
    covariates: Vec<Vec<f64>>,
    outcome: Vec<f64>,
}

/// Shares between 0 and 1 from a seed, evenly spread (splitmix64).
struct Shares(u64);

impl Shares {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Near enough to a normal deviate.
    fn deviate(&mut self) -> f64 {
        (0..12).map(|_| self.next()).sum::<f64>() - 6.0
    }
}

impl Cohort {
    fn make() -> Self {
        let mut shares = Shares(7);
        let mut made = Self {
            treated: Vec::new(),
            covariates: vec![Vec::new(); 8],
            outcome: Vec::new(),
        };
        for _ in 0..CHILDREN {
            let x: Vec<f64> = (0..8).map(|_| shares.deviate()).collect();
            let log_odds = -1.5 + 0.3 * x[0] - 0.3 * x[1] + 0.2 * x[2];
            let treated = shares.next() < 1.0 / (1.0 + f64::exp(-log_odds));
            let base = 15.0 + x[0] - x[1] + 0.5 * x[3] + 3.0 * shares.deviate();
            made.outcome
                .push(if treated { base + EFFECT } else { base });
            made.treated.push(treated);
            for (column, x) in made.covariates.iter_mut().zip(x) {
                column.push(x);
            }
        }
        made
    }

    fn draw(&self, threads: usize) -> Bootstrap {
        let columns: Vec<&[f64]> = self.covariates.iter().map(Vec::as_slice).collect();
        let arms = Arms {
            treated: &self.treated,
            outcome: &self.outcome,
            covariates: &columns,
            clusters: None,
        };
        let options = BootstrapOptions {
            draws: DRAWS,
            seed: 1,
            threads: NonZeroUsize::new(threads).expect("more than none"),
            matching: Greedy::default(),
            exact: None,
            adjust_for: &columns,
        };
        bootstrap_matched(&arms, &options, Confidence::default()).expect("arms that overlap")
    }
}
