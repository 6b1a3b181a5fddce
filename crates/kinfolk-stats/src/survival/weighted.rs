//! Curves and mean times of subjects that count by weights, as after weighting to an arm like another.

use super::follow_up::FollowUp;
use super::{Band, RestrictedMean};
use crate::columns::check_column;
use crate::{Confidence, Estimated, Interval, StatsError};

/// One step of a weighted curve: a time at which somebody left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedPoint {
    /// The time.
    pub time: f64,
    /// The weight at risk just before it.
    pub at_risk: f64,
    /// The weight of the events at it.
    pub events: f64,
    /// The share still without the event just after it, in 0..=1.
    pub survival: f64,
    /// Its standard error; `None` once the share is 0.
    pub standard_error: Option<f64>,
    /// The band; `None` once the share is 0, and for the log-log band while it is 1.
    pub interval: Option<Interval>,
}

/// A weighted curve, as steps in ascending time.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedCurve(Vec<WeightedPoint>);

impl WeightedCurve {
    /// The steps.
    pub fn points(&self) -> &[WeightedPoint] {
        &self.0
    }

    /// What share is still without the event at a time? `None` after the last time seen, unless the
    /// curve has come down to 0 by then.
    pub fn at(&self, time: f64) -> Option<Estimated> {
        let passed = self.0.partition_point(|point| point.time <= time);
        let Some(point) = passed.checked_sub(1).map(|at| self.0[at]) else {
            return Some(Estimated {
                value: 1.0,
                interval: None,
            });
        };
        let is_seen = passed < self.0.len() || point.time == time;
        (is_seen || point.survival == 0.0).then_some(Estimated {
            value: point.survival,
            interval: point.interval,
        })
    }
}

/// What share is still without the event at each time, each subject counting by its weight? The
/// product-limit estimate, with errors from what each subject contributes (the infinitesimal jackknife):
/// they need no whole weights, and with weights of 1 they are Greenwood's.
///
/// Weights are above 0, and taken as given: that they were estimated is left out, which makes the errors
/// of a treated arm's comparators a little too wide as a rule. `None` without subjects. See
/// `docs/methods/weighted-survival.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`]; [`StatsError::Weight`] for one that is
/// not above 0.
pub fn weighted_kaplan_meier(
    follow_up: &FollowUp,
    weights: &[f64],
    band: Band,
    confidence: Confidence,
) -> Result<Option<WeightedCurve>, StatsError> {
    check_weights(follow_up, weights)?;
    let z = confidence.normal_quantile();
    let mut spread = Spread::new(follow_up, weights);
    let mut survival = 1.0;
    let points: Vec<WeightedPoint> = tally(follow_up, weights)
        .into_iter()
        .map(|at| {
            survival *= at.kept();
            let relative = spread.up_to(&at).sqrt();
            let is_open = survival > 0.0;
            WeightedPoint {
                time: follow_up.times()[at.time],
                at_risk: at.at_risk,
                events: at.events,
                survival,
                standard_error: is_open.then_some(survival * relative),
                interval: is_open
                    .then(|| band.limits(survival, z * relative))
                    .flatten(),
            }
        })
        .collect();
    Ok((!points.is_empty()).then_some(WeightedCurve(points)))
}

/// How long does a subject stay without the event within the horizon, on the weighted average? Errors as
/// for [`weighted_kaplan_meier`].
///
/// # Errors
///
/// Those of [`weighted_kaplan_meier`], and [`StatsError::Horizon`] as for
/// [`restricted_mean`](super::restricted_mean()).
pub fn weighted_restricted_mean(
    follow_up: &FollowUp,
    weights: &[f64],
    horizon: f64,
    confidence: Confidence,
) -> Result<RestrictedMean, StatsError> {
    let area = WeightedArea::new(follow_up, weights, horizon)?;
    let influence = area.influence(follow_up, weights);
    let standard_error = influence.iter().map(|own| own * own).sum::<f64>().sqrt();
    let value = area.value;
    let margin = confidence.normal_quantile() * standard_error;
    Ok(RestrictedMean {
        horizon,
        value,
        standard_error,
        interval: Interval {
            lower: (value - margin).max(0.0),
            upper: (value + margin).min(horizon),
        },
    })
}

