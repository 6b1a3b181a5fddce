//! What a made-up child and the members of its network answer.

use jiff::civil::Date;
use kinfolk_model::{Answer, Child, Questionnaire, Respondent};

use crate::child::after;
use crate::random::Stream;

/// Every statement, in the order of the forms' columns.
pub(crate) const STATEMENTS: [&str; 9] = [
    "good_idea",
    "clear_role",
    "kept_informed",
    "more_people",
    "helped_to_talk",
    "plan_clear",
    "agreed_to_take_part",
    "asked_whom_to_involve",
    "glad",
];

/// A statement and the chances that it is rated 5, 4, 3, 2 and 1.
type Rated = (&'static str, [i64; 5]);

const CHILD_RATED: [Rated; 4] = [
    ("kept_informed", [80, 17, 3, 0, 0]),
    ("more_people", [66, 29, 4, 1, 0]),
    ("helped_to_talk", [68, 28, 3, 1, 0]),
    ("plan_clear", [72, 25, 2, 1, 0]),
];
const NETWORK_RATED: [Rated; 3] = [
    ("good_idea", [74, 18, 6, 1, 1]),
    ("clear_role", [66, 22, 8, 3, 1]),
    ("plan_clear", [64, 24, 8, 3, 1]),
];
/// Statements answered yes or no, with the chance of a yes.
const CHILD_ASKED: [(&str, i64); 3] = [
    ("agreed_to_take_part", 100),
    ("asked_whom_to_involve", 99),
    ("glad", 97),
];

/// The forms that come back after one child's conference.
pub(crate) fn questionnaires(
    child: &Child,
    last_day: Date,
    stream: &mut Stream,
) -> Vec<Questionnaire> {
    let mut answers = Vec::new();
    let returned = stream.chance(64);
    let asked = child
        .plan_date
        .map(|day| after(day, stream.between(3, 30)))
        .filter(|day| returned && *day <= last_day);
    if let Some(day) = asked {
        answers.extend(child_form(child, day, stream));
    }
    if let Some(day) = child.conference_date {
        for number in 1..=stream.about(0, 6) {
            answers.extend(network_form(child, number, day, stream));
        }
    }
    answers
}

fn child_form(child: &Child, day: Date, stream: &mut Stream) -> Vec<Questionnaire> {
    let form = Form {
        response_id: format!("C-{}", child.child_id),
        respondent: Respondent::Child,
        child,
        day,
    };
    let mut answers = form.rated(&CHILD_RATED, stream);
    answers.extend(CHILD_ASKED.iter().map(|(statement, yes)| {
        form.answer(
            statement,
            if stream.chance(*yes) {
                Answer::Yes
            } else {
                Answer::No
            },
        )
    }));
    answers
}

fn network_form(child: &Child, number: i64, day: Date, stream: &mut Stream) -> Vec<Questionnaire> {
    let form = Form {
        response_id: format!("N-{}-{number}", child.child_id),
        respondent: Respondent::Network,
        child,
        day,
    };
    form.rated(&NETWORK_RATED, stream)
}

struct Form<'a> {
    response_id: String,
    respondent: Respondent,
    child: &'a Child,
    day: Date,
}

impl Form<'_> {
    /// Ratings of each statement; one in a hundred is left out.
    fn rated(&self, statements: &[Rated], stream: &mut Stream) -> Vec<Questionnaire> {
        statements
            .iter()
            .filter_map(|(statement, chances)| {
                let [five, four, three, two, one] = *chances;
                let rating = stream.choose(&[(5, five), (4, four), (3, three), (2, two), (1, one)]);
                (!stream.chance(1)).then(|| self.answer(statement, Answer::Rating(rating)))
            })
            .collect()
    }

    fn answer(&self, statement: &str, answer: Answer) -> Questionnaire {
        Questionnaire {
            response_id: self.response_id.as_str().into(),
            respondent: self.respondent,
            child_id: Some(self.child.child_id.clone()),
            date: Some(self.day),
            statement: statement.into(),
            answer,
        }
    }
}
