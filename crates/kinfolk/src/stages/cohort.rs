//! A plain table of two arms, read once for every comparison.

use kinfolk_ingest::plain::cohort::{
    ARM_COLUMN, CovariateColumn, read_arms, read_cells, read_covariates, read_ids,
};
use kinfolk_ingest::plain::sdq::CHILD_ID_COLUMN;
use kinfolk_ingest::plain::{PlainError, PlainTable};
use kinfolk_stats::StatsError;

use crate::Error;

/// What the columns of a cohort are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CohortColumns {
    /// The child. It decides between equally near comparators, and names pairs.
    pub child_id: String,
    /// The arm.
    pub arm: String,
    /// What the arms may differ in.
    pub covariates: Vec<String>,
    /// In which pairs must be the same.
    pub exact: Vec<String>,
}

impl Default for CohortColumns {
    fn default() -> Self {
        Self {
            child_id: CHILD_ID_COLUMN.to_owned(),
            arm: ARM_COLUMN.to_owned(),
            covariates: Vec::new(),
            exact: Vec::new(),
        }
    }
}

/// Two arms, a row a child.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cohort {
    pub(super) file: String,
    pub(super) ids: Vec<String>,
    pub(super) treated: Vec<bool>,
    pub(super) covariates: Vec<CovariateColumn>,
    /// Cells within which to match; `None` where all may be matched with all.
    pub(super) exact: Option<Vec<u32>>,
}

impl Cohort {
    /// # Errors
    ///
    /// [`PlainError`] when a column is missing or a cell cannot be used.
    pub(super) fn read(table: &PlainTable, columns: &CohortColumns) -> Result<Self, PlainError> {
        table.header().require(&[&columns.child_id, &columns.arm])?;
        Ok(Self {
            file: table.header().file().to_owned(),
            ids: read_ids(table.column(&columns.child_id)?)?,
            treated: read_arms(table.column(&columns.arm)?)?,
            covariates: read_covariates(table, &columns.covariates)?,
            exact: match columns.exact.as_slice() {
                [] => None,
                names => Some(read_cells(table, names)?),
            },
        })
    }

    /// Those of whom `keep` is true.
    pub(super) fn subset(&self, keep: &[bool]) -> Self {
        Self {
            file: self.file.clone(),
            ids: kept(&self.ids, keep),
            treated: kept(&self.treated, keep),
            covariates: self
                .covariates
                .iter()
                .map(|column| CovariateColumn {
                    values: kept(&column.values, keep),
                    ..column.clone()
                })
                .collect(),
            exact: self.exact.as_ref().map(|cells| kept(cells, keep)),
        }
    }

    pub(super) fn columns(&self) -> Vec<&[f64]> {
        let columns = self.covariates.iter();
        columns.map(|column| column.values.as_slice()).collect()
    }

    /// A number for each child, in the order of the ids, so that the order of rows decides nothing.
    pub(super) fn keys(&self) -> Vec<u64> {
        let mut rows: Vec<usize> = (0..self.ids.len()).collect();
        rows.sort_unstable_by_key(|&row| &self.ids[row]);
        let mut keys = vec![0; rows.len()];
        for (key, row) in rows.into_iter().enumerate() {
            keys[row] = key as u64;
        }
        keys
    }

    pub(super) fn n_in(&self, arm: bool) -> usize {
        self.treated
            .iter()
            .filter(|&&treated| treated == arm)
            .count()
    }

    /// What words stand beside: `status beside A`.
    pub(super) fn references(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for column in &self.covariates {
            let Some(reference) = &column.reference else {
                continue;
            };
            let name = column.name.split('=').next().unwrap_or(&column.name);
            let text = format!("{name} beside {reference}");
            if found.last() != Some(&text) {
                found.push(text);
            }
        }
        found
    }

    /// Names the covariate that a method refuses by its number.
    pub(super) fn in_words(&self, error: &StatsError) -> String {
        let name = |at: usize| {
            let column = self.covariates.get(at);
            column.map_or("", |column| column.name.as_str()).to_owned()
        };
        match error {
            StatsError::Separated { covariate } => format!(
                "covariate {} tells the arms, or the outcome, apart so well that there is nobody to \
                 compare with",
                name(*covariate)
            ),
            StatsError::Collinear { covariate } => format!(
                "covariate {} says nothing that those before it do not say; leave it out",
                name(*covariate)
            ),
            other => other.to_string(),
        }
    }

    /// An error that names the covariate.
    pub(super) fn named(&self, error: &StatsError) -> Error {
        Error::Comparison {
            file: self.file.clone(),
            reason: self.in_words(error),
        }
    }
}

pub(super) fn kept<T: Clone>(values: &[T], keep: &[bool]) -> Vec<T> {
    let rows = values.iter().zip(keep).filter(|(_, keep)| **keep);
    rows.map(|(value, _)| value.clone()).collect()
}
