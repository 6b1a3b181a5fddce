//! The Strengths and Difficulties Questionnaire: scores, bands and the added value score.
//!
//! What is missing stays missing: no unanswered item counts as zero. Items come in as on the form
//! (0, 1 or 2) and are reversed here. Difficulties grow with the score; of the prosocial scale more
//! is better.
//!
//! The SDQ is © Robert Goodman and Youthinmind; there is no wording of it in this program.

mod added_value;
mod band;
mod columns;

mod scale;
mod score;

pub use added_value::{ADDED_VALUE_SD, AddedValueReason, added_value, expected_total};
pub use band::{Band, BandSystem, band, band_of_mean, cut_off};
pub use columns::{ImpactColumns, ItemColumns, LengthsDiffer, MISSING, ScaleColumn, ScoreColumns};
pub use scale::Scale;
pub use score::{
    ImpactScore, ScaleScore, ScoreSource, SdqScores, score, score_impact, score_items,
};
