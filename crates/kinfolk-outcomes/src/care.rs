//! Placements and how stable they are, from the statutory return.
//!
//! An episode is a row of the return; it ends whenever legal status or placement changes. A period
//! of care is an unbroken time looked after. A placement is a time with one carer. [`stitch`] makes
//! one history of the rows that several years hold of a child and counts every repair;
//! [`placements`] finds the placements in it under a stated [`MoveRule`]; [`stability_on`] gives the
//! official measures on a day, child by child.

mod account;
mod answer;
mod around_start;
mod derive;
mod facts;
mod leavers;
mod moves;
mod path;
mod placement;
mod same_home;
mod stability;
mod stitch;
#[cfg(test)]
mod test_rows;
mod yearly;

pub use account::{Repair, SetAside, StitchAccount};
pub use answer::ReturnAnswer;
pub use around_start::{AroundOptions, AroundStart, TimeInCare, derive_around_starts};
pub use derive::{ChildHistory, derive_histories};
pub use facts::{CareChildFacts, CareFacts, CareOptions, derive_care};
pub use leavers::{LeaverAge, LeaverFacts, LeaverLeftOut};
pub use moves::MoveRule;
pub use path::{ChildPath, Entrants, MONTHS, Standing};
pub use placement::{Placement, Reason, period_starts, placements};
pub use same_home::{SameHome, SameHomeOptions, same_home_after};
pub use stability::{ChildStability, StabilityOptions, stability_on};
pub use stitch::{Stitched, stitch};
pub use yearly::{YearlyFacts, YearlyQuestion};
