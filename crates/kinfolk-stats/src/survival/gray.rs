//! Do groups differ in how many come to one kind of ending?

use super::Endings;
use super::endings::EndingTally;
use crate::StatsError;
use crate::columns::{check_length, n_groups};
use crate::matrix::{Cholesky, Matrix, dot};
use crate::survival::WholeModelTest;

/// Could the groups' shares with ending `cause` differ as much by chance, other endings competing?
/// Gray's test over any number of groups, within strata where there are any.
///
/// `groups` and `strata` number the group and stratum of each subject from 0. `rho` weights each
/// ending by (1 − F)^rho, F being the share of all groups that has come to it: 0 unless early endings
/// should count for more.
///
/// See `docs/methods/gray.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`] for rho, and
/// [`StatsError::NothingToCompare`] where no two groups could have come to the ending.
pub fn gray(
    endings: &Endings,
    cause: u32,
    groups: &[u32],
    strata: Option<&[u32]>,
    rho: f64,
) -> Result<WholeModelTest, StatsError> {
    check_length("groups", groups.len(), endings.len())?;
    if !rho.is_finite() {
        return Err(StatsError::NotFinite { at: 0, value: rho });
    }
    let n_groups = n_groups(groups);
    let mut score = vec![0.0; n_groups];
    let mut variance = Matrix::zeros(n_groups, n_groups);
    for rows in rows_of_strata(endings.len(), strata)? {
        let table = Table::new(endings, cause, groups, n_groups, &rows);
        let totals = table.add_score(rho, &mut score);
        table.add_variance(rho, &totals, &mut variance);
    }
    test(&score, &variance)
}

/// Less of a count of endings, or of its variance, than this is what rounding leaves of none.
const NOTHING: f64 = 1e-10;

/// The scores sum to 0, so one group follows from the others; groups without spread say nothing. One with a
/// score and without spread shows that there are too few endings for the variance to be told.
fn test(score: &[f64], variance: &Matrix) -> Result<WholeModelTest, StatsError> {
    let (moving, still): (Vec<usize>, Vec<usize>) =
        (0..score.len()).partition(|&group| variance[(group, group)] > NOTHING);
    if still.iter().any(|&group| score[group].abs() > NOTHING) {
        return Err(StatsError::NothingToCompare);
    }
    let kept = &moving[..moving.len().saturating_sub(1)];
    let variance = Matrix::from_fn(kept.len(), kept.len(), |row, column| {
        variance[(kept[row], kept[column])]
    });
    let score: Vec<f64> = kept.iter().map(|&group| score[group]).collect();
    let cholesky = Cholesky::of(&variance)
        .filter(|_| !kept.is_empty())
        .ok_or(StatsError::NothingToCompare)?;
    Ok(WholeModelTest::new(
        dot(&cholesky.solve(&score), &score),
        kept.len(),
    ))
}

fn rows_of_strata(n: usize, strata: Option<&[u32]>) -> Result<Vec<Vec<usize>>, StatsError> {
    let Some(strata) = strata else {
        return Ok(vec![(0..n).collect()]);
    };
    check_length("strata", strata.len(), n)?;
    let mut rows: Vec<usize> = (0..n).collect();
    rows.sort_by_key(|&row| strata[row]);
    let chunks = rows.chunk_by(|&a, &b| strata[a] == strata[b]);
    Ok(chunks.map(<[usize]>::to_vec).collect())
}

/// Each group's counts at each time of a stratum.
struct Table {
    n_groups: usize,
    /// Time by time, one entry a group.
    times: Vec<Vec<Count>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    at_risk: f64,
    events: f64,
    competing: f64,
}

/// A group's curves just before a time.
#[derive(Debug, Clone, Copy)]
struct Before {
    /// The share without any ending.
    staying: f64,
    /// The share with the ending in question.
    ended: f64,
}

/// Everything about one time that score and variance use.
struct Moment<'a> {
    counts: &'a [Count],
    /// One entry a group; `None` for a group with nobody left.
    before: Vec<Option<Before>>,
    /// The share still without any ending just after.
    staying_after: Vec<f64>,
    /// The share with the ending over all groups, just before and just after.
    pooled: [f64; 2],
    weight: f64,
    /// All groups' numbers at risk, each over its share staying.
    faced: f64,
    events: f64,
}

impl Table {
    fn new(endings: &Endings, cause: u32, groups: &[u32], n_groups: usize, rows: &[usize]) -> Self {
        let tallies: Vec<Vec<EndingTally>> = (0..n_groups)
            .map(|group| {
                let members = rows
                    .iter()
                    .copied()
                    .filter(|&row| groups[row] as usize == group);
                endings.tally(cause, &members.collect::<Vec<_>>())
            })
            .collect();
        let mut all: Vec<f64> = tallies.iter().flatten().map(|at| at.time).collect();
        all.sort_unstable_by(f64::total_cmp);
        all.dedup();
        let counts = |&time: &f64| tallies.iter().map(|group| count(group, time)).collect();
        Self {
            n_groups,
            times: all.iter().map(counts).collect(),
        }
    }

