//! The whole appraisal.

use kinfolk_model::{Costs, Estimates};

use crate::EconomicsError;
use crate::flows::{Flows, flows};
use crate::plan::{Plan, plan};
use crate::simulate::{Simulation, simulate};
use crate::totals::{Totals, totals};

/// An appraisal: its plan, its central case, its years and its draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Appraisal {
    /// What is computed.
    pub plan: Plan,
    /// The sums at the central values.
    pub central: Totals,
    /// The years at the central values.
    pub flows: Flows,
    /// The probabilistic run.
    pub simulation: Simulation,
    /// The sums at the central values under the other schedule of discount rates.
    pub otherwise_discounted: Totals,
    /// The same draws under it.
    pub otherwise_simulated: Simulation,
}

/// Appraises what `costs.toml` says, with the estimates of the study that it rests on; an appraisal
/// that rests on none needs none.
///
/// # Errors
///
/// [`EconomicsError`] when an estimate is missing, the price index does not reach a year, an input
/// cannot have its spread, or correlations cannot be.
pub fn appraise(costs: &Costs, estimates: &Estimates) -> Result<Appraisal, EconomicsError> {
    let plan = plan(costs, estimates)?;
    let values = plan.central();
    let other = plan.discounted_by(&costs.alternative_discount);
    let simulation = simulate(&plan, &costs.correlations, costs.seed, costs.draws)?;
    Ok(Appraisal {
        central: totals(&plan, &values),
        flows: flows(&plan, &values),
        otherwise_discounted: totals(&other, &other.central()),
        otherwise_simulated: simulation.under(&other),
        simulation,
        plan,
    })
}