fn check_weights(follow_up: &FollowUp, weights: &[f64]) -> Result<(), StatsError> {
    check_column("weights", weights, follow_up.len())?;
    match weights.iter().position(|weight| *weight <= 0.0) {
        None => Ok(()),
        Some(at) => Err(StatsError::Weight {
            at,
            value: weights[at],
        }),
    }
}

/// What happens at one time at which somebody leaves, in weight.
#[derive(Debug, Clone, PartialEq)]
struct WeightedTally {
    /// The position of the time.
    time: usize,
    at_risk: f64,
    events: f64,
}

impl WeightedTally {
    /// The share of those at risk to whom nothing happens; all of them leaving leaves nothing, whatever
    /// rounding says.
    fn kept(&self) -> f64 {
        let kept = 1.0 - self.events / self.at_risk;
        if kept < EMPTY { 0.0 } else { kept }
    }

    /// By how much one unit of weight at risk moves the logarithm of the curve.
    fn slope(&self) -> f64 {
        match self.kept() {
            0.0 => 0.0,
            kept => self.events / (self.at_risk * self.at_risk * kept),
        }
    }

    /// The same of one unit of weight to which the event happens.
    fn jump(&self) -> f64 {
        match self.kept() {
            0.0 => 0.0,
            kept => 1.0 / (self.at_risk * kept),
        }
    }
}

/// A share of the weight at risk that is rounding.
const EMPTY: f64 = 1e-12;

/// One entry for each distinct time of leaving, ascending. The weight at risk is summed anew from those
/// who leave later, so that nothing is left of it at the end.
fn tally(follow_up: &FollowUp, weights: &[f64]) -> Vec<WeightedTally> {
    let n_times = follow_up.times().len();
    let (mut events, mut leaving, mut entering) =
        (vec![0.0; n_times], vec![0.0; n_times], vec![0.0; n_times]);
    for (row, &weight) in weights.iter().enumerate() {
        let exit = follow_up.exits()[row] as usize;
        leaving[exit] += weight;
        if follow_up.events()[row] {
            events[exit] += weight;
        }
        if let Some(entries) = follow_up.entries() {
            entering[entries[row] as usize] += weight;
        }
    }
    let mut at_risk = 0.0;
    let mut found = Vec::new();
    for time in (0..n_times).rev() {
        // Whoever enters at a time is at risk only after it.
        at_risk += leaving[time] - entering[time];
        if leaving[time] > 0.0 {
            found.push(WeightedTally {
                time,
                at_risk,
                events: events[time],
            });
        }
    }
    found.reverse();
    found
}

/// The sum over subjects of the squares of what each contributes to the logarithm of the curve, as time
/// goes on.
struct Spread<'a> {
    follow_up: &'a FollowUp,
    weights: &'a [f64],
    /// Rows by the time at which they leave, and by that at which they enter.
    leaving: Vec<Vec<usize>>,
    entering: Vec<Vec<usize>>,
    next: usize,
    /// What one unit of weight at risk from the start has contributed so far.
    so_far: f64,
    /// So far at the entry of each row.
    at_entry: Vec<f64>,
    /// Of those at risk: the sums of w², w²·a and w²·a², a being so far at entry.
    open: [f64; 3],
    closed: f64,
}

impl<'a> Spread<'a> {
    fn new(follow_up: &'a FollowUp, weights: &'a [f64]) -> Self {
        let n_times = follow_up.times().len();
        let mut spread = Self {
            follow_up,
            weights,
            leaving: by_time(follow_up.exits(), n_times),
            entering: by_time(follow_up.entries().unwrap_or_default(), n_times),
            next: 0,
            so_far: 0.0,
            at_entry: vec![0.0; weights.len()],
            open: [0.0; 3],
            closed: 0.0,
        };
        if follow_up.entries().is_none() {
            spread.open[0] = weights.iter().map(|w| w * w).sum();
        }
        spread
    }

