//! Kinds of objective with their results.

use kinfolk_disclosure::Release;
use kinfolk_model::{Group, Statistic};

use crate::reading::Reading;

const RESULTS: [&str; 3] = ["met", "partly", "not_met"];

/// One kind of objective.
pub(super) struct Row<'a> {
    /// The code of the kind.
    pub(super) code: String,
    /// Its words.
    pub(super) label: String,
    /// How many were set.
    pub(super) set: Reading<'a>,
    /// How many were met, partly met or under way, and not met.
    pub(super) parts: [Reading<'a>; 3],
    /// The share that was met.
    pub(super) met: Reading<'a>,
}

impl Row<'_> {
    /// How many were met; the share says so too where the split is not shown.
    pub(super) fn n_met(&self) -> Option<f64> {
        let from_share = self.met.value().and(self.met.numerator());
        self.parts[0].value().or(from_share.map(|n| n as f64))
    }

    /// The parts that may be drawn, from the left, each with its place among the results.
    pub(super) fn drawn(&self) -> impl Iterator<Item = (usize, f64)> {
        let parts = [self.n_met(), self.parts[1].value(), self.parts[2].value()];
        let shown = parts.into_iter().enumerate();
        shown.filter_map(|(result, part)| Some((result, part.filter(|n| *n > 0.0)?)))
    }

    /// Whether no part may be drawn.
    pub(super) fn is_withheld(&self) -> bool {
        self.set.value().is_none() || self.n_met().is_none()
    }

    /// What cannot be drawn part by part: the released total less the released parts.
    pub(super) fn rest(&self) -> f64 {
        let drawn: f64 = self.drawn().map(|(_, n)| n).sum();
        let hides = self.parts[1..].iter().any(|part| part.value().is_none());
        match self.set.value() {
            Some(set) if hides => (set - drawn).max(0.0),
            _ => 0.0,
        }
    }
}

/// The kinds, most frequent first; those with something withheld last, in the order of the list.
pub(super) fn rows(release: &Release) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = release
        .rows("objectives.category")
        .iter()
        .map(|row| {
            let group = Group::of("category", &row.code);
            let part = |result: &str| {
                let group = group.clone().and("result", result);
                Reading::of(release, "objectives.status", &group, Statistic::Count)
            };
            Row {
                code: row.code.clone(),
                label: row.label.clone(),
                set: Reading::of(release, "objectives.set", &group, Statistic::Count),
                parts: RESULTS.map(part),
                met: Reading::of(release, "objectives.met", &group, Statistic::Proportion),
            }
        })
        .filter(|row| row.set.0.is_some() && row.set.value() != Some(0.0))
        .collect();
    rows.sort_by(|one, two| {
        let rank = |row: &Row<'_>| match row.is_withheld() {
            false => row.set.value().unwrap_or(0.0),
            true => -1.0,
        };
        rank(two).total_cmp(&rank(one))
    });
    rows
}
