//! An attacker who has number, mean, interval and standard deviation of groups within groups, and tries
//! every score that the one or two children between two of them can have.
//!
//! It shares no code with the crate: sums and sums of squares are worked out from the print.

mod common;

use std::collections::BTreeSet;

use common::{Book, REACH, find, local};
use kinfolk_disclosure::{Release, Shown, profile, release};
use kinfolk_model::{DisclosureProfile, Group, Key, Statistic};
use proptest::prelude::*;

const HIGHEST: u64 = 40;

/// Half a unit of a number with one decimal.
const HALF: f64 = 0.05 + 1e-9;

/// Groups, each within the one before, and for any two of them what the scores add up to of those who are
/// only in the larger.
fn nested(scores: &[u64], sizes: &[usize]) -> Book {
    let mut book = Book::default();
    let sizes: Vec<usize> = with_all(scores, sizes);
    for (at, &size) in sizes.iter().enumerate() {
        book.scores(&format!("group{at}"), &scores[..size], HIGHEST);
    }
    for (outer, &larger) in sizes.iter().enumerate() {
        for (inner, &smaller) in sizes.iter().enumerate().skip(outer + 1) {
            let names = [format!("group{outer}"), format!("group{inner}")];
            let between = format!("between {outer} and {inner}");
            let n = (larger - smaller) as u64;
            book.cell_of(&between, n, None);
            book.sum_of_scores(&format!("{between}/sum"), &scores[smaller..larger], HIGHEST);
            book.sum(&names[0], &[&names[1], &between]);
            let [whole, part, rest] =
                [&names[0], &names[1], &between].map(|of| format!("{of}/sum"));
            book.sum(&whole, &[&part, &rest]);
        }
    }
    book
}

/// The sizes of all groups, the largest first.
fn with_all(scores: &[u64], sizes: &[usize]) -> Vec<usize> {
    std::iter::once(scores.len())
        .chain(sizes.iter().copied())
        .collect()
}

/// What the print says of one group.
struct Printed {
    n: u64,
    mean: Option<f64>,
    interval: Option<(f64, f64)>,
    deviation: Option<f64>,
}

impl Printed {
    fn read(release: &Release, name: &str, n: usize) -> Self {
        let of = |statistic| find(release, &Key::new("m", Group::of("part", name), statistic));
        let figure = |statistic| of(statistic).and_then(|released| released.value().figure());
        Self {
            n: n as u64,
            mean: figure(Statistic::Mean),
            interval: of(Statistic::Mean).and_then(|released| match released.interval() {
                Shown::Figure(ends) => Some(ends),
                Shown::Withheld | Shown::Absent => None,
            }),
            deviation: figure(Statistic::StandardDeviation),
        }
    }

    /// Every possible sum with the range of the sum of squares; `None` when nothing is printed.
    fn possible(&self) -> Option<Vec<(i64, [f64; 2])>> {
        let mean = self.mean?;
        let n = self.n as f64;
        let sums = (0..=HIGHEST * self.n).filter(|&sum| (sum as f64 / n - mean).abs() <= HALF);
        let ranges = sums.filter_map(|sum| {
            let [low, high] = self.deviations(sum as f64 / n)?;
            let squares = |deviation: f64| (sum * sum) as f64 / n + (n - 1.0) * deviation.powi(2);
            Some((sum as i64, [squares(low), squares(high)]))
        });
        Some(ranges.collect())
    }

    /// The smallest and the largest standard deviation of scores with this mean that is printed so, and
    /// whose interval is; `None` when there is none.
    fn deviations(&self, mean: f64) -> Option<[f64; 2]> {
        let (mut low, mut high) = (0.0f64, HIGHEST as f64);
        if let Some(deviation) = self.deviation {
            (low, high) = (low.max(deviation - HALF), high.min(deviation + HALF));
        }
        let error = REACH / (self.n as f64).sqrt();
        for (reached, is_cut) in self.ends(mean) {
            low = low.max((reached - HALF) / error);
            if !is_cut {
                high = high.min((reached + HALF) / error);
            }
        }
        (low <= high).then_some([low, high])
    }

    /// How far each end of the interval lies from the mean, and whether the scale may cut it.
    fn ends(&self, mean: f64) -> Vec<(f64, bool)> {
        let ends = self.interval.into_iter();
        let of = |(lower, upper): (f64, f64)| {
            let highest = HIGHEST as f64;
            [
                (mean - lower, lower <= HALF),
                (upper - mean, upper >= highest - HALF),
            ]
        };
        ends.flat_map(of).collect()
    }
}

