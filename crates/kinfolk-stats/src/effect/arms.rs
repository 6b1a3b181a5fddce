//! Two arms, their outcomes and covariates.

use super::Subjects;
use crate::StatsError;
use crate::columns::{check_column, check_length};

/// The fewest subjects of an arm of which an effect is given.
pub const LEAST_IN_ARM: usize = 2;
/// The fewest with, and without, a yes-or-no outcome in an arm of which an adjusted effect is given.
pub const LEAST_IN_CELL: usize = 5;

/// Subjects as columns, one value a subject.
#[derive(Debug, Clone, Copy)]
pub struct Arms<'a> {
    /// Who is treated; the others are comparators.
    pub treated: &'a [bool],
    /// The outcome: 1 for yes and 0 for no, or a measured number.
    pub outcome: &'a [f64],
    /// What the arms may differ in, one column a covariate.
    pub covariates: &'a [&'a [f64]],
    /// Who belongs together: a matched pair, an authority. Each on its own without.
    pub clusters: Option<&'a [usize]>,
}

/// What an outcome is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutcomeKind {
    /// 0 and 1 only.
    YesOrNo,
    /// A number.
    Measured,
}

impl Arms<'_> {
    /// Yes or no where no other values than 0 and 1 occur.
    pub fn kind(&self) -> OutcomeKind {
        if self.outcome.iter().all(|&y| y == 0.0 || y == 1.0) {
            OutcomeKind::YesOrNo
        } else {
            OutcomeKind::Measured
        }
    }

    /// # Errors
    ///
    /// Lengths that differ, numbers that are not finite, an arm with nobody or too few.
    pub(super) fn check(&self) -> Result<(), StatsError> {
        let n = self.treated.len();
        check_column("the outcome", self.outcome, n)?;
        for column in self.covariates {
            check_column("a covariate", column, n)?;
        }
        check_length("clusters", self.clusters.map_or(n, <[usize]>::len), n)?;
        for arm in [true, false] {
            let n = self
                .treated
                .iter()
                .filter(|&&treated| treated == arm)
                .count();
            if n == 0 {
                return Err(StatsError::OneArm);
            }
            if n < LEAST_IN_ARM {
                return Err(StatsError::ArmTooSmall {
                    arm: name(arm),
                    n,
                    least: LEAST_IN_ARM,
                });
            }
        }
        Ok(())
    }

    /// # Errors
    ///
    /// [`StatsError::CellTooSmall`] where an arm has too few with or without a yes-or-no outcome.
    pub(super) fn check_cells(&self) -> Result<(), StatsError> {
        if self.kind() == OutcomeKind::Measured {
            return Ok(());
        }
        for (arm, which, value) in [
            (true, "with", 1.0),
            (true, "without", 0.0),
            (false, "with", 1.0),
            (false, "without", 0.0),
        ] {
            let rows = self.treated.iter().zip(self.outcome);
            let n = rows.filter(|&(&t, &y)| t == arm && y == value).count();
            if n < LEAST_IN_CELL {
                return Err(StatsError::CellTooSmall {
                    arm: name(arm),
                    which,
                    n,
                    least: LEAST_IN_CELL,
                });
            }
        }
        Ok(())
    }

    /// Whom to draw from: the rows, each its own subject.
    pub(super) fn subjects(&self) -> Subjects<'_> {
        Subjects {
            n: self.treated.len(),
            clusters: self.clusters,
        }
    }

    /// Sums over each cluster of a value a row.
    pub(super) fn cluster_sums(&self, values: &[[f64; 2]]) -> Vec<[f64; 2]> {
        self.subjects().sums(values)
    }
}

fn name(arm: bool) -> &'static str {
    if arm { "treated" } else { "comparator" }
}
