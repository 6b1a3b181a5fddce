//! An attacker who knows the print, the sums and the meaning of `[c]`, and tries every table of
//! counts, on tables that nobody chose.
//!
//! It shares no code with the crate: cells are read from the released figures by name.

mod common;

use std::collections::BTreeMap;

use common::{Book, count_key, find, local, mean_key, national, share_key};
use kinfolk_disclosure::{Release, Shown, profile, release};
use kinfolk_model::{DisclosureProfile, Estimates};
use proptest::prelude::*;

/// More than any count in the tables below.
const CAP: i64 = 400;

/// What the attacker knows of each cell.
struct Attack<'a> {
    estimates: &'a Estimates,
    names: Vec<&'a str>,
    bounds: Vec<(i64, i64)>,
    truth: Vec<i64>,
    /// Sums as lists of cells, each with how often it counts: once more for a total, less for parts.
    sums: Vec<Vec<(usize, i64)>>,
    steps: u32,
}

impl<'a> Attack<'a> {
    fn new(estimates: &'a Estimates, release: &Release) -> Self {
        let names: Vec<&str> = estimates
            .structure
            .cells
            .keys()
            .map(String::as_str)
            .collect();
        let at: BTreeMap<&str, usize> = names.iter().copied().zip(0..).collect();
        let sums = estimates.structure.sums.iter().map(|sum| {
            let mut factors = BTreeMap::from([(at[sum.total.as_str()], 1)]);
            for part in &sum.parts {
                *factors.entry(at[part.as_str()]).or_default() -= 1;
            }
            factors
                .into_iter()
                .filter(|&(_, factor)| factor != 0)
                .collect()
        });
        Self {
            estimates,
            bounds: names
                .iter()
                .map(|name| match averaged(name, estimates, release) {
                    Some(bounds) => bounds,
                    None => known(name, release),
                })
                .collect(),
            truth: estimates
                .structure
                .cells
                .values()
                .map(|cell| cell.value as i64)
                .collect(),
            sums: sums.collect(),
            names,
            steps: 0,
        }
    }

    /// Cells that the attacker must not learn: withheld ones, and small ones anywhere.
    fn targets(&self, release: &Release) -> Vec<usize> {
        let rules = profile(release.profile());
        (0..self.names.len())
            .filter(|&cell| {
                let children = self.estimates.structure.cells[self.names[cell]].children;
                rules.hides(children) || sign(self.names[cell], release) == Some(Shown::Withheld)
            })
            .collect()
    }

    /// Whether some table agrees with all that is known, with another value in this cell. `None`
    /// when the search takes too long.
    fn can_differ(&mut self, cell: usize) -> Option<bool> {
        self.steps = 300_000;
        let true_value = self.truth[cell];
        for distance in 1..=CAP {
            for value in [true_value + distance, true_value - distance] {
                let mut bounds = self.bounds.clone();
                if !(bounds[cell].0..=bounds[cell].1).contains(&value) {
                    continue;
                }
                bounds[cell] = (value, value);
                if self.has_table(bounds)? {
                    return Some(true);
                }
            }
        }
        Some(false)
    }

    fn has_table(&mut self, mut bounds: Vec<(i64, i64)>) -> Option<bool> {
        self.steps = self.steps.checked_sub(1)?;
        if !self.narrow(&mut bounds) {
            return Some(false);
        }
        let open = (0..bounds.len())
            .filter(|&cell| bounds[cell].0 < bounds[cell].1)
            .min_by_key(|&cell| bounds[cell].1 - bounds[cell].0);
        let Some(cell) = open else {
            return Some(true);
        };
        // Near the truth first, so that a table is found soon where there is one.
        let (low, high) = bounds[cell];
        let mut values: Vec<i64> = (low..=high).collect();
        values.sort_by_key(|value| (value - self.truth[cell]).abs());
        for value in values {
            let mut next = bounds.clone();
            next[cell] = (value, value);
            if self.has_table(next)? {
                return Some(true);
            }
        }
        Some(false)
    }

