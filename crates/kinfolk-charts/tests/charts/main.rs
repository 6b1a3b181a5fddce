//! Every chart of several made-up studies, measured.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a picture that cannot be read is a failure"
)]

mod care_geometry;
mod care_samples;
mod comparison_samples;
mod drawing;
mod files;
mod geometry;
mod rules;
mod samples;
mod sdq_geometry;
mod sdq_samples;
mod studies;
mod value_geometry;
mod value_samples;
