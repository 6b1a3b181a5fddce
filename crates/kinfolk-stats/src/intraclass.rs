//! How far do raters, or the items of a scale, agree?

use statrs::function::beta::beta_reg;

use crate::root::crossing_point;
use crate::{Confidence, Estimated, Interval, StatsError};

/// Noise smaller than this share of the spread between targets is what rounding leaves of none, and the
/// other way round.
const NOTHING: f64 = 1e-12;

/// Who rated whom, and what counts as agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raters {
    /// Each target has raters of its own: ICC(1,1) and ICC(1,k).
    OfEachTarget,
    /// The same raters for all, drawn from many; raters who are stricter than others disagree:
    /// ICC(2,1) and ICC(2,k).
    DrawnFromMany,
    /// These raters and no others; only the order and spacing of targets counts: ICC(3,1) and
    /// ICC(3,k), which is Cronbach's alpha where the raters are the items of a scale.
    Fixed,
}

/// The share of the spread that lies between targets. At most 1; below 0 where raters agree less
/// than chance alone would have them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IntraclassCorrelation {
    /// How far one rating can be relied on.
    pub single: Estimated,
    /// How far the mean of all the ratings of a target can be. Without an interval where the lower limit of
    /// one rating is below what so many ratings can have together, −1/(k − 1).
    pub average: Estimated,
    /// How many targets.
    pub n_targets: usize,
    /// How many ratings each.
    pub n_raters: usize,
}

/// How far do several ratings of the same targets agree? Shrout and Fleiss's intraclass correlations
/// with their intervals, from one row of ratings a target.
///
/// `None` when there are fewer than two targets or two raters, and when the ratings leave no error
/// or no spread to set it against, or a value below −1/(k − 1), which no k ratings can have together.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`] when targets differ in how many ratings they have, and
/// [`StatsError::NotFinite`] for a rating that is no number, at its place in the rows put end to end.
///
/// Shrout and Fleiss (1979), Psychological Bulletin 86:420–428. See `docs/methods/intraclass.md`.
pub fn intraclass_correlation(
    ratings: &[&[f64]],
    raters: Raters,
    confidence: Confidence,
) -> Result<Option<IntraclassCorrelation>, StatsError> {
    let n_raters = ratings.first().map_or(0, |row| row.len());
    check(ratings, n_raters)?;
    if ratings.len() < 2 || n_raters < 2 {
        return Ok(None);
    }
    let squares = MeanSquares::of(ratings, n_raters);
    Ok(squares.correlation(raters, confidence.tail()))
}

fn check(ratings: &[&[f64]], n_raters: usize) -> Result<(), StatsError> {
    if let Some(odd) = ratings.iter().find(|row| row.len() != n_raters) {
        return Err(StatsError::UnequalLengths {
            what: "ratings of a target",
            found: odd.len(),
            expected: n_raters,
        });
    }
    let mut all = ratings.iter().flat_map(|row| row.iter()).enumerate();
    match all.find(|(_, rating)| !rating.is_finite()) {
        Some((at, &value)) => Err(StatsError::NotFinite { at, value }),
        None => Ok(()),
    }
}

/// The two-way analysis of variance without replication.
struct MeanSquares {
    n_targets: usize,
    n_raters: usize,
    between: f64,
    within: f64,
    columns: f64,
    error: f64,
}

impl MeanSquares {
    fn of(ratings: &[&[f64]], n_raters: usize) -> Self {
        let (n, k) = (ratings.len() as f64, n_raters as f64);
        let rows: Vec<f64> = ratings
            .iter()
            .map(|row| row.iter().sum::<f64>() / k)
            .collect();
        let columns: Vec<f64> = (0..n_raters)
            .map(|rater| ratings.iter().map(|row| row[rater]).sum::<f64>() / n)
            .collect();
        let grand = rows.iter().sum::<f64>() / n;
        let about = |means: &[f64]| means.iter().map(|m| (m - grand).powi(2)).sum::<f64>();
        let (mut within, mut error) = (0.0, 0.0);
        for (row, row_mean) in ratings.iter().zip(&rows) {
            for (rating, column) in row.iter().zip(&columns) {
                within += (rating - row_mean).powi(2);
                error += (rating - row_mean - column + grand).powi(2);
            }
        }
        Self {
            n_targets: ratings.len(),
            n_raters,
            between: k * about(&rows) / (n - 1.0),
            within: within / (n * (k - 1.0)),
            columns: n * about(&columns) / (k - 1.0),
            error: error / ((n - 1.0) * (k - 1.0)),
        }
    }

    fn correlation(&self, raters: Raters, tail: f64) -> Option<IntraclassCorrelation> {
        let (n, k) = self.sizes();
        let (single, ends) = match raters {
            Raters::OfEachTarget => self.relative(self.within, n * (k - 1.0), tail)?,
            Raters::DrawnFromMany => self.absolute(tail)?,
            Raters::Fixed => self.relative(self.error, (n - 1.0) * (k - 1.0), tail)?,
        };
        Some(IntraclassCorrelation {
            single: Estimated {
                value: single,
                interval: Some(ends),
            },
            average: Estimated {
                value: stepped_up(single, k)?,
                interval: stepped_up(ends.lower, k)
                    .zip(stepped_up(ends.upper, k))
                    .map(|(lower, upper)| Interval { lower, upper }),
            },
            n_targets: self.n_targets,
            n_raters: self.n_raters,
        })
    }

    fn sizes(&self) -> (f64, f64) {
        (self.n_targets as f64, self.n_raters as f64)
    }

