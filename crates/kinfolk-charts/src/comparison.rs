//! The programme's children beside comparators: whether they were alike, and what became of them.

mod authorities;
mod authority_rows;
mod axis;
mod choices;
mod contrast;
mod contrasts;
mod curves;
mod endings;
mod hazards;
mod love_plot;
mod overlap;
mod survival;

pub use authorities::draw_authorities;
pub use choices::draw_choices;
pub use endings::draw_endings;
pub use hazards::draw_hazards;
pub use love_plot::draw_love_plot;
pub use overlap::draw_overlap;
pub use survival::draw_survival;

use kinfolk_disclosure::Release;

use crate::layout::NotDrawn;
use crate::wording::source;

/// Where figures that follow children come from, as sources name it.
const RECORDS: &str = "cohort and events";
/// Where those of a comparison without events do.
const COHORT: &str = "cohort";
/// Where those of a report of several studies do.
const COMPARISONS: &str = "the authorities\u{2019} own comparisons";

/// The tables from which the figures of a comparison come, as sources name them: outcomes of events are
/// followed, others stand in the cohort; a report of several studies reads their comparisons.
pub fn comparison_records(release: &Release) -> &'static str {
    let is_followed = |measure: &str| measure.starts_with("survival.");
    let mut records = release.records().iter();
    match &release.settings().comparison {
        None => COMPARISONS,
        Some(_) if records.any(|released| is_followed(released.measure())) => RECORDS,
        Some(_) => COHORT,
    }
}

/// What stands in the place of a chart of which nothing may be shown.
fn too_few(
    release: &Release,
    id: &'static str,
    subject: &'static str,
    subtitle: String,
) -> NotDrawn {
    NotDrawn {
        id,
        subject,
        subtitle,
        reason: source(
            release,
            comparison_records(release),
            "Too few children have a comparator to be shown",
            &["They can be shown once more do, for example over several years."],
        ),
    }
}
