//! Log-linear models of counts.

use statrs::function::gamma::{digamma, ln_gamma};

use super::CountRows;
use crate::StatsError;
use crate::matrix::{Cholesky, Matrix, dot};
use crate::root::crossing_point;

/// Steps after which a fit is given up: a coefficient then grows without end.
const MOST_STEPS: usize = 50;

/// Halvings of a step that leads down.
const MOST_HALVINGS: usize = 20;

/// A step that moves no logarithm of a mean by more than this is the last: each step doubles the
/// number of digits.
const LAST_STEP: f64 = 1e-7;

/// The logarithms of 1/dispersion between which it is sought. Above the upper one the counts spread no
/// more than Poisson's.
const LOG_SHAPES: (f64, f64) = (-12.0, 13.8);

/// Up to this many events their harmonic sum is added up; beyond, digamma loses no digit that counts.
const ADDED_UP_TO: f64 = 64.0;

/// One row of the table.
struct Row {
    events: f64,
    log_exposure: f64,
    /// 1, then the covariates.
    x: Vec<f64>,
}

impl Row {
    /// Up to what does not depend on the mean.
    fn log_likelihood(&self, log_mean: f64, dispersion: f64) -> f64 {
        if dispersion > 0.0 {
            let spread = (dispersion * log_mean.exp()).ln_1p();
            self.events * (log_mean - spread) - spread / dispersion
        } else {
            self.events * log_mean - log_mean.exp()
        }
    }
}

/// The rows of a log-linear model.
pub(super) struct Design(Vec<Row>);

/// Coefficients, and what follows from them.
pub(super) struct Fit {
    pub(super) coefficients: Vec<f64>,
    means: Vec<f64>,
    log_likelihood: f64,
    pub(super) dispersion: f64,
}

impl Design {
    pub(super) fn new(rows: CountRows<'_>) -> Result<Self, StatsError> {
        check(rows)?;
        let row = |at: usize| Row {
            events: rows.events[at] as f64,
            log_exposure: rows.exposure[at].ln(),
            x: std::iter::once(1.0)
                .chain(rows.covariates.iter().map(|covariate| covariate[at]))
                .collect(),
        };
        let design = Self((0..rows.events.len()).map(row).collect());
        design.check_covariates()?;
        Ok(design)
    }

    pub(super) fn n_coefficients(&self) -> usize {
        self.0.first().map_or(0, |row| row.x.len())
    }

    /// Refuses a covariate that follows from those before it.
    fn check_covariates(&self) -> Result<(), StatsError> {
        let cross = self.cross_products(|_| 1.0);
        let repeats = |upto: &usize| {
            Cholesky::of(&Matrix::from_fn(upto + 1, upto + 1, |i, j| cross[(i, j)])).is_none()
        };
        match (1..self.n_coefficients()).find(repeats) {
            Some(column) if self.has_enough() => Err(StatsError::Collinear {
                covariate: column - 1,
            }),
            _ => Ok(()),
        }
    }

    fn has_enough(&self) -> bool {
        self.0.len() > self.n_coefficients() && self.0.iter().any(|row| row.events > 0.0)
    }

    /// The lower triangle of XᵀWX.
    fn cross_products(&self, weight: impl Fn(usize) -> f64) -> Matrix {
        let n = self.n_coefficients();
        let mut sums = Matrix::zeros(n, n);
        for (at, row) in self.0.iter().enumerate() {
            let weight = weight(at);
            for (i, j) in (0..n).flat_map(|i| (0..=i).map(move |j| (i, j))) {
                sums[(i, j)] += weight * row.x[i] * row.x[j];
            }
        }
        sums
    }

    /// Fits Poisson's model from the overall rate.
    pub(super) fn fit_from_rest(&self) -> Option<Fit> {
        if !self.has_enough() {
            return None;
        }
        let events: f64 = self.0.iter().map(|row| row.events).sum();
        let exposure: f64 = self.0.iter().map(|row| row.log_exposure.exp()).sum();
        let mut start = vec![0.0; self.n_coefficients()];
        start[0] = (events / exposure).ln();
        self.fit(0.0, start)
    }

