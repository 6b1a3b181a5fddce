//! Subjects by visits.

use crate::StatsError;

/// The scores of subjects at visits, with covariates that do not change between visits.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    n_visits: usize,
    n_covariates: usize,
    /// A row a subject; a score that is missing is not a number.
    scores: Vec<f64>,
    covariates: Vec<f64>,
    n_subjects: usize,
    n_without_scores: usize,
}

impl Panel {
    /// No subjects yet, without covariates. At most 64 visits can be fitted.
    pub fn new(n_visits: usize) -> Self {
        Self::with_covariates(n_visits, 0)
    }

    /// No subjects yet, with covariates.
    pub fn with_covariates(n_visits: usize, n_covariates: usize) -> Self {
        Self {
            n_visits,
            n_covariates,
            scores: Vec::new(),
            covariates: Vec::new(),
            n_subjects: 0,
            n_without_scores: 0,
        }
    }

    /// Adds a subject: a score for each visit, `None` where it is missing. A subject without any
    /// score is counted and left out.
    ///
    /// # Errors
    ///
    /// [`StatsError::RowLength`] when there are more or fewer scores than visits, or the panel has
    /// covariates; [`StatsError::NotFinite`] for a score that is infinite or not a number.
    pub fn push(&mut self, scores: &[Option<f64>]) -> Result<(), StatsError> {
        self.push_with_covariates(scores, &[])
    }

    /// Adds a subject with its covariates.
    ///
    /// # Errors
    ///
    /// As for [`push`](Self::push).
    pub fn push_with_covariates(
        &mut self,
        scores: &[Option<f64>],
        covariates: &[f64],
    ) -> Result<(), StatsError> {
        same_length(self.n_visits, scores.len())?;
        same_length(self.n_covariates, covariates.len())?;
        all_finite(scores.iter().map(|score| score.unwrap_or_default()))?;
        all_finite(covariates.iter().copied())?;
        if scores.iter().all(Option::is_none) {
            self.n_without_scores += 1;
            return Ok(());
        }
        let row = scores.iter().map(|score| score.unwrap_or(f64::NAN));
        self.scores.extend(row);
        self.covariates.extend_from_slice(covariates);
        self.n_subjects += 1;
        Ok(())
    }

    /// How many visits there are.
    pub fn n_visits(&self) -> usize {
        self.n_visits
    }

    /// How many covariates each subject has.
    pub fn n_covariates(&self) -> usize {
        self.n_covariates
    }

    /// How many subjects have a score at one visit or more.
    pub fn n_subjects(&self) -> usize {
        self.n_subjects
    }

    /// How many subjects were left out because they have no score at all.
    pub fn n_without_scores(&self) -> usize {
        self.n_without_scores
    }

    /// Scores and covariates of each subject with a score. A missing score is not a number.
    pub(super) fn subjects(&self) -> impl Iterator<Item = (&[f64], &[f64])> {
        (0..self.n_subjects).map(|at| (self.scores_of(at), self.covariates_of(at)))
    }

    /// All scores that are not missing, in no particular order.
    pub(super) fn all_scores(&self) -> impl Iterator<Item = f64> {
        self.scores.iter().copied().filter(|score| !score.is_nan())
    }

    fn scores_of(&self, at: usize) -> &[f64] {
        &self.scores[at * self.n_visits..(at + 1) * self.n_visits]
    }

    fn covariates_of(&self, at: usize) -> &[f64] {
        &self.covariates[at * self.n_covariates..(at + 1) * self.n_covariates]
    }
}

fn same_length(expected: usize, found: usize) -> Result<(), StatsError> {
    if expected == found {
        Ok(())
    } else {
        Err(StatsError::RowLength { expected, found })
    }
}

fn all_finite(values: impl Iterator<Item = f64>) -> Result<(), StatsError> {
    for (at, value) in values.enumerate() {
        if !value.is_finite() {
            return Err(StatsError::NotFinite { at, value });
        }
    }
    Ok(())
}
