//! The cells of a column, from whatever Python holds it in.

use polars::prelude::{AnyValue, Column};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString};

use crate::arrow::{Streamed, stream_of};

/// What numpy, pandas and pyarrow call the way to a list.
const TO_LIST: &str = "tolist";

/// How pandas marks what is missing, beside not-a-number and `None`.
const MISSING: [&str; 2] = ["NAType", "NaTType"];

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// `None`, not a number, or what a library calls missing.
    Missing,
    Truth(bool),
    Whole(i64),
    Number(f64),
    Text(String),
    /// Anything else, as Python shows it.
    Other(String),
}

/// The cells of a list, a tuple, an array of numpy, or a series of pandas, polars or pyarrow; `name`
/// stands in messages.
pub(super) fn cells_of(name: &str, column: &Bound<'_, PyAny>) -> PyResult<Vec<Cell>> {
    if column.is_instance_of::<PyString>() {
        return Err(no_column(name));
    }
    if column.hasattr(TO_LIST)? {
        return each(name, &column.call_method0(TO_LIST)?);
    }
    match stream_of(column)? {
        Some(Streamed::Column(column)) => Ok(cells_of_series(&column)),
        Some(Streamed::Table(_)) => Err(no_column(name)),
        None => each(name, column),
    }
}

/// The cells of a column that came as a stream.
pub(super) fn cells_of_series(column: &Column) -> Vec<Cell> {
    let series = column.as_materialized_series().rechunk();
    let cells = series.iter().map(|cell| match cell {
        AnyValue::Null => Cell::Missing,
        AnyValue::Boolean(truth) => Cell::Truth(truth),
        AnyValue::Int64(number) => Cell::Whole(number),
        AnyValue::Float64(number) => number_or_missing(number),
        AnyValue::String(text) => Cell::Text(text.to_owned()),
        other => Cell::Other(other.to_string()),
    });
    cells.collect()
}

fn no_column(name: &str) -> PyErr {
    PyTypeError::new_err(format!(
        "{name} is no column: give a list, an array of numpy, or a series of polars, pandas or \
         pyarrow, with one value for each row"
    ))
}

fn each(name: &str, column: &Bound<'_, PyAny>) -> PyResult<Vec<Cell>> {
    let cells = column.try_iter().map_err(|_| no_column(name))?;
    cells.map(|cell| cell_of(&cell?)).collect()
}

fn cell_of(cell: &Bound<'_, PyAny>) -> PyResult<Cell> {
    if cell.is_none() {
        return Ok(Cell::Missing);
    }
    if let Ok(truth) = cell.cast::<PyBool>() {
        return Ok(Cell::Truth(truth.is_true()));
    }
    if let Ok(number) = cell.cast::<PyFloat>() {
        return Ok(number_or_missing(number.extract()?));
    }
    if cell.is_instance_of::<PyInt>() {
        let whole = cell.extract().map(Cell::Whole);
        return whole.or_else(|_| Ok(Cell::Other(shown(cell)?)));
    }
    if let Ok(text) = cell.cast::<PyString>() {
        return Ok(Cell::Text(text.extract()?));
    }
    foreign(cell)
}

/// A cell of a kind that a library brings.
fn foreign(cell: &Bound<'_, PyAny>) -> PyResult<Cell> {
    if let Ok(truth) = cell.extract() {
        return Ok(Cell::Truth(truth));
    }
    if let Ok(whole) = cell.extract() {
        return Ok(Cell::Whole(whole));
    }
    if let Ok(number) = cell.extract() {
        return Ok(number_or_missing(number));
    }
    let kind = cell.get_type().name()?.to_string();
    if MISSING.contains(&kind.as_str()) {
        return Ok(Cell::Missing);
    }
    shown(cell).map(Cell::Other)
}

fn shown(cell: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(cell.str()?.to_string())
}

fn number_or_missing(number: f64) -> Cell {
    match number.is_nan() {
        true => Cell::Missing,
        false => Cell::Number(number),
    }
}

impl Cell {
    /// As messages show it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Missing => "nothing".to_owned(),
            Self::Truth(truth) => truth.to_string(),
            Self::Whole(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) | Self::Other(text) => format!("`{text}`"),
        }
    }

    /// As a number; yes is 1 and no is 0.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Truth(truth) => Some(f64::from(u8::from(*truth))),
            Self::Whole(number) => Some(*number as f64),
            Self::Number(number) => number.is_finite().then_some(*number),
            Self::Missing | Self::Text(_) | Self::Other(_) => None,
        }
    }

    /// As yes or no: a truth, or 1 and 0.
    pub(super) fn truth(&self) -> Option<bool> {
        match self.number()? {
            1.0 => Some(true),
            0.0 => Some(false),
            _ => None,
        }
    }

    /// As a whole number from 0 on.
    pub(super) fn count(&self) -> Option<u64> {
        match self {
            Self::Whole(number) => (*number).try_into().ok(),
            _ => {
                let number = self.number()?;
                let is_count = number.fract() == 0.0 && (0.0..=LARGEST_WHOLE).contains(&number);
                is_count.then_some(number as u64)
            }
        }
    }

    /// As the name of a group.
    pub(super) fn label(&self) -> Option<String> {
        match self {
            Self::Missing | Self::Other(_) => None,
            Self::Text(text) => Some(text.clone()),
            known => Some(known.shown()),
        }
    }
}

/// Up to here a number of 64 bits tells each whole number from its neighbours: 2^53.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;