    /// Targets against a noise that rests on `degrees`: by the F ratio alone.
    fn relative(&self, noise: f64, degrees: f64, tail: f64) -> Option<(f64, Interval)> {
        let (n, k) = self.sizes();
        let ratio = self.between / noise;
        let by = |ratio: f64| (ratio - 1.0) / (ratio + k - 1.0);
        self.is_more_than_rounding(noise).then(|| {
            let lower = by(ratio / f_quantile(1.0 - tail, n - 1.0, degrees));
            let upper = by(ratio * f_quantile(1.0 - tail, degrees, n - 1.0));
            (by(ratio), Interval { lower, upper })
        })
    }

    /// The spread between raters counts as noise too: Satterthwaite's degrees of freedom.
    fn absolute(&self, tail: f64) -> Option<(f64, Interval)> {
        let (n, k) = self.sizes();
        let (between, columns, error) = (self.between, self.columns, self.error);
        let noise = between + (k - 1.0) * error + k * (columns - error) / n;
        if !(self.is_more_than_rounding(error) && noise > 0.0) {
            return None;
        }
        let single = (between - error) / noise;
        let rest = n * (1.0 + (k - 1.0) * single) - k * single;
        let strictness = k * single * columns / error;
        let degrees = (k - 1.0) * (n - 1.0) * (strictness + rest).powi(2)
            / ((n - 1.0) * strictness.powi(2) + rest.powi(2));
        let others = k * columns + (k * n - k - n) * error;
        let above = f_quantile(1.0 - tail, n - 1.0, degrees);
        let below = f_quantile(1.0 - tail, degrees, n - 1.0);
        let lower = n * (between - above * error) / (above * others + n * between);
        let upper = n * (below * between - error) / (others + n * below * between);
        Some((single, Interval { lower, upper }))
    }

    fn is_more_than_rounding(&self, noise: f64) -> bool {
        noise > NOTHING * self.between && self.between > NOTHING * noise
    }
}

/// Spearman and Brown: how far a mean of `k` can be relied on, where one can be so far.
fn stepped_up(single: f64, k: f64) -> Option<f64> {
    let scale = 1.0 + (k - 1.0) * single;
    (scale > NOTHING).then(|| k * single / scale)
}

/// The value below which a share of an F variable lies. Its degrees of freedom must be above 0.
fn f_quantile(below: f64, first: f64, second: f64) -> f64 {
    let (half_first, half_second) = (first / 2.0, second / 2.0);
    let share = crossing_point(0.0, 1.0, |share| {
        beta_reg(half_first, half_second, share) - below
    });
    share * second / (first * (1.0 - share))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four judges on six targets: table 2 of Shrout and Fleiss (1979).
    const JUDGES: [[f64; 4]; 6] = [
        [9.0, 2.0, 5.0, 8.0],
        [6.0, 1.0, 3.0, 2.0],
        [8.0, 4.0, 6.0, 8.0],
        [7.0, 1.0, 2.0, 6.0],
        [10.0, 5.0, 6.0, 9.0],
        [6.0, 2.0, 4.0, 7.0],
    ];

    fn icc<const K: usize>(rows: &[[f64; K]], raters: Raters) -> Option<IntraclassCorrelation> {
        let rows: Vec<&[f64]> = rows.iter().map(<[f64; K]>::as_slice).collect();
        intraclass_correlation(&rows, raters, Confidence::default()).unwrap()
    }

    #[test]
    fn judges_as_printed() {
        // The paper prints two digits; four are of the same table in R's psych.
        for (raters, single, average) in [
            (Raters::OfEachTarget, 0.1657, 0.4428),
            (Raters::DrawnFromMany, 0.2898, 0.6201),
            (Raters::Fixed, 0.7148, 0.9093),
        ] {
            let found = icc(&JUDGES, raters).unwrap();
            assert!((found.single.value - single).abs() < 5e-5, "{found:?}");
            assert!((found.average.value - average).abs() < 5e-5, "{found:?}");
        }
    }

    #[test]
    fn nothing_to_set_against() {
        assert_eq!(icc::<2>(&[], Raters::Fixed), None);
        assert_eq!(icc(&[[1.0, 2.0]], Raters::Fixed), None);
        assert_eq!(icc(&[[1.0], [2.0]], Raters::Fixed), None);
        // No spread at all, and raters who differ by a constant only.
        for rows in [[[3.0, 3.0]; 3], [[1.0, 2.0], [2.0, 3.0], [5.0, 6.0]]] {
            assert_eq!(icc(&rows, Raters::Fixed), None);
        }
        // Targets alike but for what rounding leaves.
        let alike = [[0.1, 0.2, 0.3], [0.3, 0.1, 0.2], [0.2, 0.3, 0.1]];
        for raters in [Raters::OfEachTarget, Raters::DrawnFromMany, Raters::Fixed] {
            assert_eq!(icc(&alike, raters), None);
        }
    }

    #[test]
    fn bad_input_is_named() {
        let check = |rows: &[&[f64]], expected: StatsError| {
            let found = intraclass_correlation(rows, Raters::Fixed, Confidence::default());
            assert_eq!(found, Err(expected));
        };
        let uneven = StatsError::UnequalLengths {
            what: "ratings of a target",
            found: 1,
            expected: 2,
        };
        check(&[&[1.0, 2.0], &[1.0]], uneven);
        let infinite = StatsError::NotFinite {
            at: 2,
            value: f64::INFINITY,
        };
        check(&[&[1.0, 2.0], &[f64::INFINITY, 1.0]], infinite);
    }
}