    /// Newton's method; the likelihood has one peak along the coefficients. `None` when the peak is
    /// infinitely far.
    pub(super) fn fit(&self, dispersion: f64, start: Vec<f64>) -> Option<Fit> {
        let mut fit = self.at(dispersion, start)?;
        for _ in 0..MOST_STEPS {
            let step = self.step(&fit)?;
            let furthest = self
                .0
                .iter()
                .map(|row| dot(&row.x, &step).abs())
                .fold(0.0, f64::max);
            fit = self.climb(&fit, &step)?;
            if furthest < LAST_STEP {
                return Some(fit);
            }
        }
        None
    }

    fn step(&self, fit: &Fit) -> Option<Vec<f64>> {
        let curvature = self.cross_products(|at| {
            let (events, mean) = (self.0[at].events, fit.means[at]);
            mean * (1.0 + fit.dispersion * events) / (1.0 + fit.dispersion * mean).powi(2)
        });
        Some(Cholesky::of(&curvature)?.solve(&self.score(fit)))
    }

    /// From the expected information, as if the dispersion were known.
    pub(super) fn standard_errors(&self, fit: &Fit) -> Option<Vec<f64>> {
        let weight = |at: usize| fit.means[at] / (1.0 + fit.dispersion * fit.means[at]);
        let covariance = Cholesky::of(&self.cross_products(weight))?.inverse();
        Some(
            (0..self.n_coefficients())
                .map(|at| covariance[(at, at)].sqrt())
                .collect(),
        )
    }

    /// The step, or the first of its halves, quarters, … that does not lead down.
    fn climb(&self, fit: &Fit, step: &[f64]) -> Option<Fit> {
        let rounding = 1e-12 * fit.log_likelihood.abs();
        let shares =
            std::iter::successors(Some(1.0), |share| Some(share / 2.0)).take(MOST_HALVINGS);
        let moved = |share: f64| {
            let parts = fit.coefficients.iter().zip(step);
            parts.map(|(b, part)| b + share * part).collect()
        };
        shares
            .filter_map(|share| self.at(fit.dispersion, moved(share)))
            .find(|next| next.log_likelihood >= fit.log_likelihood - rounding)
    }

    /// What follows from these coefficients; `None` where they are out of all bounds.
    fn at(&self, dispersion: f64, coefficients: Vec<f64>) -> Option<Fit> {
        let log_mean = |row: &Row| row.log_exposure + dot(&row.x, &coefficients);
        let logs: Vec<f64> = self.0.iter().map(log_mean).collect();
        let means: Vec<f64> = logs.iter().map(|log| log.exp()).collect();
        let rows = self.0.iter().zip(logs);
        let log_likelihood: f64 = rows
            .map(|(row, log)| row.log_likelihood(log, dispersion))
            .sum();
        log_likelihood.is_finite().then_some(Fit {
            coefficients,
            means,
            log_likelihood,
            dispersion,
        })
    }

    fn score(&self, fit: &Fit) -> Vec<f64> {
        let mut score = vec![0.0; self.n_coefficients()];
        for (row, mean) in self.0.iter().zip(&fit.means) {
            let residual = (row.events - mean) / (1.0 + fit.dispersion * mean);
            for (sum, x) in score.iter_mut().zip(&row.x) {
                *sum += residual * x;
            }
        }
        score
    }

    /// Pearson's statistic.
    pub(super) fn pearson(&self, fit: &Fit) -> f64 {
        let rows = self.0.iter().zip(&fit.means);
        rows.map(|(row, mean)| (row.events - mean).powi(2) / mean)
            .sum()
    }

