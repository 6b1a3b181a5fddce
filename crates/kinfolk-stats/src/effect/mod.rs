//! What did the treatment do? Two arms beside each other, as they are and after adjustment.
//!
//! | question | method |
//! |---|---|
//! | how do the arms differ as they are? | [`unadjusted`] |
//! | how do they differ after matching, given covariates? | [`standardised`] |
//! | how do they differ with weights? | [`weighted`] |
//! | the same, right if either of two models is | [`doubly_robust`] |
//! | how would the matched difference vary from sample to sample? | [`bootstrap_matched`] |
//! | how would it, however the pairs are found? | [`bootstrap_differences`] of [`matched_difference`] |
//! | how would the weighted one? | [`bootstrap_weighted`] |
//! | how would the matched difference of mean times? | [`bootstrap_mean_times`] |
//!
//! Every method gives the two means and their difference; for an outcome of yes or no also the
//! ratio of the shares and the odds ratio. Report the unadjusted effect beside the adjusted one.
//!
//! What the data cannot carry is refused: an arm of one, a cell of a few, arms that do not overlap
//! (see [`StatsError::is_refusal`](crate::StatsError::is_refusal)).
//!
//! See `docs/methods/effect.md`.

mod adjusted;
mod arms;
mod bootstrap;
mod bootstrap_times;
mod bootstrap_weighted;
mod doubly_robust;
mod effects;
mod linear_model;
mod means;
mod rematched;
mod resample;
mod standardised;
mod unadjusted;
mod weighted;

pub use adjusted::{MatchedDifference, matched_difference};
pub use arms::{Arms, LEAST_IN_ARM, LEAST_IN_CELL, OutcomeKind};
pub use bootstrap::{Bootstrap, bootstrap_differences, bootstrap_matched};
pub use bootstrap_times::bootstrap_mean_times;
pub use bootstrap_weighted::bootstrap_weighted;
pub use doubly_robust::{Population, doubly_robust};
pub use effects::{Effect, Effects};
pub use rematched::BootstrapOptions;
pub use resample::{Resampling, Subjects};
pub use standardised::standardised;
pub use unadjusted::unadjusted;
pub use weighted::{Weighting, weighted};
