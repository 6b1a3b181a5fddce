//! One result in long form.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Structure;
use crate::code::code_set;

code_set! {
    /// What kind of number an estimate is.
    Statistic as "statistic" {
        Count = "count", "Number";
        Proportion = "proportion", "Share";
        Mean = "mean", "Mean";
        Median = "median", "Median";
        Minimum = "minimum", "Lowest";
        Maximum = "maximum", "Highest";
        StandardDeviation = "standard_deviation", "Standard deviation";
        Difference = "difference", "Difference";
        MedianDifference = "median_difference", "Median difference";
        RiskRatio = "risk_ratio", "Risk ratio";
        OddsRatio = "odds_ratio", "Odds ratio";
        HazardRatio = "hazard_ratio", "Hazard ratio";
        Rate = "rate", "Rate";
        Money = "money", "Money";
        Ratio = "ratio", "Ratio";
        /// A quantity that is none of these, such as years until costs are recovered.
        Amount = "amount", "Amount";
        EffectSize = "effect_size", "Effect size";
        PValue = "p_value", "p-value";
    }
}

code_set! {
    /// What a value is counted in.
    Unit as "unit" {
        Children = "children", "children";
        People = "people", "people";
        Objectives = "objectives", "objectives";
        Answers = "answers", "answers";
        Responses = "responses", "questionnaires";
        Conferences = "conferences", "conferences";
        Plans = "plans", "plans";
        Referrals = "referrals", "referrals";
        Reviews = "reviews", "reviews";
        Coordinators = "coordinators", "coordinators";
        /// A proportion lies in 0..=1; it is printed in per cent.
        Proportion = "proportion", "share";
        Years = "years", "years";
        Days = "days", "days";
        /// A mean of ratings from 1 to 5.
        Rating = "rating", "points on a scale of 1 to 5";
        /// A score of the Strengths and Difficulties Questionnaire; more means more difficulties.
        Points = "points", "SDQ points";
        MovesPerYear = "moves_per_year", "moves for each year in care";
        Placements = "placements", "placements";
        Absences = "absences", "times missing or away";
        Authorities = "authorities", "authorities";
        Rows = "rows", "rows";
        Findings = "findings", "findings";
        Pounds = "pounds", "pounds";
        /// One child in a placement for one week.
        ChildWeeks = "child_weeks", "child-weeks";
        None = "none", "without unit";
    }
}

/// Which part of the children (or answers) an estimate is about, e.g. `category=father`.
/// Empty for all. Keys keep the order in which they were given.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Group(Vec<(String, String)>);

impl Group {
    /// Everyone.
    pub fn all() -> Self {
        Self::default()
    }

    /// The part where `key` is `value`.
    pub fn of(key: &str, value: &str) -> Self {
        Self::all().and(key, value)
    }

    /// Narrowed further.
    #[must_use]
    pub fn and(mut self, key: &str, value: &str) -> Self {
        self.0.push((key.to_owned(), value.to_owned()));
        self
    }

    /// The value under a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(k, _)| k == key)
            .map(|(_, value)| value.as_str())
    }

    /// Whether it is everyone.
    pub fn is_all(&self) -> bool {
        self.0.is_empty()
    }

    /// The pairs of key and value.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: Vec<String> = self
            .0
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        f.pad(&text.join(";"))
    }
}

impl FromStr for Group {
    type Err = GroupError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split(';')
            .filter(|part| !part.is_empty())
            .map(|part| match part.split_once('=') {
                Some((key, value)) => Ok((key.to_owned(), value.to_owned())),
                None => Err(GroupError(text.to_owned())),
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// Text that is no group.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no group such as category=father")]
pub struct GroupError(String);

impl TryFrom<String> for Group {
    type Error = GroupError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Group> for String {
    fn from(group: Group) -> Self {
        group.to_string()
    }
}

/// What names an estimate within a study: no two share it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The dotted measure id, e.g. `objectives.met`.
    pub measure: String,
    /// The arm; empty where there is only one.
    pub arm: String,
    /// The part.
    pub group: Group,
    /// The kind of number.
    pub statistic: Statistic,
}

impl Key {
    /// A key without an arm.
    pub fn new(measure: &str, group: Group, statistic: Statistic) -> Self {
        Self {
            measure: measure.to_owned(),
            arm: String::new(),
            group,
            statistic,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.measure)?;
        if !self.arm.is_empty() {
            write!(f, "({})", self.arm)?;
        }
        if !self.group.is_all() {
            write!(f, "[{}]", self.group)?;
        }
        write!(f, "#{}", self.statistic)
    }
}

/// One result. What cannot be computed is an estimate with no value and a note that says why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The dotted measure id; see [`crate::MEASURES`].
    pub measure: String,
    /// Who is counted, in words, e.g. `children who set objectives`.
    pub population: String,
    /// The arm; empty where there is only one.
    #[serde(default)]
    pub arm: String,
    /// The part; empty for all.
    #[serde(default)]
    pub group: Group,
    /// The kind of number.
    pub statistic: Statistic,
    /// The number. Proportions lie in 0..=1.
    pub value: Option<f64>,
    /// The lower end of the interval.
    pub lower: Option<f64>,
    /// The upper end of the interval.
    pub upper: Option<f64>,
    /// The level of the interval, e.g. 0.95.
    pub level: Option<f64>,
    /// What the value is counted in.
    pub unit: Unit,
    /// How many had it.
    pub numerator: Option<u64>,
    /// Out of how many; for a mean, how many it is the mean of.
    pub denominator: Option<u64>,
    /// How many more belong to the population and have no value.
    pub n_missing: Option<u64>,
    /// The method and its version, e.g. `wilson/1`.
    pub method: String,
    /// The options that the method was given, e.g. `cluster=child`.
    #[serde(default)]
    pub options: String,
    /// Why there is no value, or a caution.
    #[serde(default)]
    pub note: String,
}

impl Estimate {
    /// The key.
    pub fn key(&self) -> Key {
        Key {
            measure: self.measure.clone(),
            arm: self.arm.clone(),
            group: self.group.clone(),
            statistic: self.statistic,
        }
    }
}

/// All results of a study, with what disclosure control must know about them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Estimates {
    /// The results, in the order of the report.
    pub records: Vec<Estimate>,
    /// How the counts behind the results hang together. Never printed.
    pub structure: Structure,
}

impl Estimates {
    /// The result with that key.
    pub fn get(&self, key: &Key) -> Option<&Estimate> {
        self.records.iter().find(|estimate| estimate.key() == *key)
    }

    /// The results of one measure, in order.
    pub fn of<'a>(&'a self, measure: &'a str) -> impl Iterator<Item = &'a Estimate> {
        self.records
            .iter()
            .filter(move |estimate| estimate.measure == measure)
    }

    /// Adds the results of another part of the analysis. No key may occur in both.
    pub fn extend(&mut self, other: Self) {
        self.records.extend(other.records);
        self.structure.extend(other.structure);
    }

    /// Where each key stands in `records`.
    pub fn index(&self) -> HashMap<Key, usize> {
        self.records
            .iter()
            .enumerate()
            .map(|(at, estimate)| (estimate.key(), at))
            .collect()
    }
}
