//! The price index and the discount schedules that come with the program.

use std::collections::BTreeMap;

use kinfolk_model::{Deflator, DiscountSchedule, IndexLevel, RateFrom};

const DEFLATORS: &str = include_str!("../../../../data/deflators.csv");
const SCHEDULES: &str = include_str!("../../../../data/discount-schedules.csv");
const DEFLATOR_SOURCE: &str = "UK GDP deflator by calendar year, HM Treasury, December 2025";
const SCHEDULE_SOURCE: &str =
    "HM Treasury Green Book; 3% is the rate that the review of 2026 recommends";
/// The schedule that is always shown beside the chosen one.
pub(super) const ALTERNATIVE: &str = "flat-3.0";

/// Rows without their header, cut at commas; the files quote nothing.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(1).map(|line| line.split(',').collect())
}

/// The price index.
pub(super) fn deflator() -> Deflator {
    let levels = rows(DEFLATORS).filter_map(|cells| {
        let [_, year, level, status] = cells.as_slice() else {
            return None;
        };
        let level = IndexLevel {
            level: level.parse().ok()?,
            is_outturn: *status == "outturn",
        };
        Some((year.parse().ok()?, level))
    });
    Deflator {
        source: DEFLATOR_SOURCE.to_owned(),
        levels: levels.collect(),
    }
}

/// Every discount schedule, by id.
pub(super) fn schedules() -> BTreeMap<String, DiscountSchedule> {
    let mut schedules: BTreeMap<String, DiscountSchedule> = BTreeMap::new();
    for cells in rows(SCHEDULES) {
        let [id, year, rate] = cells.as_slice() else {
            continue;
        };
        if let (Ok(year), Ok(rate)) = (year.parse(), rate.parse()) {
            let schedule = schedules.entry((*id).to_owned()).or_default();
            (*id).clone_into(&mut schedule.id);
            SCHEDULE_SOURCE.clone_into(&mut schedule.source);
            schedule.rates.push(RateFrom { year, rate });
        }
    }
    schedules
}

#[cfg(test)]
mod tests {
    use super::*;
    use kinfolk_model::Indexed;

    #[test]
    fn shipped_files_are_read_whole() {
        let deflator = deflator();
        assert_eq!(deflator.levels.len(), DEFLATORS.lines().count() - 1);
        assert_eq!(deflator.at("2024".parse().unwrap()), Indexed::Exact(100.0));
        assert_eq!(deflator.last_outturn(), Some(2024));
        let schedules = schedules();
        let n: usize = schedules
            .values()
            .map(|schedule| schedule.rates.len())
            .sum();
        assert_eq!(n, SCHEDULES.lines().count() - 1);
        assert_eq!(schedules["green-book"].rate(30), 0.035);
        assert_eq!(schedules["green-book"].rate(31), 0.03);
        assert_eq!(schedules[ALTERNATIVE].rate(200), 0.03);
    }
}
