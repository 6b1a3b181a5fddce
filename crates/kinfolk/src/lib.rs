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
//! # A tour
//!
//! **Bad data is data.** [`open()`] fails only where there is nothing to read. Every fault is a
//! [`Finding`](model::Finding) with its file, sheet, row and column; a row that cannot be used is set aside and
//! counted. [`Opened::study`] holds what is left as typed rows, so nothing downstream parses text:
//!
//! ```no_run
//! # use kinfolk::prelude::*;
//! # let opened = kinfolk::open("data/demo".as_ref(), &ReadOptions { today: date(2025, 6, 1) })?;
//! let children = &opened.study.children;
//! println!("{} read, {} set aside", children.n_read, children.n_set_aside);
//! let n_girls = children.rows.iter().filter(|child| child.sex == Some(kinfolk::model::Sex::Female));
//! println!("{} girls", n_girls.count());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **An estimate is a row.** [`analyse`] gives [`Estimates`](model::Estimates): measure, group, statistic, value,
//! interval, numerator, denominator, method and options. What cannot be computed is a row without a value,
//! and its note says why. [`frames`] makes a frame of them; [`explain()`] says what a measure means.
//!
//! **Only released figures leave.** [`release`] joins, withholds and rounds small numbers by the profile that
//! the study names, and then plays the attacker. Charts and documents accept nothing else.
//!
//! **Single methods** need no study. [`stages`] reads a table (a file or a frame), runs one method and gives its
//! rows and its estimates: scores and change of the SDQ, placements from statutory returns, matching,
//! effects, survival. Below it, [`stats`] has the methods on slices: numbers in, numbers out.
//!
//! ```
//! use kinfolk::stats::{Confidence, Proportion, wilson};
//! let met = wilson(Proportion::new(228, 267)?, Confidence::default());
//! assert!(met.is_some_and(|met| met.value > 0.85 && met.interval.is_some()));
//! # Ok::<(), kinfolk::stats::StatsError>(())
//! ```
//!
//! **Made-up data**: [`synth`] writes studies, returns and cohorts of any size whose truth is known, to try a
//! method on before it meets a child's record.
//!
//! | to do this | look at | an example to run |
//! |---|---|---|
//! | read a study, and publish figures | [`open()`], [`analyse`], [`release`] | `authoritys_year` |
//! | follow scores over years | [`stats::mmrm`], [`sdq`] | `sdq_with_attrition` |
//! | compare a programme with others | [`stages::match_cohort`], [`stages::effect_of`], [`stages::survival_of`] | `stability_comparator` |
//! | say what a pound returns | [`value()`], [`economics`] | `value_for_money` |
//! | judge a method by simulation | [`synth::write_cohort`] | `method_power` |
//! | make all reports of a nation | [`roll_up()`] | – |
//!
//! Run an example with `cargo run --release -p kinfolk --example authoritys_year`. The same in notebooks:
//! `notebooks/`. Short answers: `docs/cookbook.md`.
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
mod pooled;
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
pub use study::{ALL_AUTHORITIES, Opened, analyse, open, open_watched, release};
pub use value::{Appraised, check_value, value};
pub use verify::{Difference, Verification, verify};
pub use watch::{Step, Watch};

/// What the errors of the stages are made of.
pub use kinfolk_disclosure::DisclosureError;
/// Methods of appraisal: costs, ratios, uncertainty, worth of information.
pub use kinfolk_economics as economics;
/// What the errors of the stages are made of.
pub use kinfolk_ingest::plain::PlainError;
pub use kinfolk_ingest::{IngestError, is_panic_caught};
/// The vocabulary: tables, settings, findings, estimates.
pub use kinfolk_model as model;
/// Scores, bands and added value of the Strengths and Difficulties Questionnaire.
pub use kinfolk_outcomes::sdq;
/// Methods on slices: numbers in, numbers out.
pub use kinfolk_stats as stats;
/// Made-up studies of any size.
pub use kinfolk_synth as synth;
