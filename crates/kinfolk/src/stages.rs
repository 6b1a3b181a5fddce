//! Single methods on plain tables, for those who work without a study folder: each reads one table
//! and writes one, and gives a summary in the form of estimates.
//!
//! Tables are delimited text or, by their extension, Parquet; or data frames in memory.

mod authorities;
mod change;
mod change_summary;
mod cohort;
mod effect;
mod effect_draws;
mod effect_in_care;
mod effect_rows;
mod files;
mod frame;
mod matched_survival;
mod matching;
mod parquet;
mod placements;
mod protocol;
mod published;
mod published_pairs;
mod records;
mod risk_sets;
mod score;
mod score_lines;
mod score_plan;
mod score_told;
mod summary;
mod survival;
mod survival_curves;
mod survival_endings;
mod survival_hazards;
mod table;
mod weighted_survival;

pub use change::{
    ChangeColumns, ChangeOptions, ChildChange, SdqChanges, clinical_code, crossing_code,
    reliable_code, sdq_change,
};
pub use cohort::CohortColumns;
pub use effect::{CohortEffect, EffectOptions, effect_of};
pub use effect_draws::{DrawIntervals, Draws};
pub use effect_in_care::{DatedOutcome, RiskSetColumns};
pub use files::{guard_table, open_table, write_page, write_table};
pub use frame::{frame_from_text, table_from_frame};
pub use matched_survival::MatchedTimes;
pub use matching::{CohortMatch, match_cohort};
pub use placements::{Placements, placements_of, placements_watched};
pub use published::{PublishedTable, published_of};
pub use risk_sets::{PairFollowed, TimeColumns, match_in_risk_sets};
pub use score::{ScoreOptions, ScoreSummary, score_sdq};
pub use summary::{SUMMARY_SCHEMA, Summary};
pub use survival::{SurvivalOptions, SurvivalTable, survival_of};
pub use table::{TableColumn, TableToWrite};

/// What plain tables are read with.
pub use kinfolk_ingest::plain::{PlainError, PlainReader, PlainTable};
/// How arms are compared.
pub use kinfolk_model::{
    ComparatorPool, ComparisonMethod, CovariateCaliper, MatchRule, ScoreScale,
};
/// Beside whom published figures are wanted.
pub use kinfolk_outcomes::PublishedOptions;
/// What placements are measured with.
pub use kinfolk_outcomes::care::{
    CareChildFacts, CareFacts, CareOptions, ChildStability, LeaverFacts, MoveRule, SameHome,
    SameHomeOptions, StabilityOptions,
};
/// How small a difference could be seen.
pub use kinfolk_outcomes::comparison::Detectable;
