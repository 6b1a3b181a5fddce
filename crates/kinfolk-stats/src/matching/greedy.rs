//! Nearest comparators, one treated subject after the other.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::ops::Range;

use super::pool::{Near, Pool};
use super::{Caliper, Candidates, Matches, Pair};
use crate::StatsError;

/// Who chooses first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Whoever lies highest on the line: treated subjects with the highest scores have the fewest
    /// comparators.
    #[default]
    Largest,
    /// Whoever lies lowest.
    Smallest,
    /// Whoever has the nearest free comparator.
    Closest,
    /// Rows as they came; the one order that depends on them.
    Rows,
}

/// A covariate in which pairs must lie near each other as well.
#[derive(Debug, Clone, Copy)]
pub struct CovariateCaliper<'a> {
    /// One value a subject.
    pub values: &'a [f64],
    /// How far apart a pair may lie in it.
    pub caliper: Caliper,
}

/// How to match.
#[derive(Debug, Clone, Copy)]
pub struct Greedy<'a> {
    /// Who chooses first.
    pub order: Order,
    /// Comparators for each treated subject, at least 1. Everybody is given a first one before
    /// anybody is given a second.
    pub ratio: usize,
    /// How far apart a pair may lie on the line.
    pub caliper: Option<Caliper>,
    /// Further limits.
    pub covariate_calipers: &'a [CovariateCaliper<'a>],
}

impl Default for Greedy<'_> {
    /// One comparator each, the highest first, within 0.2 standard deviations (which suits the logit
    /// of a propensity score).
    fn default() -> Self {
        Self {
            order: Order::default(),
            ratio: 1,
            caliper: Some(Caliper::StandardDeviations(0.2)),
            covariate_calipers: &[],
        }
    }
}

/// Who is the nearest comparator of each treated subject? Each in turn takes the nearest that is
/// still free, in its own cell and within the calipers.
///
/// See `docs/methods/matching-greedy.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`], [`StatsError::OneArm`],
/// [`StatsError::KeyTwice`], [`StatsError::Caliper`]; [`StatsError::Ratio`] for a ratio of 0.
pub fn match_greedily(candidates: &Candidates, how: &Greedy) -> Result<Matches, StatsError> {
    candidates.check()?;
    if how.ratio == 0 {
        return Err(StatsError::Ratio(0.0));
    }
    let caliper = how
        .caliper
        .map(|caliper| caliper.width(candidates.distance))
        .transpose()?;
    let limits = Limits::new(candidates, how, caliper)?;
    let mut pool = Pool::new(candidates);
    let waiting = in_order(candidates, how.order, &pool);
    let mut pairs = Vec::new();
    for _ in 0..how.ratio {
        let found = match how.order {
            Order::Closest => closest_first(&mut pool, &waiting, &limits, candidates),
            _ => one_after_the_other(&mut pool, &waiting, &limits),
        };
        pairs.extend(found);
    }
    Ok(Matches::new(pairs, candidates, caliper))
}

/// A treated subject in search of a comparator.
struct Chooser {
    row: usize,
    place: f64,
    cell: Range<usize>,
}

fn in_order(candidates: &Candidates, order: Order, pool: &Pool) -> Vec<Chooser> {
    let mut rows: Vec<usize> = (0..candidates.treated.len())
        .filter(|&row| candidates.treated[row])
        .collect();
    let by_place =
        |a: &usize, b: &usize| candidates.distance[*a].total_cmp(&candidates.distance[*b]);
    let by_key = |a: &usize, b: &usize| candidates.keys[*a].cmp(&candidates.keys[*b]);
    match order {
        Order::Largest => rows.sort_unstable_by(|a, b| by_place(b, a).then(by_key(a, b))),
        Order::Smallest => rows.sort_unstable_by(|a, b| by_place(a, b).then(by_key(a, b))),
        Order::Closest => rows.sort_unstable_by(by_key),
        Order::Rows => {}
    }
    let chooser = |row| Chooser {
        row,
        place: candidates.distance[row] + 0.0,
        cell: pool.cell(candidates.cell(row)),
    };
    rows.into_iter().map(chooser).collect()
}

