//! The children of two arms, as columns.

use kinfolk_stats::StatsError;
use kinfolk_stats::matching::{Caliper, CovariateCaliper};

use super::Covariates;

/// Numbers in which a pair may not lie further apart.
#[derive(Debug, Clone, PartialEq)]
pub struct PairLimit {
    /// One value a child.
    pub values: Vec<f64>,
    /// How far apart, in the unit of the values; above 0.
    pub width: f64,
}

/// The children of two arms, one value a child.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedArms {
    /// Who is in the programme; the others are comparators.
    pub treated: Vec<bool>,
    /// What the arms may differ in.
    pub covariates: Covariates,
    /// Cells within which to match; `None` where all may be matched with all.
    pub exact: Option<Vec<u32>>,
    /// In what pairs must lie near each other as well.
    pub limits: Vec<PairLimit>,
    /// A number of each child's own, which decides between equally near comparators.
    pub keys: Vec<u64>,
    /// Who belongs together; each child on its own (each pair, once matched) without.
    pub clusters: Option<Vec<usize>>,
}

impl ComparedArms {
    /// Those of whom `keep` is true.
    #[must_use]
    pub fn subset(&self, keep: &[bool]) -> Self {
        let rows: Vec<usize> = (0..keep.len()).filter(|&row| keep[row]).collect();
        self.of_rows(&rows, kept(&self.keys, keep))
    }

    /// Those rows, each as often as it is named, a copy as a child of its own.
    #[must_use]
    pub fn drawn(&self, rows: &[usize]) -> Self {
        self.of_rows(rows, (0..).take(rows.len()).collect())
    }

    fn of_rows(&self, rows: &[usize], keys: Vec<u64>) -> Self {
        let mut covariates = self.covariates.clone();
        for covariate in &mut covariates.0 {
            covariate.values = at_rows(&covariate.values, rows);
        }
        Self {
            treated: at_rows(&self.treated, rows),
            covariates,
            exact: self.exact.as_ref().map(|cells| at_rows(cells, rows)),
            limits: self.limits_of(|values| at_rows(values, rows)),
            keys,
            clusters: self.clusters.as_ref().map(|labels| at_rows(labels, rows)),
        }
    }

    /// With a second row, as comparators, for some of the rows; behind all others, in their order.
    #[must_use]
    pub fn with_comparators(&self, rows: &[usize]) -> Self {
        let mut covariates = self.covariates.clone();
        for covariate in &mut covariates.0 {
            covariate.values = followed_by(&covariate.values, rows);
        }
        let next = self.keys.iter().max().map_or(0, |key| key + 1);
        let new = self.keys.iter().copied().chain(next..);
        Self {
            treated: self
                .treated
                .iter()
                .copied()
                .chain(rows.iter().map(|_| false))
                .collect(),
            covariates,
            exact: self.exact.as_ref().map(|cells| followed_by(cells, rows)),
            limits: self.limits_of(|values| followed_by(values, rows)),
            keys: new.take(self.keys.len() + rows.len()).collect(),
            clusters: self
                .clusters
                .as_ref()
                .map(|labels| followed_by(labels, rows)),
        }
    }

    /// The limits of pairs, of other rows.
    fn limits_of(&self, rows: impl Fn(&[f64]) -> Vec<f64>) -> Vec<PairLimit> {
        let limit = |limit: &PairLimit| PairLimit {
            values: rows(&limit.values),
            width: limit.width,
        };
        self.limits.iter().map(limit).collect()
    }

    /// The limits of pairs as the matchers take them.
    pub fn calipers(&self) -> Vec<CovariateCaliper<'_>> {
        let limits = self.limits.iter();
        limits
            .map(|limit| CovariateCaliper {
                values: &limit.values,
                caliper: Caliper::Units(limit.width),
            })
            .collect()
    }

    /// How many children are in an arm: the programme for `true`.
    pub fn n_in(&self, arm: bool) -> usize {
        let arms = self.treated.iter();
        arms.filter(|&&treated| treated == arm).count()
    }

    /// Why the data refuse a method, naming the covariate that it refuses by its number.
    pub fn in_words(&self, error: &StatsError) -> String {
        let name = |at: usize| self.covariates.names().nth(at).unwrap_or_default();
        match error {
            StatsError::Separated { covariate } => format!(
                "covariate {} tells the arms, or the outcome, apart so well that there is nobody to \
                 compare with",
                name(*covariate)
            ),
            StatsError::OutOfReach { covariate } => format!(
                "no weights bring those compared with to the mean of the programme in {}; leave it out, \
                 or compare only those who are alike in it",
                name(*covariate)
            ),
            StatsError::Collinear { covariate } => format!(
                "covariate {} says nothing that those before it do not say; leave it out",
                name(*covariate)
            ),
            other => other.to_string(),
        }
    }
}

/// The values of rows, in their order.
pub(crate) fn at_rows<T: Clone>(values: &[T], rows: &[usize]) -> Vec<T> {
    rows.iter().map(|&row| values[row].clone()).collect()
}

/// All values, and behind them those of some rows once more.
fn followed_by<T: Clone>(values: &[T], rows: &[usize]) -> Vec<T> {
    let more = at_rows(values, rows);
    values.iter().cloned().chain(more).collect()
}

/// The values of whom `keep` is true.
pub(crate) fn kept<T: Clone>(values: &[T], keep: &[bool]) -> Vec<T> {
    let rows = values.iter().zip(keep).filter(|(_, keep)| **keep);
    rows.map(|(value, _)| value.clone()).collect()
}
