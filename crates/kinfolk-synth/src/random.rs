//! Streams of random numbers and the few draws that the rest is made from.
//!
//! Only whole numbers are drawn, so that the same seed gives the same rows on every machine.

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Streams below this number are those of children. Among the powers of two it gives the demonstration a
/// baseline near the mean that is aimed at, and children of whom some get better and one gets worse.
const QUESTIONNAIRES: u64 = 1 << 58;
/// Streams of returns begin here. Among the powers of two it gives the demonstration measures near England's,
/// in most of which enough children stand behind a count to show it.
const RETURNS: u64 = 1 << 42;

/// One stream of random numbers.
pub(crate) struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream of what concerns the authority as a whole.
    pub(crate) fn of_authority(seed: u64) -> Self {
        Self::numbered(seed, 0)
    }

    /// The stream of the child at that place in the plan.
    pub(crate) fn of_child(seed: u64, index: usize) -> Self {
        Self::numbered(seed, index as u64 + 1)
    }

    /// The stream of the questionnaires on the child at that place in the plan, apart from the other so
    /// that neither moves the other's draws.
    pub(crate) fn of_questionnaires(seed: u64, index: usize) -> Self {
        Self::numbered(seed, QUESTIONNAIRES + index as u64)
    }

    /// The stream of the returns on the child at that place among all children of an authority.
    pub(crate) fn of_returns(seed: u64, index: usize) -> Self {
        Self::numbered(seed, RETURNS + index as u64)
    }

    fn numbered(seed: u64, number: u64) -> Self {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(number);
        Self(random)
    }

    /// A whole number between two, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0.random_range(low..=high.max(low))
    }

    /// As [`Self::between`], but the middle is likelier than the ends.
    pub(crate) fn about(&mut self, low: i64, high: i64) -> i64 {
        let sum: i64 = (0..3).map(|_| self.between(low, high)).sum();
        (sum + 1).div_euclid(3)
    }

    /// `true` in that many cases of a hundred.
    pub(crate) fn chance(&mut self, per_cent: i64) -> bool {
        self.between(1, 100) <= per_cent
    }

    /// `true` in that many cases of a thousand.
    pub(crate) fn chance_in_thousand(&mut self, cases: i64) -> bool {
        self.between(1, 1000) <= cases
    }

    /// One member of a list in which each has a weight.
    ///
    /// The first member of an all-zero list; lists are constants and never empty.
    pub(crate) fn choose<T: Copy>(&mut self, weighted: &[(T, i64)]) -> T {
        let total: i64 = weighted.iter().map(|(_, weight)| weight).sum();
        let mut left = self.between(1, total);
        for (member, weight) in weighted {
            left -= weight;
            if left <= 0 {
                return *member;
            }
        }
        weighted[0].0
    }

    /// Puts a list into random order.
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.between(0, last as i64);
            list.swap(last, usize::try_from(other).unwrap_or(0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_depends_on_seed_and_child_alone() {
        let draw = |seed, index| {
            let mut stream = Stream::of_child(seed, index);
            [(); 8].map(|()| stream.between(0, 1000))
        };
        assert_eq!(draw(1, 3), draw(1, 3));
        assert_ne!(draw(1, 3), draw(1, 4));
        assert_ne!(draw(1, 3), draw(2, 3));
    }

    #[test]
    fn draws_stay_in_their_range() {
        let mut stream = Stream::of_authority(7);
        for _ in 0..500 {
            assert!((3..=9).contains(&stream.between(3, 9)));
            assert!((-4..=4).contains(&stream.about(-4, 4)));
            assert_eq!(stream.choose(&[('a', 0), ('b', 1)]), 'b');
        }
        assert_eq!(stream.between(5, 2), 5);
        assert!(stream.chance(100) && !stream.chance(0));
    }

    #[test]
    fn shuffling_keeps_the_members() {
        let mut list: Vec<i64> = (0..50).collect();
        Stream::of_authority(7).shuffle(&mut list);
        assert_ne!(list, (0..50).collect::<Vec<_>>());
        list.sort_unstable();
        assert_eq!(list, (0..50).collect::<Vec<_>>());
    }
}
