//! The SDQ over four yearly waves, when children with high scores are lost: the mean of those who are left, and
//! a model of all waves at once. Nobody changes, so the truth is known.
//!
//! `cargo run --release -p kinfolk --example sdq_with_attrition`

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::error::Error;

use kinfolk::model::format::{count, number, signed};
use kinfolk::stats::mmrm::{Inference, Model, Panel, fit};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const N_CHILDREN: usize = 2_000;
const N_WAVES: usize = 4;
const MEAN: f64 = 16.8;

fn main() -> Result<(), Box<dyn Error>> {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let children: Vec<[Option<f64>; N_WAVES]> =
        (0..N_CHILDREN).map(|_| child(&mut random)).collect();

    // A panel takes one child at a time, so it may be filled from any source.
    let mut panel = Panel::new(N_WAVES);
    for scores in &children {
        panel.push(scores)?;
    }
    let fitted = fit(&panel, &Model::default())?;
    let fit = fitted.fit.ok_or("the scores do not determine the model")?;

    let baseline = mean(&children, 0);
    println!("wave  forms  whoever is left  repeated measures (95% interval)");
    for wave in 1..N_WAVES {
        let n = children
            .iter()
            .filter(|scores| scores[wave].is_some())
            .count();
        let left = mean(&children, wave) - baseline;
        let change = fit
            .change(0, wave, Inference::default())
            .ok_or("no such wave")?;
        println!(
            "{wave:>4}  {:>5}  {:>15}  {} ({} to {})",
            count(n as u64),
            signed(left, 2),
            signed(change.value, 2),
            number(change.interval.lower, 2),
            number(change.interval.upper, 2)
        );
    }
    Ok(())
}

/// A child with a level of its own and noise about it. After a high score the next form is missing in 45 of 100
/// cases, else in 10; who is lost stays lost.
fn child(random: &mut ChaCha8Rng) -> [Option<f64>; N_WAVES] {
    let level = MEAN + 5.0 * bell(random);
    let mut scores = [None; N_WAVES];
    let mut chance_of_loss = 0.0;
    for score in &mut scores {
        if random.random::<f64>() < chance_of_loss {
            break;
        }
        let total = level + 3.5 * bell(random);
        *score = Some(total);
        chance_of_loss = if total > MEAN { 0.45 } else { 0.10 };
    }
    scores
}

/// Near enough to a normal deviate.
fn bell(random: &mut ChaCha8Rng) -> f64 {
    (0..12).map(|_| random.random::<f64>()).sum::<f64>() - 6.0
}

fn mean(children: &[[Option<f64>; N_WAVES]], wave: usize) -> f64 {
    let seen: Vec<f64> = children.iter().filter_map(|scores| scores[wave]).collect();
    seen.iter().sum::<f64>() / seen.len() as f64
}
