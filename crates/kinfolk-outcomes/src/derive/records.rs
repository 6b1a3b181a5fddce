//! The rows of every table, brought together by child.

use std::collections::HashMap;

use kinfolk_model::{
    Child, ChildId, Connection, ConnectionCount, Objective, Oc2, Questionnaire, Respondent, Sdq,
    Study,
};

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
    let mut records: Vec<Records<'_>> = identifiers(study).into_iter().map(empty).collect();
    // Looked up, never walked through, so that its order reaches nothing.
    let places: HashMap<&ChildId, usize> = records
        .iter()
        .enumerate()
        .map(|(at, record)| (record.child_id, at))
        .collect();
    for row in &study.children.rows {
        records[places[&row.child_id]].summary.get_or_insert(row);
    }
    for row in &study.objectives.rows {
        records[places[&row.child_id]].objectives.push(row);
    }
    for row in &study.connections.rows {
        records[places[&row.child_id]].connections.push(row);
    }
    for row in &study.connection_counts.rows {
        records[places[&row.child_id]].count.get_or_insert(row);
    }
    for child_id in child_forms(&study.questionnaires.rows) {
        records[places[child_id]].answered = true;
    }
    for row in &study.sdq.rows {
        records[places[&row.child_id]].questionnaires.push(row);
    }
    for row in &study.oc2.rows {
        if let Some(&place) = places.get(&row.child_id) {
            records[place].returns.push(row);
        }
    }
    records
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
    let mut ids: Vec<&ChildId> = study
        .children
        .rows
        .iter()
        .map(|row| &row.child_id)
        .collect();
    ids.extend(study.objectives.rows.iter().map(|row| &row.child_id));
    ids.extend(study.connections.rows.iter().map(|row| &row.child_id));
    ids.extend(study.connection_counts.rows.iter().map(|row| &row.child_id));
    ids.extend(child_forms(&study.questionnaires.rows));
    ids.extend(study.sdq.rows.iter().map(|row| &row.child_id));
    if is_about_return_only(study) {
        ids.extend(study.oc2.rows.iter().map(|row| &row.child_id));
    }
    ids.sort_unstable();
    ids.dedup();
    ids
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
