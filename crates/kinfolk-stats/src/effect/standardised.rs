//! A regression of the outcome within each arm, read off for the treated (g-computation).

use super::linear_model::Design;
use super::{Arms, Effect, Effects, OutcomeKind};
use crate::columns::check_weights;
use crate::regression::{
    Errors, LeastSquares, LogisticErrors, Penalty, Rows, least_squares, logistic,
};
use crate::{Confidence, Contrast, StatsError};

/// With more clusters than this the correction for few clusters changes nothing that is kept, and
/// would cost an eigenvalue problem for each.
const MANY_CLUSTERS: usize = 2000;

/// How do the treated differ from what their outcome would be expected to be as comparators? A
/// regression on covariates within each arm of the matched or weighted sample, averaged over the
/// treated. Without covariates: the difference of weighted means.
///
/// `weights` are taken as given, 0 for whoever does not count. The regression is linear for a measured
/// outcome and logistic for yes or no. Errors are robust: each cluster (a matched pair) on its own
/// where there are clusters, else each subject, with Bell and McCaffrey's correction (CR2) and
/// Satterthwaite's degrees of freedom; with more than 2,000 clusters without the correction. See
/// `docs/methods/effect.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`], [`StatsError::BelowZero`] for a weight;
/// [`StatsError::OneArm`], [`StatsError::ArmTooSmall`], [`StatsError::CellTooSmall`],
/// [`StatsError::TooFewRows`]; [`StatsError::Separated`] where a covariate decides the outcome.
pub fn standardised(
    arms: &Arms,
    weights: &[f64],
    confidence: Confidence,
) -> Result<Effects, StatsError> {
    check_weights(weights, arms.treated.len())?;
    arms.check()?;
    let mut sample = Sampled::new(arms, weights);
    sample.check()?;
    let effects = match arms.kind() {
        OutcomeKind::Measured => sample.measured(confidence),
        OutcomeKind::YesOrNo => {
            sample = sample.without_deciding()?;
            sample.yes_or_no(confidence)
        }
    }?;
    Ok(Effects {
        n_left_out: arms.covariates.len() - sample.covariates.len(),
        ..effects
    })
}

/// Those who count.
struct Sampled {
    treated: Vec<bool>,
    outcome: Vec<f64>,
    weights: Vec<f64>,
    clusters: Option<Vec<usize>>,
    /// Less their mean among the treated; those that say something new within each arm.
    covariates: Vec<Vec<f64>>,
}

impl Sampled {
    fn new(arms: &Arms, weights: &[f64]) -> Self {
        let rows: Vec<usize> = (0..weights.len())
            .filter(|&row| weights[row] > 0.0)
            .collect();
        let of = |values: &[f64]| -> Vec<f64> { rows.iter().map(|&row| values[row]).collect() };
        let treated: Vec<bool> = rows.iter().map(|&row| arms.treated[row]).collect();
        let weights = of(weights);
        let covariates: Vec<Vec<f64>> = arms.covariates.iter().map(|column| of(column)).collect();
        let kept = distinct(&covariates, &treated, &weights);
        Self {
            covariates: kept
                .into_iter()
                .map(|at| centred(&covariates[at], &treated, &weights))
                .collect(),
            outcome: of(arms.outcome),
            clusters: arms
                .clusters
                .map(|labels| rows.iter().map(|&row| labels[row]).collect()),
            treated,
            weights,
        }
    }

    fn check(&self) -> Result<(), StatsError> {
        let arms = Arms {
            treated: &self.treated,
            outcome: &self.outcome,
            covariates: &[],
            clusters: None,
        };
        arms.check()?;
        arms.check_cells()
    }

    /// Treated or not, the covariates, and the covariates of the treated.
    fn columns(&self) -> Vec<Vec<f64>> {
        let treated = self
            .treated
            .iter()
            .map(|&treated| f64::from(u8::from(treated)));
        let of_treated = |column: &Vec<f64>| {
            let rows = column.iter().zip(&self.treated);
            rows.map(|(&x, &treated)| if treated { x } else { 0.0 })
                .collect()
        };
        let mut columns = vec![treated.collect()];
        columns.extend(self.covariates.iter().cloned());
        columns.extend(self.covariates.iter().map(of_treated));
        columns
    }

