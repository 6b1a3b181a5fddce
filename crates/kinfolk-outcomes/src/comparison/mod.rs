//! Two arms beside each other: how comparators are found, and the effect by each method. Numbers in,
//! numbers out; the same for a study and for a plain table.

mod arms;
mod by_method;
mod covariates;

pub use arms::ComparedArms;
pub(crate) use arms::kept;
pub use by_method::{ArmsOutcome, MethodEffects, effects_by, effects_of_pairs, find_pairs, greedy};
pub use covariates::{Covariate, Covariates, expand_words};
