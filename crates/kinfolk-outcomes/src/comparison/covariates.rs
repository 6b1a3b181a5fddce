//! Covariates as numbers.

use std::collections::BTreeSet;

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

/// A covariate of 1 and 0 for each value of a column of words but the first in the alphabet.
pub fn expand_words(name: &str, words: &[&str]) -> Vec<Covariate> {
    let mut values = words.iter().copied().collect::<BTreeSet<_>>().into_iter();
    let reference = values.next();
    let indicator = |value: &str| Covariate {
        name: format!("{name}={value}"),
        values: words
            .iter()
            .map(|word| f64::from(u8::from(*word == value)))
            .collect(),
        reference: reference.map(str::to_owned),
    };
    values.map(indicator).collect()
}

/// Covariates, and what words stand beside.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Covariates(pub Vec<Covariate>);

impl Covariates {
    /// Their numbers.
    pub fn columns(&self) -> Vec<&[f64]> {
        let covariates = self.0.iter();
        covariates
            .map(|covariate| covariate.values.as_slice())
            .collect()
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
