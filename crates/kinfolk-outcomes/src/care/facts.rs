//! What the estimates need to know of each child of a return.

use jiff::civil::Date;
use kinfolk_model::ChildId;
use kinfolk_model::care::{CareRecords, MissingEpisode, ShortCode};

use super::account::StitchAccount;
use super::derive::{ChildHistory, derive_histories};
use super::moves::MoveRule;
use super::placement::Reason;
use super::stability::{ChildStability, StabilityOptions};

/// On which day, and what counts as a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CareOptions {
    /// On which day, for whom.
    pub stability: StabilityOptions,
    /// What counts as a move in the figures; beside them stands what every other rule gives.
    pub rule: MoveRule,
}

/// One child of a return.
#[derive(Debug, Clone, PartialEq)]
pub struct CareChildFacts {
    /// The child.
    pub child_id: ChildId,
    /// The official measures under each rule, in the order of [`MoveRule::ALL`].
    by_rule: [ChildStability; MoveRule::ALL.len()],
    /// How each placement ended that ended in the year, in the order of days.
    pub ends_in_year: Vec<Reason>,
    /// Times missing that began in the year.
    pub missing_in_year: u32,
    /// Times away without authorisation that began in the year.
    pub away_in_year: u32,
}

impl CareChildFacts {
    /// The official measures under a rule.
    pub fn under(&self, rule: MoveRule) -> &ChildStability {
        &self.by_rule[rule.place()]
    }
}

/// Everything that the estimates need to know of returns.
#[derive(Debug, Clone, PartialEq)]
pub struct CareFacts {
    /// On which day, and what counts as a move.
    pub options: CareOptions,
    /// Every child with an episode, by identifier.
    pub children: Vec<CareChildFacts>,
    /// What became of the rows.
    pub account: StitchAccount,
    /// The years in which the returns end.
    pub years: Vec<i16>,
}

/// Missing: whereabouts unknown.
const MISSING: ShortCode = ShortCode::of("M");
/// Away without authorisation.
const AWAY: ShortCode = ShortCode::of("A");

/// Reduces returns to one row a child.
pub fn derive_care(records: &CareRecords, options: CareOptions) -> CareFacts {
    let (children, account) =
        derive_histories(records, |history| derive_child(records, &history, options));
    CareFacts {
        options,
        children,
        account,
        years: records.years.clone(),
    }
}

fn derive_child(
    records: &CareRecords,
    history: &ChildHistory,
    options: CareOptions,
) -> CareChildFacts {
    let on = options.stability.on;
    let after = options.stability.year_before();
    let absences = absences(records, history.child, after, on);
    let count = |kind| absences.iter().filter(|row| row.kind == kind).count();
    let child_id = records
        .children
        .get(history.child as usize)
        .map_or_else(|| ChildId::new(""), |child| child.child_id.clone());
    CareChildFacts {
        child_id,
        by_rule: MoveRule::ALL.map(|rule| history.stability(rule, &options.stability)),
        ends_in_year: history
            .placements(options.rule)
            .iter()
            .filter(|p| p.ended.is_some_and(|ended| after < ended && ended <= on))
            .map(|p| p.end)
            .collect(),
        missing_in_year: u32::try_from(count(MISSING)).unwrap_or(u32::MAX),
        away_in_year: u32::try_from(count(AWAY)).unwrap_or(u32::MAX),
    }
}

/// A child's absences that began in the year, each once: one that lasts is reported again.
fn absences(records: &CareRecords, child: u32, after: Date, until: Date) -> Vec<MissingEpisode> {
    let first = records.missing.partition_point(|row| row.child < child);
    let mut found: Vec<MissingEpisode> = records.missing[first..]
        .iter()
        .take_while(|row| row.child == child)
        .filter(|row| after < row.started && row.started <= until)
        .copied()
        .collect();
    found.dedup_by_key(|row| (row.started, row.kind));
    found
}
