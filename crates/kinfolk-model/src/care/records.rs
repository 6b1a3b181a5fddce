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

/// What the yearly outcomes table (OC2) answers of a child: `None` where the return does not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearlyAnswers {
    /// Convicted, or subject to a youth caution, in the year (CONVICTED); asked from the age of ten on.
    pub convicted: Option<bool>,
    /// Development assessments up to date (HEALTH_CHECK); asked below the age of five.
    pub health_check: Option<bool>,
    /// Immunisations up to date (IMMUNISATIONS).
    pub immunisations: Option<bool>,
    /// Teeth checked by a dentist in the year (TEETH_CHECK).
    pub teeth_check: Option<bool>,
    /// Health assessed in the year (HEALTH_ASSESSMENT).
    pub health_assessment: Option<bool>,
    /// Identified as having a substance misuse problem (SUBSTANCE_MISUSE).
    pub substance_misuse: Option<bool>,
    /// Received an intervention for it (INTERVENTION_RECEIVED).
    pub intervention_received: Option<bool>,
    /// Was offered one and did not take it (INTERVENTION_OFFERED).
    pub intervention_offered: Option<bool>,
}

/// One row of the yearly outcomes table (OC2), of a child looked after for twelve months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearlyOutcomes {
    /// Where the child stands in [`CareRecords::children`].
    pub child: u32,
    /// The year in which the return ends that holds the row.
    pub year: i16,
    /// The carer's total of the SDQ, 0 to 40.
    pub sdq_score: Option<u8>,
    /// Why there is none (SDQ_REASON).
    pub sdq_reason: ShortCode,
    /// What else it says.
    pub answers: YearlyAnswers,
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
    /// The newest day of which any row tells.
    pub until: Option<Date>,
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
    /// The rows of yearly outcomes, by child.
    pub yearly: Vec<YearlyOutcomes>,
    /// The years in which the returns end, ascending; of an extract, the years that it covers whole.
    pub years: Vec<i16>,
    /// Where the rows come from.
    pub source: CareSource,
}
