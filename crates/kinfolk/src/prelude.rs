//! What most programs over kinfolk need: `use kinfolk::prelude::*`.

pub use jiff::ToSpan;
pub use jiff::civil::{Date, date};
pub use kinfolk_disclosure::{Release, Released, Shown};
pub use kinfolk_ingest::ReadOptions;
pub use kinfolk_model::{
    Code, Country, DisclosureProfile, Estimate, Estimates, Finding, Group, Key, Period, Place,
    Settings, Severity, Statistic, Study, Table, Unit,
};

pub use crate::outputs::{Output, Role};
pub use crate::{Error, Format, Opened, ReportOptions};
