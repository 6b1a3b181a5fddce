//! Quarterly returns.

use kinfolk_model::{ChildId, Monitoring};

use super::{Key, Record};
use crate::row::RowReader;

impl Record for Monitoring {
    const TABLE: &'static str = "monitoring";
    const KEY_COLUMN: &'static str = "quarter";

    fn read(row: &mut RowReader<'_>, records: &mut Vec<Option<Self>>) {
        records.push(monitoring(row));
    }

    fn key(&self) -> Option<Key<'_>> {
        let programme = self.programme.as_deref().unwrap_or_default();
        let quarter = self.quarter.to_string();
        Some([
            self.authority.as_str().into(),
            programme.into(),
            quarter.into(),
        ])
    }

    fn child_id(&self) -> Option<&ChildId> {
        None
    }
}

fn monitoring(row: &mut RowReader<'_>) -> Option<Monitoring> {
    let authority = row.text("authority");
    let country = row.code("country");
    let programme = row.text("programme");
    let quarter = row.quarter("quarter");
    row.within_period("quarter", quarter.map(|quarter| quarter.first_day()));
    let referrals = row.integer("referrals");
    let starts = row.integer("starts");
    let conferences = row.integer("conferences");
    let plans = row.integer("plans");
    let reviews = row.integer("reviews");
    let coordinators_trained = row.integer("coordinators_trained");
    Some(Monitoring {
        authority: authority?,
        country,
        programme,
        quarter: quarter?,
        referrals,
        starts,
        conferences,
        plans,
        reviews,
        coordinators_trained,
    })
}
