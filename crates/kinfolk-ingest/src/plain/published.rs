//! Official statistics on placement stability and care leavers' accommodation, and lists of statistical neighbours, as downloaded.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kinfolk_model::{Neighbours, PublishedArea, PublishedMeasure, PublishedShare};

use super::{PlainColumn, PlainError, PlainTable};

/// How many neighbours a list has.
const N_NEIGHBOURS: usize = 10;
/// What the list of April 2021 calls an authority's code.
const CODE_OF_2021: &str = "LA number";

/// What tells the two tables apart, and where each has its parts.
struct Layout {
    /// Who a row is about: the parts of one whole have this in common.
    whole: &'static str,
    /// What of them a row counts.
    part: &'static str,
    /// How many, by the names that releases have given it; the last is asked for where none is there.
    counts: &'static [&'static str],
}

const STABILITY: Layout = Layout {
    whole: "cla_group",
    part: "placement_stability",
    counts: &["number", "children_count"],
};
const ACCOMMODATION: Layout = Layout {
    whole: "care_leaver_age",
    part: "breakdown",
    counts: &["care_leaver_count"],
};

/// Reads a table that goes with the statistics on children looked after: placement stability by area,
/// in the layout of either release that is known, or the suitability of care leavers' accommodation
/// by area. Which it is its columns tell. Percentages are not read, because they are rounded to whole
/// ones.
///
/// # Errors
///
/// [`PlainError`] when the file cannot be read or lacks a column.
pub fn read_published(path: &Path) -> Result<Vec<PublishedShare>, PlainError> {
    let table = PlainTable::open(path)?;
    let layout = match table.find(ACCOMMODATION.whole)? {
        Some(_) => &ACCOMMODATION,
        None => &STABILITY,
    };
    let count = count_of(&table, layout)?;
    let texts = |name| Ok(words(table.column(name)?));
    let years = texts("time_period")?;
    let groups = texts(layout.whole)?;
    let rows = texts(layout.part)?;
    let areas = areas(&table)?;
    let counts: Vec<Option<u64>> = words(count).iter().map(|text| text.parse().ok()).collect();
    let mut totals: BTreeMap<(&str, &PublishedArea, &str), Option<u64>> = BTreeMap::new();
    let mut shares = Vec::new();
    for (at, area) in areas.iter().enumerate() {
        let Some(area) = area else { continue };
        let whole = (years[at].as_str(), area, groups[at].as_str());
        match part(&rows[at], &groups[at]) {
            Part::Whole => {
                totals.insert(whole, counts[at]);
            }
            Part::Of(measure) => shares.push((whole, measure, counts[at])),
            Part::Other => {}
        }
    }
    let shares = shares
        .into_iter()
        .filter_map(|(whole, measure, numerator)| {
            Some(PublishedShare {
                year: whole.0.parse().ok()?,
                area: whole.1.clone(),
                measure,
                numerator,
                denominator: totals.get(&whole).copied().flatten(),
            })
        });
    Ok(shares.collect())
}

/// The shares of several files. Of a year, area and measure that more than one of them tells, the one of the
/// latest release counts: the file that goes on to the latest year, else the first of them.
pub fn of_releases(mut files: Vec<Vec<PublishedShare>>) -> Vec<PublishedShare> {
    let latest = |shares: &Vec<PublishedShare>| shares.iter().map(|share| share.year).max();
    files.sort_by_key(|shares| Reverse(latest(shares)));
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for shares in files {
        let told: BTreeSet<_> = shares.iter().map(PublishedShare::subject).collect();
        found.extend(
            shares
                .iter()
                .filter(|share| !known.contains(&share.subject()))
                .cloned(),
        );
        known.extend(told);
    }
    found
}

fn count_of<'t>(table: &'t PlainTable, layout: &Layout) -> Result<PlainColumn<'t>, PlainError> {
    for name in layout.counts {
        if let Some(column) = table.find(name)? {
            return Ok(column);
        }
    }
    table.column(layout.counts.last().copied().unwrap_or_default())
}

/// What a row counts.
enum Part {
    Whole,
    Of(PublishedMeasure),
    /// Something that no measure here is about.
    Other,
}

