//! Estimates of whole studies: by hand, and what holds for any.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod any_returns;
mod any_study;
mod care;
mod comparison;
mod hand;
mod in_care_draws;
mod refusals;
mod sdq;
mod structure;
mod study_care;