/// The sums that the scores of so many children can have, who are in the first group and not in the
/// second; `None` when the print says too little.
fn possible_sums(outer: &Printed, inner: &Printed, n: u64) -> Option<BTreeSet<u64>> {
    let (outer, inner) = (outer.possible()?, inner.possible()?);
    let scores: Vec<(u64, u64)> = match n {
        1 => (0..=HIGHEST).map(|one| (one, one * one)).collect(),
        _ => (0..=HIGHEST)
            .flat_map(|one| (0..=one).map(move |two| (one + two, one * one + two * two)))
            .collect(),
    };
    let is_possible = |&(sum, squares): &(u64, u64)| {
        outer.iter().any(|(whole, [low, high])| {
            inner.iter().any(|(part, [least, most])| {
                let squares = squares as f64;
                whole - part == sum as i64
                    && squares >= low - most - 1e-6
                    && squares <= high - least + 1e-6
            })
        })
    };
    let sums = scores.into_iter().filter(is_possible);
    Some(sums.map(|(sum, _)| sum).collect())
}

/// Every pair of groups with one or two children between them.
fn attack(scores: &[u64], sizes: &[usize], release: &Release) -> Result<(), TestCaseError> {
    let needed = profile(release.profile()).possible_values;
    let sizes = with_all(scores, sizes);
    for (outer, &larger) in sizes.iter().enumerate() {
        for (inner, &smaller) in sizes.iter().enumerate().skip(outer + 1) {
            let between = larger - smaller;
            if !(1..=2).contains(&between) {
                continue;
            }
            let read = |at: usize, n| Printed::read(release, &format!("group{at}"), n);
            let (whole, part) = (read(outer, larger), read(inner, smaller));
            let Some(sums) = possible_sums(&whole, &part, between as u64) else {
                continue;
            };
            let truth: u64 = scores[smaller..larger].iter().sum();
            prop_assert!(sums.contains(&truth), "{truth} is not among {sums:?}");
            let secret = scores[smaller..larger].iter().any(|&score| score > 0);
            prop_assert!(
                !secret || sums.len() as u64 >= needed,
                "{between} between {larger} and {smaller} have {truth}: {sums:?}, {:?}",
                common::summary(release)
            );
        }
    }
    Ok(())
}

/// Mostly near the middle, now and then at the end of the scale.
fn scores() -> impl Strategy<Value = Vec<u64>> {
    let score = prop_oneof![4 => 8u64..22, 1 => 0u64..=HIGHEST, 1 => 33u64..=HIGHEST];
    prop::collection::vec(score, 14..50)
}

fn check(
    scores: &[u64],
    left: &[usize],
    disclosure: DisclosureProfile,
) -> Result<(), TestCaseError> {
    let sizes: Vec<usize> = left
        .iter()
        .scan(scores.len(), |size, left| {
            *size -= left;
            Some(*size)
        })
        .collect();
    let book = nested(scores, &sizes);
    let release = release(&book.estimates, &local(disclosure));
    let release = release.map_err(|error| TestCaseError::fail(error.to_string()))?;
    attack(scores, &sizes, &release)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 100,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn scores_of_the_few_between_two_groups_keep_their_secrets(
        scores in scores(),
        left in prop::collection::vec(1usize..4, 1..4),
        disclosure in prop::sample::select(vec![DisclosureProfile::DfeCsc, DisclosureProfile::Tre]),
    ) {
        check(&scores, &left, disclosure)?;
    }
}

/// With the standard deviations, one sum is left for the two children between 14 and 12.
#[test]
fn standard_deviations_do_not_give_away_what_means_leave_open() {
    for high in [[10, 10], [11, 10], [10, 9]] {
        let scores = [vec![8; 8], vec![9; 4], high.to_vec()].concat();
        let book = nested(&scores, &[13, 12]);
        let internal = release(&book.estimates, &local(DisclosureProfile::Internal)).unwrap();
        let read = |at: usize, n| Printed::read(&internal, &format!("group{at}"), n);
        let if_all_were_shown = possible_sums(&read(0, 14), &read(2, 12), 2);
        assert_eq!(if_all_were_shown, Some(BTreeSet::from([high.iter().sum()])));
        check(&scores, &[1, 1], DisclosureProfile::DfeCsc).unwrap();
    }
}
