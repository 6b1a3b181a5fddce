//! One form: who answered, and what.

use kinfolk_model::{Answer, ChildId, Questionnaire, Respondent, SmolStr};
use rayon::prelude::*;

/// One form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFacts {
    /// Who answered.
    pub respondent: Respondent,
    /// The identifier of the form.
    pub response_id: SmolStr,
    /// The child whom it is about, where recorded.
    pub child_id: Option<ChildId>,
    /// The answer to each statement, by statement.
    pub answers: Vec<(SmolStr, Answer)>,
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
    // The answers of a form mostly follow one another.
    let mut runs: Vec<&[Questionnaire]> = rows.chunk_by(|a, b| form_of(a) == form_of(b)).collect();
    runs.par_sort_by_key(|run| run.first().map(form_of));
    let is_same = |a: &&[Questionnaire], b: &&[Questionnaire]| {
        a.first().map(form_of) == b.first().map(form_of)
    };
    let forms: Vec<&[&[Questionnaire]]> = runs.chunk_by(is_same).collect();
    forms.into_par_iter().filter_map(derive_form).collect()
}

fn form_of(row: &Questionnaire) -> (Respondent, &str) {
    (row.respondent, &row.response_id)
}

/// One form; `None` without a row.
fn derive_form(runs: &[&[Questionnaire]]) -> Option<FormFacts> {
    let rows = || runs.iter().copied().flatten();
    let first = rows().next()?;
    let mut answers: Vec<(SmolStr, Answer)> = rows()
        .map(|row| (row.statement.clone(), row.answer))
        .collect();
    // Should a form answer a statement twice, the lower answer stands, whatever the order of rows.
    answers.sort_unstable();
    answers.dedup_by(|later, earlier| later.0 == earlier.0);
    answers.shrink_to_fit();
    Some(FormFacts {
        respondent: first.respondent,
        response_id: first.response_id.clone(),
        child_id: rows()
            .filter_map(|row| row.child_id.as_ref())
            .max()
            .cloned(),
        answers,
    })
}
