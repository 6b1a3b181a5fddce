//! The covariance between visits as a function of few parameters.

use crate::matrix::{Cholesky, Matrix, SymmetricEigen};
use crate::mmrm::Covariance;

/// Correlations of a first guess that is not positive definite are made smaller by this factor,
/// again and again.
const SHRINK: f64 = 0.8;
const MOST_SHRINKS: usize = 60;

/// A covariance for a number of visits. Each entry is a product of powers of parameters; a table
/// of those powers gives the matrix and its derivatives for all kinds alike.
///
/// The parameters are those in which the kind is usually written: covariances, or variances and
/// correlations where visits differ in variance or the correlation decays.
#[derive(Debug, Clone, Copy)]
pub(super) struct Structure {
    kind: Covariance,
    n_visits: usize,
}

/// A parameter and its power.
type Factor = (usize, f64);

impl Structure {
    pub(super) fn new(kind: Covariance, n_visits: usize) -> Self {
        Self { kind, n_visits }
    }

    pub(super) fn n_parameters(self) -> usize {
        let n = self.n_visits;
        match self.kind {
            Covariance::Unstructured => n * (n + 1) / 2,
            Covariance::HeterogeneousToeplitz => 2 * n - 1,
            Covariance::Toeplitz => n,
            Covariance::Autoregressive | Covariance::CompoundSymmetry => n.min(2),
        }
    }

    /// Which parameters make up an entry.
    fn factors(self, row: usize, column: usize) -> Vec<Factor> {
        let (first, second) = (row.min(column), row.max(column));
        let apart = second - first;
        match self.kind {
            Covariance::Unstructured => vec![(second * (second + 1) / 2 + first, 1.0)],
            Covariance::HeterogeneousToeplitz if apart == 0 => vec![(first, 1.0)],
            Covariance::HeterogeneousToeplitz => {
                vec![
                    (first, 0.5),
                    (second, 0.5),
                    (self.n_visits + apart - 1, 1.0),
                ]
            }
            Covariance::Toeplitz => vec![(apart, 1.0)],
            Covariance::Autoregressive if apart == 0 => vec![(0, 1.0)],
            Covariance::Autoregressive => vec![(0, 1.0), (1, apart as f64)],
            Covariance::CompoundSymmetry => vec![(apart.min(1), 1.0)],
        }
    }

    /// The matrix of all visits.
    pub(super) fn matrix(self, parameters: &[f64]) -> Matrix {
        self.filled(|factors| value(factors, parameters))
    }

    /// Its derivative by a parameter.
    pub(super) fn slope(self, parameters: &[f64], by: usize) -> Matrix {
        self.filled(|factors| {
            let (factor, rest) = derived(factors.to_vec(), by);
            scaled(factor, &rest, parameters)
        })
    }

    /// Its second derivative; `None` where every entry is 0.
    pub(super) fn curvature(self, parameters: &[f64], by: usize, and_by: usize) -> Option<Matrix> {
        if self.is_linear() {
            return None;
        }
        let curvature = self.filled(|factors| {
            let (factor, rest) = derived(factors.to_vec(), by);
            let (again, rest) = derived(rest, and_by);
            scaled(factor * again, &rest, parameters)
        });
        Some(curvature)
    }

    fn is_linear(self) -> bool {
        !matches!(
            self.kind,
            Covariance::HeterogeneousToeplitz | Covariance::Autoregressive
        )
    }

    fn filled(self, entry: impl Fn(&[Factor]) -> f64) -> Matrix {
        let n = self.n_visits;
        Matrix::from_fn(n, n, |row, column| entry(&self.factors(row, column)))
    }

    /// Parameters near a rough covariance matrix, for which the structure is positive definite.
    /// `None` when there are none, as when a variance is 0.
    pub(super) fn start(self, rough: &Matrix) -> Option<Vec<f64>> {
        let mut factor = 1.0;
        for _ in 0..MOST_SHRINKS {
            let parameters = self.nearest(&shrunk(rough, factor));
            if Cholesky::of(&self.matrix(&parameters)).is_some() {
                return Some(parameters);
            }
            factor *= SHRINK;
        }
        None
    }

    /// Averages of the entries, or of the correlations, that each parameter stands for.
    fn nearest(self, rough: &Matrix) -> Vec<f64> {
        let n = self.n_visits;
        let variance = |visit: usize| rough[(visit, visit)];
        let correlation = |a: usize, b: usize| rough[(a, b)] / (variance(a) * variance(b)).sqrt();
        let entry = |a: usize, b: usize| rough[(a, b)];
        let all = average(n, 0, entry);
        match self.kind {
            Covariance::Unstructured => (0..n)
                .flat_map(|second| (0..=second).map(move |first| rough[(first, second)]))
                .collect(),
            Covariance::HeterogeneousToeplitz => (0..n)
                .map(variance)
                .chain((1..n).map(|apart| average(n, apart, correlation)))
                .collect(),
            Covariance::Toeplitz => (0..n).map(|apart| average(n, apart, entry)).collect(),
            Covariance::Autoregressive if n > 1 => vec![all, average(n, 1, correlation)],
            Covariance::CompoundSymmetry if n > 1 => {
                let covariances: f64 = (1..n).map(|apart| average(n, apart, entry)).sum();
                vec![all, covariances / (n - 1) as f64]
            }
            Covariance::Autoregressive | Covariance::CompoundSymmetry => vec![all],
        }
    }

