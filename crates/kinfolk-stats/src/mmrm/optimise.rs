//! Newton's method with steps halved until the likelihood rises.

use crate::matrix::{Cholesky, dot};
use crate::mmrm::covariance::smallest_eigenvalue;
use crate::mmrm::objective::{Derivatives, Objective, State};

const MOST_STEPS: usize = 200;
const MOST_HALVINGS: i32 = 40;
/// A square of the distance to the optimum, in standard errors, that counts as none.
const AT_REST: f64 = 1e-18;
/// One below which the likelihood is too flat to tell whether a step has raised it.
const TOO_FLAT_TO_COMPARE: f64 = 1e-6;
/// The part of the promised rise that a step must bring.
const LEAST_RISE: f64 = 1e-4;
/// Correlation matrices with a smaller eigenvalue count as singular.
const BOUNDARY: f64 = 1e-6;
/// A search that comes to grief at a smaller one was on its way there: the likelihood bends so
/// sharply near the edge that no direction can be computed.
const NEAR_THE_BOUNDARY: f64 = 1e-3;

/// The best parameters, and how they were found.
#[derive(Debug, Clone)]
pub(super) struct Optimum {
    pub(super) state: State,
    pub(super) n_steps: usize,
    /// How far the last step still went, in standard errors of the parameters.
    pub(super) last_step: f64,
}

/// Why there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    NotConverged { steps: usize },
    OnTheBoundary,
}

/// A direction, and the square of its length in standard errors.
struct Direction {
    step: Vec<f64>,
    length: f64,
    is_newton: bool,
}

pub(super) fn minimise(objective: &Objective, start: State) -> Result<Optimum, Failure> {
    let mut state = start;
    for n_steps in 1..=MOST_STEPS {
        let covariance = objective.structure.matrix(&state.parameters);
        let edge = smallest_eigenvalue(&covariance);
        if edge < BOUNDARY {
            return Err(Failure::OnTheBoundary);
        }
        let stuck = if edge < NEAR_THE_BOUNDARY {
            Failure::OnTheBoundary
        } else {
            Failure::NotConverged { steps: n_steps }
        };
        let direction = direction(&objective.derivatives(&state)).ok_or(stuck)?;
        let next = step(objective, &state, &direction);
        if direction.is_newton && direction.length < AT_REST {
            return Ok(Optimum {
                state: next.unwrap_or(state),
                n_steps,
                last_step: direction.length.sqrt(),
            });
        }
        state = next.ok_or(stuck)?;
    }
    Err(Failure::NotConverged { steps: MOST_STEPS })
}

/// Newton's where the likelihood bends as at an optimum, else the scoring direction.
fn direction(derivatives: &Derivatives) -> Option<Direction> {
    let newton = Cholesky::of(&derivatives.observed.symmetrised());
    let is_newton = newton.is_some();
    let bend = newton.or_else(|| Cholesky::of(&derivatives.expected.symmetrised()))?;
    let downhill: Vec<f64> = derivatives.gradient.iter().map(|slope| -slope).collect();
    let step = bend.solve(&downhill);
    let length = dot(&step, &downhill);
    length.is_finite().then_some(Direction {
        step,
        length,
        is_newton,
    })
}

fn step(objective: &Objective, state: &State, direction: &Direction) -> Option<State> {
    (0..MOST_HALVINGS).find_map(|halvings| {
        let factor = 0.5_f64.powi(halvings);
        let parameters: Vec<f64> = state
            .parameters
            .iter()
            .zip(&direction.step)
            .map(|(parameter, step)| parameter + factor * step)
            .collect();
        let next = objective.at(&parameters)?;
        let enough = state.value - LEAST_RISE * factor * direction.length;
        let rises = next.value <= enough || direction.length < TOO_FLAT_TO_COMPARE;
        rises.then_some(next)
    })
}
