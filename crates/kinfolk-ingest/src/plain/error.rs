//! Why a plain table cannot be used.

use std::path::PathBuf;

/// A cell that does not say what its column should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadCell {
    /// The row, from 1, as a spreadsheet counts.
    pub row: u64,
    /// The header of the column.
    pub column: String,
    /// What the cell says.
    pub value: String,
    /// What it may say, e.g. `0, 1 or 2`.
    pub expected: String,
}

impl std::fmt::Display for BadCell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            row,
            column,
            value,
            expected,
        } = self;
        match value.as_str() {
            "" => write!(f, "row {row}, column {column}: blank; expected {expected}"),
            _ => write!(
                f,
                "row {row}, column {column}: `{value}`; expected {expected}"
            ),
        }
    }
}

/// Why a plain table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PlainError {
    /// The operating system refused.
    #[error("`{}` cannot be read", path.display())]
    Unreadable {
        /// What was opened.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is another kind of file.
    #[error("`{file}` is no table in plain text, but {kind}")]
    NotText {
        /// The file.
        file: String,
        /// What it is.
        kind: &'static str,
    },
    /// It holds no row at all.
    #[error("`{file}` is empty; its first row should name the columns")]
    Empty {
        /// The file.
        file: String,
    },
    /// Columns that are needed are not there.
    #[error("`{file}` has no column {}; it has {}", missing.join(", "), found.join(", "))]
    ColumnsMissing {
        /// The file.
        file: String,
        /// The names that were looked for.
        missing: Vec<String>,
        /// The headers of the file.
        found: Vec<String>,
    },
    /// No column holds an item of the SDQ.
    #[error(
        "`{file}` has none of the columns item_1 to item_25; it has {}. Scores are worked out from items; \
         change can be told from totals alone",
        found.join(", ")
    )]
    NoItems {
        /// The file.
        file: String,
        /// The headers of the file.
        found: Vec<String>,
    },
    /// Two columns have one name or one meaning.
    #[error("`{file}` has two columns for {column}: {first} and {second}")]
    ColumnTwice {
        /// The file.
        file: String,
        /// The name that was looked for.
        column: String,
        /// A header.
        first: String,
        /// Another.
        second: String,
    },
    /// A row has more cells than there are headers.
    #[error("`{file}`, row {row}: {found} cells under {expected} headers")]
    LongRow {
        /// The file.
        file: String,
        /// The row, from 1.
        row: u64,
        /// How many headers there are.
        expected: usize,
        /// How many cells the row has.
        found: usize,
    },
    /// A quotation mark opens that nothing closes.
    #[error("`{file}`, row {row}: a quotation mark opens here that nothing closes")]
    OpenQuote {
        /// The file.
        file: String,
        /// The row, from 1.
        row: u64,
    },
    /// Cells do not say what they should.
    #[error("`{file}`: {}", shown(cells, *n_cells))]
    BadCells {
        /// The file.
        file: String,
        /// The first of them, in the order of the rows; never empty.
        cells: Vec<BadCell>,
        /// How many were met before reading stopped.
        n_cells: usize,
    },
    /// Items of the SDQ seem to be coded from 1 to 3.
    #[error(
        "`{file}`: {}. No item says 0 and some say 3, so the answers seem to be coded from 1 to 3; \
         take 1 from every item first, so that they run from 0 to 2 as on the score sheet",
        shown(cells, *n_cells)
    )]
    CodedFromOne {
        /// The file.
        file: String,
        /// The first cells that say 3.
        cells: Vec<BadCell>,
        /// How many were met before reading stopped.
        n_cells: usize,
    },
}

impl PlainError {
    /// Whether the data are at fault, and not the name of a file or of a column.
    pub fn is_data(&self) -> bool {
        match self {
            Self::Empty { .. }
            | Self::LongRow { .. }
            | Self::OpenQuote { .. }
            | Self::BadCells { .. }
            | Self::CodedFromOne { .. } => true,
            Self::Unreadable { .. }
            | Self::NotText { .. }
            | Self::ColumnsMissing { .. }
            | Self::NoItems { .. }
            | Self::ColumnTwice { .. } => false,
        }
    }
}

/// One cell beside the file name; several in lines below it.
fn shown(cells: &[BadCell], n_cells: usize) -> String {
    if let ([only], 1) = (cells, n_cells) {
        return only.to_string();
    }
    let lines: Vec<String> = cells.iter().map(|cell| format!("\n  {cell}")).collect();
    let rest = match n_cells - cells.len() {
        0 => String::new(),
        n => format!("\n  and {n} more"),
    };
    format!("{n_cells} cells cannot be used:{}{rest}", lines.concat())
}
