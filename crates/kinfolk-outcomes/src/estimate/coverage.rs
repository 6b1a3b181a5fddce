//! How complete the records are.

use kinfolk_model::{Group, Key};

use super::entry::{Share, about};
use super::ledger::Ledger;
use super::people::{Expected, summaries};
use super::tally::Tally;
use crate::{ChildFacts, Facts};

const MEASURE: &str = "coverage.record";

/// A kind of record that a child with whom work started should have.
struct Record {
    code: &'static str,
    tables: &'static [&'static str],
    is_there: fn(&ChildFacts) -> bool,
}

const RECORDS: [Record; 4] = [
    Record {
        code: "objectives",
        tables: &["objectives"],
        is_there: |child| child.objectives.total() > 0,
    },
    Record {
        code: "outcomes",
        tables: &["children"],
        is_there: |child| child.summary.as_ref().is_some_and(|s| s.has_outcomes()),
    },
    Record {
        code: "connections",
        tables: &["connections", "connection_counts"],
        is_there: |child| child.tracker.is_some(),
    },
    Record {
        code: "child_questionnaire",
        tables: &["questionnaires"],
        is_there: |child| child.answered,
    },
];

pub(super) fn estimate_coverage(ledger: &mut Ledger, facts: &Facts) {
    if !facts.has("children") {
        return;
    }
    let mut keys = vec![write_summaries(ledger, facts)];
    for record in &RECORDS {
        if record.tables.iter().any(|table| facts.has(table)) {
            keys.push(write_record(ledger, facts, record));
        }
    }
    ledger.droppable("How complete the records are", keys);
}

/// Every child that any table names should have a Practice Summary.
fn write_summaries(ledger: &mut Ledger, facts: &Facts) -> Key {
    let named = Tally::where_("children/named", &facts.children, |_| true);
    let with = Tally::where_("children", &facts.children, |child| child.summary.is_some());
    let named = Tally {
        name: if named.value == with.value {
            with.name.clone()
        } else {
            named.name
        },
        ..named
    };
    let nobody = Tally::of_things("children/unnamed", 0);
    let subject = about(
        MEASURE,
        Group::of("record", "practice_summary"),
        "children whom any table names",
    );
    ledger.share(subject, &Share::of(&with, &named).missing(&nobody), "")
}

fn write_record(ledger: &mut Ledger, facts: &Facts, record: &Record) -> Key {
    let summaries = summaries(facts);
    let expected = Expected::in_study(&summaries);
    let everyone = expected.tally(&summaries);
    let tally = |part: &str, wanted: &(dyn Fn(&ChildFacts) -> bool + Sync)| {
        let name = format!("coverage/{}/{part}", record.code);
        Tally::where_(name, &facts.children, |child| wanted(child))
    };
    let there = record.is_there;
    let with = tally("with", &|child| expected.includes(child) && there(child));
    let without = tally("without", &|child| {
        expected.includes(child) && !there(child)
    });
    let others = tally("others", &|child| !expected.includes(child) && there(child));
    let all_with = tally("with any", &|child| there(child));
    if let Some(name) = name_of_all(record.code) {
        let known = Tally {
            name: name.to_owned(),
            ..all_with
        };
        ledger.sum(&known, &[with.clone(), others]);
    }
    let nobody = Tally::of_things("coverage/missing", 0);
    let share = Share::of(&with, &everyone).rest(without).missing(&nobody);
    let subject = about(MEASURE, Group::of("record", record.code), expected.words());
    ledger.share(subject, &share, "")
}

/// The cell of all children with a record, started or not, where other measures show it.
fn name_of_all(record: &str) -> Option<&'static str> {
    match record {
        "objectives" => Some("children/objectives"),
        "connections" => Some("children/tracker"),
        _ => None,
    }
}
