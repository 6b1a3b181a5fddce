//! A comparator that is like the programme group: matching, weighting, and whether it worked.
//!
//! | question | method |
//! |---|---|
//! | how likely was each subject to be treated? | [`propensity`] |
//! | who is the nearest comparator of each treated subject? | [`match_greedily`] |
//! | which pairs are nearest on the whole? | [`match_optimally`] |
//! | who was in the same position at the same time? | [`match_risk_sets`] |
//! | who has a comparator in the same cell? | [`coarsen`], [`match_within_cells`] |
//! | how much should each comparator count? | [`propensity_weights`], [`balance_entropy`] |
//! | are the groups alike now? | [`compare_balance`], [`effective_sample_size`] |
//!
//! Subjects are rows: `treated` says for each whether it is treated. Where two comparators are equally
//! near, the one with the smaller key is taken, so the order of rows changes nothing.

mod balance;
mod cells;
mod entropy;
mod greedy;
mod matches;
mod optimal;
mod pool;
mod propensity;
mod risk_sets;
mod weights;

pub use balance::{
    ArmSize, Balance, CovariateBalance, Denominator, Spread, compare_balance, effective_sample_size,
};
pub use cells::{Bins, CellMatch, coarsen, match_within_cells};
pub use entropy::balance_entropy;
pub use greedy::{CovariateCaliper, Greedy, Order, match_greedily};
pub use matches::{Caliper, Candidates, Matches, Pair};
pub use optimal::match_optimally;
pub use propensity::{Propensity, propensity};
pub use risk_sets::{RiskSets, match_risk_sets, risk_set_follow_up};
pub use weights::{Estimand, propensity_weights};
