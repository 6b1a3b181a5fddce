//! Does a hazard ratio stay the same as time goes on?

use super::cox::{Sorted, from_triangle, triangle};
use super::{Band, CoxFit, CoxModel, WholeModelTest, kaplan_meier};
use crate::columns::check_length;
use crate::matrix::{Cholesky, Matrix, dot};
use crate::{Confidence, StatsError};

/// The clock by which a coefficient might drift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Clock {
    /// The share of all subjects that has had the event: even steps by events, and no leverage for
    /// late times.
    #[default]
    KaplanMeier,
    /// Time itself.
    Identity,
    /// The logarithm of time.
    Log,
}

/// Tests of proportional hazards.
#[derive(Debug, Clone, PartialEq)]
pub struct ProportionalHazards {
    /// One test a covariate, with one degree of freedom.
    pub covariates: Vec<WholeModelTest>,
    /// All of them at once.
    pub global: WholeModelTest,
}

/// Could each coefficient have stayed the same all along? Score tests of adding the product of each
/// covariate with the clock to the model, at the fitted coefficients.
///
/// `fit` must be what [`cox`](super::cox) made of `model`. See `docs/methods/proportional-hazards.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`] when the fit has other covariates; [`StatsError::NotFinite`] for the
/// logarithm of an event at time 0; [`StatsError::NothingToCompare`] when the events come at too few
/// different times.
pub fn proportional_hazards(
    model: &CoxModel,
    fit: &CoxFit,
    clock: Clock,
) -> Result<ProportionalHazards, StatsError> {
    let sorted = Sorted::new(model)?;
    check_length(
        "coefficients",
        fit.coefficients.len(),
        sorted.n_covariates(),
    )?;
    let readings = clock.readings(model)?;
    Drift::measure(&sorted, &fit.coefficients, &readings).tests()
}

impl Clock {
    /// What the clock shows at each distinct time, less its mean over the events.
    fn readings(self, model: &CoxModel) -> Result<Vec<f64>, StatsError> {
        let follow_up = model.follow_up;
        let shown: Vec<f64> = match self {
            Self::KaplanMeier => share_gone_before(model),
            Self::Identity => follow_up.times().to_vec(),
            Self::Log => follow_up.times().iter().map(|time| time.ln()).collect(),
        };
        let rows = || (0..follow_up.len()).filter(|&row| follow_up.events()[row]);
        let reading = |row: usize| shown[follow_up.exits()[row] as usize];
        if let Some(at) = rows().find(|&row| !reading(row).is_finite()) {
            return Err(StatsError::NotFinite {
                at,
                value: reading(at),
            });
        }
        let mean = rows().map(reading).sum::<f64>() / follow_up.n_events() as f64;
        Ok(shown.iter().map(|reading| reading - mean).collect())
    }
}

/// 1 − S just before each distinct time, over all strata together.
fn share_gone_before(model: &CoxModel) -> Vec<f64> {
    let curve = kaplan_meier(model.follow_up, Band::Plain, Confidence::default());
    let points = curve.as_ref().map_or(&[][..], |curve| curve.points());
    let gone = |time: &f64| {
        let passed = points.partition_point(|point| point.time < *time);
        passed
            .checked_sub(1)
            .map_or(0.0, |index| 1.0 - points[index].survival)
    };
    model.follow_up.times().iter().map(gone).collect()
}

/// Slope and curvature of the likelihood in the products of covariates with the clock.
struct Drift {
    score: Vec<f64>,
    /// The curvature in the coefficients, in both, and in the products.
    information: [Matrix; 3],
}

impl Drift {
    fn measure(sorted: &Sorted, coefficients: &[f64], readings: &[f64]) -> Self {
        let n = sorted.n_covariates();
        let mut score = vec![0.0; n];
        let mut information = [(); 3].map(|()| vec![0.0; triangle(n)]);
        sorted.walk(&sorted.predictors(coefficients), |step, event_time| {
            let Some(event_time) = event_time else { return };
            let reading = readings[step.time as usize];
            for (covariate, sum) in score.iter_mut().enumerate() {
                *sum += reading * event_time.score(covariate);
            }
            for (power, sums) in information.iter_mut().enumerate() {
                event_time.add_information(reading.powi(power as i32), sums);
            }
        });
        Self {
            score,
            information: information.map(|sums| from_triangle(n, &sums)),
        }
    }

    fn tests(&self) -> Result<ProportionalHazards, StatsError> {
        let n = self.score.len();
        let [own, crossed, _] = &self.information;
        let known = Cholesky::of(own)
            .ok_or(StatsError::NothingToCompare)?
            .inverse();
        let explained = crossed.product(&known).product(crossed);
        let left = Matrix::from_fn(n, n, |row, column| {
            self.information[2][(row, column)] - explained[(row, column)]
        });
        let alone = |covariate: usize| {
            let variance = left[(covariate, covariate)];
            let enough = variance > 1e-10 * self.information[2][(covariate, covariate)];
            enough.then(|| WholeModelTest::new(self.score[covariate].powi(2) / variance, 1))
        };
        let covariates: Option<Vec<WholeModelTest>> = (0..n).map(alone).collect();
        let together = Cholesky::of(&left).ok_or(StatsError::NothingToCompare)?;
        Ok(ProportionalHazards {
            covariates: covariates.ok_or(StatsError::NothingToCompare)?,
            global: WholeModelTest::new(dot(&together.solve(&self.score), &self.score), n),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::{FollowUp, cox};

    const TIMES: [f64; 6] = [9.0, 1.0, 1.0, 6.0, 6.0, 8.0];
    const EVENTS: [bool; 6] = [true, true, false, true, true, false];
    const X: [f64; 6] = [0.0, 1.0, 1.0, 1.0, 0.0, 0.0];

    fn test(times: &[f64], events: &[bool], clock: Clock) -> Result<f64, StatsError> {
        let follow_up = FollowUp::new(times, events).unwrap();
        let columns = [&X[..]];
        let model = CoxModel::new(&follow_up, &columns);
        let fit = cox(&model).unwrap();
        proportional_hazards(&model, &fit, clock).map(|found| found.global.chi_square)
    }

    #[test]
    fn the_clock_s_zero_and_unit_do_not_matter() {
        let doubled = TIMES.map(|time| 2.0 * time);
        for clock in [Clock::KaplanMeier, Clock::Identity, Clock::Log] {
            let (once, twice) = (test(&TIMES, &EVENTS, clock), test(&doubled, &EVENTS, clock));
            assert!((once.unwrap() - twice.unwrap()).abs() < 1e-9, "{clock:?}");
        }
    }

    #[test]
    fn drift_needs_more_than_one_time() {
        let at_once = TIMES.map(|_| 5.0);
        let found = test(
            &at_once,
            &[true, true, false, true, true, false],
            Clock::Identity,
        );
        assert_eq!(found, Err(StatsError::NothingToCompare));
        let early = TIMES.map(|time| if time < 2.0 { 0.0 } else { time });
        assert!(matches!(
            test(&early, &EVENTS, Clock::Log),
            Err(StatsError::NotFinite { at: 1, .. })
        ));
    }
}
