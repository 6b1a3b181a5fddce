//! How strong unmeasured confounding would have to be.

use crate::{Interval, StatsError};

/// The E-value of an estimate, and of the end of its interval nearer to no difference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EValue {
    /// For the estimate, at least 1.
    pub estimate: f64,
    /// For the nearer end; 1 when the interval holds no difference, `None` without an interval.
    pub limit: Option<f64>,
}

/// How strongly would something unmeasured have to go with both the group and the outcome to explain
/// a risk ratio away? The E-value of VanderWeele and Ding, as a risk ratio.
///
/// A ratio below 1 is turned over first. An odds ratio or a hazard ratio of a rare outcome may stand
/// for a risk ratio.
///
/// See `docs/methods/e-value.md`.
///
/// ```
/// use kinfolk_stats::e_value;
/// assert_eq!((e_value(3.9, None)?.estimate * 1e4).round(), 72630.0);
/// # Ok::<(), kinfolk_stats::StatsError>(())
/// ```
///
/// # Errors
///
/// [`StatsError::Ratio`] for a ratio or a limit that is not above 0 and finite (a lower limit may be
/// 0).
pub fn e_value(risk_ratio: f64, interval: Option<Interval>) -> Result<EValue, StatsError> {
    check_ratio(risk_ratio)?;
    if let Some(interval) = interval {
        check_ratio(interval.upper)?;
        if interval.lower != 0.0 {
            check_ratio(interval.lower)?;
        }
    }
    let nearer = |interval: Interval| {
        if interval.lower <= 1.0 && interval.upper >= 1.0 {
            1.0
        } else if interval.lower > 1.0 {
            interval.lower
        } else {
            interval.upper
        }
    };
    Ok(EValue {
        estimate: of_ratio(risk_ratio),
        limit: interval.map(|interval| of_ratio(nearer(interval))),
    })
}

/// The risk ratio that a standardised difference of means roughly stands for: exp(0.91·d).
///
/// See `docs/methods/e-value.md`.
pub fn risk_ratio_of_standardised_difference(d: f64) -> f64 {
    (0.91 * d).exp()
}

/// The risk ratio that an odds ratio roughly stands for where the outcome is common: its square root.
/// Where the outcome is rare (below 15 per cent) an odds ratio is a risk ratio as it is.
///
/// See `docs/methods/e-value.md`.
///
/// # Errors
///
/// [`StatsError::Ratio`] for a ratio that is not above 0 and finite.
pub fn risk_ratio_of_odds_ratio(odds_ratio: f64) -> Result<f64, StatsError> {
    check_ratio(odds_ratio)?;
    Ok(odds_ratio.sqrt())
}

/// The risk ratio that a hazard ratio h roughly stands for where the outcome is common at the end of
/// follow-up: (1 − 0.5^√h) / (1 − 0.5^√(1/h)). Where it is rare (below 15 per cent) a hazard ratio is a
/// risk ratio as it is.
///
/// See `docs/methods/e-value.md`.
///
/// # Errors
///
/// [`StatsError::Ratio`] for a ratio that is not above 0 and finite.
pub fn risk_ratio_of_hazard_ratio(hazard_ratio: f64) -> Result<f64, StatsError> {
    check_ratio(hazard_ratio)?;
    // 1 − 0.5^x without loss where x is small.
    let risk = |exponent: f64| -(-exponent * std::f64::consts::LN_2).exp_m1();
    let root = hazard_ratio.sqrt();
    Ok(risk(root) / risk(1.0 / root))
}

fn check_ratio(ratio: f64) -> Result<(), StatsError> {
    if ratio > 0.0 && ratio.is_finite() {
        Ok(())
    } else {
        Err(StatsError::Ratio(ratio))
    }
}

fn of_ratio(ratio: f64) -> f64 {
    let ratio = if ratio < 1.0 { 1.0 / ratio } else { ratio };
    ratio + (ratio * (ratio - 1.0)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ratio: f64, limits: (f64, f64), estimate: f64, limit: f64) {
        let (lower, upper) = limits;
        let found = e_value(ratio, Some(Interval { lower, upper })).unwrap();
        assert!((found.estimate - estimate).abs() < 5e-7, "{found:?}");
        assert!((found.limit.unwrap() - limit).abs() < 5e-7, "{found:?}");
    }

    #[test]
    fn a_published_case_and_its_mirror() {
        check(3.9, (1.8, 8.7), 7.263_034, 3.0);
        check(1.0 / 3.9, (1.0 / 8.7, 1.0 / 1.8), 7.263_034, 3.0);
    }

    #[test]
    fn an_interval_that_holds_no_difference_needs_no_confounding() {
        check(2.0, (0.9, 4.0), 2.0 + 2.0_f64.sqrt(), 1.0);
        check(1.0, (0.0, 4.0), 1.0, 1.0);
        assert_eq!(e_value(2.0, None).unwrap().limit, None);
    }

    #[test]
    fn ratios_that_are_none_are_refused() {
        for ratio in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(e_value(ratio, None), Err(StatsError::Ratio(_))));
        }
        let negative = Interval {
            lower: -0.5,
            upper: 2.0,
        };
        assert_eq!(e_value(1.0, Some(negative)), Err(StatsError::Ratio(-0.5)));
    }

    #[test]
    fn ratios_of_odds_and_hazards_stand_for_risks() {
        let close = |found: f64, expected: f64| {
            assert!(
                (found - expected).abs() < 1e-12,
                "{found} is not {expected}"
            );
        };
        close(risk_ratio_of_odds_ratio(4.0).unwrap(), 2.0);
        close(risk_ratio_of_hazard_ratio(1.0).unwrap(), 1.0);
        // One half, twice over, against one half once over a root of two.
        let expected = 0.75 / (1.0 - 0.5_f64.sqrt());
        close(risk_ratio_of_hazard_ratio(4.0).unwrap(), expected);
        close(risk_ratio_of_hazard_ratio(0.25).unwrap(), 1.0 / expected);
        for ratio in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(risk_ratio_of_odds_ratio(ratio).is_err());
            assert!(risk_ratio_of_hazard_ratio(ratio).is_err());
        }
    }

    #[test]
    fn no_difference_of_means_is_a_ratio_of_one() {
        assert_eq!(risk_ratio_of_standardised_difference(0.0), 1.0);
    }
}