    /// The sum after a time of leaving; times must come in order.
    fn up_to(&mut self, at: &WeightedTally) -> f64 {
        for time in self.next..at.time {
            self.enter(time);
        }
        self.next = at.time + 1;
        self.so_far += at.slope();
        for row in std::mem::take(&mut self.leaving[at.time]) {
            let (weight, before) = (self.weights[row], self.at_entry[row]);
            let square = weight * weight;
            for (sum, power) in self.open.iter_mut().zip([1.0, before, before * before]) {
                *sum -= square * power;
            }
            let own = match self.follow_up.events()[row] {
                true => self.so_far - before - at.jump(),
                false => self.so_far - before,
            };
            self.closed += square * own * own;
        }
        let [squares, first, second] = self.open;
        let a = self.so_far;
        let found = (self.closed + squares * a * a - 2.0 * a * first + second).max(0.0);
        self.enter(at.time);
        found
    }

    fn enter(&mut self, time: usize) {
        for row in std::mem::take(&mut self.entering[time]) {
            self.at_entry[row] = self.so_far;
            let square = self.weights[row] * self.weights[row];
            let a = self.so_far;
            for (sum, power) in self.open.iter_mut().zip([1.0, a, a * a]) {
                *sum += square * power;
            }
        }
    }
}

fn by_time(positions: &[u32], n_times: usize) -> Vec<Vec<usize>> {
    let mut rows = vec![Vec::new(); n_times];
    for (row, &time) in positions.iter().enumerate() {
        rows[time as usize].push(row);
    }
    rows
}

/// The curve up to a horizon.
struct AreaStep {
    at: f64,
    survival: f64,
    /// The area under the curve from here to the horizon.
    area: f64,
}

fn steps(follow_up: &FollowUp, tallies: &[WeightedTally], horizon: f64) -> Vec<AreaStep> {
    let mut survival = 1.0;
    let mut steps: Vec<AreaStep> = tallies
        .iter()
        .map(|at| (follow_up.times()[at.time], at.kept()))
        .take_while(|(time, _)| *time < horizon)
        .map(|(at, kept)| {
            survival *= kept;
            AreaStep {
                at,
                survival,
                area: 0.0,
            }
        })
        .collect();
    let (mut area, mut right) = (0.0, horizon);
    for step in steps.iter_mut().rev() {
        area += step.survival * (right - step.at);
        step.area = area;
        right = step.at;
    }
    steps
}

/// The area under a weighted curve up to a horizon: the mean time within it.
pub(crate) struct WeightedArea {
    pub(crate) value: f64,
    tallies: Vec<WeightedTally>,
    steps: Vec<AreaStep>,
}

impl WeightedArea {
    /// # Errors
    ///
    /// As for [`weighted_restricted_mean`].
    pub(crate) fn new(
        follow_up: &FollowUp,
        weights: &[f64],
        horizon: f64,
    ) -> Result<Self, StatsError> {
        check_weights(follow_up, weights)?;
        let tallies = tally(follow_up, weights);
        let last = tallies.last().map_or(0.0, |at| follow_up.times()[at.time]);
        let has_ended = tallies.iter().any(|at| at.kept() == 0.0);
        if !(horizon > 0.0 && (horizon <= last || has_ended)) {
            return Err(StatsError::Horizon { horizon, last });
        }
        let steps = steps(follow_up, &tallies, horizon);
        let first = steps.first();
        Ok(Self {
            value: first.map_or(horizon, |first| first.at + first.area),
            tallies,
            steps,
        })
    }

