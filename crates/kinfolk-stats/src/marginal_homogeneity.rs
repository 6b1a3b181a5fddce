//! One of several bands at two occasions, person by person.

use crate::matrix::{Cholesky, Matrix, dot};
use crate::{ChiSquareTest, StatsError};

/// Whether the bands of a group are spread differently at two occasions.
#[derive(Debug, Clone, PartialEq)]
pub struct MarginalHomogeneity {
    /// The statistic, its degrees of freedom and its probability.
    pub test: ChiSquareTest,
    /// Everybody in the table.
    pub people: u64,
    /// Those in another band the second time.
    pub moved: u64,
    /// Bands (from 0) that nobody left or entered, empty ones among them: they carry no information
    /// and take no degree of freedom.
    pub still: Vec<usize>,
}

/// Has the spread over bands changed? The test of Stuart and Maxwell, with the variance that holds
/// when it has not.
///
/// `table[first][second]` counts people by band at both occasions. `None` when nobody moved. With
/// two bands this is McNemar's chi-square without correction.
///
/// See `docs/methods/marginal-homogeneity.md`.
///
/// # Errors
///
/// [`StatsError::NotSquare`].
pub fn stuart_maxwell(table: &[Vec<u64>]) -> Result<Option<MarginalHomogeneity>, StatsError> {
    check_square(table)?;
    Ok(homogeneity(table))
}

/// The same question by Bhapkar's test, with the variance that holds whether or not the spread has
/// changed: more powerful, and further out in small groups.
///
/// `None` when nobody moved, and when everybody moved from one band to one other, where the variance
/// is 0.
///
/// See `docs/methods/marginal-homogeneity.md`.
///
/// # Errors
///
/// [`StatsError::NotSquare`].
pub fn bhapkar(table: &[Vec<u64>]) -> Result<Option<MarginalHomogeneity>, StatsError> {
    Ok(stuart_maxwell(table)?.and_then(|stuart| {
        let share = stuart.test.statistic / stuart.people as f64;
        // 1 up to rounding when the variance is 0.
        (share < 1.0 - 1e-12).then(|| MarginalHomogeneity {
            test: ChiSquareTest::new(
                stuart.test.statistic / (1.0 - share),
                stuart.test.degrees_of_freedom,
            ),
            ..stuart
        })
    }))
}

fn check_square(table: &[Vec<u64>]) -> Result<(), StatsError> {
    let rows = table.len();
    match table.iter().enumerate().find(|(_, row)| row.len() != rows) {
        Some((row, found)) => Err(StatsError::NotSquare {
            row,
            columns: found.len(),
            rows,
        }),
        None => Ok(()),
    }
}

fn homogeneity(table: &[Vec<u64>]) -> Option<MarginalHomogeneity> {
    let groups = exchanging(table);
    let (still, moving): (Vec<_>, Vec<_>) = groups.into_iter().partition(|g| g.len() == 1);
    let statistic = moving
        .iter()
        .map(|group| group_statistic(table, group))
        .sum::<Option<f64>>()?;
    let degrees_of_freedom: usize = moving.iter().map(|group| group.len() - 1).sum();
    let people = table.iter().flatten().sum();
    let stayed: u64 = (0..table.len()).map(|band| table[band][band]).sum();
    (degrees_of_freedom > 0).then(|| MarginalHomogeneity {
        test: ChiSquareTest::new(statistic, degrees_of_freedom),
        people,
        moved: people - stayed,
        still: still.into_iter().flatten().collect(),
    })
}

/// Bands gathered into groups between which nobody moved. Within each group the variance has full
/// rank once one band is left out; over all of them it has not.
fn exchanging(table: &[Vec<u64>]) -> Vec<Vec<usize>> {
    let mut group_of: Vec<usize> = (0..table.len()).collect();
    for (first, row) in table.iter().enumerate() {
        for (second, &people) in row.iter().enumerate() {
            if people > 0 && group_of[first] != group_of[second] {
                let (kept, joined) = (group_of[first], group_of[second]);
                group_of
                    .iter_mut()
                    .filter(|g| **g == joined)
                    .for_each(|g| *g = kept);
            }
        }
    }
    let members = |group: usize| (0..table.len()).filter(|&b| group_of[b] == group).collect();
    let groups = (0..table.len()).map(members);
    groups
        .filter(|group: &Vec<usize>| !group.is_empty())
        .collect()
}

