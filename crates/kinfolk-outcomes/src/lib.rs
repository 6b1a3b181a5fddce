//! Estimates from the tables of a study.
//!
//! Two halves, kept apart. [`derive()`] looks at one child's records at a time (and at one form, and
//! one return) and yields one row for each; it can be split by child without a change in any number.
//! [`estimate()`] reads those rows. [`analyse`] does both.
//!
//! Beside each estimate stands what disclosure control must know: which counts it carries, how they
//! add up, which rows may be joined and which sets may be dropped.

pub mod care;
pub mod comparison;
mod derive;
mod estimate;
mod kind;
pub mod national;
pub mod sdq;

pub use derive::{
    ChildFacts, ComparedFacts, CriteriaFacts, CriteriaTest, Ending, EventTime, Facts, FlowFacts,
    FormFacts, Loss, LossReason, ObjectiveFacts, OutcomeFacts, PeopleFacts, SdqFacts, SdqFollowUp,
    SdqLeftOut, SdqOccasion, SdqSeries, Standing, Step, StudyCareFacts, SummaryFacts, TimeInCare,
    Timeline, Touch, TrackerFacts, Verdict, When, WhenDated, Window, derive,
};
pub use estimate::{
    PublishedOptions, analyse, assess_quality, estimate, estimate_care, estimate_published,
    refused_measure,
};
pub use kind::{Kind, Sector};
/// The waves that scores are told by.
pub use kinfolk_model::SdqWave;
