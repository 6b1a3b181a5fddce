//! What children and members of their network answered.

use smol_str::SmolStr;

use jiff::civil::Date;

use crate::ChildId;
use crate::code::code_set;

code_set! {
    /// Who answered.
    Respondent as "respondent" {
        Child = "child", "Children", ["young_person", "children", "yp"];
        Network = "network", "Network members", ["network_member", "family", "family_member"];
        Carer = "carer", "Carers", ["foster_carer", "carers"];
        SocialWorker = "social_worker", "Social workers", ["sw", "worker"];
    }
}

/// One answer to one statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// Agreement from 1 (disagree strongly) to 5 (agree strongly).
    Rating(u8),
    /// Yes.
    Yes,
    /// No.
    No,
}

impl Answer {
    /// The code that files carry: `1` to `5`, `yes` or `no`.
    pub fn code(self) -> String {
        match self {
            Self::Rating(rating) => rating.to_string(),
            Self::Yes => "yes".to_owned(),
            Self::No => "no".to_owned(),
        }
    }
}

/// One answer from one form.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "each field is a column that `schema` documents"
)]
pub struct Questionnaire {
    pub response_id: SmolStr,
    pub respondent: Respondent,
    pub child_id: Option<ChildId>,
    pub date: Option<Date>,
    pub statement: SmolStr,
    pub answer: Answer,
}

/// The statements of the programme's two forms, in our own short words.
const STATEMENTS: &[(&str, &str)] = &[
    ("kept_informed", "I was kept informed and heard"),
    ("more_people", "More people help with decisions"),
    ("helped_to_talk", "It helped me say what I want"),
    ("plan_clear", "The plan is clear"),
    ("good_idea", "It was a good idea when explained"),
    ("clear_role", "My part was clear"),
    ("agreed_to_take_part", "I agreed to take part"),
    ("asked_whom_to_involve", "I was asked whom to involve"),
    ("glad", "I am glad that I took part"),
];

/// The code and the words of each statement of the programme's forms.
pub fn statements() -> impl Iterator<Item = (&'static str, &'static str)> {
    STATEMENTS.iter().copied()
}

/// The words for a statement of the programme's forms; `None` for a statement of the authority's own.
pub fn statement_label(statement: &str) -> Option<&'static str> {
    STATEMENTS
        .iter()
        .find(|(code, _)| *code == statement)
        .map(|(_, label)| *label)
}
