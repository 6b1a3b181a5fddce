//! Whether one person's reliable change also crosses between ranges.

use crate::{ReliableChangeIndex, ReliableClass};

/// The mean and the standard deviation of scores in a population, on a scale where high is worse.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoreNorm {
    /// The mean, in points.
    pub mean: f64,
    /// The standard deviation, in points.
    pub standard_deviation: f64,
}

/// What happened to one person, by reliable change and cut-off together. High scores are the worse
/// ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClinicalClass {
    /// Reliably better, from the clinical range to below it.
    Recovered,
    /// Reliably better, without crossing.
    Improved,
    /// No reliable change, whether or not the cut-off was crossed.
    Unchanged,
    /// Reliably worse, without crossing.
    Deteriorated,
    /// Reliably worse, from below the clinical range into it.
    Harmed,
}

/// How the cut-off was crossed, whatever the size of the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Crossing {
    /// From the clinical range to below it.
    Below,
    /// From below the clinical range into it.
    Above,
    /// In the clinical range both times.
    StayedAbove,
    /// Below it both times.
    StayedBelow,
}

/// Did this person cross the cut-off? `cut_off` is the first score of the clinical range.
///
/// See `docs/methods/reliable-change.md`.
pub fn crossing(before: u32, after: u32, cut_off: u32) -> Crossing {
    match (before >= cut_off, after >= cut_off) {
        (true, false) => Crossing::Below,
        (false, true) => Crossing::Above,
        (true, true) => Crossing::StayedAbove,
        (false, false) => Crossing::StayedBelow,
    }
}

/// Did this person change reliably, and cross the cut-off? `cut_off` is the first score of the
/// clinical range.
///
/// A crossing without a reliable change is [`ClinicalClass::Unchanged`] here, so report
/// [`crossing`] beside it.
///
/// See `docs/methods/reliable-change.md`.
///
/// ```
/// use kinfolk_stats::{ClinicalClass, clinical_change, reliable_change};
/// let index = reliable_change(5.8, 0.82)?;
/// assert_eq!(clinical_change(20, 13, 17, index), ClinicalClass::Recovered);
/// assert_eq!(clinical_change(18, 14, 17, index), ClinicalClass::Unchanged);
/// # Ok::<(), kinfolk_stats::StatsError>(())
/// ```
pub fn clinical_change(
    before: u32,
    after: u32,
    cut_off: u32,
    index: ReliableChangeIndex,
) -> ClinicalClass {
    let class = index.class(f64::from(after) - f64::from(before));
    match (class, crossing(before, after, cut_off)) {
        (ReliableClass::Improved, Crossing::Below) => ClinicalClass::Recovered,
        (ReliableClass::Improved, _) => ClinicalClass::Improved,
        (ReliableClass::Unchanged, _) => ClinicalClass::Unchanged,
        (ReliableClass::Deteriorated, Crossing::Above) => ClinicalClass::Harmed,
        (ReliableClass::Deteriorated, _) => ClinicalClass::Deteriorated,
    }
}

/// Jacobson and Truax's cut-off a: two standard deviations better than the mean of the clinical
/// population.
pub fn cut_off_a(clinical: ScoreNorm) -> f64 {
    clinical.mean - 2.0 * clinical.standard_deviation
}

/// Their cut-off b: two standard deviations worse than the mean of the community.
pub fn cut_off_b(community: ScoreNorm) -> f64 {
    community.mean + 2.0 * community.standard_deviation
}

/// Their cut-off c: as many standard deviations from either mean. The one to use where the two
/// populations overlap. `None` when neither has any spread.
pub fn cut_off_c(clinical: ScoreNorm, community: ScoreNorm) -> Option<f64> {
    let spread = clinical.standard_deviation + community.standard_deviation;
    (spread > 0.0).then(|| {
        (clinical.standard_deviation * community.mean
            + community.standard_deviation * clinical.mean)
            / spread
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reliable_change;

    #[test]
    fn five_classes() {
        // The smallest reliable whole change is 7.
        let index = reliable_change(5.8, 0.82).unwrap();
        let check = |before, after, expected| {
            assert_eq!(clinical_change(before, after, 17, index), expected);
        };
        check(20, 13, ClinicalClass::Recovered);
        check(17, 10, ClinicalClass::Recovered);
        check(23, 16, ClinicalClass::Recovered);
        check(24, 17, ClinicalClass::Improved);
        check(16, 9, ClinicalClass::Improved);
        check(20, 14, ClinicalClass::Unchanged);
        check(17, 16, ClinicalClass::Unchanged);
        check(16, 17, ClinicalClass::Unchanged);
        check(9, 16, ClinicalClass::Deteriorated);
        check(17, 24, ClinicalClass::Deteriorated);
        check(10, 17, ClinicalClass::Harmed);
    }

    #[test]
    fn four_crossings() {
        let check = |before, after, expected| assert_eq!(crossing(before, after, 17), expected);
        check(17, 16, Crossing::Below);
        check(16, 17, Crossing::Above);
        check(17, 17, Crossing::StayedAbove);
        check(16, 16, Crossing::StayedBelow);
    }

    #[test]
    fn the_cut_offs() {
        let norm = |mean, standard_deviation| ScoreNorm {
            mean,
            standard_deviation,
        };
        assert_eq!(cut_off_a(norm(60.0, 7.5)), 45.0);
        assert_eq!(cut_off_b(norm(40.0, 7.5)), 55.0);
        assert_eq!(cut_off_c(norm(60.0, 7.5), norm(40.0, 7.5)), Some(50.0));
        // The wider population pushes the cut-off towards the narrower one.
        assert_eq!(
            cut_off_c(norm(60.0, 10.0), norm(40.0, 5.0)),
            Some(140.0 / 3.0)
        );
        assert_eq!(cut_off_c(norm(60.0, 0.0), norm(40.0, 0.0)), None);
    }
}
