//! The program as a person meets it: what it writes where, and how it ends.

#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at the first thing that is not there"
)]

mod analyse;
mod check;
mod comparison;
mod each;
mod explain;
mod init;
mod placements;
mod published;
mod report;
mod sdq;
mod support;
mod synth;
mod usage;
mod value;
mod verify;
