//! Events over time at risk.

use statrs::function::gamma::{gamma_lr, gamma_ur};

use crate::clopper_pearson::exact_interval;
use crate::fisher::ExactRatio;
use crate::root::crossing_point;
use crate::tail::{binomial_chances, no_likelier};
use crate::{Confidence, Estimated, Interval, Proportion, StatsError};

/// Events, and the exposure (child-years, say) in which they happened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EventRate {
    events: u64,
    exposure: f64,
}

impl EventRate {
    /// Checks the exposure.
    ///
    /// # Errors
    ///
    /// [`StatsError::Exposure`] unless above 0 and finite.
    pub fn new(events: u64, exposure: f64) -> Result<Self, StatsError> {
        if exposure > 0.0 && exposure.is_finite() {
            Ok(Self { events, exposure })
        } else {
            Err(StatsError::Exposure(exposure))
        }
    }

    /// Events per unit of exposure.
    pub fn rate(self) -> f64 {
        self.events as f64 / self.exposure
    }
}

/// Which rates agree with these events? Events per unit of exposure, with Garwood's exact interval.
///
/// Rates are per unit of exposure. It takes events as falling one by one and independently; where the
/// same children have several, use [`quasi_poisson`](crate::quasi_poisson).
///
/// See `docs/methods/rates.md`.
pub fn poisson_rate(rate: EventRate, confidence: Confidence) -> Estimated {
    let (events, tail) = (rate.events as f64, confidence.tail());
    // Beyond ten standard deviations and 800 no level in range has its limit.
    let most = events + 10.0 * events.sqrt() + 800.0;
    let lower = if rate.events > 0 {
        crossing_point(0.0, events, |mean| gamma_lr(events, mean) - tail)
    } else {
        0.0
    };
    let upper = crossing_point(events, most, |mean| tail - gamma_ur(events + 1.0, mean));
    Estimated {
        value: rate.rate(),
        interval: Some(Interval {
            lower: lower / rate.exposure,
            upper: upper / rate.exposure,
        }),
    }
}

/// The ratio of two rates, and how unusual it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateRatio {
    /// The first rate over the second, with exact limits.
    pub ratio: ExactRatio,
    /// The two-sided chance of a split of the events no likelier than this one, if the rates are equal.
    pub p_value: f64,
}

/// How many times the second rate is the first? Exact, given the total of events.
///
/// `None` without any event. The upper limit is open when the second group has none.
///
/// See `docs/methods/rates.md`.
pub fn poisson_rate_ratio(
    first: EventRate,
    second: EventRate,
    confidence: Confidence,
) -> Option<RateRatio> {
    let events = first.events + second.events;
    let split = Proportion::new(first.events, events)
        .ok()
        .filter(|_| events > 0)?;
    let limits = exact_interval(split, confidence);
    let share = first.exposure / (first.exposure + second.exposure);
    let chances = binomial_chances(events, share);
    let odds = |share: f64| share / (1.0 - share) * (second.exposure / first.exposure);
    Some(RateRatio {
        ratio: ExactRatio {
            value: (second.events > 0).then(|| first.rate() / second.rate()),
            lower: odds(limits.lower),
            upper: (second.events > 0).then(|| odds(limits.upper)),
        },
        p_value: no_likelier(&chances, first.events as usize).0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(events: u64, exposure: f64) -> EventRate {
        EventRate::new(events, exposure).unwrap()
    }

    #[test]
    fn no_events_in_closed_form() {
        let found = poisson_rate(rate(0, 10.0), Confidence::default());
        let interval = found.interval.unwrap();
        assert_eq!((found.value, interval.lower), (0.0, 0.0));
        // The chance of none is exp(−mean).
        assert!(
            (interval.upper + 0.025_f64.ln() / 10.0).abs() < 1e-10,
            "{interval:?}"
        );
    }

    #[test]
    fn printed_limits_of_ten_events() {
        let interval = poisson_rate(rate(10, 1.0), Confidence::default())
            .interval
            .unwrap();
        assert!((interval.lower - 4.795).abs() < 5e-4, "{interval:?}");
        assert!((interval.upper - 18.390).abs() < 5e-4, "{interval:?}");
    }

    #[test]
    fn many_events_and_a_high_level() {
        let level = Confidence::new(0.999).unwrap();
        for events in [0, 1, 40, 5000, 1_000_000] {
            let interval = poisson_rate(rate(events, 1.0), level).interval.unwrap();
            let reach = (interval.upper - events as f64) / (events as f64 + 1.0).sqrt();
            assert!((3.0..9.0).contains(&reach), "{events}: {interval:?}");
        }
    }

    #[test]
    fn a_ratio_by_hand() {
        let ratio = |a, b| poisson_rate_ratio(a, b, Confidence::default());
        // Five of five events in the group with half the exposure.
        let all = ratio(rate(5, 2.0), rate(0, 2.0)).unwrap();
        assert!((all.p_value - 2.0 / 32.0).abs() < 1e-14);
        assert_eq!((all.ratio.value, all.ratio.upper), (None, None));
        let none = ratio(rate(0, 2.0), rate(5, 2.0)).unwrap();
        assert_eq!((none.ratio.value, none.ratio.lower), (Some(0.0), 0.0));
        assert!((none.p_value - all.p_value).abs() < 1e-14);
        assert_eq!(ratio(rate(0, 2.0), rate(0, 2.0)), None);
        let even = ratio(rate(4, 2.0), rate(8, 4.0)).unwrap();
        assert_eq!(even.ratio.value, Some(1.0));
        assert!((even.p_value - 1.0).abs() < 1e-12);
    }

    #[test]
    fn exposures_that_are_none_are_refused() {
        for exposure in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(
                EventRate::new(1, exposure),
                Err(StatsError::Exposure(_))
            ));
        }
    }
}
