//! The first half: one row for each child, form and return.

pub(crate) mod age;
mod care;
pub(crate) mod comparison;
mod connections;
mod criteria;
mod flow;
mod forms;
mod objectives;
mod records;
mod sdq;
mod summary;

use std::collections::BTreeSet;

use kinfolk_model::{ChildId, Monitoring, Settings, Study};
use rayon::prelude::*;

pub use care::StudyCareFacts;
pub use comparison::{
    ComparedFacts, Ending, EventTime, OutcomeFacts, TimeInCare, Timeline, Window,
};
pub use connections::{PeopleFacts, Touch, TrackerFacts, When};
pub use criteria::{CriteriaFacts, CriteriaTest, Standing, Verdict};
pub use flow::{FlowFacts, Loss, LossReason, Step};
pub use forms::FormFacts;
pub use objectives::ObjectiveFacts;
pub(crate) use sdq::collection_year;
pub use sdq::{SdqFacts, SdqFollowUp, SdqLeftOut, SdqOccasion, SdqSeries};
pub use summary::{SummaryFacts, WhenDated};

use records::Records;

/// Everything that is known of one child, reduced to what the estimates need.
#[derive(Debug, Clone, PartialEq)]
pub struct ChildFacts {
    /// The child.
    pub child_id: ChildId,
    /// From the Practice Summary; `None` where the child has none.
    pub summary: Option<SummaryFacts>,
    /// The objectives by kind and status.
    pub objectives: ObjectiveFacts,
    /// From the tracker; `None` where the child is in neither tracker table.
    pub tracker: Option<TrackerFacts>,
    /// Whether a form from this child is there.
    pub answered: bool,
    /// From SDQ questionnaires and yearly returns.
    pub sdq: SdqFacts,
}

/// One row for each child, form and return, and which tables the study has.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// One row a child, by identifier.
    pub children: Vec<ChildFacts>,
    /// One row a form, by respondent and identifier.
    pub forms: Vec<FormFacts>,
    /// The returns, by authority and quarter.
    pub returns: Vec<Monitoring>,
    /// From returns on children looked after; `None` where the study has none.
    pub care: Option<StudyCareFacts>,
    /// One row a child of the comparison, by identifier; none where the study compares nobody.
    pub cohort: Vec<ComparedFacts>,
    /// The tables that the study has, by name.
    pub tables: BTreeSet<&'static str>,
}

impl Facts {
    /// Whether the study has a table.
    pub fn has(&self, table: &str) -> bool {
        self.tables.contains(table)
    }
}

/// Reduces a study to one row for each child, form and return. The rows are in the order of their
/// identifiers, whatever the order of the files.
pub fn derive(study: &Study) -> Facts {
    let ((children, forms), (care, cohort)) = rayon::join(
        || {
            rayon::join(
                || derive_children(study),
                || forms::derive_forms(&study.questionnaires.rows),
            )
        },
        || {
            rayon::join(
                || care::derive_study_care(study),
                || comparison::derive_cohort(study),
            )
        },
    );
    Facts {
        children,
        forms,
        returns: sorted_returns(&study.monitoring.rows),
        care,
        cohort,
        tables: tables(study),
    }
}

fn derive_children(study: &Study) -> Vec<ChildFacts> {
    records::by_child(study)
        .into_par_iter()
        .map(|records| derive_child(&records, &study.settings))
        .collect()
}

/// Reduces one child's records.
fn derive_child(records: &Records<'_>, settings: &Settings) -> ChildFacts {
    ChildFacts {
        child_id: records.child_id.clone(),
        summary: records
            .summary
            .map(|child| summary::derive_summary(child, settings)),
        objectives: objectives::derive_objectives(&records.objectives),
        tracker: connections::derive_tracker(&records.connections, records.count),
        answered: records.answered,
        sdq: sdq::derive_sdq(&records.sdq(), settings),
    }
}

fn sorted_returns(rows: &[Monitoring]) -> Vec<Monitoring> {
    let mut returns = rows.to_vec();
    returns.sort_by(|a, b| {
        let key = |r: &Monitoring| {
            (
                r.country,
                r.authority.clone(),
                r.programme.clone(),
                r.quarter,
            )
        };
        key(a).cmp(&key(b))
    });
    returns
}

fn tables(study: &Study) -> BTreeSet<&'static str> {
    [
        ("children", study.children.is_present()),
        ("objectives", study.objectives.is_present()),
        ("connections", study.connections.is_present()),
        ("connection_counts", study.connection_counts.is_present()),
        ("questionnaires", study.questionnaires.is_present()),
        ("monitoring", study.monitoring.is_present()),
        ("sdq", study.sdq.is_present()),
        ("oc2", study.oc2.is_present()),
        ("returns", study.care.is_present()),
        ("cohort", study.cohort.is_present()),
        ("events", study.events.is_present()),
    ]
    .into_iter()
    .filter_map(|(name, present)| present.then_some(name))
    .collect()
}