/// The covariates in which a pair must lie near each other, each with its width.
pub(super) struct WithinCalipers<'a>(Vec<(&'a [f64], f64)>);

impl<'a> WithinCalipers<'a> {
    /// # Errors
    ///
    /// [`StatsError::UnequalLengths`], [`StatsError::NotFinite`], [`StatsError::Caliper`].
    pub(super) fn new(calipers: &[CovariateCaliper<'a>], n: usize) -> Result<Self, StatsError> {
        let mut widths = Vec::with_capacity(calipers.len());
        for limit in calipers {
            crate::columns::check_column("a covariate with a caliper", limit.values, n)?;
            widths.push((limit.values, limit.caliper.width(limit.values)?));
        }
        Ok(Self(widths))
    }

    /// Whether two subjects are near enough in all of them.
    pub(super) fn holds(&self, one: usize, other: usize) -> bool {
        let mut widths = self.0.iter();
        widths.all(|(values, width)| (values[one] - values[other]).abs() <= *width)
    }
}

/// What a pair must keep within.
struct Limits<'a> {
    most: f64,
    covariates: WithinCalipers<'a>,
}

impl<'a> Limits<'a> {
    fn new(
        candidates: &Candidates,
        how: &Greedy<'a>,
        caliper: Option<f64>,
    ) -> Result<Self, StatsError> {
        Ok(Self {
            most: caliper.unwrap_or(f64::INFINITY),
            covariates: WithinCalipers::new(how.covariate_calipers, candidates.treated.len())?,
        })
    }

    fn nearest(&self, pool: &mut Pool, chooser: &Chooser) -> Option<Near> {
        pool.nearest(chooser.place, chooser.cell.clone(), self.most, |control| {
            self.covariates.holds(chooser.row, control)
        })
    }
}

fn one_after_the_other(pool: &mut Pool, waiting: &[Chooser], limits: &Limits) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for chooser in waiting {
        if let Some(near) = limits.nearest(pool, chooser) {
            pool.take(near.position);
            pairs.push(pair(pool, chooser, near));
        }
    }
    pairs
}

fn pair(pool: &Pool, chooser: &Chooser, near: Near) -> Pair {
    Pair {
        treated: chooser.row,
        control: pool.row(near.position),
        distance: near.distance,
    }
}

/// A possible pair; the nearest is the greatest, so that a heap gives it first.
#[derive(PartialEq)]
struct Offer {
    distance: f64,
    keys: Reverse<(u64, u64)>,
    chooser: usize,
    position: usize,
}

impl Eq for Offer {}

impl Ord for Offer {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .distance
            .total_cmp(&self.distance)
            .then(self.keys.cmp(&other.keys))
    }
}

impl PartialOrd for Offer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Nearest pairs first. An offer whose comparator has gone is renewed when its turn comes: it can
/// only be farther than it was.
fn closest_first(
    pool: &mut Pool,
    waiting: &[Chooser],
    limits: &Limits,
    candidates: &Candidates,
) -> Vec<Pair> {
    let offer = |pool: &mut Pool, index: usize| {
        let near = limits.nearest(pool, &waiting[index])?;
        Some(Offer {
            distance: near.distance,
            keys: Reverse((candidates.keys[waiting[index].row], pool.key(near.position))),
            chooser: index,
            position: near.position,
        })
    };
    let mut offers: BinaryHeap<Offer> = (0..waiting.len())
        .filter_map(|index| offer(pool, index))
        .collect();
    let mut pairs = Vec::new();
    while let Some(best) = offers.pop() {
        if pool.is_free(best.position) {
            pool.take(best.position);
            let near = Near {
                position: best.position,
                distance: best.distance,
            };
            pairs.push(pair(pool, &waiting[best.chooser], near));
        } else {
            offers.extend(offer(pool, best.chooser));
        }
    }
    pairs
}

#[cfg(test)]
mod tests;
