//! The Strengths and Difficulties Questionnaire (SDQ) over the years: who has a score, the means,
//! the bands, the changes that are larger than measurement error. Informants are never pooled.

mod bands;
mod completeness;
mod means;
mod reliable_change;
mod stack;
mod waves;

pub use bands::draw_sdq_bands;
pub use completeness::draw_sdq_completeness;
pub use means::draw_sdq_means;
pub use reliable_change::draw_sdq_reliable_change;
pub use waves::sdq_headline;

/// Where the scores come from, as sources name it.
const RECORDS: &str = "SDQ questionnaires and yearly returns";
