//! The likelihood, and how it moves with the parameters of the covariance.
//!
//! With V the covariance of the visits seen, P its inverse, C the inverse of ΣXᵀPX, r the residuals
//! at the best coefficients and L = ΣXCXᵀ (restricted likelihood; 0 for the full one), twice the
//! negative log-likelihood has the slope Σ n·tr(PVᵢ) − tr(VᵢP(S + L)P), where S = Σrrᵀ and Vᵢ is the
//! slope of V. All is sums over patterns of products of matrices as large as the number of visits.

use crate::matrix::{Cholesky, Matrix, dot};
use crate::mmrm::Likelihood;
use crate::mmrm::covariance::Structure;
use crate::mmrm::design::Design;
use crate::mmrm::patterns::{Pattern, Patterns};

/// What is minimised: half of the deviance.
#[derive(Debug)]
pub(super) struct Objective<'a> {
    pub(super) design: &'a Design,
    pub(super) patterns: &'a Patterns,
    pub(super) structure: Structure,
    pub(super) likelihood: Likelihood,
}

/// Everything at one value of the parameters.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) parameters: Vec<f64>,
    /// Half of the deviance.
    pub(super) value: f64,
    pub(super) coefficients: Vec<f64>,
    /// C: the covariance of the coefficients, were V known.
    pub(super) inverse: Matrix,
    /// P of each pattern, in its order.
    pub(super) precisions: Vec<Matrix>,
}

/// Slopes and curvatures of half the deviance.
#[derive(Debug)]
pub(super) struct Derivatives {
    pub(super) gradient: Vec<f64>,
    /// The second derivatives.
    pub(super) observed: Matrix,
    /// What they are expected to be.
    pub(super) expected: Matrix,
}