    /// Adds the stratum's scores, and gives the compensators at the end of time.
    fn add_score(&self, rho: f64, score: &mut [f64]) -> Matrix {
        let mut totals = Matrix::zeros(self.n_groups, self.n_groups);
        self.walk(rho, |moment| {
            let adjusted: Vec<f64> = (0..self.n_groups)
                .map(|group| moment.adjusted(group))
                .collect();
            let all: f64 = adjusted.iter().sum();
            for (group, sum) in score.iter_mut().enumerate() {
                if all > 0.0 {
                    let expected = moment.events * adjusted[group] / all;
                    *sum += moment.weight * (moment.counts[group].events - expected);
                }
            }
            moment.add_compensators(&mut totals);
        });
        totals
    }

    /// Adds the variance. A group's ending moves the scores at once, and through its curve at all
    /// later times: `totals` less what has passed is what is still to come.
    fn add_variance(&self, rho: f64, totals: &Matrix, variance: &mut Matrix) {
        let mut passed = Matrix::zeros(self.n_groups, self.n_groups);
        self.walk(rho, |moment| {
            moment.add_compensators(&mut passed);
            for group in 0..self.n_groups {
                let to_come = |of: usize| totals[(of, group)] - passed[(of, group)];
                let (later, spread) = moment.own_spread(group);
                add_square(variance, spread, |of| {
                    moment.contrast(of, group) + later * to_come(of)
                });
                let (later, spread) = moment.competing_spread(group);
                add_square(variance, spread, |of| later * to_come(of));
            }
        });
    }

    fn walk(&self, rho: f64, mut visit: impl FnMut(&Moment)) {
        let start = Before {
            staying: 1.0,
            ended: 0.0,
        };
        let mut groups = vec![start; self.n_groups];
        let mut pooled = 0.0;
        for counts in self
            .times
            .iter()
            .filter(|counts| counts.iter().any(Count::any))
        {
            let moment = Moment::new(counts, &groups, pooled, rho);
            pooled = moment.pooled[1];
            visit(&moment);
            for (group, (before, count)) in groups.iter_mut().zip(counts).enumerate() {
                if count.at_risk > 0.0 {
                    before.ended += before.staying * count.events / count.at_risk;
                    before.staying = moment.staying_after[group];
                }
            }
        }
    }
}

impl Count {
    fn any(&self) -> bool {
        self.events + self.competing > 0.0
    }
}

impl<'a> Moment<'a> {
    fn new(counts: &'a [Count], groups: &[Before], pooled: f64, rho: f64) -> Self {
        let present = |(before, count): (&Before, &Count)| (count.at_risk > 0.0).then_some(*before);
        let after = |(before, count): (&Before, &Count)| {
            let left = count.at_risk - count.events - count.competing;
            if count.at_risk > 0.0 {
                before.staying * left / count.at_risk
            } else {
                before.staying
            }
        };
        let before: Vec<Option<Before>> = groups.iter().zip(counts).map(present).collect();
        let faced = before.iter().zip(counts);
        let faced: f64 = faced
            .filter_map(|(before, count)| Some(count.at_risk / before.as_ref()?.staying))
            .sum();
        let events: f64 = counts.iter().map(|count| count.events).sum();
        Self {
            counts,
            before,
            staying_after: groups.iter().zip(counts).map(after).collect(),
            pooled: [pooled, pooled + events / faced],
            weight: (1.0 - pooled).powf(rho),
            faced,
            events,
        }
    }

    /// Those at risk over the share staying; 0 for a group with nobody left.
    fn scaled(&self, group: usize) -> f64 {
        self.before[group].map_or(0.0, |before| self.counts[group].at_risk / before.staying)
    }

    /// Those at risk, and those who would be were they not in another ending.
    fn adjusted(&self, group: usize) -> f64 {
        self.scaled(group) * self.before[group].map_or(0.0, |before| 1.0 - before.ended)
    }

    /// How an ending in `group` moves the score of `of`, before weighting by time.
    fn contrast(&self, of: usize, group: usize) -> f64 {
        let own = if of == group { self.scaled(of) } else { 0.0 };
        self.weight * (own - self.scaled(of) * self.scaled(group) / self.faced)
    }

    fn add_compensators(&self, sums: &mut Matrix) {
        let hazard = self.events / (self.faced * (1.0 - self.pooled[0]));
        for of in 0..self.counts.len() {
            for group in 0..self.counts.len() {
                sums[(of, group)] += self.contrast(of, group) * hazard;
            }
        }
    }

