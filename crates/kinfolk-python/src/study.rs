//! A study folder.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use kinfolk::outputs::write_outputs;
use kinfolk::prelude::{Finding, ReadOptions, ReportOptions, Severity};
use kinfolk::{Error, Opened};
use polars::prelude::{Column, DataFrame, NamedFrom, Series};
use pyo3::prelude::*;

use crate::errors::{UsageError, raised};
use crate::run::{Heard, interruptible};
use crate::table::Table;

pub(crate) fn add_to(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Study>()?;
    module.add_function(wrap_pyfunction!(open, module)?)
}

/// Everything that one folder holds, as `open` reads it.
#[pyclass(frozen, module = "kinfolk", name = "Study")]
struct Study {
    folder: PathBuf,
    opened: Arc<Opened>,
}

/// Reads and checks a study folder: `study.toml` beside tables.
///
/// Bad data is no exception: it comes back in `Study.findings`, and rows that cannot be used are set
/// aside and counted.
///
/// Parameters
/// ----------
/// folder : path of the study folder
/// today : the day that counts as today, such as "2025-06-01" or a `datetime.date`; no date may lie
///     after it
///
/// Raises
/// ------
/// UsageError : when the folder cannot be read as a study
#[pyfunction]
#[pyo3(signature = (folder, *, today))]
fn open(py: Python<'_>, folder: PathBuf, today: &Bound<'_, PyAny>) -> PyResult<Study> {
    let options = ReadOptions {
        today: day("today", today)?,
    };
    let path = folder.clone();
    let opened = interruptible(py, move || {
        kinfolk::open_watched(&path, &options, &Heard::of_this_thread())
    })?;
    Ok(Study {
        folder,
        opened: Arc::new(opened),
    })
}

/// A day from text or from anything whose text is one, such as a `datetime.date`.
pub(crate) fn day(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Date> {
    let text = value.str()?.to_string();
    let day = text.parse();
    day.map_err(|_| UsageError::new_err(format!("{name}: `{text}` is no day such as 2025-03-31")))
}

#[pymethods]
impl Study {
    /// The title of its report.
    #[getter]
    fn title(&self) -> &str {
        &self.opened.study.settings.title
    }

    /// What is wrong or doubtful in its files: rule, severity, file, sheet, row, cell,
    /// column, value, message, help.
    #[getter]
    fn findings(&self) -> PyResult<Table> {
        findings_table(&self.opened.findings)
    }

    /// How many findings are errors.
    #[getter]
    fn n_errors(&self) -> usize {
        self.opened.count(Severity::Error)
    }

    /// Every estimate, one row each. Nothing is hidden: not for publication.
    fn estimates(&self, py: Python<'_>) -> PyResult<Table> {
        let opened = Arc::clone(&self.opened);
        let found = interruptible(py, move || Ok(kinfolk::analyse(&opened)))?;
        Table::of_estimates(&found.records)
    }

    /// The estimates that may leave the building, by the disclosure profile of the study.
    ///
    /// Raises
    /// ------
    /// DisclosureError : when the rules for small numbers refuse
    fn released(&self, py: Python<'_>) -> PyResult<Table> {
        let opened = Arc::clone(&self.opened);
        let released = interruptible(py, move || {
            kinfolk::release(&kinfolk::analyse(&opened), &opened.study)
        })?;
        Table::of_estimates(&released.to_estimates())
    }

    /// Writes the whole report into a folder and gives the paths of its files.
    ///
    /// Parameters
    /// ----------
    /// out : path of the folder to write to, outside the study
    #[pyo3(signature = (*, out))]
    fn report(&self, py: Python<'_>, out: PathBuf) -> PyResult<Vec<PathBuf>> {
        let opened = Arc::clone(&self.opened);
        kinfolk::outputs::guard(&out, &self.folder).map_err(|error| raised(&error))?;
        let study = kinfolk::manifest::relative(&self.folder, &out);
        interruptible(py, move || {
            let heard = Heard::of_this_thread();
            let options = ReportOptions::all_formats(study);
            let outputs = kinfolk::report_watched(&opened, &options, &heard)?;
            heard.look();
            write_outputs(&outputs, &out)?;
            Ok::<_, Error>(outputs.iter().map(|made| out.join(&made.path)).collect())
        })
    }

    fn __repr__(&self) -> String {
        format!(
            "kinfolk.Study({:?}, {} children, {} findings)",
            self.title(),
            self.opened.study.children.rows.len(),
            self.opened.findings.len()
        )
    }
}

type Cell = (&'static str, fn(&Finding) -> Option<String>);

const CELLS: &[Cell] = &[
    ("rule", |finding| Some(finding.rule.to_string())),
    ("severity", |finding| Some(finding.severity.to_string())),
    ("file", |finding| Some(finding.place.file.clone())),
    ("sheet", |finding| finding.place.sheet.clone()),
    ("cell", |finding| finding.place.cell()),
    ("column", |finding| finding.place.header.clone()),
    ("value", |finding| finding.value.clone()),
    ("message", |finding| Some(finding.message.clone())),
    ("help", |finding| Some(finding.help.clone())),
];

pub(crate) fn findings_table(findings: &[Finding]) -> PyResult<Table> {
    let texts = |get: fn(&Finding) -> Option<String>| findings.iter().map(get).collect::<Vec<_>>();
    let mut columns: Vec<Column> = CELLS
        .iter()
        .map(|(name, get)| Series::new((*name).into(), texts(*get)).into())
        .collect();
    let rows: Vec<Option<u64>> = findings
        .iter()
        .map(|finding| finding.place.row.map(u64::from))
        .collect();
    columns.insert(4, Series::new("row".into(), rows).into());
    let frame = DataFrame::new(findings.len(), columns).map_err(Error::from);
    frame.map(Table::new).map_err(|error| raised(&error))
}
