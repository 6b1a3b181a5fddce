//! Reads the statutory return on children looked after (SSDA903, England) as authorities hold it.
//!
//! Tables are recognised by their headers, whatever the files are called: the CSV set of one or
//! several years, a workbook with a sheet for each table, the XML form, and the shape that regional platforms give
//! it (extra LA and YEAR columns, ISO dates, identifiers with a suffix). Rows are never lost: each is
//! used or set aside with a finding. Codes are kept as they stand, known or not.

mod breaches;
mod care_leaver;
mod checks;
mod child;
mod columns;
mod episode;
mod extract;
mod extract_columns;
mod gather;
mod identity;
mod intake;
mod kind;
mod missing;
mod notes;
mod origin;
mod read;
mod rules;
mod sheet_rows;
mod within_study;
mod xml;
mod year;

pub use kind::ReturnTable;
pub use read::{ReturnFile, ReturnsReading, read_returns};
pub use rules::RETURN_RULES;
pub(crate) use within_study::{StudyReturns, is_return_file, is_return_sheet};
