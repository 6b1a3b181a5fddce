//! An effect on each of its scales.

use crate::{Contrast, Interval};

/// A comparison of the arms on one scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// Treated less comparators, or treated over comparators.
    pub value: f64,
    /// Its interval; `None` where there is none.
    pub interval: Option<Interval>,
    /// The standard error: of the value for a difference, of its logarithm for a ratio. `None` where
    /// the interval does not come from one.
    pub standard_error: Option<f64>,
    /// Degrees of freedom, infinite where the normal distribution serves; `None` likewise.
    pub degrees_of_freedom: Option<f64>,
    /// Two-sided, against no difference.
    pub p_value: Option<f64>,
}

/// Two arms beside each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effects {
    /// The mean or the share of the treated.
    pub mean_treated: f64,
    /// That of comparators, adjusted.
    pub mean_control: f64,
    /// Treated less comparators: a difference of means, or of shares.
    pub difference: Effect,
    /// The ratio of the shares; `None` for a measured outcome, or without a share above 0.
    pub ratio: Option<Effect>,
    /// The ratio of the odds; likewise.
    pub odds_ratio: Option<Effect>,
    /// Covariates that said nothing new among those who count, and were left out.
    pub n_left_out: usize,
}

impl Effect {
    /// A difference from its contrast; without one only the value is known.
    pub(super) fn difference(value: f64, contrast: Option<Contrast>) -> Self {
        Self {
            value,
            interval: contrast.map(|contrast| contrast.interval),
            standard_error: contrast.map(|contrast| contrast.standard_error),
            degrees_of_freedom: contrast.map(|contrast| contrast.degrees_of_freedom),
            p_value: contrast.map(|contrast| contrast.p_value),
        }
    }

    /// A ratio from its logarithm.
    pub(super) fn ratio(log: f64, contrast: Option<Contrast>) -> Self {
        let effect = Self::difference(log, contrast);
        Self {
            value: log.exp(),
            interval: effect.interval.map(|interval| Interval {
                lower: interval.lower.exp(),
                upper: interval.upper.exp(),
            }),
            ..effect
        }
    }
}
