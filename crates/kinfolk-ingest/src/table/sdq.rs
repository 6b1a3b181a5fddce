//! Completed Strengths and Difficulties Questionnaires: items, scales or totals.

use std::array;

use kinfolk_model::{ChildId, Code, Informant, Sdq, SdqEntered, SdqImpactItems, SdqItems};

use super::{Record, joined};
use crate::row::RowReader;

/// The columns of the items, in the order of the form.
const ITEMS: [&str; 25] = [
    "item_1", "item_2", "item_3", "item_4", "item_5", "item_6", "item_7", "item_8", "item_9",
    "item_10", "item_11", "item_12", "item_13", "item_14", "item_15", "item_16", "item_17",
    "item_18", "item_19", "item_20", "item_21", "item_22", "item_23", "item_24", "item_25",
];

impl Record for Sdq {
    const TABLE: &'static str = "sdq";
    const KEY_COLUMN: &'static str = "child_id";

    fn read(row: &mut RowReader<'_>) -> Vec<Option<Self>> {
        vec![sdq(row)]
    }

    fn key(&self) -> Option<String> {
        let (child, date) = (self.child_id.as_str(), self.date.to_string());
        Some(joined(&[child, &date, self.informant.code()]))
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
    let form = row.code("form");
    let version = row.code("version");
    let carer_id = row.identifier("carer_id");
    let items = items(row);
    let impact_items = impact_items(row);
    let entered = entered(row);
    Some(Sdq {
        child_id: child_id?,
        date: date?,
        informant: informant?,
        form,
        version,
        carer_id,
        items,
        impact_items,
        entered,
    })
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

fn impact_items(row: &mut RowReader<'_>) -> SdqImpactItems {
    SdqImpactItems {
        difficulties: row.integer("difficulties"),
        distress: row.integer("distress"),
        home: row.integer("impact_home"),
        friends: row.integer("impact_friends"),
        classroom: row.integer("impact_classroom"),
        leisure: row.integer("impact_leisure"),
    }
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
