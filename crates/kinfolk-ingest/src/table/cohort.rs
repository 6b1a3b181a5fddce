//! Who is compared with whom. Further columns are kept as they stand; what they hold is settled once
//! all rows are known.

use std::borrow::Cow;
use std::collections::BTreeMap;

use kinfolk_model::{ChildId, CohortChild, CohortValue, fold};

use super::{Key, Record};
use crate::row::RowReader;

impl Record for CohortChild {
    const TABLE: &'static str = "cohort";
    const KEY_COLUMN: &'static str = "child_id";

    fn read(row: &mut RowReader<'_>, records: &mut Vec<Option<Self>>) {
        records.push(child(row));
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

fn child(row: &mut RowReader<'_>) -> Option<CohortChild> {
    let child_id = row.child_id();
    let arm = row.code("arm");
    let index_date = row.date("index_date");
    row.within_period("index_date", index_date);
    let care_start = row.date("care_start");
    let date_of_birth = row.date("date_of_birth");
    let watched_until = row.date("watched_until");
    let values = values(row);
    Some(CohortChild {
        child_id: child_id?,
        arm: arm?,
        index_date,
        care_start,
        date_of_birth,
        watched_until,
        values,
    })
}

fn values(row: &mut RowReader<'_>) -> BTreeMap<String, CohortValue> {
    let layout = row.layout;
    let mut values = BTreeMap::new();
    for &column in &layout.extra {
        let name = layout.header(column).map(fold);
        if let Some((name, value)) = name.zip(row.value_in(column)) {
            values.insert(name, value);
        }
    }
    values
}
