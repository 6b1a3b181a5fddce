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
    let reduced: Vec<(T, StitchAccount)> = records
        .episodes
        .par_chunk_by(|a, b| a.child == b.child)
        .map(|rows| {
            let stitched = stitch(rows, latest);
            let child = rows.first().map_or(0, |row| row.child);
            let history = ChildHistory {
                child,
                born: records
                    .children
                    .get(child as usize)
                    .and_then(|child| child.date_of_birth),
                episodes: stitched.episodes,
            };
            (reduce(history), stitched.account)
        })
        .collect();
    let mut account = StitchAccount::default();
    let values = reduced
        .into_iter()
        .map(|(value, of_child)| {
            account += of_child;
            value
        })
        .collect();
    (values, account)
}
