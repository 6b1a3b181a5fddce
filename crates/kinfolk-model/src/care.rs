//! Records of children looked after, as the statutory return (SSDA903, England) and its relatives
//! keep them.
//!
//! A return is read as it is: codes stay what the file says, so that a code which nobody knows is
//! kept and reported rather than lost. What a code means, and in which years, is in [`CodeList`].

mod code_list;
mod covered;
mod episode;
mod home_kind;
mod move_rule;
mod records;
mod return_year;
mod returns;
mod short_code;
mod tables;
mod twelve_months;

pub use code_list::{
    ACCOMMODATIONS, ACTIVITIES, CodeEntry, CodeList, IN_TOUCH, LEGAL_STATUSES, MISSING_KINDS,
    NEEDS, PLACEMENTS, PROVIDERS, REASONS_ENDED, REASONS_MOVED, REASONS_NEW, SDQ_REASONS,
    YES_OR_NO,
};
pub use covered::{Covered, MONTHS_LOOKED_BACK};
pub use episode::{CONTINUES, STARTED};
pub use home_kind::HomeKind;
pub use move_rule::{CountedReasons, ShortBreakStarts, TemporaryPlacements};
pub use records::{
    CareChild, CareLeaver, CareRecords, CareSource, Episode, ExtractTables, MissingEpisode,
    YearlyAnswers, YearlyOutcomes,
};
pub use return_year::{return_ends, return_starts, return_year};
pub use returns::{CareReturns, ReturnAccount};
pub use short_code::ShortCode;
pub use tables::{RETURN_TABLES, ReturnColumn, ReturnTableSchema};
pub use twelve_months::is_twelve_months_in_care;
