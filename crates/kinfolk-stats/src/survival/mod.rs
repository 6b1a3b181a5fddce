//! Time to an event, where some are still without it when the watching ends.
//!
//! | question | method |
//! |---|---|
//! | what share is still without the event at a time? | [`kaplan_meier`], [`SurvivalCurve`] |
//! | do groups differ over the whole of the follow-up? | [`log_rank`] |
//! | how do hazards go with covariates? | [`cox`] |
//! | does a hazard ratio stay the same as time goes on? | [`proportional_hazards`] |
//! | how long without the event, on average, within a fixed time? | [`restricted_mean`], [`compare_restricted_means`] |
//! | the same, of subjects that count by weights? | [`weighted_kaplan_meier`], [`weighted_restricted_mean`] |
//! | what share comes to one ending where others compete? | [`cumulative_incidence`] |
//! | do groups differ in that share? | [`gray`] |
//!
//! [`FollowUp`] holds who was watched and for how long, [`Endings`] also what ended it. Times are in any one unit from 0 up; results
//! come in the same unit.

mod cox;
mod curve;
mod endings;
mod follow_up;
mod gray;
mod incidence;
mod kaplan_meier;
mod log_rank;
mod proportional_hazards;
mod restricted_mean;
mod risk_sets;
mod tally;
mod weighted;

pub use cox::{CoxFit, CoxModel, Ties, WholeModelTest, cox};
pub use curve::{CurvePoint, CurveQuantile, SurvivalCurve};
pub use endings::Endings;
pub use follow_up::FollowUp;
pub use gray::gray;
pub use incidence::{IncidenceCurve, IncidencePoint, cumulative_incidence};
pub use kaplan_meier::{Band, kaplan_meier};
pub use log_rank::{GroupCount, LogRank, log_rank};
pub use proportional_hazards::{Clock, ProportionalHazards, proportional_hazards};
pub use restricted_mean::{
    RestrictedMean, RestrictedMeanContrast, compare_restricted_means, restricted_mean,
};
pub(crate) use weighted::WeightedArea;
pub use weighted::{WeightedCurve, WeightedPoint, weighted_kaplan_meier, weighted_restricted_mean};
