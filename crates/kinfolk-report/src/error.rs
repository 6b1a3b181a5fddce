//! Why a report could not be written.

use std::fmt;

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The typesetter refused the document.
    #[error("the PDF cannot be made: {}", listed(.0))]
    Pdf(Vec<PdfFault>),
    /// The workbook's writer refused a sheet.
    #[error("the workbook cannot be made: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}

/// One objection of the typesetter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PdfFault {
    /// The template's file, line and column; `None` where the objection has no one place.
    pub place: Option<String>,
    /// What it objects to.
    pub message: String,
    /// What it suggests.
    pub hints: Vec<String>,
}

impl fmt::Display for PdfFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(formatter, "{place}: ")?;
        }
        formatter.write_str(&self.message)?;
        for hint in &self.hints {
            write!(formatter, " ({hint})")?;
        }
        Ok(())
    }
}

fn listed(faults: &[PdfFault]) -> String {
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    faults.join("; ")
}
