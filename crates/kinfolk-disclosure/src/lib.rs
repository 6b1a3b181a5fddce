//! Small numbers: from estimates to figures that may leave the building.
//!
//! [`release`] takes every estimate of a study with the structure of its counts, joins or drops
//! what is too small to show, withholds what remains too small together with what would give it
//! away, rounds as the profile says, and then plays the attacker: it tries to work out each hidden
//! count from everything that is printed. What comes back is a [`Release`]; charts and reports
//! accept nothing else.

mod audit;
mod blur;
mod decision;
mod design;
mod error;
mod export;
mod field;
mod figure;
mod plan;
mod profile;
mod release;
mod released;
mod roll_up;
mod round;
mod scores;
mod span;
mod suppress;
mod system;
mod tableau;
mod view;
mod world;

pub use audit::Audit;
pub use error::DisclosureError;
pub use export::benchmark_from_records;
pub use profile::{Profile, profile};
pub use release::release;
pub use released::{Action, Benchmark, Decision, Release, Released, ReleasedRow, Shown};
pub use roll_up::{check_roll_up, release_roll_up};
pub use round::decimals;
