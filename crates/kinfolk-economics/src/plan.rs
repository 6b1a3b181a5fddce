//! `costs.toml` made ready to compute: every number under its id, all money in one year's prices.

mod inputs;
mod maker;

use kinfolk_model::{BenefitClass, CostKind, DiscountSchedule, PlacementType, Split};

use crate::Factor;
use crate::input::Input;

pub use maker::plan;

/// The id of the discount rate among the inputs.
pub const DISCOUNT_RATE: &str = "discount_rate";

/// A cost made ready.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedCost {
    /// Its id in `costs.toml`.
    pub id: String,
    /// What it is.
    pub label: String,
    /// What it is for.
    pub kind: CostKind,
    /// Who pays.
    pub payers: Split,
    /// The whole of it, in pounds.
    pub(crate) total: Factor,
    /// The share put on top for optimism.
    pub(crate) bias: Factor,
    /// The share of the whole that falls in each year.
    pub(crate) by_year: Vec<f64>,
}

/// An outcome made ready.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedOutcome {
    /// Its id in `costs.toml`.
    pub id: String,
    /// What it is.
    pub label: String,
    /// The kind of value.
    pub class: BenefitClass,
    /// Whether money only changes hands.
    pub is_transfer: bool,
    /// Which placement is avoided, where one is.
    pub placement: Option<PlacementType>,
    /// Who gains.
    pub payers: Split,
    /// What is multiplied to the number of outcomes of the first year.
    pub(crate) number: Vec<Factor>,
    /// Weeks in care that one outcome of one year stands for, where it stands for any.
    pub(crate) weeks: Option<Factor>,
    /// What is multiplied to the worth of one.
    pub(crate) unit: Vec<Factor>,
    pub(crate) lag: u32,
    pub(crate) duration: u32,
    pub(crate) drop_off: Factor,
    pub(crate) bias: Factor,
    pub(crate) cashability: Factor,
}

/// What a larger study would cost, in prices of the appraisal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlannedResearch {
    /// Pounds however many children are studied.
    pub fixed: f64,
    /// Pounds for each child studied.
    pub each_child: f64,
    /// How many decisions its result would serve, one a year, the first a year after its start.
    pub years: u32,
}

impl PlannedResearch {
    /// What a study of so many children costs, in pounds.
    pub fn cost(&self, children: f64) -> f64 {
        self.fixed + self.each_child * children
    }
}

/// An appraisal made ready to compute, as often as one likes, with any values of its inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Every number that is not given by arithmetic, in the order of the file.
    pub inputs: Vec<Input>,
    /// How many years are looked at.
    pub years: u32,
    /// The children.
    pub(crate) children: Factor,
    /// The costs.
    pub costs: Vec<PlannedCost>,
    /// The outcomes.
    pub outcomes: Vec<PlannedOutcome>,
    /// What it would cost to find out more, where it is known.
    pub research: Option<PlannedResearch>,
    /// How later years count less.
    pub schedule: DiscountSchedule,
    /// Where the discount rate stands among the inputs; `None` when nothing is discounted.
    pub(crate) discount_rate: Option<usize>,
}

impl Plan {
    /// The central values of the inputs.
    pub fn central(&self) -> Vec<f64> {
        self.inputs.iter().map(|input| input.value).collect()
    }

    /// Where an input stands.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.inputs.iter().position(|input| input.id == id)
    }

    /// The same plan with another schedule of discount rates.
    #[must_use]
    pub fn discounted_by(&self, schedule: &DiscountSchedule) -> Self {
        let mut plan = self.clone();
        plan.schedule = schedule.clone();
        if let Some(at) = plan.discount_rate {
            plan.inputs[at].value = schedule.first_rate();
        }
        plan
    }
}
