//! Two arms beside each other: how comparators are found, and the effect by each method. Numbers in,
//! numbers out; the same for a study and for a plain table.

mod alike;
mod arms;
mod authorities;
mod by_method;
mod covariates;
mod in_care;
mod in_care_draws;
mod pairing;
mod published_effects;
mod risk_sets;
mod words;

pub use alike::{Detectable, about_difference, balance, detectable};
pub use arms::{ComparedArms, PairLimit};
pub(crate) use arms::{at_rows, kept};
pub use authorities::{
    AUTHORITIES, FEWEST_AUTHORITIES, FEWEST_CHILDREN, POOLED, PartEffect, PooledNumber,
    TOO_FEW_AUTHORITIES, TOO_FEW_CHILDREN, Which, effects_in_care_in_parts, effects_in_parts,
    names_of, pool_authorities, pooled_numbers,
};
pub use by_method::{ArmsOutcome, MethodEffects, effects_by, effects_of_pairs};
pub use covariates::{Covariate, Covariates};
pub use in_care::{ChildrenInCare, FollowedInCare, OutcomeInCare};
pub(crate) use pairing::pairs_among;
pub use pairing::{Pairing, find_pairs, greedy, pair};
pub use published_effects::{PublishedEffect, PublishedEffects, pool_published};
pub use risk_sets::{RiskSetPairs, TimesInCare, pair_in_risk_sets};
pub(crate) use words::AS_THEY_ARE;
pub use words::{ACROSS, LEFT_OUT, NOT_ALIKE, calipers_of, method_id, of_whom, rule_options};
