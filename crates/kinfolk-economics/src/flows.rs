//! The sums of an appraisal year by year.

use kinfolk_model::{BenefitClass, PlacementType};

use crate::Case;
use crate::factor::product;
use crate::plan::{Plan, PlannedCost, PlannedOutcome};
use crate::totals::factors;

/// Costs and outcomes in each year, before discounting, in prices of the appraisal.
#[derive(Debug, Clone, PartialEq)]
pub struct Flows {
    /// Each cost by year, with its optimism.
    pub costs: Vec<Vec<f64>>,
    /// How many of each outcome by year, without optimism.
    pub numbers: Vec<Vec<f64>>,
    /// Each outcome in pounds by year, without optimism.
    pub gross: Vec<Vec<f64>>,
    /// Each outcome in pounds by year, its optimism taken off.
    pub adjusted: Vec<Vec<f64>>,
    /// The discount factor of each year.
    pub factors: Vec<f64>,
}

/// Computes each year for values of the inputs, in the order of the plan.
pub fn flows(plan: &Plan, values: &[f64]) -> Flows {
    let years = plan.years as usize;
    let numbers: Vec<Vec<f64>> = plan
        .outcomes
        .iter()
        .map(|outcome| numbers(outcome, values, years))
        .collect();
    let pounds = |outcome: &PlannedOutcome, numbers: &[f64], kept: f64| {
        let each = product(&outcome.unit, values) * kept;
        numbers.iter().map(|number| number * each).collect()
    };
    let pairs = || plan.outcomes.iter().zip(&numbers);
    Flows {
        costs: plan
            .costs
            .iter()
            .map(|cost| cost_by_year(cost, values, years))
            .collect(),
        gross: pairs().map(|(o, n)| pounds(o, n, 1.0)).collect(),
        adjusted: pairs()
            .map(|(o, n)| pounds(o, n, 1.0 - o.bias.of(values)))
            .collect(),
        factors: factors(plan, values),
        numbers,
    }
}

fn cost_by_year(cost: &PlannedCost, values: &[f64], years: usize) -> Vec<f64> {
    let whole = cost.total.of(values) * (1.0 + cost.bias.of(values));
    let share = |year: usize| cost.by_year.get(year).copied().unwrap_or(0.0);
    (0..years).map(|year| whole * share(year)).collect()
}

fn numbers(outcome: &PlannedOutcome, values: &[f64], years: usize) -> Vec<f64> {
    let first = product(&outcome.number, values);
    let kept = 1.0 - outcome.drop_off.of(values);
    (0..years as u32)
        .map(|year| match year.checked_sub(outcome.lag) {
            Some(after) if after < outcome.duration => first * kept.powi(after.cast_signed()),
            _ => 0.0,
        })
        .collect()
}

impl Flows {
    /// Benefits less costs, discounted and added up from year 0 to each year.
    pub fn cumulative_net(&self, plan: &Plan, case: Case, values: &[f64]) -> Vec<f64> {
        let mut so_far = 0.0;
        self.factors
            .iter()
            .enumerate()
            .map(|(year, factor)| {
                let cost: f64 = self.costs.iter().map(|cost| cost[year]).sum();
                so_far += (self.benefit(plan, case, values, year) - cost) * factor;
                so_far
            })
            .collect()
    }

    fn benefit(&self, plan: &Plan, case: Case, values: &[f64], year: usize) -> f64 {
        let part = |outcome: &PlannedOutcome| match (case, outcome.class) {
            (Case::Public, _) if !outcome.is_transfer => 1.0,
            (Case::Fiscal, BenefitClass::Fiscal) => 1.0,
            (Case::Cashable, BenefitClass::Fiscal) => outcome.cashability.of(values),
            _ => 0.0,
        };
        let outcomes = plan.outcomes.iter().zip(&self.adjusted);
        outcomes
            .map(|(outcome, pounds)| part(outcome) * pounds[year])
            .sum()
    }

    /// What public budgets are spared in a year, in pounds, optimism taken off, not discounted.
    pub fn averted(&self, plan: &Plan, values: &[f64], year: usize) -> f64 {
        self.benefit(plan, Case::Fiscal, values, year)
    }

    /// Weeks of children in a placement avoided in a year, optimism taken off, and what they would
    /// have cost; `None` when no fiscal outcome is about that placement.
    pub fn averted_weeks(
        &self,
        plan: &Plan,
        values: &[f64],
        placement: PlacementType,
        year: usize,
    ) -> Option<(f64, f64)> {
        let about = plan
            .outcomes
            .iter()
            .enumerate()
            .filter_map(|(at, outcome)| {
                let is_about =
                    outcome.placement == Some(placement) && outcome.class == BenefitClass::Fiscal;
                let weeks = outcome.weeks.filter(|_| is_about)?;
                let kept = 1.0 - outcome.bias.of(values);
                let weeks = self.numbers[at][year] * weeks.of(values) * kept;
                Some((weeks, self.adjusted[at][year]))
            });
        about.reduce(|(weeks, pounds), (more, cost)| (weeks + more, pounds + cost))
    }
}

/// When what is spared first covers what is spent, in years from the start, on discounted sums with
/// allowance for optimism: the first year in which benefits less costs so far are not negative, and
/// how far into the year before that, by straight line. 0 when it is so from the first year; `None`
/// when it never is.
pub fn payback(cumulative_net: &[f64]) -> Option<f64> {
    let year = cumulative_net.iter().position(|net| *net >= 0.0)?;
    let Some(before) = year.checked_sub(1) else {
        return Some(0.0);
    };
    let (short, reached) = (-cumulative_net[before], cumulative_net[year]);
    Some(before as f64 + short / (reached + short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payback_lies_between_the_years() {
        let check = |net: &[f64], expected: Option<f64>| assert_eq!(payback(net), expected);
        check(&[-100.0, -50.0, 50.0], Some(1.5));
        check(&[-100.0, 0.0], Some(1.0));
        check(&[5.0, -5.0], Some(0.0));
        check(&[-3.0, -2.0], None);
        check(&[], None);
    }
}
