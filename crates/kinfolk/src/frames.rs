//! Estimates as a data frame, and as CSV, Parquet and JSON.
//!
//! The three files hold the same records and the same columns, those of [`Estimate`]. The same
//! records give the same bytes.

use kinfolk_model::{Estimate, Settings, format};
use kinfolk_report::neutralised;
use polars::prelude::{Column, DataFrame, NamedFrom, ParquetWriter, Series};
use serde::{Deserialize, Serialize};

use crate::Error;

/// What `estimates.json` calls its layout.
pub const ESTIMATES_SCHEMA: &str = "kinfolk.estimates/1";

/// What files of figures that were not checked for disclosure say of themselves.
pub const UNSUPPRESSED: &str = "internal, not for publication";

/// `estimates.json`: every result of a study in long form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EstimatesFile {
    /// The layout, [`ESTIMATES_SCHEMA`].
    pub schema: String,
    /// What the study is about.
    pub study: StudyHead,
    /// The disclosure profile that was applied, or [`UNSUPPRESSED`].
    pub disclosure: String,
    /// The results, in the order of the report.
    pub estimates: Vec<Estimate>,
}

/// What a study is about, in a few fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyHead {
    /// The title of its report.
    pub title: String,
    /// The authority, or the authorities.
    pub authorities: Vec<String>,
    /// The nation.
    pub country: String,
    /// The first day of the period.
    pub start: String,
    /// The last day of the period.
    pub end: String,
    /// Whether every record is made up.
    pub synthetic: bool,
}

impl StudyHead {
    /// The head of the study with those settings.
    pub fn of(settings: &Settings) -> Self {
        Self {
            title: settings.title.clone(),
            authorities: settings.authorities.clone(),
            country: settings.country.to_string(),
            start: settings.period.start.to_string(),
            end: settings.period.end.to_string(),
            synthetic: settings.synthetic,
        }
    }
}

/// Writes `estimates.json`.
///
/// # Errors
///
/// [`Error::Json`] when a record cannot be written.
pub fn estimates_to_json(
    records: &[Estimate],
    settings: &Settings,
    disclosure: &str,
) -> Result<Vec<u8>, Error> {
    let file = EstimatesFile {
        schema: ESTIMATES_SCHEMA.to_owned(),
        study: StudyHead::of(settings),
        disclosure: disclosure.to_owned(),
        estimates: records.to_vec(),
    };
    json_bytes(&file)
}

/// Reads `estimates.json`.
///
/// # Errors
///
/// [`Error::Json`] when the bytes are no such file, [`Error::Schema`] when its layout is another.
pub fn estimates_from_json(bytes: &[u8]) -> Result<EstimatesFile, Error> {
    let file: EstimatesFile = serde_json::from_slice(bytes).map_err(|source| Error::Json {
        what: "estimates.json",
        source,
    })?;
    if file.schema == ESTIMATES_SCHEMA {
        Ok(file)
    } else {
        Err(Error::Schema {
            expected: ESTIMATES_SCHEMA,
            found: file.schema,
        })
    }
}

