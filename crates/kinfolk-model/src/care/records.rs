//! The rows of a return.

use jiff::civil::Date;

use super::ShortCode;
use crate::{ChildId, Sex};

/// A child as the header table names it.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "named as the return names them, in words")]
pub struct CareChild {
    pub child_id: ChildId,
    pub sex: Option<Sex>,
    pub date_of_birth: Option<Date>,
    pub ethnicity: ShortCode,
    pub is_unaccompanied: bool,
    /// Whether only the header (or the care leavers' table) knows the child.
    pub has_episodes: bool,
}

/// One row of the episodes table. An episode ends whenever legal status or placement changes, so it
/// is not a placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Episode {
    /// Where the child stands in [`CareRecords::children`].
    pub child: u32,
    /// The first day (DECOM).
    pub started: Date,
    /// The day on which it ended (DEC); `None` while it lasts.
    pub ended: Option<Date>,
    /// The year in which the return ends that holds the row: 2025 for April 2024 to March 2025.
    pub year: i16,
    /// Reason for the new episode (RNE), which marks a move.
    pub reason_new: ShortCode,
    /// Legal status (LS).
    pub legal_status: ShortCode,
    /// Category of need (CIN).
    pub need: ShortCode,
    /// Kind of placement (PLACE).
    pub placement: ShortCode,
    /// Who provides it (PLACE_PROVIDER).
    pub provider: ShortCode,
    /// Why the episode ended (REC); X1 where care continues.
    pub reason_ended: ShortCode,
    /// Why the placement changed (REASON_PLACE_CHANGE), on the row that ends.
    pub reason_moved: ShortCode,
    /// Postcode of the home before care, without its space.
    pub home_postcode: ShortCode,
    /// Postcode of the placement, without its space.
    pub placement_postcode: ShortCode,
    /// Register number of the setting.
    pub urn: ShortCode,
}

/// One row of the missing table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MissingEpisode {
    /// Where the child stands in [`CareRecords::children`].
    pub child: u32,
    /// The first day.
    pub started: Date,
    /// The day of return; `None` while the child is missing.
    pub ended: Option<Date>,
    /// The year in which the return ends that holds the row.
    pub year: i16,
    /// M missing, A away without authorisation.
    pub kind: ShortCode,
}

/// One row of the care leavers' table (OC3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CareLeaver {
    /// Where the young person stands in [`CareRecords::children`].
    pub child: u32,
    /// The year in which the return ends that holds the row.
    pub year: i16,
    /// Whether the authority is in touch (IN_TOUCH).
    pub in_touch: ShortCode,
    /// Main activity (ACTIV).
    pub activity: ShortCode,
    /// Accommodation (ACCOM), a letter and whether it is suitable.
    pub accommodation: ShortCode,
}

/// Where the records come from, which decides what can be measured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CareSource {
    /// The yearly return: a row for each episode, with the reason for it.
    #[default]
    Return,
    /// An extract of the Standard Safeguarding Dataset: a row for each placement, ready made.
    Extract(ExtractTables),
}

/// What an extract holds besides the placements.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExtractTables {
    /// Whether episodes say why placements began and care ended.
    pub has_reasons: bool,
    /// Whether legal statuses say who is in short breaks.
    pub has_legal_statuses: bool,
}

/// The returns of one authority over one or several years, row by row as they came.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CareRecords {
    /// Every child that any table names, by identifier.
    pub children: Vec<CareChild>,
    /// The episodes, by child; within a child in no particular order.
    pub episodes: Vec<Episode>,
    /// The missing episodes, by child.
    pub missing: Vec<MissingEpisode>,
    /// The care leavers' rows, by young person.
    pub care_leavers: Vec<CareLeaver>,
    /// The years in which the returns end, ascending; of an extract, the years that it covers whole.
    pub years: Vec<i16>,
    /// Where the rows come from.
    pub source: CareSource,
}
