//! Synthetic studies of any size from a seed.
//!
//! [`generate_study`] makes up one authority's study: the tables, `study.toml`, quotations and the
//! authority's own words; [`write_study`] writes such a study of any size, with the authority's returns. [`national_plans`] plans many authorities, [`demo_plan`] the one that the
//! repository shows. [`reconstruct_frg_2020`] arranges rows so that their totals are those that
//! Family Rights Group published in 2020.
//!
//! Every child has a stream of random numbers of its own, made from the seed and the child's
//! place in the plan, so that the rows do not depend on threads or on the number of children.
//! Nothing here comes from a real record, and no table holds a name.

mod care;
mod child;
mod cohort;
mod compared;
mod connection;
mod csv;
mod faults;
mod folder;
mod in_care;
mod journey;
mod monitoring;
mod objective;
mod parts;
mod plan;
mod questionnaire;
mod random;
mod reconstruction;
mod returns;
mod sdq;
mod settings;
mod study;
mod table;
mod voices;
mod yearly;

pub use care::{StudyReturnsPlan, study_returns};
pub use cohort::{COHORT_FILE, CohortPlan, CohortTruth, write_cohort};
pub use compared::comparator_demo;
pub use csv::to_csv;
pub use faults::{FAULTS_FILE, Fault, PlantedFault, plant_faults};
pub use folder::{SynthError, write_folder};
pub use parts::write_study;
pub use plan::{StudyPlan, authority_names, demo_plan, national_plans};
pub use reconstruction::reconstruct_frg_2020;
pub use returns::{ReturnsAnswers, ReturnsPlan, ReturnsWorld, write_returns};
pub use study::{SyntheticStudy, generate_study};
