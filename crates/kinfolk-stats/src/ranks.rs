//! Ranks, and what chance alone would do with them.
//!
//! Ranks are doubled, so that the mean rank of tied values is a whole number and sums are exact.

/// The doubled ranks (from 2) of values in ascending order; equal values share their mean rank.
pub(crate) fn doubled_ranks(sorted: &[f64]) -> Vec<u64> {
    let mut ranks = Vec::with_capacity(sorted.len());
    for tied in sorted.chunk_by(|a, b| a == b) {
        let (first, last) = (ranks.len() + 1, ranks.len() + tied.len());
        ranks.extend(std::iter::repeat_n((first + last) as u64, tied.len()));
    }
    ranks
}

/// The chance of each sum of ranks when every rank counts or not by the toss of a fair coin:
/// element s is the chance that the doubled sum is s.
pub(crate) fn sign_distribution(doubled_ranks: &[u64]) -> Vec<f64> {
    let total: u64 = doubled_ranks.iter().sum();
    let mut chance = vec![0.0; total as usize + 1];
    chance[0] = 1.0;
    let mut reached = 0;
    for &rank in doubled_ranks {
        let rank = rank as usize;
        reached += rank;
        for sum in (0..=reached).rev() {
            let counted = if sum >= rank { chance[sum - rank] } else { 0.0 };
            chance[sum] = (chance[sum] + counted) / 2.0;
        }
    }
    chance
}

/// The two-sided probability under a distribution that is symmetric: twice that of sums no further
/// up than the lesser of the two.
pub(crate) fn two_sided(chance: &[f64], lesser: u64) -> f64 {
    let tail: f64 = chance.iter().take(lesser as usize + 1).sum();
    (2.0 * tail).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_their_mean_rank() {
        let check = |values: &[f64], expected: &[u64]| assert_eq!(doubled_ranks(values), expected);
        check(&[], &[]);
        check(&[3.0, 5.0, 9.0], &[2, 4, 6]);
        check(&[1.0, 1.0, 2.0], &[3, 3, 6]);
        check(&[4.0, 4.0, 4.0], &[4, 4, 4]);
    }

    #[test]
    fn two_coins_by_hand() {
        // Ranks 1 and 2: sums 0, 1, 2 and 3 are equally likely.
        assert_eq!(
            sign_distribution(&[2, 4]),
            [0.25, 0.0, 0.25, 0.0, 0.25, 0.0, 0.25]
        );
        assert_eq!(sign_distribution(&[]), [1.0]);
        assert_eq!(two_sided(&sign_distribution(&[2, 4]), 0), 0.5);
        assert_eq!(two_sided(&sign_distribution(&[2, 4]), 2), 1.0);
    }
}
