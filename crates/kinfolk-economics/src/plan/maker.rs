//! How a plan is made from `costs.toml`.

use kinfolk_model::{
    Amount, Comparison, Cost, Costs, Course, Estimates, Impact, MonetisedOutcome, ResearchCost,
    Spread, Worth,
};

use super::inputs::Maker;
use super::{DISCOUNT_RATE, Plan, PlannedCost, PlannedOutcome, PlannedResearch};
use crate::deflate::price_factor;
use crate::input::InputKind;
use crate::sum::sum;
use crate::{EconomicsError, Factor};

/// Makes an appraisal ready: finds the estimates that it rests on and moves all money into prices of
/// the year of the appraisal.
///
/// # Errors
///
/// [`EconomicsError`] when an estimate is missing, the price index does not reach a year, or an input
/// cannot have its spread.
pub fn plan(costs: &Costs, estimates: &Estimates) -> Result<Plan, EconomicsError> {
    let mut maker = Maker {
        costs,
        estimates,
        inputs: Vec::new(),
    };
    let children = maker.given("children", "Children", InputKind::Rate, &costs.children)?;
    let engagement = maker.share("engagement", "Children who take part", costs.engagement)?;
    let retention = maker.share("retention", "Children who stay", costs.retention)?;
    let shared = [children, engagement, retention];
    let planned_costs = costs.costs.iter().map(|cost| maker.cost(cost));
    let planned_costs = planned_costs.collect::<Result<_, _>>()?;
    let outcomes = costs.outcomes.iter();
    let outcomes = outcomes.map(|outcome| maker.outcome(outcome, &shared));
    let outcomes = outcomes.collect::<Result<_, _>>()?;
    let research = costs.research.as_ref();
    let research = research.map(|research| maker.research(research));
    let discount_rate = maker.discount_rate()?;
    Ok(Plan {
        inputs: maker.inputs,
        years: costs.years,
        children,
        costs: planned_costs,
        outcomes,
        research: research.transpose()?,
        schedule: costs.discount.clone(),
        discount_rate,
    })
}

