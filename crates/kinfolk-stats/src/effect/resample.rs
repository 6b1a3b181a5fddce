//! Samples of the sample, each with a stream of random numbers of its own.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::thread;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{StatsError, Stop};

/// More failed draws than this share, and there is no interval.
const MOST_FAILED: f64 = 0.05;

/// Whom to draw from.
#[derive(Debug, Clone, Copy)]
pub struct Subjects<'a> {
    /// How many there are.
    pub n: usize,
    /// Who is drawn together, a label a subject; each on its own without.
    pub clusters: Option<&'a [usize]>,
}

impl Subjects<'_> {
    /// Those who are drawn together, in the order of their labels.
    fn units(self) -> Vec<Vec<usize>> {
        let Some(labels) = self.clusters else {
            return (0..self.n).map(|subject| vec![subject]).collect();
        };
        let mut units = BTreeMap::<usize, Vec<usize>>::new();
        for (subject, &label) in labels.iter().enumerate() {
            units.entry(label).or_default().push(subject);
        }
        units.into_values().collect()
    }

    /// Sums over each cluster of a value a subject.
    pub(super) fn sums(self, values: &[[f64; 2]]) -> Vec<[f64; 2]> {
        let Some(labels) = self.clusters else {
            return values.to_vec();
        };
        let mut sums = BTreeMap::<usize, [f64; 2]>::new();
        for (label, value) in labels.iter().zip(values) {
            let sum = sums.entry(*label).or_default();
            sum[0] += value[0];
            sum[1] += value[1];
        }
        sums.into_values().collect()
    }
}

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
    /// [`StatsError::DrawsFailed`] when more than one draw in twenty gave no effect; [`StatsError::Stopped`] when
    /// the work was asked to [stop](Stop).
    pub(super) fn draw(
        &self,
        subjects: Subjects,
        effect: impl Fn(&[u32]) -> Result<f64, StatsError> + Sync,
    ) -> Result<Vec<f64>, StatsError> {
        let (units, n) = (subjects.units(), subjects.n);
        let share = self.draws.div_ceil(self.threads.get()).max(1);
        let mut found = vec![None; self.draws];
        let stop = Stop::of_this_thread();
        thread::scope(|scope| {
            for (part, slots) in found.chunks_mut(share).enumerate() {
                let (units, effect, stop) = (&units, &effect, &stop);
                scope.spawn(move || {
                    for (at, slot) in slots.iter_mut().enumerate() {
                        if stop.is_asked() {
                            return;
                        }
                        *slot = effect(&self.counts(units, n, part * share + at)).ok();
                    }
                });
            }
        });
        if stop.is_asked() {
            return Err(StatsError::Stopped);
        }
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
