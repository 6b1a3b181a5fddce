//! Counts of an arm, so that the same children are the same cell.

use kinfolk_model::{Arm, Code};

use crate::estimate::ledger::Ledger;
use crate::estimate::tally::Tally;

/// Some of an arm's children among those compared.
#[derive(Debug, Clone)]
pub(super) struct Members {
    stem: String,
    /// For each child compared, whether it is one of them.
    pub(super) is_in: Vec<bool>,
}

impl Members {
    pub(super) fn new(name: &str, arm: Arm, is_in: Vec<bool>) -> Self {
        Self {
            stem: format!("comparison/{}/{name}", arm.code()),
            is_in,
        }
    }

    /// Those of them of whom something is known or so.
    pub(super) fn narrowed(&self, name: &str, is_so: impl Fn(usize) -> bool) -> Self {
        let places = self.is_in.iter().enumerate();
        Self {
            stem: format!("{}/{name}", self.stem),
            is_in: places.map(|(at, &is_in)| is_in && is_so(at)).collect(),
        }
    }

    /// How many they are.
    pub(super) fn n(&self) -> Tally {
        Tally::where_(self.stem.clone(), &self.is_in, |is_in| *is_in)
    }

    /// The same as a count that says nothing of a child: who has no comparator, or no outcome.
    pub(super) fn n_of_nobody(&self) -> Tally {
        Tally::of_things(self.stem.clone(), self.len() as u64)
    }

    pub(super) fn len(&self) -> usize {
        self.is_in.iter().filter(|is_in| **is_in).count()
    }

    /// What whole numbers of theirs add up to: what a mean of them gives away. `None` where they are
    /// not all whole, for then a mean gives nothing away.
    pub(super) fn sum(&self, name: &str, values: &[f64]) -> Option<Tally> {
        let own: Vec<f64> = self
            .is_in
            .iter()
            .zip(values)
            .filter_map(|(is_in, value)| is_in.then_some(*value))
            .collect();
        let whole: Option<Vec<u32>> = own.iter().map(|value| whole(*value)).collect();
        let name = format!("{}/{name}", self.stem);
        Some(Tally::of(name, &whole?, |value| *value))
    }
}

/// Children of both arms together.
pub(super) fn both(ledger: &mut Ledger, arms: &[Tally]) -> Tally {
    let names: Vec<&str> = arms.iter().map(|arm| arm.name.as_str()).collect();
    let sum = arms.iter().map(|arm| arm.value).sum();
    let both = Tally::of_people(names.join(" and "), sum);
    ledger.sum(&both, arms);
    both
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be a whole number in range"
)]
fn whole(value: f64) -> Option<u32> {
    let is_whole = value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value);
    is_whole.then_some(value as u32)
}
