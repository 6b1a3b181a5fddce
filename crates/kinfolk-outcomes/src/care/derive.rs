//! One row for each child of a return.

use jiff::civil::Date;
use kinfolk_model::care::{CareRecords, Episode};
use rayon::prelude::*;

use super::account::StitchAccount;
use super::moves::MoveRule;
use super::placement::{Placement, placements};
use super::stability::{ChildStability, StabilityOptions, stability_on};
use super::stitch::stitch;

/// One child's history.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChildHistory {
    /// Where the child stands in [`CareRecords::children`].
    pub child: u32,
    /// Date of birth.
    pub born: Option<Date>,
    /// The episodes, stitched.
    pub episodes: Vec<Episode>,
}

impl ChildHistory {
    /// The child's placements under a rule.
    pub fn placements(&self, rule: MoveRule) -> Vec<Placement> {
        placements(&self.episodes, rule)
    }

    /// The official measures under a rule.
    pub fn stability(&self, rule: MoveRule, options: &StabilityOptions) -> ChildStability {
        stability_on(&self.episodes, rule, self.born, options)
    }
}

/// Reduces every child who has an episode to one value, in the order of the children, with what
/// became of all rows. Children are worked on side by side; neither the number of threads nor the
/// order of files or rows changes anything.
pub fn derive_histories<T: Send>(
    records: &CareRecords,
    reduce: impl Fn(ChildHistory) -> T + Sync,
) -> (Vec<T>, StitchAccount) {
    let latest = records.years.last().copied().unwrap_or_default();
    let add = |(mut values, mut account): (Vec<T>, StitchAccount), rows: &[Episode]| {
        let stitched = stitch(rows, latest);
        account += stitched.account;
        let child = rows.first().map_or(0, |row| row.child);
        let described = records.children.get(child as usize);
        values.push(reduce(ChildHistory {
            child,
            born: described.and_then(|child| child.date_of_birth),
            episodes: stitched.episodes,
        }));
        (values, account)
    };
    let of_children = records.episodes.par_chunk_by(|a, b| a.child == b.child);
    let some: Vec<(Vec<T>, StitchAccount)> = of_children.fold(Default::default, add).collect();
    let mut values = Vec::with_capacity(some.iter().map(|(values, _)| values.len()).sum());
    let mut account = StitchAccount::default();
    for (more, of_some) in some {
        values.extend(more);
        account += of_some;
    }
    (values, account)
}
