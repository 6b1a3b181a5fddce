//! Cox regression of 1,000,000 children's days to a move on eight covariates, with errors clustered by
//! 150 authorities. The limit is what the project promises for two cores in an optimised build.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench stops at the first surprise and prints what it measured"
)]

use std::time::Instant;

use kinfolk_stats::survival::{CoxFit, CoxModel, FollowUp, Ties, cox};

const N_CHILDREN: usize = if cfg!(debug_assertions) {
    20_000
} else {
    1_000_000
};
const N_AUTHORITIES: u32 = 150;
const MOST_SECONDS: f64 = 5.0;
/// The log hazard ratios that the days are made with.
const TRUTH: [f64; 8] = [0.5, -0.3, 0.2, 0.0, -0.1, 0.8, -0.6, 0.05];
/// Moves a day where all covariates are 0.
const HAZARD: f64 = 0.002;
/// Days of watching, at most.
const LONGEST: f64 = 730.0;
/// How many standard errors an estimate may lie from the truth.
const MOST_ERRORS: f64 = 5.0;
/// How many children the likelihood is written out for.
const N_WRITTEN_OUT: usize = 1_000;

fn main() {
    let children = Children::make(N_CHILDREN);
    let begun = Instant::now();
    let fit = children.fit(Ties::Efron);
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{N_CHILDREN} children, {} moves, {} covariates, {N_AUTHORITIES} clusters: {seconds:.2} s in {} steps",
        fit.n_events,
        TRUTH.len(),
        fit.iterations
    );
    recovers_the_truth(&fit);
    agrees_with_the_likelihood_written_out(&Children::make(N_WRITTEN_OUT));
    if !cfg!(debug_assertions) {
        assert!(seconds < MOST_SECONDS, "{seconds} s");
    }
}

struct Children {
    covariates: Vec<Vec<f64>>,
    days: Vec<f64>,
    moved: Vec<bool>,
    authorities: Vec<u32>,
}

impl Children {
    /// Whole days, so that many moves are tied; watching ends at any day with equal chance.
    fn make(n: usize) -> Self {
        let mut draws = Draws(41);
        let mut made = Self {
            covariates: vec![Vec::with_capacity(n); TRUTH.len()],
            days: Vec::with_capacity(n),
            moved: Vec::with_capacity(n),
            authorities: Vec::with_capacity(n),
        };
        for _ in 0..n {
            let x: Vec<f64> = (0..TRUTH.len())
                .map(|index| draws.covariate(index))
                .collect();
            let log_ratio: f64 = x.iter().zip(TRUTH).map(|(x, truth)| x * truth).sum();
            let until_move = -draws.uniform().ln() / (HAZARD * log_ratio.exp());
            let watched = LONGEST * draws.uniform();
            made.days.push(until_move.min(watched).ceil());
            made.moved.push(until_move <= watched);
            made.authorities
                .push((draws.uniform() * f64::from(N_AUTHORITIES)) as u32);
            made.covariates
                .iter_mut()
                .zip(x)
                .for_each(|(column, x)| column.push(x));
        }
        made
    }

    fn fit(&self, ties: Ties) -> CoxFit {
        let follow_up = FollowUp::new(&self.days, &self.moved).expect("days are finite");
        let columns: Vec<&[f64]> = self.covariates.iter().map(Vec::as_slice).collect();
        cox(&CoxModel {
            clusters: Some(&self.authorities),
            ties,
            ..CoxModel::new(&follow_up, &columns)
        })
        .expect("the model can be fitted")
    }

    fn row(&self, child: usize) -> impl Iterator<Item = f64> {
        self.covariates.iter().map(move |column| column[child])
    }
}

fn recovers_the_truth(fit: &CoxFit) {
    for (covariate, (found, truth)) in fit.coefficients.iter().zip(TRUTH).enumerate() {
        let error = fit.standard_error(covariate);
        assert!(
            (found - truth).abs() < MOST_ERRORS * error,
            "{covariate}: {found}"
        );
        // Authorities were drawn at random, so clusters should change little.
        let ratio = error / fit.standard_errors[covariate];
        assert!((0.7..1.4).contains(&ratio), "{covariate}: {ratio}");
    }
}

/// At the maximum, what each mover carries equals what the risk sets lead to expect, summed one pair
/// at a time.
fn agrees_with_the_likelihood_written_out(children: &Children) {
    let fit = children.fit(Ties::Breslow);
    let n = children.days.len();
    let log_ratio = |child: usize| {
        children
            .row(child)
            .zip(&fit.coefficients)
            .map(|(x, b)| x * b)
            .sum::<f64>()
    };
    let risks: Vec<f64> = (0..n).map(|child| log_ratio(child).exp()).collect();
    let mut slope = [0.0; TRUTH.len()];
    for mover in (0..n).filter(|&child| children.moved[child]) {
        let at_risk = || (0..n).filter(|&child| children.days[child] >= children.days[mover]);
        let total: f64 = at_risk().map(|child| risks[child]).sum();
        for (covariate, slope) in slope.iter_mut().enumerate() {
            let column = &children.covariates[covariate];
            let expected: f64 = at_risk().map(|child| risks[child] * column[child]).sum();
            *slope += column[mover] - expected / total;
        }
    }
    for slope in slope {
        assert!(slope.abs() < 1e-6, "{slope}");
    }
}

/// Numbers from a seed, the same on every machine (splitmix64).
struct Draws(u64);

impl Draws {
    /// Above 0, at most 1.
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 + f64::EPSILON / 4.0
    }

    /// Half of them yes or no, half spread evenly with variance 1.
    fn covariate(&mut self, index: usize) -> f64 {
        if index.is_multiple_of(2) {
            f64::from(u8::from(self.uniform() < 0.5))
        } else {
            (self.uniform() - 0.5) * 12.0_f64.sqrt()
        }
    }
}
