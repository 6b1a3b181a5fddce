//! Released figures and charts to one document, rendered to HTML, PDF and XLSX.
//!
//! [`compose`](compose()) makes a [`Document`] by rules that look at released figures; each renderer
//! translates the same document and computes nothing, so all formats carry the same numbers.

mod compose;
pub mod document;
mod error;
mod html;
mod pdf;
mod sentences;
mod workbook;

pub use compose::{Inputs, Provenance, compose, key_rows};
pub use document::Document;
pub use error::{PdfFault, ReportError};
pub use html::render_html;
pub use pdf::{Attachment, render_pdf};
pub use workbook::{neutralised, render_workbook, write_findings, write_tables, write_template};
