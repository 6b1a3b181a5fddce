//! Who is compared with whom, and dated events.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

use crate::ChildId;
use crate::code::code_set;
use crate::format;

code_set! {
    /// The group that a child is in.
    Arm as "arm" {
        Programme = "programme", "Programme", ["program", "treated", "treatment", "intervention", "1", "1_0", "yes", "true"];
        Comparator = "comparator", "Comparators", ["control", "comparison", "0", "0_0", "no", "false"];
    }
}

/// What a further column of the cohort says of a child.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub enum CohortValue {
    /// A number.
    Number(f64),
    /// Words, as they stand; `yes` and `no` for answers.
    Words(String),
}

impl fmt::Display for CohortValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => f.write_str(&format::exact(*number)),
            Self::Words(words) => f.write_str(words),
        }
    }
}

impl CohortValue {
    /// The value as an outcome: a number as it stands, yes as 1 and no as 0.
    pub fn as_outcome(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Words(words) => match words.as_str() {
                "yes" | "1" => Some(1.0),
                "no" | "0" => Some(0.0),
                _ => None,
            },
        }
    }
}

/// A column of a cohort, one value a child, none of them missing.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortColumn {
    /// What it is called.
    pub name: String,
    /// What it holds.
    pub values: ColumnValues,
}

/// What a column of a cohort holds: numbers, or words.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnValues {
    /// Numbers.
    Numbers(Vec<f64>),
    /// Words, as they stand.
    Words(Vec<String>),
}

impl CohortColumn {
    /// A column of numbers where every value is one, else of words.
    pub fn of(name: &str, values: &[&CohortValue]) -> Self {
        let number = |value: &&CohortValue| match value {
            CohortValue::Number(number) => Some(*number),
            CohortValue::Words(_) => None,
        };
        let numbers: Option<Vec<f64>> = values.iter().map(number).collect();
        let words = || values.iter().map(|value| value.to_string()).collect();
        Self {
            name: name.to_owned(),
            values: numbers.map_or_else(|| ColumnValues::Words(words()), ColumnValues::Numbers),
        }
    }
}

/// One child of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortChild {
    /// The child.
    pub child_id: ChildId,
    /// In which group.
    pub arm: Arm,
    /// The day from which the child is followed.
    pub index_date: Option<Date>,
    /// When the period of care began.
    pub care_start: Option<Date>,
    /// Date of birth.
    pub date_of_birth: Option<Date>,
    /// The last day on which an event could have been recorded.
    pub watched_until: Option<Date>,
    /// Every further column that is filled in, by its folded header.
    pub values: BTreeMap<String, CohortValue>,
}

/// Something that happened to a child on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The child.
    pub child_id: ChildId,
    /// The day, or the first day.
    pub date: Date,
    /// What it was, folded: `missing`, `placement_move`.
    pub kind: String,
    /// The last day, where it lasted.
    pub end_date: Option<Date>,
}
