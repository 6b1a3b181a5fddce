//! Time to an event, where some are still without it when the watching ends.
//!
//! | question | method |
//! |---|---|
//! | what share is still without the event at a time? | [`kaplan_meier`], [`SurvivalCurve`] |
//! | do groups differ over the whole of the follow-up? | [`log_rank`] |
//! | how do hazards go with covariates? | [`cox`] |
//!
//! [`FollowUp`] holds who was watched and for how long. Times are in any one unit from 0 up; results
//! come in the same unit.

mod cox;
mod curve;
mod follow_up;
mod kaplan_meier;
mod log_rank;
mod risk_sets;
mod tally;

pub use cox::{CoxFit, CoxModel, Ties, WholeModelTest, cox};
pub use curve::{CurvePoint, CurveQuantile, SurvivalCurve};
pub use follow_up::FollowUp;
pub use kaplan_meier::{Band, kaplan_meier};
pub use log_rank::{GroupCount, LogRank, log_rank};
