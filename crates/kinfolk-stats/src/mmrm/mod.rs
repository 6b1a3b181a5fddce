//! Repeated measures: means by visit, and change between visits, from subjects of whom some were not
//! seen at every visit.
//!
//! A marginal linear model with a covariance between visits, fitted by restricted maximum likelihood
//! (mixed model for repeated measures, MMRM). Subjects seen only sometimes count with what they
//! gave. The estimates hold where a missing score depends on the scores that were seen, and on
//! nothing else (missing at random); [`Fit::change_if_lost_differ`] shows what other suppositions do.
//!
//! ```
//! use kinfolk_stats::mmrm::{Inference, Model, Panel, fit};
//!
//! let mut panel = Panel::new(2);
//! for (before, after) in [(20.0, 17.0), (17.0, 18.0), (25.0, 19.0), (9.0, 11.0), (14.0, 9.0)] {
//!     panel.push(&[Some(before), Some(after)])?;
//! }
//! panel.push(&[Some(28.0), None])?;
//!
//! let fitted = fit(&panel, &Model::default())?;
//! let change = fitted.fit
//!     .and_then(|fit| fit.change(0, 1, Inference::default()));
//! assert!(change.is_some_and(|change| change.value < 0.0));
//! # Ok::<(), kinfolk_stats::StatsError>(())
//! ```
//!
//! See `docs/methods/mmrm.md`.

mod contrast;
mod covariance;
mod delta;
mod design;
mod fit;
mod model;
mod objective;
mod optimise;
mod panel;
mod patterns;
mod uncertainty;

pub use crate::contrast::Contrast;
pub use contrast::{DegreesMethod, Inference};
pub use delta::TippingPoint;
pub use fit::{Fit, Fitted, StepDown, StepDownReason, fit};
pub use model::{Covariance, Effect, Likelihood, Model};
pub use panel::Panel;
