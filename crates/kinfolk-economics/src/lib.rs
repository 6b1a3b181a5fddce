//! What a programme costs, what its outcomes are worth, and how sure that is.
//!
//! [`plan()`] makes what `costs.toml` says ready to compute; [`totals()`] and [`flows()`] compute an
//! appraisal for any values of its inputs; [`switching_value`], [`tornado`] and [`simulate`] ask how
//! far the answer hangs on them. [`appraise`] does all of it and gives estimates.
//!
//! The methods stand alone too: [`acceptability`], [`frontier()`] and the values of information take
//! numbers and know nothing of the programme.
//!
//! | question | page |
//! |---|---|
//! | what does a pound return, to whom, when? | `docs/methods/value-appraisal.md` |
//! | what would have to be different for the answer to change? | `docs/methods/value-sensitivity.md` |
//! | how sure is it that it pays? | `docs/methods/value-uncertainty.md` |
//! | what would it be worth to know more? | `docs/methods/value-information.md` |

mod acceptability;
mod appraise;
mod deflate;
mod discount;
mod draw;
mod error;
mod estimates;
mod factor;
mod flows;
mod frontier;
mod information;
mod input;
mod plan;
mod sensitivity;
mod simulate;
mod sum;
mod switching;
mod totals;
mod value_class;

pub use acceptability::{AtThreshold, Options, acceptability};
pub use appraise::{Appraisal, appraise};
pub use deflate::price_factor;
pub use discount::{Timing, annuity, discount_factors, present_value};
pub use draw::Sampler;
pub use error::EconomicsError;
pub use estimates::{not_appraised, study_estimates, value_estimates};
pub use factor::Factor;
pub use flows::{Flows, flows, payback};
pub use frontier::{OptionMeans, Standing, frontier};
pub use information::{
    PlannedStudy, normal_information, partial_information, population_value, sample_information,
    single_cut_information,
};
pub use input::{Input, InputKind, MOVED_BY, Origin, Theme};
pub use plan::{DISCOUNT_RATE, Plan, PlannedCost, PlannedOutcome, PlannedResearch, plan};
pub use sensitivity::{OneWay, one_way, tornado, two_way};
pub use simulate::{Draw, Simulation, simulate};
pub use switching::switching_value;
pub use totals::{Case, Perspective, Totals, totals};
pub use value_class::{is_near_one, value_class};
