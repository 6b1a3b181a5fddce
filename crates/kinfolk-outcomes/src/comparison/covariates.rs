//! Covariates as numbers.

use std::collections::BTreeSet;

use kinfolk_model::{CohortColumn, ColumnValues, CovariateCaliper};

use super::PairLimit;

/// A covariate as numbers, one a child: a column of numbers as it stands, or one value of a column of
/// words as 1 and the others as 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Covariate {
    /// The column, and for words the value, e.g. `age` or `legal_status=C2`.
    pub name: String,
    /// The numbers.
    pub values: Vec<f64>,
    /// For words, the value that has no covariate of its own: the first in the alphabet.
    pub reference: Option<String>,
}

impl Covariate {
    /// Whether it is of 0 and 1 only, so that its mean is a share of children.
    pub fn is_yes_or_no(&self) -> bool {
        self.values
            .iter()
            .all(|&value| value == 0.0 || value == 1.0)
    }
}

/// A column of numbers as it stands; of words, a covariate of 1 and 0 for each value but the first in
/// the alphabet.
fn expand(column: &CohortColumn) -> Vec<Covariate> {
    match &column.values {
        ColumnValues::Numbers(numbers) => vec![Covariate {
            name: column.name.clone(),
            values: numbers.clone(),
            reference: None,
        }],
        ColumnValues::Words(words) => expand_words(&column.name, words),
    }
}

fn expand_words(name: &str, words: &[String]) -> Vec<Covariate> {
    let mut values = words.iter().collect::<BTreeSet<_>>().into_iter();
    let reference = values.next();
    let indicator = |value: &String| Covariate {
        name: format!("{name}={value}"),
        values: words
            .iter()
            .map(|word| f64::from(u8::from(word == value)))
            .collect(),
        reference: reference.cloned(),
    };
    values.map(indicator).collect()
}

/// Covariates, and what words stand beside.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Covariates(pub Vec<Covariate>);

impl Covariates {
    /// Those that columns give, in their order.
    pub fn of(columns: &[CohortColumn]) -> Self {
        Self(columns.iter().flat_map(expand).collect())
    }

    /// Their numbers.
    pub fn columns(&self) -> Vec<&[f64]> {
        let covariates = self.0.iter();
        covariates
            .map(|covariate| covariate.values.as_slice())
            .collect()
    }

    /// The numbers of a column; `None` where there is none of that name, or one of words.
    pub fn numbers(&self, name: &str) -> Option<&[f64]> {
        let mut covariates = self.0.iter();
        let own = covariates.find(|own| own.name == name && own.reference.is_none())?;
        Some(&own.values)
    }

    /// Calipers with the numbers they are of. One of a column that is not here is passed over: where
    /// all children share a value, it limits nobody.
    pub fn limits(&self, calipers: &[CovariateCaliper]) -> Vec<PairLimit> {
        let limit = |caliper: &CovariateCaliper| {
            Some(PairLimit {
                values: self.numbers(&caliper.covariate)?.to_vec(),
                width: caliper.width,
            })
        };
        calipers.iter().filter_map(limit).collect()
    }

    /// Without those in which all are the same.
    pub(crate) fn leave_out_constants(&mut self) {
        self.0.retain(|covariate| {
            let mut values = covariate.values.windows(2);
            values.any(|pair| pair[0] != pair[1])
        });
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|covariate| covariate.name.as_str())
    }

    /// What words stand beside: `status beside A`.
    pub fn references(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for covariate in &self.0 {
            let Some(reference) = &covariate.reference else {
                continue;
            };
            let name = covariate.name.split('=').next().unwrap_or_default();
            let text = format!("{name} beside {reference}");
            if found.last() != Some(&text) {
                found.push(text);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_covariates_of_one_and_nought() {
        let words = ["C2", "E1", "C2", "A"].map(str::to_owned).to_vec();
        let columns = [
            CohortColumn {
                name: "age".to_owned(),
                values: ColumnValues::Numbers(vec![5.0, 6.5, 7.0, 8.0]),
            },
            CohortColumn {
                name: "status".to_owned(),
                values: ColumnValues::Words(words),
            },
        ];
        let found = Covariates::of(&columns);
        let names: Vec<&str> = found.names().collect();
        assert_eq!(names, ["age", "status=C2", "status=E1"]);
        let columns = found.columns();
        assert_eq!(columns[0], [5.0, 6.5, 7.0, 8.0]);
        assert_eq!(columns[1], [1.0, 0.0, 1.0, 0.0]);
        assert_eq!(columns[2], [0.0, 1.0, 0.0, 0.0]);
        assert_eq!(found.references(), ["status beside A"]);
        assert!(found.0[1].is_yes_or_no() && !found.0[0].is_yes_or_no());
    }
}