fn part(words: &str, whole: &str) -> Part {
    let words = words.to_ascii_lowercase();
    let says = |text| words.contains(text);
    if says("total") {
        Part::Whole
    } else if says("3 or more") && says("2 years") {
        Part::Of(PublishedMeasure::ThreeOrMoreInTwoYears)
    } else if says("3 or more") {
        Part::Of(PublishedMeasure::ThreeOrMoreInYear)
    } else if says("living with the same carer") || says("same placement") {
        Part::Of(PublishedMeasure::SameCarerTwoYears)
    } else if says("considered suitable") {
        suitable_at(whole)
    } else {
        Part::Other
    }
}

fn suitable_at(age: &str) -> Part {
    match age.get(..2) {
        Some("17") => Part::Of(PublishedMeasure::SuitableAccommodation17To18),
        Some("19") => Part::Of(PublishedMeasure::SuitableAccommodation19To21),
        _ => Part::Other,
    }
}

/// The area of each row; `None` for a level that is not known.
fn areas(table: &PlainTable) -> Result<Vec<Option<PublishedArea>>, PlainError> {
    let levels = words(table.column("geographic_level")?);
    let regions = words(table.column("region_name")?);
    let codes = words(table.column("old_la_code")?);
    let names = words(table.column("la_name")?);
    let area = |at: usize| match levels[at].as_str() {
        "National" => Some(PublishedArea::England),
        "Regional" => Some(PublishedArea::Region(regions[at].clone())),
        "Local authority" => Some(PublishedArea::Authority {
            code: codes[at].clone(),
            name: names[at].clone(),
            region: regions[at].clone(),
        }),
        _ => None,
    };
    Ok((0..levels.len()).map(area).collect())
}

/// Reads a list of statistical neighbours with an authority in each row and its neighbours by code in
/// the columns SN_1 to SN_10, or SN1 to SN10 as in April 2021, the nearest first.
///
/// # Errors
///
/// [`PlainError`] when the file cannot be read or lacks a column.
pub fn read_neighbours(path: &Path) -> Result<Vec<Neighbours>, PlainError> {
    let table = PlainTable::open(path)?;
    // The list of April 2021 has other headers than later ones.
    let (code, prefix) = match table.find(CODE_OF_2021)? {
        Some(code) => (code, "SN"),
        None => (table.column("old_la_code")?, "SN_"),
    };
    let codes = words(code);
    let columns = (1..=N_NEIGHBOURS)
        .map(|place| Ok(words(table.column(&format!("{prefix}{place}"))?)))
        .collect::<Result<Vec<_>, PlainError>>()?;
    let lists = codes.into_iter().enumerate().map(|(at, code)| Neighbours {
        code,
        neighbours: columns
            .iter()
            .map(|column| column[at].clone())
            .filter(|code| !code.is_empty())
            .collect(),
    });
    Ok(lists.collect())
}

