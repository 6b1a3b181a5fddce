//! The share still without the event.

use super::tally::{Tally, tally};
use super::{CurvePoint, FollowUp, SurvivalCurve};
use crate::{Confidence, Interval};

/// On which scale the band is symmetric about the curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Band {
    /// log(−log S): stays within 0 and 1 however few there are.
    #[default]
    LogLog,
    /// log S, cut at 1: what R draws unless told otherwise.
    Log,
    /// S itself, cut at 0 and 1.
    Plain,
}

/// What share is still without the event at each time? The product-limit estimate with Greenwood's
/// standard errors.
///
/// `None` without subjects. See `docs/methods/kaplan-meier.md`.
pub fn kaplan_meier(
    follow_up: &FollowUp,
    band: Band,
    confidence: Confidence,
) -> Option<SurvivalCurve> {
    let z = confidence.normal_quantile();
    let mut survival = 1.0;
    let mut relative_variance = 0.0;
    let points: Vec<CurvePoint> = tally(follow_up)
        .iter()
        .map(|at| {
            survival *= 1.0 - at.events as f64 / at.at_risk as f64;
            relative_variance += greenwood(at);
            point(at, survival, relative_variance.sqrt(), |s, e| {
                band.limits(s, e * z)
            })
        })
        .collect();
    (!points.is_empty()).then(|| SurvivalCurve::new(points))
}

/// One time's part of the variance of log S; infinite when nobody is left.
pub(super) fn greenwood(at: &Tally) -> f64 {
    let (events, at_risk) = (at.events as f64, at.at_risk as f64);
    if at.events == 0 {
        0.0
    } else {
        events / (at_risk * (at_risk - events))
    }
}

fn point(
    at: &Tally,
    survival: f64,
    relative_error: f64,
    limits: impl Fn(f64, f64) -> Option<Interval>,
) -> CurvePoint {
    let estimable = survival > 0.0;
    CurvePoint {
        time: at.time,
        at_risk: at.at_risk,
        events: at.events,
        censored: at.censored,
        survival,
        standard_error: estimable.then_some(survival * relative_error),
        interval: estimable
            .then(|| limits(survival, relative_error))
            .flatten(),
    }
}

impl Band {
    /// The limits of a share whose logarithm reaches `margin` to each side.
    pub(super) fn limits(self, share: f64, margin: f64) -> Option<Interval> {
        let (lower, upper) = match self {
            Self::Plain => (share - share * margin, share + share * margin),
            Self::Log => (share * (-margin).exp(), share * margin.exp()),
            Self::LogLog if share == 1.0 => return None,
            Self::LogLog => {
                let reach = margin / share.ln();
                (share.powf((-reach).exp()), share.powf(reach.exp()))
            }
        };
        Some(Interval {
            lower: lower.max(0.0),
            upper: upper.min(1.0),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn curve(times: &[f64], events: &[bool]) -> Option<SurvivalCurve> {
        let follow_up = FollowUp::new(times, events).unwrap();
        kaplan_meier(&follow_up, Band::default(), Confidence::default())
    }

    fn shares(curve: &SurvivalCurve) -> Vec<f64> {
        curve.points().iter().map(|point| point.survival).collect()
    }

    #[test]
    fn by_hand() {
        let found = curve(&[1.0, 2.0, 2.0, 3.0], &[true, true, false, false]).unwrap();
        assert_eq!(shares(&found), [0.75, 0.75 * (1.0 - 1.0 / 3.0), 0.5]);
        let first = found.points()[0];
        assert_eq!((first.at_risk, first.events, first.censored), (4, 1, 0));
        assert!((first.standard_error.unwrap() - (0.75_f64 * 0.25 / 4.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn edges() {
        assert_eq!(curve(&[], &[]), None);
        let all_gone = curve(&[1.0, 1.0], &[true, true]).unwrap();
        assert_eq!(shares(&all_gone), [0.0]);
        assert_eq!(all_gone.points()[0].standard_error, None);
        assert_eq!(all_gone.points()[0].interval, None);
        let none = curve(&[1.0, 2.0], &[false, false]).unwrap();
        assert_eq!(shares(&none), [1.0, 1.0]);
        assert_eq!(none.points()[1].standard_error, Some(0.0));
    }

    proptest! {
        #[test]
        fn the_band_holds_the_curve_whatever_the_unit_and_the_order(
            rows in prop::collection::vec((1u32..30, any::<bool>()), 1..60),
            unit in 0.01f64..1000.0,
        ) {
            let times: Vec<f64> = rows.iter().map(|&(time, _)| f64::from(time)).collect();
            let events: Vec<bool> = rows.iter().map(|&(_, event)| event).collect();
            let found = curve(&times, &events).unwrap();
            let scaled: Vec<f64> = times.iter().rev().map(|time| time * unit).collect();
            let reversed: Vec<bool> = events.iter().rev().copied().collect();
            prop_assert_eq!(shares(&found), shares(&curve(&scaled, &reversed).unwrap()));
            for point in found.points() {
                if let Some(interval) = point.interval {
                    prop_assert!(0.0 <= interval.lower && interval.lower <= point.survival);
                    prop_assert!(point.survival <= interval.upper && interval.upper <= 1.0);
                }
            }
        }
    }
}