impl Maker<'_> {
    fn cost(&mut self, cost: &Cost) -> Result<PlannedCost, EconomicsError> {
        let factor = price_factor(&self.costs.deflator, cost.price_year, self.costs.price_year)?;
        let total = sum(cost.amounts.iter().copied());
        let whole = times(cost.level, total * factor);
        let id = format!("cost.{}", cost.id);
        let bias = format!("{id}.bias");
        Ok(PlannedCost {
            id: cost.id.clone(),
            label: cost.label.clone(),
            kind: cost.kind,
            payers: cost.payers.clone(),
            total: self.amount(&id, &cost.label, InputKind::Money, whole)?,
            bias: self.reduction(&bias, &of(&cost.label, "optimism"), cost.bias)?,
            by_year: shape(&cost.amounts, total),
        })
    }

    fn outcome(
        &mut self,
        outcome: &MonetisedOutcome,
        shared: &[Factor; 3],
    ) -> Result<PlannedOutcome, EconomicsError> {
        let id = |part: &str| format!("outcome.{}.{part}", outcome.id);
        let label = |what: &str| of(&outcome.label, what);
        let [children, engagement, retention] = *shared;
        let engagement = match outcome.engagement {
            Some(own) => self.share(&id("engagement"), &label("take part"), own)?,
            None => engagement,
        };
        let retention = match outcome.retention {
            Some(own) => self.share(&id("retention"), &label("stay"), own)?,
            None => retention,
        };
        let mut number = vec![children, engagement, retention];
        number.extend(self.impact(outcome)?);
        for (part, what, amount) in [
            ("displacement", "moved elsewhere", outcome.displacement),
            (
                "attribution",
                "brought about by others",
                outcome.attribution,
            ),
        ] {
            let share = self.reduction(&id(part), &label(what), amount)?;
            number.push(share.complement());
        }
        let worth = self.worth(outcome)?;
        Ok(PlannedOutcome {
            id: outcome.id.clone(),
            label: outcome.label.clone(),
            class: outcome.class,
            is_transfer: outcome.is_transfer,
            placement: outcome.placement,
            payers: outcome.payers.clone(),
            number,
            weeks: worth.weeks,
            unit: worth.unit,
            lag: worth.lag,
            duration: worth.duration,
            drop_off: worth.drop_off,
            bias: self.reduction(&id("bias"), &label("optimism"), outcome.bias)?,
            cashability: self.share(&id("cashability"), &label("cashable"), outcome.cashability)?,
        })
    }

    fn impact(&mut self, outcome: &MonetisedOutcome) -> Result<Vec<Factor>, EconomicsError> {
        let id = |part: &str| format!("outcome.{}.{part}", outcome.id);
        let label = |what: &str| of(&outcome.label, what);
        let (at_risk, reduction, deadweight) = match &outcome.impact {
            Impact::Comparator(Comparison::Difference(given)) => {
                let (id, label) = (id("difference"), label("difference from the comparison"));
                return Ok(vec![self.given(
                    &id,
                    &label,
                    InputKind::Difference,
                    given,
                )?]);
            }
            Impact::Comparator(Comparison::Relative { at_risk, reduction }) => {
                (*at_risk, *reduction, Amount::fixed(0.0))
            }
            Impact::Deadweight {
                at_risk,
                reduction,
                deadweight,
            } => (*at_risk, *reduction, *deadweight),
        };
        let rate = self.amount(
            &id("at_risk"),
            &label("without the programme"),
            InputKind::Rate,
            at_risk,
        )?;
        let avoided = self.share(&id("reduction"), &label("share avoided"), reduction)?;
        let anyway = self.reduction(
            &id("deadweight"),
            &label("would have come anyway"),
            deadweight,
        )?;
        Ok(vec![rate, avoided, anyway.complement()])
    }

    fn worth(&mut self, outcome: &MonetisedOutcome) -> Result<PlannedWorth, EconomicsError> {
        let factor = price_factor(
            &self.costs.deflator,
            outcome.price_year,
            self.costs.price_year,
        )?;
        let once = Course {
            lag: 0,
            duration: 1,
            drop_off: Amount::fixed(0.0),
        };
        let (value, weeks, course) = match &outcome.worth {
            Worth::PerWeek {
                value,
                weeks,
                course,
            } => (*value, Some(*weeks), course.clone()),
            Worth::PerYear { value, course } | Worth::PerEpisode { value, course } => {
                (*value, None, course.clone())
            }
            Worth::Lifetime { value, lag } => (*value, None, Course { lag: *lag, ..once }),
        };
        let id = |part: &str| format!("outcome.{}.{part}", outcome.id);
        let label = |what: &str| of(&outcome.label, what);
        let value = times(value, factor);
        let mut unit = vec![self.amount(
            &id("unit_value"),
            &label("unit cost"),
            InputKind::Money,
            value,
        )?];
        let weeks_each = match weeks {
            Some(weeks) => {
                Some(self.amount(&id("weeks"), &label("weeks"), InputKind::Rate, weeks)?)
            }
            None => None,
        };
        unit.extend(weeks_each);
        Ok(PlannedWorth {
            weeks: weeks_each.or_else(|| whole_year(&outcome.worth)),
            unit,
            lag: course.lag,
            duration: course.duration,
            drop_off: self.reduction(&id("drop_off"), &label("lost each year"), course.drop_off)?,
        })
    }

    fn research(&self, research: &ResearchCost) -> Result<PlannedResearch, EconomicsError> {
        let base = self.costs.price_year;
        let factor = price_factor(&self.costs.deflator, research.price_year, base)?;
        Ok(PlannedResearch {
            fixed: research.fixed * factor,
            each_child: research.each_child * factor,
            years: research.years,
        })
    }

    fn discount_rate(&mut self) -> Result<Option<usize>, EconomicsError> {
        let rate = self.costs.discount.first_rate();
        if rate <= 0.0 {
            return Ok(None);
        }
        self.share(DISCOUNT_RATE, "Discount rate", Amount::fixed(rate))?;
        Ok(Some(self.inputs.len() - 1))
    }
}

struct PlannedWorth {
    unit: Vec<Factor>,
    weeks: Option<Factor>,
    lag: u32,
    duration: u32,
    drop_off: Factor,
}

/// Weeks in a year of 365.25 days.
const WEEKS_A_YEAR: f64 = 365.25 / 7.0;

/// A year in a placement is so many weeks in it; an episode is none.
fn whole_year(worth: &Worth) -> Option<Factor> {
    matches!(worth, Worth::PerYear { .. }).then_some(Factor::Fixed(WEEKS_A_YEAR))
}

fn of(label: &str, what: &str) -> String {
    format!("{label}: {what}")
}

fn times(amount: Amount, factor: f64) -> Amount {
    Amount {
        value: amount.value * factor,
        spread: amount.spread.map(|spread| Spread {
            low: spread.low * factor,
            high: spread.high * factor,
            ..spread
        }),
    }
}

/// The share of a whole in each year; all in year 0 of nothing.
fn shape(amounts: &[f64], total: f64) -> Vec<f64> {
    if total == 0.0 {
        return vec![1.0];
    }
    amounts.iter().map(|amount| amount / total).collect()
}
