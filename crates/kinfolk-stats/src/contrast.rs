//! A combination of coefficients, with what may be said of it.

use crate::tail::{normal_beyond, student_beyond};
use crate::{Confidence, Interval};

/// A combination of coefficients and its test against zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Contrast {
    /// The estimate, in units of the outcome.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Degrees of freedom of Student's t; seldom whole, infinite where the normal distribution serves.
    pub degrees_of_freedom: f64,
    /// The estimate over its standard error.
    pub t: f64,
    /// Two-sided.
    pub p_value: f64,
    /// The interval.
    pub interval: Interval,
}

impl Contrast {
    /// `None` where a number is not finite, a limit of the interval among them, or the error is not above zero.
    pub(crate) fn new(
        value: f64,
        standard_error: f64,
        degrees_of_freedom: f64,
        confidence: Confidence,
    ) -> Option<Self> {
        let usable = value.is_finite() && standard_error > 0.0 && degrees_of_freedom > 0.0;
        if !usable || !standard_error.is_finite() || !degrees_of_freedom.is_finite() {
            return None;
        }
        let t = value / standard_error;
        let margin = confidence.student_quantile(degrees_of_freedom) * standard_error;
        margin.is_finite().then(|| Self {
            value,
            standard_error,
            degrees_of_freedom,
            t,
            p_value: student_beyond(t, degrees_of_freedom),
            interval: Interval::around(value, margin),
        })
    }

    /// Judged by the normal distribution; its degrees of freedom are infinite.
    pub(crate) fn normal(value: f64, standard_error: f64, confidence: Confidence) -> Option<Self> {
        if !value.is_finite() || !standard_error.is_finite() || standard_error <= 0.0 {
            return None;
        }
        let t = value / standard_error;
        Some(Self {
            value,
            standard_error,
            degrees_of_freedom: f64::INFINITY,
            t,
            p_value: normal_beyond(t),
            interval: Interval::around(value, confidence.normal_quantile() * standard_error),
        })
    }
}

/// The weights that pick one coefficient out of so many; all are 0 where there is no such one.
pub(crate) fn weights_of_one(at: usize, n_coefficients: usize) -> Vec<f64> {
    (0..n_coefficients)
        .map(|k| f64::from(u8::from(k == at)))
        .collect()
}