    /// How far an ending of the kind in question carries into later times, and its spread under the
    /// pooled curve, with the variance of drawing tied endings without replacement.
    fn own_spread(&self, group: usize) -> (f64, f64) {
        let Some(before) = self.before[group].filter(|_| self.events > 0.0) else {
            return (0.0, 0.0);
        };
        let staying = self.staying_after[group];
        let later = if staying > 0.0 {
            1.0 - (1.0 - self.pooled[1]) / staying
        } else {
            1.0
        };
        let ties = without_replacement(self.events, self.faced * before.staying);
        let at_risk = self.counts[group].at_risk;
        (
            later,
            ties * before.staying * self.events / (self.faced * at_risk),
        )
    }

    /// The same for endings of other kinds, which are not pooled.
    fn competing_spread(&self, group: usize) -> (f64, f64) {
        let Count {
            at_risk, competing, ..
        } = self.counts[group];
        let staying = self.staying_after[group];
        let Some(before) = self.before[group].filter(|_| staying > 0.0 && competing > 0.0) else {
            return (0.0, 0.0);
        };
        let ties = without_replacement(competing, at_risk);
        let spread = ties * before.staying.powi(2) * competing / at_risk.powi(2);
        ((1.0 - self.pooled[1]) / staying, spread)
    }
}

/// The correction for `drawn` out of `n` at once; 1 for a single one.
fn without_replacement(drawn: f64, n: f64) -> f64 {
    if drawn > 1.0 {
        1.0 - (drawn - 1.0) / (n - 1.0)
    } else {
        1.0
    }
}

fn add_square(variance: &mut Matrix, spread: f64, value: impl Fn(usize) -> f64) {
    if spread == 0.0 {
        return;
    }
    let values: Vec<f64> = (0..variance.n_rows()).map(value).collect();
    for (row, one) in values.iter().enumerate() {
        for (column, other) in values.iter().enumerate() {
            variance[(row, column)] += spread * one * other;
        }
    }
}

/// A group's counts at a time, which may lie between its own times of leaving.
fn count(tallies: &[EndingTally], time: f64) -> Count {
    let next = tallies.partition_point(|at| at.time < time);
    let Some(at) = tallies.get(next) else {
        return Count::default();
    };
    let here = at.time == time;
    Count {
        at_risk: at.at_risk as f64,
        events: if here { at.events as f64 } else { 0.0 },
        competing: if here { at.competing as f64 } else { 0.0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn test(times: &[f64], causes: &[u32], groups: &[u32]) -> Result<WholeModelTest, StatsError> {
        gray(&Endings::new(times, causes).unwrap(), 1, groups, None, 0.0)
    }

    #[test]
    fn without_two_groups_there_is_nothing_to_compare() {
        let nothing = Err(StatsError::NothingToCompare);
        assert_eq!(test(&[], &[], &[]), nothing);
        assert_eq!(test(&[1.0, 2.0], &[1, 1], &[0, 0]), nothing);
        assert_eq!(test(&[1.0, 2.0], &[2, 2], &[0, 1]), nothing);
        assert!(test(&[1.0], &[1], &[]).is_err());
    }

    #[test]
    fn groups_alike_do_not_differ() {
        let times = [1.0, 2.0, 3.0, 4.0, 5.0, 1.0, 2.0, 3.0, 4.0, 5.0];
        let causes = [1, 2, 0, 1, 2, 1, 2, 0, 1, 2];
        let groups = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
        let found = test(&times, &causes, &groups).unwrap();
        assert!(
            found.chi_square < 1e-20 && found.p_value > 0.999,
            "{found:?}"
        );
    }

    /// Everyone who is left comes to the ending on the last day, so that nothing could be otherwise.
    #[test]
    fn what_happens_to_everyone_at_once_compares_nobody() {
        let times = [8.0, 6.0, 1.0, 8.0, 6.0, 1.0, 8.0, 2.0, 1.0, 8.0];
        let causes = [1, 0, 0, 1, 2, 0, 1, 0, 0, 1];
        for groups in [
            [1, 0, 0, 2, 0, 0, 1, 0, 0, 0],
            [1, 2, 2, 0, 2, 2, 1, 2, 2, 2],
        ] {
            let found = test(&times, &causes, &groups);
            assert_eq!(found, Err(StatsError::NothingToCompare));
        }
    }

    proptest! {
        #[test]
        fn names_of_groups_do_not_matter(
            rows in prop::collection::vec((1u32..9, 0u32..3, 0u32..3), 10..40)
        ) {
            let times: Vec<f64> = rows.iter().map(|row| f64::from(row.0)).collect();
            let causes: Vec<u32> = rows.iter().map(|row| row.1).collect();
            let groups: Vec<u32> = rows.iter().map(|row| row.2).collect();
            let renamed: Vec<u32> = groups.iter().map(|group| 2 - group).collect();
            if let (Ok(one), Ok(other)) = (test(&times, &causes, &groups), test(&times, &causes, &renamed)) {
                prop_assert!(one.chi_square >= 0.0 && one.chi_square.is_finite());
                if one.degrees == other.degrees {
                    prop_assert!((one.chi_square - other.chi_square).abs() < 1e-6 * (1.0 + one.chi_square));
                }
            }
        }
    }
}
