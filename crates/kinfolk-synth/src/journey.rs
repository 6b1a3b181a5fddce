//! The steps of the work with one child, and where and why it stops.

use jiff::civil::Date;
use kinfolk_model::{Child, EndReason, YesNo};

use crate::child::after;
use crate::random::Stream;

/// The dates of one child's steps, each no later than the last day of the study.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Journey {
    pub(crate) start: Option<Date>,
    pub(crate) conference: Option<Date>,
    pub(crate) plan: Option<Date>,
    pub(crate) review: Option<Date>,
    pub(crate) end: Option<(Date, EndReason)>,
}

/// Chances of a hundred that the work stops before the step, and why.
const BEFORE_START: [(Option<EndReason>, i64); 2] = [(None, 90), (Some(EndReason::Declined), 10)];
const BEFORE_START_UNDER_PLAN: [(Option<EndReason>, i64); 2] =
    [(None, 20), (Some(EndReason::CriteriaNotMet), 80)];
const BEFORE_CONFERENCE: [(Option<EndReason>, i64); 4] = [
    (None, 87),
    (Some(EndReason::Withdrew), 11),
    (Some(EndReason::ReturnedHome), 1),
    (Some(EndReason::MovedAway), 1),
];
const BEFORE_PLAN: [(Option<EndReason>, i64); 2] = [(None, 98), (Some(EndReason::Withdrew), 2)];
const BEFORE_REVIEW: [(Option<EndReason>, i64); 3] = [
    (None, 97),
    (Some(EndReason::ReturnedHome), 2),
    (Some(EndReason::LeftCare), 1),
];

/// Makes up the steps that happen up to the last day of the study.
pub(crate) fn journey(child: &Child, last_day: Date, stream: &mut Stream) -> Journey {
    let mut journey = Journey::default();
    let Some(referral) = child.referral_date else {
        return journey;
    };
    let before_start = if has_other_plan(child) {
        &BEFORE_START_UNDER_PLAN
    } else {
        &BEFORE_START
    };
    let mut walk = Walk {
        last_day,
        stream,
        end: None,
    };
    journey.start = walk.step(Some(referral), before_start, (8, 45));
    journey.conference = walk.step(journey.start, &BEFORE_CONFERENCE, (70, 150));
    journey.plan = walk.step(journey.conference, &BEFORE_PLAN, (0, 21));
    journey.review = walk.step(journey.plan, &BEFORE_REVIEW, (130, 190));
    journey.end = walk.end.or_else(|| walk.completion(journey.review));
    journey
}

/// Whether the child is to go home or be adopted, so that the work seldom starts.
fn has_other_plan(child: &Child) -> bool {
    [child.plan_to_return_home, child.plan_for_adoption].contains(&Some(YesNo::Yes))
}

struct Walk<'a> {
    last_day: Date,
    stream: &'a mut Stream,
    end: Option<(Date, EndReason)>,
}

impl Walk<'_> {
    /// The day of the next step: none when the step before was not reached, when the work stops
    /// first, or when the step lies beyond the study. The draws are the same in each case.
    fn step(
        &mut self,
        from: Option<Date>,
        stops: &[(Option<EndReason>, i64)],
        (soonest, latest): (i64, i64),
    ) -> Option<Date> {
        let reason = self.stream.choose(stops);
        let day = after(from?, self.stream.about(soonest, latest));
        if day > self.last_day {
            return None;
        }
        if let Some(reason) = reason {
            self.end = Some((day, reason));
            return None;
        }
        Some(day)
    }

    /// Most work is closed within two months of the review.
    fn completion(&mut self, review: Option<Date>) -> Option<(Date, EndReason)> {
        let closed = self.stream.chance(75);
        let day = after(review?, self.stream.between(0, 60));
        (closed && day <= self.last_day).then_some((day, EndReason::Completed))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kinfolk_model::ChildId;

    use super::*;

    fn referred(day: Date) -> Child {
        let mut child = Child::new(ChildId::new("A"));
        child.referral_date = Some(day);
        child
    }

    #[test]
    fn steps_follow_each_other_up_to_the_last_day() {
        let last_day = date(2025, 3, 31);
        for seed in 0..300 {
            let referral = date(2024, 1, 1);
            let found = journey(
                &referred(referral),
                last_day,
                &mut Stream::of_child(seed, 0),
            );
            let steps = [
                Some(referral),
                found.start,
                found.conference,
                found.plan,
                found.review,
            ];
            let reached: Vec<Date> = steps.iter().copied().map_while(|step| step).collect();
            assert_eq!(reached.len(), steps.iter().flatten().count());
            assert!(reached.is_sorted());
            assert!(reached.iter().all(|day| *day <= last_day));
            if let Some((day, _)) = found.end {
                assert!(reached.last() <= Some(&day) && day <= last_day);
            }
        }
    }

    #[test]
    fn a_child_who_was_not_referred_has_no_journey() {
        let child = Child::new(ChildId::new("A"));
        let found = journey(&child, date(2025, 3, 31), &mut Stream::of_child(1, 0));
        assert_eq!(found, Journey::default());
    }
}