    /// Narrows by the sums; `false` when no value is left somewhere.
    fn narrow(&self, bounds: &mut [(i64, i64)]) -> bool {
        loop {
            let before = bounds.to_vec();
            for sum in &self.sums {
                for &(cell, factor) in sum {
                    // factor * cell = - (sum of the others)
                    let others = sum.iter().filter(|(other, _)| *other != cell);
                    let (mut low, mut high) = (0, 0);
                    for &(other, factor) in others {
                        let ends = [factor * bounds[other].0, factor * bounds[other].1];
                        low += ends[0].min(ends[1]);
                        high += ends[0].max(ends[1]);
                    }
                    let (low, high) = if factor > 0 {
                        (-high, -low)
                    } else {
                        (low, high)
                    };
                    let size = factor.abs();
                    // Whole numbers only: up from below, down from above.
                    let (low, high) = (-(-low).div_euclid(size), high.div_euclid(size));
                    bounds[cell] = (bounds[cell].0.max(low), bounds[cell].1.min(high));
                    if bounds[cell].0 > bounds[cell].1 {
                        return false;
                    }
                }
            }
            if before == bounds {
                return true;
            }
        }
    }
}

/// How a cell stands in the print, if at all.
fn sign(name: &str, release: &Release) -> Option<Shown<u64>> {
    let count = find(release, &count_key(name)).map(|released| match released.value() {
        Shown::Figure(value) => Shown::Figure(value as u64),
        Shown::Withheld => Shown::Withheld,
        Shown::Absent => Shown::Absent,
    });
    let numerator = find(release, &share_key(name)).map(|released| released.numerator());
    count.or(numerator)
}

/// What the print says of a cell.
fn known(name: &str, release: &Release) -> (i64, i64) {
    let rules = profile(release.profile());
    let base = rules.base(release.settings()) as i64;
    match sign(name, release) {
        Some(Shown::Figure(0)) if rules.shows_zero() => (0, 0),
        Some(Shown::Figure(n)) => (n as i64 - base / 2, n as i64 + (base - 1) / 2),
        Some(Shown::Withheld) if rules.shows_zero() => (1, CAP),
        _ => (0, CAP),
    }
}

/// What a printed mean says of the sum that it was made from: its mean is printed so, and so are the
/// ends of an interval of some width around it. The attacker knows how many there are.
fn averaged(name: &str, estimates: &Estimates, release: &Release) -> Option<(i64, i64)> {
    let released = find(release, &mean_key(name))?;
    let n = estimates.get(&mean_key(name))?.denominator? as f64;
    let (Shown::Figure(mean), Shown::Figure((lower, upper))) =
        (released.value(), released.interval())
    else {
        return None;
    };
    let is_possible = |sum: &i64| {
        let own = *sum as f64 / n;
        // Half a unit of print, and half the width as each end allows it.
        let half = 0.05 + 1e-9;
        let width = (own - lower).max(upper - own) - half;
        (own - mean).abs() <= half && width <= (own - lower).min(upper - own) + half
    };
    let sums: Vec<i64> = (0..CAP).filter(is_possible).collect();
    Some((*sums.first()?, *sums.last()?))
}

fn attack(book: &Book, release: &Release) -> Result<(), TestCaseError> {
    let mut attack = Attack::new(&book.estimates, release);
    for cell in attack.targets(release) {
        let can_differ = attack.can_differ(cell);
        prop_assert!(
            can_differ != Some(false),
            "`{}` is {} and nothing else: {:?}",
            attack.names[cell],
            attack.truth[cell],
            common::summary(release)
        );
    }
    Ok(())
}

const PROFILES: [DisclosureProfile; 3] = [
    DisclosureProfile::DfeCsc,
    DisclosureProfile::NhsRound5,
    DisclosureProfile::Tre,
];

