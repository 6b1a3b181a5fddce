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

/// The chance of each sum of ranks of the first group when every choice of `n_first` ranks is as
/// likely: element s is the chance that the doubled sum is s.
pub(crate) fn rank_sum_distribution(doubled_ranks: &[u64], n_first: usize) -> Vec<f64> {
    let total = doubled_ranks.iter().sum::<u64>() as usize;
    // chance[k][s]: k of the ranks seen so far are in the first group and sum to s. Each rank goes to
    // it with the share of its places still free, which makes every choice equally likely.
    let mut chance = vec![vec![0.0; total + 1]; n_first + 1];
    chance[0][0] = 1.0;
    let mut reached = 0;
    for (seen, &rank) in doubled_ranks.iter().enumerate() {
        let rank = rank as usize;
        reached += rank;
        let left = (doubled_ranks.len() - seen) as f64;
        for chosen in (0..=n_first.min(seen + 1)).rev() {
            let stays = 1.0 - ((n_first - chosen) as f64 / left).min(1.0);
            let joins = (n_first + 1 - chosen) as f64 / left;
            for sum in (0..=reached).rev() {
                let joined = if chosen > 0 && sum >= rank {
                    chance[chosen - 1][sum - rank] * joins
                } else {
                    0.0
                };
                chance[chosen][sum] = chance[chosen][sum] * stays + joined;
            }
        }
    }
    chance.swap_remove(n_first)
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
    fn two_of_three_by_hand() {
        let close = |found: &[f64], expected: &[f64]| {
            assert_eq!(found.len(), expected.len());
            assert!(
                found
                    .iter()
                    .zip(expected)
                    .all(|(a, b)| (a - b).abs() < 1e-15),
                "{found:?}"
            );
        };
        // Ranks 1, 2, 3: sums 3, 4 and 5 are equally likely.
        let third = 1.0 / 3.0;
        let expected = [0., 0., 0., 0., 0., 0., third, 0., third, 0., third, 0., 0.];
        close(&rank_sum_distribution(&[2, 4, 6], 2), &expected);
        close(&rank_sum_distribution(&[2], 1), &[0.0, 0.0, 1.0]);
        close(&rank_sum_distribution(&[2], 0), &[1.0, 0.0, 0.0]);
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
