//! England's published series of placement stability and of care leavers' accommodation, from
//! `data/national/care-england.csv`.

use std::sync::LazyLock;

use kinfolk_model::PublishedMeasure;

/// A row of the published series: so many children of so many, each to the nearest ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishedCare {
    /// What is measured.
    pub measure: PublishedMeasure,
    /// The year in which the return ends: 2025 for 31 March 2025.
    pub year: i16,
    /// Children who count.
    pub numerator: u64,
    /// Children who are asked about.
    pub denominator: u64,
    /// The whole percentage, where published.
    pub percent: Option<u8>,
    /// In which release the row was read, the last that has it. Releases restate earlier years.
    pub release: &'static str,
}

const FILE: &str = include_str!("../../../../data/national/care-england.csv");

static ROWS: LazyLock<Vec<PublishedCare>> =
    LazyLock::new(|| FILE.lines().skip(1).filter_map(parse).collect());

/// Every row, by measure and year. No row is known for 2015 to 2017.
pub fn published_care() -> &'static [PublishedCare] {
    &ROWS
}

fn parse(line: &'static str) -> Option<PublishedCare> {
    let cells: Vec<&str> = line.split(',').collect();
    let &[measure, year, numerator, denominator, percent, release] = cells.as_slice() else {
        return None;
    };
    Some(PublishedCare {
        measure: measure.parse().ok()?,
        year: year.parse().ok()?,
        numerator: numerator.parse().ok()?,
        denominator: denominator.parse().ok()?,
        percent: percent.parse().ok(),
        release,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_a_row() {
        assert_eq!(ROWS.len(), FILE.lines().count() - 1);
        let keys = |row: &PublishedCare| (row.measure, row.year);
        assert!(ROWS.is_sorted_by(|a, b| keys(a) < keys(b)));
    }

    #[test]
    fn percentages_are_those_of_the_counts() {
        for row in published_care() {
            let percent = 100.0 * row.numerator as f64 / row.denominator as f64;
            // The counts are rounded to ten, which moves none of these shares by a tenth of a point.
            let differs = row.percent.map(|published| f64::from(published) - percent);
            assert!(differs.is_none_or(|d| d.abs() <= 0.6), "{row:?} {percent}");
        }
    }

    #[test]
    fn years_and_releases() {
        let check = |measure, year, expected: Option<(u64, u64, &str)>| {
            let mut rows = published_care().iter();
            let found = rows.find(|row| row.measure == measure && row.year == year);
            let found = found.map(|row| (row.numerator, row.denominator, row.release));
            assert_eq!(found, expected, "{measure} {year}");
        };
        use PublishedMeasure as Of;
        check(Of::ThreeOrMoreInYear, 2025, Some((8500, 81_770, "2025")));
        check(Of::ThreeOrMoreInYear, 2016, None);
        check(Of::SameCarerTwoYears, 2019, Some((17_550, 25_710, "2023")));
        check(Of::ThreeOrMoreInTwoYears, 2018, None);
        check(
            Of::SuitableAccommodation19To21,
            2025,
            Some((33_810, 38_190, "2025")),
        );
    }
}
