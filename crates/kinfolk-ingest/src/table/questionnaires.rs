//! Answers: one to a row, or a form to a row with a column for each statement.

use std::borrow::Cow;

use jiff::civil::Date;
use kinfolk_model::{Answer, ChildId, Questionnaire, Respondent};
use smol_str::SmolStr;

use super::{Key, Record};
use crate::header::statement_code;
use crate::row::RowReader;
use crate::rules;

impl Record for Questionnaire {
    const TABLE: &'static str = "questionnaires";
    const KEY_COLUMN: &'static str = "response_id";

    fn read(row: &mut RowReader<'_>, records: &mut Vec<Option<Self>>) {
        let form = form(row);
        if row.layout.statements.is_empty() {
            records.push(long(row, form));
        } else {
            wide(row, form, records);
        }
    }

    fn key(&self) -> Option<Key<'_>> {
        let (form, statement) = (self.response_id.as_str(), self.statement.as_str());
        Some([form.into(), statement.into(), Cow::default()])
    }

    fn child_id(&self) -> Option<&ChildId> {
        self.child_id.as_ref()
    }
}

/// What a form says beside its answers.
struct Form {
    response_id: Option<SmolStr>,
    respondent: Option<Respondent>,
    child_id: Option<ChildId>,
    date: Option<Date>,
}

fn form(row: &mut RowReader<'_>) -> Form {
    let form = Form {
        child_id: row.child_id(),
        response_id: row.identifier("response_id"),
        respondent: row.code("respondent"),
        date: row.date("date"),
    };
    row.within_period("date", form.date);
    form
}

impl Form {
    fn answered(&self, statement: SmolStr, answer: Answer) -> Option<Questionnaire> {
        Some(Questionnaire {
            response_id: self.response_id.clone()?,
            respondent: self.respondent?,
            child_id: self.child_id.clone(),
            date: self.date,
            statement,
            answer,
        })
    }
}

fn long(row: &mut RowReader<'_>, form: Form) -> Option<Questionnaire> {
    let statement = row.text("statement");
    let answer = row.layout.column("answer").and_then(|column| {
        if row.raw.get(column).is_none() {
            let message = "answer is blank".to_owned();
            row.report(&rules::MISSING_REQUIRED_VALUE, "answer", message);
        }
        row.answer_in(column)
    });
    let code = statement_code(&statement?, row.context.statements);
    form.answered(code.into(), answer?)
}

/// A blank cell of a wide form is a statement that was not answered, and no row.
fn wide(row: &mut RowReader<'_>, form: Form, answers: &mut Vec<Option<Questionnaire>>) {
    for column in &row.layout.statements {
        if row.raw.get(column.column).is_some() {
            let answer = row.answer_in(column.column);
            answers.push(answer.and_then(|answer| form.answered(column.statement.clone(), answer)));
        }
    }
}
