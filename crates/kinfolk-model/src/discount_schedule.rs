//! By how much a later pound counts less.

/// A rate from one year on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateFrom {
    /// The first year in which it holds, from 0.
    pub year: u32,
    /// The rate a year, e.g. 0.035.
    pub rate: f64,
}

/// Rates of discount that may fall with time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DiscountSchedule {
    /// Its id, e.g. `green-book`.
    pub id: String,
    /// What it is and where it comes from, in words.
    pub source: String,
    /// The rates, by their first years; the first holds from year 0.
    pub rates: Vec<RateFrom>,
}

impl DiscountSchedule {
    /// One rate for all years.
    pub fn flat(id: &str, rate: f64) -> Self {
        Self {
            id: id.to_owned(),
            source: String::new(),
            rates: vec![RateFrom { year: 0, rate }],
        }
    }

    /// The rate of the first year.
    pub fn first_rate(&self) -> f64 {
        self.rate(0)
    }

    /// The rate between the year before and this one.
    pub fn rate(&self, year: u32) -> f64 {
        let mut bands = self.rates.iter().rev();
        bands
            .find(|band| band.year <= year)
            .map_or(0.0, |band| band.rate)
    }
}
