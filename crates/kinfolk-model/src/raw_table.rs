//! A table as a file holds it, before anything is read from it or after nothing more is known of it.

use jiff::civil::Date;

/// One cell of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum RawCell {
    /// Nothing.
    #[default]
    Blank,
    /// Words or a code.
    Text(String),
    /// A number.
    Number(f64),
    /// A day.
    Date(Date),
}

/// A table with a header and rows; a row may be shorter than the header.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawTable {
    /// The name: of the file without its ending, or of the sheet.
    pub name: String,
    /// The headers.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<RawCell>>,
}
