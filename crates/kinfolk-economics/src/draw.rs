//! Values of all inputs, drawn by chance.

use kinfolk_model::Correlation;
use kinfolk_stats::{GaussianCopula, normal_score};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::EconomicsError;
use crate::plan::Plan;

/// Bits of a random word that make a share: as many as a number has digits.
const BITS: u32 = 53;

/// Draws values of the inputs of a plan. Each draw has a stream of its own, counted from the seed, so
/// that draw 7 is the same however many threads there are and whichever draws come before it.
///
/// See `docs/methods/value-uncertainty.md`.
#[derive(Debug, Clone)]
pub struct Sampler<'a> {
    plan: &'a Plan,
    seed: u64,
    /// The inputs that are not held fixed.
    uncertain: Vec<usize>,
    copula: Option<GaussianCopula>,
}

impl<'a> Sampler<'a> {
    /// For a plan, with its correlations and a seed.
    ///
    /// # Errors
    ///
    /// [`EconomicsError::UnknownInput`] when a correlation names no uncertain input,
    /// [`EconomicsError::Correlations`] when the correlations cannot be together.
    pub fn new(
        plan: &'a Plan,
        correlations: &[Correlation],
        seed: u64,
    ) -> Result<Self, EconomicsError> {
        let inputs = plan.inputs.iter().enumerate();
        let uncertain: Vec<usize> = inputs
            .filter(|(_, input)| !input.distribution.is_fixed())
            .map(|(at, _)| at)
            .collect();
        Ok(Self {
            plan,
            seed,
            copula: copula(plan, &uncertain, correlations)?,
            uncertain,
        })
    }

    /// The inputs that are not held fixed, by their places in the plan.
    pub fn uncertain(&self) -> &[usize] {
        &self.uncertain
    }

    /// The values of all inputs in one draw, in the order of the plan.
    pub fn draw(&self, number: u64) -> Vec<f64> {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream(number);
        let independent: Vec<f64> = self.uncertain.iter().map(|_| score(&mut random)).collect();
        let scores = match &self.copula {
            Some(copula) => copula.scores(&independent),
            None => independent,
        };
        let mut values = self.plan.central();
        for (at, score) in self.uncertain.iter().zip(scores) {
            let input = &self.plan.inputs[*at];
            values[*at] = input.within(input.distribution.at(score));
        }
        values
    }
}

/// A standard normal score, from a share that is never 0 or 1.
fn score(random: &mut ChaCha8Rng) -> f64 {
    let word: u64 = random.random();
    let share = ((word >> (u64::BITS - BITS)) as f64 + 0.5) / 2f64.powi(BITS.cast_signed());
    normal_score(share).unwrap_or_default()
}

fn copula(
    plan: &Plan,
    uncertain: &[usize],
    correlations: &[Correlation],
) -> Result<Option<GaussianCopula>, EconomicsError> {
    if correlations.is_empty() {
        return Ok(None);
    }
    let n = uncertain.len();
    let mut table: Vec<Vec<f64>> = (0..n)
        .map(|row| {
            (0..n)
                .map(|column| f64::from(u8::from(row == column)))
                .collect()
        })
        .collect();
    let place = |id: &String| {
        let found = uncertain.iter().position(|at| plan.inputs[*at].id == *id);
        found.ok_or_else(|| EconomicsError::UnknownInput(id.clone()))
    };
    for correlation in correlations {
        let (one, other) = (
            place(&correlation.between.0)?,
            place(&correlation.between.1)?,
        );
        table[one][other] = correlation.value;
        table[other][one] = correlation.value;
    }
    Ok(Some(GaussianCopula::new(&table)?))
}
