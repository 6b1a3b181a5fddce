//! The programme's children beside comparators: whether they were alike, and what became of them.

mod choices;
mod love_plot;
mod overlap;
mod survival;

pub use choices::draw_choices;
pub use love_plot::draw_love_plot;
pub use overlap::draw_overlap;
pub use survival::draw_survival;

/// Where the figures come from, as sources name it.
const RECORDS: &str = "cohort and events";
