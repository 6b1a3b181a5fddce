//! Who is a fair comparator? Cells that hold both arms.

use kinfolk::stats::matching::{self, Bins};
use pyo3::prelude::*;
use pyo3::types::PyList;

use super::columns::Reader;
use super::results::{functions, shown};
use super::run::{long, raised};
use crate::options::one_of;

pub(super) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<CellMatch>()?;
    functions!(module: match_within_cells, coarsen);
    Ok(())
}

/// Who shares a cell with somebody of the other arm.
#[pyclass(frozen, get_all, module = "kinfolk.stats")]
struct CellMatch {
    /// Each subject's cell, from 0; `None` where a cell holds one arm only.
    cells: Py<PyList>,
    /// Each subject's weight for the effect on the treated; 0 for whoever has no cell.
    weights: Py<PyList>,
    /// How many cells hold both arms.
    n_cells: usize,
}

#[pymethods]
impl CellMatch {
    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        shown(slf.as_any(), &["n_cells", "cells"])
    }
}

/// Who has somebody of the other arm in the same cell? Coarsened exact matching.
///
/// Parameters
/// ----------
/// treated : column of who is treated
/// columns : a frame, a dictionary or a list of columns of words or numbers; a cell is one combination
///
/// Returns
/// -------
/// CellMatch : cells and weights
///
/// Raises
/// ------
/// DataError : for a column that cannot be used, or one arm only
///
/// Source
/// ------
/// docs/methods/matching-cells.md
#[pyfunction]
fn match_within_cells(
    py: Python<'_>,
    treated: &Bound<'_, PyAny>,
    columns: &Bound<'_, PyAny>,
) -> PyResult<CellMatch> {
    let mut rows = Reader::default();
    let treated = rows.truths("treated", treated)?;
    let columns = rows.table_of_groups("columns", columns)?;
    let found = long(py, &[], move || {
        let columns: Vec<&[u32]> = columns.iter().map(Vec::as_slice).collect();
        matching::match_within_cells(&treated, &columns)
    })?;
    Ok(CellMatch {
        cells: PyList::new(py, &found.cells)?.unbind(),
        weights: PyList::new(py, &found.weights)?.unbind(),
        n_cells: found.n_cells,
    })
}

/// Which bin does each value fall in?
///
/// Parameters
/// ----------
/// values : column of numbers
/// bins : "sturges", so many bins of equal width, or a list of ascending values at which bins begin
///
/// Returns
/// -------
/// list : the bin of each value, from 0
///
/// Raises
/// ------
/// DataError : for a column that cannot be used
/// UsageError : for no bins, or values that do not ascend
///
/// Source
/// ------
/// docs/methods/matching-cells.md
#[pyfunction]
#[pyo3(signature = (values, *, bins))]
fn coarsen(values: &Bound<'_, PyAny>, bins: &Bound<'_, PyAny>) -> PyResult<Vec<u32>> {
    let values = Reader::default().numbers("values", values)?;
    let cut_points: Vec<f64>;
    let bins = if let Ok(word) = bins.extract::<String>() {
        one_of("bins", &word, &[("sturges", Bins::Sturges)])?
    } else if let Ok(count) = bins.extract() {
        Bins::Count(count)
    } else {
        cut_points = Reader::default().numbers("bins", bins)?;
        Bins::CutPoints(&cut_points)
    };
    matching::coarsen(&values, bins).map_err(|error| raised(&error, &[]))
}
