//! The quarterly returns that agree with the made-up children.

use jiff::ToSpan;
use jiff::civil::Date;
use kinfolk_model::{Child, FinancialQuarter, Monitoring, Period};

use crate::plan::StudyPlan;
use crate::random::Stream;

/// One return for each quarter of the period, with nothing counted yet.
pub(crate) fn blank_returns(plan: &StudyPlan) -> Vec<Monitoring> {
    quarters(plan.period)
        .map(|quarter| Monitoring {
            authority: plan.authority.clone(),
            country: Some(plan.country),
            programme: None,
            quarter,
            referrals: Some(0),
            starts: Some(0),
            conferences: Some(0),
            plans: Some(0),
            reviews: Some(0),
            coordinators_trained: None,
        })
        .collect()
}

/// Counts these children in the quarters in which their steps were taken.
pub(crate) fn count_in(returns: &mut [Monitoring], children: &[Child]) {
    for row in returns {
        let quarter = row.quarter;
        add(
            &mut row.referrals,
            count(children, quarter, |child| child.referral_date),
        );
        add(
            &mut row.starts,
            count(children, quarter, |child| child.start_date),
        );
        add(
            &mut row.conferences,
            count(children, quarter, |child| child.conference_date),
        );
        add(
            &mut row.plans,
            count(children, quarter, |child| child.plan_date),
        );
        add(
            &mut row.reviews,
            count(children, quarter, |child| child.review_date),
        );
    }
}

/// Adds what was counted in another part of the same study.
pub(crate) fn add_counts(returns: &mut [Monitoring], part: &[Monitoring]) {
    for (row, part) in returns.iter_mut().zip(part) {
        add(&mut row.referrals, part.referrals.unwrap_or(0));
        add(&mut row.starts, part.starts.unwrap_or(0));
        add(&mut row.conferences, part.conferences.unwrap_or(0));
        add(&mut row.plans, part.plans.unwrap_or(0));
        add(&mut row.reviews, part.reviews.unwrap_or(0));
    }
}

fn add(sum: &mut Option<u32>, n: u32) {
    *sum = Some(sum.unwrap_or(0) + n);
}

/// Makes up how many coordinators were trained in each quarter.
pub(crate) fn train(returns: &mut [Monitoring], stream: &mut Stream) {
    for row in returns {
        row.coordinators_trained = u32::try_from(stream.between(0, 3)).ok();
    }
}

/// The quarters that begin in the period.
fn quarters(period: Period) -> impl Iterator<Item = FinancialQuarter> {
    (period.start.year() - 1..=period.end.year())
        .flat_map(|year| (1..=4).filter_map(move |quarter| FinancialQuarter::new(year, quarter)))
        .filter(move |quarter| period.contains(quarter.first_day()))
}

fn count(
    children: &[Child],
    quarter: FinancialQuarter,
    day: impl Fn(&Child) -> Option<Date>,
) -> u32 {
    let first = quarter.first_day();
    let Ok(next) = first.checked_add(3.months()) else {
        return 0;
    };
    let found = children.iter().filter_map(day);
    let n_inside = found.filter(|day| first <= *day && *day < next).count();
    u32::try_from(n_inside).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kinfolk_model::ChildId;

    use super::*;

    #[test]
    fn a_day_counts_in_its_own_quarter() {
        let mut child = Child::new(ChildId::new("A"));
        let check = |child: &Child, year, quarter, expected| {
            let quarter = FinancialQuarter::new(year, quarter).unwrap();
            let children = std::slice::from_ref(child);
            assert_eq!(count(children, quarter, |child| child.plan_date), expected);
        };
        check(&child, 2024, 1, 0);
        child.plan_date = Some(date(2024, 6, 30));
        check(&child, 2024, 1, 1);
        check(&child, 2024, 2, 0);
        child.plan_date = Some(date(2025, 3, 31));
        check(&child, 2024, 4, 1);
        check(&child, 2024, 3, 0);
    }

    #[test]
    fn a_year_has_four_quarters() {
        let period = Period {
            start: date(2024, 4, 1),
            end: date(2025, 3, 31),
        };
        let names: Vec<String> = quarters(period)
            .map(|quarter| quarter.to_string())
            .collect();
        assert_eq!(names, ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]);
    }
}