    fn errors(&self, fit: &LeastSquares) -> Errors {
        if fit.n_clusters() > MANY_CLUSTERS {
            Errors::Cr1
        } else {
            Errors::Cr2
        }
    }

    fn fit(&self, outcome: &[f64], weights: &[f64]) -> Result<LeastSquares, StatsError> {
        let columns = self.columns();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        least_squares(&Rows {
            outcome,
            covariates: &columns,
            weights: Some(weights),
            clusters: self.clusters.as_deref(),
        })
    }

    /// With covariates counted from their mean among the treated, the coefficient of treatment is the
    /// effect, and the intercept the comparators' mean.
    fn measured(&self, confidence: Confidence) -> Result<Effects, StatsError> {
        let fit = self.fit(&self.outcome, &self.weights)?;
        let mean_treated = self.mean_of_treated(|row| self.outcome[row]);
        let misfit = self.mean_of_treated(|row| fit.residuals()[row]);
        let difference = fit.coefficient(1, self.errors(&fit), confidence);
        let value = match difference {
            Some(found) => found.value,
            None => mean_treated - misfit - self.even_mean_of_controls(),
        };
        Ok(Effects {
            mean_treated,
            mean_control: mean_treated - value,
            difference: Effect::difference(value, difference),
            ratio: None,
            odds_ratio: None,
            n_left_out: 0,
        })
    }

    /// The comparators' mean where nothing varies about the regression.
    fn even_mean_of_controls(&self) -> f64 {
        let rows = (0..self.treated.len()).filter(|&row| !self.treated[row]);
        let (sum, total) = rows.fold((0.0, 0.0), |(sum, total), row| {
            (
                sum + self.weights[row] * self.outcome[row],
                total + self.weights[row],
            )
        });
        sum / total
    }

    fn mean_of_treated(&self, value: impl Fn(usize) -> f64) -> f64 {
        let rows = (0..self.treated.len()).filter(|&row| self.treated[row]);
        let (sum, total) = rows.fold((0.0, 0.0), |(sum, total), row| {
            (
                sum + self.weights[row] * value(row),
                total + self.weights[row],
            )
        });
        sum / total
    }

    /// A covariate that decides the outcome in an arm has no coefficient there; the regression goes
    /// without it.
    fn without_deciding(mut self) -> Result<Self, StatsError> {
        loop {
            let columns = self.columns();
            let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
            match logistic(&self.rows(&columns), Penalty::None) {
                Err(StatsError::Separated { covariate }) if covariate > 0 => {
                    let n = self.covariates.len();
                    self.covariates.remove((covariate - 1) % n);
                }
                Err(error) => return Err(error),
                Ok(_) => return Ok(self),
            }
        }
    }

