//! One form: who answered, and what.

use std::collections::BTreeMap;

use kinfolk_model::{Answer, ChildId, Questionnaire, Respondent, SmolStr};

/// One form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFacts {
    /// Who answered.
    pub respondent: Respondent,
    /// The identifier of the form.
    pub response_id: SmolStr,
    /// The child whom it is about, where recorded.
    pub child_id: Option<ChildId>,
    /// The answer to each statement.
    pub answers: BTreeMap<SmolStr, Answer>,
}

impl FormFacts {
    /// Whom a count of answers must protect: the child for a child's form, so that two forms of one
    /// child count once; else the person who filled in the form.
    pub(crate) fn person(&self) -> (Respondent, &str) {
        match (self.respondent, &self.child_id) {
            (Respondent::Child, Some(child_id)) => (self.respondent, child_id.as_str()),
            _ => (self.respondent, &self.response_id),
        }
    }
}

/// One row a form, by respondent and identifier.
pub(super) fn derive_forms(rows: &[Questionnaire]) -> Vec<FormFacts> {
    let mut forms: BTreeMap<(Respondent, &str), FormFacts> = BTreeMap::new();
    for row in rows {
        let form = forms
            .entry((row.respondent, &row.response_id))
            .or_insert_with(|| blank(row));
        form.child_id = form.child_id.take().max(row.child_id.clone());
        // Should a form answer a statement twice, the lower answer stands, whatever the order of rows.
        form.answers
            .entry(row.statement.clone())
            .and_modify(|answer| *answer = row.answer.min(*answer))
            .or_insert(row.answer);
    }
    forms.into_values().collect()
}

fn blank(row: &Questionnaire) -> FormFacts {
    FormFacts {
        respondent: row.respondent,
        response_id: row.response_id.clone(),
        child_id: None,
        answers: BTreeMap::new(),
    }
}
