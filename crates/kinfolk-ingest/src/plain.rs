//! Reads one plain table for a single method: delimited text of any size, in the order of its rows.
//!
//! [`PlainReader`] gives the file in blocks of whole records, so that a long file is never held at
//! once and blocks can be read side by side. [`PlainTable`] holds a whole table and gives its columns
//! by name and by type. Comma, semicolon, tab and bar; UTF-8, UTF-16 and Windows-1252; as
//! spreadsheets, R, Stata and SPSS write them. A cell that is blank, `NA`, `NaN` or a single point is
//! missing. What cannot be read is an error that names its cell.

mod block;
mod cells;
pub mod cohort;
mod error;
mod header;
pub mod printed;
pub mod printed_pairs;
pub mod published;
mod read;
mod records;
pub mod sdq;
mod source;
mod table;

pub use block::{Block, BlockColumns, Kind, MISSING_DIGIT, Record, Selection};
pub(crate) use cells::{Span, record_end, split, unquoted};
pub use error::{BadCell, PlainError};
pub use header::Header;
pub use read::PlainReader;
pub(crate) use records::Records;
pub use table::{PlainColumn, PlainTable, expected_code};
