//! Tables of results.

use polars::prelude::{Column, DataFrame, NamedFrom, Series};
use pyo3::prelude::*;

use kinfolk::stats as methods;

use crate::errors::KinfolkError;
use crate::table::Table;

/// A column of numbers, some of which may be missing.
pub(super) fn numbers(name: &str, cells: impl Iterator<Item = Option<f64>>) -> Column {
    Series::new(name.into(), cells.collect::<Vec<_>>()).into()
}

/// A column of counts.
pub(super) fn counts(name: &str, cells: impl Iterator<Item = u64>) -> Column {
    Series::new(name.into(), cells.collect::<Vec<_>>()).into()
}

/// A column of words.
pub(super) fn words(name: &str, cells: &[String]) -> Column {
    Series::new(name.into(), cells).into()
}

/// Columns of one length as a table.
pub(super) fn table(py: Python<'_>, columns: Vec<Column>) -> PyResult<Py<Table>> {
    let height = columns.first().map_or(0, Column::len);
    let frame = DataFrame::new(height, columns)
        .map_err(|error| KinfolkError::new_err(error.to_string()))?;
    Py::new(py, Table::new(frame))
}

/// The ends of intervals, as two columns.
pub(super) fn ends(intervals: &[Option<methods::Interval>]) -> [Column; 2] {
    let end = |name: &str, of: fn(&methods::Interval) -> f64| {
        numbers(
            name,
            intervals.iter().map(|interval| interval.as_ref().map(of)),
        )
    };
    [
        end("lower", |interval| interval.lower),
        end("upper", |interval| interval.upper),
    ]
}

/// Coefficients by name, a row each; one that cannot be judged has blanks.
pub(super) fn of_contrasts(
    py: Python<'_>,
    names: &[String],
    contrasts: &[Option<methods::Contrast>],
) -> PyResult<Py<Table>> {
    let of = |name: &str, field: fn(&methods::Contrast) -> f64| {
        numbers(name, contrasts.iter().map(|one| one.as_ref().map(field)))
    };
    let intervals: Vec<_> = contrasts
        .iter()
        .map(|one| one.map(|one| one.interval))
        .collect();
    let [lower, upper] = ends(&intervals);
    let columns = vec![
        words("term", names),
        of("value", |one| one.value),
        of("standard_error", |one| one.standard_error),
        of("degrees_of_freedom", |one| one.degrees_of_freedom),
        of("t", |one| one.t),
        of("p_value", |one| one.p_value),
        lower,
        upper,
    ];
    table(py, columns)
}
