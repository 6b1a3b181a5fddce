//! What can be worked out from the figures that others print, and whether they can be right.
//!
//! | question | method |
//! |---|---|
//! | do two means differ, from their n, mean and standard deviation? | [`compare_means`] |
//! | is a printed coefficient more than chance? | [`coefficient_test`] |
//! | how well does a regression fit, from its sums of squares? | [`fit_of_squares`] |
//! | which counts may stand behind a printed percentage, which sums behind a printed mean? | [`Printed`] |
//!
//! Two shares need nothing special: [`risk_difference`](crate::risk_difference) and the others take
//! counts. See `docs/methods/published.md`.

mod coefficient;
mod printed;
mod summary;

pub use coefficient::{CoefficientTest, FitOfSquares, coefficient_test, fit_of_squares};
pub use printed::Printed;
pub use summary::{MeansCompared, Summary, compare_means};
