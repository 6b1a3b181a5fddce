//! What is known of the coefficients and of the covariance's parameters at the optimum.

use crate::matrix::{Cholesky, Matrix};
use crate::mmrm::DegreesMethod;
use crate::mmrm::objective::{Objective, State};

/// Covariances of the coefficients and of the parameters at the optimum.
#[derive(Debug, Clone)]
pub(super) struct Uncertainty {
    /// C.
    pub(super) model_based: Matrix,
    adjusted: Matrix,
    adjusted_linear: Matrix,
    adjusted_expected: Matrix,
    /// The slopes of C⁻¹ by each parameter.
    pub(super) information_slopes: Vec<Matrix>,
    /// Of the parameters: inverse of the second derivatives.
    observed: Matrix,
    /// Of the parameters: inverse of the expected second derivatives.
    expected: Matrix,
}

impl Uncertainty {
    /// The covariance of the parameters and that of the coefficients.
    pub(super) fn used_by(&self, method: DegreesMethod) -> (&Matrix, &Matrix) {
        match method {
            DegreesMethod::Satterthwaite => (&self.observed, &self.model_based),
            DegreesMethod::KenwardRoger => (&self.observed, &self.adjusted),
            DegreesMethod::KenwardRogerLinear => (&self.observed, &self.adjusted_linear),
            DegreesMethod::KenwardRogerExpected => (&self.expected, &self.adjusted_expected),
        }
    }
}

impl Objective<'_> {
    /// `None` where the parameters are not determined.
    pub(super) fn uncertainty(&self, state: &State) -> Option<Uncertainty> {
        let derivatives = self.derivatives(state);
        let observed = Cholesky::of(&derivatives.observed.symmetrised())?.inverse();
        let expected = Cholesky::of(&derivatives.expected.symmetrised())?.inverse();
        let slopes = self.slopes(state);
        let information_slopes = self.information_slopes(state, &slopes);
        let linear =
            |weights: &Matrix| self.linear_excess(state, (&slopes, &information_slopes), weights);
        let curved = |weights: &Matrix| {
            let mut excess = linear(weights);
            excess.add(-0.25, &self.curved_excess(state, weights));
            excess
        };
        Some(Uncertainty {
            model_based: state.inverse.clone(),
            adjusted: adjusted(&state.inverse, &curved(&observed)),
            adjusted_linear: adjusted(&state.inverse, &linear(&observed)),
            adjusted_expected: adjusted(&state.inverse, &curved(&expected)),
            information_slopes,
            observed,
            expected,
        })
    }

    /// Σᵢⱼ Wᵢⱼ(Qᵢⱼ − PᵢCPⱼ) with Qᵢⱼ = ΣXᵀPVᵢPVⱼPX and Pᵢ the slope of the information
    /// (Kenward and Roger 1997, equation 5).
    fn linear_excess(
        &self,
        state: &State,
        (slopes, information_slopes): (&[Matrix], &[Matrix]),
        weights: &Matrix,
    ) -> Matrix {
        let n = self.design.n_coefficients();
        let mut excess = Matrix::zeros(n, n);
        for (pattern, precision) in self.each(&state.precisions) {
            let turned: Vec<Matrix> = slopes
                .iter()
                .map(|slope| precision.product(slope))
                .collect();
            let middle = weighted_products(&turned, weights).product(precision);
            excess.add(1.0, &self.design.squares(pattern, &middle));
        }
        let (first, inverse) = (information_slopes, &state.inverse);
        for (i, left) in first.iter().enumerate() {
            let along = weighted_sum(first, weights.row(i));
            excess.add(-1.0, &left.product(&inverse.product(&along)));
        }
        excess
    }

    /// Σᵢⱼ WᵢⱼRᵢⱼ with Rᵢⱼ = ΣXᵀPVᵢⱼPX.
    fn curved_excess(&self, state: &State, weights: &Matrix) -> Matrix {
        let (n, n_visits) = (self.design.n_coefficients(), self.design.n_visits());
        let mut curved = Matrix::zeros(n_visits, n_visits);
        for i in 0..weights.n_rows() {
            for j in 0..weights.n_rows() {
                if let Some(curvature) = self.structure.curvature(&state.parameters, i, j) {
                    curved.add(weights[(i, j)], &curvature);
                }
            }
        }
        let mut excess = Matrix::zeros(n, n);
        for (pattern, precision) in self.each(&state.precisions) {
            let middle = precision.product(&curved).product(precision);
            excess.add(1.0, &self.design.squares(pattern, &middle));
        }
        excess
    }
}

/// C + 2·C·excess·C.
fn adjusted(inverse: &Matrix, excess: &Matrix) -> Matrix {
    let mut adjusted = inverse.clone();
    adjusted.add(2.0, &inverse.product(excess).product(inverse));
    adjusted.symmetrised()
}

/// Σᵢⱼ wᵢⱼ·Mᵢ·Mⱼ.
fn weighted_products(matrices: &[Matrix], weights: &Matrix) -> Matrix {
    let n = matrices.first().map_or(0, Matrix::n_rows);
    let mut sum = Matrix::zeros(n, n);
    for (i, matrix) in matrices.iter().enumerate() {
        sum.add(
            1.0,
            &matrix.product(&weighted_sum(matrices, weights.row(i))),
        );
    }
    sum
}

fn weighted_sum(matrices: &[Matrix], weights: &[f64]) -> Matrix {
    let n = matrices.first().map_or(0, Matrix::n_rows);
    let mut sum = Matrix::zeros(n, n);
    for (matrix, &weight) in matrices.iter().zip(weights) {
        sum.add(weight, matrix);
    }
    sum
}
