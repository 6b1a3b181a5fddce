//! Groups of children that several measures speak of, so that each is one cell.

use std::collections::BTreeSet;

use kinfolk_model::Country;

use super::tally::Tally;
use crate::{ChildFacts, Facts, Step, SummaryFacts};

/// In words: children with a Practice Summary.
pub(super) const WITH_SUMMARY: &str = "children with a Practice Summary";

pub(super) fn summaries(facts: &Facts) -> Vec<&SummaryFacts> {
    facts
        .children
        .iter()
        .filter_map(|child| child.summary.as_ref())
        .collect()
}

pub(super) fn all_children(summaries: &[&SummaryFacts]) -> Tally {
    Tally::where_("children", summaries, |_| true)
}

/// The nations of the children, when there are several.
pub(super) fn several_countries(summaries: &[&SummaryFacts]) -> Vec<Country> {
    let countries: BTreeSet<Country> = summaries.iter().map(|s| s.country).collect();
    if countries.len() > 1 {
        countries.into_iter().collect()
    } else {
        Vec::new()
    }
}

pub(super) fn at_step(summaries: &[&SummaryFacts], step: Step) -> Tally {
    match step {
        Step::Referred => all_children(summaries),
        _ => Tally::where_(format!("flow/{}", step.code()), summaries, |s| {
            s.flow.reached(step)
        }),
    }
}

/// The children of whom records of the work can be expected: those who started, or everyone where
/// the study dates no step of anyone's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Started,
    Everyone,
}

impl Expected {
    pub(super) fn in_study(summaries: &[&SummaryFacts]) -> Self {
        if summaries.iter().any(|s| s.has_dated_step) {
            Self::Started
        } else {
            Self::Everyone
        }
    }

    pub(super) fn includes(self, child: &ChildFacts) -> bool {
        child
            .summary
            .as_ref()
            .is_some_and(|summary| self == Self::Everyone || summary.started())
    }

    pub(super) fn tally(self, summaries: &[&SummaryFacts]) -> Tally {
        match self {
            Self::Started => at_step(summaries, Step::Started),
            Self::Everyone => all_children(summaries),
        }
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Started => "children with whom work started",
            Self::Everyone => WITH_SUMMARY,
        }
    }
}

/// Children of whom a tracker could be expected and who have none; `None` without Practice
/// Summaries, for then nobody knows who is missing.
pub(super) fn without_tracker(facts: &Facts) -> Option<Tally> {
    let summaries = summaries(facts);
    let expected = Expected::in_study(&summaries);
    (!summaries.is_empty()).then(|| {
        Tally::where_("coverage/connections/without", &facts.children, |child| {
            expected.includes(child) && child.tracker.is_none()
        })
    })
}
