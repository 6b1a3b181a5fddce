//! Care leavers: accommodation and activity.

use kinfolk_model::{Breakdown, Group, Pool, Unit};

use super::Ledger;
use crate::care::{CareFacts, LeaverAge, LeaverAnswer, LeaverFacts, LeaverLeftOut};
use crate::estimate::breakdown::row;
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
    title: &'static str,
    key: &'static str,
    /// Code and words of each answer.
    yes: (&'static str, &'static str),
    no: (&'static str, &'static str),
    /// Code and words of all but yes.
    joint: (&'static str, &'static str),
    answer: fn(&LeaverFacts) -> Option<LeaverAnswer>,
}

impl Question {
    fn named(&self, answer: LeaverAnswer) -> (&'static str, &'static str) {
        match answer {
            LeaverAnswer::Yes => self.yes,
            LeaverAnswer::No => self.no,
            LeaverAnswer::NoInformation => ("no_information", "No information"),
        }
    }

    fn code(&self, answer: LeaverAnswer) -> &'static str {
        self.named(answer).0
    }

    fn label(&self, answer: LeaverAnswer) -> &'static str {
        self.named(answer).1
    }
}

const QUESTIONS: [Question; 2] = [
    Question {
        measure: "leavers.accommodation",
        title: "Accommodation of care leavers",
        key: "accommodation",
        yes: ("suitable", "Suitable"),
        no: ("unsuitable", "Not suitable"),
        joint: ("not_known_suitable", "Not suitable, or no information"),
        answer: |leaver| leaver.suitable,
    },
    Question {
        measure: "leavers.activity",
        title: "Activity of care leavers",
        key: "activity",
        yes: (
            "education_employment_training",
            "In education, employment or training",
        ),
        no: ("none_of_these", "In none of these"),
        joint: ("not_known_active", "In none of these, or no information"),
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
    let mut write = |code: &str, given: &Tally| {
        let group = Group::of("age", age.code()).and(question.key, code);
        let subject = about(question.measure, group, population);
        ledger.share(subject, &Share::of(given, &asked), "")
    };
    let given = |answer| tally(question.code(answer), &|found| found == Some(answer));
    let parts = ANSWERS.map(given);
    let rows = ANSWERS.iter().zip(&parts).map(|(answer, part)| {
        let key = write(question.code(*answer), part);
        row(question.code(*answer), question.label(*answer), vec![key])
    });
    let rows = rows.collect();
    let joint = tally(question.joint.0, &|found| {
        found.is_some_and(|answer| answer != LeaverAnswer::Yes)
    });
    let joint_key = write(question.joint.0, &joint);
    ledger.sum(&asked, &parts);
    ledger.sum(&joint, &parts[1..]);
    let of = ANSWERS[1..]
        .iter()
        .map(|answer| question.code(*answer).to_owned());
    ledger.breakdown(Breakdown {
        id: format!("{}[age={}]", question.measure, age.code()),
        title: format!("{}, at {}", question.title, age.label()),
        rows,
        pools: vec![Pool {
            row: row(question.joint.0, question.joint.1, vec![joint_key]),
            of: of.collect(),
        }],
    });
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
