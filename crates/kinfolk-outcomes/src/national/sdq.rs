//! England's published SDQ means of children looked after, from `data/national/sdq-england.csv`.

use std::sync::LazyLock;

use kinfolk_model::Sex;

/// A row of the published series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PublishedSdq {
    /// The year in which the collection ended: 2025 for April 2024 to March 2025.
    pub year: i16,
    /// One sex; `None` for all children.
    pub sex: Option<Sex>,
    /// One age in completed years on 31 March; `None` for 5 to 16.
    pub age: Option<u8>,
    /// Children aged 5 to 16 looked after for twelve months, to the nearest ten, where published.
    pub eligible: Option<u32>,
    /// Those with a score, to the nearest ten.
    pub received: Option<u32>,
    /// The mean of the total, to one decimal.
    pub mean: f64,
    /// Whole percentages of scores in the normal and borderline bands and of concern.
    pub percent_in_bands: [Option<u8>; 3],
    /// In which release the row was read. Later releases revise earlier years a little.
    pub release: &'static str,
}

const FILE: &str = include_str!("../../../../data/national/sdq-england.csv");

static ROWS: LazyLock<Vec<PublishedSdq>> =
    LazyLock::new(|| FILE.lines().skip(1).filter_map(parse).collect());

/// Every row: all children by year, each sex by year, and each age and sex of one year.
pub fn published() -> &'static [PublishedSdq] {
    &ROWS
}

/// The published mean of all children in a year; of the last published year where that is earlier.
/// `None` before the series begins. Says also of which year the mean is.
pub fn mean_in_england(year: i16) -> Option<(f64, i16)> {
    let years = ROWS
        .iter()
        .filter(|row| row.sex.is_none() && row.age.is_none());
    let row = years
        .filter(|row| row.year <= year)
        .max_by_key(|row| row.year)?;
    Some((row.mean, row.year))
}

/// The year of the published means by age and sex.
pub fn year_of_ages() -> Option<i16> {
    ROWS.iter()
        .find(|row| row.age.is_some())
        .map(|row| row.year)
}

/// The published mean of children of an age and sex; `None` outside 5 to 16 and for other sexes.
pub fn mean_of_age_and_sex(age: u8, sex: Sex) -> Option<f64> {
    let mut rows = ROWS.iter();
    rows.find(|row| row.age == Some(age) && row.sex == Some(sex))
        .map(|row| row.mean)
}

fn parse(line: &'static str) -> Option<PublishedSdq> {
    let cells: Vec<&str> = line.split(',').collect();
    let &[
        year,
        sex,
        age,
        eligible,
        received,
        _,
        mean,
        normal,
        borderline,
        concern,
        release,
    ] = cells.as_slice()
    else {
        return None;
    };
    Some(PublishedSdq {
        year: year.parse().ok()?,
        sex: sex.parse().ok(),
        age: age.parse().ok(),
        eligible: eligible.parse().ok(),
        received: received.parse().ok(),
        mean: mean.parse().ok()?,
        percent_in_bands: [normal, borderline, concern].map(|cell| cell.parse().ok()),
        release,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_a_row() {
        assert_eq!(ROWS.len(), FILE.lines().count() - 1);
        let years: Vec<i16> = published()
            .iter()
            .filter(|row| row.sex.is_none())
            .map(|row| row.year)
            .collect();
        assert_eq!(years, (2012..=2025).collect::<Vec<_>>());
        let ages = published().iter().filter(|row| row.age.is_some());
        assert!(
            ages.clone()
                .all(|row| (5..=16).contains(&row.age.unwrap()) && row.sex.is_some())
        );
        assert_eq!(ages.count(), 24);
    }

    #[test]
    fn rows_hang_together() {
        for row in published() {
            assert!((12.0..17.0).contains(&row.mean), "{row:?}");
            if let Some((eligible, received)) = row.eligible.zip(row.received) {
                assert!(received < eligible, "{row:?}");
            }
            if let [Some(normal), Some(borderline), Some(concern)] = row.percent_in_bands {
                let all = normal + borderline + concern;
                assert!((99..=101).contains(&all), "{row:?}");
            }
        }
    }

    #[test]
    fn means_by_year_age_and_sex() {
        assert_eq!(mean_in_england(2011), None);
        assert_eq!(mean_in_england(2025), Some((14.9, 2025)));
        assert_eq!(mean_in_england(2027), Some((14.9, 2025)));
        assert_eq!(mean_in_england(2021), Some((13.7, 2021)));
        assert_eq!(mean_of_age_and_sex(8, Sex::Male), Some(16.4));
        assert_eq!(mean_of_age_and_sex(15, Sex::Female), Some(15.1));
        assert_eq!(mean_of_age_and_sex(4, Sex::Female), None);
        assert_eq!(mean_of_age_and_sex(8, Sex::Other), None);
        assert_eq!(year_of_ages(), Some(2024));
    }
}
