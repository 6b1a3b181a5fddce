//! What the yearly return of England says of one made-up child's SDQ.

use jiff::civil::{Date, date};
use kinfolk_model::care::YearlyAnswers;
use kinfolk_model::{Child, Informant, Oc2, SdqReason};

use super::england::{AGES, received};
use super::{Completed, Course, age, last_day_in_care};
use crate::child::after;
use crate::random::Stream;
use crate::yearly::YearlyDraws;

/// How many collections there are, up to the one in which the study ends.
const COLLECTIONS: i16 = 4;
/// The age from which on no score is asked.
const TOO_OLD: i64 = 17;

/// The child's row in each collection that asks about it: the latest total of a carer in the year, or
/// one of which no form is kept, or why none was received, as often in every year; and what it says
/// besides.
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
            let day = after(end, -stream.between(0, 300));
            let without_form = course.total(day, Informant::ParentCarer, stream);
            let received = received(stream);
            let born = child.date_of_birth?;
            let age = age(born, end);
            is_due(child, age, end).then(|| {
                let total = latest_total(completed, end).unwrap_or(without_form);
                let answer = received.map(|()| total);
                let has_turned = age == TOO_OLD && self::age(born, first_day(end)) < TOO_OLD;
                let answer = match has_turned {
                    true => Some(Err(SdqReason::OutsideAges)),
                    false => AGES.contains(&age).then_some(answer),
                };
                row(child, year, answer)
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

/// A row, with what it says of the SDQ where that is asked.
fn row(child: &Child, year: i16, answer: Option<Result<u8, SdqReason>>) -> Oc2 {
    Oc2 {
        child_id: child.child_id.clone(),
        year,
        date_of_birth: child.date_of_birth,
        sdq_score: answer.and_then(Result::ok),
        sdq_reason: answer.and_then(Result::err),
        looked_after_12_months: Some(true),
        answers: YearlyAnswers::default(),
    }
}

/// Whether the child was looked after for all of the year. Those of four are left to their next collection, for
/// their SDQ may be asked or not.
fn is_due(child: &Child, age: i64, end: Date) -> bool {
    let start = first_day(end);
    let came = child.care_start.or(child.referral_date);
    let is_in_care = came.is_some_and(|day| day < start)
        && last_day_in_care(child).is_none_or(|left| left > end);
    is_in_care && age != 4
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
