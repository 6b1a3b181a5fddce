//! Samples of the sample, each with a stream of random numbers of its own.

use std::num::NonZeroUsize;
use std::thread;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::Arms;
use crate::StatsError;

/// More failed draws than this share, and there is no interval.
const MOST_FAILED: f64 = 0.05;

/// How to draw subjects anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resampling {
    /// How many samples to draw.
    pub draws: usize,
    /// What the draws are counted from: the same seed gives the same samples.
    pub seed: u64,
    /// How many draws to work on at a time; changes no number.
    pub threads: NonZeroUsize,
}

impl Resampling {
    /// The effects in the draws that gave one, in the order of the draws whatever the threads. Subjects
    /// (clusters where they are given) are drawn with replacement; an effect is told how often each
    /// row is in a draw.
    ///
    /// # Errors
    ///
    /// [`StatsError::DrawsFailed`] when more than one draw in twenty gave no effect.
    pub(super) fn draw(
        &self,
        arms: &Arms,
        effect: impl Fn(&[u32]) -> Result<f64, StatsError> + Sync,
    ) -> Result<Vec<f64>, StatsError> {
        let units = units(arms);
        let n = arms.treated.len();
        let share = self.draws.div_ceil(self.threads.get()).max(1);
        let mut found = vec![None; self.draws];
        thread::scope(|scope| {
            for (part, slots) in found.chunks_mut(share).enumerate() {
                let (units, effect) = (&units, &effect);
                scope.spawn(move || {
                    for (at, slot) in slots.iter_mut().enumerate() {
                        *slot = effect(&self.counts(units, n, part * share + at)).ok();
                    }
                });
            }
        });
        let found: Vec<f64> = found.into_iter().flatten().collect();
        let failed = self.draws - found.len();
        if found.len() < 2 || failed as f64 > MOST_FAILED * self.draws as f64 {
            return Err(StatsError::DrawsFailed {
                failed,
                draws: self.draws,
            });
        }
        Ok(found)
    }

    /// How often each row is in a draw.
    fn counts(&self, units: &[Vec<usize>], n_rows: usize, draw: usize) -> Vec<u32> {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream(draw as u64);
        let mut counts = vec![0; n_rows];
        for _ in 0..units.len() {
            let word: u64 = random.random();
            // The high half of the product is even over the units to one part in 2^64 ÷ their number.
            let unit = (u128::from(word) * units.len() as u128) >> 64;
            for &row in &units[unit as usize] {
                counts[row] += 1;
            }
        }
        counts
    }
}

/// The rows that are drawn together.
fn units(arms: &Arms) -> Vec<Vec<usize>> {
    let n = arms.treated.len();
    let Some(labels) = arms.clusters else {
        return (0..n).map(|row| vec![row]).collect();
    };
    let mut units = std::collections::BTreeMap::<usize, Vec<usize>>::new();
    for (row, &label) in labels.iter().enumerate() {
        units.entry(label).or_default().push(row);
    }
    units.into_values().collect()
}
