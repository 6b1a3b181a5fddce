//! Checks of columns that hold one value a subject.

use crate::StatsError;

/// Whether a list has as many values as there are subjects.
pub(crate) fn check_length(
    what: &'static str,
    found: usize,
    expected: usize,
) -> Result<(), StatsError> {
    if found == expected {
        Ok(())
    } else {
        Err(StatsError::UnequalLengths {
            what,
            found,
            expected,
        })
    }
}

/// Whether a list has as many values as there are subjects, all of them finite.
pub(crate) fn check_column(
    what: &'static str,
    values: &[f64],
    n_subjects: usize,
) -> Result<(), StatsError> {
    check_length(what, values.len(), n_subjects)?;
    match values.iter().position(|value| !value.is_finite()) {
        None => Ok(()),
        Some(at) => Err(StatsError::NotFinite {
            at,
            value: values[at],
        }),
    }
}

/// Whether a list has as many weights as there are subjects, none of them below 0 or infinite.
pub(crate) fn check_weights(weights: &[f64], n_subjects: usize) -> Result<(), StatsError> {
    check_column("weights", weights, n_subjects)?;
    match weights.iter().position(|&weight| weight < 0.0) {
        None => Ok(()),
        Some(at) => Err(StatsError::BelowZero {
            at,
            value: weights[at],
        }),
    }
}

/// How many groups there are when they are numbered from 0.
pub(crate) fn n_groups(groups: &[u32]) -> usize {
    groups
        .iter()
        .max()
        .map_or(0, |&largest| largest as usize + 1)
}
