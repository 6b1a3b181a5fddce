//! Records of Lifelong Links services to evidence: open a study, run the stages, get everything.
//!
//! A *study* is a folder: `study.toml` beside tables. [`open()`] reads and checks it, [`analyse`]
//! computes every estimate, [`release`] decides what may leave the building, and [`report()`] makes
//! every file of a report in memory. Each stage can be used alone.
//!
//! ```no_run
//! use kinfolk::prelude::*;
//!
//! let options = ReadOptions { today: "2025-06-01".parse()? };
//! let opened = kinfolk::open("data/demo".as_ref(), &options)?;
//! for finding in &opened.findings {
//!     println!("{}: {}", finding.rule, finding.message);
//! }
//!
//! let estimates = kinfolk::analyse(&opened);
//! let met = Key::new("objectives.met", Group::all(), Statistic::Proportion);
//! if let Some(met) = estimates.get(&met) {
//!     println!("{:?} of {:?} objectives met", met.numerator, met.denominator);
//! }
//!
//! let frame = kinfolk::frames::to_frame(&estimates.records)?;
//! println!("{} estimates", frame.height());
//!
//! let outputs = kinfolk::report(&opened, &ReportOptions::all_formats("data/demo"))?;
//! kinfolk::outputs::write_outputs(&outputs, "demo-report".as_ref())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`roll_up()`] does the same for every study below a folder and for all of them together,
//! [`verify()`] runs again what a manifest describes and compares, [`explain()`] says what a word
//! means, and [`init`] starts a study folder.
//!
//! Nothing here reads the clock, the environment or the network: today's date is an option, and the
//! seed stands in `study.toml`. The same study gives the same bytes on any number of threads.

mod error;
mod explain;
mod folders;
pub mod frames;
pub mod init;
mod join;
pub mod manifest;
mod options;
pub mod outputs;
pub mod prelude;
mod report;
mod roll_up;
mod side_by_side;
pub mod stages;
mod study;
mod value;
mod verify;
mod watch;

pub use error::Error;
pub use explain::{Explanation, TopicKind, explain, topics};
pub use folders::{StudyFolder, study_folders};
pub use join::join;
pub use options::Format;
pub use report::{
    FINDINGS_SCHEMA, ReportOptions, analysis, findings_to_json, findings_to_xlsx, report,
    report_watched,
};
pub use roll_up::{ALL_FOLDER, Done, Outcome, RollUpOptions, roll_up};
pub use study::{ALL_AUTHORITIES, Opened, analyse, open, release};
pub use value::{Appraised, check_value, value};
pub use verify::{Difference, Verification, verify};
pub use watch::{Step, Watch};

/// What the errors of the stages are made of.
pub use kinfolk_disclosure::DisclosureError;
/// Methods of appraisal: costs, ratios, uncertainty, worth of information.
pub use kinfolk_economics as economics;
/// What the errors of the stages are made of.
pub use kinfolk_ingest::{IngestError, is_panic_caught};
/// The vocabulary: tables, settings, findings, estimates.
pub use kinfolk_model as model;
/// Scores, bands and added value of the Strengths and Difficulties Questionnaire.
pub use kinfolk_outcomes::sdq;
/// Methods on slices: numbers in, numbers out.
pub use kinfolk_stats as stats;
/// Made-up studies of any size.
pub use kinfolk_synth as synth;
