//! The difference of two means in standard deviations.

use crate::effect_size::hedges_correction;
use crate::sample::Moments;
use crate::{Confidence, EffectSize, Estimated, Interval, Sample};

/// How large is a difference of two means in standard deviations? The first less the second over
/// their pooled standard deviation, with Hedges' exact correction and the large-sample interval.
///
/// `None` when a sample is empty, when there are fewer than four values in all, and when neither
/// sample varies.
///
/// See `docs/methods/hedges-g.md`.
pub fn hedges_g(first: &Sample, second: &Sample, confidence: Confidence) -> Option<EffectSize> {
    standardised(first.moments()?, second.moments()?, confidence)
}

pub(crate) fn standardised(
    first: Moments,
    second: Moments,
    confidence: Confidence,
) -> Option<EffectSize> {
    let (n, m) = (first.n, second.n);
    let degrees = n + m - 2.0;
    let pooled = pooled_variance(first, second)
        .filter(|_| degrees >= 2.0)?
        .sqrt();
    let d = (first.mean - second.mean) / pooled;
    let around = |size: f64| Estimated {
        value: size,
        interval: Some(Interval::around(
            size,
            confidence.normal_quantile() * standard_error(size, n, m),
        )),
    };
    Some(EffectSize {
        corrected: around(d * hedges_correction(degrees)),
        uncorrected: around(d),
        standard_error: Some(standard_error(d, n, m)),
    })
}

/// The one variance that stands for both groups; `None` where neither varies.
pub(crate) fn pooled_variance(first: Moments, second: Moments) -> Option<f64> {
    let squares = |group: Moments| group.variance.unwrap_or_default() * (group.n - 1.0);
    let pooled = (squares(first) + squares(second)) / (first.n + second.n - 2.0);
    (pooled > 0.0).then_some(pooled)
}

fn standard_error(size: f64, n: f64, m: f64) -> f64 {
    (1.0 / n + 1.0 / m + size * size / (2.0 * (n + m))).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(first: &[u32], second: &[u32]) -> Option<EffectSize> {
        let [a, b] = [first, second].map(|counts| Sample::from_counts(counts.iter().copied()));
        hedges_g(&a, &b, Confidence::default())
    }

    #[test]
    fn by_hand() {
        // Means 4 and 2, both variances 2: pooled standard deviation √2 on two degrees of freedom.
        let found = size(&[3, 5], &[1, 3]).unwrap();
        let d = 2.0_f64.sqrt();
        assert!((found.uncorrected.value - d).abs() < 1e-14);
        assert!((found.corrected.value - d / std::f64::consts::PI.sqrt()).abs() < 1e-12);
        assert!((found.standard_error.unwrap() - 1.25_f64.sqrt()).abs() < 1e-14);
    }

    #[test]
    fn too_small_or_too_even() {
        assert_eq!(size(&[], &[1, 2, 3, 4]), None);
        assert_eq!(size(&[1, 2], &[4]), None);
        assert_eq!(size(&[2, 2, 2], &[4, 4, 4]), None);
        assert!(size(&[1], &[2, 3, 4]).is_some());
    }
}