/// Counts with many zeros and small ones among them.
fn counts(n: usize) -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(prop_oneof![2 => Just(0u64), 5 => 1u64..7, 3 => 6u64..25], n)
}

/// A table by rows and columns with all its margins.
fn two_way(cells: &[u64], columns: usize) -> Book {
    let mut book = Book::default();
    let rows = cells.len() / columns;
    let name = |row: usize, column: usize| format!("r{row}c{column}");
    book.count("all", cells.iter().sum());
    for row in 0..rows {
        let own = &cells[row * columns..(row + 1) * columns];
        book.count(&format!("r{row}"), own.iter().sum());
        for (column, &count) in own.iter().enumerate() {
            book.count(&name(row, column), count);
        }
        let parts: Vec<String> = (0..columns).map(|column| name(row, column)).collect();
        sum(&mut book, &format!("r{row}"), &parts);
    }
    for column in 0..columns {
        let own = cells.iter().skip(column).step_by(columns).sum();
        book.count(&format!("c{column}"), own);
        let parts: Vec<String> = (0..rows).map(|row| name(row, column)).collect();
        sum(&mut book, &format!("c{column}"), &parts);
    }
    let margin =
        |letter: char, n: usize| (0..n).map(|at| format!("{letter}{at}")).collect::<Vec<_>>();
    sum(&mut book, "all", &margin('r', rows));
    sum(&mut book, "all", &margin('c', columns));
    book
}

fn sum(book: &mut Book, total: &str, parts: &[String]) {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    book.sum(total, &parts);
}

/// Groups of rows, each row with a share; pools of the rows of a group; totals over all.
fn shares(rows: &[(u64, u64)], per_group: usize) -> Book {
    let mut book = Book::default();
    let names: Vec<String> = (0..rows.len()).map(|at| format!("row{at}")).collect();
    let add = |book: &mut Book, name: &str, met: u64, rest: u64| {
        book.count(name, met + rest);
        book.cell(&format!("{name}/met"), met)
            .cell(&format!("{name}/rest"), rest);
        book.sum(name, &[&format!("{name}/met"), &format!("{name}/rest")]);
        book.share(&format!("{name}/met"), name);
    };
    for (name, &(met, rest)) in names.iter().zip(rows) {
        add(&mut book, name, met, rest);
    }
    let mut groups = Vec::new();
    for (at, (members, own)) in names
        .chunks(per_group)
        .zip(rows.chunks(per_group))
        .enumerate()
    {
        let name = format!("group{at}");
        let total = |of: fn(&(u64, u64)) -> u64| own.iter().map(of).sum();
        add(&mut book, &name, total(|row| row.0), total(|row| row.1));
        for part in ["", "/met"] {
            let parts: Vec<String> = members
                .iter()
                .map(|member| format!("{member}{part}"))
                .collect();
            sum(&mut book, &format!("{name}{part}"), &parts);
        }
        groups.push((name, members.to_vec()));
    }
    let total = |of: fn(&(u64, u64)) -> u64| rows.iter().map(of).sum();
    add(&mut book, "all", total(|row| row.0), total(|row| row.1));
    for part in ["", "/met"] {
        let parts: Vec<String> = groups
            .iter()
            .map(|(name, _)| format!("{name}{part}"))
            .collect();
        sum(&mut book, &format!("all{part}"), &parts);
    }
    declare(&mut book, &names, &groups);
    book
}

fn declare(book: &mut Book, names: &[String], groups: &[(String, Vec<String>)]) {
    let rows: Vec<(&str, &str)> = names
        .iter()
        .map(|name| (name.as_str(), name.as_str()))
        .collect();
    let members: Vec<Vec<&str>> = groups
        .iter()
        .map(|(_, members)| members.iter().map(String::as_str).collect())
        .collect();
    let pools: Vec<(&str, &str, &[&str])> = groups
        .iter()
        .zip(&members)
        .map(|((name, _), members)| (name.as_str(), name.as_str(), members.as_slice()))
        .collect();
    book.breakdown(&rows, &pools);
}

