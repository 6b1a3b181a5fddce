//! One child's objectives.

use kinfolk_model::{Code, Objective, ObjectiveCategory, ObjectiveStatus};

const CATEGORIES: usize = ObjectiveCategory::ALL.len();
const STATUSES: usize = ObjectiveStatus::ALL.len();

/// How many objectives a child set, by kind and status.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObjectiveFacts([[u16; STATUSES]; CATEGORIES]);

impl ObjectiveFacts {
    /// How many there are of these kinds with one of these statuses.
    pub fn count(&self, categories: &[ObjectiveCategory], statuses: &[ObjectiveStatus]) -> u32 {
        let of_category = |category: &ObjectiveCategory| -> u32 {
            let counts = &self.0[*category as usize];
            let statuses = statuses.iter();
            statuses
                .map(|status| u32::from(counts[*status as usize]))
                .sum()
        };
        categories.iter().map(of_category).sum()
    }

    /// How many there are.
    pub fn total(&self) -> u32 {
        self.0.as_flattened().iter().copied().map(u32::from).sum()
    }

    /// The kinds that occur.
    pub fn categories(&self) -> impl Iterator<Item = ObjectiveCategory> {
        let all = ObjectiveCategory::ALL.iter().copied();
        all.filter(|category| self.count(&[*category], ObjectiveStatus::ALL) > 0)
    }
}

pub(super) fn derive_objectives(rows: &[&Objective]) -> ObjectiveFacts {
    let mut facts = ObjectiveFacts::default();
    for row in rows {
        let count = &mut facts.0[row.category as usize][row.status as usize];
        *count = count.saturating_add(1);
    }
    facts
}
