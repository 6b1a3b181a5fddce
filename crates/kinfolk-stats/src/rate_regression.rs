//! Rates that depend on who is counted.

use crate::matrix::{Cholesky, Matrix, dot};
use crate::root::crossing_point;
use crate::tail::{normal_beyond, student_beyond};
use crate::{Confidence, Estimated, Interval, StatsError};

/// Steps after which a fit is given up: a coefficient then grows without end.
const MOST_STEPS: usize = 50;

/// Rounds of coefficients, then spread; each gains two digits or more.
const MOST_ROUNDS: usize = 100;

/// A change of a coefficient below this is rounding.
const AT_REST: f64 = 1e-11;

/// The logarithms of 1/dispersion between which it is sought. Above the upper one the counts spread no
/// more than Poisson's.
const LOG_SHAPES: (f64, f64) = (-12.0, 13.8);

/// Counts with their exposure, and what may go with them.
#[derive(Debug, Clone, Copy)]
pub struct CountRows<'a> {
    /// The events of each person or area.
    pub events: &'a [u64],
    /// The time at risk of each, or another exposure; above 0.
    pub exposure: &'a [f64],
    /// One list for each covariate, as long as the others.
    pub covariates: &'a [Vec<f64>],
}

/// One coefficient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateTerm {
    /// Its logarithm.
    pub log: f64,
    /// The standard error of the logarithm.
    pub standard_error: f64,
    /// The rate (of the baseline), or the ratio of rates for one unit more, with its interval.
    pub ratio: Estimated,
    /// Two-sided, against a rate or a ratio of 1.
    pub p_value: f64,
}

/// A fitted model of rates.
#[derive(Debug, Clone, PartialEq)]
pub struct RateModel {
    /// The rate per unit of exposure where every covariate is 0.
    pub baseline: RateTerm,
    /// The ratio of rates for each covariate, in order.
    pub terms: Vec<RateTerm>,
    /// The spread beyond Poisson's. Quasi-Poisson: the variance over the mean, 1 for Poisson. Negative
    /// binomial: the a in a variance of mean + a·mean², 0 for Poisson.
    pub dispersion: f64,
}

/// How do rates differ, when counts spread by a constant multiple of Poisson's variance? A log-linear
/// model with exposure, and t intervals widened by the spread found (Pearson's).
///
/// `None` without events, with no more rows than coefficients, and when a ratio has no end (a group
/// without events).
///
/// See `docs/methods/rates.md`.
///
/// # Errors
///
/// [`StatsError::RowLength`] when lists differ in length, [`StatsError::Exposure`],
/// [`StatsError::NotFinite`] for a covariate, [`StatsError::Collinear`].
pub fn quasi_poisson(
    rows: CountRows<'_>,
    confidence: Confidence,
) -> Result<Option<RateModel>, StatsError> {
    let design = Design::new(rows)?;
    Ok(design.fit_from_rest(0.0).map(|fit| {
        let degrees = (design.rows.len() - design.n_coefficients()) as f64;
        let dispersion = design.pearson(&fit) / degrees;
        let quantile = confidence.student_quantile(degrees);
        let test = |t: f64| student_beyond(t, degrees);
        design.model(&fit, dispersion, dispersion.sqrt(), &(quantile, &test))
    }))
}

/// How do rates differ, when people have rates of their own? A negative binomial model with exposure
/// (variance mean + a·mean²), by maximum likelihood, with normal intervals.
///
/// `None` as for [`quasi_poisson`]. Counts that spread no more than Poisson's give a dispersion of 0
/// and Poisson's intervals.
///
/// See `docs/methods/rates.md`.
///
/// # Errors
///
/// As for [`quasi_poisson`].
pub fn negative_binomial(
    rows: CountRows<'_>,
    confidence: Confidence,
) -> Result<Option<RateModel>, StatsError> {
    let design = Design::new(rows)?;
    let Some(mut fit) = design.fit_from_rest(0.0) else {
        return Ok(None);
    };
    let mut dispersion = 0.0;
    for _ in 0..MOST_ROUNDS {
        let next = design.dispersion(&fit);
        let Some(refit) = design.fit(next, fit.coefficients) else {
            return Ok(None);
        };
        fit = refit;
        let settled = f64::abs(next - dispersion) <= AT_REST * next;
        dispersion = next;
        if settled {
            let quantile = confidence.normal_quantile();
            return Ok(Some(design.model(
                &fit,
                dispersion,
                1.0,
                &(quantile, &normal_beyond),
            )));
        }
    }
    Err(StatsError::NotConverged {
        iterations: MOST_ROUNDS,
    })
}

