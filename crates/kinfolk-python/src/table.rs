//! A table on its way out.

use std::ffi::CStr;
use std::sync::Arc;

use kinfolk::frames;
use kinfolk::model::Estimate;
use polars::prelude::{AnyValue, CompatLevel, DataFrame};
use polars_arrow::array::{Array, StructArray};
use polars_arrow::datatypes::{ArrowDataType, Field};
use polars_arrow::ffi::{ArrowArrayStream, export_iterator};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};

use crate::errors::{KinfolkError, raised};

const STREAM_NAME: &CStr = c"arrow_array_stream";

/// A table of results.
///
/// Any library that reads Arrow streams takes it as it is: `polars.from_arrow(found)`,
/// `pyarrow.table(found)`, `duckdb.sql("select * from found")`, and `pandas.DataFrame.from_arrow`
/// from pandas 3.0; the methods `to_polars` and `to_pandas` do so for you.
#[pyclass(frozen, module = "kinfolk", name = "Table")]
pub(crate) struct Table {
    frame: Arc<DataFrame>,
}

impl Table {
    pub(crate) fn new(mut frame: DataFrame) -> Self {
        frame.rechunk_mut();
        Self {
            frame: Arc::new(frame),
        }
    }

    pub(crate) fn of_estimates(records: &[Estimate]) -> PyResult<Self> {
        frames::to_frame(records)
            .map(Self::new)
            .map_err(|error| raised(&error))
    }
}

#[pymethods]
impl Table {
    /// The table as an Arrow C stream, in a capsule.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A consumer takes the stream out; one that nobody takes is released with its capsule. The
        // interface lets a producer pass over the wish for another schema.
        drop(requested_schema);
        PyCapsule::new_with_value(py, stream_of(&self.frame)?, STREAM_NAME)
    }

    fn __len__(&self) -> usize {
        self.frame.height()
    }

    fn __repr__(&self) -> String {
        format!(
            "kinfolk.Table({} rows: {})",
            self.frame.height(),
            self.columns().join(", ")
        )
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        let names = self.frame.get_column_names();
        names.iter().map(ToString::to_string).collect()
    }

    /// One column as a list.
    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let column = self
            .frame
            .column(name)
            .map_err(|_| pyo3::exceptions::PyKeyError::new_err(name.to_owned()))?;
        let series = column.as_materialized_series();
        let cells = series.iter().map(|value| to_python(py, value));
        PyList::new(py, cells.collect::<PyResult<Vec<_>>>()?)
    }

    /// A dictionary for each row.
    fn to_dicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let rows = PyList::empty(py);
        for row in 0..self.frame.height() {
            let cells = PyDict::new(py);
            for column in self.frame.columns() {
                let value = column.get(row).unwrap_or(AnyValue::Null);
                cells.set_item(column.name().as_str(), to_python(py, value)?)?;
            }
            rows.append(cells)?;
        }
        Ok(rows)
    }

    /// As a `polars.DataFrame`. Needs a polars that knows Arrow streams.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let polars = slf.py().import("polars")?;
        if !polars.getattr("DataFrame")?.hasattr("__arrow_c_stream__")? {
            let version = polars.getattr("__version__")?;
            return Err(KinfolkError::new_err(format!(
                "polars {version} does not know Arrow streams; install a later one"
            )));
        }
        polars.call_method1("DataFrame", (slf,))
    }

    /// As a `pyarrow.Table`. Needs pyarrow.
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyarrow")?.call_method1("table", (slf,))
    }

    /// As a `pandas.DataFrame`. Needs pandas and pyarrow.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Self::to_arrow(slf)?.call_method0("to_pandas")
    }
}

fn stream_of(frame: &DataFrame) -> PyResult<ArrowArrayStream> {
    let level = CompatLevel::oldest();
    let fields: Vec<Field> = frame
        .columns()
        .iter()
        .map(|column| column.field().to_arrow(level))
        .collect();
    let kind = ArrowDataType::Struct(fields);
    let mut rows: Vec<Box<dyn Array>> = Vec::new();
    for batch in frame.iter_chunks(level, false) {
        let (height, values) = (batch.height(), batch.into_arrays());
        let array = StructArray::try_new(kind.clone(), height, values, None);
        rows.push(Box::new(
            array.map_err(|error| KinfolkError::new_err(error.to_string()))?,
        ));
    }
    let field = Field::new("".into(), kind, false);
    Ok(export_iterator(Box::new(rows.into_iter().map(Ok)), field))
}

fn to_python<'py>(py: Python<'py>, value: AnyValue<'_>) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        AnyValue::Null => py.None().into_bound(py),
        AnyValue::String(text) => text.into_pyobject(py)?.into_any(),
        AnyValue::Int64(number) => number.into_pyobject(py)?.into_any(),
        AnyValue::UInt64(number) => number.into_pyobject(py)?.into_any(),
        AnyValue::Float64(number) => number.into_pyobject(py)?.into_any(),
        AnyValue::StringOwned(text) => text.as_str().into_pyobject(py)?.into_any(),
        other => other.to_string().into_pyobject(py)?.into_any(),
    })
}
