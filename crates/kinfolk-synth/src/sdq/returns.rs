//! What the yearly return of England says of one made-up child's SDQ.

use jiff::civil::{Date, date};
use kinfolk_model::care::YearlyAnswers;
use kinfolk_model::{Child, Informant, Oc2, SdqReason};

use super::{Completed, Course, age, last_day_in_care};
use crate::child::after;
use crate::random::Stream;
use crate::yearly::YearlyDraws;

/// How many collections there are, up to the one in which the study ends.
const COLLECTIONS: i16 = 3;
/// Ages at the end of the collection whom it asks about; four-year-olds are left to their next one.
const AGES: std::ops::RangeInclusive<i64> = 5..=16;
/// Why there is no score.
const REASONS: [(SdqReason, i64); 4] = [
    (SdqReason::CarerRefused, 45),
    (SdqReason::Other, 30),
    (SdqReason::ChildRefused, 20),
    (SdqReason::Disability, 5),
];

/// The child's row in each collection that asks about it: the latest total of a carer in the year,
/// else a reason, or a score of which no form is kept; and what it says besides.
pub(crate) fn yearly_returns(
    child: &Child,
    course: &Course,
    completed: &[Completed],
    last_day: Date,
    stream: &mut Stream,
) -> Vec<Oc2> {
    let last_year = last_day.year() - i16::from(last_day.month() < 3);
    let mut rows: Vec<Oc2> = (last_year - COLLECTIONS + 1..=last_year)
        .filter_map(|year| {
            let end = date(year, 3, 31);
            let without_form = without_form(course, end, stream);
            is_asked_about(child, end).then(|| {
                let score = latest_total(completed, end);
                let (score, reason) = score.map_or(without_form, |score| (Some(score), None));
                row(child, year, score, reason)
            })
        })
        .collect();
    let draws = YearlyDraws::of(stream);
    for row in &mut rows {
        let born = child.date_of_birth.unwrap_or_default();
        row.answers = draws.answers(age(born, date(row.year, 3, 31)), row.year);
    }
    rows
}

fn row(child: &Child, year: i16, score: Option<u8>, reason: Option<SdqReason>) -> Oc2 {
    Oc2 {
        child_id: child.child_id.clone(),
        year,
        date_of_birth: child.date_of_birth,
        sdq_score: score,
        sdq_reason: reason,
        looked_after_12_months: Some(true),
        answers: YearlyAnswers::default(),
    }
}

/// What the return says where no carer's form of the year is kept.
fn without_form(
    course: &Course,
    end: Date,
    stream: &mut Stream,
) -> (Option<u8>, Option<SdqReason>) {
    let day = after(end, -stream.between(0, 300));
    let score = course.total(day, Informant::ParentCarer, stream);
    let reason = stream.choose(&REASONS);
    if stream.chance(35) {
        (Some(score), None)
    } else {
        (None, Some(reason))
    }
}

/// Whether the child was looked after for all of the year and is of an age that is asked about.
fn is_asked_about(child: &Child, end: Date) -> bool {
    let start = first_day(end);
    let is_in_care = child.care_start.is_some_and(|day| day < start)
        && last_day_in_care(child).is_none_or(|left| left > end);
    let is_of_age = |birth| AGES.contains(&age(birth, end));
    is_in_care && child.date_of_birth.is_some_and(is_of_age)
}

/// The first day of the collection that ends on that day.
fn first_day(end: Date) -> Date {
    date(end.year() - 1, 4, 1)
}

fn latest_total(completed: &[Completed], end: Date) -> Option<u8> {
    let start = first_day(end);
    completed
        .iter()
        .filter(|done| done.form.informant == Informant::ParentCarer)
        .filter(|done| (start..=end).contains(&done.form.date))
        .max_by_key(|done| done.form.date)
        .map(|done| done.total)
}

#[cfg(test)]
mod tests {
    use kinfolk_model::ChildId;

    use super::*;

    #[test]
    fn a_child_in_care_has_a_score_or_a_reason_each_year() {
        let mut child = Child::new(ChildId::new("A"));
        child.start_date = Some(date(2023, 5, 1));
        child.care_start = Some(date(2022, 9, 1));
        child.date_of_birth = Some(date(2012, 1, 1));
        for seed in 0..100 {
            let mut stream = Stream::of_questionnaires(seed, 0);
            let course = Course::of(&child, &mut stream).unwrap();
            let rows = yearly_returns(&child, &course, &[], date(2025, 3, 31), &mut stream);
            // The first of the three years began before the child came into care.
            assert_eq!(
                rows.iter().map(|row| row.year).collect::<Vec<_>>(),
                [2024, 2025]
            );
            assert!(
                rows.iter()
                    .all(|row| row.sdq_score.is_some() != row.sdq_reason.is_some())
            );
        }
    }
}
