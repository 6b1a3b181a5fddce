//! Who may be matched, and who was.

use std::collections::BTreeMap;

use crate::{Sample, StatsError};

/// Subjects and the scale on which they are matched, one value a subject.
#[derive(Debug, Clone, Copy)]
pub struct Candidates<'a> {
    /// Who is treated; the others are comparators.
    pub treated: &'a [bool],
    /// Where each subject lies on the line, e.g. its propensity score or the logit of it.
    pub distance: &'a [f64],
    /// A number of each subject's own, which decides between equally near ones: the smaller wins.
    pub keys: &'a [u64],
    /// Cells within which to match; a category, or several joined into one number.
    pub exact: Option<&'a [u32]>,
}

/// How far apart a pair may lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Caliper {
    /// In standard deviations (divisor n − 1) over all subjects, treated or not.
    StandardDeviations(f64),
    /// In the units of the values.
    Units(f64),
}

/// A treated subject and its comparator, by row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The row of the treated subject.
    pub treated: usize,
    /// The row of the comparator.
    pub control: usize,
    /// How far apart they lie; at least 0.
    pub distance: f64,
}

/// Pairs, each comparator in one at most.
#[derive(Debug, Clone, PartialEq)]
pub struct Matches {
    /// By the key of the treated subject, then in the order in which its comparators were found.
    pub pairs: Vec<Pair>,
    /// The widest distance that was allowed, in the units of the distance; `None` without a caliper.
    pub caliper: Option<f64>,
    /// How many treated subjects found no comparator.
    pub n_unmatched: usize,
}

impl Matches {
    pub(super) fn new(mut pairs: Vec<Pair>, candidates: &Candidates, caliper: Option<f64>) -> Self {
        // A stable sort keeps the order in which one subject's comparators were found.
        pairs.sort_by_key(|pair| candidates.keys[pair.treated]);
        let n_treated = candidates
            .treated
            .iter()
            .filter(|&&treated| treated)
            .count();
        let n_matched = pairs.chunk_by(|a, b| a.treated == b.treated).count();
        Self {
            pairs,
            caliper,
            n_unmatched: n_treated - n_matched,
        }
    }

    /// Each subject's weight for the effect on the treated: 1 for a matched treated subject; for a
    /// comparator one over the number that share its treated subject, times a constant that makes the
    /// weights of all matched comparators average 1; 0 for whoever is not matched.
    pub fn weights(&self, n_subjects: usize) -> Vec<f64> {
        let mut n_controls: BTreeMap<usize, f64> = BTreeMap::new();
        for pair in &self.pairs {
            *n_controls.entry(pair.treated).or_default() += 1.0;
        }
        let average = n_controls.len() as f64 / self.pairs.len() as f64;
        let mut weights = vec![0.0; n_subjects];
        for pair in &self.pairs {
            weights[pair.treated] = 1.0;
            weights[pair.control] = 1.0 / n_controls[&pair.treated] / average;
        }
        weights
    }
}

impl Caliper {
    /// The width in the units of the values.
    ///
    /// # Errors
    ///
    /// [`StatsError::Caliper`] unless the width is above 0 and finite.
    pub(super) fn width(self, values: &[f64]) -> Result<f64, StatsError> {
        let (given, width) = match self {
            Self::Units(width) => (width, width),
            Self::StandardDeviations(count) => {
                // Sorting makes the sum, and so the last digit of the width, independent of row order.
                let variance = Sample::new(values.to_vec())?.variance().unwrap_or(0.0);
                (count, count * variance.sqrt())
            }
        };
        if given > 0.0 && width.is_finite() {
            Ok(width)
        } else {
            Err(StatsError::Caliper(given))
        }
    }
}

impl Candidates<'_> {
    /// # Errors
    ///
    /// Lengths that differ, distances that are not finite, one arm only, or a key that occurs twice.
    pub(super) fn check(&self) -> Result<(), StatsError> {
        let n = self.treated.len();
        crate::columns::check_column("distance", self.distance, n)?;
        crate::columns::check_length("keys", self.keys.len(), n)?;
        crate::columns::check_length("exact cells", self.exact.map_or(n, <[u32]>::len), n)?;
        check_arms(self.treated)?;
        let mut keys = self.keys.to_vec();
        keys.sort_unstable();
        match keys.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(StatsError::KeyTwice(pair[0])),
            None => Ok(()),
        }
    }

    pub(super) fn cell(&self, row: usize) -> u32 {
        self.exact.map_or(0, |cells| cells[row])
    }
}

/// # Errors
///
/// [`StatsError::OneArm`] without treated or without comparators.
pub(super) fn check_arms(treated: &[bool]) -> Result<(), StatsError> {
    if treated.contains(&true) && treated.contains(&false) {
        Ok(())
    } else {
        Err(StatsError::OneArm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparators_of_one_subject_share_its_weight() {
        let pair = |treated, control| Pair {
            treated,
            control,
            distance: 0.0,
        };
        let matches = Matches {
            pairs: vec![pair(0, 2), pair(0, 3), pair(1, 4)],
            caliper: None,
            n_unmatched: 0,
        };
        assert_eq!(matches.weights(6), [1.0, 1.0, 0.75, 0.75, 1.5, 0.0]);
    }

    #[test]
    fn what_cannot_be_matched_is_refused() {
        let candidates = Candidates {
            treated: &[true, false],
            distance: &[0.1, 0.2],
            keys: &[4, 4],
            exact: None,
        };
        assert_eq!(candidates.check(), Err(StatsError::KeyTwice(4)));
        let one = Candidates {
            treated: &[true, true],
            ..candidates
        };
        assert_eq!(one.check(), Err(StatsError::OneArm));
        assert!(Caliper::Units(0.0).width(&[1.0]).is_err());
        assert!(
            Caliper::StandardDeviations(f64::NAN)
                .width(&[1.0, 2.0])
                .is_err()
        );
        assert_eq!(
            Caliper::StandardDeviations(2.0).width(&[1.0, 3.0]),
            Ok(8.0_f64.sqrt())
        );
    }
}
