//! Completed Strengths and Difficulties Questionnaires: items, scales or totals.

mod form;
mod scores;

use std::array;

use kinfolk_model::{ChildId, Code, Informant, Sdq, SdqEntered, SdqImpactItems, SdqItems};

use super::oc2::is_dated_score;
use super::{Key, Record};
use crate::row::RowReader;
use crate::rules::{self, Rule};
use form::form;
use scores::check_entered;

/// The columns of the items, in the order of the form.
pub(crate) const ITEMS: [&str; 25] = [
    "item_1", "item_2", "item_3", "item_4", "item_5", "item_6", "item_7", "item_8", "item_9",
    "item_10", "item_11", "item_12", "item_13", "item_14", "item_15", "item_16", "item_17",
    "item_18", "item_19", "item_20", "item_21", "item_22", "item_23", "item_24", "item_25",
];

/// The columns of scores that are entered in place of items.
const ENTERED: [&str; 7] = [
    "emotional",
    "conduct",
    "hyperactivity",
    "peer",
    "prosocial",
    "total",
    "impact",
];

impl Record for Sdq {
    const TABLE: &'static str = "sdq";
    const KEY_COLUMN: &'static str = "child_id";
    const SAME_KEY: &'static Rule = &rules::SDQ_SAME_DAY;
    const SHARED: &'static str = "questionnaire of this child, informant and day";

    fn read(row: &mut RowReader<'_>, records: &mut Vec<Option<Self>>) {
        // In a yearly return only dated scores are questionnaires.
        if row.layout.completed.is_some() && !is_dated_score(row) {
            return;
        }
        // Of several informants in one row, some may not have answered.
        if !row.layout.others.is_empty() && says_nothing(row) {
            return;
        }
        records.push(sdq(row));
    }

    fn key(&self) -> Option<Key<'_>> {
        let (child, date) = (self.child_id.as_str(), self.date.to_string());
        Some([child.into(), date.into(), self.informant.code().into()])
    }

    fn child_id(&self) -> Option<&ChildId> {
        Some(&self.child_id)
    }
}

fn sdq(row: &mut RowReader<'_>) -> Option<Sdq> {
    let child_id = row.child_id();
    let date = row.date("date");
    row.within_period("date", date);
    let informant = informant(row);
    let form = form(row);
    let version = row.code("version");
    let carer_id = row.identifier("carer_id");
    let sdq = Sdq {
        items: items(row),
        impact_items: impact_items(row, informant),
        entered: entered(row),
        child_id: child_id?,
        date: date?,
        informant: informant?,
        form,
        version,
        carer_id,
    };
    check_answers(row);
    check_entered(row, &sdq);
    Some(sdq)
}

/// Warns of a row without anything that could be scored.
fn check_answers(row: &mut RowReader<'_>) {
    if says_nothing(row) {
        let message = "no item, scale or total is filled".to_owned();
        row.report(&rules::SDQ_NOTHING_ANSWERED, "child_id", message);
    }
}

fn says_nothing(row: &RowReader<'_>) -> bool {
    let mut names = ITEMS.iter().chain(&ENTERED);
    names.all(|name| !row.is_filled(name))
}

/// Who answered: the column says it, else the headers of the items.
fn informant(row: &mut RowReader<'_>) -> Option<Informant> {
    match row.layout.column("informant") {
        Some(_) => row.code("informant"),
        None => row.layout.informant,
    }
}

fn items(row: &mut RowReader<'_>) -> SdqItems {
    array::from_fn(|at| row.integer(ITEMS.get(at)?))
}

fn impact_items(row: &mut RowReader<'_>, informant: Option<Informant>) -> SdqImpactItems {
    let impact = SdqImpactItems {
        difficulties: row.integer("difficulties"),
        distress: row.integer("distress"),
        home: row.integer("impact_home"),
        friends: row.integer("impact_friends"),
        classroom: row.integer("impact_classroom"),
        leisure: row.integer("impact_leisure"),
    };
    if informant != Some(Informant::Teacher) {
        return impact;
    }
    SdqImpactItems {
        home: not_asked(row, "impact_home", impact.home),
        leisure: not_asked(row, "impact_leisure", impact.leisure),
        ..impact
    }
}

/// Leaves out what the teacher’s form does not ask.
fn not_asked(row: &mut RowReader<'_>, name: &'static str, answer: Option<u8>) -> Option<u8> {
    if answer.is_some() {
        let message = format!("a teacher answered {name}");
        row.report(&rules::SDQ_TEACHER_HOME, name, message);
    }
    None
}

fn entered(row: &mut RowReader<'_>) -> SdqEntered {
    SdqEntered {
        emotional: row.integer("emotional"),
        conduct: row.integer("conduct"),
        hyperactivity: row.integer("hyperactivity"),
        peer: row.integer("peer"),
        prosocial: row.integer("prosocial"),
        total: row.integer("total"),
        impact: row.integer("impact"),
    }
}
