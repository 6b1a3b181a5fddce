//! What figures of two groups say together of the few children between them.
//!
//! Number and mean of two groups, one within the other, leave a range of what the scores of the others
//! add up to; standard deviations, and widths of intervals, leave a range of what the squares of those
//! scores add up to. Of one child both must hold of one score, and few scores may be left.
//!
//! Squares add up as the scores themselves do. So in a world in which sums move, squares may move by a
//! multiple of that, the same multiple everywhere, and all totals still hold. Such worlds are enough to
//! show that a score is safe; a score that only others could show to be safe counts as given away.

use kinfolk_model::{Estimate, Scores, Statistic, Unit};

use crate::system::CellAt;
use crate::{Released, Shown, round};

/// Of more scores than this, any sum of squares between the smallest and the largest is taken to be
/// possible.
const FEW: u64 = 5;

/// A cell that is a sum of scores.
#[derive(Debug)]
pub(crate) struct Scored {
    pub(crate) cell: CellAt,
    sum: i64,
    scores: Scores,
    /// The estimates that leave a range of it, each with how far its interval reaches.
    speaking: Vec<(usize, f64)>,
}

/// A printed mean with its interval, or a printed standard deviation.
#[derive(Debug)]
pub(crate) struct Print {
    statistic: Statistic,
    unit: Unit,
    value: f64,
    interval: Option<(f64, f64)>,
    /// How many standard deviations the interval reaches to each side.
    reach: f64,
}

/// A sum of scores in another world.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moved<'a> {
    pub(crate) scored: &'a Scored,
    pub(crate) prints: &'a [Print],
    /// By how much it is larger than in truth.
    pub(crate) by: i64,
}

/// How far the interval of a mean reaches to the side where the scale does not cut it; nothing of a
/// standard deviation. `None` for what is neither.
pub(crate) fn reach(estimate: &Estimate) -> Option<f64> {
    match estimate.statistic {
        Statistic::StandardDeviation => Some(0.0),
        Statistic::Mean => {
            let (value, lower, upper) = (estimate.value?, estimate.lower, estimate.upper);
            let sides = [lower.map(|end| value - end), upper.map(|end| end - value)];
            Some(sides.into_iter().flatten().fold(0.0, f64::max))
        }
        _ => None,
    }
}

/// Whether scores could add up to the moved sums, with the print as it is.
pub(crate) fn can_add_up<'a>(moved: impl Iterator<Item = Moved<'a>>) -> bool {
    let moved: Vec<Moved<'_>> = moved.filter(|moved| moved.by != 0).collect();
    let highest = moved.iter().map(|moved| moved.scored.scores.highest).max();
    // A score that moves from x to x + 1 moves its square by 2x + 1.
    let multiples = 0..=2 * whole(highest.unwrap_or(0)) + 1;
    moved.is_empty()
        || multiples
            .into_iter()
            .any(|multiple| moved.iter().all(|moved| moved.is_possible(multiple)))
}

impl Moved<'_> {
    fn is_possible(&self, multiple: i64) -> bool {
        let scores = self.scored.scores;
        let sum = self.scored.sum + self.by;
        let squares = whole(scores.squares) + multiple * self.by;
        let Some((sum, squares)) = u64::try_from(sum).ok().zip(u64::try_from(squares).ok()) else {
            return false;
        };
        is_sum_of_squares(scores.n, (sum, squares), scores.highest)
            && self
                .prints
                .iter()
                .all(|print| print.agrees((scores.n, sum, squares), scores.highest))
    }
}

impl Scored {
    pub(crate) fn new(
        (cell, sum): (CellAt, u64),
        scores: Scores,
        speaking: Vec<(usize, f64)>,
    ) -> Self {
        Self {
            cell,
            sum: whole(sum),
            scores,
            speaking,
        }
    }

    /// What released figures, each with its place among the estimates, say of it.
    pub(crate) fn prints(&self, published: &[(usize, Released)]) -> Vec<Print> {
        let print = |(at, reach): &(usize, f64)| {
            let place = published.binary_search_by_key(at, |(at, _)| *at).ok()?;
            self.print(&published[place].1, *reach)
        };
        self.speaking.iter().filter_map(print).collect()
    }

