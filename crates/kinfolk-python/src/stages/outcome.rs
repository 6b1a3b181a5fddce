//! What a method gives.

use kinfolk::Error;
use kinfolk::prelude::Finding;
use kinfolk::stages::{Summary, frame_from_text};
use polars::prelude::DataFrame;
use pyo3::prelude::*;

use super::NAME;
use crate::errors::raised;
use crate::study::findings_table;
use crate::table::Table;

/// What a method gives: a row for each child or pair where it makes such rows, and its estimates.
#[pyclass(frozen, module = "kinfolk", name = "Outcome")]
pub(super) struct Outcome {
    rows: Option<Py<Table>>,
    summary: Py<Table>,
    findings: Py<Table>,
    json: String,
}

#[pymethods]
impl Outcome {
    /// A row for each child or pair; `None` for a method that makes no rows.
    #[getter]
    fn rows(&self, py: Python<'_>) -> Option<Py<Table>> {
        self.rows.as_ref().map(|rows| rows.clone_ref(py))
    }

    /// The estimates, one row each. Nothing in them was checked for disclosure.
    #[getter]
    fn estimates(&self, py: Python<'_>) -> Py<Table> {
        self.summary.clone_ref(py)
    }

    /// What is wrong or doubtful in the files, as `Study.findings` has it; empty for a method that reads a frame,
    /// which refuses what it cannot use.
    #[getter]
    fn findings(&self, py: Python<'_>) -> Py<Table> {
        self.findings.clone_ref(py)
    }

    /// The estimates as the program prints them.
    fn to_json(&self) -> &str {
        &self.json
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let said = self.summary.bind(py).repr()?.to_string();
        Ok(format!("kinfolk.Outcome(estimates={said})"))
    }
}

/// What a worker thread brings back.
pub(super) struct Found {
    rows: Option<DataFrame>,
    summary: Summary,
    findings: Vec<Finding>,
}

impl Found {
    /// Estimates with the rows that a method writes as CSV.
    pub(super) fn with_rows(text: Vec<u8>, summary: Summary) -> Result<Self, Error> {
        Ok(Self {
            rows: Some(frame_from_text(NAME, text)?),
            summary,
            findings: Vec::new(),
        })
    }

    /// Estimates only.
    pub(super) fn without_rows(summary: Summary) -> Self {
        Self {
            rows: None,
            summary,
            findings: Vec::new(),
        }
    }

    /// With what is wrong or doubtful in the files.
    pub(super) fn and_findings(self, findings: Vec<Finding>) -> Self {
        Self { findings, ..self }
    }

    pub(super) fn into_python(self, py: Python<'_>) -> PyResult<Outcome> {
        let json = self.summary.to_json().map_err(|error| raised(&error))?;
        let rows = self.rows.map(|frame| Py::new(py, Table::new(frame)));
        Ok(Outcome {
            rows: rows.transpose()?,
            summary: Py::new(py, Table::of_estimates(&self.summary.estimates)?)?,
            findings: Py::new(py, findings_table(&self.findings)?)?,
            json: String::from_utf8_lossy(&json).into_owned(),
        })
    }
}
