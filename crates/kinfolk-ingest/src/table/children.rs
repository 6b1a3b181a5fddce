//! Practice Summaries.

use std::borrow::Cow;

use jiff::civil::Date;
use kinfolk_model::{Child, ChildId};

use super::{Key, Record};
use crate::row::RowReader;
use crate::rules;

/// The oldest a child or young person is believed to be, in years.
const OLDEST_CHILD: i16 = 25;

impl Record for Child {
    const TABLE: &'static str = "children";
    const KEY_COLUMN: &'static str = "child_id";

    fn read(row: &mut RowReader<'_>, records: &mut Vec<Option<Self>>) {
        let child_id = row.child_id();
        let child = fields(row, child_id.clone().unwrap_or_else(|| ChildId::new("")));
        let is_in_order = check_order(row, &child);
        check_period(row, &child);
        check_content(row);
        records.push((child_id.is_some() && is_in_order).then_some(child));
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

fn fields(row: &mut RowReader<'_>, child_id: ChildId) -> Child {
    let mut child = Child {
        child_id,
        authority: row.text("authority"),
        country: row.code("country"),
        sex: row.code("sex"),
        date_of_birth: row.date("date_of_birth"),
        age_at_referral: row.integer("age_at_referral"),
        ethnicity: row.code("ethnicity"),
        disability: row.code("disability"),
        care_start: row.date("care_start"),
        legal_status: row.text("legal_status"),
        placement_type: row.code("placement_type"),
        plan_to_return_home: row.code("plan_to_return_home"),
        plan_for_adoption: row.code("plan_for_adoption"),
        referral_date: row.date("referral_date"),
        start_date: row.date("start_date"),
        conference_date: row.date("conference_date"),
        plan_date: row.date("plan_date"),
        review_date: row.date("review_date"),
        end_date: row.date("end_date"),
        end_reason: row.code("end_reason"),
        relationship_repaired: row.code("relationship_repaired"),
        long_term_commitment: row.code("long_term_commitment"),
        new_direct_contact: row.code("new_direct_contact"),
        family_history_knowledge: row.code("family_history_knowledge"),
        identity_belonging: row.code("identity_belonging"),
    };
    child.date_of_birth = believed_birth(row, &child);
    child
}

/// The date of birth, unless it makes the child too old for the programme.
fn believed_birth(row: &mut RowReader<'_>, child: &Child) -> Option<Date> {
    let birth = child.date_of_birth?;
    let day = child
        .referral_date
        .or(child.start_date)
        .unwrap_or(row.context.today);
    let had_birthday = (day.month(), day.day()) >= (birth.month(), birth.day());
    let age = day.year() - birth.year() - i16::from(!had_birthday);
    if age <= OLDEST_CHILD {
        return Some(birth);
    }
    let message = format!("born on {birth}, the child would be {age} on {day}");
    row.report(&rules::AGE_OUTSIDE_RANGE, "date_of_birth", message);
    None
}

/// Reports each date that lies before one that must come first.
fn check_order(row: &mut RowReader<'_>, child: &Child) -> bool {
    let journey = [
        ("referral_date", child.referral_date),
        ("start_date", child.start_date),
        ("conference_date", child.conference_date),
        ("plan_date", child.plan_date),
        ("review_date", child.review_date),
        ("end_date", child.end_date),
    ];
    let mut is_in_order = is_born_first(row, child, &journey);
    let mut earlier = ("", None);
    for step in journey.into_iter().filter(|(_, date)| date.is_some()) {
        is_in_order &= is_after(row, earlier, step);
        earlier = step;
    }
    is_in_order
}

/// Whether the birth comes before everything else; reported once, at the birth.
fn is_born_first(row: &mut RowReader<'_>, child: &Child, journey: &[Step]) -> bool {
    let care_start = ("care_start", child.care_start);
    let first = std::iter::once(&care_start)
        .chain(journey)
        .filter_map(|(name, date)| Some(((*date)?, *name)))
        .min();
    let (Some(birth), Some((date, name))) = (child.date_of_birth, first) else {
        return true;
    };
    if date < birth {
        let message = format!("date_of_birth {birth} is after {name} {date}");
        row.report(&rules::DATE_ORDER, "date_of_birth", message);
    }
    date >= birth
}

type Step = (&'static str, Option<Date>);

fn is_after(row: &mut RowReader<'_>, earlier: Step, later: Step) -> bool {
    let ((earlier_name, Some(before)), (later_name, Some(after))) = (earlier, later) else {
        return true;
    };
    if after < before {
        let message = format!("{later_name} {after} is before {earlier_name} {before}");
        row.report(&rules::DATE_ORDER, later_name, message);
    }
    after >= before
}

fn check_period(row: &mut RowReader<'_>, child: &Child) {
    row.within_period("referral_date", child.referral_date);
    row.within_period("start_date", child.start_date);
    row.within_period("conference_date", child.conference_date);
}

/// Warns of a row that says nothing but who the child is, where the table says more.
fn check_content(row: &mut RowReader<'_>) {
    let columns = &row.layout.columns;
    let n_filled = columns
        .iter()
        .filter(|found| row.raw.get(found.column).is_some())
        .count();
    if n_filled == 1 && columns.len() > 2 && row.child_id.is_some() {
        let message = "only child_id is filled".to_owned();
        row.report(&rules::ROW_NEARLY_EMPTY, "child_id", message);
    }
}
