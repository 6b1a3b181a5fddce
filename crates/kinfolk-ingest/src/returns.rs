//! Reads the statutory return on children looked after (SSDA903, England) as authorities hold it.
//!
//! Tables are recognised by their headers, whatever the files are called: the CSV set of one or
//! several years, a workbook with a sheet for each table, the XML form, and the shape that regional platforms give
//! it (extra LA and YEAR columns, ISO dates, identifiers with a suffix). Rows are never lost: each is
//! used or set aside with a finding. Codes are kept as they stand, known or not.

mod about;
mod answers;
mod breaches;
mod care_leaver;
mod checks;
mod child;
mod codes;
mod days;
mod deal;
mod episode;
mod everyone;
mod extract;
mod extract_columns;
mod file;
mod gather;
mod identity;
mod intake;
mod kind;
mod missing;
mod names;
mod notes;
mod numbering;
mod origin;
mod out_of_use;
mod part;
mod read;
mod reader;
mod rows;
mod rules;
mod said_of_sdq;
mod within_study;
mod xml;
mod year;
mod yearly;

pub(crate) use answers::Answered;
pub(crate) use checks::one_for_each_start;
pub use kind::ReturnTable;
pub(crate) use names::ReturnNames;
pub use read::{ReturnFile, ReturnsReading, read_returns, read_returns_watched};
pub use rules::RETURN_RULES;
pub(crate) use rules::YEARLY_ROW_MISSING;
pub(crate) use said_of_sdq::SaidOfSdq;
pub(crate) use within_study::StudyReturns;
