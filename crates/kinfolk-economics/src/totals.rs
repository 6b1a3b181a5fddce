//! The sums of an appraisal for one set of values.

use kinfolk_model::{BenefitClass, CostKind, Payer};

use crate::discount::scaled_factors;
use crate::factor::product;
use crate::plan::{Plan, PlannedCost, PlannedOutcome};
use crate::sum::sum;

/// Whose benefits are set against the costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// What public budgets are spared.
    Fiscal,
    /// All benefits to anyone; money that only changes hands is left out.
    Public,
    /// The part of the fiscal benefits that can be taken out as cash.
    Cashable,
}

impl Case {
    /// Every case, in the order in which they are printed together.
    pub const ALL: [Self; 3] = [Self::Fiscal, Self::Public, Self::Cashable];

    /// The code, e.g. `fiscal`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fiscal => "fiscal",
            Self::Public => "public",
            Self::Cashable => "cashable",
        }
    }
}

/// Whose costs are set against whose benefits: both are of the same payers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Perspective {
    /// The local authority alone.
    Council,
    /// All public bodies.
    PublicBodies,
    /// Everyone.
    Society,
}

impl Perspective {
    /// Every perspective, from the narrowest.
    pub const ALL: [Self; 3] = [Self::Council, Self::PublicBodies, Self::Society];

    /// The code, e.g. `council`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Council => "council",
            Self::PublicBodies => "public_bodies",
            Self::Society => "society",
        }
    }

    fn includes(self, payer: Payer) -> bool {
        match self {
            Self::Council => payer == Payer::LocalAuthority,
            Self::PublicBodies => payer.is_public(),
            Self::Society => true,
        }
    }
}

/// The worth today of every cost and outcome. Costs carry their optimism on top; benefits have theirs
/// taken off.
#[derive(Debug, Clone, PartialEq)]
pub struct Totals {
    /// Each cost, in the order of the plan.
    pub costs: Vec<f64>,
    /// Each outcome, in the order of the plan.
    pub outcomes: Vec<f64>,
    /// The part of each outcome that can be taken out as cash.
    pub cashable: Vec<f64>,
    /// The costs without optimism.
    pub cost_before_bias: f64,
    /// The benefits to everyone without optimism.
    pub benefit_before_bias: f64,
    /// How many children.
    pub children: f64,
}

/// Computes the sums for values of the inputs, in the order of the plan.
pub fn totals(plan: &Plan, values: &[f64]) -> Totals {
    let factors = factors(plan, values);
    let cost = |cost: &PlannedCost| cost.total.of(values) * discounted_share(cost, &factors);
    let gross: Vec<f64> = plan.costs.iter().map(cost).collect();
    let worth: Vec<f64> = plan
        .outcomes
        .iter()
        .map(|outcome| discounted_worth(outcome, values, &factors))
        .collect();
    let counted = plan.outcomes.iter().zip(&worth);
    let benefit_before_bias = sum(counted.filter(|(o, _)| !o.is_transfer).map(|(_, w)| *w));
    let outcomes: Vec<f64> = plan
        .outcomes
        .iter()
        .zip(&worth)
        .map(|(outcome, worth)| worth * (1.0 - outcome.bias.of(values)))
        .collect();
    let cashable = plan.outcomes.iter().zip(&outcomes);
    let cashable = cashable.map(|(outcome, worth)| cashable_part(outcome, *worth, values));
    Totals {
        costs: plan
            .costs
            .iter()
            .zip(&gross)
            .map(|(cost, gross)| gross * (1.0 + cost.bias.of(values)))
            .collect(),
        cashable: cashable.collect(),
        outcomes,
        cost_before_bias: sum(gross),
        benefit_before_bias,
        children: plan.children.of(values),
    }
}

/// The discount factors of the plan at the values of its inputs.
pub(crate) fn factors(plan: &Plan, values: &[f64]) -> Vec<f64> {
    let stated = plan.schedule.first_rate();
    let scale = match plan.discount_rate {
        Some(at) if stated > 0.0 => values[at] / stated,
        _ => 1.0,
    };
    scaled_factors(&plan.schedule, plan.years, scale)
}

fn discounted_share(cost: &PlannedCost, factors: &[f64]) -> f64 {
    sum(cost
        .by_year
        .iter()
        .zip(factors)
        .map(|(share, factor)| share * factor))
}

fn discounted_worth(outcome: &PlannedOutcome, values: &[f64], factors: &[f64]) -> f64 {
    let kept = 1.0 - outcome.drop_off.of(values);
    let years = factors.iter().skip(outcome.lag as usize);
    let mut left = 1.0;
    let annuity = sum(years.take(outcome.duration as usize).map(|factor| {
        let counted = left * factor;
        left *= kept;
        counted
    }));
    product(&outcome.number, values) * product(&outcome.unit, values) * annuity
}

