//! Workbooks: the report's tables, the work-list of findings, blank and filled-in tables to read.

mod display;
mod findings;
mod fit;
mod names;
mod neutral;
mod raw;
mod report;
mod rows;
mod sheet;
mod style;
mod template;

pub use findings::write_findings;
pub use neutral::neutralised;
pub use raw::write_tables;
pub use report::render_workbook;
pub use template::write_template;
