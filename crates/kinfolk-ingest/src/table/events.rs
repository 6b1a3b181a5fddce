//! What happened to children, and when.

use kinfolk_model::{ChildId, Event, fold};

use super::{Key, Record};
use crate::row::RowReader;
use crate::rules;

impl Record for Event {
    const TABLE: &'static str = "events";
    const KEY_COLUMN: &'static str = "date";
    const SHARED: &'static str = "event of this child, day and kind";

    fn read(row: &mut RowReader<'_>, records: &mut Vec<Option<Self>>) {
        records.push(event(row));
    }

    fn key(&self) -> Option<Key<'_>> {
        let date = self.date.to_string();
        Some([
            self.child_id.as_str().into(),
            date.into(),
            self.kind.as_str().into(),
        ])
    }

    fn child_id(&self) -> Option<&ChildId> {
        Some(&self.child_id)
    }
}

fn event(row: &mut RowReader<'_>) -> Option<Event> {
    let child_id = row.child_id();
    let date = row.date("date");
    let kind = row.text("kind").map(|kind| fold(&kind));
    let mut end_date = row.date("end_date");
    if let Some((first, last)) = date.zip(end_date).filter(|(first, last)| last < first) {
        let message = format!("end_date {last} is before date {first}");
        row.report(&rules::DATE_ORDER, "end_date", message);
        end_date = None;
    }
    Some(Event {
        child_id: child_id?,
        date: date?,
        kind: kind?,
        end_date,
    })
}
