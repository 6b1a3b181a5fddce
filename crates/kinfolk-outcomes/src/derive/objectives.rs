//! One child's objectives.

use std::collections::BTreeMap;

use kinfolk_model::{Objective, ObjectiveCategory, ObjectiveStatus};

/// How many objectives a child set, by kind and status.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObjectiveFacts(Vec<(ObjectiveCategory, ObjectiveStatus, u32)>);

impl ObjectiveFacts {
    /// How many there are of which both questions say yes.
    pub fn count(
        &self,
        category: impl Fn(ObjectiveCategory) -> bool,
        status: impl Fn(ObjectiveStatus) -> bool,
    ) -> u32 {
        self.0
            .iter()
            .filter(|(c, s, _)| category(*c) && status(*s))
            .map(|(_, _, count)| count)
            .sum()
    }

    /// How many there are.
    pub fn total(&self) -> u32 {
        self.0.iter().map(|(_, _, count)| count).sum()
    }

    /// The kinds that occur.
    pub fn categories(&self) -> impl Iterator<Item = ObjectiveCategory> {
        self.0.iter().map(|(category, _, _)| *category)
    }
}

pub(super) fn derive_objectives(rows: &[&Objective]) -> ObjectiveFacts {
    let mut counts: BTreeMap<(ObjectiveCategory, ObjectiveStatus), u32> = BTreeMap::new();
    for row in rows {
        *counts.entry((row.category, row.status)).or_default() += 1;
    }
    let counts = counts.into_iter();
    ObjectiveFacts(counts.map(|((c, s), count)| (c, s, count)).collect())
}
