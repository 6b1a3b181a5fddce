//! Measures that records cannot carry, and why: because the nation has no such measure or codes
//! otherwise, or because an extract lacks what the measure needs.

use kinfolk_model::care::{CareSource, CountedReasons, ExtractTables};
use kinfolk_model::{Country, Estimate, Group};

use super::reach::Reach;
use crate::care::CareFacts;

/// Decides which measures of returns are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::estimate) struct Refusals {
    country: Country,
    source: CareSource,
    /// Which reasons count where a record does not name them itself.
    counted: CountedReasons,
    reach: Reach,
}

const SCOTLAND: &str = "the codes and files of the Scottish return, whose year ends on 31 July, are not known here, \
     and Scotland has no official measure of three or more placements";
const NOT_IN_WALES: &str = "no such official measure is known for Wales";
const WELSH_REASONS: &str =
    "the Welsh census has no reasons T and U, so a move with the same carer looks like any other";
const WELSH_CODES: &str = "the Welsh codes for this are others, and are not known here";
const WELSH_ABSENCE: &str =
    "the Welsh census has absence as a placement row, and no table of times missing";
const NO_ROWS: &str =
    "an extract has a row for each placement, so that there are no rows of a return to count";
const NO_REASONS: &str =
    "the extract has no episodes, which say whether the carer stayed the same and why care ended";
const NO_STATUSES: &str = "the extract has no legal statuses, which say who is in short breaks";

/// Measures that do not rest on the records.
const OF_OTHERS: [&str; 6] = [
    "stability.found",
    "stability.published",
    "stability.funnel",
    "stability.authorities",
    "stability.rows",
    "stability.repairs",
];

impl Refusals {
    pub(super) fn of(care: &CareFacts) -> Self {
        Self {
            country: care.options.country,
            source: care.source,
            counted: care.options.rule.counted,
            reach: Reach::of(care),
        }
    }

    /// Why a record can have no value; `None` where it can.
    pub(in crate::estimate) fn against(&self, estimate: &Estimate) -> Option<&'static str> {
        let Estimate { measure, group, .. } = estimate;
        // Children of the service are followed from days of their own, each of which is looked at by itself.
        match estimate.options.starts_with("from=start;") {
            true => self.by_source(measure, group),
            false => self.why(measure, group),
        }
    }

    fn why(&self, measure: &str, group: &Group) -> Option<&'static str> {
        if OF_OTHERS.contains(&measure) {
            return None;
        }
        let why = self.by_source(measure, group);
        why.or_else(|| self.reach.against(measure, group))
    }

    fn by_source(&self, measure: &str, group: &Group) -> Option<&'static str> {
        let counted = group.get("moves").and_then(|code| code.parse().ok());
        let asked = Asked {
            measure,
            counted: counted.unwrap_or(self.counted),
            window: group.get("window").unwrap_or_default(),
            ending: group.get("ending").unwrap_or_default(),
        };
        let by_country = match self.country {
            Country::England => None,
            Country::Scotland => Some(SCOTLAND),
            Country::Wales => asked.against_wales(),
        };
        by_country.or(match self.source {
            CareSource::Return => None,
            CareSource::Extract(tables) => asked.against_extract(tables),
        })
    }
}

/// Why a measure of returns can have no value for a group; `None` where it can.
pub fn refused_measure(care: &CareFacts, measure: &str, group: &Group) -> Option<&'static str> {
    Refusals::of(care).why(measure, group)
}

/// What a record is about, as far as it decides whether it can be had.
struct Asked<'e> {
    measure: &'e str,
    counted: CountedReasons,
    window: &'e str,
    ending: &'e str,
}

/// Measures that depend on what a move is.
const OF_MOVES: [&str; 8] = [
    "stability.three_or_more",
    "stability.same_carer_two_years",
    "stability.move_rate",
    "stability.endings",
    "stability.moved_for",
    "stability.same_home",
    "stability.same_home.difference",
    "stability.path",
];

impl Asked<'_> {
    fn counts(&self, counted: CountedReasons) -> bool {
        OF_MOVES.contains(&self.measure) && self.counted == counted
    }

    fn against_wales(&self) -> Option<&'static str> {
        match self.measure {
            "stability.same_carer_two_years" => Some(NOT_IN_WALES),
            "stability.three_or_more" if self.window == "two_years" => Some(NOT_IN_WALES),
            "stability.missing" => Some(WELSH_ABSENCE),
            "stability.planned" | "stability.pattern" => Some(WELSH_CODES),
            measure if measure.starts_with("leavers.") || measure.starts_with("yearly.") => {
                Some(WELSH_CODES)
            }
            _ if self.counts(CountedReasons::Spbtu) => Some(WELSH_REASONS),
            _ => None,
        }
    }

    fn against_extract(&self, tables: ExtractTables) -> Option<&'static str> {
        let has_left_care = self.ending == "returned_home";
        match self.measure {
            _ if self.counts(CountedReasons::Every) => Some(NO_ROWS),
            "stability.left_out" if !tables.has_legal_statuses => Some(NO_STATUSES),
            _ if tables.has_reasons => None,
            "stability.same_carer_two_years" => Some(NO_REASONS),
            "stability.planned" if has_left_care => Some(NO_REASONS),
            _ if self.counts(CountedReasons::Spbtu) => Some(NO_REASONS),
            _ => None,
        }
    }
}
