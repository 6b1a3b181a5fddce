//! Tables that come in as Arrow streams: polars, pandas, pyarrow, DuckDB, or a dictionary of lists.
//!
//! Whole numbers become 64 bits wide, dates and days without a time become text in ISO form, and
//! categories become their words, so that a frame says what the same table in a file would.

use jiff::Span;
use jiff::civil::Date;
use polars::prelude::{Column, DataFrame, NamedFrom, Series};
use polars_arrow::array::{
    Array, BooleanArray, DictionaryArray, DictionaryKey, PrimitiveArray, StructArray, Utf8Array,
    Utf8ViewArray,
};
use polars_arrow::datatypes::{ArrowDataType as Kind, Field, IntegerType, TimeUnit};
use polars_arrow::ffi::{ArrowArrayStream, ArrowArrayStreamReader};
use polars_arrow::offset::Offset;
use polars_arrow::types::NativeType;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};

use crate::errors::DataError;

const STREAM: &str = "__arrow_c_stream__";
const STREAM_NAME: &std::ffi::CStr = c"arrow_array_stream";
const NOT_A_TABLE: &str = "this is no table: give a frame of polars, pandas (2.2 or later), pyarrow or DuckDB, \
    or a dictionary of lists";

/// A table from whatever Python holds it in.
pub(crate) fn frame_of(table: &Bound<'_, PyAny>) -> PyResult<DataFrame> {
    if let Ok(columns) = table.cast::<PyDict>() {
        return frame_of_lists(columns);
    }
    if table.hasattr("collect_schema")? && table.hasattr("collect")? && !table.hasattr(STREAM)? {
        return Err(PyTypeError::new_err(
            "a lazy frame holds no rows yet: call its collect() first",
        ));
    }
    match stream_of(table)? {
        Some(Streamed::Table(columns)) => of_columns(columns),
        Some(Streamed::Column(_)) | None => Err(PyTypeError::new_err(NOT_A_TABLE)),
    }
}

/// As [`frame_of`], for methods that cannot say anything of nobody.
pub(crate) fn frame_with_rows(table: &Bound<'_, PyAny>) -> PyResult<DataFrame> {
    let frame = frame_of(table)?;
    match frame.height() {
        0 => Err(DataError::new_err("the table has no rows")),
        _ => Ok(frame),
    }
}

/// Columns of text, numbers, yes and no, days, or nothing.
fn frame_of_lists(columns: &Bound<'_, PyDict>) -> PyResult<DataFrame> {
    let mut found: Vec<Column> = Vec::with_capacity(columns.len());
    for (name, cells) in columns {
        let name: String = name.extract()?;
        let cells: Vec<Option<Bound<'_, PyAny>>> = cells.extract()?;
        if let Some(first) = found.first().filter(|first| first.len() != cells.len()) {
            return Err(DataError::new_err(format!(
                "column {name} has {} rows where {} has {}",
                cells.len(),
                first.name(),
                first.len()
            )));
        }
        let texts = cells
            .iter()
            .map(|cell| cell.as_ref().map(Bound::str).transpose())
            .map(|cell| cell?.map(|text| text.extract::<String>()).transpose())
            .collect::<PyResult<Vec<Option<String>>>>()?;
        found.push(Series::new(name.into(), texts).into());
    }
    of_columns(found)
}

fn of_columns(columns: Vec<Column>) -> PyResult<DataFrame> {
    let height = columns.first().map_or(0, Column::len);
    DataFrame::new(height, columns).map_err(|error| DataError::new_err(error.to_string()))
}

/// What a stream turned out to be.
pub(crate) enum Streamed {
    /// The columns of a frame.
    Table(Vec<Column>),
    /// A series, or an array in chunks.
    Column(Column),
}

/// What a frame or series with an Arrow stream holds; `None` of what has no stream.
pub(crate) fn stream_of(held: &Bound<'_, PyAny>) -> PyResult<Option<Streamed>> {
    if !held.hasattr(STREAM)? {
        return Ok(None);
    }
    let capsule = held
        .call_method0(STREAM)
        .map_err(|cause| not_exported(held.py(), &cause))?;
    streamed(capsule.cast::<PyCapsule>()?).map(Some)
}

/// What the library of a frame says of cells that it cannot hand over, such as a word among numbers.
fn not_exported(py: Python<'_>, cause: &PyErr) -> PyErr {
    let error = DataError::new_err(format!("the table cannot be read: {}", cause.value(py)));
    error.set_cause(py, Some(cause.clone_ref(py)));
    error
}