impl Objective<'_> {
    /// `None` where the covariance is not positive definite, or the coefficients cannot be told
    /// apart.
    pub(super) fn at(&self, parameters: &[f64]) -> Option<State> {
        let covariance = self.structure.matrix(parameters);
        Cholesky::of(&covariance)?;
        let mut log_determinants = 0.0;
        let mut precisions = Vec::with_capacity(self.patterns.0.len());
        for pattern in &self.patterns.0 {
            let cholesky = Cholesky::of(&among(&covariance, &pattern.seen))?;
            log_determinants += pattern.n_subjects * cholesky.log_determinant();
            precisions.push(spread(&cholesky.inverse(), pattern, self.design.n_visits()));
        }
        self.with_precisions(parameters, precisions, log_determinants)
    }

    fn with_precisions(
        &self,
        parameters: &[f64],
        precisions: Vec<Matrix>,
        log_determinants: f64,
    ) -> Option<State> {
        let (coefficients, information) = self.coefficients(&precisions)?;
        let residuals: f64 = self
            .each(&precisions)
            .map(|(pattern, precision)| {
                precision.trace_of_product(&self.design.residual_squares(pattern, &coefficients))
            })
            .sum();
        let restriction = match self.likelihood {
            Likelihood::Restricted => information.log_determinant(),
            Likelihood::Full => 0.0,
        };
        let constant = self.free_scores() * std::f64::consts::TAU.ln();
        let value = 0.5 * (log_determinants + restriction + residuals + constant);
        value.is_finite().then(|| State {
            parameters: parameters.to_vec(),
            value,
            coefficients,
            inverse: information.inverse(),
            precisions,
        })
    }

    /// Generalised least squares. A second step from the residuals of the first takes away what
    /// rounding has left.
    fn coefficients(&self, precisions: &[Matrix]) -> Option<(Vec<f64>, Cholesky)> {
        let n = self.design.n_coefficients();
        let mut information = Matrix::zeros(n, n);
        for (pattern, precision) in self.each(precisions) {
            information.add(1.0, &self.design.squares(pattern, precision));
        }
        let information = Cholesky::of(&information)?;
        let mut coefficients = vec![0.0; n];
        for _ in 0..2 {
            let score = self.score(precisions, &coefficients);
            for (coefficient, step) in coefficients.iter_mut().zip(information.solve(&score)) {
                *coefficient += step;
            }
        }
        Some((coefficients, information))
    }

    fn score(&self, precisions: &[Matrix], coefficients: &[f64]) -> Vec<f64> {
        let mut score = vec![0.0; self.design.n_coefficients()];
        for (pattern, precision) in self.each(precisions) {
            let part = self.design.with_residuals(pattern, precision, coefficients);
            add(&mut score, &part);
        }
        score
    }

    /// Scores, less one for each coefficient that the restricted likelihood sets aside.
    pub(super) fn free_scores(&self) -> f64 {
        let set_aside = match self.likelihood {
            Likelihood::Restricted => self.design.n_coefficients() as f64,
            Likelihood::Full => 0.0,
        };
        self.patterns.n_scores() - set_aside
    }

    pub(super) fn each<'a>(
        &'a self,
        precisions: &'a [Matrix],
    ) -> impl Iterator<Item = (&'a Pattern, &'a Matrix)> {
        self.patterns.0.iter().zip(precisions)
    }

    /// Rough covariances: those of the residuals of ordinary least squares, from the subjects seen
    /// at both visits.
    pub(super) fn rough_covariance(&self) -> Option<Matrix> {
        let n = self.design.n_visits();
        let units = |pattern: &Pattern| spread(&Matrix::identity(pattern.seen.len()), pattern, n);
        let precisions: Vec<Matrix> = self.patterns.0.iter().map(units).collect();
        let (coefficients, _) = self.coefficients(&precisions)?;
        let mut rough = Matrix::zeros(n, n);
        for pattern in &self.patterns.0 {
            rough.add(1.0, &self.design.residual_squares(pattern, &coefficients));
        }
        let rough = Matrix::from_fn(n, n, |row, column| {
            rough[(row, column)] / self.patterns.seen_at_both(row, column).max(1.0)
        });
        Some(self.filled(rough))
    }

    /// A visit at which nobody was seen varies, and goes with the others, as those do on average: it needs
    /// somewhere to start from where the visits share one mean.
    fn filled(&self, rough: Matrix) -> Matrix {
        let n = rough.n_rows();
        let is_seen = |visit: &usize| self.patterns.seen_at_both(*visit, *visit) > 0.0;
        let seen: Vec<usize> = (0..n).filter(is_seen).collect();
        if seen.len() == n {
            return rough;
        }
        let average = |of_pairs: bool| {
            let cells = seen.iter().flat_map(|&a| seen.iter().map(move |&b| (a, b)));
            let cells: Vec<f64> = cells
                .filter(|(a, b)| (a != b) == of_pairs)
                .map(|cell| rough[cell])
                .collect();
            cells.iter().sum::<f64>() / cells.len().max(1) as f64
        };
        let (variance, covariance) = (average(false), average(true));
        Matrix::from_fn(n, n, |row, column| {
            match is_seen(&row) && is_seen(&column) {
                true => rough[(row, column)],
                false if row == column => variance,
                false => covariance,
            }
        })
    }

    pub(super) fn derivatives(&self, state: &State) -> Derivatives {
        let slopes = self.slopes(state);
        let n = slopes.len();
        let mut sums = Derivatives {
            gradient: vec![0.0; n],
            observed: Matrix::zeros(n, n),
            expected: Matrix::zeros(n, n),
        };
        let mut pressure = Matrix::zeros(self.design.n_visits(), self.design.n_visits());
        for (pattern, precision) in self.each(&state.precisions) {
            let excess = self.add_pattern(&mut sums, state, (pattern, precision), &slopes);
            pressure.add(0.5, &excess);
        }
        for (i, slope) in slopes.iter().enumerate() {
            sums.gradient[i] = slope.trace_of_product(&pressure);
            for j in 0..n {
                if let Some(curvature) = self.structure.curvature(&state.parameters, i, j) {
                    sums.observed[(i, j)] += curvature.trace_of_product(&pressure);
                }
            }
        }
        self.add_coefficients(&mut sums, state, &slopes);
        sums
    }

    pub(super) fn slopes(&self, state: &State) -> Vec<Matrix> {
        (0..self.structure.n_parameters())
            .map(|by| self.structure.slope(&state.parameters, by))
            .collect()
    }

    /// What one pattern adds, the coefficients taken as they are. Returns n·P − P(S + L)P, the slope
    /// of the deviance in the entries of V.
    fn add_pattern(
        &self,
        sums: &mut Derivatives,
        state: &State,
        (pattern, precision): (&Pattern, &Matrix),
        slopes: &[Matrix],
    ) -> Matrix {
        let leverage = match self.likelihood {
            Likelihood::Restricted => self.design.leverage(pattern, &state.inverse),
            Likelihood::Full => Matrix::zeros(precision.n_rows(), precision.n_rows()),
        };
        let mut spread = self.design.residual_squares(pattern, &state.coefficients);
        spread.add(1.0, &leverage);
        let (spread, leverage) = (precision.product(&spread), precision.product(&leverage));
        let turned: Vec<Matrix> = slopes
            .iter()
            .map(|slope| precision.product(slope))
            .collect();
        // tr(PVᵢPVⱼP(S + L)) is the same with i and j changed, so half of the pairs are enough.
        for (j, second) in turned.iter().enumerate() {
            let with_spread = second.product(&spread).transposed();
            let with_leverage = second.product(&leverage).transposed();
            let alone = second.transposed();
            for (i, first) in turned[..=j].iter().enumerate() {
                let both = 0.5 * pattern.n_subjects * first.inner_product(&alone);
                add_both(
                    &mut sums.observed,
                    (i, j),
                    first.inner_product(&with_spread) - both,
                );
                add_both(
                    &mut sums.expected,
                    (i, j),
                    both - first.inner_product(&with_leverage),
                );
            }
        }
        let mut excess = Matrix::zeros(precision.n_rows(), precision.n_rows());
        excess.add(pattern.n_subjects, precision);
        excess.add(-1.0, &spread.product(precision));
        excess
    }

    /// What is added because the coefficients move with the parameters.
    fn add_coefficients(&self, sums: &mut Derivatives, state: &State, slopes: &[Matrix]) {
        let pulls: Vec<Vec<f64>> = slopes.iter().map(|slope| self.pull(state, slope)).collect();
        let moved: Vec<Vec<f64>> = pulls.iter().map(|pull| state.inverse.times(pull)).collect();
        let turned = match self.likelihood {
            Likelihood::Restricted => self.turned_information(state, slopes),
            Likelihood::Full => Vec::new(),
        };
        for (i, pull) in pulls.iter().enumerate() {
            for (j, moved) in moved.iter().enumerate() {
                sums.observed[(i, j)] -= dot(pull, moved);
            }
        }
        for (i, first) in turned.iter().enumerate() {
            for (j, second) in turned.iter().enumerate() {
                let both = 0.5 * first.trace_of_product(second);
                sums.observed[(i, j)] -= both;
                sums.expected[(i, j)] += both;
            }
        }
    }

    /// ΣXᵀPVᵢPr.
    fn pull(&self, state: &State, slope: &Matrix) -> Vec<f64> {
        let mut pull = vec![0.0; self.design.n_coefficients()];
        for (pattern, precision) in self.each(&state.precisions) {
            let middle = precision.product(slope).product(precision);
            let part = self
                .design
                .with_residuals(pattern, &middle, &state.coefficients);
            add(&mut pull, &part);
        }
        pull
    }

    /// C times the slope of C⁻¹, for each parameter.
    fn turned_information(&self, state: &State, slopes: &[Matrix]) -> Vec<Matrix> {
        self.information_slopes(state, slopes)
            .iter()
            .map(|slope| state.inverse.product(slope))
            .collect()
    }

    /// −ΣXᵀPVᵢPX.
    pub(super) fn information_slopes(&self, state: &State, slopes: &[Matrix]) -> Vec<Matrix> {
        let n = self.design.n_coefficients();
        let slope_of = |slope: &Matrix| {
            let mut sum = Matrix::zeros(n, n);
            for (pattern, precision) in self.each(&state.precisions) {
                let middle = precision.product(slope).product(precision);
                sum.add(-1.0, &self.design.squares(pattern, &middle));
            }
            sum
        };
        slopes.iter().map(slope_of).collect()
    }
}

/// The rows and columns of the visits seen.
fn among(covariance: &Matrix, seen: &[usize]) -> Matrix {
    Matrix::from_fn(seen.len(), seen.len(), |row, column| {
        covariance[(seen[row], seen[column])]
    })
}

/// The same back in the places of all visits, with 0 elsewhere.
fn spread(small: &Matrix, pattern: &Pattern, n_visits: usize) -> Matrix {
    let mut large = Matrix::zeros(n_visits, n_visits);
    for (row, &first) in pattern.seen.iter().enumerate() {
        for (column, &second) in pattern.seen.iter().enumerate() {
            large[(first, second)] = small[(row, column)];
        }
    }
    large
}

fn add(sum: &mut [f64], part: &[f64]) {
    for (value, more) in sum.iter_mut().zip(part) {
        *value += more;
    }
}

/// Adds to an entry and to its mirror image.
fn add_both(matrix: &mut Matrix, (row, column): (usize, usize), value: f64) {
    matrix[(row, column)] += value;
    if row != column {
        matrix[(column, row)] += value;
    }
}