/// One row of the table.
struct Row {
    events: f64,
    log_exposure: f64,
    /// 1, then the covariates.
    x: Vec<f64>,
}

struct Design {
    rows: Vec<Row>,
    /// Element j: how many rows have more than j events.
    n_above: Vec<f64>,
}

struct Fit {
    coefficients: Vec<f64>,
    means: Vec<f64>,
    covariance: Matrix,
    log_likelihood: f64,
    dispersion: f64,
}

impl Design {
    fn new(rows: CountRows<'_>) -> Result<Self, StatsError> {
        check(rows)?;
        let row = |at: usize| Row {
            events: rows.events[at] as f64,
            log_exposure: rows.exposure[at].ln(),
            x: std::iter::once(1.0)
                .chain(rows.covariates.iter().map(|covariate| covariate[at]))
                .collect(),
        };
        let most = rows.events.iter().copied().max().unwrap_or(0);
        let above = |j: u64| rows.events.iter().filter(|&&events| events > j).count() as f64;
        let design = Self {
            rows: (0..rows.events.len()).map(row).collect(),
            n_above: (0..most).map(above).collect(),
        };
        design.check_covariates()?;
        Ok(design)
    }

    fn n_coefficients(&self) -> usize {
        self.rows.first().map_or(0, |row| row.x.len())
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
        self.rows.len() > self.n_coefficients() && !self.n_above.is_empty()
    }

