//! Several tests at once.

use crate::StatsError;

/// Which of several results stand when the chance of even one false one is held? Holm's adjusted
/// probabilities, in the order given.
///
/// See `docs/methods/multiplicity.md`.
///
/// ```
/// use kinfolk_stats::holm;
/// assert_eq!(holm(&[0.01, 0.04, 0.03])?, [0.03, 0.06, 0.06]);
/// # Ok::<(), kinfolk_stats::StatsError>(())
/// ```
///
/// # Errors
///
/// [`StatsError::Probability`] outside 0..=1.
pub fn holm(p_values: &[f64]) -> Result<Vec<f64>, StatsError> {
    let order = ascending(p_values)?;
    let n = p_values.len();
    let mut adjusted = vec![0.0; n];
    let mut greatest = 0.0_f64;
    for (rank, at) in order.into_iter().enumerate() {
        greatest = greatest.max((n - rank) as f64 * p_values[at]);
        adjusted[at] = greatest.min(1.0);
    }
    Ok(adjusted)
}

/// Which of several results stand when the expected share of false ones among them is held?
/// Benjamini and Hochberg's adjusted probabilities, in the order given. For exploring only.
///
/// See `docs/methods/multiplicity.md`.
///
/// # Errors
///
/// [`StatsError::Probability`] outside 0..=1.
pub fn benjamini_hochberg(p_values: &[f64]) -> Result<Vec<f64>, StatsError> {
    let order = ascending(p_values)?;
    let n = p_values.len();
    let mut adjusted = vec![0.0; n];
    let mut least = 1.0_f64;
    for (rank, at) in order.into_iter().enumerate().rev() {
        least = least.min(n as f64 / (rank + 1) as f64 * p_values[at]);
        adjusted[at] = least;
    }
    Ok(adjusted)
}

/// Where each probability stands, the smallest first.
fn ascending(p_values: &[f64]) -> Result<Vec<usize>, StatsError> {
    if let Some(&p) = p_values.iter().find(|p| !(0.0..=1.0).contains(*p)) {
        return Err(StatsError::Probability(p));
    }
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    Ok(order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn by_hand() {
        let p = [0.01, 0.02, 0.03, 0.04, 0.9];
        let check = |found: Vec<f64>, expected: [f64; 5]| {
            for (found, expected) in found.iter().zip(expected) {
                assert!((found - expected).abs() < 1e-15, "{found} {expected}");
            }
        };
        check(holm(&p).unwrap(), [0.05, 0.08, 0.09, 0.09, 0.9]);
        check(
            benjamini_hochberg(&p).unwrap(),
            [0.05, 0.05, 0.05, 0.05, 0.9],
        );
    }

    #[test]
    fn none_one_and_impossible() {
        assert_eq!(holm(&[]), Ok(vec![]));
        assert_eq!(holm(&[0.04]), Ok(vec![0.04]));
        assert_eq!(benjamini_hochberg(&[0.04]), Ok(vec![0.04]));
        assert_eq!(holm(&[0.5, 1.5]), Err(StatsError::Probability(1.5)));
        assert!(benjamini_hochberg(&[f64::NAN]).is_err());
    }

    proptest! {
        #[test]
        fn holm_is_the_stricter_and_neither_lowers(
            p in prop::collection::vec(0.0f64..=1.0, 1..20),
        ) {
            let (strict, loose) = (holm(&p).unwrap(), benjamini_hochberg(&p).unwrap());
            for ((strict, loose), raw) in strict.iter().zip(&loose).zip(&p) {
                prop_assert!(raw <= loose && loose <= strict && *strict <= 1.0);
            }
        }
    }
}
