//! The rows of one child in an extract, to the episodes that its placements are.

use std::collections::HashMap;

use jiff::civil::Date;
use kinfolk_model::care::{CONTINUES, Episode, STARTED, ShortCode};

use super::{ExtractRow, ExtractTable};
use crate::returns::breaches::Breach;
use crate::returns::origin::Rowed;
use crate::returns::rules;
use crate::rules::Rule;

const MOVED: ShortCode = ShortCode::of("P");
/// Reasons that say that there is another placement.
const OTHER_PLACEMENT: [ShortCode; 4] = [
    MOVED,
    ShortCode::of("B"),
    ShortCode::of("T"),
    ShortCode::of("U"),
];
/// The rows of one child, each table by start.
pub(super) struct OfChild<'r> {
    placements: &'r [ExtractRow],
    statuses: &'r [ExtractRow],
    /// The first episode in each placement.
    first_in_placement: HashMap<&'r str, &'r Episode>,
    /// The last episode in each period of care.
    last_in_care: HashMap<&'r str, &'r Episode>,
}

impl<'r> OfChild<'r> {
    pub(super) fn new(rows: &'r [ExtractRow]) -> Self {
        let n_placements = rows.partition_point(|row| row.table < ExtractTable::Episodes);
        let n_before_statuses = rows.partition_point(|row| row.table < ExtractTable::LegalStatuses);
        let mut first_in_placement = HashMap::new();
        let mut last_in_care = HashMap::new();
        for row in &rows[n_placements..n_before_statuses] {
            let placement = row.placement.as_str();
            first_in_placement.entry(placement).or_insert(&row.episode);
            last_in_care.insert(row.care.as_str(), &row.episode);
        }
        first_in_placement.remove("");
        last_in_care.remove("");
        Self {
            placements: &rows[..n_placements],
            statuses: &rows[n_before_statuses..],
            first_in_placement,
            last_in_care,
        }
    }

    /// An episode for each placement; what does not agree is found.
    pub(super) fn episodes(&self, found: &mut Vec<Breach>) -> Vec<Rowed<Episode>> {
        let placements = self.placements.iter().enumerate();
        placements
            .map(|(at, row)| Rowed {
                record: self.episode(at, row, found),
                origin: row.origin,
            })
            .collect()
    }

    fn episode(&self, at: usize, row: &ExtractRow, found: &mut Vec<Breach>) -> Episode {
        let first = self.first_in_placement.get(row.placement.as_str());
        let last = self.last_in_care.get(row.care.as_str());
        let is_last_of_care = !self.placements[at + 1..]
            .iter()
            .any(|later| is_one_period(row, later));
        let is_open = row.episode.ended.is_none();
        let care_ended = last
            .filter(|_| is_last_of_care)
            .and_then(|last| last.left_on());
        let care_ended = care_ended.filter(|ended| is_open && *ended > row.episode.started);
        if care_ended.is_some() {
            found.push(breach(&rules::PLACEMENT_BEYOND_CARE, row, "dec"));
        }
        let ended = row.episode.ended.or(care_ended);
        Episode {
            ended,
            reason_new: self.reason_new(at, row, found),
            legal_status: self.status_on(row.episode.started),
            need: first
                .or(last)
                .map(|episode| episode.need)
                .unwrap_or_default(),
            reason_ended: match ended {
                None => ShortCode::BLANK,
                Some(_) if !is_last_of_care => CONTINUES,
                Some(ended) => reason_left(last.copied(), ended),
            },
            ..row.episode
        }
    }

    fn reason_new(&self, at: usize, row: &ExtractRow, found: &mut Vec<Breach>) -> ShortCode {
        let is_first_of_care = !self.placements[..at]
            .iter()
            .any(|earlier| is_one_period(earlier, row));
        if is_first_of_care {
            return STARTED;
        }
        let Some(first) = self.first_in_placement.get(row.placement.as_str()) else {
            return MOVED;
        };
        if OTHER_PLACEMENT.contains(&first.reason_new) {
            return first.reason_new;
        }
        found.push(breach(&rules::PLACEMENT_NOT_EXPECTED, row, "decom"));
        MOVED
    }

    /// The legal status on a day, blank where none is known.
    fn status_on(&self, day: Date) -> ShortCode {
        let lasts = |status: &&ExtractRow| status.episode.is_open_on(day);
        let status = self.statuses.iter().rfind(lasts);
        status
            .map(|row| row.episode.legal_status)
            .unwrap_or_default()
    }
}

/// Whether two placements are in one period of care, the second later: by the period's identifier;
/// where one has none, because the second starts on the day on which the first ends.
fn is_one_period(earlier: &ExtractRow, later: &ExtractRow) -> bool {
    if earlier.care.is_empty() || later.care.is_empty() {
        earlier.episode.ended == Some(later.episode.started)
    } else {
        earlier.care == later.care
    }
}

/// Why care ended with a placement: the reason of the last episode, if it ended on the same day.
fn reason_left(last: Option<&Episode>, ended: Date) -> ShortCode {
    last.filter(|last| last.left_on() == Some(ended))
        .map(|last| last.reason_ended)
        .unwrap_or_default()
}

fn breach(rule: &'static Rule, row: &ExtractRow, column: &'static str) -> Breach {
    Breach {
        rule,
        origin: row.origin,
        column,
        is_set_aside: false,
    }
}
