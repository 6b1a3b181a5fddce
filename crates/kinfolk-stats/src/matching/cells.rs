//! Comparators in the same cell of coarsened covariates.

use std::collections::BTreeMap;

use crate::StatsError;
use crate::columns::{check_column, check_length};

/// How a covariate is coarsened.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bins<'a> {
    /// As many bins of equal width as Sturges's rule gives for the number of subjects.
    Sturges,
    /// So many bins of equal width.
    Count(usize),
    /// Bins that begin at these values, in ascending order; below the first is a bin too.
    CutPoints(&'a [f64]),
}

/// Who shares a cell with somebody of the other arm.
#[derive(Debug, Clone, PartialEq)]
pub struct CellMatch {
    /// Each subject's cell, numbered from 0 in the order of its coarsened values; `None` where a cell
    /// holds one arm only.
    pub cells: Vec<Option<u32>>,
    /// Each subject's weight for the effect on the treated; 0 for whoever has no cell. Those of
    /// matched comparators average 1.
    pub weights: Vec<f64>,
    /// How many cells hold both arms.
    pub n_cells: usize,
}

/// Which bin does each value fall in? Bins are numbered from 0; a value at a boundary belongs to the
/// upper bin.
///
/// # Errors
///
/// [`StatsError::NotFinite`]; [`StatsError::Bins`] for no bins, or for cut points that do not ascend.
pub fn coarsen(values: &[f64], bins: Bins) -> Result<Vec<u32>, StatsError> {
    check_column("values", values, values.len())?;
    let cuts = match bins {
        Bins::Sturges => even_cuts(values, sturges(values.len())),
        Bins::Count(0) => return Err(StatsError::Bins),
        Bins::Count(count) => even_cuts(values, count),
        Bins::CutPoints(cuts) if cuts.windows(2).all(|pair| pair[0] < pair[1]) => cuts.to_vec(),
        Bins::CutPoints(_) => return Err(StatsError::Bins),
    };
    let bin = |value: &f64| cuts.partition_point(|cut| cut <= value) as u32;
    Ok(values.iter().map(bin).collect())
}

fn sturges(n: usize) -> usize {
    ((n as f64).log2() + 1.0).ceil() as usize
}

/// The boundaries within the range of the values.
fn even_cuts(values: &[f64], n_bins: usize) -> Vec<f64> {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let width = (most - least) / n_bins as f64;
    (1..n_bins).map(|bin| least + bin as f64 * width).collect()
}

/// Who has somebody of the other arm in the same cell, and how much does each comparator count?
/// Coarsened exact matching: a cell is one combination of the columns.
///
/// See `docs/methods/matching-cells.md`.
///
/// # Errors
///
/// [`StatsError::UnequalLengths`], [`StatsError::OneArm`].
pub fn match_within_cells(treated: &[bool], columns: &[&[u32]]) -> Result<CellMatch, StatsError> {
    super::matches::check_arms(treated)?;
    for column in columns {
        check_length("a coarsened covariate", column.len(), treated.len())?;
    }
    let cell = |row: usize| {
        columns
            .iter()
            .map(|column| column[row])
            .collect::<Vec<u32>>()
    };
    let mut counts: BTreeMap<Vec<u32>, [f64; 2]> = BTreeMap::new();
    for (row, &treated) in treated.iter().enumerate() {
        counts.entry(cell(row)).or_default()[usize::from(treated)] += 1.0;
    }
    counts.retain(|_, [controls, treated]| *controls > 0.0 && *treated > 0.0);
    let total = |arm: usize| counts.values().map(|count| count[arm]).sum::<f64>();
    let average = total(1) / total(0);
    let numbers: BTreeMap<&Vec<u32>, u32> = counts.keys().zip(0..).collect();
    let weight = |row: usize| match counts.get(&cell(row)) {
        None => 0.0,
        Some(_) if treated[row] => 1.0,
        Some([controls, treated]) => treated / controls / average,
    };
    Ok(CellMatch {
        cells: (0..treated.len())
            .map(|row| numbers.get(&cell(row)).copied())
            .collect(),
        weights: (0..treated.len()).map(weight).collect(),
        n_cells: counts.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boundaries_belong_to_the_upper_bin() {
        let check = |values: &[f64], bins: Bins, expected: &[u32]| {
            assert_eq!(coarsen(values, bins).unwrap(), expected, "{bins:?}");
        };
        check(&[0.0, 4.9, 5.0, 10.0], Bins::Count(2), &[0, 0, 1, 1]);
        check(
            &[0.0, 4.9, 5.0, 10.0],
            Bins::CutPoints(&[0.0, 5.0]),
            &[1, 1, 2, 2],
        );
        check(&[1.0, 2.0, 3.0, 4.0], Bins::Sturges, &[0, 1, 2, 2]);
        check(&[7.0, 7.0], Bins::Count(1), &[0, 0]);
        check(&[], Bins::Sturges, &[]);
        assert_eq!(coarsen(&[1.0], Bins::Count(0)), Err(StatsError::Bins));
        assert_eq!(
            coarsen(&[1.0], Bins::CutPoints(&[2.0, 2.0])),
            Err(StatsError::Bins)
        );
    }

    #[test]
    fn comparators_stand_for_the_treated_of_their_cell() {
        let treated = [true, true, true, false, false, false, false, true];
        let found = match_within_cells(&treated, &[&[1, 1, 2, 1, 2, 2, 3, 4]]).unwrap();
        // Cell 1: two treated, one comparator; cell 2: one and two; 3 and 4 hold one arm only.
        assert_eq!(found.n_cells, 2);
        assert_eq!(found.cells[0], Some(0));
        assert_eq!(found.cells[6], None);
        assert_eq!(found.weights, [1.0, 1.0, 1.0, 2.0, 0.5, 0.5, 0.0, 0.0]);
        assert!(match_within_cells(&[true], &[]).is_err());
        let none = match_within_cells(&[true, false], &[&[0, 1]]).unwrap();
        assert_eq!((none.n_cells, none.weights), (0, vec![0.0, 0.0]));
    }
}