    fn cross_products(&self, weight: impl Fn(usize) -> f64) -> Matrix {
        let n = self.n_coefficients();
        let mut sums = Matrix::zeros(n, n);
        for (at, row) in self.rows.iter().enumerate() {
            for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))) {
                sums[(i, j)] += weight(at) * row.x[i] * row.x[j];
            }
        }
        sums
    }

    /// Fits from the overall rate.
    fn fit_from_rest(&self, dispersion: f64) -> Option<Fit> {
        if !self.has_enough() {
            return None;
        }
        let events: f64 = self.rows.iter().map(|row| row.events).sum();
        let exposure: f64 = self.rows.iter().map(|row| row.log_exposure.exp()).sum();
        let mut start = vec![0.0; self.n_coefficients()];
        start[0] = (events / exposure).ln();
        self.fit(dispersion, start)
    }

    /// Fisher's scoring, halving steps that do not climb.
    fn fit(&self, dispersion: f64, start: Vec<f64>) -> Option<Fit> {
        let mut fit = self.at(dispersion, start)?;
        for _ in 0..MOST_STEPS {
            let step = fit.covariance.times(&self.score(&fit));
            let longest = step.iter().fold(0.0_f64, |longest, s| longest.max(s.abs()));
            if longest < AT_REST {
                return Some(fit);
            }
            let moved = |share: f64| -> Vec<f64> {
                fit.coefficients
                    .iter()
                    .zip(&step)
                    .map(|(b, s)| b + share * s)
                    .collect()
            };
            let mut share = 1.0;
            let mut next = self.at(dispersion, moved(share));
            while share > 1e-6
                && next
                    .as_ref()
                    .is_none_or(|next| next.log_likelihood < fit.log_likelihood)
                && longest * share > 1e-6
            {
                share /= 2.0;
                next = self.at(dispersion, moved(share));
            }
            fit = next?;
        }
        None
    }

    fn at(&self, dispersion: f64, coefficients: Vec<f64>) -> Option<Fit> {
        let logs: Vec<f64> = self
            .rows
            .iter()
            .map(|row| row.log_exposure + dot(&row.x, &coefficients))
            .collect();
        let means: Vec<f64> = logs.iter().map(|log| log.exp()).collect();
        let information = self.cross_products(|at| means[at] / (1.0 + dispersion * means[at]));
        let likelihood = |((row, log), mean): ((&Row, &f64), &f64)| {
            if dispersion > 0.0 {
                let spread = (dispersion * mean).ln_1p();
                row.events * (log - spread) - spread / dispersion
            } else {
                row.events * log - mean
            }
        };
        let log_likelihood: f64 = self
            .rows
            .iter()
            .zip(&logs)
            .zip(&means)
            .map(likelihood)
            .sum();
        (log_likelihood.is_finite()).then_some(())?;
        Some(Fit {
            covariance: Cholesky::of(&information)?.inverse(),
            coefficients,
            means,
            log_likelihood,
            dispersion,
        })
    }

    fn score(&self, fit: &Fit) -> Vec<f64> {
        let mut score = vec![0.0; self.n_coefficients()];
        for (row, mean) in self.rows.iter().zip(&fit.means) {
            let residual = (row.events - mean) / (1.0 + fit.dispersion * mean);
            for (sum, x) in score.iter_mut().zip(&row.x) {
                *sum += residual * x;
            }
        }
        score
    }

    /// Pearson's statistic.
    fn pearson(&self, fit: &Fit) -> f64 {
        let rows = self.rows.iter().zip(&fit.means);
        rows.map(|(row, mean)| (row.events - mean).powi(2) / mean)
            .sum()
    }

    /// The likeliest dispersion for these means; 0 when it is too small to tell from Poisson's.
    fn dispersion(&self, fit: &Fit) -> f64 {
        let falling = |log_shape: f64| -self.shape_score(fit, log_shape.exp());
        let (low, high) = LOG_SHAPES;
        if falling(high) <= 0.0 {
            return 0.0;
        }
        (-crossing_point(low, high, falling)).exp()
    }

    /// The slope of the likelihood along the shape 1/dispersion.
    fn shape_score(&self, fit: &Fit, shape: f64) -> f64 {
        let counts: f64 = self
            .n_above
            .iter()
            .enumerate()
            .map(|(j, n)| n / (shape + j as f64))
            .sum();
        let rows = self.rows.iter().zip(&fit.means);
        let means =
            rows.map(|(row, mean)| (mean - row.events) / (mean + shape) - (mean / shape).ln_1p());
        counts + means.sum::<f64>()
    }

    /// `reach` is the quantile of the interval, and the tail beyond a statistic.
    fn model(
        &self,
        fit: &Fit,
        dispersion: f64,
        widening: f64,
        reach: &(f64, &dyn Fn(f64) -> f64),
    ) -> RateModel {
        let term = |at: usize| {
            let log = fit.coefficients[at];
            let standard_error = fit.covariance[(at, at)].sqrt() * widening;
            let limits = Interval::around(log, reach.0 * standard_error);
            RateTerm {
                log,
                standard_error,
                ratio: Estimated {
                    value: log.exp(),
                    interval: (standard_error > 0.0).then(|| Interval {
                        lower: limits.lower.exp(),
                        upper: limits.upper.exp(),
                    }),
                },
                p_value: (reach.1)(log / standard_error),
            }
        };
        RateModel {
            baseline: term(0),
            terms: (1..self.n_coefficients()).map(term).collect(),
            dispersion,
        }
    }
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

    const EVENTS: [u64; 8] = [2, 0, 5, 1, 9, 4, 3, 8];
    const UNEVEN: [u64; 8] = [0, 0, 15, 1, 30, 0, 9, 1];
    const EXPOSURE: [f64; 8] = [1.0, 0.5, 2.0, 1.0, 2.0, 1.0, 0.5, 1.5];
    const GROUP: [f64; 8] = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];

    fn rows<'a>(events: &'a [u64], covariates: &'a [Vec<f64>]) -> CountRows<'a> {
        CountRows {
            events,
            exposure: &EXPOSURE[..events.len()],
            covariates,
        }
    }

    fn close(found: f64, expected: f64) {
        assert!(
            (found - expected).abs() < 1e-9 * expected.abs(),
            "{found} is not {expected}"
        );
    }

    #[test]
    fn two_groups_have_their_own_rates() {
        let covariates = [GROUP.to_vec()];
        let confidence = Confidence::default();
        let found = quasi_poisson(rows(&EVENTS, &covariates), confidence)
            .unwrap()
            .unwrap();
        close(found.baseline.ratio.value, 8.0 / 4.5);
        close(found.terms[0].ratio.value, (24.0 / 5.0) / (8.0 / 4.5));
        // Poisson's variance of a log ratio is 1/8 + 1/24; the spread multiplies it.
        let poisson = (1.0 / 8.0 + 1.0 / 24.0_f64).sqrt();
        close(
            found.terms[0].standard_error,
            poisson * found.dispersion.sqrt(),
        );
    }

    #[test]
    fn counts_no_wider_than_poissons_have_no_extra_spread() {
        let even = [2, 1, 4, 2, 4, 2, 1, 3];
        let covariates: [Vec<f64>; 0] = [];
        let found = negative_binomial(rows(&even, &covariates), Confidence::default());
        let found = found.unwrap().unwrap();
        assert_eq!(found.dispersion, 0.0);
        close(found.baseline.standard_error, 1.0 / 19.0_f64.sqrt());
    }

    #[test]
    fn too_little_to_fit() {
        let confidence = Confidence::default();
        let check = |events: &[u64], covariates: &[Vec<f64>]| {
            assert_eq!(
                quasi_poisson(rows(events, covariates), confidence),
                Ok(None)
            );
            assert_eq!(
                negative_binomial(rows(events, covariates), confidence),
                Ok(None)
            );
        };
        check(&[], &[]);
        check(&[3], &[]);
        check(&[0, 0, 0], &[]);
        check(&[1, 2], &[vec![0.0, 1.0]]);
        // One group has no events: its ratio has no end.
        check(&[0, 0, 0, 0, 9, 4, 3, 8], &[GROUP.to_vec()]);
    }

    #[test]
    fn what_no_table_holds_is_refused() {
        let confidence = Confidence::default();
        let check = |covariates: &[Vec<f64>], expected: StatsError| {
            assert_eq!(
                quasi_poisson(rows(&EVENTS, covariates), confidence),
                Err(expected)
            );
        };
        check(
            &[vec![1.0]],
            StatsError::RowLength {
                expected: 8,
                found: 1,
            },
        );
        check(&[vec![4.0; 8]], StatsError::Collinear { covariate: 0 });
        check(
            &[GROUP.to_vec(), GROUP.to_vec()],
            StatsError::Collinear { covariate: 1 },
        );
        let mut broken = GROUP.to_vec();
        broken[3] = f64::INFINITY;
        check(
            &[broken],
            StatsError::NotFinite {
                at: 3,
                value: f64::INFINITY,
            },
        );
        let nothing = CountRows {
            events: &[1],
            exposure: &[0.0],
            covariates: &[],
        };
        assert_eq!(
            quasi_poisson(nothing, confidence),
            Err(StatsError::Exposure(0.0))
        );
    }

    #[test]
    fn exposure_in_other_units_moves_the_baseline_only() {
        let covariates = [GROUP.to_vec()];
        let days: Vec<f64> = EXPOSURE.iter().map(|years| years * 365.25).collect();
        let confidence = Confidence::default();
        let years = negative_binomial(rows(&UNEVEN, &covariates), confidence)
            .unwrap()
            .unwrap();
        let in_days = CountRows {
            exposure: &days,
            ..rows(&UNEVEN, &covariates)
        };
        let days = negative_binomial(in_days, confidence).unwrap().unwrap();
        close(days.terms[0].ratio.value, years.terms[0].ratio.value);
        close(
            days.baseline.ratio.value * 365.25,
            years.baseline.ratio.value,
        );
        assert!(years.dispersion > 0.1);
        close(days.dispersion, years.dispersion);
    }
}
