//! Matching at national scale: nearest comparators within a caliper for 1,000,000 treated among
//! 9,000,000, and optimal pairs for 100,000 among 1,000,000. The limits are what the project promises
//! for two cores in an optimised build.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench stops at the first surprise and prints what it measured"
)]

use std::time::Instant;

use kinfolk_stats::matching::{
    Caliper, Candidates, Greedy, Matches, match_greedily, match_optimally,
};

const SHRINK: usize = if cfg!(debug_assertions) { 100 } else { 1 };
const MOST_SECONDS: f64 = 20.0;
/// How many treated subjects the pairs are written out for, one against each.
const N_WRITTEN_OUT: usize = 200;

fn main() {
    let cohort = Cohort::make(1_000_000 / SHRINK, 9_000_000 / SHRINK);
    let (greedy, seconds) = timed("greedy", || cohort.greedy());
    check(&greedy, &cohort);
    assert!(
        cfg!(debug_assertions) || seconds < MOST_SECONDS,
        "{seconds} s"
    );

    let cohort = Cohort::make(100_000 / SHRINK, 1_000_000 / SHRINK);
    let (optimal, seconds) = timed("optimal", || cohort.optimal());
    check(&optimal, &cohort);
    let greedy = cohort.greedy();
    assert!(optimal.pairs.len() >= greedy.pairs.len());
    assert!(
        cfg!(debug_assertions) || seconds < MOST_SECONDS,
        "{seconds} s"
    );

    let small = Cohort::make(N_WRITTEN_OUT, 3 * N_WRITTEN_OUT);
    agrees_with_pairs_written_out(&small);
}

fn timed(name: &str, run: impl FnOnce() -> Matches) -> (Matches, f64) {
    let begun = Instant::now();
    let found = run();
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{name}: {} pairs, {} without, {seconds:.2} s",
        found.pairs.len(),
        found.n_unmatched
    );
    (found, seconds)
}

struct Cohort {
    treated: Vec<bool>,
    logits: Vec<f64>,
    keys: Vec<u64>,
}

impl Cohort {
    /// Treated subjects lie higher than comparators, on logits that overlap.
    fn make(n_treated: usize, n_controls: usize) -> Self {
        let n = n_treated + n_controls;
        let mut draws = Draws(23);
        // One treated subject after every so many comparators.
        let every = n / n_treated;
        let treated: Vec<bool> = (0..n)
            .map(|row| row % every == 0 && row / every < n_treated)
            .collect();
        let logits = treated
            .iter()
            .map(|&treated| draws.bell() + if treated { 0.8 } else { 0.0 })
            .collect();
        Self {
            treated,
            logits,
            // Keys that do not go with the order of rows.
            keys: (0..n as u64)
                .map(|row| row.wrapping_mul(0x9e37_79b9_7f4a_7c15))
                .collect(),
        }
    }

    fn candidates(&self) -> Candidates<'_> {
        Candidates {
            treated: &self.treated,
            distance: &self.logits,
            keys: &self.keys,
            exact: None,
        }
    }

    fn greedy(&self) -> Matches {
        match_greedily(&self.candidates(), &Greedy::default()).expect("the cohort can be matched")
    }

    fn optimal(&self) -> Matches {
        let caliper = Some(Caliper::StandardDeviations(0.2));
        match_optimally(&self.candidates(), caliper).expect("the cohort can be matched")
    }
}

/// Nobody is in two pairs, every pair is within the caliper, and hardly anybody is left over.
fn check(matches: &Matches, cohort: &Cohort) {
    let caliper = matches.caliper.expect("there is a caliper");
    let mut seen = vec![false; cohort.treated.len()];
    for pair in &matches.pairs {
        assert!(cohort.treated[pair.treated] && !cohort.treated[pair.control]);
        assert!(pair.distance <= caliper);
        for row in [pair.treated, pair.control] {
            assert!(
                !std::mem::replace(&mut seen[row], true),
                "{row} is in two pairs"
            );
        }
    }
    let share = matches.n_unmatched as f64 / matches.pairs.len() as f64;
    assert!(share < 0.05, "{share}");
}

/// The same pairs by looking at every comparator, and no smaller sum than by the optimal way.
fn agrees_with_pairs_written_out(cohort: &Cohort) {
    let found = cohort.greedy();
    let caliper = found.caliper.expect("there is a caliper");
    let mut choosing: Vec<usize> = (0..cohort.treated.len())
        .filter(|&row| cohort.treated[row])
        .collect();
    choosing.sort_by(|&a, &b| cohort.logits[b].total_cmp(&cohort.logits[a]));
    let mut free: Vec<usize> = (0..cohort.treated.len())
        .filter(|&row| !cohort.treated[row])
        .collect();
    let mut n_pairs = 0;
    for row in choosing {
        let gap = |other: usize| (cohort.logits[row] - cohort.logits[other]).abs();
        let nearest = (0..free.len()).min_by(|&a, &b| gap(free[a]).total_cmp(&gap(free[b])));
        if let Some(index) = nearest.filter(|&index| gap(free[index]) <= caliper) {
            let control = free.swap_remove(index);
            assert!(
                found
                    .pairs
                    .iter()
                    .any(|pair| pair.treated == row && pair.control == control)
            );
            n_pairs += 1;
        }
    }
    assert_eq!(n_pairs, found.pairs.len());
}

/// Numbers from a seed, the same on every machine (splitmix64).
struct Draws(u64);

impl Draws {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Roughly normal, with variance 1.
    fn bell(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}