    /// What each subject contributes to the area: a step moves all of the area to its right.
    pub(crate) fn influence(&self, follow_up: &FollowUp, weights: &[f64]) -> Vec<f64> {
        let n_times = follow_up.times().len();
        let mut moved = vec![0.0; n_times + 1];
        let mut jump = vec![0.0; n_times];
        for (at, step) in self.tallies.iter().zip(&self.steps) {
            moved[at.time + 1] += step.area * at.slope();
            jump[at.time] = step.area * at.jump();
        }
        for time in 0..n_times {
            moved[time + 1] += moved[time];
        }
        let own = |row: usize| {
            let exit = follow_up.exits()[row] as usize;
            let before = follow_up
                .entries()
                .map_or(0.0, |entries| moved[entries[row] as usize + 1]);
            let at_event = match follow_up.events()[row] {
                true => jump[exit],
                false => 0.0,
            };
            weights[row] * (moved[exit + 1] - before - at_event)
        };
        (0..weights.len()).map(own).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::survival::{kaplan_meier, restricted_mean};

    fn close(found: f64, expected: f64) {
        assert!(
            (found - expected).abs() <= 1e-10 * expected.abs().max(1e-6),
            "{found} {expected}"
        );
    }

    proptest! {
        #[test]
        fn weights_of_one_give_the_curve_and_greenwoods_errors(
            rows in prop::collection::vec((1u32..20, any::<bool>()), 1..50),
            horizon in 1u32..20,
        ) {
            let times: Vec<f64> = rows.iter().map(|row| f64::from(row.0)).collect();
            let events: Vec<bool> = rows.iter().map(|row| row.1).collect();
            let follow_up = FollowUp::new(&times, &events).unwrap();
            let (ones, confidence) = (vec![1.0; rows.len()], Confidence::default());
            let plain = kaplan_meier(&follow_up, Band::LogLog, confidence).unwrap();
            let found = weighted_kaplan_meier(&follow_up, &ones, Band::LogLog, confidence);
            for time in [0.0, f64::from(horizon), 30.0] {
                let read = found.as_ref().unwrap().as_ref().unwrap().at(time);
                let read = read.map(|share| (share.value * 1e9).round());
                prop_assert_eq!(read, plain.at(time).map(|share| (share.value * 1e9).round()));
            }
            for (found, plain) in found.unwrap().unwrap().points().iter().zip(plain.points()) {
                close(found.survival, plain.survival);
                if let (Some(found), Some(plain)) = (found.standard_error, plain.standard_error) {
                    // Both are differences of sums near 1.
                    prop_assert!((found - plain).abs() < 1e-9);
                }
            }
            let horizon = f64::from(horizon);
            let plain = restricted_mean(&follow_up, horizon, confidence);
            let found = weighted_restricted_mean(&follow_up, &ones, horizon, confidence);
            match (found, plain) {
                (Ok(found), Ok(plain)) => {
                    close(found.value, plain.value);
                    prop_assert!((found.standard_error - plain.standard_error).abs() < 1e-9);
                }
                (found, plain) => prop_assert_eq!(found.is_ok(), plain.is_ok()),
            }
        }

        #[test]
        fn the_unit_of_weights_changes_nothing(
            rows in prop::collection::vec((1u32..20, any::<bool>(), 1u32..9), 2..40),
        ) {
            let times: Vec<f64> = rows.iter().map(|row| f64::from(row.0)).collect();
            let events: Vec<bool> = rows.iter().map(|row| row.1).collect();
            let follow_up = FollowUp::new(&times, &events).unwrap();
            let curve = |unit: f64| {
                let weights: Vec<f64> = rows.iter().map(|row| f64::from(row.2) * unit).collect();
                weighted_kaplan_meier(&follow_up, &weights, Band::Plain, Confidence::default())
            };
            let (one, other) = (curve(1.0).unwrap().unwrap(), curve(0.37).unwrap().unwrap());
            for (one, other) in one.points().iter().zip(other.points()) {
                prop_assert!((one.survival - other.survival).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn weights_that_cannot_be_are_refused() {
        let follow_up = FollowUp::new(&[1.0, 2.0], &[true, false]).unwrap();
        let refuse = |weights: &[f64]| {
            weighted_kaplan_meier(&follow_up, weights, Band::Plain, Confidence::default())
                .unwrap_err()
                .to_string()
        };
        assert!(refuse(&[1.0]).contains("weights"));
        assert!(refuse(&[1.0, 0.0]).contains("position 1"));
        assert!(refuse(&[f64::NAN, 1.0]).contains("not finite"));
    }
}
