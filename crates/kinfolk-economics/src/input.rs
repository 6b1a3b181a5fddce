//! The numbers that an appraisal rests on, each under its own id.

use kinfolk_model::{Amount, Shape, Spread};
use kinfolk_stats::{Distribution, StatsError, normal_score};

use crate::EconomicsError;
use crate::plan::DISCOUNT_RATE;

/// How far an input without a spread is moved to each side in a one-way analysis.
pub const MOVED_BY: f64 = 0.2;

/// What kind of number an input is, and so between which ends it may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// A share: 0 to 1.
    Share,
    /// A rate, a number of children or of weeks: 0 and more.
    Rate,
    /// Pounds: 0 and more.
    Money,
    /// A difference for each child: any number.
    Difference,
}

impl InputKind {
    /// The least and the most that such a number may be.
    pub fn range(self) -> (f64, f64) {
        match self {
            Self::Share => (0.0, 1.0),
            Self::Rate | Self::Money => (0.0, f64::INFINITY),
            Self::Difference => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }
}

/// What an input is about: inputs that one study would find out together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Theme {
    /// How many children there are, take part and stay.
    TakeUp,
    /// What the programme costs.
    Costs,
    /// What it changes, and for how long.
    Effects,
    /// What a change is worth.
    Worth,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 4] = [Self::TakeUp, Self::Costs, Self::Effects, Self::Worth];

    /// The code, e.g. `take_up`.
    pub fn code(self) -> &'static str {
        match self {
            Self::TakeUp => "take_up",
            Self::Costs => "costs",
            Self::Effects => "effects",
            Self::Worth => "worth",
        }
    }

    /// The words for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::TakeUp => "how many take part",
            Self::Costs => "what the programme costs",
            Self::Effects => "what the programme changes",
            Self::Worth => "what a change is worth",
        }
    }
}

/// Where an input comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Stated in the file.
    Stated,
    /// An estimate of the study, which disclosure control may have to hide.
    Study {
        /// How many children stand behind it, where it says so.
        children: Option<u64>,
    },
}

/// A number that results rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Its id, e.g. `outcome.moves.reduction`.
    pub id: String,
    /// The words for it.
    pub label: String,
    /// What kind of number it is.
    pub kind: InputKind,
    /// Its central value, money in prices of the appraisal.
    pub value: f64,
    /// Its spread, in the same prices; `None` when it is held fixed.
    pub spread: Option<Spread>,
    /// The distribution of the probabilistic run.
    pub distribution: Distribution,
    /// Where it comes from.
    pub origin: Origin,
}

impl Input {
    /// From an amount, at the level of confidence at which spreads are stated.
    ///
    /// # Errors
    ///
    /// [`EconomicsError::Spread`] when no distribution of that form has the spread.
    pub(crate) fn new(
        id: String,
        label: String,
        kind: InputKind,
        amount: Amount,
        confidence: f64,
    ) -> Result<Self, EconomicsError> {
        let distribution = match amount.spread {
            None => Ok(Distribution::fixed(amount.value)),
            Some(spread) => distribution(amount.value, spread, confidence),
        };
        let distribution = distribution.map_err(|source| EconomicsError::Spread {
            input: id.clone(),
            source,
        })?;
        Ok(Self {
            id,
            label,
            kind,
            value: amount.value,
            spread: amount.spread,
            distribution,
            origin: Origin::Stated,
        })
    }

    /// The ends between which a one-way analysis moves it: those of its spread, else a fifth to each
    /// side, never beyond what such a number may be.
    pub fn ends(&self) -> (f64, f64) {
        let moved = self.value.abs() * MOVED_BY;
        let (low, high) = match self.spread {
            Some(spread) => (spread.low, spread.high),
            None => (self.value - moved, self.value + moved),
        };
        (self.within(low), self.within(high))
    }

    /// What it is about, which its id tells.
    pub fn theme(&self) -> Theme {
        let part = self.id.rsplit_once('.').map_or(&*self.id, |(_, part)| part);
        match part {
            _ if self.id.starts_with("cost.") => Theme::Costs,
            "children" | "engagement" | "retention" => Theme::TakeUp,
            "unit_value" | "weeks" | "cashability" | DISCOUNT_RATE => Theme::Worth,
            _ => Theme::Effects,
        }
    }

    /// The nearest value that such a number may have.
    pub(crate) fn within(&self, value: f64) -> f64 {
        let (least, most) = self.kind.range();
        value.clamp(least, most)
    }
}

/// The distribution of a form whose interval is about as wide as the spread: its standard deviation
/// is the width over twice the normal score of the level. For PERT the ends are the least and most.
fn distribution(value: f64, spread: Spread, confidence: f64) -> Result<Distribution, StatsError> {
    let score = normal_score((1.0 + confidence) / 2.0)?;
    let sd = (spread.high - spread.low) / (2.0 * score);
    match spread.shape {
        Shape::Beta => Distribution::beta(value, sd),
        Shape::Gamma => Distribution::gamma(value, sd),
        Shape::Lognormal => {
            Distribution::lognormal(value, (spread.high / spread.low).ln() / (2.0 * score))
        }
        Shape::Normal => Distribution::normal(value, sd),
        Shape::Pert => Distribution::pert(spread.low, value, spread.high),
    }
}
