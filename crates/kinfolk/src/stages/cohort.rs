//! A plain table of two arms, read once for every comparison.

use kinfolk_ingest::plain::PlainTable;
use kinfolk_ingest::plain::cohort::{ARM_COLUMN, read_arms, read_cells, read_covariates, read_ids};
use kinfolk_ingest::plain::sdq::CHILD_ID_COLUMN;
use kinfolk_model::{CohortColumn, ColumnValues, CovariateCaliper, fold};
use kinfolk_outcomes::comparison::{ComparedArms, Covariates};
use kinfolk_stats::StatsError;

use crate::Error;

/// What the columns of a cohort are called.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortColumns {
    /// The child. It decides between equally near comparators, and names pairs.
    pub child_id: String,
    /// The arm.
    pub arm: String,
    /// What the arms may differ in.
    pub covariates: Vec<String>,
    /// In which pairs must be the same.
    pub exact: Vec<String>,
    /// Covariates in which pairs must lie near each other as well.
    pub calipers: Vec<CovariateCaliper>,
}

impl Default for CohortColumns {
    fn default() -> Self {
        Self {
            child_id: CHILD_ID_COLUMN.to_owned(),
            arm: ARM_COLUMN.to_owned(),
            covariates: Vec::new(),
            exact: Vec::new(),
            calipers: Vec::new(),
        }
    }
}

/// Two arms, a row a child.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cohort {
    pub(super) file: String,
    pub(super) ids: Vec<String>,
    pub(super) arms: ComparedArms,
}

impl Cohort {
    /// # Errors
    ///
    /// [`Error::Plain`] when a column is missing or a cell cannot be used; [`Error::Comparison`] for a
    /// caliper of something else than a covariate of numbers.
    pub(super) fn read(table: &PlainTable, columns: &CohortColumns) -> Result<Self, Error> {
        table.header().require(&[&columns.child_id, &columns.arm])?;
        let treated = read_arms(table.column(&columns.arm)?)?;
        Self::with_arms(table, columns, treated)
    }

    /// The same where something else than a column of arms says who is in the programme.
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    pub(super) fn with_arms(
        table: &PlainTable,
        columns: &CohortColumns,
        treated: Vec<bool>,
    ) -> Result<Self, Error> {
        table.header().require(&[&columns.child_id])?;
        let ids = read_ids(table.column(&columns.child_id)?)?;
        let file = table.header().file();
        let others = [
            (columns.child_id.as_str(), "the child"),
            (&columns.arm, "the arm"),
        ];
        columns.check_apart(file, &others)?;
        let covariates = covariates(table, &columns.covariates)?;
        check_calipers(file, columns, &covariates)?;
        Ok(Self {
            file: file.to_owned(),
            arms: ComparedArms {
                treated,
                limits: covariates.limits(&columns.calipers),
                covariates,
                exact: match columns.exact.as_slice() {
                    [] => None,
                    names => Some(read_cells(table, names)?),
                },
                keys: keys(&ids),
                clusters: None,
            },
            ids,
        })
    }

    /// An error that names the covariate.
    pub(super) fn named(&self, error: &StatsError) -> Error {
        Error::Comparison {
            file: self.file.clone(),
            reason: self.arms.in_words(error),
        }
    }
}

impl CohortColumns {
    /// Checks that there is anything in which arms should be alike.
    ///
    /// # Errors
    ///
    /// [`Error::Alike`] where there is not: pairs would go by the order of identifiers.
    pub(super) fn check_named(&self, file: &str) -> Result<(), Error> {
        if self.covariates.is_empty() && self.exact.is_empty() {
            return Err(Error::Alike {
                file: file.to_owned(),
                reason: "nothing is named in which the arms should be alike; name covariates, or columns in \
                         which pairs must be the same (exact)"
                    .to_owned(),
            });
        }
        Ok(())
    }

    /// Checks that no covariate is a column of another role, such as the outcome.
    ///
    /// # Errors
    ///
    /// [`Error::Alike`] where one is: what came of it would be held equal before it is compared.
    pub(super) fn check_apart(&self, file: &str, others: &[(&str, &str)]) -> Result<(), Error> {
        let mut named = self.covariates.iter().chain(&self.exact);
        let role_of = |name: &str| others.iter().find(|(other, _)| fold(other) == fold(name));
        match named.find_map(|name| Some((name, role_of(name)?.1))) {
            None => Ok(()),
            Some((name, role)) => Err(Error::Alike {
                file: file.to_owned(),
                reason: format!("`{name}` is {role}, so the arms cannot be made alike in it"),
            }),
        }
    }
}

/// # Errors
///
/// [`Error::Comparison`] for a caliper of something else than a covariate of numbers.
fn check_calipers(
    file: &str,
    columns: &CohortColumns,
    covariates: &Covariates,
) -> Result<(), Error> {
    let mut names = columns.calipers.iter().map(|own| &own.covariate);
    let Some(name) = names.find(|name| covariates.numbers(name).is_none()) else {
        return Ok(());
    };
    let why = match columns.covariates.contains(name) {
        true => "is of words, between which no distance lies; name it under exact instead",
        false => "is none of the covariates",
    };
    Err(Error::Comparison {
        file: file.to_owned(),
        reason: format!("{name} has a caliper and {why}"),
    })
}

/// What the arms may differ in.
///
/// # Errors
///
/// [`Error::Plain`]; [`Error::Comparison`] for a column of words that says the same of every child, as one of
/// numbers is refused when it is used.
pub(super) fn covariates(table: &PlainTable, names: &[String]) -> Result<Covariates, Error> {
    let columns = read_covariates(table, names)?;
    let is_constant = |column: &&CohortColumn| match &column.values {
        ColumnValues::Words(words) => words.iter().all(|word| Some(word) == words.first()),
        ColumnValues::Numbers(_) => false,
    };
    match columns.iter().find(is_constant) {
        None => Ok(Covariates::of(&columns)),
        Some(column) => Err(Error::Comparison {
            file: table.header().file().to_owned(),
            reason: format!(
                "`{}` says the same of every child; leave it out",
                column.name
            ),
        }),
    }
}

/// A number for each child, in the order of the ids, so that the order of rows decides nothing.
fn keys(ids: &[String]) -> Vec<u64> {
    let mut rows: Vec<usize> = (0..ids.len()).collect();
    rows.sort_unstable_by_key(|&row| &ids[row]);
    let mut keys = vec![0; rows.len()];
    for (key, row) in (0..).zip(rows) {
        keys[row] = key;
    }
    keys
}
