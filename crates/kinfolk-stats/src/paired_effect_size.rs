//! Standardised sizes of a change, pair by pair.

use crate::effect_size::hedges_correction;
use crate::{Confidence, EffectSize, Sample, StatsError, paired::differences};

/// How large a change is in standard deviations, by four choices of the deviation. Each size is
/// `None` where its standard deviation is 0.
#[derive(Debug, Clone, PartialEq)]
pub struct PairedEffectSizes {
    /// The pairs.
    pub pairs: usize,
    /// Pearson's correlation of before and after; `None` where either does not vary.
    pub correlation: Option<f64>,
    /// Hedges' correction, for one degree of freedom fewer than pairs.
    pub correction: f64,
    /// By the standard deviation of the changes. It grows with the correlation, and so cannot be
    /// compared with sizes from other designs.
    pub d_z: Option<EffectSize>,
    /// d_z times √(2(1 − r)).
    pub d_rm: Option<EffectSize>,
    /// By the root of the mean of the two variances.
    pub d_av: Option<EffectSize>,
    /// By the standard deviation before.
    pub d_pre: Option<EffectSize>,
}

/// How large is the change in standard deviations? After less before, by four usual definitions,
/// with normal intervals and Hedges' exact correction.
///
/// A rise is positive. `None` with fewer than three pairs, of which the correction leaves nothing.
///
/// See `docs/methods/paired-effect-size.md`.
///
/// # Errors
///
/// [`StatsError::NotPairs`] when the lists differ in length, [`StatsError::NotFinite`] when a
/// value or a difference is not finite.
pub fn paired_effect_sizes(
    before: &[f64],
    after: &[f64],
    confidence: Confidence,
) -> Result<Option<PairedEffectSizes>, StatsError> {
    Ok(Moments::new(before, after)?.and_then(|moments| moments.effect_sizes(confidence)))
}

/// What the sizes follow from.
struct Moments {
    pairs: f64,
    mean: f64,
    deviation: f64,
    deviation_before: f64,
    deviation_after: f64,
    correlation: Option<f64>,
}

impl Moments {
    fn new(before: &[f64], after: &[f64]) -> Result<Option<Self>, StatsError> {
        let changes = differences(before, after)?;
        let samples = [Sample::new(before.to_vec())?, Sample::new(after.to_vec())?];
        let deviation = |sample: &Sample| sample.variance().map(f64::sqrt);
        let all = (
            changes.average(),
            deviation(&changes),
            deviation(&samples[0]),
            deviation(&samples[1]),
        );
        let (Some(mean), Some(deviation), Some(deviation_before), Some(deviation_after)) = all
        else {
            return Ok(None);
        };
        Ok(Some(Self {
            pairs: changes.len() as f64,
            mean,
            deviation: if changes.is_constant() {
                0.0
            } else {
                deviation
            },
            deviation_before,
            deviation_after,
            correlation: correlation(before, after),
        }))
    }

    fn effect_sizes(&self, confidence: Confidence) -> Option<PairedEffectSizes> {
        let n = self.pairs;
        let correction = (n > 2.0).then(|| hedges_correction(n - 1.0))?;
        let size = |deviation: f64, error: &dyn Fn(f64) -> f64| {
            (deviation > 0.0).then(|| {
                let size = self.mean / deviation;
                let error = Some(error(size)).filter(|_| self.deviation > 0.0);
                EffectSize::new(size, error, correction, confidence)
            })
        };
        let apart = self.correlation.map(|r| (2.0 * (1.0 - r)).sqrt());
        let average = ((self.deviation_before.powi(2) + self.deviation_after.powi(2)) / 2.0).sqrt();
        let own_error = |d: f64| (1.0 / n + d * d / (2.0 * n)).sqrt();
        Some(PairedEffectSizes {
            pairs: n as usize,
            correlation: self.correlation,
            correction,
            d_z: size(self.deviation, &own_error),
            d_rm: apart
                .filter(|apart| *apart > 0.0)
                .and_then(|apart| size(self.deviation / apart, &|d| own_error(d) * apart)),
            d_av: size(average, &|_| self.deviation / n.sqrt() / average),
            d_pre: apart.and_then(|apart| {
                size(self.deviation_before, &|d| {
                    (apart * apart / n + d * d / (2.0 * n)).sqrt()
                })
            }),
        })
    }
}

