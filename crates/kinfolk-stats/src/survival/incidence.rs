//! The share that has come to one kind of ending, where other endings compete.

use super::endings::EndingTally;
use super::{Band, Endings};
use crate::{Confidence, Estimated, Interval};

/// A variance smaller than this share of the terms it is the difference of is what rounding leaves of none.
const NOTHING: f64 = 1e-14;

/// One step of the curve: a time at which somebody left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IncidencePoint {
    /// The time.
    pub time: f64,
    /// Subjects at risk just before it.
    pub at_risk: u64,
    /// Endings of the kind in question at it.
    pub events: u64,
    /// Endings of other kinds at it.
    pub competing: u64,
    /// The share that has come to this kind of ending by it, in 0..=1.
    pub incidence: f64,
    /// The standard error of the share.
    pub standard_error: f64,
    /// Its interval; `None` while the share is 0, and for the log-log band once it is 1.
    pub interval: Option<Interval>,
}

/// The share that has come to one kind of ending, as steps in ascending time.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidenceCurve(Vec<IncidencePoint>);

impl IncidenceCurve {
    /// The steps.
    pub fn points(&self) -> &[IncidencePoint] {
        &self.0
    }

    /// What share has come to this ending by a time? `None` after the last time seen.
    pub fn at(&self, time: f64) -> Option<Estimated> {
        let last = self.0.last().map_or(0.0, |point| point.time);
        let passed = self.0.partition_point(|point| point.time <= time);
        let point = passed.checked_sub(1).map(|index| self.0[index]);
        (time <= last).then_some(Estimated {
            value: point.map_or(0.0, |point| point.incidence),
            interval: point.and_then(|point| point.interval),
        })
    }
}

/// What share has come to ending `cause` by each time, other endings ruling it out? The
/// Aalen-Johansen estimate. One less the Kaplan-Meier curve of that ending alone would overstate it.
///
/// `None` without subjects. See `docs/methods/cumulative-incidence.md`.
pub fn cumulative_incidence(
    endings: &Endings,
    cause: u32,
    band: Band,
    confidence: Confidence,
) -> Option<IncidenceCurve> {
    let rows: Vec<usize> = (0..endings.len()).collect();
    let z = confidence.normal_quantile();
    let mut sums = Sums::new();
    let points: Vec<IncidencePoint> = endings
        .tally(cause, &rows)
        .iter()
        .map(|at| {
            sums.add(at);
            let (share, error) = (sums.incidence, sums.variance().sqrt());
            IncidencePoint {
                time: at.time,
                at_risk: at.at_risk,
                events: at.events,
                competing: at.competing,
                incidence: share,
                standard_error: error,
                interval: (share > 0.0)
                    .then(|| band.limits(share, z * error / share))
                    .flatten(),
            }
        })
        .collect();
    (!points.is_empty()).then_some(IncidenceCurve(points))
}

/// Running sums for the share and its variance.
///
/// With h the share of those at risk who come to the ending, g the share who come to any, S the share
/// still there just before and F the share come to the ending since, the variance is the sum over
/// earlier times of (S²h(1 − h) − 2Sh·ΔF + ΔF²·g/(1 − g))/n, where ΔF is F now less F then. Multiplied
/// out, it needs no second walk.
struct Sums {
    survival: f64,
    incidence: f64,
    own: f64,
    /// Sums of Sh/n, and of the same times F.
    cross: [f64; 2],
    /// Sums of g/(1 − g)/n, and of the same times F and F².
    any: [f64; 3],
}

impl Sums {
    fn new() -> Self {
        Self {
            survival: 1.0,
            incidence: 0.0,
            own: 0.0,
            cross: [0.0; 2],
            any: [0.0; 3],
        }
    }

    fn add(&mut self, at: &EndingTally) {
        let n = at.at_risk as f64;
        let (own, any) = (at.events as f64 / n, (at.events + at.competing) as f64 / n);
        self.incidence += self.survival * own;
        self.own += self.survival.powi(2) * own * (1.0 - own) / n;
        let cross = self.survival * own / n;
        self.cross[0] += cross;
        self.cross[1] += cross * self.incidence;
        if at.events + at.competing < at.at_risk {
            let odds = any / (1.0 - any) / n;
            self.any[0] += odds;
            self.any[1] += odds * self.incidence;
            self.any[2] += odds * self.incidence.powi(2);
        }
        self.survival *= 1.0 - any;
    }

    /// 0 where everybody has come to this ending, which leaves of the terms nothing but rounding.
    fn variance(&self) -> f64 {
        let now = self.incidence;
        let added = self.own + 2.0 * self.cross[1] + now * now * self.any[0] + self.any[2];
        let variance = added - 2.0 * now * (self.cross[0] + self.any[1]);
        if variance > NOTHING * added {
            variance
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survival::kaplan_meier;
    use proptest::prelude::*;

    fn curve(times: &[f64], causes: &[u32], cause: u32) -> Option<IncidenceCurve> {
        let endings = Endings::new(times, causes).unwrap();
        cumulative_incidence(&endings, cause, Band::default(), Confidence::default())
    }

    #[test]
    fn without_censoring_it_is_a_plain_share() {
        let found = curve(&[1.0, 2.0, 3.0, 4.0], &[1, 2, 1, 2], 1).unwrap();
        let last = found.points()[3];
        assert!((last.incidence - 0.5).abs() < 1e-12);
        assert!((last.standard_error - 0.25).abs() < 1e-12);
        assert_eq!(found.at(0.5).unwrap().value, 0.0);
        assert_eq!(found.at(1.0).unwrap().value, 0.25);
        assert_eq!(found.at(4.5), None);
    }

    #[test]
    fn edges() {
        assert_eq!(curve(&[], &[], 1), None);
        let never = curve(&[1.0, 2.0], &[2, 0], 1).unwrap();
        assert!(never.points().iter().all(|point| point.incidence == 0.0));
        assert!(never.points().iter().all(|point| point.interval.is_none()));
    }

    proptest! {
        #[test]
        fn endings_and_staying_share_the_whole(
            rows in prop::collection::vec((1u32..20, 0u32..3), 1..50)
        ) {
            let times: Vec<f64> = rows.iter().map(|row| f64::from(row.0)).collect();
            let causes: Vec<u32> = rows.iter().map(|row| row.1).collect();
            let (first, second) = (curve(&times, &causes, 1).unwrap(), curve(&times, &causes, 2).unwrap());
            let endings = Endings::new(&times, &causes).unwrap();
            let staying = kaplan_meier(endings.any(), Band::Log, Confidence::default()).unwrap();
            for ((one, two), stay) in first.points().iter().zip(second.points()).zip(staying.points()) {
                prop_assert!((one.incidence + two.incidence + stay.survival - 1.0).abs() < 1e-12);
                prop_assert!(one.standard_error.is_finite());
            }
        }
    }
}
