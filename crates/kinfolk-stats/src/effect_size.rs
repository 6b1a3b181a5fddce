//! Standardised sizes of a difference.

use statrs::function::gamma::ln_gamma;

use crate::{Confidence, Estimated, Interval};

/// A difference in standard deviations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EffectSize {
    /// With Hedges' correction for small samples (g). This is the one to report.
    pub corrected: Estimated,
    /// Without it (d).
    pub uncorrected: Estimated,
    /// The standard error of the uncorrected size; `None` where the sample is too even for one.
    pub standard_error: Option<f64>,
}

impl EffectSize {
    /// A size with its normal interval, then both times the correction.
    pub(crate) fn new(
        size: f64,
        standard_error: Option<f64>,
        correction: f64,
        confidence: Confidence,
    ) -> Self {
        let margin = standard_error.map(|error| confidence.normal_quantile() * error);
        let scaled = |factor: f64| Estimated {
            value: size * factor,
            interval: margin.map(|margin| Interval::around(size * factor, margin * factor)),
        };
        Self {
            corrected: scaled(correction),
            uncorrected: scaled(1.0),
            standard_error,
        }
    }
}

/// Hedges' exact correction J = Γ(m/2) / (√(m/2)·Γ((m − 1)/2)) for m degrees of freedom, at least 2.
pub(crate) fn hedges_correction(degrees: f64) -> f64 {
    if degrees > 1000.0 {
        // The difference of two large logarithms loses digits; three terms of the expansion do not.
        let x = 1.0 / degrees;
        return 1.0 - x * (3.0 / 4.0 + x * (7.0 / 32.0 + x * (9.0 / 128.0)));
    }
    (ln_gamma(degrees / 2.0) - ln_gamma((degrees - 1.0) / 2.0)).exp() / (degrees / 2.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_correction_in_closed_form() {
        let check = |degrees: f64, expected: f64| {
            let found = hedges_correction(degrees);
            assert!((found - expected).abs() < 1e-12, "{degrees}: {found}");
        };
        // Γ(1) / Γ(½), and Γ(3/2) / (√(3/2)·Γ(1)).
        check(2.0, 1.0 / std::f64::consts::PI.sqrt());
        check(3.0, std::f64::consts::PI.sqrt() / 2.0 / 1.5_f64.sqrt());
        check(7.0, 0.888_202_907_672_751_2);
    }

    #[test]
    fn the_expansion_meets_the_exact_form() {
        let exact = hedges_correction(999.999_999);
        let expanded = hedges_correction(1_000.000_001);
        assert!((exact - expanded).abs() < 1e-10, "{exact} {expanded}");
    }
}
