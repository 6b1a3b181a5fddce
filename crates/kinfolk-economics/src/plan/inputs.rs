//! How numbers of `costs.toml` and of the study become inputs of a plan.

use kinfolk_model::{Amount, Costs, Direction, Estimate, Estimates, Given, Shape, Spread};

use crate::input::{Input, InputKind, Origin};
use crate::{EconomicsError, Factor};

/// Makes a plan; every number that it meets becomes an input.
pub(super) struct Maker<'a> {
    pub(super) costs: &'a Costs,
    pub(super) estimates: &'a Estimates,
    pub(super) inputs: Vec<Input>,
}

impl Maker<'_> {
    fn push(&mut self, input: Input) -> Factor {
        self.inputs.push(input);
        Factor::Input(self.inputs.len() - 1)
    }

    pub(super) fn amount(
        &mut self,
        id: &str,
        label: &str,
        kind: InputKind,
        amount: Amount,
    ) -> Result<Factor, EconomicsError> {
        let confidence = self.costs.confidence;
        let input = Input::new(id.to_owned(), label.to_owned(), kind, amount, confidence)?;
        Ok(self.push(input))
    }

    pub(super) fn share(
        &mut self,
        id: &str,
        label: &str,
        amount: Amount,
    ) -> Result<Factor, EconomicsError> {
        self.amount(id, label, InputKind::Share, amount)
    }

    /// A share that is no input when it is nothing for certain.
    pub(super) fn reduction(
        &mut self,
        id: &str,
        label: &str,
        amount: Amount,
    ) -> Result<Factor, EconomicsError> {
        match amount {
            Amount {
                value: 0.0,
                spread: None,
            } => Ok(Factor::Fixed(0.0)),
            _ => self.share(id, label, amount),
        }
    }

    pub(super) fn given(
        &mut self,
        id: &str,
        label: &str,
        kind: InputKind,
        given: &Given,
    ) -> Result<Factor, EconomicsError> {
        let study = match given {
            Given::Stated(amount) => return self.amount(id, label, kind, *amount),
            Given::Study(study) => study,
        };
        let missing = |estimate| EconomicsError::NoEstimate {
            input: label.to_owned(),
            key: study.key.to_string(),
            reason: why_missing(estimate),
        };
        let estimate = self.estimates.get(&study.key);
        let estimate = estimate.ok_or_else(|| missing(None))?;
        let amount = from_estimate(estimate, study.good);
        let amount = amount.ok_or_else(|| missing(Some(estimate)))?;
        let level = estimate.level.unwrap_or(self.costs.confidence);
        let input = Input::new(id.to_owned(), label.to_owned(), kind, amount, level)?;
        Ok(self.push(Input {
            origin: Origin::Study {
                children: estimate.denominator,
            },
            ..input
        }))
    }
}

/// What is the matter with an estimate that is of no use.
fn why_missing(estimate: Option<&Estimate>) -> String {
    match estimate.map(|estimate| estimate.note.as_str()) {
        None => "is not there".to_owned(),
        Some("") => "has no value".to_owned(),
        Some(note) => format!("has no value ({note})"),
    }
}

/// The value of an estimate as a benefit, with its interval as a spread.
fn from_estimate(estimate: &Estimate, good: Direction) -> Option<Amount> {
    let value = estimate.value?;
    let interval = estimate.lower.zip(estimate.upper);
    let spread = |low: f64, high: f64| {
        (low < high).then_some(Spread {
            low,
            high,
            shape: Shape::Normal,
        })
    };
    Some(match good {
        Direction::More => Amount {
            value,
            spread: interval.and_then(|(low, high)| spread(low, high)),
        },
        Direction::Less => Amount {
            value: -value,
            spread: interval.and_then(|(low, high)| spread(-high, -low)),
        },
    })
}