const BANDS: [&str; 3] = ["low", "middle", "high"];

/// Children by band at two times: everyone at the first, those seen again at both, and from which
/// band to which those went; the rows of both times are joined alike, the moves are dropped whole.
fn bands_twice(moves: &[u64], lost: &[u64]) -> Book {
    let mut book = Book::default();
    let at = |row: usize, column: usize| moves[3 * row + column];
    let moved = |row: usize, column: usize| format!("{} to {}", BANDS[row], BANDS[column]);
    let per_band =
        |of: &dyn Fn(usize) -> u64| BANDS.iter().enumerate().map(|(at, _)| of(at)).collect();
    let first: Vec<u64> = per_band(&|row| (0..3).map(|column| at(row, column)).sum());
    let later: Vec<u64> = per_band(&|column| (0..3).map(|row| at(row, column)).sum());
    let everyone: Vec<u64> = first.iter().zip(lost).map(|(a, b)| a + b).collect();
    for (time, counts) in [
        ("everyone", &everyone),
        ("first", &first),
        ("later", &later),
    ] {
        book.count(time, counts.iter().sum());
        let names = BANDS.map(|band| format!("{time}/{band}"));
        for (name, count) in names.iter().zip(counts) {
            book.count(name, *count);
        }
        sum(&mut book, time, &names);
        let raised = format!("{time}/raised");
        book.count(&raised, counts[1] + counts[2]);
        sum(&mut book, &raised, &names[1..]);
    }
    sum(&mut book, "later", &["first".to_owned()]);
    for (row, band) in BANDS.iter().enumerate() {
        let lost_name = format!("lost/{band}");
        book.cell(&lost_name, lost[row]);
        sum(
            &mut book,
            &format!("everyone/{band}"),
            &[format!("first/{band}"), lost_name],
        );
        for column in 0..3 {
            book.count(&moved(row, column), at(row, column));
        }
        let across: Vec<String> = (0..3).map(|column| moved(row, column)).collect();
        sum(&mut book, &format!("first/{band}"), &across);
    }
    for (column, band) in BANDS.iter().enumerate() {
        let down: Vec<String> = (0..3).map(|row| moved(row, column)).collect();
        sum(&mut book, &format!("later/{band}"), &down);
    }
    let all_moves: Vec<String> = (0..9).map(|move_| moved(move_ / 3, move_ % 3)).collect();
    let all_moves: Vec<&str> = all_moves.iter().map(String::as_str).collect();
    book.droppable("From band to band", &all_moves);
    book
}

/// Parts that are added up twice: once each, and each as often as it weighs.
fn weighted(parts: &[(u64, usize)]) -> Book {
    let mut book = Book::default();
    book.count("elsewhere", 50);
    let names: Vec<String> = (0..parts.len()).map(|at| format!("part{at}")).collect();
    let mut weighed = Vec::new();
    for (name, &(count, weight)) in names.iter().zip(parts) {
        book.count(name, count);
        weighed.extend(std::iter::repeat_n(name.clone(), weight));
    }
    book.count("all", parts.iter().map(|part| part.0).sum());
    sum(&mut book, "all", &names);
    book.cell(
        "weighed",
        parts.iter().map(|part| part.0 * part.1 as u64).sum(),
    );
    sum(&mut book, "weighed", &weighed);
    book.print("weighed");
    book
}

