//! The rows of every table, brought together by child.

use std::collections::HashMap;

use kinfolk_model::{
    Child, ChildId, Connection, ConnectionCount, Objective, Oc2, Questionnaire, Respondent, Sdq,
    Study,
};
use rayon::prelude::*;

use super::sdq::SdqRecords;

/// One child's rows.
pub(super) struct Records<'a> {
    pub(super) child_id: &'a ChildId,
    pub(super) summary: Option<&'a Child>,
    pub(super) objectives: Vec<&'a Objective>,
    pub(super) connections: Vec<&'a Connection>,
    pub(super) count: Option<&'a ConnectionCount>,
    pub(super) answered: bool,
    questionnaires: Vec<&'a Sdq>,
    returns: Vec<&'a Oc2>,
}

impl Records<'_> {
    pub(super) fn sdq(&self) -> SdqRecords<'_> {
        SdqRecords {
            child: self.summary,
            questionnaires: &self.questionnaires,
            returns: &self.returns,
        }
    }
}

/// Every child that any table names, by identifier.
pub(super) fn by_child(study: &Study) -> Vec<Records<'_>> {
    let mut children = ByChild::new(identifiers(study));
    for row in &study.children.rows {
        children.give(&row.child_id, |child| {
            child.summary.get_or_insert(row);
        });
    }
    for row in &study.objectives.rows {
        children.give(&row.child_id, |child| child.objectives.push(row));
    }
    for row in &study.connections.rows {
        children.give(&row.child_id, |child| child.connections.push(row));
    }
    for row in &study.connection_counts.rows {
        children.give(&row.child_id, |child| {
            child.count.get_or_insert(row);
        });
    }
    for child_id in child_forms(&study.questionnaires.rows) {
        children.give(child_id, |child| child.answered = true);
    }
    for row in &study.sdq.rows {
        children.give(&row.child_id, |child| child.questionnaires.push(row));
    }
    for row in &study.oc2.rows {
        children.give(&row.child_id, |child| child.returns.push(row));
    }
    children.records
}

/// The children under way.
struct ByChild<'a> {
    records: Vec<Records<'a>>,
    /// Looked up, never walked through, so that its order reaches nothing.
    places: HashMap<&'a ChildId, usize>,
    /// Where the child of the last row stands: the rows of a child mostly follow one another.
    last: usize,
}

impl<'a> ByChild<'a> {
    fn new(identifiers: Vec<&'a ChildId>) -> Self {
        let places = identifiers.iter().enumerate().map(|(at, id)| (*id, at));
        Self {
            places: places.collect(),
            records: identifiers.into_iter().map(empty).collect(),
            last: 0,
        }
    }

    /// Gives something to a child, if the study is about the child.
    fn give(&mut self, child_id: &ChildId, give: impl FnOnce(&mut Records<'a>)) {
        let last = self.records.get(self.last);
        if last.is_none_or(|last| last.child_id != child_id) {
            let Some(&place) = self.places.get(child_id) else {
                return;
            };
            self.last = place;
        }
        if let Some(child) = self.records.get_mut(self.last) {
            give(child);
        }
    }
}

fn empty(child_id: &ChildId) -> Records<'_> {
    Records {
        child_id,
        summary: None,
        objectives: Vec::new(),
        connections: Vec::new(),
        count: None,
        answered: false,
        questionnaires: Vec::new(),
        returns: Vec::new(),
    }
}

fn identifiers(study: &Study) -> Vec<&ChildId> {
    let of_children = study.children.rows.iter().map(|row| &row.child_id);
    let of_objectives = study.objectives.rows.iter().map(|row| &row.child_id);
    let of_connections = study.connections.rows.iter().map(|row| &row.child_id);
    let of_counts = study.connection_counts.rows.iter().map(|row| &row.child_id);
    let of_forms = child_forms(&study.questionnaires.rows);
    let of_sdq = study.sdq.rows.iter().map(|row| &row.child_id);
    let mut ids = Vec::new();
    add_changes(&mut ids, of_children);
    add_changes(&mut ids, of_objectives);
    add_changes(&mut ids, of_connections);
    add_changes(&mut ids, of_counts);
    add_changes(&mut ids, of_forms);
    add_changes(&mut ids, of_sdq);
    if is_about_return_only(study) {
        add_changes(&mut ids, study.oc2.rows.iter().map(|row| &row.child_id));
    }
    ids.par_sort();
    ids.dedup();
    ids
}

/// Adds each identifier that is not the one before it.
fn add_changes<'a>(ids: &mut Vec<&'a ChildId>, more: impl Iterator<Item = &'a ChildId>) {
    for id in more {
        if ids.last() != Some(&id) {
            ids.push(id);
        }
    }
}

/// The yearly return lists every child in care. Those whom no other table names are no concern of a
/// study, unless it is about nothing else.
fn is_about_return_only(study: &Study) -> bool {
    !study.children.is_present() && !study.sdq.is_present()
}

fn child_forms(rows: &[Questionnaire]) -> impl Iterator<Item = &ChildId> {
    rows.iter()
        .filter(|row| row.respondent == Respondent::Child)
        .filter_map(|row| row.child_id.as_ref())
}
