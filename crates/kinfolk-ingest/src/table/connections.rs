//! The connections tracker, person by person or as counts.

use std::borrow::Cow;

use kinfolk_model::{ChildId, Connection, ConnectionCount};
use smol_str::SmolStr;

use super::{Key, Record};
use crate::row::RowReader;

impl Record for Connection {
    const TABLE: &'static str = "connections";
    const KEY_COLUMN: &'static str = "person_id";

    fn read(row: &mut RowReader<'_>, records: &mut Vec<Option<Self>>) {
        records.push(connection(row));
    }

    fn key(&self) -> Option<Key<'_>> {
        let person_id = self.person_id.as_str();
        Some([
            self.child_id.as_str().into(),
            person_id.into(),
            Cow::default(),
        ])
    }

    fn child_id(&self) -> Option<&ChildId> {
        Some(&self.child_id)
    }
}

fn connection(row: &mut RowReader<'_>) -> Option<Connection> {
    let child_id = row.child_id();
    let person_id = row.identifier("person_id");
    let relationship = row.code("relationship");
    let side = row.code("side");
    let age = row.integer("age");
    let wanted = row.yes_no("wanted");
    let at_start = row.yes_no("at_start");
    let after = row.yes_no("after");
    let at_12_months = row.yes_no("at_12_months");
    let contact_at_start = row.code("contact_at_start");
    let contact = row.code("contact");
    let commitment = row.text("commitment").map(SmolStr::from);
    Some(Connection {
        child_id: child_id?,
        person_id: person_id?,
        relationship: relationship?,
        side,
        age,
        wanted,
        at_start: at_start?,
        after: after?,
        at_12_months,
        contact_at_start,
        contact,
        commitment,
    })
}

impl Record for ConnectionCount {
    const TABLE: &'static str = "connection_counts";
    const KEY_COLUMN: &'static str = "child_id";

    fn read(row: &mut RowReader<'_>, records: &mut Vec<Option<Self>>) {
        records.push(connection_count(row));
    }

    fn key(&self) -> Option<Key<'_>> {
        Some([
            self.child_id.as_str().into(),
            Cow::default(),
            Cow::default(),
        ])
    }

    fn child_id(&self) -> Option<&ChildId> {
        Some(&self.child_id)
    }
}

fn connection_count(row: &mut RowReader<'_>) -> Option<ConnectionCount> {
    let child_id = row.child_id();
    let before = row.integer("before");
    let after = row.integer("after");
    let at_12_months = row.integer("at_12_months");
    Some(ConnectionCount {
        child_id: child_id?,
        before: before?,
        after: after?,
        at_12_months,
    })
}
