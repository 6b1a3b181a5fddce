//! Why there is no figure, in words that give no count away.

use kinfolk_stats::StatsError;

use crate::comparison::ComparedArms;

/// What a refusal begins with.
const REFUSED: &str = "refused: ";

/// The reason for which the data refuse a figure. Counts stay out of it: it is printed where the
/// numbers behind it are withheld.
pub(super) fn reason(arms: &ComparedArms, error: &StatsError) -> String {
    let words = match error {
        StatsError::OneArm => "one of the arms has nobody in it".to_owned(),
        StatsError::ArmTooSmall { .. } => {
            "an arm is too small for a difference between children to be told from chance"
                .to_owned()
        }
        StatsError::CellTooSmall { .. } => {
            "too few children of an arm had the outcome, or too few did not, to adjust for anything"
                .to_owned()
        }
        StatsError::NoOverlap => {
            "no child of the programme has a comparator within the limits".to_owned()
        }
        StatsError::TooFewRows { .. } | StatsError::TooFewClusters => {
            "there are too few children for so many covariates".to_owned()
        }
        other => arms.in_words(other),
    };
    refused(&words)
}

/// A reason as the note of a figure.
pub(super) fn refused(words: &str) -> String {
    format!("{REFUSED}{words}")
}
