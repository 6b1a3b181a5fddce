//! The programme's children beside comparators: whether they were alike, and what became of them.

mod authorities;
mod axis;
mod choices;
mod curves;
mod differences;
mod endings;
mod love_plot;
mod overlap;
mod survival;

pub use authorities::draw_authorities;
pub use choices::draw_choices;
pub use endings::draw_endings;
pub use love_plot::draw_love_plot;
pub use overlap::draw_overlap;
pub use survival::draw_survival;

use kinfolk_disclosure::Release;

use crate::layout::NotDrawn;
use crate::wording::source;

/// Where the figures come from, as sources name it.
const RECORDS: &str = "cohort and events";

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
            RECORDS,
            "Too few children have a comparator to be shown",
            &["They can be shown once more do, for example over several years."],
        ),
    }
}
