//! A checked list of numbers.

use crate::StatsError;

/// Finite numbers in ascending order. Sorting makes every sum independent of the order in which
/// the rows came.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sample(Vec<f64>);

impl Sample {
    /// Checks and sorts the numbers.
    ///
    /// # Errors
    ///
    /// [`StatsError::NotFinite`] names the first value that is infinite or not a number.
    pub fn new(mut values: Vec<f64>) -> Result<Self, StatsError> {
        if let Some((at, &value)) = values.iter().enumerate().find(|(_, v)| !v.is_finite()) {
            return Err(StatsError::NotFinite { at, value });
        }
        values.sort_unstable_by(f64::total_cmp);
        Ok(Self(values))
    }

    /// Whole numbers, which are always finite.
    pub fn from_counts(counts: impl IntoIterator<Item = u32>) -> Self {
        let mut values: Vec<f64> = counts.into_iter().map(f64::from).collect();
        values.sort_unstable_by(f64::total_cmp);
        Self(values)
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The numbers in ascending order.
    pub fn sorted(&self) -> &[f64] {
        &self.0
    }

    /// Whether all numbers are the same (also when there are none).
    pub(crate) fn is_constant(&self) -> bool {
        self.0.first() == self.0.last()
    }

    /// The arithmetic mean; `None` of nothing.
    pub fn average(&self) -> Option<f64> {
        (!self.is_empty()).then(|| {
            // Deviations from the middle value keep the digits of numbers with a large offset.
            let middle = self.0[self.0.len() / 2];
            let excess: f64 = self.0.iter().map(|value| value - middle).sum();
            middle + excess / self.len() as f64
        })
    }

    /// The variance with divisor n − 1; `None` of fewer than two numbers.
    pub fn variance(&self) -> Option<f64> {
        let average = self.average()?;
        let squares: f64 = self.0.iter().map(|value| (value - average).powi(2)).sum();
        (self.len() > 1).then(|| squares / (self.len() - 1) as f64)
    }
}

/// What a method needs of a sample of which nothing else is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Moments {
    pub(crate) n: f64,
    pub(crate) mean: f64,
    /// With n − 1; 0 where no value differs, `None` for a single value.
    pub(crate) variance: Option<f64>,
}

impl Sample {
    /// `None` without values.
    pub(crate) fn moments(&self) -> Option<Moments> {
        // What rounding leaves of no spread is none.
        let variance = self
            .variance()
            .map(|v| if self.is_constant() { 0.0 } else { v });
        Some(Moments {
            n: self.len() as f64,
            mean: self.average()?,
            variance,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_is_not_finite_is_named() {
        let error = Sample::new(vec![1.0, f64::INFINITY]).unwrap_err();
        assert_eq!(error.to_string(), "value inf at position 1 is not finite");
        assert!(Sample::new(vec![f64::NAN]).is_err());
    }

    #[test]
    fn moments_of_small_samples() {
        let moments = |counts: &[u32]| {
            let sample = Sample::from_counts(counts.iter().copied());
            (sample.average(), sample.variance())
        };
        assert_eq!(moments(&[]), (None, None));
        assert_eq!(moments(&[4]), (Some(4.0), None));
        assert_eq!(moments(&[7, 3]), (Some(5.0), Some(8.0)));
        assert_eq!(moments(&[2, 2, 2]), (Some(2.0), Some(0.0)));
    }
}