fn cashable_part(outcome: &PlannedOutcome, worth: f64, values: &[f64]) -> f64 {
    match outcome.class {
        BenefitClass::Fiscal => worth * outcome.cashability.of(values),
        BenefitClass::Economic | BenefitClass::Social => 0.0,
    }
}

impl Totals {
    /// All costs.
    pub fn cost(&self) -> f64 {
        sum(self.costs.iter().copied())
    }

    /// Costs of one kind.
    pub fn cost_of(&self, plan: &Plan, kind: CostKind) -> f64 {
        let costs = plan.costs.iter().zip(&self.costs);
        sum(costs
            .filter(|(cost, _)| cost.kind == kind)
            .map(|(_, pounds)| *pounds))
    }

    /// The benefits of a case.
    pub fn benefit(&self, plan: &Plan, case: Case) -> f64 {
        match case {
            Case::Cashable => sum(self.cashable.iter().copied()),
            Case::Fiscal => self.benefit_of(plan, BenefitClass::Fiscal),
            Case::Public => {
                let outcomes = plan.outcomes.iter().zip(&self.outcomes);
                sum(outcomes
                    .filter(|(o, _)| !o.is_transfer)
                    .map(|(_, pounds)| *pounds))
            }
        }
    }

    /// Benefits of one class.
    pub fn benefit_of(&self, plan: &Plan, class: BenefitClass) -> f64 {
        let outcomes = plan.outcomes.iter().zip(&self.outcomes);
        sum(outcomes
            .filter(|(o, _)| o.class == class)
            .map(|(_, pounds)| *pounds))
    }

    /// Benefits for each pound of cost; `None` without costs.
    pub fn ratio(&self, plan: &Plan, case: Case) -> Option<f64> {
        ratio(self.benefit(plan, case), self.cost())
    }

    /// Benefits less costs.
    pub fn net(&self, plan: &Plan, case: Case) -> f64 {
        self.benefit(plan, case) - self.cost()
    }

    /// Benefits to everyone for each pound of cost, without any allowance for optimism.
    pub fn ratio_before_bias(&self) -> Option<f64> {
        ratio(self.benefit_before_bias, self.cost_before_bias)
    }

    /// What a payer pays.
    pub fn paid_by(&self, plan: &Plan, payer: Payer) -> f64 {
        let costs = plan.costs.iter().zip(&self.costs);
        sum(costs.map(|(cost, pounds)| pounds * share(&cost.payers, payer)))
    }

    /// What a payer gains.
    pub fn gained_by(&self, plan: &Plan, payer: Payer) -> f64 {
        let outcomes = plan.outcomes.iter().zip(&self.outcomes);
        sum(outcomes.map(|(outcome, pounds)| pounds * share(&outcome.payers, payer)))
    }

    /// What a payer gains that can be taken out as cash.
    pub fn cash_of(&self, plan: &Plan, payer: Payer) -> f64 {
        let outcomes = plan.outcomes.iter().zip(&self.cashable);
        sum(outcomes.map(|(outcome, pounds)| pounds * share(&outcome.payers, payer)))
    }

    /// What some gain for each pound that the same ones pay; `None` when they pay nothing. For society
    /// money that only changes hands is left out.
    pub fn ratio_for(&self, plan: &Plan, perspective: Perspective) -> Option<f64> {
        let outcomes = plan.outcomes.iter().zip(&self.outcomes);
        let counted =
            outcomes.filter(|(o, _)| perspective != Perspective::Society || !o.is_transfer);
        let gained = sum(counted.map(|(o, pounds)| pounds * share_of(&o.payers, perspective)));
        let costs = plan.costs.iter().zip(&self.costs);
        let paid = sum(costs.map(|(cost, pounds)| pounds * share_of(&cost.payers, perspective)));
        ratio(gained, paid)
    }
}

fn share(split: &[(Payer, f64)], payer: Payer) -> f64 {
    let shares = split.iter().filter(|(who, _)| *who == payer);
    shares.map(|(_, share)| share).sum()
}

fn share_of(split: &[(Payer, f64)], perspective: Perspective) -> f64 {
    let shares = split.iter().filter(|(who, _)| perspective.includes(*who));
    shares.map(|(_, share)| share).sum()
}

fn ratio(benefit: f64, cost: f64) -> Option<f64> {
    (cost > 0.0).then(|| benefit / cost)
}