/// Pearson's correlation, from pairs in a fixed order; `None` where either list does not vary.
fn correlation(before: &[f64], after: &[f64]) -> Option<f64> {
    let mut pairs: Vec<(f64, f64)> = before.iter().copied().zip(after.iter().copied()).collect();
    pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let n = pairs.len() as f64;
    let (first, second) = pairs.iter().fold((0.0, 0.0), |s, p| (s.0 + p.0, s.1 + p.1));
    let (first, second) = (first / n, second / n);
    let [mut product, mut square_first, mut square_second] = [0.0; 3];
    for (a, b) in &pairs {
        product += (a - first) * (b - second);
        square_first += (a - first).powi(2);
        square_second += (b - second).powi(2);
    }
    let varies = |list: &[f64]| list.iter().any(|value| Some(value) != list.first());
    (varies(before) && varies(after))
        .then(|| (product / (square_first * square_second).sqrt()).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BEFORE: [f64; 8] = [20.0, 17.0, 25.0, 14.0, 9.0, 30.0, 16.0, 22.0];
    const AFTER: [f64; 8] = [17.0, 18.0, 19.0, 14.0, 11.0, 24.0, 12.0, 21.0];

    fn sizes(before: &[f64], after: &[f64]) -> Option<PairedEffectSizes> {
        paired_effect_sizes(before, after, Confidence::default()).unwrap()
    }

    #[test]
    fn a_worked_set_of_eight() {
        let found = sizes(&BEFORE, &AFTER).unwrap();
        let close = |value: f64, expected: f64, bound: f64| {
            assert!((value - expected).abs() < bound, "{value} {expected}");
        };
        close(found.correlation.unwrap(), 0.914_822_6, 5e-8);
        close(found.correction, 0.888_202_9, 5e-8);
        let check = |size: Option<EffectSize>, d: f64, error: f64, g: f64| {
            let size = size.unwrap();
            close(size.uncorrected.value, d, 5e-7);
            close(size.standard_error.unwrap(), error, 5e-7);
            close(size.corrected.value, g, 5e-7);
        };
        check(found.d_z, -0.687_505, 0.393_118, -0.610_644);
        check(found.d_av, -0.376_968, 0.193_858, -0.334_824);
        check(found.d_rm, -0.283_761, 0.148_834, -0.252_038);
        check(found.d_pre, -0.321_993, 0.166_656, -0.285_996);
    }

    #[test]
    fn too_small_or_too_even() {
        assert_eq!(sizes(&[], &[]), None);
        assert_eq!(sizes(&[1.0, 2.0], &[4.0, 3.0]), None);
        // Everybody moves by the same: nothing to divide by, and no chance at work.
        let shifted = sizes(&[1.0, 2.0, 3.0], &[3.0, 4.0, 5.0]).unwrap();
        assert_eq!((shifted.d_z, shifted.d_rm), (None, None));
        assert_eq!(shifted.d_pre.unwrap().uncorrected.value, 2.0);
        assert_eq!(shifted.d_av.unwrap().corrected.interval, None);
        // Nobody differs before.
        let level = sizes(&[2.0, 2.0, 2.0], &[3.0, 4.0, 5.0]).unwrap();
        assert_eq!((level.correlation, level.d_pre), (None, None));
        assert!(level.d_z.is_some());
    }

    #[test]
    fn what_is_not_pairs_of_numbers_is_refused() {
        let check = |before: &[f64], after: &[f64]| {
            assert!(paired_effect_sizes(before, after, Confidence::default()).is_err());
        };
        check(&[1.0], &[]);
        check(&[f64::NAN], &[1.0]);
    }

    proptest! {
        #[test]
        fn scale_and_order_do_not_matter(
            pairs in prop::collection::vec((0u8..40, 0u8..40), 3..30),
            turn in 0usize..30,
        ) {
            let list = |pairs: &[(u8, u8)], factor: f64| -> (Vec<f64>, Vec<f64>) {
                pairs.iter().map(|p| (f64::from(p.0) * factor, f64::from(p.1) * factor)).unzip()
            };
            let (before, after) = list(&pairs, 1.0);
            let plain = sizes(&before, &after);
            let mut turned = pairs.clone();
            turned.rotate_left(turn % pairs.len());
            let (turned_before, turned_after) = list(&turned, 1.0);
            prop_assert_eq!(&sizes(&turned_before, &turned_after), &plain);
            // A power of two leaves every digit as it is.
            let (double_before, double_after) = list(&pairs, 2.0);
            prop_assert_eq!(&sizes(&double_before, &double_after), &plain);
        }
    }
}
