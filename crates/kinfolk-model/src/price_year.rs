//! The year in whose prices a sum stands, and the index that moves it to another.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The share of a British financial year (April to March) that lies in the calendar year of its start.
const IN_FIRST_YEAR: f64 = 0.75;

/// The year in whose prices a sum stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PriceYear {
    /// January to December.
    Calendar(i16),
    /// April of this year to March of the next.
    Financial(i16),
}

impl PriceYear {
    /// The calendar year in which it starts.
    pub fn starts_in(self) -> i16 {
        match self {
            Self::Calendar(year) | Self::Financial(year) => year,
        }
    }
}

impl fmt::Display for PriceYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Calendar(year) => write!(f, "{year}"),
            Self::Financial(year) => write!(f, "{year}/{:02}", (year + 1) % 100),
        }
    }
}

/// Text that names no year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no year such as 2024 or 2023/24")]
pub struct ParsePriceYearError(String);

impl FromStr for PriceYear {
    type Err = ParsePriceYearError;

    /// Reads `2024`, `2023/24`, `2023-24` or `2023/2024`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fault = || ParsePriceYearError(text.to_owned());
        let year = |part: &str| part.parse::<i16>().map_err(|_| fault());
        let is_year = |year: i16| (1900..2100).contains(&year);
        let price_year = match text.trim().split_once(['/', '-', '\u{2013}']) {
            None => Self::Calendar(year(text.trim())?),
            Some((start, end)) => {
                let (start, end) = (year(start)?, year(end)?);
                if end != start + 1 && end != (start + 1) % 100 {
                    return Err(fault());
                }
                Self::Financial(start)
            }
        };
        if is_year(price_year.starts_in()) {
            Ok(price_year)
        } else {
            Err(fault())
        }
    }
}

impl TryFrom<String> for PriceYear {
    type Error = ParsePriceYearError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PriceYear> for String {
    fn from(year: PriceYear) -> Self {
        year.to_string()
    }
}

/// One year of a price index.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IndexLevel {
    /// The index.
    pub level: f64,
    /// Whether the year was over when the index was made; a forecast is not.
    pub is_outturn: bool,
}

/// A price index by calendar year.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Deflator {
    /// What it is and where it comes from, in words.
    pub source: String,
    /// The levels by year.
    pub levels: BTreeMap<i16, IndexLevel>,
}

/// How the index answers for a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Indexed {
    /// The year has a level of its own.
    Exact(f64),
    /// A financial year, of which three quarters lie in one calendar year and one in the next.
    Blended(f64),
    /// The year, or a part of it, is a forecast.
    Forecast,
    /// The index does not reach so far.
    Missing,
}

impl Indexed {
    /// The level, where there is one that may be used.
    pub fn level(self) -> Option<f64> {
        match self {
            Self::Exact(level) | Self::Blended(level) => Some(level),
            Self::Forecast | Self::Missing => None,
        }
    }
}

impl Deflator {
    /// The index in a year.
    pub fn at(&self, year: PriceYear) -> Indexed {
        let first = self.levels.get(&year.starts_in());
        match (year, first) {
            (_, None) => Indexed::Missing,
            (PriceYear::Calendar(_), Some(first)) => outturn(*first, Indexed::Exact),
            (PriceYear::Financial(start), Some(first)) => match self.levels.get(&(start + 1)) {
                None => Indexed::Missing,
                Some(second) => outturn(blend(*first, *second), Indexed::Blended),
            },
        }
    }

    /// The last calendar year that is no forecast.
    pub fn last_outturn(&self) -> Option<i16> {
        let mut years = self.levels.iter().rev();
        years
            .find(|(_, level)| level.is_outturn)
            .map(|(year, _)| *year)
    }
}

fn blend(first: IndexLevel, second: IndexLevel) -> IndexLevel {
    IndexLevel {
        level: IN_FIRST_YEAR * first.level + (1.0 - IN_FIRST_YEAR) * second.level,
        is_outturn: first.is_outturn && second.is_outturn,
    }
}

fn outturn(level: IndexLevel, indexed: fn(f64) -> Indexed) -> Indexed {
    if level.is_outturn {
        indexed(level.level)
    } else {
        Indexed::Forecast
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_and_written() {
        let check = |text: &str, expected: Option<PriceYear>| {
            assert_eq!(text.parse().ok(), expected, "{text}");
        };
        check("2024", Some(PriceYear::Calendar(2024)));
        check("2013/14", Some(PriceYear::Financial(2013)));
        check("2013-2014", Some(PriceYear::Financial(2013)));
        check("1999/00", Some(PriceYear::Financial(1999)));
        check("2013/15", None);
        check("2024 (check)", None);
        check("24", None);
        assert_eq!(PriceYear::Financial(1999).to_string(), "1999/00");
        assert_eq!(PriceYear::Calendar(2024).to_string(), "2024");
    }

    #[test]
    fn an_index_answers_for_the_years_it_knows() {
        let level = |level, is_outturn| IndexLevel { level, is_outturn };
        let deflator = Deflator {
            source: String::new(),
            levels: BTreeMap::from([
                (2022, level(90.0, true)),
                (2023, level(100.0, true)),
                (2024, level(104.0, false)),
            ]),
        };
        let check = |text: &str, expected| assert_eq!(deflator.at(text.parse().unwrap()), expected);
        check("2023", Indexed::Exact(100.0));
        check("2022/23", Indexed::Blended(92.5));
        check("2023/24", Indexed::Forecast);
        check("2024", Indexed::Forecast);
        check("2024/25", Indexed::Missing);
        check("2021/22", Indexed::Missing);
        assert_eq!(deflator.last_outturn(), Some(2023));
    }
}
