//! Reads a study folder: CSV files, workbooks and TOML to typed tables and findings.
//!
//! [`read_study`] is the only reader of input files. Bad data never stops it at the first fault: each
//! fault becomes a finding that names file, sheet and cell, every finding is gathered, and a row is set
//! aside only when a value that it needs cannot be had.
//!
//! Severity says what became of a value. An **error** means that a value, a row or a file was left out.
//! A **warning** means that it was kept although it is doubtful. A **note** tells what the reader
//! decided.
//!
//! [`plain`] reads one table for a single method instead: there, what cannot be read is an error.
//!
//! No finding quotes free text or names: only local identifiers and values of closed kinds.

mod assign;
mod cell;
mod check;
mod costs;
mod csv_sheet;
mod error;
mod file;
mod folder;
mod gathered;
mod header;
mod meter;
mod no_answer;
pub mod plain;
mod raw_rows;
mod read;
pub mod returns;
mod row;
mod rules;
mod settings_file;
mod sheet;
mod table;
mod template;
mod text_rows;
mod tidy;
mod toml_reader;
mod voices;
mod words;
mod xlsx_sheet;
mod yearly;

pub use costs::{CostsReading, read_costs};
pub use error::{IngestError, SettingsProblem};
pub use folder::LARGEST_FILE_BYTES;
pub use meter::OnRead;
pub use read::{InputFile, ReadOptions, Reading, read_study, read_study_watched};
pub use rules::{RULES, Rule, rule};
pub use template::study_template;
pub use xlsx_sheet::is_panic_caught;