    fn print(&self, released: &Released, reach: f64) -> Option<Print> {
        let Shown::Figure(value) = released.value else {
            return None;
        };
        let interval = match released.interval {
            Shown::Figure(ends) => Some(ends),
            Shown::Withheld | Shown::Absent => None,
        };
        let sum = u64::try_from(self.sum).unwrap_or(0);
        let deviation = deviation(self.scores.n, (sum, self.scores.squares));
        Some(Print {
            statistic: released.key.statistic,
            unit: released.unit,
            value,
            interval,
            reach: reach / deviation,
        })
    }
}

impl Print {
    /// Whether so many scores with this sum and sum of squares are printed so.
    fn agrees(&self, (n, sum, squares): (u64, u64, u64), highest: u64) -> bool {
        let (mean, deviation) = (float(sum) / float(n), deviation(n, (sum, squares)));
        let is_same = |printed: f64, value: f64| {
            let print = round::as_printed(value, self.statistic, self.unit);
            (print - printed).abs() < 1e-9
        };
        if self.statistic == Statistic::StandardDeviation {
            return is_same(self.value, deviation);
        }
        let end = |by: f64| (mean + by * self.reach * deviation).clamp(0.0, float(highest));
        is_same(self.value, mean)
            && self
                .interval
                .is_none_or(|(lower, upper)| is_same(lower, end(-1.0)) && is_same(upper, end(1.0)))
    }
}

/// With divisor n − 1.
fn deviation(n: u64, (sum, squares): (u64, u64)) -> f64 {
    let about_mean = float(squares) - float(sum) * float(sum) / float(n);
    (about_mean.max(0.0) / (float(n) - 1.0)).sqrt()
}

/// Whether so many scores up to the highest can have this sum and this sum of squares.
fn is_sum_of_squares(n: u64, (sum, squares): (u64, u64), highest: u64) -> bool {
    let Some([least, most]) = squares_between(n, sum, highest) else {
        return false;
    };
    // A score is even when its square is.
    if !(least..=most).contains(&squares) || sum % 2 != squares % 2 {
        return false;
    }
    match n {
        0 | 1 => true,
        few if few <= FEW => (0..=highest.min(sum)).any(|one| {
            let rest = squares.checked_sub(one * one);
            rest.is_some_and(|rest| is_sum_of_squares(n - 1, (sum - one, rest), one))
        }),
        _ => true,
    }
}

/// The smallest and the largest sum of squares of so many scores with this sum; `None` where there is
/// none.
fn squares_between(n: u64, sum: u64, highest: u64) -> Option<[u64; 2]> {
    if n == 0 || highest == 0 {
        return (sum == 0).then_some([0, 0]);
    }
    let (each, more) = (sum / n, sum % n);
    let least = (n - more) * each * each + more * (each + 1) * (each + 1);
    let (full, rest) = (sum / highest, sum % highest);
    (sum <= n * highest).then_some([least, full * highest * highest + rest * rest])
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "sums of squares of scores lie far below 2^53"
)]
fn float(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_squares_by_hand() {
        let check = |n, sum, squares, expected| {
            let found = is_sum_of_squares(n, (sum, squares), 40);
            assert_eq!(found, expected, "{n} scores, {sum}, {squares}");
        };
        check(0, 0, 0, true);
        check(0, 1, 1, false);
        check(1, 7, 49, true);
        check(1, 7, 51, false);
        check(1, 41, 1681, false);
        // 5 + 2 and 6 + 1, but nothing between.
        check(2, 7, 29, true);
        check(2, 7, 37, true);
        check(2, 7, 33, false);
        check(2, 7, 25, true);
        check(2, 7, 23, false);
        check(3, 12, 50, true);
        check(3, 12, 49, false);
    }

    #[test]
    fn every_sum_of_squares_of_three_is_found() {
        let highest = 6;
        let mut found = std::collections::BTreeSet::new();
        for a in 0..=highest {
            for b in 0..=highest {
                for c in 0..=highest {
                    found.insert((a + b + c, a * a + b * b + c * c));
                }
            }
        }
        for sum in 0..=20 {
            for squares in 0..=120 {
                let expected = found.contains(&(sum, squares));
                assert_eq!(is_sum_of_squares(3, (sum, squares), highest), expected);
            }
        }
    }
}