/// The cells as text, blank where missing.
fn words(column: PlainColumn<'_>) -> Vec<String> {
    column
        .texts()
        .map(|text| text.map(|text| text.into_owned()).unwrap_or_default())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const HEADER: &str = "\u{feff}time_period,time_identifier,geographic_level,country_code,\
        country_name,region_code,region_name,old_la_code,la_name,new_la_code,cla_group,\
        placement_stability,";

    fn read(columns: &str, rows: &str) -> Result<Vec<PublishedShare>, PlainError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("published.csv");
        fs::write(&path, format!("{HEADER}{columns}\n{rows}")).unwrap();
        read_published(&path)
    }

    #[test]
    fn both_layouts_give_counts_with_their_totals() {
        let rows = "\
2025,Reporting year,National,E92000001,England,,,,,,CLA on 31 March,Total children,81770,100
2025,Reporting year,National,E92000001,England,,,,,,CLA on 31 March,With 3 or more placements during the year,8500,10
";
        for columns in ["children_count,children_percent", "number,percentage"] {
            let found = read(columns, rows).unwrap();
            let expected = PublishedShare {
                year: 2025,
                area: PublishedArea::England,
                measure: PublishedMeasure::ThreeOrMoreInYear,
                numerator: Some(8500),
                denominator: Some(81_770),
            };
            assert_eq!(found, [expected]);
        }
    }

    #[test]
    fn care_leavers_in_suitable_accommodation_are_a_share_of_all_of_their_age() {
        let rows = "\
2025,Reporting year,National,E92000001,England,,,,,,17 to 18 years,Accommodation considered suitable,13380,91
2025,Reporting year,National,E92000001,England,,,,,,17 to 18 years,Accommodation considered unsuitable,500,3
2025,Reporting year,National,E92000001,England,,,,,,17 to 18 years,No information,870,6
2025,Reporting year,National,E92000001,England,,,,,,17 to 18 years,Suitability total,14750,100
2025,Reporting year,Local authority,E92000001,England,E1,North,805,Hartley,E06,19 to 21 years,Accommodation considered suitable,c,c
2025,Reporting year,Local authority,E92000001,England,E1,North,805,Hartley,E06,19 to 21 years,Suitability total,31,100
";
        let header = HEADER.replace(
            "cla_group,placement_stability,",
            "care_leaver_age,breakdown,",
        );
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("leavers.csv");
        let columns = "care_leaver_count,care_leaver_percent";
        fs::write(&path, format!("{header}{columns}\n{rows}")).unwrap();
        let found: Vec<_> = read_published(&path)
            .unwrap()
            .into_iter()
            .map(|share| (share.measure, share.numerator, share.denominator))
            .collect();
        use PublishedMeasure as Of;
        let expected = [
            (Of::SuitableAccommodation17To18, Some(13_380), Some(14_750)),
            (Of::SuitableAccommodation19To21, None, Some(31)),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn symbols_are_no_numbers() {
        for symbol in ["c", "z", "x", "k"] {
            let rows = format!(
                "2025,Reporting year,Local authority,E92000001,England,E1,North,805,Hartley,E06,\
                 CLA 2 years on 31 March,With 3 or more placements during the previous 2 years,\
                 {symbol},{symbol}\n\
                 2025,Reporting year,Local authority,E92000001,England,E1,North,805,Hartley,E06,\
                 CLA 2 years on 31 March,Total children,253,100\n"
            );
            let found = read("children_count,children_percent", &rows).unwrap();
            assert_eq!(found.len(), 1);
            assert_eq!(
                (found[0].numerator, found[0].denominator),
                (None, Some(253))
            );
            assert_eq!(found[0].measure, PublishedMeasure::ThreeOrMoreInTwoYears);
        }
    }

    #[test]
    fn a_file_of_another_kind_names_the_column_that_it_lacks() {
        let error = read("children,percent", "").unwrap_err();
        assert!(error.to_string().contains("children_count"), "{error}");
    }

    #[test]
    fn of_what_two_releases_tell_the_later_counts() {
        let share = |year, numerator| PublishedShare {
            year,
            area: PublishedArea::England,
            measure: PublishedMeasure::ThreeOrMoreInYear,
            numerator: Some(numerator),
            denominator: Some(83_000),
        };
        let (old, new) = (
            vec![share(2022, 1), share(2023, 2)],
            vec![share(2023, 3), share(2025, 4)],
        );
        let expected = [share(2023, 3), share(2025, 4), share(2022, 1)];
        assert_eq!(of_releases(vec![old.clone(), new.clone()]), expected);
        assert_eq!(of_releases(vec![new.clone(), old]), expected);
        assert_eq!(of_releases(vec![new.clone(), new.clone()]), new);
    }

    #[test]
    fn neighbours_are_codes_in_their_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("neighbours.csv");
        let columns: Vec<String> = (1..=10).map(|n| format!("SN_{n},SN_{n}P")).collect();
        let cells: Vec<String> = (1..=10)
            .map(|n| format!("{},Very close ", 800 + n))
            .collect();
        let text = format!(
            "\u{feff}old_la_code,la_name,{}\n301,Barkham,{}\n",
            columns.join(","),
            cells.join(",")
        );
        fs::write(&path, &text).unwrap();
        let found = read_neighbours(&path).unwrap();
        assert_eq!(found[0].code, "301");
        assert_eq!(found[0].neighbours.len(), 10);
        assert_eq!(found[0].neighbours[0], "801");
        // The headers of April 2021.
        let text = text.replace("old_la_code,la_name", "LA num,LA Name,LA number");
        let text = text
            .replace("301,Barkham", "301,Barkham,301")
            .replace("SN_", "SN");
        fs::write(&path, text).unwrap();
        assert_eq!(read_neighbours(&path).unwrap(), found);
    }
}
