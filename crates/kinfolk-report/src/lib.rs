//! Released figures and charts to one document, rendered to HTML, PDF and XLSX.
//!
//! [`compose`](compose()) makes a [`Document`] by rules that look at released figures; each renderer
//! translates the same document and computes nothing, so all formats carry the same numbers.

pub mod document;

pub use document::Document;