#[expect(unsafe_code, reason = "the Arrow C stream is passed by pointer")]
fn streamed(capsule: &Bound<'_, PyCapsule>) -> PyResult<Streamed> {
    let pointer = capsule.pointer_checked(Some(STREAM_NAME))?;
    let stream = pointer.cast::<ArrowArrayStream>().as_ptr();
    // SAFETY: a capsule of that name holds a valid stream; it is taken out, and what is left behind
    // says that it is released, as the interface asks.
    let stream = Box::new(unsafe { std::ptr::replace(stream, ArrowArrayStream::empty()) });
    // SAFETY: the stream comes from a producer that follows the C stream interface.
    let mut reader = unsafe { ArrowArrayStreamReader::try_new(stream) }.map_err(unusable)?;
    let field = reader.field().clone();
    let mut arrays: Vec<Box<dyn Array>> = Vec::new();
    // SAFETY: as above; each array follows the schema of the stream.
    while let Some(array) = unsafe { reader.next() } {
        arrays.push(array.map_err(unusable)?);
    }
    match field.dtype() {
        Kind::Struct(fields) => columns_of(fields, &arrays).map(Streamed::Table),
        kind => column_of(&field.name, kind, &arrays).map(Streamed::Column),
    }
}

fn columns_of(fields: &[Field], rows: &[Box<dyn Array>]) -> PyResult<Vec<Column>> {
    let chunks = |at: usize| {
        let rows = rows.iter();
        rows.filter_map(|chunk| chunk.as_any().downcast_ref::<StructArray>())
            .map(|chunk| chunk.values()[at].clone())
            .collect::<Vec<_>>()
    };
    let fields = fields.iter().enumerate();
    fields
        .map(|(at, field)| column_of(&field.name, field.dtype(), &chunks(at)))
        .collect()
}

fn unusable(error: polars::error::PolarsError) -> PyErr {
    DataError::new_err(format!("the table cannot be read: {error}"))
}

fn column_of(name: &str, kind: &Kind, chunks: &[Box<dyn Array>]) -> PyResult<Column> {
    // Categories are what they stand for.
    let of_cells = match kind {
        Kind::Dictionary(_, values, _) => values.as_ref(),
        kind => kind,
    };
    let series = match of_cells {
        Kind::Boolean => Series::new(name.into(), joined(name, chunks, truths)?),
        Kind::Timestamp(_, Some(zone)) => {
            return Err(DataError::new_err(format!(
                "column {name} holds moments in the time zone {zone}; give days, or text such as 2025-03-31"
            )));
        }
        Kind::Float32 | Kind::Float64 | Kind::Decimal(_, _) => {
            Series::new(name.into(), joined(name, chunks, numbers)?)
        }
        Kind::Int8
        | Kind::Int16
        | Kind::Int32
        | Kind::Int64
        | Kind::UInt8
        | Kind::UInt16
        | Kind::UInt32
        | Kind::UInt64 => Series::new(name.into(), joined(name, chunks, whole_numbers)?),
        _ => Series::new(name.into(), joined(name, chunks, texts)?),
    };
    Ok(series.into())
}

/// The cells of one chunk; `None` when it is of a kind that is not read or holds a value that is not.
type Cells<T> = Option<Vec<Option<T>>>;

fn joined<T: Clone>(
    name: &str,
    chunks: &[Box<dyn Array>],
    read: fn(&dyn Array) -> Cells<T>,
) -> PyResult<Vec<Option<T>>> {
    let mut cells = Vec::new();
    for chunk in chunks {
        let of_chunk = categories(chunk.as_ref(), read).ok_or_else(|| {
            DataError::new_err(format!(
                "column {name} is of the kind {:?}, or holds a value of it, that is not read; give \
                 text, whole numbers up to 64 bits, numbers, yes and no, or days without a time",
                chunk.dtype()
            ))
        })?;
        cells.extend(of_chunk);
    }
    Ok(cells)
}

fn truths(array: &dyn Array) -> Cells<bool> {
    let cells = array.as_any().downcast_ref::<BooleanArray>()?;
    Some(cells.iter().collect())
}

fn numbers(array: &dyn Array) -> Cells<f64> {
    match array.dtype() {
        Kind::Decimal(_, scale) => {
            let unit = 10_f64.powi(i32::try_from(*scale).ok()?);
            each(array, |value: i128| Some(value as f64 / unit))
        }
        Kind::Float32 => each(array, |value: f32| Some(value.into())),
        Kind::Float64 => each(array, Some::<f64>),
        _ => None,
    }
}

