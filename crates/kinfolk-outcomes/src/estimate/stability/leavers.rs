//! Care leavers: accommodation and activity.

use kinfolk_model::{Group, Unit};

use super::Ledger;
use super::question::{NO_INFORMATION, Question};
use crate::care::{CareFacts, LeaverAge, LeaverFacts, LeaverLeftOut};
use crate::estimate::entry::about;
use crate::estimate::tally::Tally;

pub(super) fn write_leavers(ledger: &mut Ledger, care: &CareFacts) {
    if care.leavers.is_empty() {
        return;
    }
    for age in LeaverAge::ALL {
        let belongs = |leaver: &&LeaverFacts| leaver.age == Some(age) && leaver.left_out.is_none();
        let leavers: Vec<&LeaverFacts> = care.leavers.iter().filter(belongs).collect();
        let everyone = Tally::where_(format!("leavers/{}", age.code()), &leavers, |_| true);
        accommodation(age).write(ledger, (&everyone, &leavers), |leaver| leaver.suitable);
        activity(age).write(ledger, (&everyone, &leavers), |leaver| Some(leaver.active));
    }
    write_left_out(ledger, &care.leavers);
}

const POPULATION: &str = "care leavers of that age, without those whom official tables leave out";

/// Where they live.
fn accommodation(age: LeaverAge) -> Question {
    Question {
        measure: "leavers.accommodation",
        part: ("age", age.code()),
        title: format!("Accommodation of care leavers, at {}", age.label()),
        key: "accommodation",
        answers: [
            ("suitable", "Suitable"),
            ("unsuitable", "Not suitable"),
            NO_INFORMATION,
        ],
        all_but_yes: ("not_known_suitable", "Not suitable, or no information"),
        population: POPULATION,
    }
}

/// What they do.
fn activity(age: LeaverAge) -> Question {
    Question {
        measure: "leavers.activity",
        part: ("age", age.code()),
        title: format!("Activity of care leavers, at {}", age.label()),
        key: "activity",
        answers: [
            (
                "education_employment_training",
                "In education, employment or training",
            ),
            ("none_of_these", "In none of these"),
            NO_INFORMATION,
        ],
        all_but_yes: ("not_known_active", "In none of these, or no information"),
        population: POPULATION,
    }
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
