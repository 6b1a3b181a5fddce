//! The quarterly returns that agree with the made-up children.

use jiff::ToSpan;
use jiff::civil::Date;
use kinfolk_model::{Child, FinancialQuarter, Monitoring, Period};

use crate::plan::StudyPlan;
use crate::random::Stream;

/// One return for each quarter of the period.
pub(crate) fn monitoring(
    plan: &StudyPlan,
    children: &[Child],
    stream: &mut Stream,
) -> Vec<Monitoring> {
    quarters(plan.period)
        .map(|quarter| Monitoring {
            authority: plan.authority.clone(),
            country: Some(plan.country),
            programme: None,
            quarter,
            referrals: Some(count(children, quarter, |child| child.referral_date)),
            starts: Some(count(children, quarter, |child| child.start_date)),
            conferences: Some(count(children, quarter, |child| child.conference_date)),
            plans: Some(count(children, quarter, |child| child.plan_date)),
            reviews: Some(count(children, quarter, |child| child.review_date)),
            coordinators_trained: u32::try_from(stream.between(0, 3)).ok(),
        })
        .collect()
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
