//! Quarterly returns.

use std::str::FromStr;

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use crate::Country;

/// A quarter of a financial year: Q1 is April to June.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FinancialQuarter {
    year: i16,
    quarter: u8,
}

/// Text that is no financial quarter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no quarter such as 2024-Q1")]
pub struct ParseQuarterError(pub String);

impl FinancialQuarter {
    /// The quarter `1..=4` of the financial year that begins in `year`; `None` outside that range.
    pub fn new(year: i16, quarter: u8) -> Option<Self> {
        ((1..=4).contains(&quarter) && (1990..=2200).contains(&year))
            .then_some(Self { year, quarter })
    }

    /// The first day.
    pub fn first_day(self) -> Date {
        match self.quarter {
            4 => date(self.year + 1, 1, 1),
            quarter => date(self.year, 1 + 3 * quarter as i8, 1),
        }
    }

    /// The year in which the financial year begins.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The quarter, 1 to 4.
    pub fn quarter(self) -> u8 {
        self.quarter
    }
}

impl std::fmt::Display for FinancialQuarter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&format!("{}-Q{}", self.year, self.quarter))
    }
}

impl FromStr for FinancialQuarter {
    type Err = ParseQuarterError;

    /// Reads `2024-Q1`, `2024 Q1`, `Q1 2024`, `2024-25 Q1` and `2024/25 Q1`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unreadable = || ParseQuarterError(text.to_owned());
        let upper = text.trim().to_ascii_uppercase();
        let at = upper.find('Q').ok_or_else(unreadable)?;
        let (left, right) = (&upper[..at], &upper[at + 1..]);
        let quarter = right
            .chars()
            .next()
            .and_then(|c| c.to_digit(10))
            .ok_or_else(unreadable)?;
        let rest = if left.trim().is_empty() {
            &right[1..]
        } else {
            left
        };
        let year: String = rest
            .chars()
            .skip_while(|c| !c.is_ascii_digit())
            .take_while(char::is_ascii_digit)
            .collect();
        let year = year.parse().map_err(|_| unreadable())?;
        Self::new(year, u8::try_from(quarter).map_err(|_| unreadable())?).ok_or_else(unreadable)
    }
}

impl TryFrom<String> for FinancialQuarter {
    type Error = ParseQuarterError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<FinancialQuarter> for String {
    fn from(quarter: FinancialQuarter) -> Self {
        quarter.to_string()
    }
}

/// What one authority returned for one quarter.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    missing_docs,
    reason = "each field is a column that `schema` documents"
)]
pub struct Monitoring {
    pub authority: String,
    pub country: Option<Country>,
    pub programme: Option<String>,
    pub quarter: FinancialQuarter,
    pub referrals: Option<u32>,
    pub starts: Option<u32>,
    pub conferences: Option<u32>,
    pub plans: Option<u32>,
    pub reviews: Option<u32>,
    pub coordinators_trained: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_are_read_in_the_shapes_that_returns_use() {
        for text in ["2024-Q1", "2024 q1", "Q1 2024", "2024-25 Q1", "2024/25 Q1"] {
            let quarter: FinancialQuarter = text.parse().unwrap();
            assert_eq!(quarter.to_string(), "2024-Q1");
            assert_eq!(quarter.first_day(), date(2024, 4, 1));
        }
        assert_eq!(
            FinancialQuarter::new(2024, 4).unwrap().first_day(),
            date(2025, 1, 1)
        );
        for text in ["2024-Q5", "2024", "Q", "Q1", "", "Q1 1066"] {
            assert!(text.parse::<FinancialQuarter>().is_err(), "{text}");
        }
    }
}
