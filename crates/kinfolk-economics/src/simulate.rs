//! The appraisal again and again, with inputs drawn by chance.

use kinfolk_model::Correlation;
use kinfolk_stats::{Sample, quantile};
use rayon::prelude::*;

use crate::acceptability::{AtThreshold, Options, acceptability};
use crate::draw::Sampler;
use crate::plan::Plan;
use crate::sum::sum;
use crate::totals::{Case, Totals, totals};
use crate::{EconomicsError, partial_information};

/// Into how many blocks draws are cut to value knowledge of one input.
const BLOCKS: usize = 20;

/// One draw: the inputs, and the sums that follow.
#[derive(Debug, Clone, PartialEq)]
pub struct Draw {
    /// The values of the inputs, in the order of the plan.
    pub values: Vec<f64>,
    /// The sums.
    pub totals: Totals,
}

/// Every draw of a probabilistic run, in the order of their numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulation {
    /// The draws.
    pub draws: Vec<Draw>,
    /// The inputs that were drawn, by their places in the plan.
    pub uncertain: Vec<usize>,
}

/// Runs the appraisal for that many draws. The same seed gives the same draws on any number of
/// threads.
///
/// See `docs/methods/value-uncertainty.md`.
///
/// # Errors
///
/// [`EconomicsError`] when the correlations cannot be.
pub fn simulate(
    plan: &Plan,
    correlations: &[Correlation],
    seed: u64,
    n_draws: u32,
) -> Result<Simulation, EconomicsError> {
    let sampler = Sampler::new(plan, correlations, seed)?;
    let draw = |number: u32| {
        let values = sampler.draw(u64::from(number));
        let totals = totals(plan, &values);
        Draw { values, totals }
    };
    Ok(Simulation {
        draws: (0..n_draws).into_par_iter().map(draw).collect(),
        uncertain: sampler.uncertain().to_vec(),
    })
}

/// The ends between which the middle share of numbers lies, by equal tails; `None` of no numbers.
pub(crate) fn middle(level: f64, numbers: Vec<f64>) -> Option<(f64, f64)> {
    let sample = Sample::new(numbers).ok()?;
    let tail = (1.0 - level) / 2.0;
    let end = |share| quantile(&sample, share).ok().flatten();
    Some((end(tail)?, end(1.0 - tail)?))
}

impl Simulation {
    /// The same draws, summed under a plan that differs in its schedule of discount rates only.
    pub fn under(&self, plan: &Plan) -> Self {
        let sums = |draw: &Draw| {
            let mut values = draw.values.clone();
            if let Some(at) = plan.discount_rate {
                values[at] = plan.inputs[at].value;
            }
            let totals = totals(plan, &values);
            Draw { values, totals }
        };
        Self {
            draws: self.draws.par_iter().map(sums).collect(),
            uncertain: self.uncertain.clone(),
        }
    }

    /// Whether any input was drawn; else every draw is the central case.
    pub fn is_uncertain(&self) -> bool {
        !self.uncertain.is_empty()
    }

    /// The ends between which the middle share of the draws lies, by equal tails; `None` when
    /// nothing is uncertain or some draw has no number.
    pub fn interval(
        &self,
        level: f64,
        number: impl Fn(&Totals) -> Option<f64>,
    ) -> Option<(f64, f64)> {
        if !self.is_uncertain() {
            return None;
        }
        let numbers: Option<Vec<f64>> =
            self.draws.iter().map(|draw| number(&draw.totals)).collect();
        middle(level, numbers?)
    }

    /// In how many draws a pound returns at least each threshold, and what certainty about that would
    /// be worth: the programme against doing nothing, with each pound of cost counted as often as it
    /// must return.
    ///
    /// # Errors
    ///
    /// [`EconomicsError::Thresholds`] when the thresholds do not rise.
    pub fn paying(
        &self,
        plan: &Plan,
        case: Case,
        thresholds: &[f64],
    ) -> Result<Vec<AtThreshold>, EconomicsError> {
        let list = |number: &dyn Fn(&Totals) -> f64| -> Vec<f64> {
            self.draws.iter().map(|draw| number(&draw.totals)).collect()
        };
        let nothing = vec![0.0; self.draws.len()];
        let costs = [nothing.clone(), list(&|t| -t.benefit(plan, case))];
        let effects = [nothing, list(&|t| -t.cost())];
        acceptability(
            &Options {
                costs: &costs,
                effects: &effects,
            },
            thresholds,
        )
    }

    /// What it would be worth to know one input before choosing between the programme and nothing.
    ///
    /// # Errors
    ///
    /// [`EconomicsError::Lengths`] when there are fewer draws than blocks.
    pub fn worth_of_knowing(
        &self,
        plan: &Plan,
        case: Case,
        input: usize,
    ) -> Result<f64, EconomicsError> {
        let known: Vec<f64> = self.draws.iter().map(|draw| draw.values[input]).collect();
        partial_information(&known, &self.nets(plan, case), BLOCKS)
    }

    /// What it would be worth to know several inputs together: draws are sorted by the net benefit
    /// that those inputs give where all others have their means.
    ///
    /// Where inputs do not go together and each enters the net benefit in a straight line, that is
    /// all that can be learned from them; otherwise it is somewhat less than that.
    ///
    /// # Errors
    ///
    /// [`EconomicsError::Lengths`] when there are fewer draws than blocks.
    pub fn worth_of_knowing_all(
        &self,
        plan: &Plan,
        case: Case,
        inputs: &[usize],
    ) -> Result<f64, EconomicsError> {
        let means = self.means(plan);
        let net = |draw: &Draw| {
            let mut values = means.clone();
            for at in inputs {
                values[*at] = draw.values[*at];
            }
            totals(plan, &values).net(plan, case)
        };
        let known: Vec<f64> = self.draws.par_iter().map(net).collect();
        partial_information(&known, &self.nets(plan, case), BLOCKS)
    }

    /// The net benefit in each draw, of doing nothing and of the programme.
    fn nets(&self, plan: &Plan, case: Case) -> [Vec<f64>; 2] {
        let net = |draw: &Draw| draw.totals.net(plan, case);
        let nothing = vec![0.0; self.draws.len()];
        [nothing, self.draws.iter().map(net).collect()]
    }

    /// The mean of each input over the draws.
    fn means(&self, plan: &Plan) -> Vec<f64> {
        let mut means = plan.central();
        for at in &self.uncertain {
            let drawn = sum(self.draws.iter().map(|draw| draw.values[*at]));
            means[*at] = drawn / self.draws.len().max(1) as f64;
        }
        means
    }
}