/// Any value as indented JSON with a line break at its end.
pub(crate) fn json_bytes<T: Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|source| Error::Json {
        what: "a result",
        source,
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

type TextColumn = (&'static str, fn(&Estimate) -> String);
type NumberColumn = (&'static str, fn(&Estimate) -> Option<f64>);
type CountColumn = (&'static str, fn(&Estimate) -> Option<u64>);

const NAMES: &[TextColumn] = &[
    ("measure", |estimate| estimate.measure.clone()),
    ("population", |estimate| estimate.population.clone()),
    ("arm", |estimate| estimate.arm.clone()),
    ("group", |estimate| estimate.group.to_string()),
    ("statistic", |estimate| estimate.statistic.to_string()),
];
const NUMBERS: &[NumberColumn] = &[
    ("value", |estimate| estimate.value),
    ("lower", |estimate| estimate.lower),
    ("upper", |estimate| estimate.upper),
    ("level", |estimate| estimate.level),
];
const UNIT: &[TextColumn] = &[("unit", |estimate| estimate.unit.to_string())];
const COUNTS: &[CountColumn] = &[
    ("numerator", |estimate| estimate.numerator),
    ("denominator", |estimate| estimate.denominator),
    ("n_missing", |estimate| estimate.n_missing),
];
const REMARKS: &[TextColumn] = &[
    ("method", |estimate| estimate.method.clone()),
    ("options", |estimate| estimate.options.clone()),
    ("note", |estimate| estimate.note.clone()),
];

/// The records as a data frame, one row each.
///
/// # Errors
///
/// [`Error::Frame`] when the columns do not fit together.
///
/// ```
/// let frame = kinfolk::frames::to_frame(&[])?;
/// assert_eq!((frame.height(), frame.width()), (0, 16));
/// # Ok::<(), kinfolk::Error>(())
/// ```
pub fn to_frame(records: &[Estimate]) -> Result<DataFrame, Error> {
    let text = |columns: &'static [TextColumn]| {
        columns
            .iter()
            .map(|(name, get)| column(name, records.iter().map(get).collect::<Vec<String>>()))
    };
    let columns =
        text(NAMES)
            .chain(NUMBERS.iter().map(|(name, get)| {
                column(name, records.iter().map(get).collect::<Vec<Option<f64>>>())
            }))
            .chain(text(UNIT))
            .chain(COUNTS.iter().map(|(name, get)| {
                column(name, records.iter().map(get).collect::<Vec<Option<u64>>>())
            }))
            .chain(text(REMARKS))
            .collect();
    Ok(DataFrame::new(records.len(), columns)?)
}

fn column<T: AsRef<[V]>, V>(name: &str, values: T) -> Column
where
    Series: NamedFrom<T, [V]>,
{
    Series::new(name.into(), values).into()
}

/// Writes a frame as Parquet.
///
/// # Errors
///
/// [`Error::Frame`] when the frame cannot be written.
pub fn to_parquet(records: &[Estimate]) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .set_parallel(false)
        .finish(&mut to_frame(records)?)?;
    Ok(bytes)
}

/// Writes the records as CSV (UTF-8, comma). Text that a spreadsheet would take for a formula
/// begins with an apostrophe; numbers are full precision, and negative ones stay numbers.
///
/// # Errors
///
/// [`Error::Csv`] when a row cannot be written.
pub fn to_csv(records: &[Estimate]) -> Result<Vec<u8>, Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let names = |columns: &[TextColumn]| columns.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    writer.write_record(
        names(NAMES)
            .into_iter()
            .chain(NUMBERS.iter().map(|(name, _)| *name))
            .chain(names(UNIT))
            .chain(COUNTS.iter().map(|(name, _)| *name))
            .chain(names(REMARKS)),
    )?;
    for record in records {
        writer.write_record(csv_cells(record))?;
    }
    writer
        .into_inner()
        .map_err(|error| Error::Csv(error.into_error().into()))
}

fn csv_cells(record: &Estimate) -> impl Iterator<Item = String> {
    let text = move |columns: &'static [TextColumn]| {
        columns
            .iter()
            .map(move |(_, get)| neutralised(&get(record)).into_owned())
    };
    let number = |value: Option<f64>| value.map(format::exact).unwrap_or_default();
    let count = |value: Option<u64>| value.map(|n| n.to_string()).unwrap_or_default();
    text(NAMES)
        .chain(NUMBERS.iter().map(move |(_, get)| number(get(record))))
        .chain(text(UNIT))
        .chain(COUNTS.iter().map(move |(_, get)| count(get(record))))
        .chain(text(REMARKS))
}

#[cfg(test)]
mod tests {
    use kinfolk_model::{Group, Statistic, Unit};

    use super::*;

    fn record() -> Estimate {
        Estimate {
            measure: "connections.change".to_owned(),
            population: "=children".to_owned(),
            arm: String::new(),
            group: Group::of("kind", "parents"),
            statistic: Statistic::Difference,
            value: Some(-1.25),
            lower: None,
            upper: Some(0.1),
            level: Some(0.95),
            unit: Unit::People,
            numerator: None,
            denominator: Some(40),
            n_missing: Some(0),
            method: "paired-t/1".to_owned(),
            options: String::new(),
            note: "@note".to_owned(),
        }
    }

    #[test]
    fn csv_keeps_negative_numbers_and_disarms_text() {
        let text = String::from_utf8(to_csv(&[record()]).unwrap()).unwrap();
        assert_eq!(
            text,
            "measure,population,arm,group,statistic,value,lower,upper,level,unit,numerator,\
             denominator,n_missing,method,options,note\n\
             connections.change,'=children,,kind=parents,difference,-1.25,,0.1,0.95,people,,40,0,\
             paired-t/1,,'@note\n"
        );
    }

    #[test]
    fn a_frame_has_the_columns_of_the_csv_in_their_order() {
        let frame = to_frame(&[record(), record()]).unwrap();
        let csv = to_csv(&[]).unwrap();
        let names: Vec<&str> = std::str::from_utf8(&csv)
            .unwrap()
            .trim()
            .split(',')
            .collect();
        assert_eq!(frame.get_column_names(), names);
        assert_eq!(frame.height(), 2);
        assert_eq!(frame.column("lower").unwrap().null_count(), 2);
    }

    #[test]
    fn parquet_has_its_mark_and_the_same_bytes_twice() {
        let bytes = to_parquet(&[record()]).unwrap();
        assert_eq!(&bytes[..4], b"PAR1");
        assert_eq!(bytes, to_parquet(&[record()]).unwrap());
        assert_ne!(bytes, to_parquet(&[]).unwrap());
    }
}