    /// Whether the entries for two visits hold a parameter that must be learnt from subjects seen
    /// at both: then the visits that could teach it.
    pub(super) fn teachers(self, first: usize, second: usize) -> Vec<(usize, usize)> {
        let n = self.n_visits;
        let apart = second - first;
        let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
        match self.kind {
            Covariance::Unstructured => vec![(first, second)],
            Covariance::HeterogeneousToeplitz | Covariance::Toeplitz => {
                pairs.filter(|(a, b)| b - a == apart).collect()
            }
            Covariance::Autoregressive | Covariance::CompoundSymmetry => pairs.collect(),
        }
    }
}

/// The smallest eigenvalue of the correlation matrix: 0 where one visit is determined by others.
pub(super) fn smallest_eigenvalue(covariance: &Matrix) -> f64 {
    let n = covariance.n_rows();
    let deviation = |visit: usize| covariance[(visit, visit)].sqrt();
    let correlation = Matrix::from_fn(n, n, |row, column| {
        covariance[(row, column)] / (deviation(row) * deviation(column))
    });
    let values = SymmetricEigen::of(&correlation).values;
    values.into_iter().fold(f64::INFINITY, f64::min)
}

/// The average over all pairs of visits that are so far apart.
fn average(n: usize, apart: usize, of: impl Fn(usize, usize) -> f64) -> f64 {
    let sum: f64 = (0..n - apart).map(|first| of(first, first + apart)).sum();
    sum / (n - apart) as f64
}

/// The same variances with smaller covariances.
fn shrunk(rough: &Matrix, factor: f64) -> Matrix {
    let n = rough.n_rows();
    Matrix::from_fn(n, n, |row, column| {
        rough[(row, column)] * if row == column { 1.0 } else { factor }
    })
}

fn value(factors: &[Factor], parameters: &[f64]) -> f64 {
    factors
        .iter()
        .map(|&(parameter, power)| raised(parameters[parameter], power))
        .product()
}

/// Whole powers by multiplication, halves by the root: both give the same bits on every processor.
fn raised(base: f64, power: f64) -> f64 {
    if power.fract() == 0.0 {
        base.powi(power as i32)
    } else {
        base.sqrt() * base.powi(power.floor() as i32)
    }
}

fn scaled(factor: f64, factors: &[Factor], parameters: &[f64]) -> f64 {
    if factor == 0.0 {
        0.0
    } else {
        factor * value(factors, parameters)
    }
}

/// The power that comes down, and the product that is left; 0 where the parameter does not occur.
fn derived(mut factors: Vec<Factor>, by: usize) -> (f64, Vec<Factor>) {
    let Some(at) = factors.iter().position(|&(parameter, _)| parameter == by) else {
        return (0.0, factors);
    };
    let power = factors[at].1;
    factors[at].1 -= 1.0;
    (power, factors)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: f64 = 1e-6;

    fn parameters(kind: Covariance) -> Vec<f64> {
        match kind {
            Covariance::Unstructured => vec![4.0, 1.5, 5.0, 1.0, 2.0, 6.0],
            Covariance::HeterogeneousToeplitz => vec![4.0, 5.0, 6.0, 0.5, 0.3],
            Covariance::Toeplitz => vec![4.0, 1.5, 0.7],
            Covariance::Autoregressive => vec![4.0, 0.6],
            Covariance::CompoundSymmetry => vec![4.0, 1.5],
        }
    }

    fn moved(parameters: &[f64], by: usize, step: f64) -> Vec<f64> {
        let mut moved = parameters.to_vec();
        moved[by] += step;
        moved
    }

    #[track_caller]
    fn close(found: &Matrix, upper: &Matrix, lower: &Matrix) {
        for (row, column) in (0..3).flat_map(|r| (0..3).map(move |c| (r, c))) {
            let slope = (upper[(row, column)] - lower[(row, column)]) / (2.0 * STEP);
            assert!((found[(row, column)] - slope).abs() < 1e-8, "{found:?}");
        }
    }

    #[test]
    fn slopes_and_curvatures_are_those_of_small_steps() {
        for kind in Covariance::LADDER {
            let structure = Structure::new(kind, 3);
            let at = parameters(kind);
            assert_eq!(at.len(), structure.n_parameters());
            for by in 0..at.len() {
                let (up, down) = (moved(&at, by, STEP), moved(&at, by, -STEP));
                close(
                    &structure.slope(&at, by),
                    &structure.matrix(&up),
                    &structure.matrix(&down),
                );
                for and_by in 0..at.len() {
                    let none = Matrix::zeros(3, 3);
                    let found = structure.curvature(&at, by, and_by).unwrap_or(none);
                    close(
                        &found,
                        &structure.slope(&up, and_by),
                        &structure.slope(&down, and_by),
                    );
                }
            }
        }
    }

    #[test]
    fn a_start_recovers_a_matrix_of_its_own_kind() {
        for kind in Covariance::LADDER {
            let structure = Structure::new(kind, 3);
            let at = parameters(kind);
            let found = structure.start(&structure.matrix(&at)).unwrap();
            for (found, expected) in found.iter().zip(&at) {
                assert!((found - expected).abs() < 1e-12, "{kind:?}");
            }
        }
    }

    #[test]
    fn a_start_that_contradicts_itself_is_drawn_in() {
        let rough = Matrix::from_fn(3, 3, |row, column| {
            [[1.0, 0.9, -0.9], [0.9, 1.0, 0.9], [-0.9, 0.9, 1.0]][row][column]
        });
        for kind in Covariance::LADDER {
            let structure = Structure::new(kind, 3);
            let start = structure.start(&rough).unwrap();
            assert!(Cholesky::of(&structure.matrix(&start)).is_some());
        }
        let flat = Structure::new(Covariance::Unstructured, 2).start(&Matrix::zeros(2, 2));
        assert_eq!(flat, None);
    }
}
