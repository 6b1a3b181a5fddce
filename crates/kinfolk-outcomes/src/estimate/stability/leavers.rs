//! Care leavers: accommodation and activity.

use kinfolk_model::{Group, Unit};

use super::Ledger;
use crate::care::{CareFacts, LeaverAge, LeaverAnswer, LeaverFacts, LeaverLeftOut};
use crate::estimate::entry::{Share, about};
use crate::estimate::tally::Tally;

pub(super) fn write_leavers(ledger: &mut Ledger, care: &CareFacts) {
    if care.leavers.is_empty() {
        return;
    }
    for age in LeaverAge::ALL {
        for question in QUESTIONS {
            write_question(ledger, &care.leavers, age, &question);
        }
    }
    write_left_out(ledger, &care.leavers);
}

struct Question {
    measure: &'static str,
    key: &'static str,
    yes: &'static str,
    no: &'static str,
    answer: fn(&LeaverFacts) -> Option<LeaverAnswer>,
}

impl Question {
    fn code(&self, answer: LeaverAnswer) -> &'static str {
        match answer {
            LeaverAnswer::Yes => self.yes,
            LeaverAnswer::No => self.no,
            LeaverAnswer::NoInformation => "no_information",
        }
    }
}

const QUESTIONS: [Question; 2] = [
    Question {
        measure: "leavers.accommodation",
        key: "accommodation",
        yes: "suitable",
        no: "unsuitable",
        answer: |leaver| leaver.suitable,
    },
    Question {
        measure: "leavers.activity",
        key: "activity",
        yes: "education_employment_training",
        no: "none_of_these",
        answer: |leaver| Some(leaver.active),
    },
];

const ANSWERS: [LeaverAnswer; 3] = [
    LeaverAnswer::Yes,
    LeaverAnswer::No,
    LeaverAnswer::NoInformation,
];

/// Every answer as a share of all who are asked, those without information among them.
fn write_question(
    ledger: &mut Ledger,
    leavers: &[LeaverFacts],
    age: LeaverAge,
    question: &Question,
) {
    let belongs = |leaver: &LeaverFacts| leaver.age == Some(age) && leaver.left_out.is_none();
    let tally = |what: &str, is_so: &(dyn Fn(Option<LeaverAnswer>) -> bool + Sync)| {
        let name = format!("{}/{}/{what}", question.measure, age.code());
        Tally::where_(name, leavers, |leaver| {
            belongs(leaver) && is_so((question.answer)(leaver))
        })
    };
    let everyone = Tally::where_(format!("leavers/{}", age.code()), leavers, belongs);
    let asked = tally("asked", &|answer| answer.is_some());
    ledger.sum(&everyone, &[asked.clone(), asked.rest_of(&everyone)]);
    let asked = asked.within(&everyone);
    let population = "care leavers of that age, without those whom official tables leave out";
    let mut parts = Vec::new();
    let mut keys = Vec::new();
    for answer in ANSWERS {
        let code = question.code(answer);
        let given = tally(code, &|found| found == Some(answer));
        let group = Group::of("age", age.code()).and(question.key, code);
        let share = Share::of(&given, &asked);
        keys.push(ledger.share(about(question.measure, group, population), &share, ""));
        parts.push(given);
    }
    ledger.sum(&asked, &parts);
    let title = format!("{} at {}", question.measure, age.code());
    ledger.droppable(title, keys);
}

/// Young people in the table who are in none of these shares, by reason.
fn write_left_out(ledger: &mut Ledger, leavers: &[LeaverFacts]) {
    let mut keys = Vec::new();
    for why in LeaverLeftOut::ALL {
        let name = format!("leavers/left out/{}", why.code());
        let count = Tally::where_(name, leavers, |leaver| leaver.left_out == Some(why));
        let subject = about(
            "leavers.left_out",
            Group::of("reason", why.code()),
            "young people in the care leavers\u{2019} table of the year",
        );
        keys.push(ledger.count(subject, Unit::Children, &count));
    }
    ledger.droppable("Care leavers whom official tables leave out", keys);
}
