//! Repeated measures of 1,000,000 children at five waves, a fifth of the scores missing. Those who
//! score high are lost more often, so means of whoever is left are wrong, and the model's are right.
//! The limit is what the project promises for two cores in an optimised build.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench stops at the first surprise and prints what it measured"
)]

use std::time::Instant;

use kinfolk_stats::mmrm::{Contrast, Fit, Inference, Model, Panel, fit};

const N_CHILDREN: usize = if cfg!(debug_assertions) {
    20_000
} else {
    1_000_000
};
const N_WAVES: usize = 5;
const MOST_SECONDS: f64 = 10.0;
/// The means that the scores are made with, from baseline to the fourth year.
const TRUTH: [f64; N_WAVES] = [16.5, 15.75, 15.0, 14.5, 14.25];
/// The spread between children, and within a child.
const BETWEEN: f64 = 5.0;
const WITHIN: f64 = 3.5;
/// How many standard errors an estimate may lie from the truth.
const MOST_ERRORS: f64 = 5.0;
/// How many children the likelihood is written out for.
const N_WRITTEN_OUT: usize = 2_000;

type Scores = [Option<f64>; N_WAVES];

fn main() {
    let rows: Vec<Scores> = (0..N_CHILDREN).map(scores).collect();
    let missing = rows
        .iter()
        .flatten()
        .filter(|score| score.is_none())
        .count();
    let share = missing as f64 / (N_CHILDREN * N_WAVES) as f64;
    assert!((0.19..0.21).contains(&share), "{share} are missing");

    let begun = Instant::now();
    let fit = fitted(&rows);
    let seconds = begun.elapsed().as_secs_f64();
    println!(
        "{N_CHILDREN} children at {N_WAVES} waves, {:.1}% missing: {seconds:.2} s in {} steps",
        100.0 * share,
        fit.n_steps()
    );

    recovers_the_truth(&fit, &rows);
    agrees_with_the_likelihood_written_out(&rows[..N_WRITTEN_OUT]);
    if !cfg!(debug_assertions) {
        assert!(seconds < MOST_SECONDS, "{seconds} s");
    }
}

fn fitted(rows: &[Scores]) -> Fit {
    let mut panel = Panel::new(N_WAVES);
    for row in rows {
        panel.push(row).expect("scores are finite");
    }
    let fitted = fit(&panel, &Model::default()).expect("the model suits the panel");
    assert!(fitted.steps_down.is_empty(), "{:?}", fitted.steps_down);
    fitted.fit.expect("the scores determine the model")
}

fn mean(fit: &Fit, wave: usize) -> Contrast {
    fit.mean_at(wave, Inference::default())
        .expect("waves have means")
}

fn recovers_the_truth(fit: &Fit, rows: &[Scores]) {
    for (wave, truth) in TRUTH.into_iter().enumerate() {
        let mean = mean(fit, wave);
        let errors = (mean.value - truth) / mean.standard_error;
        assert!(errors.abs() < MOST_ERRORS, "wave {wave}: {mean:?}");
    }
    let last: Vec<f64> = rows.iter().filter_map(|row| row[N_WAVES - 1]).collect();
    let left = last.iter().sum::<f64>() / last.len() as f64;
    let truth = TRUTH[N_WAVES - 1];
    println!(
        "last wave: truth {truth}, whoever is left {left:.3}, model {:.3}",
        mean(fit, 4).value
    );
    assert!((left - truth).abs() > 0.3, "{left} is not biased");
}

/// −2 times the restricted log-likelihood child by child, at the means and covariance of the fit.
fn agrees_with_the_likelihood_written_out(rows: &[Scores]) {
    let fit = fitted(rows);
    let mut information = vec![vec![0.0; N_WAVES]; N_WAVES];
    let (mut deviance, mut n_scores) = (0.0, 0.0);
    for row in rows {
        let seen: Vec<usize> = (0..N_WAVES).filter(|&wave| row[wave].is_some()).collect();
        let root = root(seen.len(), |i, j| covariance(&fit, seen[i], seen[j]));
        let residual = |i: usize| row[seen[i]].map_or(0.0, |y| y - mean(&fit, seen[i]).value);
        let residuals = forward(&root, residual);
        deviance += log_determinant(&root) + residuals.iter().map(|r| r * r).sum::<f64>();
        n_scores += seen.len() as f64;
        let columns: Vec<Vec<f64>> = (0..seen.len())
            .map(|column| forward(&root, |i| f64::from(u8::from(i == column))))
            .collect();
        for (i, left) in columns.iter().enumerate() {
            for (j, right) in columns.iter().enumerate() {
                let product: f64 = left.iter().zip(right).map(|(a, b)| a * b).sum();
                information[seen[i]][seen[j]] += product;
            }
        }
    }
    deviance += log_determinant(&root(N_WAVES, |i, j| information[i][j]));
    deviance += (n_scores - N_WAVES as f64) * std::f64::consts::TAU.ln();
    let difference = (deviance - fit.deviance()).abs() / deviance;
    assert!(difference < 1e-11, "{deviance} is not {}", fit.deviance());
}

fn covariance(fit: &Fit, first: usize, second: usize) -> f64 {
    fit.covariance_between(first, second).expect("waves exist")
}

/// The lower triangular root of a covariance.
fn root(n: usize, entry: impl Fn(usize, usize) -> f64) -> Vec<Vec<f64>> {
    let mut lower = vec![vec![0.0; n]; n];
    for row in 0..n {
        for column in 0..=row {
            let known: f64 = (0..column).map(|i| lower[row][i] * lower[column][i]).sum();
            let rest = entry(row, column) - known;
            lower[row][column] = if row == column {
                rest.sqrt()
            } else {
                rest / lower[column][column]
            };
        }
    }
    lower
}

fn log_determinant(root: &[Vec<f64>]) -> f64 {
    2.0 * root
        .iter()
        .enumerate()
        .map(|(i, row)| row[i].ln())
        .sum::<f64>()
}

/// The x with root·x = b.
fn forward(root: &[Vec<f64>], b: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut x: Vec<f64> = Vec::with_capacity(root.len());
    for (i, row) in root.iter().enumerate() {
        let known: f64 = row.iter().zip(&x).map(|(a, b)| a * b).sum();
        x.push((b(i) - known) / row[i]);
    }
    x
}

/// One child: its own level, and noise about it. It misses a wave the likelier, the higher its last
/// score seen.
fn scores(child: usize) -> Scores {
    let level = normal(child, 0) * BETWEEN;
    let mut last_seen = 0.0;
    std::array::from_fn(|wave| {
        let score = TRUTH[wave] + level + WITHIN * normal(child, 1 + wave);
        let chance = if last_seen > 17.0 { 0.33 } else { 0.135 };
        let seen = uniform(child, 100 + wave) >= chance;
        if seen {
            last_seen = score;
        }
        seen.then_some(score)
    })
}

/// A standard normal number that depends on child and draw alone (Box and Muller).
fn normal(child: usize, draw: usize) -> f64 {
    let radius = (-2.0 * uniform(child, 20 + 2 * draw).ln()).sqrt();
    radius * (std::f64::consts::TAU * uniform(child, 21 + 2 * draw)).cos()
}

/// A number above 0 and below 1, by multiplications that mix the bits.
fn uniform(child: usize, draw: usize) -> f64 {
    let mut mixed = (child as u64 * 1_009 + draw as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / 2.0_f64.powi(53) + 2.0_f64.powi(-54)
}