fn whole_numbers(array: &dyn Array) -> Cells<i64> {
    match array.dtype() {
        Kind::Int8 => each(array, |value: i8| Some(value.into())),
        Kind::Int16 => each(array, |value: i16| Some(value.into())),
        Kind::Int32 => each(array, |value: i32| Some(value.into())),
        Kind::Int64 => each(array, Some::<i64>),
        Kind::UInt8 => each(array, |value: u8| Some(value.into())),
        Kind::UInt16 => each(array, |value: u16| Some(value.into())),
        Kind::UInt32 => each(array, |value: u32| Some(value.into())),
        Kind::UInt64 => each(array, |value: u64| value.try_into().ok()),
        _ => None,
    }
}

/// Each cell of an array of values of one width; `None` where `read` is for one of them.
fn each<N: NativeType, T>(array: &dyn Array, read: impl Fn(N) -> Option<T>) -> Cells<T> {
    let cells = array.as_any().downcast_ref::<PrimitiveArray<N>>()?;
    cells
        .iter()
        .map(|cell| match cell {
            None => Some(None),
            Some(value) => read(*value).map(Some),
        })
        .collect()
}

fn texts(array: &dyn Array) -> Cells<String> {
    match array.dtype() {
        Kind::Null => Some(vec![None; array.len()]),
        Kind::Utf8 => long_texts::<i32>(array),
        Kind::LargeUtf8 => long_texts::<i64>(array),
        Kind::Utf8View => {
            let cells = array.as_any().downcast_ref::<Utf8ViewArray>()?;
            Some(cells.iter().map(owned).collect())
        }
        Kind::Date32 => each(array, |days: i32| day(days.into())),
        Kind::Date64 => each(array, |time: i64| whole_day(time, 1_000)),
        Kind::Timestamp(unit, _) => {
            let in_a_second = per_second(*unit);
            each(array, |time: i64| whole_day(time, in_a_second))
        }
        _ => None,
    }
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

fn long_texts<O: Offset>(array: &dyn Array) -> Cells<String> {
    let cells = array.as_any().downcast_ref::<Utf8Array<O>>()?;
    Some(cells.iter().map(owned).collect())
}

/// The cells of an array; of categories, what they stand for.
fn categories<T: Clone>(array: &dyn Array, read: fn(&dyn Array) -> Cells<T>) -> Cells<T> {
    let Kind::Dictionary(keys, _, _) = array.dtype() else {
        return read(array);
    };
    match keys {
        IntegerType::Int8 => by_key::<i8, T>(array, read),
        IntegerType::Int16 => by_key::<i16, T>(array, read),
        IntegerType::Int32 => by_key::<i32, T>(array, read),
        IntegerType::Int64 => by_key::<i64, T>(array, read),
        IntegerType::UInt8 => by_key::<u8, T>(array, read),
        IntegerType::UInt16 => by_key::<u16, T>(array, read),
        IntegerType::UInt32 => by_key::<u32, T>(array, read),
        IntegerType::UInt64 => by_key::<u64, T>(array, read),
        IntegerType::Int128 | IntegerType::UInt128 => None,
    }
}

fn by_key<K: DictionaryKey, T: Clone>(
    array: &dyn Array,
    read: fn(&dyn Array) -> Cells<T>,
) -> Cells<T> {
    let cells = array.as_any().downcast_ref::<DictionaryArray<K>>()?;
    let values = read(cells.values().as_ref())?;
    let value = |at: usize| values.get(at).cloned().flatten();
    Some(cells.keys_iter().map(|key| key.and_then(value)).collect())
}

fn per_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Second => 1,
        TimeUnit::Millisecond => 1_000,
        TimeUnit::Microsecond => 1_000_000,
        TimeUnit::Nanosecond => 1_000_000_000,
    }
}

/// A moment that is the start of a day. One with a time of day is refused: a day cannot be told from
/// it without knowing where.
fn whole_day(time: i64, in_a_second: i64) -> Option<String> {
    let in_a_day = in_a_second * 86_400;
    (time.rem_euclid(in_a_day) == 0).then(|| day(time.div_euclid(in_a_day)))?
}

/// A day by its number from 1970-01-01, in ISO form.
fn day(from_1970: i64) -> Option<String> {
    let days = Span::new().try_days(from_1970).ok()?;
    let day = Date::constant(1970, 1, 1).checked_add(days).ok()?;
    Some(day.to_string())
}
