//! What children wanted.

use std::borrow::Cow;

use kinfolk_model::{ChildId, Objective};

use super::{Key, Record};
use crate::row::RowReader;

impl Record for Objective {
    const TABLE: &'static str = "objectives";
    const KEY_COLUMN: &'static str = "objective_id";

    fn read(row: &mut RowReader<'_>, records: &mut Vec<Option<Self>>) {
        records.push(objective(row));
    }

    /// Without an identifier of its own, a child may well want two things of one kind.
    fn key(&self) -> Option<Key<'_>> {
        let objective_id = self.objective_id.as_deref()?;
        Some([
            self.child_id.as_str().into(),
            objective_id.into(),
            Cow::default(),
        ])
    }

    fn child_id(&self) -> Option<&ChildId> {
        Some(&self.child_id)
    }
}

fn objective(row: &mut RowReader<'_>) -> Option<Objective> {
    let child_id = row.child_id();
    let objective_id = row.identifier("objective_id");
    let category = row.code("category");
    let status = row.code("status");
    Some(Objective {
        child_id: child_id?,
        objective_id,
        category: category?,
        status: status?,
    })
}
