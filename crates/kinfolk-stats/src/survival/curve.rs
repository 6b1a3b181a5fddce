//! A survival curve, and what can be read off it.

use crate::{Estimated, Interval, StatsError};

/// How near a share must come to count as reached (R's tolerance).
const REACHED: f64 = 1.490_116_119_384_765_6e-8;

/// One step of the curve: a time at which somebody left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// The time.
    pub time: f64,
    /// Subjects at risk just before it.
    pub at_risk: u64,
    /// Events at it.
    pub events: u64,
    /// Subjects whose watching ended at it, without the event.
    pub censored: u64,
    /// The share still without the event just after it, in 0..=1.
    pub survival: f64,
    /// Greenwood's standard error of the share; `None` once the share is 0.
    pub standard_error: Option<f64>,
    /// The band; `None` once the share is 0, and for the log-log band while it is 1.
    pub interval: Option<Interval>,
}

/// The share still without the event, as steps in ascending time.
#[derive(Debug, Clone, PartialEq)]
pub struct SurvivalCurve(Vec<CurvePoint>);

/// When a share of the subjects has had the event, and when the band says so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurveQuantile {
    /// The time; `None` when the curve stays above.
    pub time: Option<f64>,
    /// The lower end of its interval: when the lower limit of the band gets there.
    pub lower: Option<f64>,
    /// The upper end: when the upper limit does. `None`: later than anything seen.
    pub upper: Option<f64>,
}

impl SurvivalCurve {
    /// `points` must not be empty.
    pub(super) fn new(points: Vec<CurvePoint>) -> Self {
        Self(points)
    }

    /// The steps.
    pub fn points(&self) -> &[CurvePoint] {
        &self.0
    }

    /// The last time at which anybody was seen.
    pub fn last_time(&self) -> f64 {
        self.0.last().map_or(0.0, |point| point.time)
    }

    /// What share is still without the event at a time? `None` after the last time seen, unless the
    /// curve has come down to 0 by then.
    pub fn at(&self, time: f64) -> Option<Estimated> {
        let passed = self.0.partition_point(|point| point.time <= time);
        let Some(point) = passed.checked_sub(1).map(|index| self.0[index]) else {
            return Some(Estimated {
                value: 1.0,
                interval: None,
            });
        };
        (time <= self.last_time() || point.survival == 0.0).then_some(Estimated {
            value: point.survival,
            interval: point.interval,
        })
    }

    /// When has half had the event?
    pub fn median(&self) -> CurveQuantile {
        self.crossing(0.5)
    }

    /// When has the share `probability` had the event? Where the curve runs level exactly at that
    /// share, the middle of the level stretch. The interval is where the band crosses.
    ///
    /// # Errors
    ///
    /// [`StatsError::Probability`] outside 0 to 1.
    pub fn quantile(&self, probability: f64) -> Result<CurveQuantile, StatsError> {
        if (0.0..=1.0).contains(&probability) {
            Ok(self.crossing(probability))
        } else {
            Err(StatsError::Probability(probability))
        }
    }

    fn crossing(&self, probability: f64) -> CurveQuantile {
        let when = |share: fn(&CurvePoint) -> Option<f64>| self.when_gone(probability, share);
        CurveQuantile {
            time: when(|point| Some(point.survival)),
            lower: when(|point| point.interval.map(|interval| interval.lower)),
            upper: when(|point| point.interval.map(|interval| interval.upper)),
        }
    }

    /// When 1 less the share first reaches the probability.
    fn when_gone(
        &self,
        probability: f64,
        share: impl Fn(&CurvePoint) -> Option<f64>,
    ) -> Option<f64> {
        if probability == 0.0 {
            return Some(0.0);
        }
        let gone = |point: &CurvePoint| share(point).map(|left| 1.0 - left);
        let first = |least: f64| {
            let reached = |point: &&CurvePoint| gone(point).is_some_and(|gone| gone >= least);
            self.0.iter().find(reached).map(|point| point.time)
        };
        let begins = first(probability - REACHED)?;
        let runs_to_the_end = || {
            let level = |point: &CurvePoint| {
                gone(point).is_some_and(|gone| (gone - probability).abs() < REACHED)
            };
            self.0.last().is_some_and(level).then(|| self.last_time())
        };
        let ends = first(probability + REACHED).or_else(runs_to_the_end)?;
        Some((begins + ends) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Confidence;
    use crate::survival::{Band, FollowUp, kaplan_meier};

    fn curve(times: &[f64], events: &[bool]) -> SurvivalCurve {
        let follow_up = FollowUp::new(times, events).unwrap();
        kaplan_meier(&follow_up, Band::Plain, Confidence::default()).unwrap()
    }

    #[test]
    fn the_curve_is_read_from_the_left() {
        let found = curve(&[1.0, 2.0, 4.0, 6.0], &[true, true, true, false]);
        let value = |time: f64| found.at(time).map(|at| at.value);
        assert_eq!(value(0.0), Some(1.0));
        assert_eq!(value(1.0), Some(0.75));
        assert_eq!(value(3.9), Some(0.5));
        assert_eq!(value(6.0), Some(0.25));
        assert_eq!(value(6.1), None);
        assert_eq!(curve(&[1.0], &[true]).at(9.0).map(|at| at.value), Some(0.0));
    }

    #[test]
    fn a_level_stretch_is_halved() {
        let all = [true; 4];
        let check = |found: SurvivalCurve, probability: f64, expected: Option<f64>| {
            assert_eq!(found.quantile(probability).unwrap().time, expected);
        };
        check(curve(&[1.0, 2.0, 4.0, 6.0], &all), 0.5, Some(3.0));
        check(curve(&[1.0, 2.0, 4.0, 6.0], &all), 0.6, Some(4.0));
        check(curve(&[1.0, 2.0, 4.0, 6.0], &all), 0.0, Some(0.0));
        check(curve(&[1.0, 2.0, 4.0, 6.0], &all), 1.0, Some(6.0));
        let half = [true, true, false, false];
        check(curve(&[1.0, 2.0, 4.0, 6.0], &half), 0.5, Some(4.0));
        check(curve(&[1.0, 2.0, 4.0, 6.0], &half), 0.6, None);
        assert!(curve(&[1.0], &[true]).quantile(1.5).is_err());
    }
}