    fn rows<'s>(&'s self, columns: &'s [&'s [f64]]) -> Rows<'s> {
        Rows {
            outcome: &self.outcome,
            covariates: columns,
            weights: Some(&self.weights),
            clusters: self.clusters.as_deref(),
        }
    }

    fn yes_or_no(&self, confidence: Confidence) -> Result<Effects, StatsError> {
        let columns = self.columns();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let model = logistic(&self.rows(&columns), Penalty::None)?;
        let coefficients: Vec<f64> = (0..model.n_coefficients())
            .filter_map(|at| model.coefficient(at, LogisticErrors::Model, confidence))
            .map(|found| found.value)
            .collect();
        let treated = self.share(&coefficients, true);
        let control = self.share(&coefficients, false);
        let working = self.working(&columns, &coefficients)?;
        let errors = self.errors(&working);
        let effect = |value: f64, slopes: [f64; 2]| {
            let weights = treated.slopes.iter().zip(&control.slopes);
            let weights: Vec<f64> = weights
                .map(|(a, b)| slopes[0] * a + slopes[1] * b)
                .collect();
            let along = working.contrast(&weights, errors, confidence)?;
            Contrast::new(
                value,
                along.standard_error,
                along.degrees_of_freedom,
                confidence,
            )
        };
        let (p, q) = (treated.value, control.value);
        let log_ratio = (p / q).ln();
        let log_odds = (p / (1.0 - p)).ln() - (q / (1.0 - q)).ln();
        let odds_slope = |p: f64| 1.0 / (p * (1.0 - p));
        Ok(Effects {
            mean_treated: p,
            mean_control: q,
            difference: Effect::difference(p - q, effect(p - q, [1.0, -1.0])),
            ratio: Some(Effect::ratio(
                log_ratio,
                effect(log_ratio, [1.0 / p, -1.0 / q]),
            )),
            odds_ratio: Some(Effect::ratio(
                log_odds,
                effect(log_odds, [odds_slope(p), -odds_slope(q)]),
            )),
            n_left_out: 0,
        })
    }

    /// The share expected of the treated in either arm, and how it moves with each coefficient.
    fn share(&self, coefficients: &[f64], arm: bool) -> Share {
        let n = self.covariates.len();
        let (own, shared) = (f64::from(u8::from(arm)), &self.covariates);
        let chance = |row: usize| {
            let slopes = (0..n).map(|at| {
                shared[at][row] * (coefficients[2 + at] + own * coefficients[2 + n + at])
            });
            let predictor = coefficients[0] + own * coefficients[1] + slopes.sum::<f64>();
            1.0 / (1.0 + (-predictor).exp())
        };
        let curve = |row: usize| chance(row) * (1.0 - chance(row));
        let mut slopes = vec![self.mean_of_treated(curve)];
        slopes.push(own * slopes[0]);
        let along: Vec<f64> = (0..n)
            .map(|at| self.mean_of_treated(|row| curve(row) * shared[at][row]))
            .collect();
        slopes.extend(&along);
        slopes.extend(along.iter().map(|slope| own * slope));
        Share {
            value: self.mean_of_treated(chance),
            slopes,
        }
    }

    /// The weighted regression that the last step of the logistic one is: same coefficients, and
    /// residuals of which errors for clusters can be made.
    fn working(
        &self,
        columns: &[&[f64]],
        coefficients: &[f64],
    ) -> Result<LeastSquares, StatsError> {
        let predictor = |row: usize| {
            let slopes = columns.iter().zip(&coefficients[1..]);
            coefficients[0] + slopes.map(|(x, slope)| x[row] * slope).sum::<f64>()
        };
        let (mut response, mut weights) = (Vec::new(), Vec::new());
        for (row, &y) in self.outcome.iter().enumerate() {
            let predictor = predictor(row);
            let chance = 1.0 / (1.0 + (-predictor).exp());
            let curve = chance * (1.0 - chance);
            response.push(predictor + (y - chance) / curve);
            weights.push(self.weights[row] * curve);
        }
        self.fit(&response, &weights)
    }
}

struct Share {
    value: f64,
    slopes: Vec<f64>,
}

/// The covariates that say something new within each arm.
fn distinct(covariates: &[Vec<f64>], treated: &[bool], weights: &[f64]) -> Vec<usize> {
    let of = |arm: bool| -> Vec<f64> {
        let rows = treated.iter().zip(weights);
        rows.map(|(&treated, &weight)| if treated == arm { weight } else { 0.0 })
            .collect()
    };
    let columns: Vec<&[f64]> = covariates.iter().map(Vec::as_slice).collect();
    Design::new(&columns, treated.len(), &[&of(true), &of(false)]).kept
}

fn centred(column: &[f64], treated: &[bool], weights: &[f64]) -> Vec<f64> {
    let rows = column.iter().zip(treated.iter().zip(weights));
    let (sum, total) = rows
        .filter(|(_, (treated, _))| **treated)
        .fold((0.0, 0.0), |(sum, total), (x, (_, weight))| {
            (sum + weight * x, total + weight)
        });
    let centre = sum / total;
    column.iter().map(|x| x - centre).collect()
}