/// Children with points who are seen at several times, fewer each time, with the mean of their points
/// among those still seen; how many leave says nothing, what their points add up to does.
fn leaving(points: &[u64], left: &[usize]) -> Book {
    let mut book = Book::default();
    let mut seen = points;
    book.count("seen0", seen.len() as u64);
    mean_of_points(&mut book, "points0", seen, "seen0");
    for (at, &leave) in (1..).zip(left) {
        let (stay, gone) = seen.split_at(seen.len().saturating_sub(leave));
        let name = |what: &str| format!("{what}{at}");
        let before = |what: &str| format!("{what}{}", at - 1);
        book.count(&name("seen"), stay.len() as u64);
        book.cell_of(&name("gone"), gone.len() as u64, None);
        add_up(&mut book, &name("gone points"), gone);
        mean_of_points(&mut book, &name("points"), stay, &name("seen"));
        sum(&mut book, &before("seen"), &[name("seen"), name("gone")]);
        sum(
            &mut book,
            &before("points"),
            &[name("points"), name("gone points")],
        );
        seen = stay;
    }
    book
}

fn add_up(book: &mut Book, name: &str, points: &[u64]) {
    let with_any = points.iter().filter(|&&own| own > 0).count() as u64;
    book.cell_of(name, points.iter().sum(), Some(with_any));
}

fn mean_of_points(book: &mut Book, name: &str, points: &[u64], of: &str) {
    add_up(book, name, points);
    let total: u64 = points.iter().sum();
    let mean = total as f64 / points.len().max(1) as f64;
    book.mean_of(name, mean, of, name);
}

fn check(book: &Book, profile: DisclosureProfile) -> Result<(), TestCaseError> {
    for settings in [local(profile), national(profile)] {
        match release(&book.estimates, &settings) {
            Ok(release) => attack(book, &release)?,
            // A table of almost nothing may be refused, but never because hiding did not help.
            Err(error) => prop_assert!(
                matches!(
                    error,
                    kinfolk_disclosure::DisclosureError::NothingLeft { .. }
                ),
                "{error}"
            ),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn two_way_tables_keep_their_secrets(
        cells in counts(9), columns in prop::sample::select(vec![1usize, 3]),
        profile in prop::sample::select(PROFILES.to_vec()),
    ) {
        check(&two_way(&cells, columns), profile)?;
    }

    #[test]
    fn larger_two_way_tables_keep_their_secrets(
        cells in counts(16), columns in prop::sample::select(vec![2usize, 4]),
    ) {
        check(&two_way(&cells, columns), DisclosureProfile::DfeCsc)?;
    }

    #[test]
    fn shares_in_groups_keep_their_secrets(
        rows in prop::collection::vec((0u64..12, 0u64..9), 1..8), per_group in 1usize..4,
        profile in prop::sample::select(PROFILES.to_vec()),
    ) {
        check(&shares(&rows, per_group), profile)?;
    }

    #[test]
    fn parts_of_weighted_sums_keep_their_secrets(
        parts in prop::collection::vec((0u64..14, 1usize..5), 2..5),
        profile in prop::sample::select(PROFILES.to_vec()),
    ) {
        check(&weighted(&parts), profile)?;
    }

    #[test]
    fn points_of_those_who_leave_keep_their_secrets(
        points in prop::collection::vec(0u64..12, 6..34),
        left in prop::collection::vec(0usize..8, 1..4),
        profile in prop::sample::select(PROFILES.to_vec()),
    ) {
        check(&leaving(&points, &left), profile)?;
    }

    #[test]
    fn internal_hides_nothing(cells in counts(9)) {
        let release = two_way(&cells, 3).release(DisclosureProfile::Internal);
        prop_assert!(release.records().iter().all(|released| !released.is_withheld()));
        prop_assert_eq!(release.records().len(), 16);
    }
}

// Fewer cases, because there are many more tables to try.
proptest! {
    #![proptest_config(ProptestConfig {
        cases: 40,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn bands_of_everyone_and_of_those_seen_again_keep_their_secrets(
        moves in counts(9), lost in counts(3),
        profile in prop::sample::select(PROFILES.to_vec()),
    ) {
        check(&bands_twice(&moves, &lost), profile)?;
    }
}
