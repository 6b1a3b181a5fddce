//! What 25 children and 191 members of their networks answered.

use kinfolk_model::{Answer, Country, Questionnaire, Respondent};

use super::child_id;

/// Published: forms.
const CHILDREN: usize = 25;
const NETWORK: usize = 191;

/// Statements with the number of fives; all other answers are fours. Published are the means to one
/// decimal: 4.9, 4.7, 4.7 and 4.8 of children, 4.7, 4.6 and 4.6 of the network.
const CHILD_RATED: [(&str, usize); 4] = [
    ("kept_informed", 22),
    ("more_people", 17),
    ("helped_to_talk", 17),
    ("plan_clear", 20),
];
const NETWORK_RATED: [(&str, usize); 3] =
    [("good_idea", 134), ("clear_role", 115), ("plan_clear", 115)];
/// Published: every child said yes to these.
const CHILD_YES: [&str; 3] = ["agreed_to_take_part", "asked_whom_to_involve", "glad"];

/// All answers, children's forms first.
pub(super) fn questionnaires() -> Vec<Questionnaire> {
    let children = (0..CHILDREN).flat_map(child_form);
    children
        .chain((0..NETWORK).flat_map(network_form))
        .collect()
}

fn child_form(place: usize) -> impl Iterator<Item = Questionnaire> {
    let form = move |statement, answer| Questionnaire {
        response_id: format!("C-{:03}", place + 1).into(),
        respondent: Respondent::Child,
        child_id: Some(child_id(Country::England, place)),
        date: None,
        statement: <&str>::into(statement),
        answer,
    };
    let rated = CHILD_RATED
        .iter()
        .map(move |(statement, fives)| form(*statement, rating(place < *fives)));
    rated.chain(
        CHILD_YES
            .iter()
            .map(move |statement| form(*statement, Answer::Yes)),
    )
}

fn network_form(place: usize) -> impl Iterator<Item = Questionnaire> {
    NETWORK_RATED
        .iter()
        .map(move |(statement, fives)| Questionnaire {
            response_id: format!("N-{:03}", place + 1).into(),
            respondent: Respondent::Network,
            child_id: None,
            date: None,
            statement: (*statement).into(),
            answer: rating(place < *fives),
        })
}

fn rating(five: bool) -> Answer {
    Answer::Rating(if five { 5 } else { 4 })
}