    /// The likeliest dispersion for these means; 0 when it is too small to tell from Poisson's.
    pub(super) fn dispersion(&self, fit: &Fit) -> f64 {
        let falling = |log_shape: f64| -self.shape_score(fit, log_shape.exp());
        let (low, high) = LOG_SHAPES;
        if falling(high) <= 0.0 {
            return 0.0;
        }
        (-crossing_point(low, high, falling)).exp()
    }

    /// Whether one fit is likelier than another by more than rounding.
    pub(super) fn is_likelier(&self, fit: &Fit, other: &Fit) -> bool {
        let whole = |fit: &Fit| fit.log_likelihood + self.of_spread(fit.dispersion);
        whole(fit) > whole(other) + 1e-9 * whole(other).abs()
    }

    /// What the likelihood owes to the dispersion alone.
    fn of_spread(&self, dispersion: f64) -> f64 {
        self.0
            .iter()
            .map(|row| rising_logarithms(dispersion, row.events))
            .sum()
    }

    /// The slope of the likelihood along the shape 1/dispersion.
    fn shape_score(&self, fit: &Fit, shape: f64) -> f64 {
        let rows = self.0.iter().zip(&fit.means);
        let slope = |(row, mean): (&Row, &f64)| {
            harmonic_sum(shape, row.events) + (mean - row.events) / (mean + shape)
                - (mean / shape).ln_1p()
        };
        rows.map(slope).sum()
    }
}

/// 1/shape + 1/(shape + 1) + … with as many terms as events.
fn harmonic_sum(shape: f64, events: f64) -> f64 {
    if events > ADDED_UP_TO {
        return digamma(shape + events) - digamma(shape);
    }
    (0..events as u32)
        .map(|j| 1.0 / (shape + f64::from(j)))
        .sum()
}

/// ln(1 + dispersion) + ln(1 + 2·dispersion) + … over the events but one; 0 without dispersion.
fn rising_logarithms(dispersion: f64, events: f64) -> f64 {
    if dispersion == 0.0 {
        return 0.0;
    }
    if events > ADDED_UP_TO {
        let shape = 1.0 / dispersion;
        return ln_gamma(shape + events) - ln_gamma(shape) + events * dispersion.ln();
    }
    (0..events as u32)
        .map(|j| (dispersion * f64::from(j)).ln_1p())
        .sum()
}

fn check(rows: CountRows<'_>) -> Result<(), StatsError> {
    let expected = rows.events.len();
    let lengths = rows
        .covariates
        .iter()
        .map(Vec::len)
        .chain([rows.exposure.len()]);
    if let Some(found) = lengths.into_iter().find(|length| *length != expected) {
        return Err(StatsError::RowLength { expected, found });
    }
    if let Some(&exposure) = rows.exposure.iter().find(|e| !(**e > 0.0 && e.is_finite())) {
        return Err(StatsError::Exposure(exposure));
    }
    let values = rows
        .covariates
        .iter()
        .flat_map(|covariate| covariate.iter().enumerate());
    match values.into_iter().find(|(_, value)| !value.is_finite()) {
        Some((at, &value)) => Err(StatsError::NotFinite { at, value }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_to_the_harmonic_sum_agree() {
        for shape in [0.01, 1.0, 37.5, 1e5] {
            let added: f64 = (0..65).map(|j| 1.0 / (shape + f64::from(j))).sum();
            let found = harmonic_sum(shape, 65.0);
            assert!(
                (found - added).abs() < 1e-10 * added,
                "{shape}: {found} {added}"
            );
        }
    }

    #[test]
    fn both_ways_to_the_rising_logarithms_agree() {
        for dispersion in [1e-5, 0.03, 1.0, 100.0] {
            let added: f64 = (0..65).map(|j| (dispersion * f64::from(j)).ln_1p()).sum();
            let found = rising_logarithms(dispersion, 65.0);
            assert!(
                (found - added).abs() < 1e-7 * added,
                "{dispersion}: {found} {added}"
            );
        }
        assert_eq!(rising_logarithms(0.0, 1e6), 0.0);
    }
}
