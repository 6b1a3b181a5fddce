//! How does an outcome go with covariates? Least squares for a number, logistic regression for a yes
//! or no, each with standard errors that hold where spread differs or rows come in clusters.
//!
//! ```
//! use kinfolk_stats::Confidence;
//! use kinfolk_stats::regression::{Errors, Rows, least_squares};
//!
//! let treated = [0.0, 0.0, 0.0, 1.0, 1.0, 1.0];
//! let outcome = [3.0, 5.0, 4.0, 7.0, 6.0, 9.0];
//! let fit = least_squares(&Rows::new(&outcome, &[&treated]))?;
//! let difference = fit.coefficient(1, Errors::Hc2, Confidence::default());
//! assert!(difference.is_some_and(|difference| (difference.value - 10.0 / 3.0).abs() < 1e-12));
//! # Ok::<(), kinfolk_stats::StatsError>(())
//! ```
//!
//! See `docs/methods/regression.md`.

mod clusters;
mod least_squares;
mod logistic;
mod rows;

pub use least_squares::{Errors, LeastSquares, least_squares};
pub use logistic::{Logistic, LogisticErrors, Penalty, logistic};
pub use rows::Rows;
