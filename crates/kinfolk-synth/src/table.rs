//! Typed rows as the tables that files hold.

use jiff::civil::Date;
use kinfolk_model::{
    Answer, Child, Code, Connection, ConnectionCount, Monitoring, Objective, Questionnaire,
    RawCell, RawTable,
};

/// A column: its header, and the cell of one row.
pub(crate) type Columns<R> = [(&'static str, fn(&R) -> RawCell)];

const CHILDREN: &Columns<Child> = &[
    ("child_id", |row| text(row.child_id.as_str())),
    ("authority", |row| maybe_text(row.authority.as_deref())),
    ("country", |row| code(row.country)),
    ("sex", |row| code(row.sex)),
    ("date_of_birth", |row| day(row.date_of_birth)),
    ("age_at_referral", |row| number(row.age_at_referral)),
    ("ethnicity", |row| code(row.ethnicity)),
    ("disability", |row| code(row.disability)),
    ("care_start", |row| day(row.care_start)),
    ("legal_status", |row| {
        maybe_text(row.legal_status.as_deref())
    }),
    ("placement_type", |row| code(row.placement_type)),
    ("plan_to_return_home", |row| code(row.plan_to_return_home)),
    ("plan_for_adoption", |row| code(row.plan_for_adoption)),
    ("referral_date", |row| day(row.referral_date)),
    ("start_date", |row| day(row.start_date)),
    ("conference_date", |row| day(row.conference_date)),
    ("plan_date", |row| day(row.plan_date)),
    ("review_date", |row| day(row.review_date)),
    ("end_date", |row| day(row.end_date)),
    ("end_reason", |row| code(row.end_reason)),
    ("relationship_repaired", |row| {
        code(row.relationship_repaired)
    }),
    ("long_term_commitment", |row| code(row.long_term_commitment)),
    ("new_direct_contact", |row| code(row.new_direct_contact)),
    ("family_history_knowledge", |row| {
        code(row.family_history_knowledge)
    }),
    ("identity_belonging", |row| code(row.identity_belonging)),
];

const OBJECTIVES: &Columns<Objective> = &[
    ("child_id", |row| text(row.child_id.as_str())),
    ("objective_id", |row| {
        maybe_text(row.objective_id.as_deref())
    }),
    ("category", |row| code(Some(row.category))),
    ("status", |row| code(Some(row.status))),
];

const CONNECTIONS: &Columns<Connection> = &[
    ("child_id", |row| text(row.child_id.as_str())),
    ("person_id", |row| text(&row.person_id)),
    ("relationship", |row| code(Some(row.relationship))),
    ("side", |row| code(row.side)),
    ("age", |row| number(row.age)),
    ("wanted", |row| yes_no(row.wanted)),
    ("at_start", |row| yes_no(Some(row.at_start))),
    ("after", |row| yes_no(Some(row.after))),
    ("at_12_months", |row| yes_no(row.at_12_months)),
    ("contact_at_start", |row| code(row.contact_at_start)),
    ("contact", |row| code(row.contact)),
    ("commitment", |row| maybe_text(row.commitment.as_deref())),
];

const CONNECTION_COUNTS: &Columns<ConnectionCount> = &[
    ("child_id", |row| text(row.child_id.as_str())),
    ("before", |row| number(Some(row.before))),
    ("after", |row| number(Some(row.after))),
    ("at_12_months", |row| number(row.at_12_months)),
];

const QUESTIONNAIRES: &Columns<Questionnaire> = &[
    ("response_id", |row| text(&row.response_id)),
    ("respondent", |row| code(Some(row.respondent))),
    ("child_id", |row| {
        maybe_text(row.child_id.as_ref().map(|id| id.as_str()))
    }),
    ("date", |row| day(row.date)),
    ("statement", |row| text(&row.statement)),
    ("answer", |row| answer(row.answer)),
];

const MONITORING: &Columns<Monitoring> = &[
    ("authority", |row| text(&row.authority)),
    ("country", |row| code(row.country)),
    ("programme", |row| maybe_text(row.programme.as_deref())),
    ("quarter", |row| text(&row.quarter.to_string())),
    ("referrals", |row| number(row.referrals)),
    ("starts", |row| number(row.starts)),
    ("conferences", |row| number(row.conferences)),
    ("plans", |row| number(row.plans)),
    ("reviews", |row| number(row.reviews)),
    ("coordinators_trained", |row| {
        number(row.coordinators_trained)
    }),
];

/// The children as a table.
pub(crate) fn children(rows: &[Child]) -> RawTable {
    table("children", CHILDREN, rows)
}

/// The objectives as a table.
pub(crate) fn objectives(rows: &[Objective]) -> RawTable {
    table("objectives", OBJECTIVES, rows)
}

/// The tracker as a table.
pub(crate) fn connections(rows: &[Connection]) -> RawTable {
    table("connections", CONNECTIONS, rows)
}

/// The numbers of people as a table.
pub(crate) fn connection_counts(rows: &[ConnectionCount]) -> RawTable {
    table("connection_counts", CONNECTION_COUNTS, rows)
}

/// The answers as a table, one form to a row and one statement to a column, as form tools export
/// them. The answers of a form stand together.
pub(crate) fn forms(rows: &[Questionnaire], statements: &[&str]) -> RawTable {
    let about = &QUESTIONNAIRES[..4];
    let headers = about.iter().map(|(header, _)| *header);
    RawTable {
        name: "questionnaires".to_owned(),
        header: headers
            .chain(statements.iter().copied())
            .map(str::to_owned)
            .collect(),
        rows: rows
            .chunk_by(|left, right| left.response_id == right.response_id)
            .map(|form| form_row(about, form, statements))
            .collect(),
    }
}

fn form_row(
    about: &Columns<Questionnaire>,
    form: &[Questionnaire],
    statements: &[&str],
) -> Vec<RawCell> {
    let answers = statements.iter().map(|statement| {
        form.iter()
            .find(|row| row.statement == *statement)
            .map_or(RawCell::Blank, |row| answer(row.answer))
    });
    about
        .iter()
        .map(|(_, cell)| cell(&form[0]))
        .chain(answers)
        .collect()
}

/// The answers as a table, one to a row.
pub(crate) fn questionnaires(rows: &[Questionnaire]) -> RawTable {
    table("questionnaires", QUESTIONNAIRES, rows)
}

/// The returns as a table.
pub(crate) fn monitoring(rows: &[Monitoring]) -> RawTable {
    table("monitoring", MONITORING, rows)
}

/// A table with every column, filled or not.
pub(crate) fn table<R>(name: &str, columns: &Columns<R>, rows: &[R]) -> RawTable {
    RawTable {
        name: name.to_owned(),
        header: columns
            .iter()
            .map(|(header, _)| (*header).to_owned())
            .collect(),
        rows: rows
            .iter()
            .map(|row| columns.iter().map(|(_, cell)| cell(row)).collect())
            .collect(),
    }
}

/// The table without the columns that no row fills; as it is where there is no row.
pub(crate) fn without_blank_columns(table: RawTable) -> RawTable {
    let is_filled: Vec<bool> = (0..table.header.len())
        .map(|at| table.rows.is_empty() || table.rows.iter().any(|row| row[at] != RawCell::Blank))
        .collect();
    let kept = |cells: Vec<RawCell>| keep(cells, &is_filled);
    RawTable {
        name: table.name,
        header: keep(table.header, &is_filled),
        rows: table.rows.into_iter().map(kept).collect(),
    }
}

fn keep<T>(list: Vec<T>, is_kept: &[bool]) -> Vec<T> {
    let marked = list.into_iter().zip(is_kept);
    marked
        .filter_map(|(member, kept)| kept.then_some(member))
        .collect()
}

pub(crate) fn text(text: &str) -> RawCell {
    RawCell::Text(text.to_owned())
}

pub(crate) fn maybe_text(words: Option<&str>) -> RawCell {
    words.map_or(RawCell::Blank, text)
}

pub(crate) fn code<C: Code>(member: Option<C>) -> RawCell {
    maybe_text(member.map(C::code))
}

pub(crate) fn day(day: Option<Date>) -> RawCell {
    day.map_or(RawCell::Blank, RawCell::Date)
}

pub(crate) fn number(number: Option<impl Into<f64>>) -> RawCell {
    number.map_or(RawCell::Blank, |number| RawCell::Number(number.into()))
}

pub(crate) fn yes_no(answer: Option<bool>) -> RawCell {
    maybe_text(answer.map(|yes| if yes { "yes" } else { "no" }))
}

fn answer(answer: Answer) -> RawCell {
    match answer {
        Answer::Rating(rating) => number(Some(rating)),
        Answer::Yes | Answer::No => text(&answer.code()),
    }
}

#[cfg(test)]
mod tests {
    use kinfolk_model::schema;

    use super::*;

    fn check<R>(name: &str, columns: &Columns<R>) {
        let expected: Vec<&str> = schema::table(name)
            .unwrap()
            .columns
            .iter()
            .map(|column| column.name)
            .collect();
        let written: Vec<&str> = columns.iter().map(|(header, _)| *header).collect();
        assert_eq!(written, expected, "{name}");
    }

    #[test]
    fn columns_are_those_of_the_schema() {
        check("children", CHILDREN);
        check("objectives", OBJECTIVES);
        check("connections", CONNECTIONS);
        check("connection_counts", CONNECTION_COUNTS);
        check("questionnaires", QUESTIONNAIRES);
        check("monitoring", MONITORING);
    }

    #[test]
    fn a_form_is_a_row() {
        let answer = |response_id: &str, statement: &str, rating| Questionnaire {
            response_id: response_id.into(),
            respondent: kinfolk_model::Respondent::Network,
            child_id: None,
            date: None,
            statement: statement.into(),
            answer: Answer::Rating(rating),
        };
        let answers = [
            answer("N1", "a", 4),
            answer("N2", "b", 3),
            answer("N2", "a", 5),
        ];
        let table = forms(&answers, &["a", "b"]);
        let header = ["response_id", "respondent", "child_id", "date", "a", "b"];
        assert_eq!(table.header, header);
        let answers: Vec<&[RawCell]> = table.rows.iter().map(|row| &row[4..]).collect();
        assert_eq!(
            answers,
            [
                [RawCell::Number(4.0), RawCell::Blank],
                [RawCell::Number(5.0), RawCell::Number(3.0)],
            ]
        );
    }

    #[test]
    fn columns_that_no_row_fills_are_left_out() {
        let table = children(&[Child::new(kinfolk_model::ChildId::new("A"))]);
        assert_eq!(table.header.len(), CHILDREN.len());
        let table = without_blank_columns(table);
        assert_eq!(table.header, ["child_id"]);
        assert_eq!(table.rows, [[text("A")]]);
        let empty = without_blank_columns(children(&[]));
        assert_eq!(empty.header.len(), CHILDREN.len());
    }
}
