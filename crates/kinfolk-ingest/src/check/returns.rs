//! Whether the quarterly returns and the Practice Summaries give the same totals.

use jiff::civil::Date;
use kinfolk_model::{Child, Finding, Monitoring, Period, format};

use crate::rules;
use crate::table::{Assigned, Rows};

/// Notes each count of the quarterly returns that differs from what the Practice Summaries say for
/// the same period.
pub(crate) fn monitoring_against_children(
    monitoring: &Rows<Monitoring>,
    children: &Rows<Child>,
    period: Period,
    sheets: &[Assigned],
) -> Vec<Finding> {
    STEPS
        .iter()
        .filter_map(|step| disagreement(step, monitoring, children, period, sheets))
        .collect()
}

/// A step that both tables count.
struct Step {
    column: &'static str,
    returned: fn(&Monitoring) -> Option<u32>,
    recorded: fn(&Child) -> Option<Date>,
}

const STEPS: &[Step] = &[
    step(
        "referrals",
        |row| row.referrals,
        |child| child.referral_date,
    ),
    step("starts", |row| row.starts, |child| child.start_date),
    step(
        "conferences",
        |row| row.conferences,
        |child| child.conference_date,
    ),
    step("plans", |row| row.plans, |child| child.plan_date),
    step("reviews", |row| row.reviews, |child| child.review_date),
];

const fn step(
    column: &'static str,
    returned: fn(&Monitoring) -> Option<u32>,
    recorded: fn(&Child) -> Option<Date>,
) -> Step {
    Step {
        column,
        returned,
        recorded,
    }
}

fn disagreement(
    step: &Step,
    monitoring: &Rows<Monitoring>,
    children: &Rows<Child>,
    period: Period,
    sheets: &[Assigned],
) -> Option<Finding> {
    let in_period: Vec<_> = monitoring
        .located
        .iter()
        .filter(|located| period.contains(located.record.quarter.first_day()))
        .collect();
    let first = in_period.first()?;
    let returned: Option<Vec<u32>> = in_period
        .iter()
        .map(|located| (step.returned)(&located.record))
        .collect();
    let returned: u64 = returned?.into_iter().map(u64::from).sum();
    let dates: Vec<Date> = children
        .located
        .iter()
        .filter_map(|located| (step.recorded)(&located.record))
        .collect();
    let recorded = dates.iter().filter(|date| period.contains(**date)).count() as u64;
    if dates.is_empty() || returned == recorded {
        return None;
    }
    let Assigned { sheet, layout } = sheets.get(first.sheet)?;
    let column = layout.column(step.column)?;
    let place = layout.place(sheet, layout.header_row, column);
    let message = format!(
        "the returns give {} {}, the Practice Summaries {}",
        format::count(returned),
        step.column,
        format::count(recorded)
    );
    Some(rules::MONITORING_DISAGREES.at(place, message))
}
