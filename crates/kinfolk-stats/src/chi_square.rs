//! Two proportions in groups large enough for chi-square.

use crate::{ChiSquareTest, Proportion};

/// Pearson's chi-square for two groups, and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PearsonChiSquare {
    /// The statistic without continuity correction, on one degree of freedom.
    pub test: ChiSquareTest,
    /// The same with Yates' correction: nearer to Fisher's exact test, and too cautious.
    pub corrected: ChiSquareTest,
    /// The least of the four counts to be expected if the groups do not differ. Below 5 use
    /// [`fisher_exact`](crate::fisher_exact).
    pub least_expected: f64,
}

/// Do two groups differ? Pearson's chi-square, without and with continuity correction.
///
/// `None` when a group is empty, or when all succeed or none do.
///
/// See `docs/methods/fisher.md`.
pub fn pearson_chi_square(first: Proportion, second: Proportion) -> Option<PearsonChiSquare> {
    let (n, m) = (first.trials() as f64, second.trials() as f64);
    let successes = (first.successes() + second.successes()) as f64;
    let failures = n + m - successes;
    let difference = (first.share()? - second.share()?).abs();
    let spread = (1.0 / n + 1.0 / m) * successes * failures / (n + m).powi(2);
    // Half a child in each group, but never past no difference.
    let nearer = (difference - (1.0 / n + 1.0 / m) / 2.0).max(0.0);
    let test = |difference: f64| ChiSquareTest::new(difference * difference / spread, 1);
    (spread > 0.0).then(|| PearsonChiSquare {
        test: test(difference),
        corrected: test(nearer),
        least_expected: n.min(m) * successes.min(failures) / (n + m),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn test(first: (u64, u64), second: (u64, u64)) -> Option<PearsonChiSquare> {
        let [a, b] = [first, second].map(|(s, n)| Proportion::new(s, n).unwrap());
        pearson_chi_square(a, b)
    }

    #[test]
    fn by_hand() {
        // Expected 15, 25, 15, 25; every cell is 5 away.
        let found = test((20, 40), (10, 40)).unwrap();
        let expected = 25.0 * (2.0 / 15.0 + 2.0 / 25.0);
        assert!((found.test.statistic - expected).abs() < 1e-12, "{found:?}");
        assert_eq!(found.least_expected, 15.0);
    }

    #[test]
    fn tables_that_say_nothing() {
        assert_eq!(test((0, 0), (1, 2)), None);
        assert_eq!(test((0, 3), (0, 2)), None);
        assert_eq!(test((3, 3), (2, 2)), None);
    }
}
