//! The coefficients, and sums over subjects that involve them.

use crate::matrix::Matrix;
use crate::mmrm::contrast::Weights;
use crate::mmrm::patterns::Pattern;
use crate::mmrm::{Effect, Model};

/// A coefficient: a column of what is known of subjects (0 is the constant), at one visit or all.
#[derive(Debug, Clone, Copy)]
struct Coefficient {
    column: usize,
    visit: Option<usize>,
}

/// What was taken from scores and covariates before sums of products were made. Values far from 0
/// would lose digits otherwise.
#[derive(Debug, Clone)]
pub(super) struct Centres {
    pub(super) scores: f64,
    pub(super) covariates: Vec<f64>,
    /// The mean of each covariate over subjects, in centred units.
    pub(super) means: Vec<f64>,
}

/// Which coefficients there are, in centred units. A covariate has a slope for each visit only where
/// each visit has a mean, so that centring changes nothing but the means.
#[derive(Debug, Clone)]
pub(super) struct Design {
    n_visits: usize,
    coefficients: Vec<Coefficient>,
    centres: Centres,
}

impl Design {
    pub(super) fn new(n_visits: usize, model: &Model, centres: Centres) -> Self {
        let effects = std::iter::once(&model.means).chain(&model.covariates);
        let coefficients = effects
            .enumerate()
            .flat_map(|(column, &effect)| coefficients_of(column, effect, n_visits))
            .collect();
        Self {
            n_visits,
            coefficients,
            centres,
        }
    }

    pub(super) fn n_visits(&self) -> usize {
        self.n_visits
    }

    pub(super) fn n_coefficients(&self) -> usize {
        self.coefficients.len()
    }

    /// Σ XᵀMX over the subjects of a pattern; M is 0 for visits not seen.
    pub(super) fn squares(&self, pattern: &Pattern, middle: &Matrix) -> Matrix {
        let n = self.coefficients.len();
        Matrix::from_fn(n, n, |row, column| {
            let (left, right) = (self.coefficients[row], self.coefficients[column]);
            let visits = self.sum_over(middle, left.visit, right.visit);
            pattern.known[(left.column, right.column)] * visits
        })
    }

    /// Σ XᵀMr over the subjects of a pattern, with residuals r = y − X·coefficients.
    pub(super) fn with_residuals(
        &self,
        pattern: &Pattern,
        middle: &Matrix,
        coefficients: &[f64],
    ) -> Vec<f64> {
        let mut residuals = pattern.known_scores.clone();
        let fitted = pattern.known.product(&self.by_visit(pattern, coefficients));
        residuals.add(-1.0, &fitted);
        let product = residuals.product(&middle.transposed());
        self.coefficients
            .iter()
            .map(|coefficient| match coefficient.visit {
                Some(visit) => product[(coefficient.column, visit)],
                None => product.row(coefficient.column).iter().sum(),
            })
            .collect()
    }

    /// Σ rrᵀ over the subjects of a pattern.
    pub(super) fn residual_squares(&self, pattern: &Pattern, coefficients: &[f64]) -> Matrix {
        let by_visit = self.by_visit(pattern, coefficients);
        let mixed = by_visit.transposed().product(&pattern.known_scores);
        let fitted = by_visit
            .transposed()
            .product(&pattern.known.product(&by_visit));
        let mut squares = pattern.scores.clone();
        squares.add(-1.0, &mixed);
        squares.add(-1.0, &mixed.transposed());
        squares.add(1.0, &fitted);
        squares
    }

    /// Σ XCXᵀ over the subjects of a pattern: what estimating the means takes from the residuals.
    pub(super) fn leverage(&self, pattern: &Pattern, inverse: &Matrix) -> Matrix {
        let mut leverage = Matrix::zeros(self.n_visits, self.n_visits);
        for (row, left) in self.coefficients.iter().enumerate() {
            for (column, right) in self.coefficients.iter().enumerate() {
                let weight = pattern.known[(left.column, right.column)] * inverse[(row, column)];
                for first in left.visits_of(pattern) {
                    for second in right.visits_of(pattern) {
                        leverage[(first, second)] += weight;
                    }
                }
            }
        }
        leverage
    }

    /// The coefficients as a table of columns by visits; 0 for visits not seen.
    fn by_visit(&self, pattern: &Pattern, coefficients: &[f64]) -> Matrix {
        let mut table = Matrix::zeros(pattern.known.n_rows(), self.n_visits);
        for (coefficient, value) in self.coefficients.iter().zip(coefficients) {
            for visit in coefficient.visits_of(pattern) {
                table[(coefficient.column, visit)] += value;
            }
        }
        table
    }

    fn sum_over(&self, middle: &Matrix, row: Option<usize>, column: Option<usize>) -> f64 {
        let visits = |visit: Option<usize>| match visit {
            Some(visit) => visit..visit + 1,
            None => 0..self.n_visits,
        };
        visits(row)
            .flat_map(|first| visits(column).map(move |second| (first, second)))
            .map(|place| middle[place])
            .sum()
    }

    /// Weights that give the mean at a visit, at these covariates or at their means.
    pub(super) fn mean_weights(&self, visit: usize, covariates: Option<&[f64]>) -> Option<Weights> {
        let known = match covariates {
            Some(values) if values.len() != self.centres.covariates.len() => return None,
            Some(values) => self.centred(values),
            None => self.centres.means.clone(),
        };
        let weight = |coefficient: &Coefficient| match coefficient.column {
            _ if !coefficient.holds(visit) => 0.0,
            0 => 1.0,
            column => known[column - 1],
        };
        (visit < self.n_visits).then(|| Weights {
            of_coefficients: self.coefficients.iter().map(weight).collect(),
            offset: self.centres.scores,
        })
    }

    fn centred(&self, covariates: &[f64]) -> Vec<f64> {
        let pairs = covariates.iter().zip(&self.centres.covariates);
        pairs.map(|(value, centre)| value - centre).collect()
    }

    /// Weights on centred coefficients that say the same as weights on coefficients whose zero is
    /// that of the covariates: a mean where covariates are 0 lies below the centred one by the
    /// slopes times the centres.
    pub(super) fn centred_weights(&self, weights: &[f64]) -> Weights {
        let mut centred = weights.to_vec();
        let mut offset = 0.0;
        for (mean, &weight) in self.coefficients.iter().zip(weights) {
            if mean.column > 0 {
                continue;
            }
            offset += weight * self.centres.scores;
            for (at, slope) in self.coefficients.iter().enumerate() {
                let same_visit = slope.visit.is_none() || slope.visit == mean.visit;
                if slope.column > 0 && same_visit {
                    centred[at] -= weight * self.centres.covariates[slope.column - 1];
                }
            }
        }
        Weights {
            of_coefficients: centred,
            offset,
        }
    }
}

impl Coefficient {
    fn holds(self, visit: usize) -> bool {
        self.visit.is_none_or(|own| own == visit)
    }

    fn visits_of(self, pattern: &Pattern) -> impl Iterator<Item = usize> {
        let seen = pattern.seen.iter().copied();
        seen.filter(move |&visit| self.holds(visit))
    }
}

fn coefficients_of(column: usize, effect: Effect, n_visits: usize) -> Vec<Coefficient> {
    let visits: Vec<Option<usize>> = match effect {
        Effect::Common => vec![None],
        Effect::PerVisit => (0..n_visits).map(Some).collect(),
    };
    let coefficient = |visit| Coefficient { column, visit };
    visits.into_iter().map(coefficient).collect()
}
