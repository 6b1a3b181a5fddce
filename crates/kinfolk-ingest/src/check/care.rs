//! Children of the study in the return on children looked after.

use std::collections::BTreeSet;

use jiff::ToSpan;
use kinfolk_model::care::{CareSource, Covered, MONTHS_LOOKED_BACK};
use kinfolk_model::{ChildId, Country, Finding, Study, format};

use crate::folder::file_place;
use crate::rules;

/// Says how many children of the study the returns know. Both must use the same identifier.
pub(crate) fn children_in_returns(study: &Study) -> Finding {
    let of_study: BTreeSet<&ChildId> = study.children.rows.iter().map(|c| &c.child_id).collect();
    let in_returns = study.care.records.children.iter();
    let n_found = in_returns
        .filter(|child| of_study.contains(&child.child_id))
        .count();
    let rule = match (n_found, of_study.len()) {
        (0, 1..) => &rules::RETURNS_KNOW_NOBODY,
        _ => &rules::RETURNS_KNOW,
    };
    let message = format!(
        "{} of {} children of the study are in the returns",
        format::count(n_found as u64),
        format::count(of_study.len() as u64)
    );
    rule.at(file_place(folder_of_returns(study)), message)
}

/// Counts children on the last day of the returns, where they end before the period of the study and no day is
/// named, and says whether the returns reach the day, and far enough back from it.
pub(crate) fn settle_day(study: &mut Study) -> Option<Finding> {
    let years = &study.care.records.years;
    let latest = Covered::latest(years)?;
    let settings = &mut study.settings;
    let moved = settings.care.on.is_none() && settings.care_day() > latest.until;
    if moved {
        settings.care.on = Some(latest.until);
    }
    let on = settings.care_day();
    let place = || file_place(folder_of_returns(study));
    if let CareSource::Extract(tables) = study.care.records.source {
        let until = tables.until.filter(|until| *until < on)?;
        let (on, until) = (format::day(on), format::day(until));
        let message =
            format!("children are counted on {on}; the extract tells of days up to {until}");
        return Some(rules::RETURNS_NOT_OF_DAY.at(place(), message));
    }
    let days = |covered: Covered| {
        let first = covered.eve.saturating_add(1.day());
        let (first, until) = (format::day(first), format::day(covered.until));
        format!("the returns tell of {first} to {until}")
    };
    let counted = format!("children are counted on {}", format::day(on));
    let Some(covered) = Covered::around(on, years) else {
        let message = format!("{counted}; {}", days(latest));
        return Some(rules::RETURNS_NOT_OF_DAY.at(place(), message));
    };
    let earliest = on.saturating_sub(MONTHS_LOOKED_BACK.months());
    if study.settings.country == Country::England && !covered.holds(earliest) {
        let message = format!("{counted}; without a gap, {}", days(covered));
        return Some(rules::RETURNS_SHORT.at(place(), message));
    }
    moved.then(|| rules::RETURNS_DAY.at(place(), counted))
}

/// The folder of the first return.
fn folder_of_returns(study: &Study) -> &str {
    let mut tables = study.care.tables.iter();
    let source = tables.find_map(|table| table.sources.first());
    let folder = source.and_then(|path| path.rsplit_once('/'));
    folder.map_or(".", |(folder, _)| folder)
}
