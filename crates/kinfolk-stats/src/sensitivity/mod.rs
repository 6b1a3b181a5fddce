//! How wrong could it be, and what could have been seen at all?
//!
//! | question | method |
//! |---|---|
//! | how much hidden bias would it take to explain matched pairs' differences? | [`rosenbaum_bound`], [`rosenbaum_bound_yes_or_no`], [`tipping_gamma`] |
//! | how strong would an unmeasured confounder have to be? | [`partial_r2`], [`robustness_value`], [`if_confounded`], [`as_strong_as`] |
//! | what do several imputed data sets say together? | [`pool_imputations`] |
//! | how small a difference could the study have found? | [`detectable_difference`], [`detectable_share`], [`detectable_hazard_ratio`] |
//!
//! The E-value for ratios is [`e_value`](crate::e_value).

mod detectable;
mod omitted;
mod pooled;
mod rosenbaum;

pub use detectable::{
    Power, TwoArms, detectable_difference, detectable_hazard_ratio, detectable_share,
    events_needed, power_of_difference, power_of_shares,
};
pub use omitted::{
    Confounded, Confounder, Estimate, as_strong_as, if_confounded, partial_r2, robustness_value,
};
pub use pooled::{Pooled, pool_imputations};
pub use rosenbaum::{RosenbaumBound, rosenbaum_bound, rosenbaum_bound_yes_or_no, tipping_gamma};