/// dᵀV⁻¹d over the bands of one group but the last, whose difference follows from the others.
fn group_statistic(table: &[Vec<u64>], group: &[usize]) -> Option<f64> {
    let others = &group[..group.len() - 1];
    let exchanged = |a: usize, b: usize| (table[a][b] + table[b][a]) as f64;
    let outside = |band: usize| group.iter().filter(move |other| **other != band);
    let difference: Vec<f64> = others
        .iter()
        .map(|&a| {
            outside(a)
                .map(|&b| table[a][b] as f64 - table[b][a] as f64)
                .sum()
        })
        .collect();
    let variance = |a: usize, b: usize| {
        if a == b {
            outside(a).map(|&c| exchanged(a, c)).sum()
        } else {
            -exchanged(a, b)
        }
    };
    let n = others.len();
    let variances = Matrix::from_fn(n, n, |i, j| variance(others[i], others[j]));
    let solved = Cholesky::of(&variances)?.solve(&difference);
    Some(dot(&difference, &solved))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mcnemar;
    use proptest::prelude::*;

    fn stuart(table: &[&[u64]]) -> Option<MarginalHomogeneity> {
        let table: Vec<Vec<u64>> = table.iter().map(|row| row.to_vec()).collect();
        stuart_maxwell(&table).unwrap()
    }

    #[test]
    fn two_bands_are_mcnemar() {
        let found = stuart(&[&[794, 150], &[86, 570]]).unwrap();
        let expected = mcnemar(150, 86).chi_square.unwrap();
        assert!((found.test.statistic - expected.statistic).abs() < 1e-10);
        assert_eq!((found.people, found.moved), (1600, 236));
        let wider = bhapkar(&[vec![794, 150], vec![86, 570]]).unwrap().unwrap();
        let (b, c, n) = (150.0_f64, 86.0, 1600.0);
        let wald = (b - c).powi(2) / (b + c - (b - c).powi(2) / n);
        assert!((wider.test.statistic - wald).abs() < 1e-10);
    }

    #[test]
    fn a_band_nobody_is_in_takes_no_degree_of_freedom() {
        let two = stuart(&[&[5, 3], &[7, 4]]).unwrap();
        let three = stuart(&[&[5, 0, 3], &[0, 0, 0], &[7, 0, 4]]).unwrap();
        assert_eq!(three.test, two.test);
        assert_eq!(three.still, [1]);
        // A band that everybody in it stayed in says as little.
        let steady = stuart(&[&[5, 0, 3], &[0, 9, 0], &[7, 0, 4]]).unwrap();
        assert_eq!((steady.test, steady.still), (two.test, vec![1]));
    }

    #[test]
    fn bands_that_exchange_nobody_are_tested_apart() {
        let low = stuart(&[&[5, 3], &[7, 4]]).unwrap().test.statistic;
        let high = stuart(&[&[1, 9], &[2, 6]]).unwrap().test.statistic;
        let both = stuart(&[&[5, 3, 0, 0], &[7, 4, 0, 0], &[0, 0, 1, 9], &[0, 0, 2, 6]]).unwrap();
        assert!((both.test.statistic - low - high).abs() < 1e-12);
        assert_eq!(both.test.degrees_of_freedom, 2);
    }

    #[test]
    fn nothing_to_test() {
        assert_eq!(stuart(&[]), None);
        assert_eq!(stuart(&[&[0, 0], &[0, 0]]), None);
        assert_eq!(stuart(&[&[4, 0], &[0, 9]]), None);
        assert!(stuart_maxwell(&[vec![1, 2], vec![3]]).is_err());
        // Everybody from the one band to the other: no variance to divide by.
        assert_eq!(bhapkar(&[vec![0, 6], vec![0, 0]]), Ok(None));
    }

    #[test]
    fn the_same_spread_both_times_is_no_evidence() {
        let found = stuart(&[&[5, 3, 1], &[1, 4, 3], &[3, 1, 6]]).unwrap();
        assert!(found.test.statistic.abs() < 1e-12 && found.test.p_value > 1.0 - 1e-9);
    }

    proptest! {
        #[test]
        fn swapping_occasions_and_renaming_bands_change_nothing(
            cells in prop::collection::vec(0u64..9, 16),
        ) {
            let table: Vec<Vec<u64>> = cells.chunks(4).map(<[u64]>::to_vec).collect();
            let swapped: Vec<Vec<u64>> =
                (0..4).map(|i| (0..4).map(|j| table[j][i]).collect()).collect();
            let renamed: Vec<Vec<u64>> =
                (0..4).map(|i| (0..4).map(|j| table[3 - i][3 - j]).collect()).collect();
            let statistic = |table: &[Vec<u64>]| {
                stuart_maxwell(table).unwrap().map_or(-1.0, |found| found.test.statistic)
            };
            prop_assert!((statistic(&table) - statistic(&swapped)).abs() < 1e-9);
            prop_assert!((statistic(&table) - statistic(&renamed)).abs() < 1e-9);
        }
    }
}
